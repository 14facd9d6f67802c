"""Addresses and marks of notes in pasted text."""

import re
from dataclasses import dataclass

from bot.core.briefs.brief import URL_PATTERN
from bot.core.linting.addresses import address_fault, odd_end

URL_MAX_CHARS = 2000
ESCAPED_MAX_CHARS = 3500
"""After escaping, so that a message has room for the source."""

_ADDRESS = r"https?://(?:[^\s()<>\[\]{}|\"“”‘’«»]|\([^\s()<>]*\))+"
_MARKDOWN = re.compile(rf"!?\[([^\[\]]*)\]\(<?({_ADDRESS})>?(?:\s+[\"“']([^\"”]*)[\"”'])?\)|<?({_ADDRESS})>?")
_LABEL = r"\^?\w{1,5}"
_BRACKETED = rf"\[{_LABEL}(?:\s?[,;–-]\s?{_LABEL}){{0,20}}\]"
# Possessive: a text of raised digits alone could be parted in as many ways as it has subsets.
RAISED = r"[¹²³⁰⁴-⁹]++(?:[,–⁻-][¹²³⁰⁴-⁹]++)*+"
MARKS = rf"(?:\s?(?:{_BRACKETED}|{RAISED}))*+"
"""Marks of notes behind a sentence, if any: `[1]`, `[^a]`, `[2, 3]`, `[2–4]`, `²`."""
_MARK = re.compile(rf"\s?{_BRACKETED}|(?<!\b[mM])(?<!\b[ckmd]m){RAISED}")
_RANGE = re.compile(r"(\d{1,3})\s?[–⁻-]\s?(\d{1,3})")
RANGE_MAX = 20
"""Notes in a range such as `[2–4]`; where it has more, its ends alone are meant."""
_FOLLOWING = "'!?:*_…。，、；：！？؟،"
"""Marks of the sentence behind an address, beside those that `odd_end` knows."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address at an offset of the text that is left; `removed` characters of the link stood there besides. `label`
    and `title` are those of a link in Markdown."""

    offset: int
    removed: int
    url: str
    label: str = ""
    title: str = ""


def without_links(text: str) -> tuple[str, list[Address], list[str]]:
    """The text with the labels of links for the links, plain addresses as they stand; the addresses in order; and
    those that cannot be a source's, which stay as they are."""
    left, end = "", 0
    addresses, refused = [], []
    for match in _MARKDOWN.finditer(text):
        url = match[2] or _plain(match[4])
        left += text[end : match.start()]
        end = match.end()
        if not is_address(url):
            refused.append(url)
            left += match[0]
            continue
        instead = match[1] if match[2] else match[4]
        addresses.append(Address(len(left), len(match[0]) - len(instead), url, match[1] or "", match[3] or ""))
        left += instead
    return left + text[end:], addresses, refused


def _plain(url: str) -> str:
    while url and (url[-1] in _FOLLOWING or odd_end(url)):
        url = url[:-1]
    return url


def is_address(url: str) -> bool:
    """Whether the address may be a source's."""
    is_short = len(url) <= URL_MAX_CHARS and len(url) + 4 * url.count("&") <= ESCAPED_MAX_CHARS
    return is_short and re.match(URL_PATTERN, url) is not None and not address_fault(url)


def label_of(mark: str) -> str:
    """The number or name in the mark of a note: `[^a]:`, `[2]`, `²`, `2.`"""
    return "".join(map(_digit, mark)).strip("[]^:.()、 ")


def _digit(char: str) -> str:
    return str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(char)) if char in "⁰¹²³⁴⁵⁶⁷⁸⁹" else char


def marks_in(text: str) -> list[tuple[str, list[str]]]:
    """(mark as it stands with the blank before it, its labels) of each in the text."""
    return [(match[0], _labels(label_of(match[0]))) for match in _MARK.finditer(text)]


def _labels(said: str) -> list[str]:
    """The labels in `2, 4–6`."""
    listed = list[str]()
    for part in re.split(r"[,;]", said):
        ends = _RANGE.fullmatch(part.strip())
        numbers = range(int(ends[1]), int(ends[2]) + 1) if ends else ()
        listed += map(str, numbers) if 0 < len(numbers) <= RANGE_MAX else re.split(r"[–⁻-]", part)
    return [label.strip(" ^") for label in listed]
