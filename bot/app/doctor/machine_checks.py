"""This side: the database and its tables, the disk, the brief files."""

from collections.abc import Iterator

from bot.app.doctor.finding import Finding, ok, skipped, warning, wrong
from bot.content.repository import Repository, brief_files, check_directory
from bot.core.linting.diagnostic import is_error
from bot.errors import DatabaseFailureError, SettingsError
from bot.handlers.delivery.check_health import DISK_MIN
from bot.settings import Settings
from bot.store.database import parsed_url
from bot.store.disk import free_bytes
from bot.store.examination import DatabaseState, look_at_database


def database_findings(settings: Settings) -> Iterator[Finding]:
    """Of the database, its migrations and its disk."""
    try:
        state = look_at_database(settings.database_url)
    except (DatabaseFailureError, SettingsError) as error:
        remedy = f"; {error.remedy}" if isinstance(error, DatabaseFailureError) else ""
        yield wrong("database", f"{error}{remedy}")
        yield skipped("migrations", "database")
    else:
        yield ok("database", "takes reads and writes" if state.version else "has no tables yet; a start makes them")
        yield _migrations(state)
    yield _disk(settings)


def _migrations(state: DatabaseState) -> Finding:
    if state.version is None or state.version == state.newest:
        return ok("migrations", f"version {state.newest}")
    if state.version > state.newest:
        newer = f"the database is of version {state.version}, one newer than this briefbot's {state.newest}"
        return warning("migrations", f"{newer}; update briefbot")
    return warning(
        "migrations",
        f"the next start brings the database from version {state.version} to {state.newest}; back it up before",
    )


def _disk(settings: Settings) -> Finding:
    try:
        free = free_bytes(parsed_url(settings.database_url))
    except SettingsError:
        return skipped("disk", "database")
    if free is None:
        return ok("disk", "that of the database server is not seen from here")
    megabytes = free // 1_000_000
    if free < DISK_MIN:
        return wrong("disk", f"the disk of the database has {megabytes} MB left; free some space")
    return ok("disk", f"{megabytes} MB free")


def briefs_finding(settings: Settings) -> Finding:
    """Of the directory of brief files."""
    try:
        files, problems = brief_files(settings.briefs), check_directory(settings.briefs)
    except SettingsError as error:
        return wrong("briefs", str(error))
    if not files:
        return warning("briefs", f"{settings.briefs} has no brief file; put some there, or set BRIEFBOT_BRIEFS")
    errors = list(filter(is_error, problems))
    if errors:
        first = errors[0]
        where = f"{first.path}:{first.line}:{first.column}: {first.code} {first.message}"
        return wrong("briefs", f"errors: {len(errors)}, the first {where}; run briefbot check")
    repository = Repository(settings.briefs)
    repository.load()
    published = sum(brief.status == "published" for brief in repository.briefs.values())
    if not published:
        return warning("briefs", f"none in {settings.briefs} is published; set status: published in one of them")
    return ok("briefs", f"{published} published in {settings.briefs}, without an error")
