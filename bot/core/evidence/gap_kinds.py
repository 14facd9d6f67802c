"""The kinds of gaps in what a brief rests on, by how much they matter, and what to do about each."""

from enum import Enum
from typing import NamedTuple


class Gap(NamedTuple):
    """A kind of gap: its `name` in data, `title` of those that it is the worst of, and what a maintainer can `do`."""

    name: str
    title: str
    do: str


class Gaps(Enum):
    """From the worst to the least. Readers of the first are misled; of the next they cannot tell who says so; the last
    are work that keeps a brief checkable."""

    QUOTE_MISSING = Gap(
        "quote-missing",
        "Quotes that are not on their page",
        "read the page: correct the quote, or find another source and say so in a change note",
    )
    PAGE_GONE = Gap(
        "page-gone",
        "Quotes whose page is gone",
        "look for a copy in an archive and add it as archive_url, or cite another source",
    )
    NO_EVIDENCE = Gap(
        "no-evidence",
        "Claims without any evidence",
        "cite a source with a quote, or make the claim unverified",
    )
    OPINION_WITHOUT_SOURCE = Gap(
        "opinion-without-source",
        "Opinions that no source gives",
        "cite where the person said it, with a quote",
    )
    ONE_SIDE = Gap(
        "one-side",
        "Disputes with one source",
        "cite a source for each side",
    )
    UNVERIFIED_UNSEARCHED = Gap(
        "unverified-unsearched",
        "Not verified, and no source says where it was looked for",
        "look for a source; cite what was searched, without a quote",
    )
    UNVERIFIED = Gap(
        "unverified",
        "Not verified",
        "look for a source in what has appeared since; if there is none, leave it as it is",
    )
    NO_QUOTE = Gap(
        "no-quote",
        "Claims that are cited and not quoted",
        "add the words that carry the claim as quote; if none do, look at the standing",
    )
    ONE_SOURCE = Gap(
        "one-source",
        "One source for everything",
        "find a second source that does not repeat the first",
    )
    NO_ADDRESS = Gap("no-address", "Sources without an address", "add the address of the page that was read")
    NO_PUBLISHER = Gap("no-publisher", "Sources without a publisher", "add the outlet or body that made the work")
    EVIDENCE_WITHOUT_QUOTE = Gap(
        "evidence-without-quote",
        "Evidence without a quote beside other evidence with one",
        "add the quote, or remove the evidence if it adds nothing",
    )
    NO_DATE = Gap(
        "no-date", "Sources without a date", "add the date that the work gives; leave it out where it gives none"
    )
    NO_TITLE = Gap("no-title", "Sources without a title", "add the title that the work gives")
    NO_ARCHIVE = Gap(
        "no-archive",
        "Sources without an archived copy",
        "add an archive's copy as archive_url; briefbot verify --archive-list names addresses to try",
    )
    UNREACHABLE = Gap(
        "unreachable",
        "Quotes whose page could not be read",
        "open the page by hand; a site may refuse programs",
    )
    NEVER_VERIFIED = Gap(
        "never-verified",
        "Quotes that were never looked for on their pages",
        "run briefbot verify",
    )

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {gap: rank for rank, gap in enumerate(Gaps)}
