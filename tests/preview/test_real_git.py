"""What maintainers do to the files, in a real git repository: the preview, the words of `diff`, and who would hear,
which is what the publication then owes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app.radius import radius
from bot.cli.diff_formats import text as words_of_diff
from bot.comparison.problems import new_problems
from bot.core.delivery.content import CONTENT, PostEdit
from bot.core.delivery.radius import Place, Radius
from bot.core.digests.schedule import Schedule
from bot.handlers.digests.digest_windows import recompute_next
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.preview.brief_view import brief_views
from bot.preview.reading import Preview, Reader
from bot.render.delivery.radius import NOBODY, radius_lines, radius_summary
from bot.settings import Settings
from bot.store.outbox import NewDelivery
from bot.store.posted_messages import PostedClaim
from bot.store.schema import delivery
from bot.store.store import Store
from tests.git_repository import Repository
from tests.handlers.desk import Desk

Files = Mapping[str, str | None]

STORE = "sections: {overview: {title: Overview}, legal: {title: Legal considerations}}\n"
SOURCES = """\
sources:
  gazette: {title: Board halves ferries, publisher: Gazette, url: "https://example.org/ferries", kind: news}
"""
OVERVIEW, LEGAL = "  overview:\n    claims:\n", "  legal:\n    claims:\n"


def claim(id: str, text: str) -> str:
    return f"      - id: {id}\n        text: {text}\n        evidence: [{{source: gazette}}]\n"


def note(kind: str, words: str, *claims: str) -> str:
    about = f", claims: [{', '.join(claims)}]" if claims else ""
    return f"  - {{date: 2025-05-12, kind: {kind}, note: {words}{about}}}\n"


def brief(title: str, sections: str, notes: str = "", more: str = "") -> str:
    head = f"title: {title}\nsummary: What it is about.\nstatus: published\nas_of: 2025-04-01\nowner: desk\n{more}"
    first = "  - {date: 2025-04-01, kind: new, note: First version.}\n"
    return f"{head}sections:\n{sections}{SOURCES}changes:\n{notes}{first}"


HALVED = claim("halved", "On 2 March 2025 the board halved the ferries to 6.")
BOARD = claim("board", "The board said that no other way was open.")
APPEAL = claim("appeal", "The town appealed to the Harbour Court.")
TITLE = "The ferry timetable"
FERRIES = brief(TITLE, OVERVIEW + HALVED + BOARD + LEGAL + APPEAL)
TRAMS = brief("The tram line", OVERVIEW + claim("line", "The tram line ends at the Old Bridge."))
BASE = {"_store": STORE, "ferries": FERRIES, "trams": TRAMS}

DIGEST = "1 digest tells of it: C3 (12 May 2026, 09:00 (UTC+00:00))."
CORRECTED = HALVED.replace("2 March", "3 March")


@dataclass(frozen=True)
class Case:
    """What is done to the files of `BASE` (None: removed), and what is then said of it: how `diff` begins, the labels
    of the briefs that differ, the problems' codes, what readers are not told, and who would hear."""

    files: Files
    told: str
    labels: Mapping[str, str]
    heard: Sequence[str]
    silent: Sequence[str] = ()
    codes: Sequence[str] = ()


CASES = {
    "a correction": Case(
        {
            "ferries": brief(
                TITLE,
                OVERVIEW + CORRECTED + BOARD + LEGAL + APPEAL,
                note("correction", "The board met on 3 March.", "halved"),
            )
        },
        "Readers will be told of 1 brief: 1 correction.\nCorrection: ferries",
        {"ferries": "Correction"},
        [
            "Who will hear: 5 subscriptions in 5 channels.",
            "4 channels get a post: C1, C2, C4, 1 direct message.",
            "3 earlier posts are edited, with 3 notes below: C1 (1), C5 (1), direct messages (1).",
            DIGEST,
        ],
    ),
    "a rename": Case(
        {"ferries": None, "boats": FERRIES.replace("owner: desk", "owner: desk\naliases: [ferries]")},
        "Readers will be told nothing.",
        {"boats": "Not told"},
        [NOBODY],
        ["boats: renamed from ferries", "boats: aliases: “ferries” added"],
    ),
    "a removal": Case(
        {"trams": None},
        "Readers will be told of 1 brief: 1 withdrawal.\nWithdrawal: trams",
        {"trams": "Withdrawal"},
        [
            "Who will hear: 3 subscriptions in 3 channels.",
            "2 channels get a post: C1, C4.",
            "1 earlier post is edited, with 1 note below: C5 (1).",
            DIGEST,
        ],
        codes=["B501"],
    ),
    "white space": Case(
        {"ferries": FERRIES.replace("owner: desk", "owner:   desk\n")},
        "Readers will be told nothing.",
        {"ferries": "Not told"},
        [NOBODY],
        ["ferries: only comments, white space between values, or the order of keys"],
    ),
    "a moved section": Case(
        {"ferries": brief(TITLE, OVERVIEW + HALVED + LEGAL + APPEAL + BOARD)},
        "Readers will be told of 1 brief: 1 update.",
        {"ferries": "Update"},
        [
            "Who will hear: 4 subscriptions in 4 channels.",
            "3 channels get a post: C1, C2, 1 direct message.",
            DIGEST,
        ],
    ),
    "a split": Case(
        {
            "ferries": brief(TITLE, OVERVIEW + HALVED + BOARD, note("update", "The appeal has its own brief.")),
            "appeal": brief("The ferry appeal", LEGAL + APPEAL),
        },
        "Readers will be told of 2 briefs: 1 new brief, 1 update.",
        {"appeal": "New brief", "ferries": "Update"},
        [
            "Who will hear: 3 subscriptions in 3 channels.",
            "2 channels get a post: C1 (2 posts), 1 direct message.",
            DIGEST,
        ],
    ),
    "an editorial note on another number": Case(
        {
            "ferries": brief(
                TITLE,
                OVERVIEW + HALVED.replace("to 6", "to 5") + BOARD + LEGAL + APPEAL,
                note("editorial", "Typing.", "halved"),
            )
        },
        "Readers will be told nothing.",
        {"ferries": "Not told"},
        [NOBODY],
        ["ferries: the claim halved: “6” became “5” (declared editorial)", "ferries: the editorial note “Typing.”"],
        ["B505"],
    ),
}


