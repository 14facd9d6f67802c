"""Rules B2xx (references) and B3xx (evidence). Checked in `checks`."""

from collections.abc import Sequence

from bot.core.linting.echo import did_you_mean, quoted
from bot.core.linting.rules import rule


@rule("B201")
def unknown_source(source: str, nearest: str | None) -> tuple[str, str]:
    """Evidence names a source that is not defined under `sources`.

    Wrong, in a claim:

        evidence: [{source: gazete, quote: the said duty shall be paid}]

    Right:

        evidence: [{source: gazette, quote: the said duty shall be paid}]
    """
    hint = did_you_mean(source, nearest, "add it under sources or fix the id")
    return f"source {quoted(source)} is not defined", hint


@rule("B202")
def uncited_source(source: str) -> tuple[str, str]:
    """A source that no claim cites. Readers would never see it. Those of a draft may wait for their claims.

    Wrong:

        sources:
          gazette: {publisher: Gazette, kind: news, url: https://example.org/gazette}
          pamphlet: {publisher: A press, kind: comment, url: https://example.org/pamphlet}

    Right:

        sources:
          gazette: {publisher: Gazette, kind: news, url: https://example.org/gazette}
    """
    return f"source {quoted(source)} is cited by no claim", "cite it as evidence or remove it"


@rule("B203")
def duplicate_claim(claim: str) -> tuple[str, str]:
    """Two claims of one brief have the same id. Corrections and links would reach the wrong one.

    Wrong, in a claim:

        id: chests-lost

    Right:

        id: duty-stays
    """
    return f"the claim id {quoted(claim)} is used twice", "give the second claim an id of its own"


@rule("B204")
def duplicate_alias(alias: str, other: str, hint: str) -> tuple[str, str]:
    """An alias already means another brief, or this brief again. Readers who type it would be asked to choose.
    Where they should be, list it under `shared_aliases` in `_store.yaml`.

    Wrong:

        aliases: [tea duty, Tea-Duty]

    Right:

        aliases: [tea duty, tea tax]
    """
    return f"{quoted(alias)} already names {other}", hint


@rule("B205")
def reserved_word(word: str, meaning: str) -> tuple[str, str]:
    """A slug, an alias or a section name is a word of the command itself, so nobody could reach it by typing it.

    Wrong:

        aliases: [search]

    Right:

        aliases: [search for tea]
    """
    return f"{quoted(word)} is already {meaning}", "choose another word"


@rule("B206")
def unknown_section(key: str, nearest: str | None, known: str) -> tuple[str, str]:
    """A section key that `_store.yaml` does not name; it would have no title and no place in the order.

    Wrong:

        sections:
          leagl:
            claims: [{id: a, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}]

    Right:

        sections:
          legal:
            claims: [{id: a, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}]
    """
    hint = did_you_mean(key, nearest, f"use one of {known}, or add it to _store.yaml")
    return f"{quoted(key)} is not a section of this store", hint


@rule("B207")
def bad_lead(slug: str, reason: str) -> tuple[str, str]:
    """The lead brief in `_store.yaml` cannot answer: there is no such valid file, or it is not published.

    Wrong, in `_store.yaml`:

        lead: tea-acts

    Right:

        lead: tea-act
    """
    return f"the lead brief {quoted(slug)} {reason}", "name a published brief, or remove `lead`"


@rule("B208")
def unknown_name_in_note(what: str, name: str, nearest: str | None) -> tuple[str, str]:
    """A change note names a claim or a source that the brief does not have. Only corrections and withdrawals may name
    what is gone.

    Wrong, in a change note:

        claims: [duty-stay]

    Right:

        claims: [duty-stays]
    """
    hint = did_you_mean(name, nearest, "fix the id or remove it from the note")
    return f"the note names the {what} {quoted(name)}, which does not exist", hint


@rule("B216")
def missing_section(key: str, users: Sequence[str], nearest: str | None) -> tuple[str, str]:
    """`_store.yaml` lacks a section that briefs use and that nobody changed; most often its key was misspelt or removed
    here. Wrong: `leagl: {title: Legal considerations}`, where briefs have a section `legal`. Right:
    `legal: {title: Legal considerations}`."""
    use = f"{users[0]} uses it" if len(users) == 1 else f"{len(users)} briefs use it"
    mend = f"write {quoted(key)} instead of {quoted(nearest)}" if nearest is not None else "put it back"
    return f"the section {quoted(key)} is missing, and {use}", f"{mend}, or give these briefs another section"


@rule("B301")
def no_evidence(standing: str) -> tuple[str, str]:
    """A claim without evidence whose standing needs some. Only an unverified, partly or opinion claim may have none,
    and then a note must say why.

    Wrong, in a claim:

        evidence: []

    Right:

        evidence: []
        standing: partly
        note: Said by the chair alone.
    """
    return f"a claim that is {standing} needs evidence", "add evidence, or a standing and a note that say why not"


@rule("B302")
def no_note(why: str) -> tuple[str, str]:
    """A claim that is partly, disputed or unverified, or that has no evidence, needs a note that tells readers why.

    Wrong, in a claim:

        standing: partly

    Right:

        standing: partly
        note: Said by the chair alone.
    """
    return f"{why} needs a note", "add `note:` with what is not carried, and why"


@rule("B303", "warning")
def no_quote() -> tuple[str, str]:
    """A supported claim of which no evidence has a quote, and that has no note either that says why not. Readers cannot
    check it without opening the source.

    Wrong, in a claim:

        evidence: [{source: gazette}]

    Right:

        evidence: [{source: gazette, quote: the said duty shall be paid}]
    """
    return (
        "a supported claim without a single quote",
        "add the words of the source that carry it, or a note that says why there are none",
    )


@rule("B304", "warning")
def one_source(section: str) -> tuple[str, str]:
    """A section of three or more claims that rests on a single source.

    Wrong:

        sections:
          legal:
            claims:
              - {id: a, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: b, text: Tea was lost in 1773., evidence: [{source: gazette, quote: all of the tea was lost}]}
              - {id: c, text: The port shut in 1774., evidence: [{source: gazette, quote: the port was then shut}]}

    Right:

        sections:
          legal:
            claims:
              - {id: a, text: Tea was taxed in 1773., evidence: [{source: journal, quote: tea was taxed}]}
              - {id: b, text: Tea was lost in 1773., evidence: [{source: gazette, quote: all of the tea was lost}]}
              - {id: c, text: The port shut in 1774., evidence: [{source: gazette, quote: the port was then shut}]}
    """
    return f"the whole section {quoted(section)} rests on one source", "add a second, independent source"


@rule("B305")
def repeated_evidence(source: str) -> tuple[str, str]:
    """The same source with the same quote stands twice under one claim; it would be shown twice.

    Wrong, in a claim:

        evidence:
          - {source: gazette, quote: the said duty shall be paid}
          - {source: gazette, quote: the said duty shall be paid}

    Right:

        evidence:
          - {source: gazette, quote: the said duty shall be paid}
    """
    return f"source {quoted(source)} with this quote stands twice under one claim", "remove one of the two"


@rule("B306")
def too_long_for_message(what: str, chars: int, max_chars: int, hint: str) -> tuple[str, str]:
    """A claim with its note and one of its quotes, or a source, is longer than a message has room for, and neither is
    ever split: 2,800 and 6,200 characters as Slack counts them, where `&` is five and `<` and `>` are four. Further
    quotes of the claim stand on pages of their own. Wrong: a quote of 1,000 characters, 500 of which are `&`. Right: of
    the quote the sentence that carries the claim."""
    return f"{what} {chars} characters as Slack counts them; a message has room for {max_chars}", hint
