"""`briefbot ask`, as DESIGN promises it, over the briefs of this repository."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from bot.cli.ask import ask, corpus_of
from bot.cli.formats import ASK_FORMATS, AskFormat, AskView
from bot.core.briefs import canonical
from bot.core.briefs.brief import UNCITED_STANDINGS
from bot.errors import SettingsError
from bot.settings import Settings
from tests.conftest import ROOT
from tests.ferries import ferries

SETTINGS = Settings(briefs=ROOT / "briefs")
SECTIONS = ["overview", "legal", "rights", "reactions", "outlook"]
KEYS = [
    *("status", "brief", "title", "section", "section_title", "revision", "as_of"),
    *("review_by", "review_overdue", "continued_in", "summary"),
    *("excerpts", "sources", "caveats", "suggestions", "text"),
]
BRIEF_KEYS = KEYS[KEYS.index("brief") : KEYS.index("excerpts")]
SOURCE_KEYS = [
    *("n", "source", "title", "author", "publisher", "via", "kind", "url", "archive_url"),
    *("date", "date_note", "language", "note"),
]
CITATION_KEYS = [*SOURCE_KEYS, "quote", "locator"]
EXCERPT_KEYS = [
    *("id", "brief", "brief_title", "revision", "as_of", "section", "section_title", "lead", "group", "folded"),
    *("text", "standing", "note", "undated", "citations"),
]
TODAY = "2026-03-01"


FROZEN = Settings(briefs=ROOT / "tests/examples/store")
"""A copy of the briefs, so that maintainers may edit theirs without touching golden files."""


@pytest.fixture(scope="module", autouse=True)
def today() -> Iterator[None]:
    """Answers give the age of a brief."""
    with freeze_time(TODAY):
        yield


@pytest.fixture(scope="module", autouse=True)
def corpora() -> Iterator[None]:
    """A directory is read once. Those that tests write have names of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.cli.ask.corpus_of", lru_cache(corpus_of))
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(
        words: str, format: AskFormat = "text", settings: Settings = SETTINGS, view: AskView | None = None
    ) -> tuple[int, str]:
        code = ask(words, format, settings, view)
        return code, capsys.readouterr().out

    return call


@pytest.fixture
def record(run: Callable[..., tuple[int, str]]) -> Callable[[str], tuple[int, dict[str, Any]]]:
    def call(words: str) -> tuple[int, dict[str, Any]]:
        code, out = run(words, "json")
        return code, json.loads(out)

    return call


Record = Callable[[str], tuple[int, dict[str, Any]]]


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_of_the_lead_brief_answers_with_cited_excerpts(record: Record, section: str) -> None:
    code, answer = record(section)
    assert (code, answer["status"], answer["brief"], answer["section"]) == (0, "answer", "el-salvador-offer", section)
    assert answer["as_of"] == corpus_of(SETTINGS).briefs["el-salvador-offer"].as_of.isoformat()
    assert answer["excerpts"]
    for excerpt in answer["excerpts"]:
        accounted = excerpt["standing"] in UNCITED_STANDINGS and excerpt["note"]
        assert excerpt["citations"] or accounted, excerpt["id"]


def test_all_keys_are_always_present(record: Record) -> None:
    for words in ("legal", "zebra", "leagl", "", "help", "list", "sources", "el salvador", "search deported citizen"):
        _, answer = record(words)
        assert list(answer) == KEYS
        if answer["status"] != "answer":
            assert [answer[key] for key in BRIEF_KEYS] == [None] * len(BRIEF_KEYS)
        for source in answer["sources"]:
            assert list(source) == ["brief", *SOURCE_KEYS]
        for excerpt in answer["excerpts"]:
            assert list(excerpt) == EXCERPT_KEYS
            assert all(list(citation) == CITATION_KEYS for citation in excerpt["citations"])


def test_section_and_brief_in_either_order(record: Record) -> None:
    assert record("reactions guatemala") == record("guatemala reactions")
    assert record("reactions guatemala")[1]["brief"] == "guatemala-deportations"


def test_case_does_not_matter(record: Record) -> None:
    assert record("LAW") == record("legal")


def test_a_question_gives_hits_in_legal(record: Record) -> None:
    code, answer = record("is it legal to deport US citizens?")
    assert (code, answer["status"]) == (0, "hits")
    assert "courts-consistently-ruled" in [e["id"] for e in answer["excerpts"][:5] if e["section"] == "legal"]


def test_a_misspelt_word_is_suggested_never_answered(record: Record) -> None:
    code, answer = record("leagl")
    assert (code, answer["status"]) == (1, "none")
    assert answer["suggestions"] == [{"text": "legal", "command": "/brief legal"}]
    assert answer["excerpts"] == []


