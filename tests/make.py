"""Small valid briefs for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.core.answers.corpus import Corpus
from bot.core.answers.search import Index
from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief, BriefContent, Claim, Evidence, Section, Source, Status
from bot.core.briefs.vocabulary import SectionMeta, Vocabulary

GAZETTE = Source(publisher="The Gazette", url="https://example.org/gazette", kind="news", title="A title", date="2025")
VOCABULARY = Vocabulary(
    sections={
        "overview": SectionMeta(title="Overview", aliases=("background",)),
        "legal": SectionMeta(title="Legal considerations", aliases=("law", "legality")),
        "reactions": SectionMeta(title="Reactions", aliases=("politics", "human reactions")),
    }
)


def claim(id: str, text: str = "", **fields: object) -> Claim:
    """A claim cited to the Gazette, unless other evidence is given."""
    made = Claim(id=id, text=text or f"Claim {id} is so.", evidence=(Evidence(source="gazette"),))
    return replace(made, **fields)  # type: ignore[arg-type]


def brief(
    slug: str,
    sections: Mapping[str, Sequence[Claim]] | None = None,
    *,
    aliases: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    status: Status = "published",
    title: str = "",
    **fields: object,
) -> Brief:
    """A brief with one claim in `legal` unless sections are given."""
    content = BriefContent(
        title=title or slug.replace("-", " ").title(),
        summary="What it is about.",
        status=status,
        as_of=date(2025, 2, 10),
        owner="desk",
        sections={key: Section(claims=tuple(c)) for key, c in (sections or {"legal": [claim("one")]}).items()},
        sources={"gazette": GAZETTE},
        aliases=aliases,
        tags=tags,
    )
    content = replace(content, **fields)  # type: ignore[arg-type]
    values = {name: getattr(content, name) for name in BriefContent.__dataclass_fields__}
    return Brief(slug=slug, revision=canonical.revision(content), **values)


def corpus(*briefs: Brief, vocabulary: Vocabulary = VOCABULARY) -> Corpus:
    """A corpus of these briefs, indexed."""
    index = Index()
    for each in briefs:
        if each.status == "published":
            index.add(each)
    return Corpus.of({each.slug: each for each in briefs}, vocabulary, index)
