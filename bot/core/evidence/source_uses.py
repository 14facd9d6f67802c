"""Which claims rest on a page: those that cite it, under whatever id."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.briefs.brief import Brief, Claim, Evidence, Source
from bot.core.evidence.addresses import pages_of


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A claim that cites a page. `index` is its place in the section of the file, from 0; `sources` are the ids of the
    brief's sources that are the page; `evidence` is what the claim has of them."""

    brief: Brief
    section: str
    index: int
    claim: Claim
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def at(self) -> tuple[str | int, ...]:
        """The path of the claim in its file."""
        return ("sections", self.section, "claims", self.index)

    @property
    def is_searched(self) -> bool:
        """Whether the page was searched for the claim, and does not carry it."""
        return self.claim.standing == "unverified"

    @property
    def quotes(self) -> int:
        """How many quotes of the page it has."""
        return sum(each.quote is not None for each in self.evidence)

    @property
    def rests_on_nothing_else(self) -> bool:
        """Whether the claim cites no other page."""
        return len(self.evidence) == len(self.claim.evidence)


def pages_of_source(source: Source) -> frozenset[str]:
    """The pages that are its text: its own, and its archived copy."""
    return frozenset[str]().union(*map(pages_of, filter(None, (source.url, source.archive_url))))


def sources_at(pages: Collection[str], briefs: Iterable[Brief]) -> Iterator[tuple[Brief, str]]:
    """(brief, source id) of the sources that are one of these pages, in the order of the briefs and of ids."""
    for brief in briefs:
        yield from ((brief, name) for name, source in brief.sources.items() if pages_of_source(source) & {*pages})


def all_pages(pages: Collection[str], briefs: Collection[Brief]) -> frozenset[str]:
    """These pages, and those that some source says are the same: two briefs may name one page by its address and by an
    archive's."""
    same = frozenset(pages)
    while (wider := same.union(*(pages_of_source(b.sources[name]) for b, name in sources_at(same, briefs)))) != same:
        same = wider
    return same


def sources_named(name: str, briefs: Mapping[str, Brief]) -> list[tuple[Brief, str]]:
    """The sources called `brief/source`, or `source` in any brief, by slug; empty where there is none."""
    slug, _, id_ = name.rpartition("/")
    named = (brief for key, brief in sorted(briefs.items()) if slug in ("", key))
    return [(brief, id_) for brief in named if id_ in brief.sources]


def uses_of(pages: Collection[str], briefs: Iterable[Brief]) -> list[SourceUse]:
    """The claims that cite one of these pages, in the order of the briefs, sections by key."""
    ids: dict[str, list[str]] = {}
    by_slug = {brief.slug: brief for brief in briefs}
    for brief, name in sources_at(pages, by_slug.values()):
        ids.setdefault(brief.slug, []).append(name)
    return [use for slug, names in ids.items() for use in _uses(by_slug[slug], tuple(names))]


def _uses(brief: Brief, names: tuple[str, ...]) -> Iterator[SourceUse]:
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            if evidence := tuple(each for each in claim.evidence if each.source in names):
                cited = tuple(dict.fromkeys(each.source for each in evidence))
                yield SourceUse(brief, key, index, claim, cited, evidence)
