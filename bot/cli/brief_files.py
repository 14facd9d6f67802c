"""Brief files as commands name them: the valid ones by slug, with the line of everything in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.output import print_text
from bot.content.loader import STORE_FILE, load_brief, load_vocabulary
from bot.content.repository import brief_files
from bot.content.unread_files import why_no_brief
from bot.content.yaml_tree import Positions, positions_of
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.linting import diagnostic
from bot.core.linting.diagnostic import FilePosition
from bot.core.linting.echo import echo
from bot.core.spelling import closest_match
from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A valid brief, its file, and where everything stands in it."""

    path: Path
    brief: Brief
    positions: Positions

    def find(self, at: diagnostic.Path) -> FilePosition:
        """Where a value stands, by its path in the file."""
        return self.positions.find(at)

    def place(self, at: diagnostic.Path) -> str:
        """`briefs/ferries.yaml:12:5`, of the value at a path in the file."""
        position = self.find(at)
        return f"{self.path}:{position.line}:{position.column}"


@dataclass(frozen=True, slots=True)
class BriefDirectory:
    """The valid briefs of one directory by slug, its vocabulary, and the files that have an error."""

    files: Mapping[str, BriefFile]
    vocabulary: Vocabulary
    broken: Sequence[Path]

    @property
    def briefs(self) -> dict[str, Brief]:
        """The valid briefs by slug."""
        return {slug: file.brief for slug, file in self.files.items()}

    def named(self, names: Iterable[str]) -> list[BriefFile]:
        """The briefs that were named, each once: by slug, alias, or file. Raises: SettingsError for a name that no
        valid brief has."""
        return list({file.brief.slug: file for file in map(self._named, names)}.values())

    def _named(self, name: str) -> BriefFile:
        slug = Path(name).stem if name.endswith(".yaml") else name
        if slug in self.files:
            return self.files[slug]
        aliases = {alias.casefold(): file for file in self.files.values() for alias in file.brief.aliases}
        if alias := aliases.get(name.casefold()):
            return alias
        raise SettingsError(self._no_brief(name, slug))

    def _no_brief(self, name: str, slug: str) -> str:
        if slug in {path.stem for path in self.broken}:
            return f"{slug}.yaml has errors; run briefbot check, and mend them first"
        nearest = closest_match(slug, self.files)
        advice = f"did you mean {nearest}?" if nearest else f"there are: {', '.join(self.files) or 'none'}"
        return f"“{echo(name)}” is no brief; {advice}"


def read_briefs(directory: Path) -> BriefDirectory:
    """Reads a directory. Raises: SettingsError if it cannot be listed."""
    loaded = [load_brief(path) for path in brief_files(directory)]
    files = {each.path.stem: BriefFile(each.path, each.value, positions_of(each.text)) for each in loaded if each.value}
    store = load_vocabulary(directory / STORE_FILE).value if (directory / STORE_FILE).exists() else None
    return BriefDirectory(files, store or NO_VOCABULARY, [each.path for each in loaded if each.value is None])


def directory_of(names: Sequence[str], default: Path) -> Path:
    """The directory of the brief files that were named by their paths; `default` where none was. Raises: SettingsError
    for files of several directories, and for one that is no brief's."""
    paths = [Path(name) for name in names if "/" in name or name.endswith(".yaml")]
    for path in paths:
        reason = "does not exist; name a brief by its slug" if not path.exists() else why_no_brief(path)
        if reason:
            raise SettingsError(f"{path}: {reason}")
    parents = list(dict.fromkeys(path.parent for path in paths))
    if len(parents) > 1:
        raise SettingsError(f"{parents[0]} and {parents[1]} are two directories of briefs; name files of one")
    return parents[0] if parents else default


def report_broken(broken: Iterable[Path]) -> None:
    """Says on stderr which files have errors, and so are not looked at."""
    for path in broken:
        print_text(f"{path}: not looked at, as it has errors; run briefbot check", to_stderr=True)
