"""Rules B120 to B130: the shape of keys and values. Checked in bot/content."""

from collections.abc import Sequence

from bot.core.linting.addresses import address_fault
from bot.core.linting.dates import date_hint
from bot.core.linting.echo import did_you_mean, echo, quoted
from bot.core.linting.rules import rule


@rule("B120")
def unknown_key(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A key that the schema does not know, most often a misspelt one. Its value would not be shown.

    Wrong:

        sumary: The act let one company sell its tea in America.

    Right:

        summary: The act let one company sell its tea in America.
    """
    return f"{quoted(key)} is not a key that belongs here", did_you_mean(key, nearest, f"allowed here: {known}")


@rule("B121")
def missing_key(key: str) -> tuple[str, str]:
    """A required key is missing. Only the sources of a draft may lack publisher, address and kind.

    Wrong:

        sources:
          gazette: {publisher: Gazette, kind: news}

    Right:

        sources:
          gazette: {publisher: Gazette, kind: news, url: https://example.org/gazette}
    """
    return f'the key "{key}" is missing', f"add `{key}:` here"


@rule("B122")
def wrong_type(expected: str, value: object, entry_keys: Sequence[str]) -> tuple[str, str]:
    """The value has another shape than the schema asks for: text, a list, or a mapping.

    Wrong:

        aliases: tea duty

    Right:

        aliases: [tea duty]
    """
    message = f"{expected} is expected here"
    if expected == "a mapping" and entry_keys:
        return message, f"write `{{{', '.join(_filled(key, value) for key in entry_keys)}}}`"
    return message, _SHAPE_HINTS.get(expected, "look at the example in CONTRIBUTING.md")


def _filled(key: str, value: object) -> str:
    """The key with the value where a single word can only be meant for this key, else with `…`."""
    return f"{key}: {echo(value) if key in ('rule', 'source') and isinstance(value, str) else '…'}"


_SHAPE_HINTS = {
    "a list": "begin each entry with `- `, or put the entries in brackets",
    "a mapping": "write lines of `key: value` without dashes, as in the example in CONTRIBUTING.md",
    "text": "write one text; put it in quotes if it begins with a bracket",
}


@rule("B123")
def empty(what: str) -> tuple[str, str]:
    """A text or a list is empty. A text that begins with `#` is a comment for YAML; it needs quotes.

    Wrong, in a claim:

        note: ""

    Right:

        note: Said by the chair alone.
    """
    return f"{what} is empty", "write something, or leave the key out if it is optional"


@rule("B124")
def bad_id(value: str) -> tuple[str, str]:
    """An id, a slug, a tag or a section key has characters that are not allowed. Links and buttons keep it for ever, so
    it is plain: `a-z`, `0-9` and single hyphens, at most 60 characters.

    Wrong, in a claim:

        id: Duty_Stays

    Right:

        id: duty-stays
    """
    hint = did_you_mean(value, None, "use a-z, 0-9 and single hyphens, e.g. fifth-amendment")
    return f"{quoted(value)} is not an id", hint


@rule("B125")
def bad_url(value: str) -> tuple[str, str]:
    """An address that is not plain http or https, or that others cannot open: another scheme, a user name or password,
    spaces, one of `|<>"`, a host with letters outside ASCII, a host of your own network, a port that does not exist.

    Wrong, in a source:

        url: doi:10.1000/182

    Right:

        url: https://doi.org/10.1000/182
    """
    fault = address_fault(value)
    message = f"{quoted(value)} is not a plain http(s) address"
    return (f"{message}: {fault.reason}", fault.hint) if fault else (message, "copy the address of the page")


@rule("B126")
def bad_word(value: str, allowed: str, nearest: str | None) -> tuple[str, str]:
    """A value that is not one of the words allowed here.

    Wrong, in a claim:

        standing: supportd

    Right:

        standing: supported
    """
    return f"{quoted(value)} is not one of {allowed}", did_you_mean(value, nearest, "use one of these words")


@rule("B127")
def bad_file_name(stem: str) -> tuple[str, str]:
    """The file's name is the brief's slug, so it must be an id. Wrong: `Tea Act (1).yaml`. Right: `tea-act.yaml`."""
    hint = did_you_mean(stem, None, "rename the file: a-z, 0-9 and single hyphens, then .yaml")
    return f"{quoted(stem)} is not a slug", hint


@rule("B128")
def too_long(what: str, length: int, max_length: int, unit: str) -> tuple[str, str]:
    """A text or a list is too long. The limits keep every answer within what Slack shows. In characters: 60 for an id,
    an alias, the owner and the titles and aliases of sections; 150 for the title; 200 for `note`, `locator` and
    `date_note`; 400 for the summary, a caveat, the note of a change, a reason, and title, author, publisher and `via`
    of a source; 1,000 for a claim, 1,200 for a quote, 2,000 for an address. At most 8 caveats.

    Wrong:

        title: >-
          The act of the thirteenth year of the reign of King George the Third that let one company of London merchants
          sell the tea in its warehouses in America

    Right:

        title: The tea act of 1773
    """
    return f"{what} has {length} {unit}; at most {max_length} are allowed", "shorten it or split it"


@rule("B129")
def bad_date(value: str, reason: str, *, partial: bool) -> tuple[str, str]:
    """A date that does not exist, or that has another form than `YYYY-MM-DD` (for sources `YYYY` or `YYYY-MM` too).

    Wrong, in a source:

        date: c. 1773

    Right:

        date: 1773
        date_note: circa
    """
    return f"{quoted(value)} {reason}", date_hint(value, partial=partial)


@rule("B130")
def short_quote(value: str, min_chars: int, min_words: int) -> tuple[str, str]:
    """A quote too short to be found again in its source. It needs 12 characters or three words.

    Wrong, in a claim:

        evidence: [{source: gazette, quote: duty paid}]

    Right:

        evidence: [{source: gazette, quote: the said duty shall be paid}]
    """
    return f"{quoted(value)} is too short for a quote", f"quote at least {min_chars} characters or {min_words} words"
