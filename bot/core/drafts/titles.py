"""Which part of pasted text is its title."""

from bot.core.drafts.blocks import Block
from bot.core.drafts.headings import SectionNames, is_source_heading
from bot.core.drafts.links import without_links
from bot.core.drafts.mail import subject_of
from bot.core.drafts.source_lines import are_cards

TITLE_MAX_CHARS = 150
TITLE_MIN_WORDS = 4

CAPITALS_MIN = 0.6
"""The share of words in capitals from which on an unfinished line is a title."""


def title_of(listed: list[Block], names: SectionNames) -> Block | None:
    """The block that is the title: the subject of a mail, what stands alone at the top, or a line in capitals."""
    subjects = (block for block in listed if block.kind == "remark" and subject_of(block.text))
    first = listed[0] if len(listed) > 1 and _may_be_title(listed[0], names) else None
    lines = (block for block in listed if block.kind == "paragraph" and _is_title_line(block))
    return next(subjects, None) or first or next(lines, None)


def _may_be_title(block: Block, names: SectionNames) -> bool:
    if names.named(block.text) or is_source_heading(block.text) or not any(map(str.isalnum, block.text)):
        return False
    words = len(block.text.split())
    if words < TITLE_MIN_WORDS and names.meant(block.text):
        return False
    is_top = block.kind == "heading" and block.marker != ":"
    is_line = block.kind == "paragraph" and block.alone and block.is_open and not are_cards(block.text)
    return (is_top or is_line) and len(block.text) <= TITLE_MAX_CHARS and not without_links(block.text)[1]


def _is_title_line(block: Block) -> bool:
    return (
        block.is_open
        and len(block.text.split()) >= TITLE_MIN_WORDS
        and len(block.text) <= TITLE_MAX_CHARS
        and has_capitals(block.text)
        and "://" not in block.text
        and not are_cards(block.text)
    )


def has_capitals(text: str) -> bool:
    """Whether most words begin with a capital, as in a title."""
    words = text.split()
    return sum(word[:1].isupper() for word in words) >= CAPITALS_MIN * len(words)


def title_text(block: Block | None) -> str:
    """The title that a block gives; empty without one."""
    text = "" if block is None else subject_of(block.text) or block.text
    return text.strip(" *_#")[:TITLE_MAX_CHARS].strip()
