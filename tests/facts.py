"""Reads the fact sheets beside the repository, so that the briefs can be compared with them."""

import re
from pathlib import Path

FACTS = Path(__file__).resolve().parents[2] / "shared" / "facts"
URL = re.compile(r"https?://\S+[^\s).,;:]")
SOURCE = re.compile(r"^- \*\*[SVGKE]\d+\*\* ", re.MULTILINE)
QUOTED = re.compile(r'"(.+)"')


def urls(text: str) -> set[str]:
    """Every address in a fact sheet."""
    return {normal(url) for url in URL.findall(text)}


def normal(url: str) -> str:
    """An address with its host in small letters and without a dot behind it."""
    return re.sub("^https?://[^/]+", lambda host: host[0].lower().rstrip("."), url)


def quotes(text: str) -> set[str]:
    """Every verbatim quote under the sources of a fact sheet, without its outer quotation marks."""
    body = text[text.index("## Sources") :]
    lines = (line.strip() for line in body.splitlines() if line.startswith("  - "))
    return {quote for line in lines for part in _parts(line[2:]) if (quote := _quote(part))}


def carried(text: str) -> dict[str, set[str]]:
    """The addresses that a quote may be cited from: those named with it, else that of its entry."""
    found: dict[str, set[str]] = {}
    for entry in SOURCE.split(text[text.index("## Sources") :])[1:]:
        lines = entry.split("\n  - ")[1:]
        for part in _parts(lines[0].split("\n")[0]) if lines else []:
            if quote := _quote(part):
                found.setdefault(quote, set()).update(urls(part) or urls(entry))
    return found


def given() -> str:
    """The backgrounder that the first brief was made from."""
    return (FACTS / "00-given-brief.txt").read_text(encoding="utf-8")


def _parts(line: str) -> list[str]:
    parts = line.split(" / ")
    return [piece for part in parts for piece in _also_there(part)]


def _also_there(part: str) -> list[str]:
    """`also there: "…" and "…"` holds two quotes; elsewhere `" and "` belongs to the quote."""
    return part.split(" and ", 1) if part.startswith("also there:") else [part]


def _quote(part: str) -> str:
    found = QUOTED.search(part)
    return found.group(1).replace('\\"', '"') if found else ""
