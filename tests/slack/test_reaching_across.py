"""Attempts to reach across workspaces, channels, roles and drafts, by whatever can be typed, pressed or forged: each
changes nothing, and is told what is told of something that does not exist."""

import json
import logging
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App

from bot.core.commands import command, digest_commands, undo_commands
from bot.core.commands.button_value import ButtonValue, encode, encode_command
from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.slack.app import Identity, build_app
from bot.slack.dispatch import dispatch
from bot.slack.foreign_workspace import NOT_SERVED
from bot.slack.tokens import Access, Tokens
from bot.slack.web_api import WebApi
from bot.store.schema import METADATA
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from tests.databases import Databases, opened
from tests.handlers.desk import BOT, TEAM, Desk, ferries, harbour
from tests.installations import OLD, installed
from tests.make import brief, claim

Json = dict[str, Any]
NEIGHBOUR, FOREIGN, REMOVED = "T2", "T9", "T8"
DRAFT = brief(
    "secret-draft",
    {"legal": [claim("z", "Zebrafish are kept there.")]},
    title="Hidden heading",
    status="draft",
    tags=("hidden-tag",),
    aliases=("veiled",),
)
SECRETS = ("zebrafish", "hidden heading", "harbour/reactions", "<#c2>", "uowner")
"""What only drafts and other channels hold; in lower case."""

UNSTORED = ("unanswered_query", "seen_event", "welcome", "digest_cursor")
"""Tables that say only that something was asked, or heard, or up to when the clock was looked at."""


class Front:
    """The real app in two workspaces, with Slack's side in memory. Channel C2 of the first follows something and has a
    digest, C3 is private and without the bot. `organisation` is the one that the bot is installed for as a whole."""

    def __init__(self, directory: Path, store: Store, organisation: str | None = None) -> None:
        self.desk = Desk(directory, store, ferries(0), harbour(0), DRAFT)
        slack, now = self.desk.slack, self.desk.replica.at
        slack.add_channel("C2")
        slack.add_channel("C3", private=True, member=False)
        slack.add_channel("C9", team=NEIGHBOUR)
        slack.add_person("UZOE", team=NEIGHBOUR)
        slack.add_person("UGUEST", guest=True)
        self.desk.subscribe("ferries")
        self.desk.subscribe("harbour/reactions", "C2", by="UOWNER")
        with store.transaction() as tx:
            for channel in ("C1", "C2"):
                tx.digests.ensure_cursor(TEAM, None, channel, now)
                times = Schedule.parse("daily 08:30 UTC")
                tx.digests.add(times, team=TEAM, enterprise=None, channel=channel, by="UOWNER", at=now)
        identities = Identity(TEAM, BOT, "B1", organisation), Identity(NEIGHBOUR, "UBOT2", "B2")
        nowhere = WebApi("x", "http://127.0.0.1:9/")
        with store.transaction() as tx:
            tx.installations.put(installed(TEAM))
            tx.installations.put(installed(REMOVED))
            tx.installations.mark_removed(REMOVED, now)
        self.tokens = Tokens(store, nowhere.url, [Access(each, nowhere) for each in identities], TokenCipher([OLD]))
        self._app: App = build_app(
            services=self.desk.services,
            serves=self.tokens.serves,
            api_url=nowhere.url,
            identity=self.tokens.identity,
        )
        self._numbers = count(1)

    def stored(self) -> dict[str, object]:
        with self.desk.store.snapshot() as tx:
            tables = [each for each in METADATA.sorted_tables if each.name not in UNSTORED]
            found = {each.name: tx.connection.execute(each.select()).all() for each in tables}
        # Answers are remembered; of the others none may be told.
        return {name: [row for row in rows if getattr(row, "kind", None) != "reply"] for name, rows in found.items()}

    def tell(self, payload: Json) -> str:
        """What comes of a payload: the answer to it, and what people see of it."""
        number, event = next(self._numbers), payload.get("type") == "event_callback"
        if event:
            payload["event_id"] = f"Ev{number}"
            payload["event"] |= {"ts": f"{number}.1"} if "text" in payload["event"] else {}
        elif "response_url" in payload:
            payload["response_url"] = self.desk.slack.caller("U1", "C1").response_url
        self.desk.set_clock(10 * number)
        seen = {channel: len(self.desk.entries(channel)) for channel in ("C1", "C2", "C3", "C9")}
        answer = dispatch(self._app, payload, "event_callback" if event else "interaction", {})
        assert answer.status in (200, 404)
        said = [entry for channel in seen for entry in self.desk.entries(channel)[seen[channel] :]]
        return f"{answer.body}{[(entry.text, entry.message.blocks) for entry in said]}"


