"""Text that was pasted as HTML: what a browser shows of it, as lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from bot.core.drafts.draft import Notice

_LINE_TAGS = frozenset("br li tr dt dd option".split())
_BLOCK_TAGS = frozenset(
    """address article aside blockquote body caption details dialog div dl fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 head header hr html legend main nav ol p pre section summary table tbody tfoot thead title ul""".split()
)
_INLINE_TAGS = frozenset(
    "a abbr b cite code em font i img link meta q s script small span strong style sub sup td th u".split()
)
_BEFORE = {"li": "- ", "title": "# "} | {f"h{level}": f"{'#' * level} " for level in range(1, 7)}
_UNSEEN = frozenset("script style template svg".split())

_NAMES = "|".join(sorted(_LINE_TAGS | _BLOCK_TAGS | _INLINE_TAGS | _UNSEEN, key=len, reverse=True))
_OPENS = re.compile(rf"\s*<(?:!--|!doctype\b|\?xml\b|(?:{_NAMES})\b[^<>]*>)", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_NAMES})\s*>", re.IGNORECASE)
_BLOCK = re.compile(rf"<(?:{'|'.join(_BLOCK_TAGS | {'li', 'td'})})\b", re.IGNORECASE)
_TAG = r"<!--|-->|<[!?/]?({})(?=[\s/>])[^<>]*>"
_TOKEN = re.compile(_TAG.format(r"(?:[a-zA-Z]{1,3}:)?[a-zA-Z][\w-]*"))
_KNOWN = re.compile(_TAG.format(f"{_NAMES}|doctype"), re.IGNORECASE)
"""In a text that begins with no tag: `<Ada>` may be a name there."""
_ENTITY = re.compile(r"&(?:amp|nbsp|quot|apos|lt|gt|mdash|ndash|[lr][sd]quo|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_page(text: str) -> bool:
    """Whether a text is HTML: it begins with a tag or a document type, or closes one."""
    return bool(_OPENS.match(text) or _CLOSES.search(text))


def entities(text: str) -> list[Notice]:
    """A notice for the first character that a text without tags has as HTML writes it, if any: nobody can tell whether
    it is meant."""
    match = _ENTITY.search(text)
    if not match:
        return []
    what = f"{match[0]} is “{unescape(match[0])}” in HTML; it stays as it stands, as nothing else here is HTML"
    return [Notice(text.count("\n", 0, match.start()) + 1, what)]


def shown(text: str) -> tuple[str, list[int], list[Notice]]:
    """What a browser shows of HTML, with marks of Markdown for headings, lists and links; for each of its lines that of
    the HTML where it begins; and a notice for each element that nobody sees."""
    page = _Page(keeps_lines=not (_OPENS.match(text) and _BLOCK.search(text)))
    for number, tag, data in _tokens(text, page.notices):
        page.write(data, number)
        if tag:
            page.mark(tag)
    page.end_line()
    return "\n".join(page.lines), page.numbers, page.notices


def _tokens(text: str, notices: list[Notice]) -> Iterator[tuple[int, str, str]]:
    """(line of the text before a tag, tag or nothing, that text), without what stands within unseen elements."""
    end, number, until = 0, 1, ""
    closes = {name: _last(f"</{name}", text) for name in _UNSEEN} | {"!--": text.rfind("-->")}
    for match in (_TOKEN if _OPENS.match(text) else _KNOWN).finditer(text):
        tag = match[0].lower()
        name = "!--" if tag == "<!--" else (match[1] or "").lower()
        data, before = text[end : match.start()], number
        number += text.count("\n", end, match.end())
        end = match.end()
        if until:
            until = "" if tag.startswith(until) else until
            continue
        yield before, match[0], data
        if tag[1] != "/" and closes.get(name, -1) >= end:
            until = "-->" if name == "!--" else f"</{name}"
            what = "a comment" if name == "!--" else f"<{name}>"
            notices.append(Notice(number, f"{what} is not shown by a browser, and is left out"))
    if not until:
        yield number, "", text[end:]


def _last(tag: str, text: str) -> int:
    return max((match.start() for match in re.finditer(tag, text, re.IGNORECASE)), default=-1)


@dataclass
class _Page:
    """Collects the lines that a browser shows. `keeps_lines`: a line feed ends a line, as in text."""

    keeps_lines: bool
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _number: int = 1
    _before: str = ""
    _link: tuple[str, int] | None = None
    """An address, and the number of pieces in front of its label."""
    _raised: bool = False
    _lists: list[int | None] = field(default_factory=list)
    """Of each list that is open its last number, None without numbers."""

    def write(self, data: str, number: int) -> None:
        """Text between two tags, which begins in a line of the HTML."""
        for index, part in enumerate(data.split("\n") if self.keeps_lines else [data]):
            if index:
                self.end_line()
                self._blank_line(part)
            self._write(part, number + index)

    def _write(self, part: str, number: int) -> None:
        blanks = len(part) - len(part.lstrip())
        text = unescape(part) if self.keeps_lines else re.sub(r"\s+", " ", unescape(part))
        if self._raised and text.strip().isdecimal() and text.isascii():
            text = text.strip().translate(_RAISED)
        if text.strip() and not any(map(str.strip, self._pieces)):
            self._number = number + part.count("\n", 0, blanks)
        self._pieces.append(text)

    def _blank_line(self, part: str) -> None:
        if not part.strip() and self.lines and self.lines[-1]:
            self._add("")

    def mark(self, tag: str) -> None:
        """A tag, with its attributes."""
        match, is_end = _TOKEN.match(tag), tag.startswith("</")
        name = (match[1] or "" if match else "").lower()
        if name in _LINE_TAGS or name in _BLOCK_TAGS:
            self.end_line()
            self._list(name, is_end)
            self._before = "" if is_end else self._opening(name)
            if name in _BLOCK_TAGS and self.lines and self.lines[-1]:
                self._add("")
        elif name in ("td", "th"):
            self._pieces.append(" ")
        elif name == "sup":
            self._raised = not is_end
        elif name == "a":
            self._end_link()
            href = None if is_end else _HREF.search(tag)
            self._link = (unescape(next(filter(None, href.groups()), "")).strip(), len(self._pieces)) if href else None

    def _list(self, name: str, is_end: bool) -> None:
        if name in ("ol", "ul") and not is_end:
            self._lists.append(0 if name == "ol" else None)
        elif name in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _opening(self, name: str) -> str:
        """What a browser, or Markdown, has in front of the first line of an element."""
        if name == "li" and self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            return f"{number + 1}. "
        return _BEFORE.get(name, self._before if name == "p" else "")

    def _end_link(self) -> None:
        if not self._link:
            return
        (url, start), self._link = self._link, None
        label = "".join(self._pieces[start:]).strip()
        if label and label != url and re.match("https?://", url):
            is_plain = not re.search(r"[\[\]]", label) and not re.search(r"[\s()<>]", url)
            after = " " if self._pieces[-1].endswith(" ") else ""
            before = " " if self._pieces[start].startswith(" ") else ""
            self._pieces[start:] = [before, f"[{label}]({url})" if is_plain else f"{label} ({url})", after]

    def end_line(self) -> None:
        """Ends a line, if it holds anything."""
        self._end_link()
        text = "".join(self._pieces).replace("\n", " ").rstrip()
        text = text if self.keeps_lines else " ".join(text.split())
        self._pieces = []
        if text.strip():
            self._add(f"{self._before}{text}")
            self._before = ""

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self.numbers.append(self._number)
