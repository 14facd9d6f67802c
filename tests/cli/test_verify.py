"""`briefbot verify`: what it prints and writes, and what it need not ask again."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.__main__ import main
from bot.cli.cited_briefs import cited_briefs
from bot.cli.verify import Outside, verify
from bot.cli.verify_options import VerifyOptions
from bot.content.evidence_lock import LOCK_FILE, read_evidence_lock
from bot.core.evidence.lock import EvidenceLock, QuoteState
from bot.errors import SettingsError
from bot.pages.network import Network
from bot.settings import Settings
from tests.pages.cited import Citation, write_brief
from tests.pages.kinds import PLAIN, paragraph, status
from tests.pages.run import outside
from tests.pages.site import Page, Site, html, serving

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
OTHER = "the board will publish its minutes in the spring"


class Desk:
    """A directory of briefs and a site whose pages change."""

    def __init__(self, directory: Path, site: Site, pages: dict[tuple[str, str], Page]) -> None:
        self.directory, self.site, self.pages = directory, site, pages
        self.now = NOW

    def page(self, path: str, page: Page) -> str:
        self.pages["gazette.example.org", f"/{path}"] = page
        return f"http://gazette.example.org/{path}"

    def verify(self, *briefs: str, **options: object) -> int:
        chosen = VerifyOptions(briefs=briefs, **options)  # type: ignore[arg-type]
        return verify(chosen, Settings(briefs=self.directory), self.outside())

    def outside(self) -> Outside:
        return outside(self.site, lambda: self.now)

    @property
    def lock(self) -> EvidenceLock:
        return read_evidence_lock(self.directory)

    def states(self) -> dict[str, str]:
        return {check.key.claim: str(check.state) for check in self.lock.checks.values()}

    def lines(self) -> list[str]:
        return (self.directory / LOCK_FILE).read_text().splitlines()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    (tmp_path / "briefs").mkdir()
    monkeypatch.chdir(tmp_path)
    pages: dict[tuple[str, str], Page] = {}
    with serving(Site(pages)) as site:
        yield Desk(Path("briefs"), site, pages)


@pytest.fixture
def ferries(desk: Desk) -> Desk:
    """Two quotes of one page, and one of another."""
    first, second = desk.page("a", html(paragraph(f"{PLAIN}. Then {OTHER}"))), desk.page("b", html(paragraph(PLAIN)))
    write_brief(
        desk.directory,
        "ferries",
        [Citation("one", PLAIN, first), Citation("two", OTHER, f"{first}#note-3"), Citation("three", PLAIN, second)],
    )
    return desk


class NoNames(AbstractResolver):
    """As where a machine has no network."""

    async def resolve(self, *_: object) -> list[ResolveResult]:
        raise OSError("no such host")

    async def close(self) -> None:
        pass


def test_a_run_that_reaches_no_page_is_none(ferries: Desk) -> None:
    ferries.verify()
    before, asked = ferries.lines(), ferries.site.asked("/a")
    ferries.now += timedelta(days=1)
    cut_off = replace(ferries.outside(), network=Network(resolver=NoNames))
    with pytest.raises(SettingsError, match=r"none of the pages could be reached.*evidence\.lock stays"):
        verify(VerifyOptions(briefs=()), Settings(briefs=ferries.directory), cut_off)
    assert ferries.lines() == before
    assert ferries.verify() == 0
    assert ferries.site.asked("/a") == 2 * asked


def test_a_page_is_asked_for_once_for_all_quotes_of_it(ferries: Desk) -> None:
    assert ferries.verify() == 0
    assert ferries.states() == dict.fromkeys(("one", "two", "three"), "verbatim")
    assert (ferries.site.asked("/a"), ferries.site.asked("/b"), ferries.site.asked("/robots.txt")) == (1, 1, 1)


def test_a_run_without_news_changes_the_header_alone(ferries: Desk) -> None:
    ferries.verify()
    before = ferries.lines()
    ferries.now += timedelta(days=7)
    ferries.page("b", html(paragraph(f"Today. {PLAIN}")))
    ferries.verify()
    assert ferries.lines()[1:] == before[1:]
    assert ferries.lines()[0] == before[0].replace("2026-05-03", "2026-05-10")
    assert ferries.lock.last_run == ferries.now.date()


def test_a_missing_quote_is_named_with_its_line(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    ferries.page("b", html(paragraph(PLAIN.replace("nobody", "somebody"))))
    assert ferries.verify() == 1
    printed = capsys.readouterr()
    assert printed.err == ""  # no bar where nobody looks
    assert printed.out == (
        "briefs/ferries.yaml:11:98: missing “nobody asked the four towns before the board had decided” is not on "
        "http://gazette.example.org/b (since 2026-05-03); correct the quote, or cite a page that has it\n"
        "3 quotes: 2 verbatim, 1 missing; 3 lines of evidence.lock changed\n"
    )


def test_what_became_of_each_quote_is_data_too(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    ferries.page("b", status(403))
    assert ferries.verify(format="json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["states"] == {"verbatim": 2, "normalised": 0, "missing": 0, "unreachable": 1, "gone": 0}
    last = record["quotes"][-1]
    assert (last["claim"], last["line"], last["state"], last["reason"]) == ("three", 11, "unreachable", "refused")
    assert (last["detail"], last["since"], last["is_news"]) == ("answers 403", "2026-05-03", True)


def test_a_page_that_is_away_for_days_is_gone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_brief(desk.directory, "ferries", [Citation("one", PLAIN, desk.page("a", status(404)))])
    codes = []
    for days in (0, 0, 1, 2, 3):
        desk.now = NOW + timedelta(days=days)
        codes.append(desk.verify())
    assert codes == [0, 0, 0, 0, 1]
    assert desk.states() == {"one": "gone"}
    assert "is gone (since 2026-05-06); add an archive_url, or cite another" in capsys.readouterr().out


def test_a_brief_is_checked_alone_and_what_is_known_of_others_stays(ferries: Desk) -> None:
    write_brief(ferries.directory, "harbour", [Citation("four", PLAIN, ferries.page("c", html(paragraph(PLAIN))))])
    ferries.verify()
    ferries.site.requests.clear()
    ferries.now += timedelta(days=1)
    ferries.verify("harbour")
    assert (ferries.site.asked("/a"), ferries.site.asked("/c")) == (0, 1)
    # Of the others nobody may think that they were looked for since.
    assert ferries.lock.last_run == NOW.date()
    assert set(ferries.states()) == {"one", "two", "three", "four"}


def test_a_brief_is_named_by_its_slug_or_its_file(ferries: Desk) -> None:
    file = ferries.directory / "ferries.yaml"
    for name in ("ferries", "ferries.yaml", str(file), str(file.resolve()), "./briefs/../briefs/ferries.yaml"):
        assert cited_briefs(ferries.directory, [name, "ferries"]).slugs == {"ferries"}


@pytest.mark.parametrize("name", ["ferrys", "elsewhere/ferries.yaml", "_store", "../briefs/x.yaml"])
def test_a_brief_that_is_not_there_is_named(ferries: Desk, name: str) -> None:
    with pytest.raises(SettingsError, match="no such brief"):
        ferries.verify(name)


def test_a_directory_without_briefs_is_the_wrong_one(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="briefs holds no brief"):
        desk.verify()
    assert not (desk.directory / LOCK_FILE).exists()


def test_lines_of_quotes_and_briefs_that_are_no_more_go(ferries: Desk) -> None:
    write_brief(ferries.directory, "harbour", [Citation("four", PLAIN, ferries.page("c", html(paragraph(PLAIN))))])
    ferries.verify()
    (ferries.directory / "harbour.yaml").unlink()
    write_brief(ferries.directory, "ferries", [Citation("one", PLAIN, "http://gazette.example.org/a")])
    ferries.verify()
    assert set(ferries.states()) == {"one"}


def test_a_broken_file_fails_the_run_and_keeps_its_lines(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    ferries.verify()
    (ferries.directory / "ferries.yaml").write_text("title: [")
    assert ferries.verify() == 1
    assert "briefs/ferries.yaml:2" in capsys.readouterr().err
    assert set(ferries.states()) == {"one", "two", "three"}
    assert ferries.verify(lists_archives=True) == 1


def test_pages_that_were_read_lately_are_skipped(ferries: Desk) -> None:
    ferries.page("b", status(503, Retry_After="9999"))
    ferries.verify()
    before = ferries.lines()
    ferries.now += timedelta(days=6)
    ferries.verify(since=timedelta(days=7))
    # What could not be read was not checked.
    assert (ferries.site.asked("/a"), ferries.site.asked("/b")) == (1, 2)
    assert ferries.lines()[1:] == before[1:]
    ferries.now += timedelta(days=2)
    ferries.verify(since=timedelta(days=7))
    assert ferries.site.asked("/a") == 2


def test_a_new_quote_of_a_page_that_was_read_lately_is_looked_for(ferries: Desk) -> None:
    ferries.verify()
    page = "http://gazette.example.org/b"
    write_brief(ferries.directory, "harbour", [Citation("four", "four towns before the board", page)])
    ferries.verify(since=timedelta(days=7))
    assert (ferries.site.asked("/a"), ferries.site.asked("/b")) == (1, 2)
    assert ferries.states()["four"] == "verbatim"


def test_a_lock_that_was_lost_is_made_of_what_was_read_lately(ferries: Desk) -> None:
    ferries.verify()
    before = ferries.lines()
    (ferries.directory / LOCK_FILE).unlink()
    ferries.verify(since=timedelta(days=7))
    assert (ferries.lines(), ferries.site.asked("/a")) == (before, 1)


def test_what_others_found_out_meanwhile_is_not_overwritten_by_an_older_run(ferries: Desk) -> None:
    ferries.verify()
    newer = (ferries.directory / LOCK_FILE).read_text().replace("verbatim 2026-05-03", "missing 2026-05-04")
    (ferries.directory / LOCK_FILE).write_text(newer)
    ferries.now += timedelta(days=2)
    ferries.verify(since=timedelta(days=7))
    assert set(ferries.states().values()) == {"missing"}


def test_a_source_with_another_address_is_looked_at_anew(ferries: Desk) -> None:
    ferries.verify()
    page = ferries.page("c", html(paragraph(OTHER)))
    write_brief(ferries.directory, "ferries", [Citation("one", PLAIN, page)])
    ferries.now += timedelta(days=1)
    assert ferries.verify(since=timedelta(days=7)) == 1
    (check,) = ferries.lock.checks.values()
    assert (check.state, check.since) == (QuoteState.MISSING, ferries.now.date())


def _as_before(desk: Desk) -> set[tuple[str, str, str, str]]:
    """What is known of quotes, but for where they are cited."""
    checks = desk.lock.checks.values()
    return {(each.key.quote, str(each.state), str(each.since), str(each.page)) for each in checks}


RENAMES = {
    "the claim": {"ferries": [("uno", 0, None), ("dos", 1, None), ("tres", 2, None)]},
    "the source": {"ferries": [("one", 0, "s-one"), ("two", 1, "s-two"), ("three", 2, "s-three")]},
    "claims that take each other's": {"ferries": [("two", 0, None), ("one", 1, None), ("three", 2, None)]},
    "a split of the brief": {"ferries": [("one", 0, None)], "boats": [("two", 1, "s-2"), ("tres", 2, None)]},
    "the brief": {"boats": [("one", 0, None), ("two", 1, None), ("three", 2, None)]},
}


@pytest.mark.parametrize(("briefs", "since"), [*zip(RENAMES.values(), cycle([None, timedelta(days=7)]))], ids=RENAMES)
def test_a_quote_keeps_its_state_and_day_under_another_id(
    ferries: Desk, briefs: dict[str, list[tuple[str, int, str | None]]], since: timedelta | None
) -> None:
    pages = [f"http://gazette.example.org/{path}" for path in ("a", "a#note-3", "b")]
    ferries.page("b", html(paragraph("Nothing of it.")))
    ferries.verify()
    before = _as_before(ferries)
    ferries.now += timedelta(days=4)
    (ferries.directory / "ferries.yaml").unlink()
    for slug, claims in briefs.items():
        quotes = [(claim, (PLAIN, OTHER, PLAIN)[n], pages[n], source) for claim, n, source in claims]
        write_brief(ferries.directory, slug, [Citation(c, q, p, source=s) for c, q, p, s in quotes])
    assert ferries.verify(since=since) == 1
    assert _as_before(ferries) == before
    assert {check.key.brief for check in ferries.lock.checks.values()} == {*briefs}


def test_the_same_words_of_another_page_are_another_quote(ferries: Desk) -> None:
    ferries.verify()
    ferries.now += timedelta(days=4)
    write_brief(ferries.directory, "ferries", [Citation("uno", PLAIN, ferries.page("c", html(paragraph(PLAIN))))])
    ferries.verify()
    assert [check.since for check in ferries.lock.checks.values()] == [ferries.now.date()]


class StoppedError(Exception):
    """Stands for a kill."""


def stopping_after(number: int, there: Outside) -> Outside:
    """The clock is read once for the journal, and once for each result."""
    calls = iter(range(1000))

    def now() -> datetime:
        if next(calls) >= number:
            raise StoppedError
        return there.now()

    return replace(there, now=now)


def test_a_run_that_was_stopped_asks_for_no_page_again(ferries: Desk) -> None:
    for number in "cde":
        page = ferries.page(number, html(paragraph(PLAIN)))
        write_brief(ferries.directory, f"brief-{number}", [Citation("one", PLAIN, page)])
    settings = Settings(briefs=ferries.directory)
    for results in (2, 3):
        with pytest.raises(ExceptionGroup) as caught:
            verify(VerifyOptions(), settings, stopping_after(results, ferries.outside()))
        assert caught.group_contains(StoppedError)
        assert not (ferries.directory / LOCK_FILE).exists()
    ferries.verify()
    # Twice a page was read whose result could not be recorded.
    asked = [ferries.site.asked(f"/{number}") for number in "abcde"]
    assert (sum(asked), max(asked)) == (5 + 2, 2)
    assert [path.suffix for path in Path("var/verify").iterdir()] == [".jsonl"]
    assert set(ferries.states().values()) == {"verbatim"}


def test_nothing_is_asked_for_a_list_of_archive_addresses(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert ferries.verify(lists_archives=True) == 0
    out = capsys.readouterr().out
    assert "briefs/ferries.yaml:13: one\n" in out
    assert "    archive_url: https://web.archive.org/web/20250601/http://gazette.example.org/a\n" in out
    assert not ferries.site.requests
    assert not (ferries.directory / LOCK_FILE).exists()


def archive(copies: dict[str, str]) -> Page:
    """The archive's answer to any question: it has a copy of what is asked for, if `copies` has its path."""

    def page(exchange: object) -> None:
        path = exchange.path  # type: ignore[attr-defined]
        copy = next((copy for name, copy in copies.items() if f"%2F{name}&" in path or f"/{name}&" in path), None)
        closest = {"closest": {"available": True, "status": "200", "url": copy}} if copy else {}
        body = json.dumps({"archived_snapshots": closest}).encode()
        exchange.reply(200, body, Content_Type="application/json")  # type: ignore[attr-defined]

    return page