@pytest.fixture
def clean_store(sqlite: Databases) -> Iterator[Store]:
    with opened(sqlite.migrated()) as engine:
        yield Store(engine)


@pytest.fixture
def front(tmp_path: Path, store: Store) -> Front:
    return Front(tmp_path / "briefs", store)


# What comes from Slack


def typed(text: str, team: str = TEAM, channel: str = "C1", user: str = "U1", **more: Any) -> Json:
    fields = {"team_id": team, "channel_id": channel, "user_id": user, "channel_name": "general"}
    return {"command": "/brief", "text": text, "trigger_id": "1.1", **fields, **more}


def pressed(action: str, value: str, team: str = TEAM, user: str = "U1", **more: Any) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": team},
        "user": {"id": user, "team_id": team},
        "channel": {"id": "C1", "name": "general"},
        "response_url": "response-1",
        "actions": [{"action_id": action, "value": value}],
        **more,
    }


def submitted(channel: str, team: str = TEAM, user: str = "U1", **more: Any) -> Json:
    often, zone = {"selected_option": {"value": "weekdays"}}, {"selected_option": {"value": "Europe/Berlin"}}
    values = {"often": {"often": often}, "at": {"at": {"selected_time": "09:00"}}, "zone": {"zone": zone}}
    view = {"type": "modal", "callback_id": "digest", "private_metadata": channel, "state": {"values": values}}
    view |= {"app_installed_team_id": team}
    person = {"id": user, "team_id": team}
    return {"type": "view_submission", "team": {"id": team}, "user": person, "view": view, **more}


def suggested(value: str, team: str = TEAM) -> Json:
    person = {"id": "U1", "team_id": team}
    action = {"action_id": "open:typeahead", "value": value}
    return {"type": "block_suggestion", "team": {"id": team}, "user": person, **action}


def happened(kind: str, team: str = TEAM, outer: str = TEAM, **fields: Any) -> Json:
    """An event for a workspace, in an envelope that may name another."""
    envelope = {"type": "event_callback", "team_id": outer, "authorizations": [{"team_id": team, "user_id": BOT}]}
    return {**envelope, "event_time": 4_000_000_000, "event": {"type": kind, **fields}}


def mentioned(text: str, team: str = TEAM, channel: str = "C1", user: str = "U1", bot: str = BOT, **more: Any) -> Json:
    return happened("app_mention", team, channel=channel, user=user, text=f"<@{bot}> {text}", **more)


def show(slug: str) -> command.Show:
    return command.Show("legal", slug)


Make = Callable[[str], Json]
"""A payload that names something."""


@dataclass(frozen=True)
class Attempt:
    """The same payload with a secret thing in it and with one that does not exist."""

    payload: Make
    secret: str
    absent: str


def of_draft(payload: Make) -> Attempt:
    return Attempt(payload, "secret-draft", "absent-draft")


def of_number(payload: Make) -> Attempt:
    """2 is of another channel."""
    return Attempt(payload, "2", "99")


def encoded(make: Callable[[int], command.Command]) -> Callable[[str], str]:
    return lambda number: encode_command(make(int(number)))


