"""Texts without quotes that YAML reads in another way than their author meant: cut at a `#`, split at a comma, joined
with the entry above."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from bot.content.keys import KEYS
from bot.content.parser_failure import position
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import FilePosition, Problem
from bot.core.linting.echo import echo

TEXTS = frozenset({"text", "quote", "note", "summary", "title", "caveats", "reason"})
"""Keys of sentences: behind them a comment is taken for the end of the text."""

NAMES = frozenset({"publisher", "author", "via", "locator", "date_note", "owner", "aliases", "also"})
"""Keys of names: behind them a comment is taken for one if two blanks or more set it off."""

_COMMENT = re.compile(r"(?<=\S) +#.*")


def comments_of(text: str) -> dict[int, str]:
    """What looks like a comment behind something on its line, with the blanks before it, by the index of the first of
    these; empty for most files."""
    # `" #" in text` takes a hundred times as long.
    if not any(part.endswith(" ") for part in text.split("#")[:-1]):
        return {}
    return {match.start(): match[0] for match in _COMMENT.finditer(text)}


def cut_text(key: str, event: Any, comment: str) -> Problem | None:
    """A comment that is the end of a text; None for one that is meant. `event` is the text, and `comment` begins with
    the blanks before the `#`."""
    blanks = len(comment) - len(comment.lstrip())
    if key not in TEXTS and (key not in NAMES or blanks > 1):
        return None
    end = position(event.end_mark)
    return syntax_rules.comment_in_text(FilePosition(end.line, end.column + blanks))


def joined_entries(text: str, entries: Iterable[Any]) -> Iterator[Problem]:
    """One problem for each line that begins with a dash and is part of the entry above it, in the order of the lines.
    `text` is that of the file."""
    for entry in entries:
        first = entry.start_mark.line + 1
        if entry.end_mark.line + 1 > first and not entry.style and " - " in entry.value:
            lines = text[entry.start_mark.index : entry.end_mark.index].split("\n")
            for number, line in enumerate(lines[1:], first + 1):
                if line.lstrip(" ").startswith("- "):
                    yield syntax_rules.joined_line(FilePosition(number, line.index("-") + 1), "- ")


def joined_keys(text: str, block: Any) -> Iterator[Problem]:
    """One problem for each line of a text behind `|` or `>` that looks like a key. `text` is that of the file."""
    source = text[block.start_mark.index : block.end_mark.index]
    for number, line in enumerate(source.split("\n"), block.start_mark.line + 1):
        key, colon, rest = line.strip().partition(":")
        if colon and key in KEYS and rest[:1] in ("", " "):
            yield syntax_rules.joined_line(FilePosition(number, line.index(key) + 1), f"{key}:")


# A sentence goes on with one of these, and so with a small letter behind an entry that begins with a capital.
_GOES_ON = re.compile(
    r"(?:and|but|or|nor|so|yet|who|whom|whose|which|that|where|when|while|because|although|though|since|unless|until"
    r"|including)\b"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
# What stands behind a comma within one name: states after their towns, and the forms of companies and of juniors.
_REST_OF_NAME = re.compile(
    r"(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois"
    r"|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri"
    r"|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|(?:West )?Virginia|Washington|Wisconsin|Wyoming"
    r"|D\.?C\.?|Ontario|Quebec|British Columbia|Alberta|Inc|Ltd|LLC|LLP|PLC|GmbH|S\.A|Jr|Sr|II|III|Esq|PhD|M\.?D)"
    r"(?!\w)"
)


def split_entries(key: str, entries: Sequence[Any]) -> Iterator[Problem]:
    """The first comma of a list in brackets that splits a sentence, or a warning for one that may split a name."""
    for left, right in pairwise(entries):
        if left.style or right.style:
            continue
        if key == "caveats" and (_splits_number(left, right) or _splits_sentence(left.value, right.value, entries)):
            yield syntax_rules.split_text(position(right.start_mark), echo(left.value), echo(right.value))
            return
        if key in NAMES and (_splits_number(left, right) or _splits_name(left.value, right.value)):
            yield syntax_rules.split_name(position(right.start_mark), echo(left.value), echo(right.value))
            return


def _splits_sentence(left: str, right: str, entries: Sequence[Any]) -> bool:
    begins_small = right[:1].islower() and not entries[0].value[:1].islower()
    is_unfinished = not _SENTENCE_END.search(left) and bool(_SENTENCE_END.search(entries[-1].value))
    return begins_small or is_unfinished or bool(_GOES_ON.match(right))


def _splits_number(left: Any, right: Any) -> bool:
    is_tight = bool(left.end_mark.index + 1 == right.start_mark.index)
    return is_tight and left.value[-1:].isdigit() and right.value[:3].isdigit()


def _splits_name(left: str, right: str) -> bool:
    return right.startswith(("and ", "or ")) or (left[:1].isupper() and bool(_REST_OF_NAME.match(right)))
