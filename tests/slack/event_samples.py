"""What happens in a workspace, in the shapes that Slack's documentation and its SDKs know, also rare ones and those of
another age.

Source: docs.slack.dev, the Events API and the reference of its events.
"""

from typing import Any

from tests.handlers.desk import BOT, TEAM
from tests.slack.payloads import Json, event
from tests.slack.samples import FILE, MESSAGE, RICH, submitted, without

BOT_PROFILE = {"id": "B9", "deleted": False, "name": "poster", "updated": 1700000000, "app_id": "A9", "team_id": TEAM}
WHOLE = {"enterprise_id": "E1", "team_id": None, "user_id": BOT, "is_bot": True, "is_enterprise_install": True}
CONNECT = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}


def said(kind: str = "app_mention", **fields: Any) -> Json:
    """Somebody writes to the bot."""
    text = {"user": "U1", "text": f"<@{BOT}> legal", "ts": "1.1", "channel": "C1", "team": TEAM, "blocks": RICH}
    more = {"token": "x", "api_app_id": "A1", "event_time": 1700000000, "event_context": "4-x"}
    return {**event(kind, **{**text, "client_msg_id": "1-2", **fields}), **more, "is_ext_shared_channel": False}


def heard(**fields: Any) -> Json:
    return said("message", **{"channel": "D1", "channel_type": "im", **fields})


