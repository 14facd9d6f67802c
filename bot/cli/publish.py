"""`briefbot publish`: publishes the brief files, for a deployment. A running bot does so by itself."""

from bot.app import publishing
from bot.cli.output import diagnostic_line, print_text
from bot.core.linting.diagnostic import is_error
from bot.handlers.briefs.publishing import AlreadySuperseded
from bot.settings import Settings
from bot.store.publications import Publication


def publish(settings: Settings, *, force: bool) -> int:
    """Prints the publication, or why there is none. Returns 1 if a file is broken or, without `force`, if the files are
    older than what is published or most briefs are gone from them. Raises: SettingsError where the directory or the
    database cannot be opened."""
    outcome, repository = publishing.publish_once(settings, force=force)
    errors = [d for diagnostics in repository.broken.values() for d in diagnostics if is_error(d)]
    for d in errors:
        print_text(diagnostic_line(d), to_stderr=True)
    if repository.held:
        print_text(f"nothing is published: {repository.held}. If it is meant: briefbot publish --force", to_stderr=True)
        return 1
    match outcome:
        case Publication():
            print_text(f"publication {outcome.number} ({outcome.fingerprint})")
        case AlreadySuperseded():
            print_text(
                f"{settings.briefs} contains files from before publication {outcome.number}, which is newer; "
                "to publish them anyway: briefbot publish --force",
                to_stderr=True,
            )
        case None:
            print_text("nothing to publish: no brief has changed")
    return 1 if errors or isinstance(outcome, AlreadySuperseded) else 0
