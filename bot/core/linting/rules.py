"""The catalogue of rules: what each code means, and what it says. A docstring is the rule's page in docs/rules.md.

B1xx syntax and schema, B2xx references, B3xx evidence, B4xx change notes and dates. Finding is done elsewhere:
B1xx in content, the others in `checks`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Concatenate, ParamSpec

from bot.core.linting.diagnostic import FilePosition, Path, Problem, Severity

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's entry in the catalogue."""

    code: str
    severity: Severity
    page: str


RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity = "error"
) -> Callable[[Callable[P, tuple[str, str]]], Callable[Concatenate[Path | FilePosition, P], Problem]]:
    """Registers a function that gives (message, hint), and turns it into one that makes the `Problem` at a place."""

    def register(say: Callable[P, tuple[str, str]]) -> Callable[Concatenate[Path | FilePosition, P], Problem]:
        RULES[code] = Rule(code, severity, cleandoc(say.__doc__ or ""))

        def problem(at: Path | FilePosition, /, *args: P.args, **kwargs: P.kwargs) -> Problem:
            message, hint = say(*args, **kwargs)
            return Problem(code, severity, at, message, hint)

        return problem

    return register


@rule("B101")
def unreadable(reason: str) -> tuple[str, str]:
    """The file cannot be read: it is a directory, it is gone, or its permissions forbid it."""
    return f"cannot be read: {reason}", "make it a plain file that this process may read, or remove it"


@rule("B102")
def too_large(max_kib: int) -> tuple[str, str]:
    """The file is over 256 KiB. A brief that long is not read by anybody; split it."""
    return f"is over {max_kib} KiB", "split it into several briefs"


@rule("B103")
def not_utf8(byte: int) -> tuple[str, str]:
    """The file is not UTF-8, or it begins with a byte order mark. UTF-16 files are the usual cause."""
    return f"byte 0x{byte:02X} is not UTF-8 text here", "save the file as UTF-8 without a byte order mark"


@rule("B104")
def forbidden_character(codepoint: int) -> tuple[str, str]:
    """A tab, a control character or a bidirectional mark. They are invisible, and some of them change what readers see;
    a dash pasted from an old word processor (U+0096) is the usual cause."""
    name = "a tab" if codepoint == 0x09 else f"the invisible character U+{codepoint:04X}"
    return f"{name} is not allowed", "indent with spaces" if codepoint == 0x09 else "delete it, or type what was meant"


@rule("B105")
def not_yaml(reason: str, hint: str | None = None) -> tuple[str, str]:
    """The text is not YAML; what follows the place could not be read. Most often a text needs quotation marks: it holds
    a colon and a blank, or begins with one of `@`, `%`, `&`, `*`, `!`, `[`, `{` or a backtick."""
    return f"is not YAML: {reason}", hint or "look at the quotes, colons and indentation just before this place"


@rule("B106")
def not_one_document(found: str) -> tuple[str, str]:
    """A brief file holds exactly one YAML document, and that is a mapping."""
    return f"one document with a mapping is expected, not {found}", "begin with `title:`; split further documents off"


@rule("B107")
def duplicate_key(key: str) -> tuple[str, str]:
    """A key stands twice in one mapping. Most YAML readers silently keep the last one and lose the first."""
    return f'"{key}" stands twice in this mapping', "rename or remove one of the two"


@rule("B108")
def anchor_or_alias(what: str) -> tuple[str, str]:
    """Anchors (`&x`), aliases (`*x`) and merge keys (`<<`) are not allowed: every claim says itself what it says.
    A text that begins with `&` or `*` needs quotes."""
    return f"{what} is not allowed", "write the value out, or put the text in quotes"


@rule("B109")
def tag(name: str) -> tuple[str, str]:
    """YAML tags (`!something`) are not allowed: every value is text. A text that begins with `!` needs quotes."""
    return f'the tag "{name}" is not allowed', "remove it, or put the text in quotes"


@rule("B110")
def too_deep(max_depth: int) -> tuple[str, str]:
    """Values are nested more than 20 deep; no brief needs that."""
    return f"nested more than {max_depth} deep", "check the brackets and the indentation"


@rule("B111")
def complex_key() -> tuple[str, str]:
    """A key is itself a list or a mapping; keys are plain words."""
    return "a key must be a plain word", "remove the brackets or the `?`; put text with a colon in quotes"


@rule("B112")
def too_many(max_problems: int) -> tuple[str, str]:
    """The file has more problems than are named in one run; most often one cause is behind them."""
    return f"more than {max_problems} problems; the others are not named", "fix these, and check again"


