"""The process that takes the text of pages and looks for quotes in it: apart from the one that asks, with bounds on its
memory, as pages are made by strangers. One request a line of standard input, one answer a line of standard output, both
JSON. It knows nothing but the files that it is told to read."""

import json
import resource
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from selectolax.lexbor import SelectolaxError

from bot.core.evidence.hashes import hash_of
from bot.core.evidence.quotes import PageText, find_quote
from bot.pages.markup import decoded, markup_text

PDF_CHARS_MAX = 10_000_000
_PDF = b"%PDF-"
_SNIFFED = 1024
_TEXTS = ("text/", "application/json", "application/xml", "application/ld+json")
_MARKUP = ("text/html", "application/xhtml+xml")
_UNKNOWN = ("", "application/octet-stream", "binary/octet-stream")


class UnreadableError(Exception):
    """A file has no text. `str(error)` says why, in a few words."""


def main(memory: int) -> None:
    """Answers requests until the input ends; `memory`: bytes of data at most."""
    _limit(memory)
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(_answer(json.loads(line)))}\n")
        sys.stdout.flush()


def _limit(memory: int) -> None:
    # macOS knows the limit and does not keep to it. Nobody may raise one that is lower already.
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    bound = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        page = PageText(text_of(Path(request["path"]), request["content_type"]))
        findings = {hash_of(quote): find_quote(quote, page) for quote in request["quotes"]}
        places = {key: [found.places, found.is_verbatim] for key, found in findings.items()}
        return {"page": page.hash, "findings": places}
    except (MemoryError, SelectolaxError):  # the parser takes any page, but for want of memory
        return {"too_large": True}
    except UnreadableError as error:
        return {"unreadable": str(error)}


def text_of(path: Path, content_type: str) -> str:
    """The text of a file, by what it is rather than by what it is called. Raises: UnreadableError."""
    kind = content_type.partition(";")[0].strip().lower()
    with path.open("rb") as file:
        head = file.read(_SNIFFED)
    try:
        is_pdf = head.lstrip().startswith(_PDF) or ("pdf" in kind and _PDF in head)
        text = _pdf_text(path) if is_pdf else _text(path.read_bytes(), kind, content_type)
    except (LookupError, ValueError):
        raise UnreadableError("is a page that cannot be read") from None
    if not text.strip():
        raise UnreadableError("holds no text")
    return text


def _pdf_text(path: Path) -> str:
    # Not at the top: it takes as long to load as all the rest, and most runs meet no PDF file.
    pdf = import_module("bot.pages.pdf")
    try:
        text: str = pdf.pdf_text(path, PDF_CHARS_MAX)
    except pdf.BrokenPdfError:
        raise UnreadableError("is a PDF file that cannot be opened") from None
    return text


def _text(data: bytes, kind: str, content_type: str) -> str:
    if kind in _MARKUP or (kind in _UNKNOWN and data.lstrip()[:1] == b"<"):
        return markup_text(data, content_type)
    if kind.startswith(_TEXTS):
        return decoded(data, content_type)
    raise UnreadableError(f"is neither text nor PDF but {kind or 'of no kind that is known'}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
