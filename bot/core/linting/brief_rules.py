"""Rules B2xx (references), B3xx (evidence) and B4xx (change notes and dates). Checked in `checks`."""

from bot.core.linting.echo import did_you_mean, quoted
from bot.core.linting.rules import rule


@rule("B201")
def unknown_source(source: str, nearest: str | None) -> tuple[str, str]:
    """Evidence names a source that is not defined under `sources`."""
    hint = did_you_mean(source, nearest, "add it under sources or fix the id")
    return f"source {quoted(source)} is not defined", hint


@rule("B202")
def uncited_source(source: str) -> tuple[str, str]:
    """A source that no claim cites. Readers would never see it."""
    return f"source {quoted(source)} is cited by no claim", "cite it as evidence or remove it"


@rule("B203")
def duplicate_claim(claim: str) -> tuple[str, str]:
    """Two claims of one brief have the same id. Corrections and links would reach the wrong one."""
    return f"the claim id {quoted(claim)} is used twice", "give the second claim an id of its own"


@rule("B204")
def duplicate_alias(alias: str, other: str) -> tuple[str, str]:
    """An alias already means another brief, or this brief again. Readers who type it would be asked to choose."""
    return f"{quoted(alias)} already names {other}", "choose another alias, or remove it from one of the two"


@rule("B205")
def reserved_word(word: str, meaning: str) -> tuple[str, str]:
    """A slug, an alias or a section name is a word of the command itself, so nobody could reach it by typing it."""
    return f"{quoted(word)} is already {meaning}", "choose another word"


@rule("B206")
def unknown_section(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A section key that `_store.yaml` does not name; it would have no title and no place in the order."""
    hint = did_you_mean(key, nearest, f"use one of {known}, or add it to _store.yaml")
    return f"{quoted(key)} is not a section of this store", hint


@rule("B207")
def bad_lead(slug: str, reason: str) -> tuple[str, str]:
    """The lead brief in `_store.yaml` cannot answer: there is no such valid file, or it is not published."""
    return f"the lead brief {quoted(slug)} {reason}", "name a published brief, or remove `lead`"


@rule("B208")
def unknown_name_in_note(what: str, name: str, nearest: str | None) -> tuple[str, str]:
    """A change note names a claim or a source that the brief does not have. Only corrections and withdrawals may name
    what is gone."""
    hint = did_you_mean(name, nearest, "fix the id or remove it from the note")
    return f"the note names the {what} {quoted(name)}, which does not exist", hint


@rule("B301")
def no_evidence(standing: str) -> tuple[str, str]:
    """A claim without evidence whose standing needs some. Only an unverified, partly or opinion claim may have none,
    and then a note must say why."""
    return f"a claim that is {standing} needs evidence", "add evidence, or a standing and a note that say why not"


@rule("B302")
def no_note(why: str) -> tuple[str, str]:
    """A claim that is partly, disputed or unverified, or that has no evidence, needs a note that tells readers why."""
    return f"{why} needs a note", "add `note:` with what is not carried, and why"


@rule("B303", "warning")
def no_quote() -> tuple[str, str]:
    """A supported claim of which no evidence has a quote. Readers cannot check it without opening the source."""
    return "a supported claim without a single quote", "add the words of the source that carry it"


@rule("B304", "warning")
def one_source(section: str) -> tuple[str, str]:
    """A section of three or more claims that rests on a single source."""
    return f"the whole section {quoted(section)} rests on one source", "add a second, independent source"


@rule("B305")
def repeated_evidence(source: str) -> tuple[str, str]:
    """The same source with the same quote stands twice under one claim; it would be shown twice."""
    return f"source {quoted(source)} with this quote stands twice under one claim", "remove one of the two"


@rule("B306")
def too_much_evidence(chars: int, max_chars: int) -> tuple[str, str]:
    """A claim, its note and its quotes are together longer than one message holds, and they are never split."""
    return (
        f"claim, note and quotes are {chars} characters; at most {max_chars} are shown together",
        "shorten the quotes",
    )


@rule("B401")
def notes_out_of_order() -> tuple[str, str]:
    """Change notes stand newest first; this one is newer than the one above it."""
    return "this change note is newer than the one above it", "move it up: newest first"


@rule("B402")
def named_by_two_notes(what: str, name: str) -> tuple[str, str]:
    """Two new change notes name the same claim or the same source, so that it is not clear of what kind its change is.
    Which notes are new shows only in comparison with the version before: `briefbot diff` reports this, `briefbot check`
    does not. A running bot serves the file all the same, and the most severe of the two kinds counts."""
    return f'two new notes name the {what} "{name}"', "make them one note, or let only one of them name it"


@rule("B403")
def review_before_as_of() -> tuple[str, str]:
    """`review_by`, the day of the next review, is before `as_of`, the day up to which the brief is true."""
    return "review_by is before as_of", "fix one of the two dates"


@rule("B404")
def withdrawn_without_note() -> tuple[str, str]:
    """A withdrawn brief answers only with its note, so it needs a change note of kind withdrawal on top."""
    return "a withdrawn brief needs a change note of kind withdrawal", "add one as the first under `changes`"
