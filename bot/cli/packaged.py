"""The files that come with the program: the briefs of the demo, which stand in where there are no others, and the
manifests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import bot
from bot.cli.output import print_text
from bot.content.git import top_level
from bot.settings import Settings

INIT = "briefbot init makes your own"


def packaged(name: Literal["briefs", "manifests"]) -> Path:
    """The directory of that name: in a clone beside `bot`, in an installed wheel in the package `briefbot`."""
    root = Path(bot.__file__).parents[1]
    package = root / "briefbot"
    return (package if (package / "__init__.py").is_file() else root) / name


def for_reading(settings: Settings) -> Settings:
    """The settings, with the packaged briefs where no directory is named and the usual one is not here; this is said on
    stderr."""
    return _from_package(settings) if _has_none(settings) else settings


def for_checking(settings: Settings) -> Settings:
    """As `for_reading`, but only in an empty directory outside of git: that somebody's briefs lie elsewhere than the
    check looks for them must not pass as fine."""
    if not _has_none(settings) or settings.workspace or not _is_empty(Path()) or top_level(Path()):
        return settings
    return _from_package(settings)


@contextmanager
def for_editing(settings: Settings) -> Iterator[Settings]:
    """As `for_reading`, with a copy of the packaged briefs, which is deleted at the end."""
    if not _has_none(settings):
        yield settings
        return
    with TemporaryDirectory(prefix="briefbot-") as place:
        briefs = Path(place) / "briefs"
        briefs.mkdir()
        for path in packaged("briefs").iterdir():
            # Without its rights: what is installed may be for reading alone.
            shutil.copyfile(path, briefs / path.name)
        where = f"edit the copy of briefbot’s own in {briefs}, which goes when the demo ends"
        print_text(f"There is no briefs/ here: {where}; {INIT}.", to_stderr=True)
        yield settings.model_copy(update={"briefs": briefs})


def _has_none(settings: Settings) -> bool:
    is_named = "briefs" in settings.model_fields_set
    return not is_named and not os.path.lexists(settings.briefs) and packaged("briefs").is_dir()


def _from_package(settings: Settings) -> Settings:
    print_text(f"There is no briefs/ here: these are the briefs that come with briefbot; {INIT}.", to_stderr=True)
    return settings.model_copy(update={"briefs": packaged("briefs")})


def _is_empty(directory: Path) -> bool:
    """But for hidden files and virtual environments, where nobody looks for briefs."""
    try:
        return not any(map(_may_hold_briefs, directory.iterdir()))
    except OSError:
        return False


def _may_hold_briefs(path: Path) -> bool:
    return not path.name.startswith(".") and not (path / "pyvenv.cfg").exists()
