"""Looks at everything in turn."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from bot.app.doctor.finding import Finding, ok, skipped, warning, wrong
from bot.app.doctor.machine_checks import briefs_finding, database_findings
from bot.app.doctor.slack_checks import slack_findings
from bot.app.run import require_shared_database
from bot.core.spelling import closest_match
from bot.errors import SettingsError
from bot.settings import read, read_slack, unknown_variables, variables

T = TypeVar("T")


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each `Check`, as soon as it is known. Changes nothing, but for a connection that Slack opens."""
    problems = list[str]()
    settings, slack = _read(read, environ, problems), _read(read_slack, environ, problems)
    if settings and slack:
        _read(lambda _: require_shared_database(settings, slack), environ, problems)
    yield wrong("settings", " · ".join(problems)) if problems else _names(environ)
    if slack:
        yield from slack_findings(slack)
    else:
        yield from (skipped(each, "settings") for each in ("clock", "token", "scopes", "connection", "channel"))
    if settings:
        yield from database_findings(settings)
        yield briefs_finding(settings)
    else:
        yield from (skipped(each, "settings") for each in ("database", "migrations", "disk", "briefs"))


def _read(reader: Callable[[Mapping[str, str]], T], environ: Mapping[str, str], problems: list[str]) -> T | None:
    """What a reader makes of the environment; None where it adds to the problems."""
    try:
        return reader(environ)
    except SettingsError as error:
        problems += str(error).splitlines()
        return None


def _names(environ: Mapping[str, str]) -> Finding:
    """A variable that nobody reads is a misspelt one."""
    unknown = unknown_variables(environ)
    if not unknown:
        return ok("settings", "all that are set are known and valid")
    meant = closest_match(unknown[0], variables())
    hint = f"; did you mean {meant}?" if meant else "; unset it"
    return warning("settings", f"{', '.join(unknown)}: no such setting{hint}")
