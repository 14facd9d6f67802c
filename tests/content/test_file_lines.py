"""The lines on which the parts of a brief begin."""

from pathlib import Path

from bot.content.file_lines import lines_of
from bot.content.loader import load_brief
from tests.conftest import ROOT


def test_each_claim_and_each_section_of_the_shipped_briefs_begins_on_its_line() -> None:
    for path in sorted((ROOT / "briefs").glob("[a-z]*.yaml")):
        check(path)


def check(path: Path) -> None:
    loaded = load_brief(path)
    assert loaded.value is not None
    text, lines = loaded.text.splitlines(), lines_of(loaded.text, loaded.value)
    for _, claim in loaded.value.claims():
        first = text[lines.claims[claim.id] - 1].strip()
        assert first in (f"- id: {claim.id}", f"- {{id: {claim.id}") or first.startswith(f"- {{id: {claim.id},")
    assert lines.sections.keys() == loaded.value.sections.keys()
    for key, line in lines.sections.items():
        assert text[line - 1].strip().startswith(f"{key}:")
