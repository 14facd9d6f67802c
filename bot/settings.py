"""The settings. The only reader of the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside."""

    briefs: Path
    """`BRIEFBOT_BRIEFS`: the directory of brief files."""

    command: str
    """`BRIEFBOT_COMMAND`: the name of the slash command, with its slash."""


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment. Raises: SettingsError, naming the variable."""
    command = environ.get("BRIEFBOT_COMMAND", "/brief")
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
        raise SettingsError(
            f'BRIEFBOT_COMMAND is "{command}"; it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /brief'
        )
    return Settings(briefs=Path(environ.get("BRIEFBOT_BRIEFS") or "briefs"), command=command)