DIGEST_2 = encoded(lambda number: digest_commands.EndDigests(number))
RESTORE_2 = encoded(lambda number: undo_commands.RestoreSubscription(number, 1))
OWN = encode_command(undo_commands.RestoreSubscription(1, 1))

ATTEMPTS: dict[str, Attempt] = {
    # Drafts
    **{
        f"draft typed: {text}": of_draft(lambda name, text=text: typed(text.replace("…", name)))  # type: ignore[misc]
        for text in (
            "…",
            "legal …",
            "legal … share",
            "… all",
            "sources …",
            "changes …",
            "subscribe …",
            "subscribe …/legal",
            "unsubscribe …",
            "mute …",
            "use …",
        )
    },
    "draft mentioned": of_draft(lambda name: mentioned(f"legal {name}")),
    "draft by its title": Attempt(lambda name: typed(name), "hidden heading", "absent heading"),
    "draft by its alias": Attempt(lambda name: typed(f"legal {name}"), "veiled", "absent"),
    "draft by its words": Attempt(lambda name: typed(f"search {name}"), "zebrafish", "quaggafish"),
    "draft by its tag": Attempt(lambda name: typed(f"list tag:{name}"), "hidden-tag", "absent-tag"),
    "draft's tag followed": Attempt(lambda name: typed(f"subscribe tag:{name}"), "hidden-tag", "absent-tag"),
    "draft in the typeahead": Attempt(suggested, "secret", "absent"),
    "draft's title in the typeahead": Attempt(suggested, "hidden", "absent"),
    "draft behind open": of_draft(lambda name: pressed("open:1", encode_command(show(name)))),
    "draft behind continue": of_draft(lambda name: pressed("continue", encode(ButtonValue(show(name), None, 1)))),
    "draft behind share": of_draft(lambda name: pressed("share", encode(ButtonValue(show(name), None, 1)))),
    "draft behind an old sources": of_draft(lambda name: pressed("sources", name)),
    "draft behind an old follow": of_draft(lambda name: pressed("follow", name)),
    "draft as the default brief": of_draft(
        lambda name: pressed("undo", encode_command(undo_commands.RestoreDefaultBrief(name)))
    ),
    "draft followed by a press": of_draft(
        lambda name: pressed("open:1", encode_command(command.Subscribe(SubscriptionSpec(Target(name)))))
    ),
    "draft followed again by a press": of_draft(
        lambda name: pressed("undo", encode_command(undo_commands.Resubscribe((SubscriptionSpec(Target(name)),))))
    ),
    # Other channels
    **{
        f"other channel typed: {text}": of_number(lambda name, text=text: typed(text.replace("…", name)))  # type: ignore[misc]
        for text in (
            "unsubscribe #…",
            "mute #…",
            "unmute #…",
            "subscriptions #…",
            "digest off …",
            "digest change … daily 09:00 UTC",
        )
    },
    "other channel's target": Attempt(lambda name: typed(f"unsubscribe {name}"), "harbour/reactions", "harbour/legal"),
    "other channel's undo": of_number(lambda name: pressed("undo", RESTORE_2(name))),
    "other channel's digest ended by a press": of_number(lambda name: pressed("open:1", DIGEST_2(name))),
    "private channel": Attempt(lambda name: typed("subscribe all", channel=name), "C3", "C404"),
    "private channel's digest by a form": Attempt(submitted, "C3", "C404"),
    # Roles: a guest and somebody whom Slack does not know are told the same
    **{
        f"guest types: {text}": Attempt(lambda name, text=text: typed(text, user=name), "UGUEST", "UNOBODY")  # type: ignore[misc]
        for text in (
            "subscribe all",
            "unsubscribe all",
            "use ferries",
            "digest daily 09:00 UTC",
            "mute all",
            "subscriptions all",
            "status",
            "legal ferries share",
            "digest now",
        )
    },
    "guest mentions": Attempt(lambda name: mentioned("subscribe all", user=name), "UGUEST", "UNOBODY"),
    "guest shares by a press": Attempt(
        lambda name: pressed("share", encode(ButtonValue(show("ferries"), None, 1)), user=name), "UGUEST", "UNOBODY"
    ),
    "guest takes back": Attempt(lambda name: pressed("undo", OWN, user=name), "UGUEST", "UNOBODY"),
    "guest sends the form": Attempt(lambda name: submitted("C1", user=name), "UGUEST", "UNOBODY"),
    "somebody from elsewhere presses": Attempt(
        lambda name: pressed("undo", OWN) | {"user": {"id": "U1", "team_id": name}}, FOREIGN, "T404"
    ),
    "a bot mentions": Attempt(lambda name: mentioned("subscribe all", bot_id=name), "B9", "B404"),
    # The workspace next door, which the bot serves, too
    "next door types": Attempt(lambda name: typed(f"unsubscribe #{name}", NEIGHBOUR, "C9", "UZOE"), "1", "99"),
    "next door lists": Attempt(lambda name: typed("subscriptions all", NEIGHBOUR, name, "UZOE"), "C9", "C99"),
    "next door asks how it is": Attempt(lambda name: typed("status", NEIGHBOUR, name, "UZOE"), "C9", "C99"),
    "next door takes back": Attempt(
        lambda name: pressed("undo", RESTORE_2(name), NEIGHBOUR, "UZOE") | {"channel": {"id": "C9"}}, "1", "99"
    ),
    "next door names our channel": Attempt(
        lambda name: typed("unsubscribe everything", NEIGHBOUR, name, "UZOE"), "C1", "C404"
    ),
    "next door archives our channel": Attempt(
        lambda name: happened("channel_archive", NEIGHBOUR, channel=name), "C1", "C404"
    ),
    "next door moves our channel": Attempt(
        lambda name: happened("channel_id_changed", NEIGHBOUR, old_channel_id=name, new_channel_id="C9"), "C1", "C404"
    ),
    # Workspaces without a token
    "foreign command": Attempt(lambda name: typed("subscribe all", name), FOREIGN, "T404"),
    "foreign question": Attempt(lambda name: typed("legal ferries", name), FOREIGN, "T404"),
    "foreign press": Attempt(lambda name: pressed("undo", OWN, name), FOREIGN, "T404"),
    "foreign typeahead": Attempt(lambda name: suggested("ferries", name), FOREIGN, "T404"),
    "foreign form": Attempt(lambda name: submitted("C1", name), FOREIGN, "T404"),
    "foreign form in our name": Attempt(
        lambda name: submitted("C1", name) | {"team": {"id": TEAM}, "user": {"id": "U1", "team_id": TEAM}},
        FOREIGN,
        "T404",
    ),
    "foreign mention in our envelope": Attempt(lambda name: mentioned("subscribe all", name), FOREIGN, "T404"),
    "foreign archiving in our envelope": Attempt(
        lambda name: happened("channel_archive", name, channel="C1"), FOREIGN, "T404"
    ),
    "foreign removal": Attempt(lambda name: happened("channel_left", name, name, channel="C1"), FOREIGN, "T404"),
    "foreign move": Attempt(
        lambda name: happened("channel_id_changed", name, old_channel_id="C1", new_channel_id="C2"), FOREIGN, "T404"
    ),
    "foreign welcome": Attempt(
        lambda name: happened("member_joined_channel", name, channel="C1", user=BOT), FOREIGN, "T404"
    ),
    **{
        f"removed workspace's {what}": Attempt(make, REMOVED, "T404")
        for what, make in {
            "command": lambda name: typed("subscribe all", name, "C9"),
            "question": lambda name: typed("legal ferries", name, "C9"),
            "press": lambda name: pressed("undo", OWN, name),
            "form": lambda name: submitted("C1", name),
            "mention": lambda name: mentioned("subscribe all", name),
            "uninstalling": lambda name: happened("app_uninstalled", name),
        }.items()
    },
    "foreign uninstalling in our envelope": Attempt(lambda name: happened("app_uninstalled", name), FOREIGN, "T404"),
    "foreign tokens revoked in our envelope": Attempt(
        lambda name: happened("tokens_revoked", name, tokens={"bot": [BOT]}), FOREIGN, "T404"
    ),
    "tokens of our people revoked": Attempt(
        lambda name: happened("tokens_revoked", tokens={"oauth": [name]}), "U1", "U404"
    ),
    "next door uninstalls, and means us": Attempt(
        lambda name: happened("app_uninstalled", NEIGHBOUR, name, team_id=name), TEAM, "T404"
    ),
    "next door's organisation uninstalls": Attempt(
        lambda name: happened("app_uninstalled", name) | {"enterprise_id": "E1"}, FOREIGN, "T404"
    ),
    "organisation-wide command": Attempt(
        lambda name: typed("subscribe all", name, enterprise_id="E9", is_enterprise_install="true"), FOREIGN, "T404"
    ),
    "organisation-wide press": Attempt(
        lambda name: pressed("undo", OWN, name, enterprise={"id": "E9"}, is_enterprise_install=True) | {"team": None},
        FOREIGN,
        "T404",
    ),
    "organisation-wide form": Attempt(
        lambda name: submitted("C1", name, enterprise={"id": "E9"}, is_enterprise_install=True) | {"team": None},
        FOREIGN,
        "T404",
    ),
}


