"""The text of PDF files."""

import re
from pathlib import Path

from pypdfium2 import PdfDocument

from bot.core.evidence.folding import LINE_HYPHEN

# PDFium gives 0x02 or U+FFFE for a hyphen at the end of a line where it takes it for one.
_AT_LINE_END = re.compile(r"(?<=\w)(?:[-\u2010\u00ad][^\S\r\n]*[\r\n]\s*|[\x02\ufffe]\s*)(?=\w)")


def pdf_text(path: Path, max_chars: int) -> str:
    """The text of a PDF file, page after page, with `LINE_HYPHEN` for hyphens at line ends. No more is read than
    `max_chars`. Raises: BrokenPdfError for a file that is broken or needs a password."""
    texts: list[str] = []
    with PdfDocument(path) as document:
        for page in document:
            texts.append(page.get_textpage().get_text_range())
            page.close()
            if sum(map(len, texts)) > max_chars:
                break
    return _AT_LINE_END.sub(LINE_HYPHEN, "\n".join(texts))
