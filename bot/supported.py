"""Whether this Python and its SQLite can run the bot. `make` asks by any Python, before anything is installed, so the
standard library has to do, and what Python 3.6 understands."""

import sys

try:
    import sqlite3

    THIS_SQLITE = sqlite3.sqlite_version_info[:2]
except ImportError:
    THIS_SQLITE = (0, 0)

PYTHON_MIN = (3, 11)
SQLITE_MIN = (3, 42)
"""SQLite's first version with `unixepoch('subsec')`, which the engine of jobs asks for on Python 3.12 and newer."""

SQLITE_REMEDY = "use Python 3.11, or a Python that comes with a newer SQLite"

THIS_PYTHON = sys.version_info[:2]


def why_python_not(python: "tuple[int, ...]" = THIS_PYTHON) -> "str | None":
    """Why nothing of the bot runs here; None where it does."""
    if python >= PYTHON_MIN:
        return None
    return f"this is Python {_version(python)}, and {_version(PYTHON_MIN)} or newer is needed"


def why_sqlite_not(python: "tuple[int, ...]" = THIS_PYTHON, sqlite: "tuple[int, ...]" = THIS_SQLITE) -> "str | None":
    """Why the bot keeps nothing in a SQLite file here; None where it may. A SQLite of version 0 is none."""
    if not any(sqlite):
        return f"this Python {_version(python)} was built without SQLite"
    if python < (3, 12) or sqlite >= SQLITE_MIN:
        return None
    needs = f"which needs {_version(SQLITE_MIN)} or newer"
    return f"SQLite {_version(sqlite)} is too old for Python {_version(python)}, {needs}"


def _version(numbers: "tuple[int, ...]") -> str:
    return ".".join(map(str, numbers))


if __name__ == "__main__":
    reason = why_python_not() or why_sqlite_not()
    sys.exit(reason and f"{reason}; name another Python, e.g. make PYTHON=python3.11")
