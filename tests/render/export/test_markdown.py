"""An export as Markdown says what the brief says, to a parser that nobody here wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bot.core.answers.answer import Citation, Excerpt
from bot.core.answers.extract import Extract, extract
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import Caveat, Claim, Evidence
from bot.render.document.phrases import sentence
from bot.render.export.markdown import markdown
from bot.render.export.markdown_text import escape, one_line
from tests.conftest import examples
from tests.make import VOCABULARY, brief, claim
from tests.render.export.extracts import HOSTILE, ODD, odd_extracts, shipped

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)

BLOCKS = frozenset(
    "heading paragraph bullet_list list_item blockquote footnote_block footnote footnote_anchor inline".split()
)
INLINES = frozenset("text softbreak hardbreak strong_open strong_close link_open link_close footnote_ref".split())


@dataclass
class Read:
    """What the parser read: texts of headings, of list items and of other paragraphs; footnotes by label, with their
    quotation; addresses in order."""

    headings: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


def read(text: str) -> Read:
    """Fails at anything that an export has not."""
    found, within, label = Read(), list[str](), ""
    for token in PARSER.parse(text):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in BLOCKS, kind
        if token.nesting == 1:
            within.append(kind)
            label = token.meta["label"] if kind == "footnote" else label
            found.notes.update({label: []} if kind == "footnote" else {})
        elif token.nesting == -1:
            within.pop()
        elif kind == "inline":
            words = _words(token, found)
            _place(found, within, label).append(words)
    return found


def _place(found: Read, within: list[str], label: str) -> list[str]:
    if "footnote" in within:
        return found.notes[label]
    if "list_item" in within:
        return found.items
    return found.headings if "heading" in within else found.paragraphs


def _words(token: Token, found: Read) -> str:
    return "".join(_piece(each, found) for each in token.children or ())


def _piece(token: Token, found: Read) -> str:
    assert token.type in INLINES, token.type
    if token.type == "link_open":
        assert token.info == "auto", token
        found.links.append(str(token.attrs["href"]))
    if token.type == "footnote_ref":
        return f"[^{token.meta['label']}]"
    return "\n" if token.type.endswith("break") else token.content


def said(text: str) -> str:
    return one_line(text).strip()


def distinct(citations: tuple[Citation, ...]) -> Iterator[Citation]:
    return iter({(each.source_id, each.quote, each.locator): each for each in citations}.values())


def expected(excerpt: Excerpt, labels: dict[tuple[str, str | None, str | None], str]) -> str:
    claim = excerpt.claim
    standing = STANDING_WORDS[claim.standing]
    marks = "".join(f"[^{labels[each.source_id, each.quote, each.locator]}]" for each in distinct(excerpt.citations))
    unverified = claim.standing == "unverified"
    line = f"{standing}: {said(claim.text)}" if standing else said(claim.text)
    note = f"\n{said(sentence(claim.note))}" if claim.note else ""
    return f"{line}{note} Looked for in:{marks}" if unverified else f"{line}{marks}{note}"


def check(extracted: Extract) -> None:
    found, brief = read(markdown(extracted)), extracted.brief
    assert found.headings[0] == said(brief.title)
    assert found.paragraphs[-1] == said(brief.summary)
    labels, counts = {}, dict[int, int]()
    for each in distinct(tuple(each for excerpt in extracted.excerpts for each in excerpt.citations)):
        counts[each.n] = counts.get(each.n, 0) + 1
        labels[each.source_id, each.quote, each.locator] = (
            f"{each.n}-{counts[each.n]}" if counts[each.n] > 1 else f"{each.n}"
        )
    caveats = [said(each.text) for each in brief.caveats]
    assert found.items == [expected(each, labels) for each in extracted.excerpts] + caveats
    for (_, quote, locator), label in labels.items():
        source, *quoted = found.notes.pop(label)
        assert quoted == ([said(quote)] if quote else [])
        assert source.endswith(f", {said(locator)}" if locator else "")
    assert found.notes == {}


@given(HOSTILE)
@examples(100, gate=6)
def test_hostile_briefs_come_out_as_text(extracted: Extract) -> None:
    check(extracted)


@given(odd_extracts())
@examples(500, gate=25)
def test_texts_that_look_like_markdown_come_out_as_text(extracted: Extract) -> None:
    check(extracted)


@pytest.mark.parametrize("text", ODD)
def test_a_text_is_one_paragraph_wherever_it_stands(text: str) -> None:
    for before, after in (("", ""), ("a ", " b"), ("", f" {text}"), (f"{text} ", "")):
        whole = f"{before}{text}{after}"
        found = read(f"# {escape(whole)}\n\n{escape(whole)}\n\n- {escape(whole)}\n")
        assert (found.headings, found.paragraphs, found.items) == ([said(whole)], [said(whole)], [said(whole)])
        assert found.links == []


def test_shipped_briefs_are_read_back_whole() -> None:
    for extracted in shipped()[:2]:
        check(extracted)


def test_addresses_are_those_of_the_sources() -> None:
    (extracted, *_) = shipped()
    notes = markdown(extracted).count("\n[^")
    found = read(markdown(extracted))
    assert {each.source.url for each in extracted.sources} == {*found.links}
    assert len(found.links) == notes


def test_the_whole_of_a_small_brief() -> None:
    claims = [
        claim(
            "a", "Six ferries sail.", evidence=(Evidence(source="gazette", quote="six *ferries*", locator="page 2"),)
        ),
        Claim(
            id="b",
            text="Whether they were sold.",
            standing="unverified",
            note="No report",
            evidence=(Evidence(source="gazette"),),
        ),
        Claim(id="c", text="It is unlawful.", standing="opinion", note="Said in a speech."),
    ]
    made = brief("ferries", {"legal": claims}, status="draft", caveats=(Caveat(text="Minutes were not seen."),))
    assert (
        markdown(extract(made, VOCABULARY))
        == f"""\
# Ferries

**Draft, not published.**

As of 10 February 2025 · ferries\\@{made.revision}

What it is about.

## Legal considerations

### In short

- Six ferries sail.[^1]

### In detail

- **Not verified:** Whether they were sold.\\
  No report. Looked for in:[^1-2]
- **Opinion:** It is unlawful.\\
  Said in a speech.

## Not verified, or reports differ

- Minutes were not seen.

[^1]: The Gazette: A title <https://example.org/gazette>, 2025, page 2

    > six \\*ferries\\*

[^1-2]: The Gazette: A title <https://example.org/gazette>, 2025
"""
    )
