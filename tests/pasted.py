"""Pasted texts of many shapes, and how to tell that a draft has every word of one, in order."""

import re
from datetime import date
from pathlib import Path

from bot.content.draft_yaml import draft_file
from bot.content.loader import brief_from, load_vocabulary
from bot.content.pasted_file import text_of
from bot.core.briefs.brief import Brief
from bot.core.drafts.compose import compose
from bot.core.drafts.draft import Draft
from bot.core.drafts.legible import legible
from bot.core.drafts.signs import has_words
from bot.core.linting.diagnostic import is_error
from tests.conftest import ROOT

TEXTS = sorted((ROOT / "tests" / "examples" / "pasted").iterdir())
TODAY = date(2026, 11, 25)
STORE = load_vocabulary(ROOT / "briefs" / "_store.yaml").value
LANGUAGES = {"spanish": "es", "arabic": "ar", "chinese": "zh"}

LINES = [line for path in TEXTS for line in text_of(path.read_bytes(), path.name)[0].splitlines()]

_TARGET = re.compile(r"\]\(<?https?://(?:[^\s()]|\([^\s()]*\))+?>?(?:\s+[\"“'][^\"”']*[\"”'])?\)")
_IMAGE = re.compile(r"!(?=\[[^\[\]]*\]\(<?https?:)")
_MARK = re.compile(r"\[\^?\w{1,5}(?:\s?[,;–-]\s?\^?\w{1,5})*\]|[¹²³⁰⁴-⁹]+(?:[,–⁻-][¹²³⁰⁴-⁹]+)*")


def draft_of(path: Path) -> Draft:
    assert STORE
    text, _ = text_of(path.read_bytes(), path.name)
    return compose(text, STORE, language_of(path))


def language_of(path: Path) -> str:
    return LANGUAGES.get(path.stem, "en")


def written(draft: Draft) -> str:
    return draft_file(draft, "overview", TODAY)


def loaded(text: str) -> Brief:
    """The brief of a file that has no error."""
    result = brief_from(Path("draft.yaml"), text.encode(), TODAY)
    assert [problem for problem in result.problems if is_error(problem)] == []
    assert result.value
    return result.value


def letters(text: str) -> str:
    """The letters, digits and signs, without the addresses of links and the marks of notes, which stand elsewhere."""
    return "".join(filter(has_words, _MARK.sub("", _TARGET.sub("]", _IMAGE.sub("", text)))))


def assert_holds_every_word(draft: Draft, text: str) -> None:
    """Headings, claims, remarks and sources have the words of the text in its order; so has the file that is made of
    them, where each is a value or a comment."""
    parts = [(part.line, part.text) for part in draft.parts]
    parts += [(source.line, source.said) for source in draft.sources if source.said]
    in_order = " ".join(words for _, words in sorted(parts, key=lambda part: part[0]))
    assert letters(in_order) == letters(legible(text)[0])
    assert_tells_every_remark(draft)
    assert_file_holds(draft)


def assert_tells_every_remark(draft: Draft) -> None:
    """A notice of its line has the words of each, of long ones the first."""
    notices = {(notice.line, notice.text.partition("” ")[0]) for notice in draft.notices}
    for remark in draft.remarks:
        said = remark.text.rstrip(" :：") if remark.kind == "heading" else remark.text
        assert any(line == remark.line and f"“{said}…".startswith(words) for line, words in notices)


def assert_file_holds(draft: Draft) -> None:
    file = written(draft)
    brief = loaded(file)
    claims = {claim.id: (key, claim.text) for key, claim in brief.claims() if not claim.text.startswith("TODO:")}
    assert claims == {claim.id: (claim.section, claim.text) for claim in draft.claims}
    assert {name: source.url for name, source in brief.sources.items()} == {s.id: s.url for s in draft.sources}
    comments = " ".join(line.strip().removeprefix("# ") for line in file.split("\n") if line.strip().startswith("# "))
    remarks = [remark.text for remark in draft.remarks]
    for words in (*remarks, *(source.said for source in draft.sources)):
        assert " ".join(words.split()) in comments
