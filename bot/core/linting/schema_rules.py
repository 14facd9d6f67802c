"""Rules B120 to B130: the shape of keys and values. Checked in bot/content."""

from bot.core.linting.rules import rule


@rule("B120")
def unknown_key(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A key that the schema does not know, most often a misspelt one. Its value would not be shown."""
    hint = f'did you mean "{nearest}"?' if nearest else f"allowed here: {known}"
    return f'"{key}" is not a key that belongs here', hint


@rule("B121")
def missing_key(key: str) -> tuple[str, str]:
    """A required key is missing."""
    return f'the key "{key}" is missing', f"add `{key}:` here"


@rule("B122")
def wrong_type(expected: str) -> tuple[str, str]:
    """The value has another shape than the schema asks for: text, a list, or a mapping."""
    return f"{expected} is expected here", _SHAPE_HINTS.get(expected, "look at the example in CONTRIBUTING.md")


_SHAPE_HINTS = {
    "a list": "begin each entry with `- `, or put the entries in brackets",
    "a mapping": "write lines of `key: value` without dashes, as in the example in CONTRIBUTING.md",
    "text": "write one text; put it in quotes if it begins with a bracket",
}


@rule("B123")
def empty() -> tuple[str, str]:
    """A text or a list is empty. A text that begins with `#` is a comment for YAML; it needs quotes."""
    return "is empty", "write something, or leave the key out if it is optional"


@rule("B124")
def bad_id(value: str) -> tuple[str, str]:
    """An id, a slug, a tag or a section key has characters that are not allowed. Links and buttons keep it for ever, so
    it is plain: `a-z`, `0-9` and single hyphens, at most 60 characters."""
    return f'"{value}" is not an id', "use a-z, 0-9 and single hyphens, e.g. fifth-amendment"


@rule("B125")
def bad_url(value: str) -> tuple[str, str]:
    """An address that is not plain http or https: another scheme, a user name or password, spaces, or one of `|<>`."""
    return f'"{value}" is not a plain http(s) address', "copy the address of the page; write a space as %20"


@rule("B126")
def bad_word(value: str, allowed: str, nearest: str | None) -> tuple[str, str]:
    """A value that is not one of the words allowed here."""
    return f'"{value}" is not one of {allowed}', f'did you mean "{nearest}"?' if nearest else "use one of these words"


@rule("B127")
def bad_file_name(stem: str) -> tuple[str, str]:
    """The file's name is the brief's slug, so it must be an id."""
    return f'"{stem}" is not a slug', "rename the file: a-z, 0-9 and single hyphens, then .yaml"


@rule("B128")
def too_long(length: int, max_length: int, unit: str) -> tuple[str, str]:
    """A text or a list is too long. The limits keep every answer within what Slack shows."""
    return f"has {length} {unit}; at most {max_length} are allowed", "shorten it or split it"


@rule("B129")
def bad_date(value: str, reason: str) -> tuple[str, str]:
    """A date that does not exist, or that has another form than `YYYY-MM-DD` (for sources `YYYY` or `YYYY-MM` too)."""
    return f'"{value}" {reason}', "write it as in 2025-02-10"


@rule("B130")
def short_quote(value: str, min_chars: int, min_words: int) -> tuple[str, str]:
    """A quote too short to be found again in its source."""
    return f'"{value}" is too short for a quote', f"quote at least {min_chars} characters or {min_words} words"
