"""`briefbot rests-on`: prints which claims, posts and channels rest on a source."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot.app.reading import stored
from bot.cli.brief_files import BriefDirectory, read_briefs, report_broken
from bot.cli.formats import RestsOnFormat
from bot.cli.output import print_text
from bot.cli.rests_on_formats import FORMATS, Resting
from bot.core.briefs.brief import Brief
from bot.core.evidence.addresses import page_of, pages_of
from bot.core.evidence.source_uses import (
    SourceUse,
    all_pages,
    pages_of_source,
    sources_at,
    sources_named,
    uses_of,
)
from bot.core.linting.echo import echo
from bot.core.spelling import closest_match
from bot.errors import SettingsError
from bot.handlers.delivery.claim_posts import posts_of_claims
from bot.settings import Settings
from bot.store.claim_posts import ClaimPost

NAMED_MAX = 5
"""Sources that a message names."""

NO_DATABASE = "no bot has a database here; name its database in BRIEFBOT_DATABASE_URL"


def rests_on(source: str, format: RestsOnFormat, settings: Settings) -> int:
    """Prints what rests on a page, named by its address, that of an archive's copy, or `[brief/]source`. Returns 1 if
    no source is that page, or if a file is broken, whose claims nobody can look at. Raises: SettingsError for a source
    that no brief has, and for one that means several pages; once the claims are printed, for a database that cannot be
    read."""
    directory = read_briefs(settings.briefs)
    report_broken(directory.broken)
    pages = all_pages(pages_named(source, directory.briefs), directory.briefs.values())
    sources = [*sources_at(pages, directory.briefs.values())]
    if not sources:
        print_text(_nothing(source, directory.briefs), to_stderr=True)
        return 1
    uses = uses_of(pages, directory.briefs.values())
    try:
        posts: Sequence[ClaimPost] | str = _posts(uses, settings)
    except SettingsError as error:
        print_text(FORMATS[format](Resting(sources, _by_line(uses, directory), directory.files, str(error))))
        raise
    print_text(FORMATS[format](Resting(sources, _by_line(uses, directory), directory.files, posts)))
    return 1 if directory.broken else 0


def _by_line(uses: Sequence[SourceUse], directory: BriefDirectory) -> list[SourceUse]:
    slugs = [*directory.files]
    return sorted(uses, key=lambda use: (slugs.index(use.brief.slug), directory.files[use.brief.slug].find(use.at)))


def _posts(uses: Sequence[SourceUse], settings: Settings) -> list[ClaimPost] | str:
    """The posts, or why there are none to look at. Raises: SettingsError where the database cannot be read."""
    with stored(settings) as store:
        if store is None:
            return NO_DATABASE
        with store.snapshot() as tx:
            return posts_of_claims(tx, [(use.brief.slug, use.claim.id) for use in uses])


def pages_named(source: str, briefs: Mapping[str, Brief]) -> frozenset[str]:
    """The pages that a source is, by what was typed for it. Raises: SettingsError where that is none, or several."""
    if "://" in source:
        return pages_of(source)
    if not (named := sources_named(source, briefs)):
        # Without its scheme an address looks like a brief's name, but for its full stop.
        if "." in source:
            return pages_of(f"https://{source}")
        raise SettingsError(_unknown(source, briefs))
    # A source of a draft may lack its address.
    pages = [page for brief, id_ in named if (page := pages_of_source(brief.sources[id_]))]
    if not pages:
        brief, id_ = named[0]
        raise SettingsError(f"the source {brief.slug}/{id_} has no address yet; add its url")
    if any(not each & pages[0] for each in pages):
        names = " or ".join(f"{brief.slug}/{id_}" for brief, id_ in named[:NAMED_MAX])
        raise SettingsError(f"“{echo(source)}” is another page in each of {len(named)} briefs; name one: {names}")
    return frozenset[str]().union(*pages)


def _unknown(source: str, briefs: Mapping[str, Brief]) -> str:
    ids = [f"{slug}/{id_}" if "/" in source else id_ for slug, brief in briefs.items() for id_ in brief.sources]
    nearest = closest_match(source, dict.fromkeys(ids))
    advice = f"did you mean {nearest}?" if nearest else "name it by its address, or as briefbot ask sources has it"
    return f"“{echo(source)}” is no source of a brief; {advice}"


def _nothing(source: str, briefs: Mapping[str, Brief]) -> str:
    host = page_of(source).partition("/")[0]
    same = [
        f"{slug}/{id_}"
        for slug, brief in briefs.items()
        for id_, each in brief.sources.items()
        if (urlsplit(each.url).hostname or "").removeprefix("www.") == host
    ]
    more = [f"{len(same) - NAMED_MAX} more"] if len(same) > NAMED_MAX else []
    of_host = f"; of {host} there are: {', '.join([*same[:NAMED_MAX], *more])}" if same else ""
    return f"no brief has a source at {source}{of_host}"
