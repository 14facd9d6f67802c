"""A draft, and a brief that was withdrawn before it was ever published, are to readers as if they were not there."""

import json
import re
from itertools import product
from typing import Any

from bot.core.briefs.brief import Brief, ChangeNote, Status
from bot.handlers.commands import interactions
from bot.slack.actions import act
from tests.handlers.desk import Desk, ferries
from tests.handlers.replica import MONDAY
from tests.make import brief, claim

NOTE = ChangeNote(date=MONDAY.date(), kind="withdrawal", note="Nobody may know of the quarrel.")
NAMES = ("smuggling", "contraband", "customs-scandal", "bribery", "quarrel", "whistle")
"""Words of the hidden briefs: of the slug, the title, an alias, a tag, the note and a claim."""


def hidden(status: Status, **fields: Any) -> Brief:
    return brief(
        "smuggling",
        {"legal": [claim("w", "A whistle was blown.")]},
        **{"title": "Contraband at sea", "aliases": ("customs-scandal",), "tags": ("bribery",), **fields},
        status=status,
        changes=(NOTE,) if status == "withdrawn" else (),
    )


TYPED = [
    "legal smuggling",
    "smuggling",
    "smugling",
    "smug",
    "contraband",
    "contraband at sea",
    "customs-scandal",
    "customs",
    "overview smuggling",
    "sources smuggling",
    "use smuggling",
    "subscribe smuggling",
    "subscribe smuggling/legal",
    "subscribe smugglin",
    "subscribe tag:bribery",
    "subscribe tag:briber",
    "unsubscribe smuggling",
    "mute smuggling 2h",
    "changes smuggling",
    "changes",
    "changes 30d",
    "list",
    "list tag:bribery",
    "list briber",
    "search whistle",
    "who blew the whistle?",
    "whistle smuggling",
    "contraband share",
    "legal",
    "",
    "help",
    "status",
    "subscriptions",
    "subscriptions all",
    "digest",
    "digest preview",
    "smuggling quotes",
    "hello",
]
VALUES: list[list[Any]] = [
    ["show", "legal", "smuggling"],
    ["show", None, "smuggling"],
    ["show", "legal", "smuggling", None, True],
    ["show", None, "customs-scandal"],
    ["sources", "smuggling"],
    ["search", "whistle"],
    ["list", "bribery"],
    ["changes", "smuggling"],
    ["use", "smuggling"],
    ["default", "smuggling"],
    ["subscribe", ["smuggling", "", "channel"]],
    ["subscribe", ["smuggling/legal", "", "thread"]],
    ["subscribe", ["tag:bribery", "", "channel"]],
    ["subscribe", ["all", "tag:bribery", "channel"]],
    ["unsubscribe", "smuggling"],
    ["mute", "smuggling", "P1D"],
    ["objects", "use"],
    ["objects", "subscribe"],
]


def typed(desk: Desk) -> list[str]:
    """The answer to each command."""
    return [str(desk.ask(text)) for text in TYPED]


def pressed(desk: Desk) -> list[str]:
    """What comes of each forged value, in a control that opens it and in one that shares it."""
    answers = []
    for action, value in product(("open", "share"), VALUES):
        text = json.dumps([value, "00000000", 1] if action == "share" else value)
        before = len(desk.entries())
        act({"action_id": action, "value": text}, desk.slack.caller("U1", "C1"), desk.services)
        answers += [str(each.message) for each in desk.entries()[before:]]
    return answers


def suggested(desk: Desk) -> list[str]:
    corpus = desk.services.answers().corpus
    texts = ("", "smug", "contraband", "customs", "bribery", "s", "c", "legal")
    return [str(interactions.suggest_briefs(each, corpus)) for each in texts]


def revisions(desk: Desk, revision: str) -> list[str]:
    """Asked for by a revision alone, with a section, with a brief, and between two."""
    texts = (f"@{revision}", f"legal @{revision}", f"legal smuggling @{revision}", f"changes @{revision}")
    more = (f"changes ferries @{revision}..{revision}", f"changes @00000000..{revision}", f"changes @{revision}..")
    return [str(desk.ask(each)).replace(revision, "0" * 8) for each in (*texts, *more)]


def told(desk: Desk) -> list[str]:
    """All that is said to readers; the clock stands still, and the number of the publication is left out."""
    said = [*typed(desk), *pressed(desk), *suggested(desk)]
    return [re.sub(r"Publication \d+", "Publication", each) for each in said]


def differences(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def test_readers_are_told_the_same_with_and_without_them(desk: Desk) -> None:
    desk.subscribe("all")
    desk.subscribe("all deliver:digest", "C2")
    before, unknown = told(desk), revisions(desk, "12345678")
    versions = [hidden("draft"), hidden("draft", owner="somebody"), hidden("withdrawn")]
    for version in versions:
        desk.edit(version)
        desk.run()
        assert differences(unknown, revisions(desk, version.revision)) == []
        assert differences(unknown, revisions(desk, versions[0].revision)) == []
        if version is not versions[1]:
            assert differences(before, told(desk)) == []
    desk.replica.remove("smuggling")
    assert differences(unknown, revisions(desk, versions[-1].revision)) == []


def test_of_a_draft_that_was_published_once_only_that_is_known(desk: Desk) -> None:
    desk.edit(brief("smuggling", title="Coffee at sea"))
    desk.ask("use smuggling")
    again = hidden("draft", title="Bribery at sea")
    desk.edit(again)
    desk.run()
    said = [*told(desk), *revisions(desk, again.revision), *(str(each.message) for each in desk.entries())]
    assert [each for each in said if "Bribery at sea" in each or "A whistle was" in each] == []


def test_who_was_withdrawn_after_being_published_is_told_of(desk: Desk) -> None:
    desk.edit(hidden("published"))
    desk.edit(hidden("withdrawn"))
    assert "Nobody may know of the quarrel." in str(desk.ask("legal smuggling"))


def test_a_brief_goes_on_in_a_draft_that_is_not_named(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(hidden("draft"), ferries(0, continued_in="smuggling"))
    desk.run()
    (post,) = desk.entries()
    assert "Continued in another brief" in post.text
    assert not any(name in str(post.message).casefold() for name in NAMES)
    assert not any(name in str(desk.ask("legal ferries")).casefold() for name in NAMES)
