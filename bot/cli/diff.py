"""`briefbot diff`: prints what readers would be told about the changes between two states of the briefs."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli import diff_formats
from bot.cli.formats import DiffFormat
from bot.cli.output import diagnostic_line, print_text
from bot.cli.radius import radius_of
from bot.comparison.comparison import compare
from bot.comparison.problems import new_problems, not_compared
from bot.comparison.states import states
from bot.comparison.versions import read
from bot.core.linting.diagnostic import is_error
from bot.settings import Settings


def diff(old: Path | None, new: Path | None, format: DiffFormat, settings: Settings) -> int:
    """Prints what readers will be told and not told of the changes between two directories, two files of one brief, or
    two revisions, where a database is named also who will hear, and problems to stderr. Without NEW the working tree is
    the newer state, without OLD it is compared with HEAD. A brief that is broken in NEW, or that the gate refuses,
    counts as unchanged; one that is broken in OLD is not compared. Returns 1 if there is an error in NEW that OLD
    lacks. Raises: SettingsError for what cannot be found or compared."""
    with TemporaryDirectory() as scratch:
        versions = read(*states(old, new, settings.briefs, Path(scratch)))
        comparison = compare(versions, datetime.now(UTC).date())
        problems = new_problems(versions, comparison)
        broken_before = [*not_compared(versions)]
        comparison = replace(comparison, radius=radius_of(versions, settings))
    for each in (*broken_before, *problems):
        print_text(diagnostic_line(each), to_stderr=True)
    print_text(diff_formats.FORMATS[format](comparison, settings.command))
    return 1 if any(map(is_error, problems)) else 0
