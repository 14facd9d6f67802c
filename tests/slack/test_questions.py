"""Who is answered, and what of a message is the question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import extract_team_id

from bot.handlers.ports import Caller
from bot.slack.callers import caller_of_action, caller_of_command, caller_of_form, conversation_team
from bot.slack.questions import KEY_MAX, Question, question_of, spoken, typed

BOT = "U0BRIEFBOT"
Event = dict[str, Any]
MENTION: Event = {
    "type": "app_mention",
    "user": "U1",
    "text": f"<@{BOT}> legal",
    "ts": "1.1",
    "channel": "C1",
    "team": "T1",
}
DIRECT: Event = {"type": "message", "channel_type": "im", "user": "U1", "text": "legal", "ts": "1.1", "channel": "D1"}
FILE = {"subtype": "file_share", "upload": False, "files": [{"id": "F1"}]}
EDITED = {"edited": {"user": "U1", "ts": "2.0"}}
PROFILE = {"id": "B1", "name": "Jira", "app_id": "A1", "deleted": False, "team_id": "T1"}


def envelope(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event, **more}


def without(event: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in names} | more


ANSWERED: dict[str, Event] = {
    "a mention": MENTION,
    "in a thread": {**MENTION, "thread_ts": "1.0"},
    "with the name": {**MENTION, "text": f"<@{BOT}|briefbot> legal"},
    "with a file": {**MENTION, **FILE},
    "edited": {**MENTION, **EDITED},
    "a direct message": DIRECT,
    "a direct message with a file": {**DIRECT, **FILE},
    "from a thread to the conversation": {**DIRECT, "subtype": "thread_broadcast", "thread_ts": "1.0", "root": {}},
    "said of oneself": {**DIRECT, "subtype": "me_message"},
    "a direct message with a mention": {**DIRECT, "text": f"<@{BOT}> legal"},
}

IGNORED: dict[str, Event] = {
    "a bot with a user": {**MENTION, "bot_id": "B1", "bot_profile": PROFILE},
    "a bot known by its profile": {**MENTION, "bot_profile": PROFILE},
    "a webhook": without(MENTION, "user", subtype="bot_message", bot_id="B1"),
    "a workflow": without(MENTION, "user", bot_id="B1", bot_profile={**PROFILE, "is_workflow_bot": True}),
    "nobody": without(MENTION, "user"),
    "no user": {**MENTION, "user": None},
    "Slackbot": {**MENTION, "user": "USLACKBOT"},
    "the bot itself": {**MENTION, "user": BOT},
    "a bot in a direct message": {**DIRECT, "bot_id": "B1"},
    "a bot's post": {**DIRECT, "subtype": "bot_message", "bot_id": "B1", "username": "jira"},
    "an edit": without(DIRECT, "user", "text", subtype="message_changed", message=DIRECT, hidden=True),
    "a deletion": without(DIRECT, "user", "text", subtype="message_deleted", deleted_ts="1.1", hidden=True),
    "a reply counted": without(DIRECT, "user", "text", subtype="message_replied", message=DIRECT),
    "a notice": {**DIRECT, "subtype": "channel_topic", "topic": "legal"},
    "an encrypted message": without(DIRECT, "text", subtype="ekm_access_denied", user="UREVOKEDU"),
    "a file alone": {**DIRECT, **FILE, "text": ""},
    "no text": without(DIRECT, "text"),
    "an empty text": {**DIRECT, "text": None},
    "a channel's talk": {**DIRECT, "channel_type": "channel", "channel": "C1"},
}


@pytest.mark.parametrize("event", ANSWERED.values(), ids=ANSWERED.keys())
def test_what_a_person_writes_to_the_bot_is_a_question(event: dict[str, Any]) -> None:
    question = question_of(envelope(event), BOT)
    assert isinstance(question, Question)
    assert (question.text, question.ts, question.caller.user) == ("legal", "1.1", "U1")
    assert question.edited == ("edited" in event)


@pytest.mark.parametrize("event", IGNORED.values(), ids=IGNORED.keys())
def test_nobody_else_is_answered(event: dict[str, Any]) -> None:
    assert question_of(envelope(event), BOT) is None


def test_all_versions_of_a_message_have_one_key_and_no_two_messages_have_the_same() -> None:
    versions = [MENTION, {**MENTION, **EDITED, "text": f"<@{BOT}> rights"}]
    others = [{**MENTION, "ts": "1.2"}, {**MENTION, "channel": "C2"}]
    keys = [question.key for event in (*versions, *others) if (question := question_of(envelope(event), BOT))]
    assert keys == ["T1/C1/1.1", "T1/C1/1.1", "T1/C1/1.2", "T1/C2/1.1"]


def test_the_key_of_the_longest_ids_fits_into_the_database() -> None:
    long = {**MENTION, "channel": "C" * 32, "ts": "1." + "0" * 30}
    others = [long, {**long, "channel": "D" * 32}, {**long, "ts": "2." + "0" * 30}]
    keys = [question.key for each in others if (question := question_of(envelope(each) | {"team_id": "T" * 32}, BOT))]
    assert (len(set(keys)), {len(key) for key in keys}) == (3, {KEY_MAX})
    assert [key.rpartition("/")[2] for key in keys] == [each["ts"] for each in others]


@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["app_mention", "message"]), "ts": st.just("1.1"), "channel": st.just("C1")},
        optional={
            "user": st.sampled_from(["U1", "USLACKBOT", BOT, "", None]),
            "text": st.text(max_size=20) | st.none(),
            "subtype": st.sampled_from([None, "file_share", "bot_message", "message_changed", "anything"]),
            "bot_id": st.sampled_from([None, "", "B1"]),
            "bot_profile": st.sampled_from([None, {}, PROFILE]),
            "channel_type": st.sampled_from(["im", "mpim", "channel", None]),
            "user_team": st.sampled_from([None, "", "T9"]),
            "thread_ts": st.none() | st.just("1.0"),
            "edited": st.just({"ts": "2.0"}),
        },
    )
)
def test_whatever_shape_an_event_has_only_words_of_a_person_are_a_question(event: Event) -> None:
    question = question_of(envelope(event), BOT)
    if question is not None:
        assert (event["user"], bool(event["text"])) == ("U1", True)
        assert not event.get("bot_id")
        assert not event.get("bot_profile")


# Words

SAID = [
    (f"<@{BOT}> legal", "legal"),
    (f"<@{BOT}>legal", "legal"),
    (f"<@{BOT}|briefbot> legal", "legal"),
    (f"<@{BOT}>: legal", "legal"),
    (f"<@{BOT}> : legal", "legal"),
    (f"<@{BOT}>, legal", "legal"),
    (f"<@{BOT}> - legal", "legal"),
    (f"<@{BOT}> – legal", "legal"),
    (f"<@{BOT}>! legal", "legal"),
    (f"<@{BOT}> :scales: legal", ":scales: legal"),
    (f"<@{BOT}>:+1:", ":+1:"),
    (f"<@{BOT}> -h", "-h"),
    (f"<@{BOT}> ?", "?"),
    (f"<@{BOT}>   subscribe all", "subscribe all"),
    (f"hey <@{BOT}>, legal uk-rwanda please", "legal uk-rwanda please"),
    (f"can you tell us, <@{BOT}|briefbot>: legal?", "legal?"),
    (f"legal <@{BOT}>", "legal"),
    (f"legal, <@{BOT}>?", "legal,"),
    (f"legal <@{BOT}> please", "legal"),
    (f"legal <@{BOT}>, thanks!", "legal"),
    (f"thanks <@{BOT}>!", "thanks"),
    (f"hey <@{BOT}>", "hey"),
    (f"<@{BOT}> legal <@{BOT}>", "legal"),
    (f"<@{BOT}>", ""),
    (f"<@{BOT}> mute <@U2>", "mute <@U2>"),
    (f"<@{BOT}> R&amp;D &lt;b&gt;", "R&D <b>"),
    (f"<@{BOT}> R&amp;amp;D", "R&amp;D"),
    ("legal", "legal"),
    (" legal \n", "legal"),
    ("<@U0BRIEFBOTX> legal", "<@U0BRIEFBOTX> legal"),
]


@pytest.mark.parametrize(("text", "question"), SAID)
def test_the_question_is_what_stands_beside_the_mention(text: str, question: str) -> None:
    assert spoken(text, BOT) == question


@pytest.mark.parametrize("text", ["leg\x00al", "leg\ud83dal", "\x00\x00legal\ud800"])
def test_what_no_database_stores_is_left_out(text: str) -> None:
    assert (typed(text), spoken(text, BOT)) == ("legal", "legal")


@given(st.text(st.characters(), max_size=50))
def test_whatever_is_typed_can_be_stored(text: str) -> None:
    stored = typed(text)
    assert "\x00" not in stored
    assert stored.encode().decode() == stored
    words = spoken(f"{text} <@{BOT}> {text}", BOT)
    assert words.encode().decode() == words


def test_whole_surrogate_pairs_stay() -> None:
    assert typed("⚖️ 😀") == "⚖️ 😀"
    assert typed(None) == ""


# Whose workspace

SHARED = {"authorizations": [{"team_id": "T1", "enterprise_id": None, "user_id": BOT, "is_bot": True}]}
VIEW = {"type": "view_submission", "user": {"id": "U9", "team_id": "T9"}}
TEAMS: list[tuple[dict[str, Any], str]] = [
    (envelope(MENTION), "T1"),
    ({**envelope(MENTION), **SHARED, "team_id": "T9"}, "T1"),
    ({**envelope(MENTION), "authorizations": [], "team_id": "T1"}, "T1"),
    ({"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U9", "team_id": "T9"}}, "T1"),
    ({"type": "block_actions", "team": None, "user": {"id": "U9", "team_id": "T1"}}, "T1"),
    ({**VIEW, "team": {"id": "T9"}, "view": {"app_installed_team_id": "T1", "team_id": "T9"}}, "T1"),
    ({**VIEW, "team": None, "view": {"app_installed_team_id": "T1"}, "is_enterprise_install": True}, "T1"),
    ({**VIEW, "team": {"id": "T1"}, "view": {"app_installed_team_id": None}}, "T1"),
    ({"command": "/brief", "team_id": "T1", "user_id": "U1"}, "T1"),
]


@pytest.mark.parametrize(("body", "team"), TEAMS)
def test_the_workspace_is_the_one_that_bolt_finds(body: dict[str, Any], team: str) -> None:
    assert conversation_team(body) == team
    assert extract_team_id(body) == team


def test_an_organisation_wide_event_names_its_workspace_outside_of_the_authorization() -> None:
    """There Bolt finds none."""
    whole = {"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}
    assert conversation_team({**envelope(MENTION), "authorizations": [whole]}) == "T1"
    shared = {**envelope(MENTION), "authorizations": [whole], "team_id": "T9", "context_team_id": "T1"}
    assert conversation_team(shared) == "T1"


@pytest.mark.parametrize(
    ("message", "team"),
    [({"team": "T1"}, "T1"), ({"team": "E1"}, "T9"), ({"team": None}, "T9"), ({}, "T9"), (None, "T9")],
)
def test_an_organisation_wide_press_is_where_the_message_is(message: dict[str, Any] | None, team: str) -> None:
    """Who pressed may be of another of its workspaces; of a message that one person sees Slack sends nothing."""
    press = {"type": "block_actions", "team": None, "user": {"id": "U9", "team_id": "T9"}, "message": message}
    assert conversation_team(press) == team


def test_a_form_belongs_to_the_workspace_of_the_app_and_its_sender_is_from_elsewhere() -> None:
    view = {"app_installed_team_id": "T1", "private_metadata": "C1"}
    caller = caller_of_form({**VIEW, "team": {"id": "T9"}, "view": view})
    assert (caller.team, caller.channel, caller.user, caller.external) == ("T1", "C1", "U9", True)


@pytest.mark.parametrize(
    ("event", "external"),
    [
        ({}, False),
        ({"user_team": "T1"}, False),
        ({"user_team": "E1"}, False),
        ({"user_team": "T9"}, True),
        ({"user_team": "E9"}, True),
    ],
)
def test_an_event_says_whether_its_author_is_of_another_organisation(event: dict[str, str], external: bool) -> None:
    question = question_of(envelope({**MENTION, **event}, enterprise_id="E1"), BOT)
    assert question is not None
    assert question.caller.external == external


@pytest.mark.parametrize(
    ("channel", "name", "direct"),
    [
        ("C1", "general", False),
        ("G1", "privategroup", False),
        ("G1", "mpdm-ann--ben--cleo-1", True),
        ("C1", "mpdm-ann--ben--cleo-1", True),
        ("D1", "directmessage", True),
    ],
)
def test_a_conversation_between_people_is_known_by_its_id_or_its_name(channel: str, name: str, direct: bool) -> None:
    command = {"team_id": "T1", "user_id": "U1", "channel_id": channel, "channel_name": name}
    action = {"team": {"id": "T1"}, "user": {"id": "U1"}, "channel": {"id": channel, "name": name}}
    assert (caller_of_command(command).direct, caller_of_action(action).direct) == (direct, direct)


@pytest.mark.parametrize("group", [True, False])
def test_a_form_remembers_in_what_kind_of_conversation_it_was_opened(group: bool) -> None:
    opener = Caller("T1", None, "U1", "C1", group=group)
    submitted = {**VIEW, "team": {"id": "T1"}, "view": {"private_metadata": opener.place}}
    caller = caller_of_form(submitted)
    assert (caller.channel, caller.group) == ("C1", group)


def test_a_press_outside_of_a_message_has_no_channel() -> None:
    pressed = {"team": {"id": "T1"}, "user": {"id": "U1"}, "container": {"type": "view", "view_id": "V1"}}
    assert caller_of_action(pressed).channel == ""
