"""What exports are made from, for their tests: shipped briefs, and hostile ones."""

from functools import cache

from hypothesis import strategies as st

from bot.content.loader import load_brief, load_vocabulary
from bot.core.answers.extract import Extract, extract
from bot.core.briefs.brief import Brief, Claim, Evidence, Source
from tests.conftest import ROOT
from tests.make import VOCABULARY, brief
from tests.render.hostile import briefs

HOSTILE = briefs().map(lambda each: extract(each, VOCABULARY))
"""Whole briefs of hostile texts."""

LINE_STARTS = (
    "# x",
    "1. x",
    "12) x",
    "- x",
    "+ x",
    "* x",
    "> x",
    "    x",
    "\tx",
    "---",
    "===",
    ": x",
    "| a | b |",
    "```",
    "~~~",
)
INLINE = (
    *(
        "*a*",
        "_a_",
        "**a**",
        "`a`",
        "``",
        "[a](b)",
        "[a]",
        "![a](b)",
        "[^1]",
        "[^1]: a",
        "^[a]",
        "<b>a</b>",
        "<https://a.example>",
    ),
    *(
        "&amp;",
        "&#35;",
        "a\\",
        "\\*",
        "~~a~~",
        "==a==",
        "$a$",
        "a | b",
        "https://a.example/_b_",
        "{#a}",
        "@a",
        "a!",
        "](",
    ),
)
ODD = (*LINE_STARTS, *INLINE)
"""Texts that Markdown takes for something else, at the beginning of a line and within it."""

odd_texts = (
    st.lists(st.sampled_from([*ODD, "word", " ", "\n"]), min_size=1, max_size=4)
    .map("".join)
    .map(lambda text: text.strip() or "x")
)


@st.composite
def odd_extracts(draw: st.DrawFn) -> Extract:
    """A small brief whose every text looks like Markdown."""
    text = draw(odd_texts)
    evidence = (Evidence(source="a", quote=draw(odd_texts), locator=draw(odd_texts)), Evidence(source="b"))
    claims = [Claim(id="x", text=draw(odd_texts), standing="partly", note=text, evidence=evidence)]
    claims.append(
        Claim(id="y", text=draw(odd_texts), standing="unverified", note=draw(odd_texts), evidence=evidence[1:])
    )
    source = Source(
        publisher=draw(odd_texts), url="https://example.org/a_(b)*&amp;c", kind="news", title=draw(odd_texts)
    )
    made = brief(
        "odd", {"legal": claims}, sources={"a": source, "b": source}, title=draw(odd_texts), summary=draw(odd_texts)
    )
    return extract(made, VOCABULARY)


@cache
def shipped() -> tuple[Extract, ...]:
    """The briefs of this repository, whole."""
    vocabulary = load_vocabulary(ROOT / "briefs" / "_store.yaml").value
    assert vocabulary is not None
    loaded = [load_brief(path).value for path in sorted((ROOT / "briefs").glob("[a-z]*.yaml"))]
    return tuple(extract(each, vocabulary) for each in loaded if isinstance(each, Brief))
