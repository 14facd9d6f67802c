"""What Slack's error words mean: every documented word of every method that the bot calls has one class.

Source: docs.slack.dev, reference of chat.postMessage, chat.update, conversations.history, conversations.replies,
conversations.info, conversations.members, conversations.open, users.info, usergroups.users.list, views.open,
auth.test, auth.teams.list and apps.connections.open.
docs/slack-errors.md is this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.delivery.pause_reason import PAUSE_REASONS
from bot.handlers.ports import ApiFailure
from bot.handlers.request import with_reference

ErrorClass = Literal[
    "later",
    "unknown",
    "pause",
    "thread",
    "stop",
    "uneditable",
    "unreadable",
    "stranger",
    "group",
    "expired",
    "fault",
    "unlisted",
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A class of words: what it says of the call, what becomes of a message that is refused with one of them, and what
    a person can do about it where the call was made for their sake."""

    says: str
    outcome: str
    advice: str
    words: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEANINGS: Mapping[ErrorClass, Meaning] = {
    "later": Meaning(
        "Slack, or the way to it, takes nothing just now; nothing was done.",
        "It is sent again, after a second and then ever more rarely, at least once a minute.",
        "Try again in a minute.",
        _words(
            "ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout team_added_to_org "
            "org_login_required update_failed external_channel_migrating streaming_state_conflict unreachable busy "
            "http_429 http_503 fetch_members_failed"
        ),
    ),
    "unknown": Meaning(
        "Nobody knows whether it was done: the answer is missing, is not Slack's, or says so.",
        "It is looked for in the channel, and sent again only if it is not there. An edit is made again.",
        "Look whether it is there before you try again.",
        # Slack says of fatal_error that some of the call may have succeeded; a dropped request may have arrived.
        _words("dropped internal_error fatal_error no_slack_answer"),
    ),
    "pause": Meaning(
        "The bot may not write in this channel.",
        "It waits, with all else for the channel, until the channel can be written in; who subscribed is told why. An "
        "answer, share or confirmation ends, and who asked for it is told.",
        "Whoever manages the channel has to let the bot post in it.",
        frozenset(PAUSE_REASONS)
        | _words(
            "posting_to_channel_denied restricted_action restricted_action_read_only_channel "
            "restricted_action_thread_only_channel slack_connect_blocked_file_type "
            "slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked "
            "slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked "
            "slack_connect_lists_sharing_blocked"
        ),
    ),
    "thread": Meaning(
        "This thread is shut.",
        "It is posted in the channel instead. A live thread is over: the next change begins another.",
        "Ask in the channel.",
        _words(
            "cannot_reply_to_message restricted_action_thread_locked restricted_action_non_threadable_channel "
            "thread_not_found"
        ),
    ),
    "stop": Meaning(
        "Slack refuses everything of this workspace.",
        "It waits, with all else for the workspace, until the app is installed again and the bot is started anew.",
        "Whoever installed the bot has to install it again from its manifest.",
        _words(
            "account_inactive token_revoked token_expired invalid_auth not_authed missing_scope "
            "team_access_not_granted app_access_restricted two_factor_setup_required enterprise_is_restricted "
            "access_denied accesslimited not_allowed_token_type team_not_found forbidden_team insecure_request no_token"
        ),
    ),
    "uneditable": Meaning(
        "This message can never be edited again.",
        "The correction stands in the thread alone, and says that the message still shows the old words.",
        "Ask again: the old message stays as it is.",
        _words(
            "edit_window_closed message_not_found cant_update_message cant_broadcast_message block_mismatch "
            "no_dual_broadcast_content_update file_deleted file_is_deleted file_not_found file_share_limit_reached "
            "max_file_sharing_exceeded unable_to_share_files blocked_file_type"
        ),
    ),
    "unreadable": Meaning(
        "The bot may not read this conversation.",
        "Whether a message arrived cannot be found out; BRIEFBOT_UNCONFIRMED_POSTS decides.",
        "Whoever manages the channel has to let the bot read it.",
        _words(
            "channel_is_limited_access method_not_supported_for_channel_type list_record_comment_fetch_failed "
            "look_incomplete"
        ),
    ),
    "stranger": Meaning(
        "Slack does not show this person to the workspace.",
        "It concerns no message.",
        "A full member of this workspace has to ask.",
        _words("user_not_found user_not_visible user_disabled"),
    ),
    "group": Meaning(
        "Slack does not show this user group to the bot.",
        "It concerns no message. Who is in the group counts as unknown, so that only people who are named in "
        "BRIEFBOT_ADMINS, or are in another group, may change what channels follow.",
        "Whoever runs the bot has to look at BRIEFBOT_ADMINS: Slack does not show this user group to the bot.",
        _words(
            "no_such_subteam permission_denied plan_upgrade_required upgrade_required user_is_restricted user_is_bot"
        ),
    ),
    "expired": Meaning(
        "The press or command is too old, or was used already.",
        "It concerns no message.",
        "Press or type it once more.",
        _words(
            "expired_trigger_id exchanged_trigger_id invalid_trigger_id no_trigger_id expired_url used_url "
            "no_response_url"
        ),
    ),
    "fault": Meaning(
        "The bot has made a call that Slack does not take.",
        "It is given up: counted in `/brief status`, told to the maintainers' channel, and its reason is in the log. "
        "An edit that is refused so counts as one that can never be made.",
        "Whoever runs the bot finds more in its log.",
        _words(
            "as_user_not_supported attachment_payload_limit_exceeded deprecated_endpoint draft_already_deleted "
            "draft_already_sent draft_has_conflict draft_not_found duplicate_channel_not_found duplicate_external_id "
            "duplicate_message_not_found invalid_arg_name invalid_arguments invalid_array_arg invalid_attachments "
            "invalid_blocks invalid_blocks_format invalid_charset invalid_cursor invalid_form_data invalid_json "
            "invalid_limit invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema "
            "invalid_post_type invalid_ts_latest invalid_ts_oldest invalid_user_combination is_bot json_not_object "
            "markdown_text_conflict missing_argument "
            "metadata_must_be_sent_from_app metadata_too_large method_deprecated missing_args missing_file_data "
            "missing_post_type msg_blocks_too_long msg_too_long no_text not_enough_users send_on_behalf_not_allowed "
            "too_many_attachments too_many_contact_cards too_many_users unknown_method users_list_not_supplied "
            "view_too_large"
        ),
    ),
    "unlisted": Meaning(
        "A word that this version of the bot does not know.",
        "It is sent again for a day, at least once a minute, and then given up as by a fault of the bot.",
        "Whoever runs the bot finds more in its log.",
        frozenset(),
    ),
}
"""By class; a word stands in one of them. Words that are not Slack's are ours, of the HTTP status or the connection."""

