"""Rules B5xx: what must not change in silence from one version to the next. Checked in `version_checks`."""

from collections.abc import Sequence

from bot.core.linting.rules import rule

SHOWN = 3
"""Claims that are named of many."""


@rule("B501")
def brief_gone(slug: str, now: str, hint: str) -> tuple[str, str]:
    """A published brief is gone, renamed, or a draft again. Its slug stands in messages and links, and readers would be
    told that it is no longer published, without a reason. Withdraw it with a note; or, where another brief takes its
    place, add the old slug to that brief's aliases. A brief that says the same under another name is a rename, and
    readers are not told of it; rename and edit it in two steps."""
    return f'the brief "{slug}" was published and {now}', hint


@rule("B502")
def alias_gone(alias: str, what: str) -> tuple[str, str]:
    """An alias of a brief, or a name of a section, is gone and names nothing else. Readers who type it find nothing any
    more."""
    return f'"{alias}" no longer names {what}', "put it back under `aliases`: they are kept for ever"


@rule("B503")
def claim_id_renamed(old: str, new: str) -> tuple[str, str]:
    """A claim has another id than before and says the same. Corrections and links know a claim by its id."""
    return f'the claim "{old}" is renamed to "{new}"; corrections lose the posts that show it', f'keep the id "{old}"'


@rule("B504")
def claim_id_reused(claim: str) -> tuple[str, str]:
    """A claim's id stands for another statement than before. Earlier posts of the old one would be corrected into the
    new one."""
    return f'the claim "{claim}" is now another statement', "give it an id of its own, and say why the old one is gone"


@rule("B505")
def fact_edited(changes: str) -> tuple[str, str]:
    """A change that a note declares editorial touches a figure, a date, a name, a negation, a quotation, a standing
    or the status, or a word that says how much, how likely, which way or when (*may* and *must*, *all* and *some*,
    *more* and *fewer*, *before* and *after*), or adds or removes a claim. Editorial changes are never announced: they
    are for spelling, punctuation and style."""
    return f"this is declared editorial, but {changes}", "declare it a correction, an update or a clarification"


@rule("B506", "warning")
def removal_without_note(claims: Sequence[str]) -> tuple[str, str]:
    """A claim is gone, or several of a section are, and no new note is about it. Readers see it struck out without a
    reason."""
    first = ", ".join(f'"{each}"' for each in claims[:SHOWN])
    more = f" and {len(claims) - SHOWN} more" if claims[SHOWN:] else ""
    what = f"the claim {first} is" if len(claims) == 1 else f"{len(claims)} claims are"
    names = "" if len(claims) == 1 else f": {first}{more}"
    return (
        f"{what} gone without a note{names}",
        f"add a change note that says why, with `claims: [{', '.join(claims[:SHOWN])}{', …' if more else ''}]`",
    )


@rule("B507", "warning")
def quotation_edited(changes: str, claim: str) -> tuple[str, str]:
    """The words of a quotation changed, and no correction note is about it: it was wrong before, or it is now."""
    return f"{changes} without a correction note", f"add one with `claims: [{claim}]`, or put the old words back"


@rule("B508", "warning")
def nothing_corrected(what: str, instead: str) -> tuple[str, str]:
    """A new correction note names a claim or a source that reads as before, or nothing was corrected at all. What was
    corrected may have no note then, and posts of it stay as they are."""
    return f"this correction is new, but {what} as before", instead


@rule("B509", "warning")
def fact_changed_without_note(changes: str) -> tuple[str, str]:
    """A figure, a date, a name or a negation changed, and no new note is about it. Readers are told of an update, and
    not whether the text was wrong or the world changed."""
    return (
        f"{changes} without a note",
        "add a change note: a correction if it was wrong, an update if the world changed",
    )


@rule("B510")
def store_gone() -> tuple[str, str]:
    """`_store.yaml` was published and is gone, or names no sections any more. Sections would lose their titles, their
    order and the other words for them. The bot goes on with the published one until the file is back, or until
    `briefbot publish --force`."""
    return "_store.yaml was published and is gone, or is empty", "put it back; if it is meant: briefbot publish --force"
