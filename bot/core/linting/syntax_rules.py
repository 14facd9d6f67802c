"""Rules B101 to B119: whether a file can be read as one YAML document. Checked in bot/content."""

from collections.abc import Sequence

from bot.core.linting.characters import describe, describe_blank, remedy
from bot.core.linting.echo import quoted
from bot.core.linting.rules import rule


@rule("B101")
def unreadable(reason: str) -> tuple[str, str]:
    """The file cannot be read: it is a directory, it is gone, it is a link to a file outside of its directory, or its
    permissions forbid it. Wrong: a directory that is called `tea-act.yaml`. Right: a file of that name."""
    return f"the file cannot be read: {reason}", "make it a plain file that this process may read, or remove it"


@rule("B102")
def too_large(max_kib: int) -> tuple[str, str]:
    """The file is over 256 KiB. Nobody reads a brief that long; split it. Wrong: one brief on all acts of Parliament.
    Right: a brief on each."""
    return f"the file is over {max_kib} KiB", "split it into several briefs"


@rule("B103")
def not_utf8(meaning: str) -> tuple[str, str]:
    """The file is not UTF-8. The usual causes are an editor that saves UTF-16 ("Unicode") or Windows-1252 ("ANSI"), and
    text that was pasted from such a file. A byte order mark at the beginning of a UTF-8 file is allowed. Wrong: a
    file saved as *Unicode* or *ANSI* in an editor on Windows. Right: one saved as UTF-8."""
    return f"the file is not UTF-8 text: {meaning}", "open the file in its encoding, and save it as UTF-8"


@rule("B104")
def forbidden_character(char: str) -> tuple[str, str]:
    """A character that readers cannot see, and that may change what they see or find: a tab, a control, a bidirectional
    mark, a blank or joiner without width, a tag, a blank that is no blank for programs, private use, or a code point
    without a meaning. Joiners and variation selectors are allowed where a script or an emoji needs them. A dash pasted
    from an old word processor (U+0096) is a usual cause. Old Mac line ends are reported once for the whole file.

    Wrong:

        title: "The tea\\u202e act of 1773"

    Right:

        title: "The tea act of 1773"
    """
    return f"{describe(char)} is not allowed", remedy(char)


@rule("B105")
def not_yaml(reason: str, hint: str | None = None) -> tuple[str, str]:
    """The text is not YAML, and what follows this place could not be read. Most often a text needs quotation marks: it
    holds a colon and a blank, or begins with one of `@`, `%`, `&`, `*`, `!`, `[`, `{` or a backtick. Or a line begins
    in another column than those beside it, a colon, the blank behind it or a dash is missing, or a quotation mark
    within a text in quotes ends it.

    Wrong:

        title: The tea act: what it said

    Right:

        title: "The tea act: what it said"
    """
    return f"this is not YAML: {reason}", hint or "look at the quotes, colons and indentation just before this place"


@rule("B106")
def not_one_document(actual: str) -> tuple[str, str]:
    """A brief file holds exactly one YAML document, and that is a mapping. A second one begins with a line `---`.
    Wrong: two briefs in one file. Right: two files."""
    return f"one document with a mapping is expected, not {actual}", _DOCUMENT_HINTS.get(actual, "begin with `title:`")


_DOCUMENT_HINTS = {
    "several": "remove this line if nothing follows it; put each further document in a file of its own",
    "a list": "remove the dash; the file begins with `title:`",
}


@rule("B107")
def duplicate_key(key: str) -> tuple[str, str]:
    """A key stands twice in one mapping. Most YAML readers silently keep the last one and lose the first.

    Wrong:

        owner: desk
        owner: science-desk

    Right:

        owner: science-desk
    """
    return (
        f"{quoted(key)} stands twice in this mapping",
        "rename or remove one of the two, or begin a new entry with `- ` if one is meant",
    )


@rule("B108")
def anchor_or_alias(what: str) -> tuple[str, str]:
    """Anchors (`&x`), aliases (`*x`) and merge keys (`<<`) are not allowed: each value stands where it is used.
    A text that begins with `&` or `*` needs quotes.

    Wrong:

        title: &act The tea act of 1773

    Right:

        title: The tea act of 1773
    """
    return f"{what} is not allowed", "write the value out, or put the text in quotes"


@rule("B109")
def tag(name: str) -> tuple[str, str]:
    """YAML tags (`!something`) are not allowed: every value is text. A text that begins with `!` needs quotes.

    Wrong:

        title: !important The tea act of 1773

    Right:

        title: "!important: the tea act of 1773"
    """
    return f"the tag {quoted(name)} is not allowed", "remove it, or put the text in quotes"


