"""Rules B4xx (change notes and dates). Checked in `checks`."""

from bot.core.linting.rules import rule


@rule("B401")
def notes_out_of_order() -> tuple[str, str]:
    """Change notes stand newest first; this one is newer than the one above it.

    Wrong:

        changes:
          - {date: 2025-02-10, kind: new, note: First version.}
          - {date: 2025-03-01, kind: update, note: The port is open again.}

    Right:

        changes:
          - {date: 2025-03-01, kind: update, note: The port is open again.}
          - {date: 2025-02-10, kind: new, note: First version.}
    """
    return "this change note is newer than the one above it", "move it up: newest first"


@rule("B402")
def named_by_two_notes(what: str, name: str) -> tuple[str, str]:
    """Two new change notes name the same claim or the same source, so that it is not clear of what kind its change is.
    Which notes are new shows only in comparison with the version before: `briefbot diff` reports this, `briefbot check`
    does not. A running bot serves the file all the same, and the most severe of the two kinds counts."""
    return f'two new notes name the {what} "{name}"', "make them one note, or let only one of them name it"


@rule("B403")
def review_before_as_of() -> tuple[str, str]:
    """`review_by`, the day of the next review, is before `as_of`, the day up to which the brief is true.

    Wrong:

        as_of: 2025-02-10
        review_by: 2025-01-31

    Right:

        as_of: 2025-02-10
        review_by: 2025-05-31
    """
    return "review_by is before as_of", "fix one of the two dates"


@rule("B404")
def withdrawn_without_note() -> tuple[str, str]:
    """A withdrawn brief answers only with the note of its withdrawal, so it needs a change note of kind withdrawal.
    Later notes may stand above it, but for one of kind new. A brief that is withdrawn again needs a new one, which
    `briefbot diff` reports.

    Wrong:

        status: withdrawn

    Right:

        status: withdrawn
        changes:
          - {date: 2025-03-01, kind: withdrawal, note: The Gazette has withdrawn its report.}
          - {date: 2025-02-10, kind: new, note: First version.}
    """
    return "a withdrawn brief needs a change note of kind withdrawal", "add one as the first under `changes`"


@rule("B406", "warning")
def reinstated_without_note() -> tuple[str, str]:
    """A brief that was withdrawn is published again, and no new change note says why: readers see only that it is back.
    Which notes are new shows only in comparison with the version before: `briefbot diff` reports this, `briefbot check`
    does not."""
    return (
        "this brief is published again without a note",
        "add a change note that says why, as the first under `changes`",
    )