@rule("B120")
def unknown_key(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A key that the schema does not know, most often a misspelt one. Nothing under it would be shown."""
    hint = f'did you mean "{nearest}"?' if nearest else f"allowed here: {known}"
    return f'"{key}" is not a key that belongs here', hint


@rule("B121")
def missing_key(key: str) -> tuple[str, str]:
    """A required key is missing."""
    return f'the key "{key}" is missing', f"add `{key}:` here"


@rule("B122")
def wrong_type(expected: str) -> tuple[str, str]:
    """The value has another shape than the schema asks for: text, a list, or a mapping."""
    return f"{expected} is expected here", "look at the example in CONTRIBUTING.md"


@rule("B123")
def empty() -> tuple[str, str]:
    """A text or a list is empty. A text that begins with `#` is a comment for YAML; it needs quotes."""
    return "is empty", "write something, or leave the key out if it is optional"


@rule("B124")
def bad_id(value: str) -> tuple[str, str]:
    """An id, a slug, a tag or a section key has letters that do not belong in one. They stay for ever in links and
    buttons, so they are plain: `a-z`, `0-9`, single hyphens, at most 60."""
    return f'"{value}" is not an id', "use a-z, 0-9 and single hyphens, e.g. fifth-amendment"


@rule("B125")
def bad_url(value: str) -> tuple[str, str]:
    """An address that is not plain http or https: another scheme, a user name or password, spaces, or one of `|<>`."""
    return f'"{value}" is not a plain http(s) address', "copy the address of the page; write a space as %20"


@rule("B126")
def bad_word(value: str, allowed: str, nearest: str | None) -> tuple[str, str]:
    """A value that is not one of the words that are allowed here."""
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


@rule("B201")
def unknown_source(source: str, nearest: str | None) -> tuple[str, str]:
    """Evidence names a source that is not defined under `sources`."""
    hint = f'did you mean "{nearest}"?' if nearest else "add it under sources or fix the id"
    return f'source "{source}" is not defined', hint


@rule("B202")
def uncited_source(source: str) -> tuple[str, str]:
    """A source that no claim cites. Readers would never see it."""
    return f'source "{source}" is cited by no claim', "cite it as evidence or remove it"


@rule("B203")
def duplicate_claim(claim: str) -> tuple[str, str]:
    """Two claims of one brief have the same id. Corrections and links would reach the wrong one."""
    return f'the claim id "{claim}" is used twice', "give the second claim an id of its own"


@rule("B204")
def duplicate_alias(alias: str, other: str) -> tuple[str, str]:
    """An alias already means another brief, or this brief again. Readers who type it would be asked to choose."""
    return f'"{alias}" already names {other}', "choose another alias, or remove it from one of the two"


@rule("B205")
def reserved_word(word: str, meaning: str) -> tuple[str, str]:
    """A slug, an alias or a section name is a word of the command itself, so nobody could reach it by typing it."""
    return f'"{word}" is already {meaning}', "choose another word"


@rule("B206")
def unknown_section(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A section key that `_store.yaml` does not name; it would have no title and no place in the order."""
    hint = f'did you mean "{nearest}"?' if nearest else f"use one of {known}, or add it to _store.yaml"
    return f'"{key}" is not a section of this store', hint


@rule("B207")
def bad_lead(slug: str, reason: str) -> tuple[str, str]:
    """The lead brief in `_store.yaml` cannot answer: there is no such valid file, or it is not published."""
    return f'the lead brief "{slug}" {reason}', "name a published brief, or remove `lead`"


@rule("B208")
def unknown_noted(what: str, name: str, nearest: str | None) -> tuple[str, str]:
    """A change note names a claim or a source that the brief does not have. Only corrections and withdrawals may name
    what is gone."""
    hint = f'did you mean "{nearest}"?' if nearest else "fix the id or remove it from the note"
    return f'the note names the {what} "{name}", which does not exist', hint


@rule("B301")
def no_evidence(standing: str) -> tuple[str, str]:
    """A claim without evidence whose standing says that there is some. Only an unverified, partly or opinion claim may
    stand without, and then a note says why."""
    return f"a claim that is {standing} needs evidence", "add evidence, or a standing and a note that say why not"


@rule("B302")
def no_note(why: str) -> tuple[str, str]:
    """A claim that is partly, disputed or unverified, or that has no evidence, needs a note: readers must see what the
    matter is."""
    return f"{why} needs a note", "add `note:` with what is not carried, and why"


@rule("B303", "warning")
def no_quote() -> tuple[str, str]:
    """A supported claim of which no evidence has a quote. Readers cannot check it without opening the source."""
    return "a supported claim without a single quote", "add the words of the source that carry it"


@rule("B304", "warning")
def one_source(section: str) -> tuple[str, str]:
    """A section of three or more claims that rests on a single source."""
    return f'the whole section "{section}" rests on one source', "add a second, independent source"


@rule("B305")
def repeated_evidence(source: str) -> tuple[str, str]:
    """The same source with the same quote stands twice under one claim; it would be shown twice."""
    return f'source "{source}" with this quote stands twice under one claim', "remove one of the two"


@rule("B306")
def too_much_evidence(chars: int, max_chars: int) -> tuple[str, str]:
    """A claim, its note and its quotes together are longer than one message shows, and they are never split."""
    return (
        f"claim, note and quotes are {chars} characters; at most {max_chars} are shown together",
        "shorten the quotes",
    )


@rule("B401")
def notes_out_of_order() -> tuple[str, str]:
    """Change notes stand newest first; this one is newer than the one above it."""
    return "this change note is newer than the one above it", "move it up: newest first"


@rule("B402")
def noted_twice(what: str, name: str) -> tuple[str, str]:
    """Two new change notes name the same claim or the same source, so that it is not clear of what kind its change is.
    Which notes are new shows only beside the version before: `briefbot diff` finds this, `briefbot check` does not. It
    does not stop a running bot, for which the gravest of the two kinds counts."""
    return f'two new notes name the {what} "{name}"', "make them one note, or let only one of them name it"


@rule("B403")
def review_before_as_of() -> tuple[str, str]:
    """The review is due before the day up to which the brief is true."""
    return "review_by is before as_of", "fix one of the two dates"


@rule("B404")
def withdrawn_without_note() -> tuple[str, str]:
    """A withdrawn brief answers only with its note, so it needs a change note of kind withdrawal on top."""
    return "a withdrawn brief needs a change note of kind withdrawal", "add one as the first under `changes`"