@dataclass
class Town:
    """A desk whose files are in a git repository, with channels that follow them in different ways, and with earlier
    posts: C1, C2 and C4 get posts, C3 a digest, and so does somebody in a direct message; C5 follows nothing."""

    desk: Desk
    reader: Reader

    def save(self, files: Files) -> None:
        """Saves (None: removes) files."""
        for name, text in files.items():
            path = self.desk.replica.directory / f"{name}.yaml"
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def radius(self, preview: Preview) -> Radius:
        url = self.desk.store.engine.url.render_as_string(hide_password=False)
        before = preview.versions.briefs_before
        return radius(self.desk.replica.directory, before, Settings(database_url=url), self.desk.replica.at)

    def publish(self) -> None:
        """The files are published, as a running bot does it."""
        self.desk.replica.look_at_all()

    def rows(self) -> list[NewDelivery]:
        """What is owed."""
        return new_deliveries(self.desk.store)


def new_deliveries(store: Store) -> list[NewDelivery]:
    with store.snapshot() as tx:
        rows = tx.connection.execute(delivery.select().order_by(delivery.c.id)).all()
    return [
        NewDelivery(row.team, row.enterprise, row.channel, CONTENT.validate_json(row.content), row.due_at, row.state)
        for row in rows
    ]


@pytest.fixture
def town(tmp_path: Path, store: Store) -> Town:
    desk = Desk(tmp_path / "town", store)
    git = Repository(desk.replica.directory)
    reader = Reader(None, desk.replica.directory, tmp_path / "scratch")
    (tmp_path / "scratch").mkdir()
    town = Town(desk, reader)
    town.save(BASE)
    git.commit()
    town.publish()
    for spec, channel in (
        ("all", "C1"),
        ("ferries/overview", "C2"),
        ("all deliver:digest", "C3"),
        ("all kind:correction,withdrawal", "C4"),
        ("ferries", "D1"),
    ):
        desk.subscribe(spec, channel)
    arrange(desk)
    return town


def arrange(desk: Desk) -> None:
    """A digest at nine, and earlier posts: two in C1, one in C5, and one to somebody."""
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor("T1", None, "C3", desk.replica.at)
        daily = Schedule.parse("daily 09:00 UTC")
        tx.digests.add(daily, team="T1", enterprise=None, channel="C3", by="U1", at=desk.replica.at)
        cursor = tx.digests.cursor("T1", "C3")
        assert cursor is not None
        recompute_next(tx, cursor, desk.replica.at)
        for ts, channel, slug, *claims in (
            ("1.1", "C1", "ferries", "halved", "board"),
            ("2.1", "C1", "ferries", "appeal"),
            ("3.1", "C5", "ferries", "halved"),
            ("4.1", "D1", "ferries", "halved"),
            ("5.1", "C5", "trams", "line"),
        ):
            tx.posted_messages.add(
                team="T1",
                enterprise=None,
                channel=channel,
                ts=ts,
                thread_ts=None,
                publication=tx.publications.newest_number(),
                content={"kind": "answer"},
                claims=[PostedClaim(slug, each) for each in claims],
                at=desk.replica.at,
            )


@pytest.mark.parametrize("name", CASES)
def test_the_preview_says_what_readers_are_told_and_what_the_publication_then_owes(town: Town, name: str) -> None:
    case = CASES[name]
    town.save(case.files)
    preview = town.reader.read()
    heard = town.radius(preview)
    before = len(town.rows())
    assert words_of_diff(preview.comparison, "/brief").split("\n\n")[0] == case.told
    assert {each.slug: each.label for each in brief_views(preview) if each.fate != "unchanged"} == case.labels
    assert list(preview.comparison.silent) == list(case.silent)
    assert [each.code for each in new_problems(preview.versions, preview.comparison)] == list(case.codes)
    assert [radius_summary(heard), *radius_lines(heard)] == list(case.heard)
    assert len(town.rows()) == before
    town.publish()
    assert_owed(town, heard, town.rows()[before:])


def assert_owed(town: Town, heard: Radius, owed: Sequence[NewDelivery]) -> None:
    """That this is owed, and that the digests that were named tell of it once they are due."""
    posts = Counter(Place.of(each.team, each.channel) for each in owed if each.content.kind in ("change", "summary"))
    edits = Counter(Place.of(each.team, each.channel) for each in owed if isinstance(each.content, PostEdit))
    assert posts == {each.place: each.posts for each in heard.audiences}
    assert edits == {each.place: each.number for each in heard.edited}
    town.desk.replica.at = max([town.desk.replica.at, *(each.at for each in heard.digests)])
    fire_due_digests(replace(town.desk.services, corpus=town.desk.replica.readers), town.desk.replica.at)
    digests = {Place.of(each.team, each.channel) for each in town.rows() if each.content.kind == "digest"}
    assert digests == {each.place for each in heard.digests}
