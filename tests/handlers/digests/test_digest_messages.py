"""A digest of many changes, as it is sent, read again weeks later, and corrected."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.commands.button_value import ButtonValue, decode_command
from bot.core.commands.command import Search
from bot.core.commands.digest_commands import PreviewDigest, ShowDigest
from bot.handlers.clean_up import CleanUp
from bot.handlers.commands import interactions
from bot.render.digests.digest import MESSAGES_MAX
from bot.store.schema import digest_cursor, posted_message
from bot.store.store import Store
from tests.fake_channel import Entry
from tests.handlers.desk import Desk
from tests.handlers.replica import MONDAY
from tests.make import brief, claim
from tests.render.limits import walk

BRIEFS = 36
WORDS = ("so it was written down by the board ", "then they left that out entirely ", "nobody had signed anything yet ")
"""Of each edit, so that no two have a word in common."""
QUERIES_MAX = 30
DAY_S = 24 * 3600


def told(number: int, edit: int, *notes: ChangeNote) -> Brief:
    text = f"Number {number} stands at edit-{edit} of it {WORDS[edit] * 16}"
    return brief(f"brief-{number:02}", {"legal": [claim("a", text)]}, changes=notes)


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    return Desk(tmp_path / "briefs", store)


@pytest.fixture
def flooded(desk: Desk) -> Desk:
    """A channel follows all in a digest, and many briefs have changed."""
    desk.edit(*(told(number, 0) for number in range(BRIEFS)))
    desk.subscribe("all deliver:digest")
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor("T1", None, "C1", desk.replica.at)
    desk.set_clock(60)
    desk.edit(*(told(number, 1) for number in range(BRIEFS)))
    desk.set_clock(120)
    return desk


@contextmanager
def queries(desk: Desk) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    statements: list[str] = []

    def note(*parameters: Any) -> None:
        statements.append(parameters[2])

    event.listen(desk.store.engine, "before_cursor_execute", note)
    yield statements
    event.remove(desk.store.engine, "before_cursor_execute", note)


def send(desk: Desk, until: int = MESSAGES_MAX) -> list[Entry]:
    """Goes on until so many messages are posted, or no more come."""
    for n in range(2 * MESSAGES_MAX):
        if len(desk.entries()) >= until:
            break
        desk.wake_at(200 + 5 * n)
    return desk.entries()


def numbers(text: str) -> list[int]:
    """The briefs whose new text is shown."""
    return [int(each) for each in re.findall(r"Now: Number (\d+) stands", text)]


def shown(entries: list[Entry]) -> list[int]:
    return [number for each in entries for number in numbers(each.text)]


def counted(entry: Entry) -> int:
    found = re.search(r"and (\d+) more changes?: \1 updates", entry.text)
    return int(found[1]) if found else 0


def test_a_flood_is_ten_messages_and_all_of_it_can_be_read_weeks_later(flooded: Desk) -> None:
    with queries(flooded) as asked:
        preview = flooded.ask("digest preview")
    assert len(asked) < QUERIES_MAX
    assert preview is not None
    assert f"changes 1 to {len(numbers(preview.text))} of {BRIEFS}" in preview.text
    flooded.ask("digest now")
    entries = send(flooded, MESSAGES_MAX + 1)
    assert len(entries) == MESSAGES_MAX
    assert {each.thread_ts for each in entries[1:]} == {entries[0].ts}
    told_of = shown(entries)
    assert told_of == list(range(len(told_of)))
    assert len(told_of) + counted(entries[-1]) == BRIEFS
    flooded.set_clock(60 * DAY_S)
    assert rest_of(flooded, entries[-1]) == list(range(len(told_of), BRIEFS))
    flooded.slack.add_channel("C2")
    for stranger in (flooded.ask("digest show 1", channel="C2"), flooded.ask("digest show 999999999")):
        assert stranger is not None
        assert "was posted here" in stranger.text


def rest_of(desk: Desk, last: Entry) -> list[int]:
    """What somebody reads who presses the button of the last message, and then *Continue*."""
    read: list[int] = []
    command = pressed(last.message.blocks)
    while command is not None:
        answer = desk.ask(str(command))
        assert answer is not None
        read += numbers(answer.text)
        command = pressed(answer.blocks)
    return read


def pressed(blocks: Any) -> ShowDigest | None:
    values = [part["value"] for part in walk(blocks) if isinstance(part.get("value"), str)]
    commands = (decode_command(each, Search) for each in values)
    return next((each for each in commands if isinstance(each, ShowDigest)), None)


@pytest.mark.parametrize("posted", [3, MESSAGES_MAX - 1])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_digest_that_an_earlier_version_began_loses_and_doubles_nothing(flooded: Desk, posted: int) -> None:
    flooded.ask("digest now")
    send(flooded, posted)
    as_earlier(flooded)
    entries = send(flooded, MESSAGES_MAX + 1)
    assert len(entries) == MESSAGES_MAX
    assert len(shown(entries)) + counted(entries[-1]) == BRIEFS
    assert len(set(shown(entries))) == len(shown(entries))
    correct(flooded, entries, number=1)


def as_earlier(desk: Desk) -> None:
    """What is stored of the posts is what earlier versions stored, which would have sent fifty."""
    with desk.store.transaction() as tx:
        for row in tx.connection.execute(posted_message.select()).all():
            content = json.loads(row.content)
            old = {"kind": "digest", "plan": content["plan"], "part": {**content["part"], "count": 50}}
            one = update(posted_message).where(posted_message.c.id == row.id)
            tx.connection.execute(one.values(content=json.dumps(old)))


def test_a_digest_goes_on_where_it_was_interrupted_weeks_ago(flooded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    post, calls = flooded.slack.post, count()

    def archived_at_the_fourth(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == 3:
            flooded.hear("channel_archive")
        return post(*args, **kwargs)

    monkeypatch.setattr(flooded.slack, "post", archived_at_the_fourth)
    flooded.ask("digest now")
    flooded.wake_at(200)
    flooded.wake_at(300)
    begun = len(flooded.entries())
    flooded.set_clock(60 * DAY_S)
    CleanUp(flooded.services).run(flooded.replica.at)
    flooded.hear("channel_unarchive")
    flooded.wake_at(60 * DAY_S + 5)
    entries = flooded.entries()
    assert (begun, len(entries)) == (3, MESSAGES_MAX)
    assert shown(entries) == list(range(len(shown(entries))))
    assert len(shown(entries)) + counted(entries[-1]) == BRIEFS


def test_corrections_reach_every_message_of_a_digest(flooded: Desk) -> None:
    flooded.ask("digest now")
    entries = send(flooded)
    correct(flooded, entries, number=shown(entries)[-1])


def correct(desk: Desk, entries: list[Entry], number: int) -> None:
    """The claim of one brief is corrected: its post says so, and shows nothing else than before."""
    where = next(n for n, each in enumerate(entries) if number in numbers(each.text))
    desk.set_clock(10 * DAY_S)
    note = ChangeNote(date=MONDAY.date(), kind="correction", note="It was two.", claims=("a",))
    with queries(desk) as asked:
        desk.edit(told(number, 2, note))
        for n in range(4):
            desk.wake_at(10 * DAY_S + 5 * n)
    assert not any("brief_version" in each for each in asked if each.count("?") > QUERIES_MAX)
    after = desk.entries()
    assert "Corrected 11 May 2026" in after[where].text or "Corrected 21 May 2026" in after[where].text
    assert numbers(after[where].text) == numbers(entries[where].text)
    assert any("It was two." in each.text for each in after[len(entries) :])


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_correction_lays_out_its_message_alone(flooded: Desk) -> None:
    flooded.ask("digest now")
    entries = send(flooded)
    flooded.services = replace(flooded.services, announcement_cache=type(flooded.services.announcement_cache)(256))
    correct(flooded, entries, number=0)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_page_of_a_preview_by_an_earlier_version_says_that_it_has_changed(flooded: Desk) -> None:
    caller = flooded.slack.caller("U1", "C1")
    interactions.continue_answer(ButtonValue(PreviewDigest(), None, 2), caller, flooded.services)
    assert flooded.entries()[-1].text.startswith(interactions.CHANGED)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_channels_with_the_same_specs_share_what_is_read(flooded: Desk) -> None:
    flooded.slack.add_channel("C2")
    flooded.subscribe("all deliver:digest", channel="C2")
    with flooded.store.transaction() as tx:
        tx.digests.ensure_cursor("T1", None, "C2", MONDAY + timedelta(seconds=30))
        first = tx.digests.cursor("T1", "C1")
        assert first is not None
        tx.connection.execute(update(digest_cursor).values(after_publication=first.after_publication))
    flooded.ask("digest now")
    flooded.ask("digest now", channel="C2")
    send(flooded)
    with queries(flooded) as asked:
        for n in range(2 * MESSAGES_MAX):
            flooded.wake_at(400 + 5 * n)
    assert shown(flooded.entries("C2")) == shown(flooded.entries())
    assert not any("brief_version" in each for each in asked)