def test_each_attempt_fails_as_if_what_it_names_did_not_exist(front: Front) -> None:
    assert len(ATTEMPTS) > 40
    wrong, before = {}, front.stored()
    for name, attempt in ATTEMPTS.items():
        secret, absent = (
            front.tell(attempt.payload(named)).replace(named, "…") for named in (attempt.secret, attempt.absent)
        )
        told = [each for each in SECRETS if each in secret.lower() and each != attempt.secret]
        after = front.stored()
        if secret != absent or told or after != before:
            wrong[name], before = (secret, absent, told, after != before), after
    assert wrong == {}


@pytest.mark.parametrize("payload", [typed("legal ferries", FOREIGN), pressed("open:1", '["home"]', FOREIGN)])
def test_a_workspace_without_a_token_is_told_so_in_one_sentence(front: Front, payload: Json) -> None:
    told = front.tell(deepcopy(payload))
    assert NOT_SERVED in told
    assert "ferries" not in told
    assert NOT_SERVED.count(".") == 1


@pytest.mark.parametrize(("organisation", "served"), [("E1", True), ("E9", False), (None, False)])
def test_all_workspaces_of_an_organisation_that_the_bot_is_installed_for_are_served(
    tmp_path: Path, clean_store: Store, organisation: str | None, served: bool
) -> None:
    front = Front(tmp_path / "briefs", clean_store, organisation)
    whole: Json = {"is_enterprise_install": True}
    payloads = [
        typed("legal ferries", "T5", enterprise_id="E1", **whole),
        pressed("open:1", encode_command(show("ferries")), "T5", enterprise={"id": "E1"}, **whole),
    ]
    told = [front.tell(each) for each in payloads]
    assert ["There were 0 ferries" in each for each in told] == [served, served]
    assert [NOT_SERVED in each for each in told] == [not served, not served]


def test_a_form_of_such_a_workspace_says_so_and_its_typeahead_is_empty(front: Front) -> None:
    assert json.loads(front.tell(submitted("C1", FOREIGN)).removesuffix("[]"))["errors"] == {"often": NOT_SERVED}
    assert front.tell(suggested("fer", FOREIGN)) == '{"options": []}[]'
    assert "Ferries" in front.tell(suggested("fer"))


def test_the_log_names_the_workspace_and_nothing_of_what_was_said(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for payload in (typed("zebrafish", FOREIGN), mentioned("zebrafish", FOREIGN)):
        front.tell(payload)
    assert [record.getMessage() for record in caplog.records] == [
        f"refused a payload, {kind}: there is no token for workspace {FOREIGN}"
        for kind in ("command", "event_callback")
    ]
