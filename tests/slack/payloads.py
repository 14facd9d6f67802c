"""Payloads as Slack sends them, of all kinds that something is done with and of some others."""

from typing import Any

from tests.handlers.desk import BOT, TEAM

Json = dict[str, Any]
SECRET = "a-very-private-word"  # noqa: S105  what no log may hold

TEAM_JSON = {"id": TEAM, "domain": "local"}
ANN = {"id": "U1", "team_id": TEAM}


def command(text: str) -> Json:
    """Somebody types a command."""
    return {
        "command": "/brief",
        "text": text,
        "team_id": TEAM,
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": "U1",
        "response_url": "http://127.0.0.1:9/",
        "trigger_id": "1.2.3",
    }


def press(value: str, action: str = "open:1", option: str = "legal") -> Json:
    """Somebody presses a button."""
    control = {"action_id": action, "block_id": "b", "value": value, "selected_option": {"value": option}}
    return {
        "type": "block_actions",
        "team": TEAM_JSON,
        "user": ANN,
        "channel": {"id": "C1", "name": "general"},
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.1", "thread_ts": "1.0"},
        "message": {"ts": "1.1", "thread_ts": "1.0"},
        "response_url": "http://127.0.0.1:9/",
        "trigger_id": "1.2.3",
        "actions": [control],
    }


def event(kind: str, **fields: Any) -> Json:
    """Something happens."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev1",
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": {"type": kind, "event_ts": "1.1", **fields},
    }


def mention(text: str) -> Json:
    """Somebody mentions the bot in a thread."""
    return event("app_mention", user="U1", text=f"<@{BOT}> {text}", ts="1.1", thread_ts="1.0", channel="C1")


COMMAND = command(f"legal {SECRET}")
PRESS = press(f"legal {SECRET}")
SUGGESTION: Json = {
    "type": "block_suggestion",
    "team": TEAM_JSON,
    "user": ANN,
    "action_id": "open:typeahead",
    "block_id": "b",
    "value": SECRET,
}
FORM: Json = {
    "type": "view_submission",
    "team": TEAM_JSON,
    "user": ANN,
    "trigger_id": "1.2.3",
    "view": {
        "type": "modal",
        "callback_id": "digest",
        "private_metadata": "C1",
        "app_installed_team_id": TEAM,
        "state": {
            "values": {
                "often": {"often": {"selected_option": {"value": "weekdays"}}},
                "at": {"at": {"selected_time": "09:00"}},
                "zone": {"zone": {"selected_option": {"value": "Europe/Berlin"}}},
            }
        },
    },
}

MENTION = mention(SECRET)
DIRECT = event("message", user="U1", text=SECRET, ts="1.1", channel="D1", channel_type="im", user_team=TEAM)
HAPPENINGS = [
    event("channel_archive", channel="C1", user="U1"),
    event("channel_rename", channel={"id": "C1", "name": "annex"}),
    event("member_joined_channel", channel="C1", user=BOT),
    event("channel_id_changed", old_channel_id="C1", new_channel_id="C2"),
]
UNHANDLED: list[Json] = [
    event("reaction_added", user="U1", item={"channel": "C1"}),
    {"type": "shortcut", "callback_id": "x", "team": TEAM_JSON, "user": ANN},
    {"type": "view_closed", "team": TEAM_JSON, "user": ANN, "view": {"callback_id": "x", "type": "modal"}},
]
REPORT: Json = {
    **FORM,
    "view": {
        **FORM["view"],
        "id": "V1",
        "callback_id": "report",
        "private_metadata": "C1\n1\n",
        "state": {
            "values": {
                "claim": {"claim": {"selected_option": {"value": "el-salvador-offer/a"}}},
                "wrong": {"wrong": {"value": SECRET}},
                "source": {"source": {"value": None}},
            }
        },
    },
}
DISMISSAL: Json = {
    **FORM,
    "view": {
        **FORM["view"],
        "callback_id": "dismiss",
        "private_metadata": "C1\n1",
        "state": {"values": {"word": {"word": {"value": SECRET}}}},
    },
}
POINT: Json = {
    "type": "message_action",
    "team": TEAM_JSON,
    "user": ANN,
    "callback_id": "report",
    "trigger_id": "1.2.3",
    "response_url": "http://127.0.0.1:9/",
    "channel": {"id": "C1", "name": "general"},
    "message": {
        "ts": "1.1",
        "thread_ts": "1.0",
        "user": BOT,
        "bot_id": "B1",
        "blocks": [{"value": '["show","legal"]'}],
    },
}
HANDSHAKE: Json = {"type": "url_verification", "challenge": "x"}
INTERACTIONS = [COMMAND, PRESS, SUGGESTION, FORM, REPORT, DISMISSAL, POINT]
EVENTS = [MENTION, DIRECT, *HAPPENINGS, UNHANDLED[0]]
SAMPLES = [*INTERACTIONS, *EVENTS, *UNHANDLED[1:], HANDSHAKE]

TYPED = (
    "subscribe all",
    "subscribe tag:prisons",
    "subscribe tag:prisons,citizenship kind:correction section:legal deliver:digest",
    "subscribe el-salvador-offer/legal deliver:thread",
    "unsubscribe all",
    "unsubscribe 1",
    "subscriptions",
    "mute 1 2h",
    "unmute 1",
    "use el-salvador-offer",
    "use none",
    "digest weekdays 09:00 Europe/Berlin",
    "digest monthly 1 09:00 Europe/Berlin",
    "digest off",
    "digest now",
    "digest preview",
    "status",
    "changes since:2026-01-01",
    "legal share",
    "sources el-salvador-offer",
    "search court of appeal",
    "report el-salvador-offer",
)
"""Commands that look or change something in the channel."""

VALUES = (
    '["subscribe",["all","","channel"]]',
    '["subscribe",["tag:prisons","kind:correction section:legal","digest"]]',
    '["restore",1,1,["tag:prisons","kind:correction","digest"],"2026-06-01T00:00:00Z"]',
    '["resubscribe",[["all","","channel"],["tag:prisons","","thread"]]]',
    '["unsubscribe","all"]',
    '["unsubscribe",1]',
    '["subscription",1]',
    '["mute",1,"P1D"]',
    '["mute","all","next-week"]',
    '["unmute",1]',
    '["use","el-salvador-offer"]',
    '["default","el-salvador-offer","2026-05-01"]',
    '["digest",{"days":[1,2],"at":"09:00:00","zone":"Europe/Berlin"},1]',
    '["off",1]',
    '["now"]',
    '["changes","el-salvador-offer","P7D",null,10]',
    '["search","court of appeal","legal"]',
    '["report","el-salvador-offer","legal"]',
    '["edit","el-salvador-offer","legal"]',
    '[["show","legal"],"0123abcd",2]',
    '["legal","0123abcd",1]',
    "legal el-salvador",
)
"""Values of buttons, of now and of earlier versions."""

ACTIONS = ("open:1", "undo", "follow", "continue", "share")

CHANGES = [
    *map(command, TYPED),
    *map(mention, TYPED),
    *(press(value, action) for value in VALUES for action in ACTIONS),
    press("x", "digest"),
]
"""What reaches the store."""
