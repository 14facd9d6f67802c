"""`briefbot gaps`: prints what claims rest on, and what is missing, worst first."""

from collections.abc import Sequence

from bot.cli.brief_files import BriefFile, directory_of, read_briefs, report_broken
from bot.cli.formats import GapsFormat
from bot.cli.gaps_formats import FORMATS, GapList, path_of
from bot.cli.output import print_text
from bot.content.evidence_lock import read_evidence_lock
from bot.core.evidence.gaps import Entry, entries_of, worst_first
from bot.core.evidence.lock import EvidenceLock
from bot.settings import Settings


def gaps(names: Sequence[str], format: GapsFormat, settings: Settings) -> int:
    """Prints the gaps of some briefs (slugs, aliases or files), or of all that are not withdrawn. Returns 0 whatever is
    missing, and 1 if a file is broken, of which nobody can say so. Raises: SettingsError for a name that no brief has;
    EvidenceLockError."""
    where = directory_of(names, settings.briefs)
    directory = read_briefs(where)
    files = (
        directory.named(names)
        if names
        else [each for each in directory.files.values() if each.brief.status != "withdrawn"]
    )
    lock = read_evidence_lock(where)
    entries = [entry for file in files for entry in _by_line(file, lock)]
    print_text(FORMATS[format](GapList(worst_first(entries), directory.files)))
    broken = [] if names else directory.broken
    report_broken(broken)
    return 1 if broken else 0


def _by_line(file: BriefFile, lock: EvidenceLock) -> list[Entry]:
    return sorted(entries_of(file.brief, lock), key=lambda entry: file.find(path_of(entry)))