CLASSES: Mapping[str, ErrorClass] = {word: each for each, meaning in MEANINGS.items() for word in meaning.words}

LOGGED: frozenset[ErrorClass] = frozenset({"fault", "unlisted"})
"""Classes whose advice names the log."""

RATE_LIMITS = frozenset("ratelimited rate_limited http_429".split())
"""Words after which no other message goes out either, even where Slack does not say for how long."""

BEGINNINGS: Mapping[str, ErrorClass] = {
    "http_5": "unknown",
    "restricted_action": "pause",
    "slack_connect_": "pause",
}
"""Classes of words that begin so and are not listed: Slack adds such words."""


def classify(failure: ApiFailure) -> ErrorClass:
    """The class of a failed call's word."""
    beginning: ErrorClass = next(
        (each for start, each in BEGINNINGS.items() if failure.error.startswith(start)), "unlisted"
    )
    return CLASSES.get(failure.error, beginning)


def counted_word(failure: ApiFailure) -> str:
    """What a failed call counts as: its word, where it is listed; else the beginning by which it is classified, or
    `unlisted`."""
    beginnings = (f"{start}…" for start in BEGINNINGS if failure.error.startswith(start))
    return failure.error if failure.error in CLASSES else next(beginnings, "unlisted")


def is_passing(failure: ApiFailure) -> bool:
    """Whether the same call may succeed later, although nobody changes anything."""
    return classify(failure) in ("later", "unknown", "unlisted")


def may_have_arrived(failure: ApiFailure) -> bool:
    """Whether a failed call may have taken effect all the same. False where Slack plainly refused it."""
    return classify(failure) == "unknown"


def advice(failure: ApiFailure) -> str:
    """What a person can do about it, as a sentence; where the log says more, with what to look for in it."""
    class_ = classify(failure)
    sentence = MEANINGS[class_].advice
    return with_reference(sentence) if class_ in LOGGED else sentence
