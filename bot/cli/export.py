"""`briefbot export`: prints a brief in the format of another program."""

from collections.abc import Callable

from bot.cli.brief_files import BriefDirectory, directory_of, read_briefs
from bot.cli.formats import ExportFormat
from bot.cli.output import print_text, to_json
from bot.core.answers.extract import Extract, extract
from bot.core.briefs.brief import Brief
from bot.core.linting.echo import echo
from bot.core.spelling import closest_match
from bot.errors import SettingsError
from bot.render.export.claim_review import claim_reviews
from bot.render.export.csl_json import csl_items
from bot.render.export.markdown import markdown
from bot.render.export.page import page
from bot.settings import Settings


def export(name: str, format: ExportFormat, settings: Settings, section: str | None, url: str | None) -> int:
    """Prints a brief (slug, alias or file), or one section of it. `url` is the address at which it is published, for
    ClaimReview. Returns 1 where a brief has nothing for a format, and for a withdrawn brief, of which nothing is shown.
    Raises: SettingsError for a name that no brief or section has, and for a `url` that is none."""
    directory = read_briefs(directory_of([name], settings.briefs))
    (file,) = directory.named([name])
    if reason := _refusal(file.brief, format):
        print_text(reason, to_stderr=True)
        return 1
    extracted = extract(file.brief, directory.vocabulary, _section(section, file.brief, directory))
    if format == "claimreview":
        return _print_reviews(extracted, _page(url) if url else _edit_page(directory, file.brief))
    print_text(FORMATS[format](extracted).removesuffix("\n"))
    return 0


FORMATS: dict[ExportFormat, Callable[[Extract], str]] = {
    "markdown": markdown,
    "csl-json": lambda extracted: to_json(csl_items(extracted)),
    "html": page,
}


def _refusal(brief: Brief, format: ExportFormat) -> str | None:
    if brief.status == "withdrawn":
        return f"{brief.slug} was withdrawn: nothing of it is exported"
    if brief.status == "draft" and format == "claimreview":
        return f"{brief.slug} is a draft: a ClaimReview is of what is published"
    return None


def _section(name: str | None, brief: Brief, directory: BriefDirectory) -> str | None:
    """The key of a section by its key, alias or title; None for all. Raises: SettingsError."""
    if name is None:
        return None
    wanted = name.casefold()
    for key in brief.sections:
        meta = directory.vocabulary.sections.get(key)
        if wanted in {key, *([meta.title.casefold(), *map(str.casefold, meta.aliases)] if meta else [])}:
            return key
    nearest = closest_match(name, brief.sections)
    advice = f"did you mean {nearest}?" if nearest else f"there are: {', '.join(brief.sections)}"
    raise SettingsError(f"{brief.slug} has no section “{echo(name)}”; {advice}")


def _page(url: str) -> str:
    """The address without a fragment, as each claim has its own. Raises: SettingsError."""
    if not url.startswith(("https://", "http://")):
        raise SettingsError(f"--url is “{echo(url)}”; it must be the http(s) address of the page with the brief")
    return url.partition("#")[0]


def _edit_page(directory: BriefDirectory, brief: Brief) -> str | None:
    edit_url = directory.vocabulary.edit_url
    return f"{edit_url.rstrip('/')}/{brief.slug}.yaml" if edit_url else None


def _print_reviews(extracted: Extract, url: str | None) -> int:
    reviews = claim_reviews(extracted, url)
    print_text(to_json(reviews))
    if not reviews:
        print_text(
            f"{extracted.brief.slug} has no claim that is partly supported or disputed, and only these are fact "
            "checks of what others say",
            to_stderr=True,
        )
        return 1
    if url is None:
        print_text(
            "the objects have no url, which search engines require: name the page of the brief with --url",
            to_stderr=True,
        )
    return 0
