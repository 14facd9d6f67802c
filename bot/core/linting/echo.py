"""Words of a file as messages show them: on one line, short, with every character visible; and what is odd in them."""

from bot.core.linting.characters import describe, refused

ECHO_MAX = 40
"""Characters of a value that a message shows, the ellipsis included."""


def echo(value: str) -> str:
    """A value in at most `ECHO_MAX` characters, e.g. `tea\\u202eact`; a longer one is cut and ends with an ellipsis.
    Refused characters, line ends and blanks of other widths are escapes, as in a double-quoted text of YAML."""
    head = value[: ECHO_MAX + 1]
    hidden = set(refused(head))
    pieces = [
        ascii(char)[1:-1] if index in hidden or (char.isspace() and char != " ") else char
        for index, char in enumerate(head)
    ]
    if len(value) > ECHO_MAX or sum(map(len, pieces)) > ECHO_MAX:
        while sum(map(len, pieces)) >= ECHO_MAX:
            pieces.pop()
        pieces.append("…")
    return "".join(pieces)


def quoted(value: str) -> str:
    """A value as `echo` shows it, between quotation marks."""
    return f'"{echo(value)}"'


def did_you_mean(word: str, nearest: str | None, otherwise: str) -> str:
    """The hint for a word that should be plain: what is odd in it or in the nearest choice, so that two words that look
    the same can be told apart; then the nearest choice or, without one, the advice."""
    advice = f"did you mean {quoted(nearest)}?" if nearest is not None else otherwise
    if odd := odd_character(word):
        return f"it holds {odd}; {advice}"
    return f"{advice} That one holds {odd}" if nearest and (odd := odd_character(nearest)) else advice


def odd_character(word: str) -> str | None:
    """The first character of a word that no plain word holds, e.g. `U+2011 (non-breaking hyphen)`: any outside ASCII,
    and blanks at either end. None for a plain word."""
    odd = next((char for char in word if not char.isascii() or not char.isprintable()), None)
    if odd is None and word != word.strip():
        odd = " "
    return describe(odd) if odd else None
