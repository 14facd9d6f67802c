"""Posts of claims that were merged or split: they are never said to be withdrawn, and follow what they became."""

from bot.core.briefs.brief import Brief, ChangeNote
from tests.handlers.desk import Desk
from tests.handlers.replica import MONDAY
from tests.make import brief, claim

SIGNED = "The UK and Rwanda signed a memorandum in Kigali on 13 April 2022 on asylum seekers."
GAVE = "The UK gave Rwanda an initial £120 million and undertook to fund accommodation and integration."
JOINED = f"{SIGNED[:-1]}; {GAVE[0].lower()}{GAVE[1:]}"


def version(*texts: str, note: str = "") -> Brief:
    """A brief with claims a, b … with these texts, and a correction with this note."""
    claims = [claim(name, text) for name, text in zip("ab", texts, strict=False)]
    changes = (ChangeNote(date=MONDAY.date(), kind="correction", note=note),) if note else ()
    return brief("rwanda", {"legal": claims}, changes=changes)


def shared(desk: Desk, *versions: Brief) -> list[str]:
    """The texts of an answer about the first version and of the notes in its thread, after the others."""
    first, *others = versions
    desk.edit(first)
    desk.ask("legal rwanda share")
    for each in others:
        desk.edit(each)
        desk.run()
    return [entry.text for entry in desk.entries()]


def test_an_answer_shows_a_merged_claim_once_and_goes_on_to_follow_it(desk: Desk) -> None:
    dear = JOINED.replace("£120", "£140")
    post, *notes = shared(
        desk, version(SIGNED, GAVE), version(dear, note="It was £140 million."), version(JOINED, note="No.")
    )
    assert not any(word in text for text in (post, *notes) for word in ("withdrawn", "Withdrawn", "no longer stands"))
    assert post.count("signed a memorandum in Kigali on 13 April 2022 on asylum seekers; the UK gave") >= 1
    assert post.count(f"{JOINED} [1]") == 1
    assert "now stands in “… the UK gave Rwanda an initial £140 million" in notes[0]


def test_a_claim_whose_words_all_stand_in_another_one_is_not_spoken_of(desk: Desk) -> None:
    post, *notes = shared(desk, version(SIGNED, GAVE), version(JOINED, note="One claim."))
    assert f"{GAVE} [1]" in post
    assert [note.count("•") for note in notes] == [1]
    assert f"now reads “{JOINED}”" in notes[0]


def test_an_answer_shows_both_halves_of_a_split_claim(desk: Desk) -> None:
    whole, right = version(JOINED), SIGNED.replace("13", "14")
    post, note = shared(desk, whole, version(right, GAVE, note="It was 14 April."))
    assert f"{right} {GAVE} [1]" in post
    assert f"{right} {GAVE}" in note
