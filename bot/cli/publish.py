"""`briefbot publish`: makes the files what readers see, for a deploy; a running bot does it by itself."""

import sys

from bot.app import publishing
from bot.core.linting.diagnostic import is_error
from bot.handlers.briefs.publishing import AlreadySuperseded
from bot.settings import Settings
from bot.store.publications import Publication


def publish(settings: Settings, *, force: bool) -> int:
    """Prints what became of it. Returns 1 where a file is broken or nothing may be published without `force`."""
    made, repository = publishing.publish_once(settings, force=force)
    errors = [d for found in repository.broken.values() for d in found if is_error(d)]
    for d in errors:
        print(f"{d.path}:{d.line}:{d.column}: {d.severity} {d.code} {d.message}; {d.hint}", file=sys.stderr)
    match made:
        case Publication():
            print(f"publication {made.number} ({made.fingerprint})")
        case AlreadySuperseded():
            print(
                f"{settings.briefs} holds what was published before publication {made.number}, which is newer; "
                "to publish it all the same: briefbot publish --force",
                file=sys.stderr,
            )
        case None:
            print("nothing is different from what readers see")
    return 1 if errors or isinstance(made, AlreadySuperseded) else 0
