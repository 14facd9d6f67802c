"""An export as a page: valid HTML that shows what the brief says, and does nothing."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from html5lib import HTMLParser
from hypothesis import given

from bot.cli.output import inert
from bot.core.answers.extract import Extract, extract
from bot.core.briefs.brief import Brief, Claim, Evidence, Source
from bot.render.export.markdown import markdown
from bot.render.export.markdown_text import one_line
from bot.render.export.page import page
from bot.render.export.page_style import STYLE
from tests.conftest import examples
from tests.make import VOCABULARY, brief
from tests.render.export.extracts import HOSTILE, shipped

ELEMENTS = frozenset(
    "html head meta title style body header main nav section h1 h2 h3 p ul ol li a strong blockquote".split()
)
ATTRIBUTES = frozenset("lang charset http-equiv content name id class href rel value cite".split())


def read(text: str) -> Element:
    """The tree of a document. Raises: html5lib's ParseError where it is not valid."""
    root: Element = HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return root


def words(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def said(text: str) -> str:
    return one_line(text).strip()


def check(extracted: Extract) -> None:
    text = page(extracted)
    assert inert(text) == text, "what is printed is the page"
    root = read(text)
    elements = [*root.iter()]
    assert {each.tag for each in elements} <= ELEMENTS
    assert {name for each in elements for name in each.attrib} <= ATTRIBUTES
    ids = [each.attrib["id"] for each in elements if "id" in each.attrib]
    assert len(ids) == len({*ids})
    for address in _addresses(elements):
        assert address[1:] in ids if address.startswith("#") else urlsplit(address).scheme in ("http", "https")
    _says_what_the_brief_says(root, extracted)


def _addresses(elements: list[Element]) -> Iterator[str]:
    return (each.attrib[name] for each in elements for name in ("href", "cite") if name in each.attrib)


def _says_what_the_brief_says(root: Element, extracted: Extract) -> None:
    assert words(root.find(".//title")) == words(root.find(".//h1")) == extracted.brief.title
    by_id = {each.attrib["id"]: each for each in root.iter() if "id" in each.attrib}
    for excerpt in extracted.excerpts:
        item = by_id[f"claim-{excerpt.claim.id}"]
        assert excerpt.claim.text in words(item)
        quotes = [(each.text or "").removesuffix(" ") for each in item.iter("blockquote")]
        assert quotes == [one_line(each.quote) for each in excerpt.citations if each.quote]
    for citation in extracted.sources:
        item = by_id[f"source-{citation.n}"]
        assert item.attrib["value"] == str(citation.n)
        assert citation.source.publisher in words(item)
        assert citation.source.url in [each.attrib["href"] for each in item.iter("a")]


@given(HOSTILE)
@examples(100, gate=6)
def test_hostile_briefs_are_valid_pages_that_do_nothing(extracted: Extract) -> None:
    check(extracted)


def test_shipped_briefs_are_valid_pages() -> None:
    for extracted in shipped()[:2]:
        check(extracted)


def of_text(text: str, **fields: object) -> Brief:
    claim = Claim(
        id="a", text=text, standing="partly", note=text, evidence=(Evidence(source="s", quote=text, locator=text),)
    )
    source = Source(publisher=text, url="https://example.org/?a=1&b='2'", kind="news", title=text, language="es")
    return brief("ferries", {"legal": [claim]}, sources={"s": source}, title=text, summary=text, **fields)  # type: ignore[arg-type]


def test_orders_for_a_ci_runner_are_text() -> None:
    for text in ("##[error]x", "##vso[x", "::error::x\n::warning::y", "# ##[x"):
        check(extract(of_text(text), VOCABULARY))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    extracted = extract(of_text("</style><script src=//evil.example></script><img onerror=x>"), VOCABULARY)
    check(extracted)
    policy = next(each for each in read(page(extracted)).iter("meta") if "http-equiv" in each.attrib)
    assert policy.attrib["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not re.search(r"url\(|@import", STYLE)


def test_a_quote_in_another_language_says_so_and_a_draft_too() -> None:
    root = read(page(extract(of_text("Una cita de seis palabras.", status="draft"), VOCABULARY)))
    assert [each.get("lang") for each in root.iter("blockquote")] == ["es"]
    assert words(root.find(".//p[@class='banner']")) == "Draft, not published."
    assert root.find(".//nav") is None


def test_a_source_of_a_draft_without_an_address_is_no_link() -> None:
    source = Source(publisher="", url="", kind="news", title="Board halves ferries")
    claim = Claim(id="a", text="Six ferries.", evidence=(Evidence(source="s", quote="six of twelve ferries"),))
    made = extract(brief("ferries", {"legal": [claim]}, status="draft", sources={"s": source}), VOCABULARY)
    root = read(page(made))
    assert not any(each.attrib.get(name) == "" for each in root.iter() for name in ("href", "cite"))
    assert "Board halves ferries" in words(root.find(".//ol"))
    assert "<>" not in markdown(made)


def test_a_section_alone_has_its_own_sources_and_caveats() -> None:
    whole = shipped()[0]
    alone = extract(whole.brief, VOCABULARY, "legal")
    check(alone)
    assert {each.source_id for each in alone.sources} < {each.source_id for each in whole.sources}
    assert "section-overview" not in page(alone)
