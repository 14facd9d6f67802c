"""`briefbot export`: prints a brief in the format of another program."""

from collections.abc import Callable, Iterator, Mapping

from bot.cli.brief_files import BriefDirectory, BriefFile, directory_of, read_briefs
from bot.cli.formats import ExportFormat
from bot.cli.output import print_text, to_json
from bot.core.answers.extract import Extract, extract
from bot.core.briefs.brief import Brief
from bot.core.briefs.file_place import edit_address
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
        return _print_reviews(extracted, _addresses(url, file, directory.vocabulary.edit_url))
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


def _addresses(url: str | None, file: BriefFile, edit_url: str | None) -> Mapping[str, str]:
    """Where each claim is published, by its id: on the page at `url`, as an exported page has it; without one its line
    in the repository, where the store names that. Raises: SettingsError."""
    if url is None:
        return dict(_lines(file, edit_url)) if edit_url else {}
    if not url.startswith(("https://", "http://")):
        raise SettingsError(f"--url is “{echo(url)}”; it must be the http(s) address of the page with the brief")
    page_url = url.partition("#")[0]
    return {claim.id: f"{page_url}#claim-{claim.id}" for _, claim in file.brief.claims()}


def _lines(file: BriefFile, edit_url: str) -> Iterator[tuple[str, str]]:
    for key, section in file.brief.sections.items():
        for index, claim in enumerate(section.claims):
            line = file.find(("sections", key, "claims", index)).line
            yield claim.id, edit_address(edit_url, file.path.name, line)


def _print_reviews(extracted: Extract, addresses: Mapping[str, str]) -> int:
    reviews = claim_reviews(extracted, addresses.get)
    print_text(to_json(reviews))
    if not reviews:
        print_text(
            f"{extracted.brief.slug} has no claim that is partly supported or disputed, and only these are fact "
            "checks of what others say",
            to_stderr=True,
        )
        return 1
    if not addresses:
        print_text(
            "the objects have no url, which search engines require: name the page of the brief with --url",
            to_stderr=True,
        )
    return 0