EVENTS: dict[str, Json] = {
    "mention": said(),
    "mention in a thread": said(thread_ts="1.0", parent_user_id="U2"),
    "mention at the end": said(text=f"legal <@{BOT}>"),
    "mention with a file": said(subtype="file_share", files=[FILE], upload=False),
    "mention of a workflow": without(said(user=None, bot_id="B9", subtype="bot_message", username="flow")),
    "mention of a bot": said(bot_id="B9", bot_profile=BOT_PROFILE, app_id="A9"),
    "mention edited": said(edited={"user": "U1", "ts": "2.0"}),
    "mention from a stranger": said(user="U9", user_team="T9", source_team="T9", user_profile={"name": "zoe"}),
    "in a shared channel": without(said(), team_id="T9", authorizations=[CONNECT], is_ext_shared_channel=True),
    "of an organisation": without(said(), authorizations=[WHOLE], enterprise_id="E1", context_team_id=TEAM),
    "of another age": without(said(), "authorizations", authed_users=[BOT], authed_teams=[TEAM]),
    "no authorizations": without(said(), authorizations=[]),
    "two authorizations": without(said(), authorizations=[CONNECT, {**CONNECT, "is_bot": False}]),
    "repeated": without(said(), event_id="Ev1"),
    "direct message": heard(text="legal"),
    "direct message in a thread": heard(text="legal", thread_ts="1.0", assistant_thread={"action_token": "x"}),
    "direct message without text": heard(text=None),
    "direct message with a file": heard(subtype="file_share", files=[FILE]),
    "thread broadcast": heard(subtype="thread_broadcast", thread_ts="1.0", root=MESSAGE),
    "said of oneself": heard(subtype="me_message", text="thinks of legal"),
    "edit": heard(subtype="message_changed", message=MESSAGE, previous_message=MESSAGE, hidden=True, user=None),
    "deletion": heard(subtype="message_deleted", deleted_ts="1.0", previous_message=MESSAGE, hidden=True, user=None),
    "reply": heard(subtype="message_replied", message=MESSAGE, hidden=True),
    "a bot's message": heard(subtype="bot_message", bot_id="B9", username="jira", icons={"emoji": ":x:"}, user=None),
    "a reminder": heard(subtype="reminder_add", text="set up a reminder"),
    "topic": heard(subtype="channel_topic", topic="x", channel="C1", channel_type="channel"),
    "join message": heard(subtype="channel_join", inviter="U2", channel="C1", channel_type="channel"),
    "unreadable message": heard(subtype="ekm_access_denied", user="UREVOKEDU", text=None),
    "Slackbot's": heard(user="USLACKBOT", text="legal"),
    "in the app's Home": heard(channel_type="app_home", text="legal"),
    "archived": event("channel_archive", channel="C1", user="U1", is_moved=0),
    "unarchived": event("channel_unarchive", channel="C1", user="U1"),
    "renamed": event("channel_rename", channel={"id": "C1", "name": "x", "name_normalized": "x", "created": 1}),
    "deleted": event("channel_deleted", channel="C1", actor_id="U1"),
    "created": event("channel_created", channel={"id": "C9", "name": "fun", "created": 1, "creator": "U1"}),
    "left": event("channel_left", channel="C1", actor_id="U1"),
    "shared": event("channel_shared", channel="C1", connected_team_id="E9"),
    "unshared": event("channel_unshared", channel="C1", previously_connected_team_id="E9", is_ext_shared=False),
    "id changed": event("channel_id_changed", old_channel_id="G7", new_channel_id="C7"),
    "private archived": event("group_archive", channel="G1"),
    "private unarchived": event("group_unarchive", channel="G1"),
    "private renamed": event("group_rename", channel={"id": "G1", "name": "x", "created": 1}),
    "private left": event("group_left", channel="G1"),
    "private deleted": event("group_deleted", channel="G1"),
    "bot joins": event("member_joined_channel", user=BOT, channel="C1", channel_type="C", team=TEAM, inviter="U1"),
    "person joins": event("member_joined_channel", user="U1", channel="C1", channel_type="C", team=TEAM),
    "bot leaves": event("member_left_channel", user=BOT, channel="C1", channel_type="C", team=TEAM),
    "Home opened": event("app_home_opened", user="U1", channel="D1", tab="home", view=submitted()["view"]),
    "uninstalled": without(event("app_uninstalled"), event_time=1700000000),
    "tokens revoked": without(event("tokens_revoked", tokens={"oauth": ["U1"], "bot": [BOT]}), event_time=1700000000),
    "tokens of people revoked": without(event("tokens_revoked", tokens={"oauth": ["U1"]}), event_time=1700000000),
    "reaction": event("reaction_added", user="U1", reaction="+1", item={"type": "message", "channel": "C1"}),
    "step": event("function_executed", function={"id": "Fn1", "callback_id": "x"}, inputs={}, bot_id="B1"),
    "assistant": event("assistant_thread_started", assistant_thread={"user_id": "U1", "context": {}}),
    "context": event("app_context_changed", user="U1", context={"entities": []}),
    "session": event("agent_session_stopped", user="U1", channel="D1"),
    "work object": event("entity_details_requested", user="U1", external_ref={"id": "1"}, entity_url="https://x.org/"),
    "links": event("link_shared", user="U1", channel="C1", message_ts="1.1", links=[{"url": "https://x.org/"}]),
    "new person": event("team_join", user={"id": "U7", "team_id": TEAM, "profile": {"real_name": "Gil"}}),
    "person changed": event("user_change", user={"id": "U7", "deleted": True}, cache_ts=1),
    "team renamed": event("team_rename", name="x"),
    "invitation": event("shared_channel_invite_received", invite={"id": "I1"}, channel={"id": "C1"}),
    "file": event("file_shared", file_id="F1", user_id="U1", file={"id": "F1"}, channel_id="C1"),
    "pin": event("pin_added", user="U1", channel_id="C1", item={"type": "message", "message": MESSAGE}),
    "an event to come": event("hologram_waved", hand="left"),
    "rate limited": {
        "type": "app_rate_limited",
        "team_id": TEAM,
        "minute_rate_limited": 1700000000,
        "api_app_id": "A1",
    },
    "address checked": {"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB"},
}
MALFORMED_EVENTS: dict[str, Json] = {
    "no event": without(said(), "event"),
    "event null": without(said(), event=None),
    "event a list": without(said(), event=[]),
    "event without a type": without(said(), event={"channel": "C1"}),
    "mention without a channel": without(said(), event={"type": "app_mention", "user": "U1", "ts": "1.1"}),
    "message without a time": without(heard(), event={"type": "message", "user": "U1", "channel": "D1"}),
    "rename without an id": event("channel_rename", channel={"name": "x"}),
    "archive without an event id": without(event("channel_archive", channel="C1"), "event_id"),
    "uninstalled without a time": event("app_uninstalled"),
    "uninstalled at no time": without(event("app_uninstalled"), event_time=-(10**99)),
    "workspace a list": without(said(), authorizations=None, team_id=[TEAM]),
    "no workspace": without(said(), "team_id", "authorizations"),
    "no kind": without(said(), "type"),
    "nothing": {},
}
