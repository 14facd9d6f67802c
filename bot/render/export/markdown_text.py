"""Text of any origin within Markdown: it comes out as text, whatever it looks like."""

import re

# Whatever ends a line for some reader of Markdown, with the blanks around it.
_BREAKS = re.compile(
    "[ \\t]*[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029][ \\t\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]*"
)
_BLANKS = re.compile("[ \\t]+")
# What CommonMark, GitHub or pandoc take for markup anywhere in a line. Source: spec.commonmark.org, backslash escapes;
# pandoc's manual, its extensions of Markdown.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#&|~$^@=+!]")
# And what they take for it at the beginning of a line: lists, rules, definitions, titles.
_LINE_START = re.compile(r"[-:%]|[0-9]{1,9}(?=[.)])")


def escape(text: str) -> str:
    """The text on one line, without blanks around it, with a backslash before what would be markup. It may stand at the
    beginning of a line, or behind other words; not in a link's destination."""
    return at_line_start(escape_within(text).strip(" "))


def escape_within(text: str) -> str:
    """As `escape`, but for a piece of a line, of which the blanks around it stay."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text))


def at_line_start(line: str) -> str:
    """A line, with a backslash where it would begin a list or the like."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    end = match.end()
    return f"\\{line}" if not line[0].isdigit() else f"{line[:end]}\\{line[end:]}"


def one_line(text: str) -> str:
    """The text with a blank for each line end, and for several blanks or tabs."""
    return _BLANKS.sub(" ", _BREAKS.sub(" ", text))
