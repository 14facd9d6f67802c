"""Small PDF files, made by hand."""

from collections.abc import Sequence

_FONT = "/Font<</F1 3 0 R>>"


def pdf(*pages: Sequence[str]) -> bytes:
    """A file with the lines of each page, in Latin-1."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        content = f"BT /F1 11 Tf 50 750 Td 14 TL {' '.join(map(_shown, lines))} ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{_FONT}>>/Contents {5 + 2 * number} 0 R>>",
            f"<</Length {len(content.encode('cp1252'))}>>\nstream\n{content}\nendstream",
        ]
    return _file([each.encode("cp1252") for each in objects])


def _shown(line: str) -> str:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped}) Tj T*"


def _file(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return data + head + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
