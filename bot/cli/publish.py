"""`briefbot publish`: publishes the brief files, for a deployment. A running bot does so by itself."""

from collections.abc import Sequence

from bot.app import publishing
from bot.cli.output import diagnostic_line, print_text
from bot.content.repository import brief_files
from bot.core.changes.announcement import announce
from bot.core.changes.change_set import SEVERITY
from bot.core.linting.diagnostic import is_error
from bot.handlers.briefs.publishing import AlreadySuperseded
from bot.render.changes.announcement_head import kind_label
from bot.render.changes.told_summary import count_of
from bot.render.document.phrases import count
from bot.settings import Settings
from bot.store.publications import Publication

HELD_REMEDY = "Put the files back; if it is meant: briefbot publish --force"
NAMED_MAX = 5
"""Briefs of one kind of change that are named."""


def publish(settings: Settings, *, force: bool) -> int:
    """Prints the publication with what it announces, or why there is none. Returns 1 if a file is broken, although the
    others are published, or, without `force`, if the files are older than what is published or most briefs are gone
    from them. Raises: SettingsError where the directory or the database cannot be opened."""
    brief_files(settings.briefs)  # a directory that is not there leaves no database behind
    outcome, repository = publishing.publish_once(settings, force=force)
    errors = [d for diagnostics in repository.broken.values() for d in diagnostics if is_error(d)]
    for d in errors:
        print_text(diagnostic_line(d), to_stderr=True)
    if repository.held:
        print_text(f"nothing is published: {repository.held}. {HELD_REMEDY}", to_stderr=True)
        return 1
    match outcome:
        case Publication():
            print_text(f"publication {outcome.number}: {_announced(outcome, len(repository.briefs))}")
        case AlreadySuperseded():
            print_text(
                f"{settings.briefs} contains files from before publication {outcome.number}, which is newer; "
                "to publish them anyway: briefbot publish --force",
                to_stderr=True,
            )
        case None:
            print_text("nothing to publish: no brief has changed")
    return 1 if errors or isinstance(outcome, AlreadySuperseded) else 0


def _announced(publication: Publication, briefs: int) -> str:
    """E.g. `1 withdrawal (rail, its file is gone), 1 rename (bus, now buses)`."""
    if publication.number == 1:
        return f"{count(briefs, 'brief') or 'no brief'}; the first one announces nothing"
    by_label: dict[str, list[str]] = {}
    for each in sorted(publication.announced, key=lambda each: SEVERITY.index(each.kind)):
        post = announce(each, each.vocabulary, on=publication.published_at.date())
        name = each.slug if each.after else f"{each.slug}, its file is gone"
        by_label.setdefault(kind_label(each.kind, post), []).append(name)
    parts = [f"{count_of(label, len(names))} ({_listed(names)})" for label, names in by_label.items()]
    if renames := [f"{old}, now {new}" for old, new in publication.renames]:
        parts.append(f"{count(len(renames), 'rename')} ({_listed(renames)})")
    return ", ".join(parts) or "nothing to announce"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMED_MAX
    return "; ".join([*names[:NAMED_MAX], *([f"{more} more"] if more > 0 else [])])