def test_the_archive_is_asked_only_if_told_to(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    copies = {"a": "http://web.archive.org/web/20250530/http://gazette.example.org/a", "b": "http://evil.example/b"}
    answer = archive(copies)

    class Anything(dict[tuple[str, str], Page]):
        def get(self, key: tuple[str, str], default: Page | None = None) -> Page | None:  # type: ignore[override]
            return answer if key[1].startswith("/wayback/") else default

    ferries.site.pages = Anything()
    assert ferries.verify(asks_archive=True) == 0
    out = capsys.readouterr().out
    assert "    archive_url: https://web.archive.org/web/20250530/http://gazette.example.org/a\n" in out
    assert "    # no copy; make one: https://web.archive.org/save/http://gazette.example.org/b" in out
    assert {host for host, _ in ferries.site.requests} == {"archive.org"}


SILENCE = {
    "429": (status(429, Retry_After="9999"), "answers 429"),
    "503": (status(503), "answers 503"),
    "500": (status(500), "answers 500"),
    "403": (status(403), "answers 403"),
    "404": (status(404), "answers 404"),
    "a page for people": (html("One moment, please"), "answers what cannot be understood"),
    "no JSON of the archive": (html("[]"), "answers what cannot be understood"),
}


@pytest.mark.parametrize(("page", "detail"), SILENCE.values(), ids=SILENCE)
def test_no_answer_of_the_archive_is_not_no_copy(
    ferries: Desk, page: Page, detail: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ferries.pages["archive.org", "/wayback/available"] = page
    assert ferries.verify(asks_archive=True) == 1
    out = capsys.readouterr().out
    assert "no copy" not in out
    assert "# Of these the Internet Archive said nothing" in out
    assert f"briefs/ferries.yaml:13: one\n    # not known whether there is a copy: {detail}\n" in out
    # Nothing of it is kept: a later run asks anew.
    ferries.pages["archive.org", "/wayback/available"] = archive({})
    assert ferries.verify(asks_archive=True) == 0
    assert "no copy; make one" in capsys.readouterr().out


def test_an_archive_out_of_reach_is_not_no_copy(ferries: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    cut_off = replace(ferries.outside(), network=Network(resolver=NoNames))
    assert verify(VerifyOptions(asks_archive=True), Settings(briefs=ferries.directory), cut_off) == 1
    out = capsys.readouterr().out
    assert out.count("# not known whether there is a copy: ") == 3
    assert "no copy" not in out


def test_what_the_archive_lacks_and_what_it_did_not_say_stand_apart(
    ferries: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    known, silent = archive({"x": "y"}), status(500)
    ferries.pages["archive.org", "/wayback/available"] = lambda exchange: (
        silent if "%2Fb&" in exchange.path or "/b&" in exchange.path else known
    )(exchange)
    assert ferries.verify(asks_archive=True) == 1
    out = capsys.readouterr().out
    assert 0 < out.index("has no copy of these") < out.index("make one: ") < out.index("said nothing")
    assert out.index("said nothing") < out.index("not known whether")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "a week"], "“a week” is no time; name hours, days or weeks, e.g. 12h, 7d or 2w"),
        (["--pause", "-1"], "expected one argument|is no pause"),
        (["--pause", "9999"], "“9999” is no pause; name seconds, at most 600"),
        (["--hosts", "0"], "“0” is no number of hosts"),
        (["--port", "70000"], "“70000” is no port"),
    ],
)
def test_arguments_that_mean_nothing_are_explained(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["verify", *arguments])
    assert re.search(words, capsys.readouterr().err)


def test_without_its_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "bot.cli.verify", raising=False)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert main(["verify"]) == 2
    assert capsys.readouterr().err == (
        "briefbot: verify needs tqdm, which is not installed; pip install 'briefbot[verify]'\n"
    )