def test_an_unknown_word_gets_nothing(record: Record) -> None:
    code, answer = record("zebra")
    assert (code, answer["status"], answer["suggestions"]) == (1, "none", [])


def test_the_commands_own_name_may_be_typed_too(record: Record) -> None:
    assert record("/brief legal") == record("legal")
    assert record("/brief")[1]["status"] == "choice"


@pytest.mark.parametrize(
    "words", ["subscribe all", "unsubscribe #3", "mute #3", "use guatemala", "subscriptions", "status", "changes"]
)
def test_what_the_database_keeps_is_not_here(run: Callable[..., tuple[int, str]], words: str) -> None:
    code, text = run(words)
    assert code == 1
    assert f"You typed /brief {words}: only the running bot keeps that; ask it in Slack, or in the demo." in text


def test_blocks_are_what_an_acknowledgement_carries(run: Callable[..., tuple[int, str]]) -> None:
    _, out = run("legal", "blocks")
    payload = json.loads(out)
    assert list(payload) == ["response_type", "text", "blocks"]
    assert payload["response_type"] == "ephemeral"
    _, shared = run("legal share", "blocks")
    assert json.loads(shared)["response_type"] == "in_channel"


# More of a section


@pytest.mark.parametrize("view", ["all", "quotes"])
@pytest.mark.parametrize("format", ASK_FORMATS)
def test_an_option_is_as_its_word_behind_the_names(
    view: AskView, format: AskFormat, run: Callable[..., tuple[int, str]]
) -> None:
    with_option = run("legal guatemala", format, view=view)
    assert with_option == run(f"legal guatemala {view}", format)
    assert with_option == run(f"legal guatemala {view}", format, view=view)


def test_quotes_stand_below_all_claims(run: Callable[..., tuple[int, str]]) -> None:
    assert run("legal quotes", view="all") == run("legal", view="quotes")


@pytest.mark.parametrize("view", ["all", "quotes"])
@pytest.mark.parametrize("words", ["", "list", "sources", "help", "hi"])
def test_an_option_that_cannot_apply_is_an_error(
    words: str, view: AskView, run: Callable[..., tuple[int, str]]
) -> None:
    with pytest.raises(
        SettingsError, match=f"^--{view} is for a section of a brief, e.g. briefbot ask legal --{view};"
    ):
        run(words, view=view)


def test_a_search_shows_quotes_anyway_and_never_all_claims(run: Callable[..., tuple[int, str]]) -> None:
    assert run("search deported citizen", view="quotes") == run("search deported citizen")
    with pytest.raises(SettingsError, match="--all is for a section"):
        run("search deported citizen", view="all")


@pytest.mark.parametrize("view", ["all", "quotes"])
@pytest.mark.parametrize("words", ["leagl", "zebra", "legal el salvador", "subscribe all", "search zebra"])
def test_why_no_section_was_found_comes_before_the_option(
    words: str, view: AskView, run: Callable[..., tuple[int, str]]
) -> None:
    assert run(words, view=view) == run(words)


GOLDEN = {
    "home": "",
    "legal": "legal",
    "legal-quotes": "legal quotes",
    "reactions-guatemala": "reactions guatemala",
    "rights": "rights",
    "hits": "can a citizen be deported",
    "misspelt": "leagl",
    "unknown": "zebra",
    "choice": "legal el salvador",
    "sources": "sources rwanda",
    "list": "list",
    "help": "help",
    "help-digest": "help digest",
    "help-subscribe": "help subscribe",
    "only-running": "subscribe all",
    "unclear": "mute #3 for:soon",
    "greeting": "hi",
    "share": "share",
}


@pytest.mark.parametrize("name", GOLDEN)
@pytest.mark.parametrize("format", ASK_FORMATS)
def test_the_words_that_readers_see(
    name: str, format: AskFormat, run: Callable[..., tuple[int, str]], golden: Callable[[str, str], None]
) -> None:
    _, out = run(GOLDEN[name], format, FROZEN)
    golden(f"ask/{name}.{'txt' if format == 'text' else f'{format}.json'}", out)


# The day


@pytest.mark.parametrize(("today", "overdue"), [("2025-12-01", False), ("2025-12-02", True)])
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    run: Callable[..., tuple[int, str]], tmp_path: Path, today: str, overdue: bool
) -> None:
    brief = replace(ferries(), review_by=date(2025, 12, 1))
    (tmp_path / f"{brief.slug}.yaml").write_text(canonical.dump(brief), encoding="utf-8")
    with freeze_time(today):
        _, out = run("overview", settings=Settings(briefs=tmp_path))
    assert ("review overdue since 1 December 2025" in out) is overdue
