"""Formats that several commands print."""

import json
from typing import Any

from bot.core.linting.diagnostic import Diagnostic


def to_json(value: Any) -> str:
    """Indented JSON with non-ASCII characters as they are; no line end after it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """A problem as a line for people, e.g. `briefs/ferries.yaml:3:1: error B105 is not YAML: …; …`."""
    d = diagnostic
    return f"{d.path}:{d.line}:{d.column}: {d.severity} {d.code} {d.message}; {d.hint}"
