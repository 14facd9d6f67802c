"""Pasted text from the bytes of a file."""

import codecs
import re

from bot.content.file_text import MAX_KIB
from bot.errors import SettingsError

MAX_BYTES = MAX_KIB * 1024

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Encodings by the byte order mark that a file begins with; the longer marks first."""

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
"""Encodings with several bytes for each character, which may lack the mark."""

NULLS_MIN = 0.25
"""The share of bytes that are zero from which on a text that might be UTF-8 is not."""

_CONTROLS = frozenset((*range(9), *range(14, 32), 127))

_UNTYPED = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ufdd0-\\ufdef\\ufffe\\uffff]")
"""What no text holds: controls, and what is no character."""

FOREIGN_MAX = 0.2
"""The share of bytes beyond ASCII up to which a text that is not UTF-8 is taken for one of Western Europe."""


def text_of(data: bytes, name: str) -> tuple[str, str]:
    """The text of bytes, and as what they were read where that is not UTF-8, else an empty text. `name` is for
    messages. Raises: SettingsError if they are too many, none, or no text."""
    if len(data) > MAX_BYTES:
        raise SettingsError(f"{name} is over {MAX_KIB} KiB, and so would the brief be; import it in parts")
    text, encoding = _decoded(data, name)
    if not any(map(str.isalnum, text)):
        raise SettingsError(f"{name} holds no word; paste the text of the brief into it")
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "")
    encoding = encoding or _wide(data) or "utf-8"
    refused = SettingsError(f"{name} is no text in UTF-8; save it as text, in UTF-8")
    controls = sum(map(_CONTROLS.__contains__, data))
    if encoding in ("utf-8", "utf-8-sig") and 10 * controls > len(data):
        raise refused
    try:
        return data.decode(encoding), "" if encoding.startswith("utf-8") else encoding.upper()
    except UnicodeDecodeError:
        pass
    foreign = sum(byte > 0x7F for byte in data)
    if controls or encoding != "utf-8" or foreign > FOREIGN_MAX * len(data):
        raise refused
    try:
        return data.decode("cp1252"), "Windows-1252 (Latin-1)"
    except UnicodeDecodeError:
        raise refused from None


def _wide(data: bytes) -> str:
    """The encoding of a text with several bytes for each character that has no mark; empty for other bytes. Blanks and
    line ends, which all scripts have, tell one order of bytes from the other."""
    nulls = data.count(0)
    if not nulls or (nulls < NULLS_MIN * len(data) and _plain(data.replace(b"\0", b""), "utf-8")):
        return ""
    texts = {encoding: text for encoding in _WIDE if (text := _plain(data, encoding))}
    return max(texts, key=lambda encoding: sum(map(texts[encoding].count, " \n")), default="")


def _plain(data: bytes, encoding: str) -> str:
    """The text of bytes in an encoding; empty if they are none, or one with controls or without a blank."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if re.search(r"[ \n]", text) and not _UNTYPED.search(text) else ""
