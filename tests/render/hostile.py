"""Texts that try to be more than text, and briefs made of them."""

from dataclasses import replace
from datetime import date
from typing import get_args

from hypothesis import assume
from hypothesis import strategies as st

from bot.core.briefs.brief import (
    Brief,
    Caveat,
    ChangeKind,
    ChangeNote,
    Claim,
    Evidence,
    Group,
    Section,
    Source,
    Standing,
)
from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.diff import diff_brief
from tests.conftest import PROFILE
from tests.make import VOCABULARY, brief

TEXTS = [
    "<!channel>",
    "<!here|here>",
    "<!everyone> look",
    "<@U012AB3CD>",
    "<@W012AB3CD|someone>",
    "<#C012AB3CD|general>",
    "<!subteam^S012AB3CD>",
    "<!date^1392734382^{date}|x>",
    "<https://evil.example|a harmless label>",
    "<mailto:a@b.example|write>",
    "> a quote",
    ">>> a long quote",
    "*bold* _italic_ ~strike~ `code`",
    "```block```",
    "a | b > c < d & e",
    "&amp; &lt;b&gt; &amp;lt;",
    "line one\nline two\n\nline four",
    ":smile: :skull_and_crossbones:",
    "@channel @here @everyone #general",
    "https://evil.example/?a=1&b=<c>|d",
    "]]><script>alert(1)</script>",
    "{{ template }} ${variable} %s {0}",
    "\u0645\u0631\u062d\u0628\u0627 \U0001f600 \u00df\u1e9e \ufb01",
    "'\"`\\",
    "&" * 120,
    "<>" * 60,
    "W" * 150,
]

PIECES = st.sampled_from([*TEXTS, "word", "<", ">", "&", "|", "*", "_", "~", "`", "\n", " ", "<!channel>", "]"])


PIECES_MAX = 4 if PROFILE == "gate" else 12
"""Pieces of a text; drawing them is most of the work."""

ANY = st.text(st.characters(codec="utf-8", exclude_categories=["C"]))
MIXED = st.lists(PIECES | ANY, min_size=1, max_size=PIECES_MAX).map("".join)
TIMES = st.sampled_from([1, 1, 1, 20])
"""Some texts are as long as they may be."""


def texts(max_chars: int) -> st.SearchStrategy[str]:
    """Mixtures of hostile pieces and any other characters, 1 to `max_chars` long, stripped as the loader does."""
    return st.builds(lambda mixed, times: (mixed * times)[:max_chars].strip() or "x", MIXED, TIMES)


URLS = st.sampled_from(
    [
        "https://example.org/a?b=c&d=e#f",
        "https://example.org/?q=%3C%21channel%3E",
        "http://example.org/'\"()*_~`",
        "https://example.org/" + "a" * 1980,
        "https://例え.example/パス",
    ]
)

SOURCES = st.builds(
    Source,
    publisher=texts(400),
    url=URLS,
    kind=st.just("news"),
    title=st.none() | texts(400),
    author=st.none() | texts(400),
    via=st.none() | texts(400),
    date=st.sampled_from([None, "2025", "2025-02", "2025-02-03"]),
    date_note=st.none() | texts(200),
    note=st.none() | texts(200),
)

EVIDENCE = st.builds(
    Evidence, source=st.sampled_from(["a", "b", "c"]), quote=st.none() | texts(1200), locator=st.none() | texts(200)
)
CLAIMS = st.builds(
    Claim,
    id=st.sampled_from("uvwxyz"),
    text=texts(1000),
    standing=st.sampled_from(get_args(Standing)),
    note=texts(200),
    evidence=st.lists(EVIDENCE, min_size=1, max_size=5).map(tuple),
    lead=st.booleans(),
)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    """A section whose claims may lead, stand in groups, and be folded."""
    claims = tuple(draw(st.lists(CLAIMS, min_size=1, max_size=6, unique_by=lambda claim: claim.id)))
    ids = [claim.id for claim in claims]
    cuts = sorted(draw(st.lists(st.integers(0, len(ids)), min_size=2, max_size=2)))
    groups = [
        Group(title=draw(texts(60)), claims=tuple(part), folded=folded)
        for part, folded in ((ids[cuts[0] : cuts[1]], False), (ids[cuts[1] :], draw(st.booleans())))
        if part
    ]
    return Section(claims=claims, groups=tuple(groups))


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A brief that the schema allows, made of hostile texts."""
    return replace(
        brief("hostile"),
        sections={"legal": draw(sections())},
        title=draw(texts(150)),
        summary=draw(texts(400)),
        aliases=tuple(draw(st.lists(texts(60), max_size=3))),
        sources={key: draw(SOURCES) for key in "abc"},
        caveats=tuple(Caveat(text=text) for text in draw(st.lists(texts(400), max_size=8))),
    )


NOTES = st.builds(ChangeNote, date=st.dates(), kind=st.sampled_from(get_args(ChangeKind)), note=texts(400))


@st.composite
def updates(draw: st.DrawFn) -> Announcement:
    """Announcements of changes between two such briefs, of a new one, or of the end of one."""
    before, after = draw(briefs()), draw(briefs())
    notes = tuple(draw(st.lists(NOTES, max_size=5)))
    versions = draw(st.sampled_from([(before, after), (before, after), (before, after), (None, after), (before, None)]))
    change_set = diff_brief(versions[0], versions[1] and replace(versions[1], changes=notes))
    assume(change_set is not None)
    assert change_set is not None
    vocabulary = replace(VOCABULARY, edit_url=draw(st.none() | URLS))
    announcement = announce(change_set, vocabulary, on=date(2025, 5, 12), reason=draw(st.none() | texts(200)))
    return replace(announcement, collapsed=draw(st.booleans()), reverted_to=draw(st.none() | st.dates()))