@rule("B110")
def too_deep(max_depth: int) -> tuple[str, str]:
    """Values are nested more than 20 deep; no brief needs that.

    Wrong:

        aliases: [[[[[[[[[[[[[[[[[[[[[tea duty]]]]]]]]]]]]]]]]]]]]]

    Right:

        aliases: [tea duty]
    """
    return f"this is nested more than {max_depth} deep", "check the brackets and the indentation"


@rule("B111")
def complex_key() -> tuple[str, str]:
    """A key is itself a list or a mapping; keys are plain words.

    Wrong:

        ? [title, summary]
        : The tea act of 1773

    Right:

        title: The tea act of 1773
    """
    return "a key must be a plain word", "remove the brackets or the `?`; put text with a colon in quotes"


@rule("B112")
def too_many(max_problems: int) -> tuple[str, str]:
    """The file has more problems than one run reports. Most often they have one cause. It names 50. Wrong: a file of
    which every line begins with a tab. Right: one that was checked while it grew."""
    return f"more than {max_problems} problems; the others are not named", "fix these, and check again"


@rule("B113")
def merge_conflict(lines: Sequence[int], names: Sequence[str]) -> tuple[str, str]:
    """A line begins with seven `<`, `|`, `=` or `>` and a blank, or is nothing else: a merge left its marks, and both
    versions stand in the file. Such a line is refused within texts too, as a merge puts it there as well; a rule of
    seven `=` below a heading has to be longer or shorter.

    Wrong:

        <<<<<<< HEAD
        owner: desk
        =======
        owner: science-desk
        >>>>>>> main

    Right:

        owner: science-desk
    """
    between = " and ".join(dict.fromkeys(f'"{name}"' for name in names))
    if len(lines) == 1:
        what = f"this line is left of a merge conflict{between and f' ({between})'}"
        return what, "see that the lines around it are what you want, and delete it"
    numbers = f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return (
        f"a merge conflict begins here{between and f', between {between}'}",
        f"keep one of the two versions or join them, and delete the marks in lines {numbers}",
    )


@rule("B114")
def comment_in_text() -> tuple[str, str]:
    """A blank and `#` begin a comment in YAML: of a text without quotes readers would see only what stands before it.
    Comments may stand on lines of their own, and behind ids, dates and words such as `published`; behind names such as
    a publisher where two blanks or more set them off.

    Wrong, in a claim:

        note: Seen in tank #2 at noon.

    Right:

        note: "Seen in tank #2 at noon."
    """
    return (
        "everything from # on is a comment and is lost",
        "put the text in quotes; a comment that is meant stands on a line of its own",
    )


@rule("B115")
def split_text(left: str, right: str) -> tuple[str, str]:
    """A comma in brackets or braces ends an entry: `[What was not verified, or where reports differ.]` is two entries,
    and neither is a sentence.

    Wrong:

        caveats: [What was not verified, or where reports differ.]

    Right:

        caveats: ["What was not verified, or where reports differ."]
    """
    return f'the comma before this splits a text into "{left}" and "{right}"', "put the whole text in quotes"


@rule("B116")
def odd_blank(where: str, blank: str) -> tuple[str, str]:
    """A blank that looks like one and is none for YAML, such as the no-break blank (U+00A0) of web pages and word
    processors, in the indentation of a line or behind the colon of a key. Wrong: `owner:` and a no-break blank.
    Right: `owner:` and a plain blank."""
    return f"{where} {describe_blank(blank)}", "use plain blanks, as the space bar writes them"


@rule("B117", "warning")
def split_name(left: str, right: str) -> tuple[str, str]:
    """A comma in brackets ends an entry, also within a name or a number: `[Houston, Texas flight]` is two aliases.

    Wrong:

        aliases: [Houston, Texas flight]

    Right:

        aliases: ["Houston, Texas flight"]
    """
    return f'"{left}" and "{right}" are two entries', "if they are one name, put it in quotes"


@rule("B119")
def joined_line(beginning: str) -> tuple[str, str]:
    """A line that looks like an entry or a key, but is indented so that YAML joins it to the text above it: `- ` below
    the entry of a list, or a key below `|` or `>`.

    Wrong:

        caveats:
          - The minutes were not seen.
            - The chair was not heard.

    Right:

        caveats:
          - The minutes were not seen.
          - The chair was not heard.
    """
    return (
        f"this line begins with `{beginning}`, but YAML joins it to the text above",
        "begin it in the column of the entry or key above, or put the whole text in quotes",
    )
