"""Rules B227 and B308: how a claim says when, and what was not found. Checked in `wording`."""

from bot.core.linting.rules import rule


@rule("B227", "warning")
def no_year() -> tuple[str, str]:
    """A claim of a published brief that names no year, and does not say `undated: true`. Read a year later, or alone in
    a search, nobody knows of when it speaks. A year has four digits, and is no part of a longer number: the one in *the
    Act of 1773* counts, that in *No. 1773/45* does not. What holds at all times, such as a constitution, is undated.

    Wrong, in a claim:

        text: On 16 December the tea was thrown into the harbour.

    Right:

        text: On 16 December 1773 the tea was thrown into the harbour.
    """
    return "this claim names no year", "say of which year it is, or `undated: true` if it is true at all times"


@rule("B308", "warning")
def reads_as_fact() -> tuple[str, str]:
    """An unverified claim that reads as a fact. In a notification, a search or a copy its words may stand without
    their standing, so they have to say themselves that it was not found: *whether*, *no report*, *not confirmed*,
    *unclear* and the like. In a draft it may be one that nobody has looked for yet.

    Wrong, in a claim:

        text: The governor bought the tea of 1773.
        standing: unverified
        note: Looked for in the reports of 1773.

    Right:

        text: "Whether the governor bought the tea of 1773: no report read says so."
        standing: unverified
        note: Looked for in the reports of 1773.
    """
    return "this claim is unverified and reads as a fact", 'word it so: "Whether …: no report read says so."'
