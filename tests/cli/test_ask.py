"""`briefbot ask`, as DESIGN promises it, over the briefs of this repository."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from bot.cli.ask import ask
from bot.cli.formats import ASK_FORMATS, AskFormat
from bot.core.briefs import canonical
from bot.settings import Settings
from tests.conftest import ROOT
from tests.ferries import ferries

SETTINGS = Settings(briefs=ROOT / "briefs")
SECTIONS = ["overview", "legal", "rights", "reactions", "outlook"]
KEYS = ["status", "brief", "section", "revision", "as_of", "excerpts", "suggestions", "text"]
CITATION_KEYS = ["n", "source", "title", "publisher", "url", "date", "quote"]


FROZEN = Settings(briefs=ROOT / "tests/examples/store")
"""A copy of the briefs, so that maintainers may edit theirs without touching golden files."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(words: str, format: AskFormat = "text", settings: Settings = SETTINGS) -> tuple[int, str]:
        code = ask(words, format, settings)
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
    assert answer["as_of"] == "2025-02-10"
    assert answer["excerpts"]
    for excerpt in answer["excerpts"]:
        accounted = excerpt["standing"] in ("unverified", "partly", "opinion") and excerpt["note"]
        assert excerpt["citations"] or accounted, excerpt["id"]


def test_all_keys_are_always_present(record: Record) -> None:
    for words in ("legal", "zebra", "leagl", "", "help", "list", "sources", "el salvador", "search deported citizen"):
        _, answer = record(words)
        assert list(answer) == KEYS
        if answer["status"] != "answer":
            assert [answer[key] for key in ("brief", "section", "revision", "as_of")] == [None] * 4
        for excerpt in answer["excerpts"]:
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


GOLDEN = {
    "home": "",
    "legal": "legal",
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
