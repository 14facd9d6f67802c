"""CSL-JSON that follows its rules, and that citeproc makes references of."""

import json
from datetime import date
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given

from bot.core.answers.extract import Extract, extract
from bot.core.briefs.brief import Evidence, Source
from bot.render.export.csl_json import PUBLISHER_FIELDS, TYPES, csl_items
from tests.conftest import examples
from tests.make import VOCABULARY, brief, claim
from tests.render.export.extracts import HOSTILE, odd_extracts, shipped

CSL_TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)
"""Of CSL 1.0.2."""

TEXTS = frozenset("id type title container-title publisher authority URL language note".split())


def is_csl(item: dict[str, Any]) -> bool:
    """Whether an item keeps to the schema of CSL-JSON, as far as its fields go."""
    texts = {name for name, value in item.items() if isinstance(value, str)}
    names = [each == {"literal": each["literal"]} for each in item.get("author", [])]
    dates = item.get("issued", {"date-parts": [[1]]})
    return (
        {"id", "type"} <= texts
        and texts <= TEXTS
        and item.keys() - texts <= {"author", "issued"}
        and item["type"] in CSL_TYPES
        and all(names)
        and dates.keys() == {"date-parts"}
        and all(type(part) is int for part in dates["date-parts"][0])
    )


def references(items: list[dict[str, Any]]) -> list[str]:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    return [str(each) for each in made.bibliography()]


def of_source(source: Source) -> dict[str, Any]:
    made = brief("ferries", {"legal": [claim("a", evidence=(Evidence(source="s"),))]}, sources={"s": source})
    (item,) = csl_items(extract(made, VOCABULARY))
    return item


def test_every_kind_of_source_has_a_type_that_there_is() -> None:
    assert {*TYPES.values()} <= CSL_TYPES
    assert {*TYPES.values()} == {*PUBLISHER_FIELDS}


def test_a_source_with_everything() -> None:
    source = Source(
        publisher="U.S. Supreme Court",
        url="https://example.org/a",
        kind="court",
        title="Trop v. Dulles",
        author="Warren and others",
        via="Cornell",
        date="1958-03-31",
        date_note="decided",
        language="es",
        archive_url="https://web.archive.org/web/2020/https://example.org/a",
        note="syllabus",
    )
    assert of_source(source) == {
        "id": "ferries/s",
        "type": "legal_case",
        "title": "Trop v. Dulles",
        "author": [{"literal": "Warren and others"}],
        "authority": "U.S. Supreme Court",
        "publisher": "U.S. Supreme Court",
        "issued": {"date-parts": [[1958, 3, 31]]},
        "URL": "https://example.org/a",
        "language": "es",
        "note": "via Cornell; date: decided; syllabus; archived copy: https://web.archive.org/web/2020/https://example.org/a",
    }


def test_what_is_not_known_is_left_out() -> None:
    item = of_source(Source(publisher="Radio", url="https://example.org/r", kind="news"))
    assert item == {
        "id": "ferries/s",
        "type": "article-newspaper",
        "container-title": "Radio",
        "URL": "https://example.org/r",
    }


def test_of_a_draft_more_may_be_left_out() -> None:
    item = of_source(Source(publisher="", url="", kind="law", title="The ferry act"))
    assert item == {"id": "ferries/s", "type": "legislation", "title": "The ferry act"}


@pytest.mark.parametrize(
    ("written", "parts"),
    [("1791", [1791]), ("0987-01", [987, 1]), ("2025-02", [2025, 2]), ("2024-02-29", [2024, 2, 29])],
)
def test_a_date_is_as_exact_as_it_is_known(written: str, parts: list[int]) -> None:
    item = of_source(Source(publisher="Radio", url="https://example.org/r", kind="news", date=written))
    assert item["issued"] == {"date-parts": [parts]}
    assert date(*(*parts, 1, 1)[:3])


def test_each_cited_source_is_there_once_in_the_order_of_its_number() -> None:
    for extracted in shipped():
        items = csl_items(extracted)
        assert [each["id"] for each in items] == [f"{each.brief}/{each.source_id}" for each in extracted.sources]
        assert len(items) == len(extracted.brief.sources)
        assert all(map(is_csl, items))


def test_citeproc_makes_a_reference_of_each() -> None:
    items = json.loads(json.dumps(csl_items(shipped()[0])[:20]))
    made = references(items)
    assert len(made) == len(items)
    for item, reference in zip(items, made, strict=True):
        assert item["URL"] in reference
        year = item.get("issued", {"date-parts": [["no date"]]})["date-parts"][0][0]
        assert str(year) in reference


@given(HOSTILE)
@examples(50, gate=4)
def test_hostile_sources_keep_to_the_rules(extracted: Extract) -> None:
    assert all(map(is_csl, csl_items(extracted)))


@given(odd_extracts())
@examples(50, gate=4)
def test_odd_sources_are_references_too(extracted: Extract) -> None:
    items = csl_items(extracted)
    assert len(references(items)) == len(items) == 2
