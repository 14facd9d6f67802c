"""Rules B209 to B215, B307 and B405: what is doubtful in a well formed brief, and suppressions of it. Checked in
`content_checks` and `suppression`."""

from bot.core.linting.echo import did_you_mean, quoted
from bot.core.linting.rules import rule


@rule("B209", "warning")
def same_text(claim: str) -> tuple[str, str]:
    """Two claims of one brief have the same text. Readers would see it twice, and a correction may miss one of them.

    Wrong, in a claim:

        text: All of the tea of 1773 was lost.
        evidence: [{source: gazette, quote: all of the tea was lost}]

    Right:

        text: The duty on tea stayed in 1773.
    """
    return f"the claim {quoted(claim)} has the same text", "remove one of the two, or say what differs"


@rule("B210", "warning")
def same_address(source: str) -> tuple[str, str]:
    """Two sources of one brief have the same address. One page is one source, however many claims cite it.

    Wrong:

        sources:
          gazette: {publisher: Gazette, kind: news, url: https://example.org/gazette}
          journal: {publisher: Journal, kind: news, url: https://example.org/gazette}

    Right:

        sources:
          gazette: {publisher: Gazette, kind: news, url: https://example.org/gazette}
          journal: {publisher: Journal, kind: news, url: https://example.org/journal}
    """
    return f"the source {quoted(source)} has the same address", "remove one of the two, and cite the other"


@rule("B211", "warning")
def same_tag(tag: str) -> tuple[str, str]:
    """A tag stands twice in one brief.

    Wrong:

        tags: [tea, law, tea]

    Right:

        tags: [tea, law]
    """
    return f"the tag {quoted(tag)} stands twice", "remove one of the two"


@rule("B212", "warning")
def no_changes() -> tuple[str, str]:
    """A published brief without a single change note. Readers are told that it is new, and not what it is.

    Wrong:

        changes: []

    Right:

        changes:
          - {date: 2025-02-10, kind: new, note: First version.}
    """
    return "this brief has no change notes", "add `changes:` with a note of kind new"


@rule("B213", "warning")
def unused_suppression(code: str, claim: str | None, nearest: str | None, is_known: bool) -> tuple[str, str]:
    """An entry of `lint-ignore` that suppresses nothing: what it was for has been mended, or it names no claim of the
    brief.

    Wrong:

        lint-ignore:
          - {rule: B304, until: 2098-12-31, reason: The Gazette gives no words that carry it.}

    Right:

        lint-ignore: []
    """
    if claim is not None and not is_known:
        return f"{quoted(claim)} is not a claim of this brief", did_you_mean(claim, nearest, "fix the id, or remove it")
    return f"{code} is not reported {f'at {quoted(claim)}' if claim else 'here'}", "remove the entry"


@rule("B214", "warning")
def outdated_suppression(code: str, until: str) -> tuple[str, str]:
    """An entry of `lint-ignore` whose day is past. It suppresses nothing any more.

    Wrong:

        lint-ignore:
          - {rule: B304, until: 2020-12-31, reason: The Gazette gives no words that carry it.}

    Right:

        lint-ignore: []
    """
    return f"{code} was to be suppressed until {until}", "mend the problem and remove the entry, or set a later day"


@rule("B215")
def not_suppressible(code: str, nearest: str | None, is_rule: bool) -> tuple[str, str]:
    """An entry of `lint-ignore` that names an error, or no rule at all. Only warnings can be suppressed.

    Wrong:

        lint-ignore:
          - {rule: B201, until: 2098-12-31, reason: The Gazette gives no words that carry it.}

    Right:

        lint-ignore: []
    """
    if is_rule:
        return f"{code} is an error, which cannot be suppressed", "mend the problem and remove the entry"
    return f"{quoted(code)} is no rule", did_you_mean(code, nearest, "docs/rules.md has the codes")


@rule("B307", "warning")
def not_in_quotes(what: str, words: str) -> tuple[str, str]:
    """Words between quotation marks, double or single, that none of the claim's quotes has, whatever its standing; or a
    figure that is in none of them, unless the claim is unverified or our own reading. Its note, and what is said of a
    cited source (title, date, publisher, note, locator), count as well. `1,200`, `1200`, `1.2 thousand` and `twelve
    hundred` are the same figure. A number in words counts from ten on: smaller ones count what a claim lists, or stand
    in set phrases. A year or a day counts only where the quotes name another one.

    Wrong, in a claim:

        text: The tea of 432 chests was lost in 1773.
        evidence: [{source: gazette, quote: the tea of three hundred and forty-two chests}]

    Right:

        text: The tea of 342 chests was lost in 1773.
        evidence: [{source: gazette, quote: the tea of three hundred and forty-two chests}]
    """
    return f"the {what} {quoted(words)} is in none of the quotes", "fix the claim, or add the words that carry it"


@rule("B405", "warning")
def future_date(value: str) -> tuple[str, str]:
    """A date that is still to come: of the brief, of a change note or of a source. `review_by` may be one.

    Wrong, in a change note:

        date: 2099-02-10

    Right:

        date: 2025-02-10
    """
    return f"{value} is in the future", "fix the date; what is planned belongs into the text"
