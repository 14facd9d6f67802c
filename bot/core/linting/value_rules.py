"""Rules B132 to B139 and B144: what a text or an address may say. Checked in `texts` and `typography` and, for B132,
in bot/content."""

from collections.abc import Iterable

from bot.core.linting.echo import quoted
from bot.core.linting.rules import rule

PLACEHOLDER = "TODO:"
"""What `briefbot new` and `briefbot import` write where a maintainer is to write."""


@rule("B132")
def null_value() -> tuple[str, str]:
    """`null` or `~` without quotes, which other readers of YAML take for no value. Readers would be shown the word.

    Wrong:

        owner: null

    Right:

        owner: desk
    """
    return "null is no value here", 'leave the key out; if the word itself is meant, write "null" in quotes'


@rule("B133")
def several_lines() -> tuple[str, str]:
    """A line break in a text that is shown as one line. Only quotes may have several.

    Wrong, in a claim:

        text: |
          The duty on tea stayed in 1773.
          The port was closed.

    Right:

        text: >-
          The duty on tea of 1773 stayed, and the
          port was closed.
    """
    return (
        "this text has more than one line",
        "write it on one line, or fold it with `>-`; a second paragraph is a claim of its own",
    )


@rule("B134")
def banner(words: str) -> tuple[str, str]:
    """A text that begins with words that the bot itself puts above what was corrected, withdrawn or changed. Readers
    could not tell which of the two spoke.

    Wrong, in a claim:

        text: "Corrected on 24 November 2026: the duty was lifted in 1778."

    Right:

        text: The duty was lifted in 1778.
    """
    hint = "begin with other words, or write a change note"
    return f"this text begins with {quoted(words)}, as the bot's own notices do", hint


@rule("B135", "warning")
def garbled(text: str, meant: str) -> tuple[str, str]:
    """Words that went through a program with another encoding (`â€œ`), or that were copied from the source code of a
    web page (`&amp;`). Readers see them as they stand.

    Wrong:

        title: Tea &amp; taxes

    Right:

        title: Tea & taxes
    """
    return f"{quoted(text)} is shown as it stands", f"type {quoted(meant)}" if meant else "type what was meant"


@rule("B136", "warning")
def odd_end_of_address(end: str) -> tuple[str, str]:
    """An address that ends in a full stop, a comma, a semicolon, or a bracket that closes nothing. Most often it
    belonged to the sentence around the address, and the page is not found with it.

    Wrong, in a source:

        url: https://example.org/gazette).

    Right:

        url: https://example.org/gazette
    """
    return f"this address ends with `{end}`", "was it part of the sentence around it? if so, remove it"


@rule("B137", "warning")
def not_a_directory(part: str) -> tuple[str, str]:
    """An `edit_url` with a query or a fragment, and without `{file}`: `/<slug>.yaml` is appended to it, and would not
    be part of the path. Only `{file}` and `{line}` may stand in braces.

    Wrong, in `_store.yaml`:

        edit_url: https://example.org/edit/briefs?branch=main

    Right:

        edit_url: https://example.org/edit/main/briefs/{file}#L{line}
    """
    hint = "name the directory of the files, or write {file} and {line} where they belong"
    return f"this address holds {quoted(part)}, behind which no file name can stand", hint


@rule("B138", "warning")
def marks_around_all(opening: str, closing: str) -> tuple[str, str]:
    """Quotation marks around the whole of a title, a summary, an owner or an alias. Only straight marks around a value
    are YAML's; curly ones are part of the text: readers are shown them, and an alias has them in its name.

    Wrong:

        title: “The tea act of 1773”

    Right:

        title: The tea act of 1773
    """
    return f"the marks {opening} and {closing} around all of it are part of the text", "remove them"


@rule("B139", "warning")
def straight_marks(words: Iterable[str]) -> tuple[str, str]:
    """Straight quotation marks or apostrophes in what we write: the text or note of a claim, the summary, a caveat, a
    change note. Answers stand side by side and have one typography, which is the curly one. Quotes are verbatim and
    keep the marks of their source; those that only YAML needs around a value are no part of the text.

    Wrong, in a claim:

        text: The governor's duty of 1773 stayed.

    Right:

        text: The governor’s duty of 1773 stayed.
    """
    return "this text has straight marks", f"type {', '.join(words)}"


@rule("B144")
def placeholder() -> tuple[str, str]:
    """A text that a maintainer is still to write, as `briefbot new` and `briefbot import` leave it. Drafts may hold
    some.

    Wrong:

        owner: "TODO: who keeps it"

    Right:

        owner: desk
    """
    return "this text is still to be written", "write it, or keep the brief as a draft"
