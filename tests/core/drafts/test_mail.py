"""What only mails have, and sentences that look like it."""

import pytest

from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.drafts.compose import compose
from tests.pasted import assert_holds_every_word

MAIL = [
    "Dear all,",
    "Dear readers,",
    "Hello Ada, dear Ben,",
    "Sehr geehrte Frau Quay,",
    "Best,",
    "Many thanks and kind regards,",
    "Mit freundlichen Grüßen,",
    "Ada Quay,",
    "On Mon, 3 Mar 2025 at 18:40, Ben Pier <ben@example.org> wrote:",
    "On Mon, Mar 3, 2025 at 6:40 PM Ben Pier wrote:",
    "Ben Pier <ben@example.org> wrote:",
    "Am 3. März 2025 um 18:40 schrieb Ben Pier <ben@example.org>:",
    "El lun, 3 mar 2025 a las 18:40, Ben Pier (<ben@example.org>) escribió:",
    "Le lun. 3 mars 2025 à 18:40, Ben Pier <ben@example.org> a écrit :",
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "From: Ada Quay, Harbour Inc.\nTo: The Board, Dover Ltd.",
    "From: Ada Quay <ada@example.org>\nTo: desk@example.org",
    "Von: Ada Quay\nGesendet: Dienstag, 4. März 2025 10:12",
    "Date: 4 March 2025, 9 a.m.\nSubject: The board has cut all the boats.",
]

SENTENCES = [
    "In March the board met again,",
    "Best practice is to wait,",
    "Good boats are few,",
    "Dear life goes on,",
    "From: the harbour a boat leaves at nine.\nTo: the island it takes an hour.",
    "From: twelve boats.\nTo: six of them!",
    "--\n- One is the first\n- One is the second",
    f"--\nOne is so that nobody {'ever ' * 12}knew",
    "Date: The board met on 3 March.\nSubject: It cut half of the boats.",
    "To: us the board has said “nothing at all.”\nVon: dort kam bisher keine Antwort.",
    "At 10:30 the mayor of the town wrote that nobody knows, and added:",
    "The mayor wrote at 10:30 that it is so:",
    "On 3 March 2025 at 10:30 the chair of the board wrote:",
    "The minutes (<desk@example.org> has them) say who wrote:",
    "--- The board met again. ---",
    "--\nThe board met “again.”",
]


@pytest.mark.parametrize("text", MAIL)
def test_what_only_mails_have_is_a_remark(text: str) -> None:
    draft = compose(f"{text}\n\nOne is so.\n", NO_VOCABULARY)
    assert [claim.text for claim in draft.claims] == ["One is so."]
    assert {remark.kind for remark in draft.remarks} <= {"mail", "title"}
    assert_holds_every_word(draft, f"{text}\n\nOne is so.\n")


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_that_look_like_parts_of_a_mail_are_claims(text: str) -> None:
    draft = compose(f"One is so.\n\n{text}\n\nTwo is so.\n", NO_VOCABULARY)
    assert draft.remarks == ()
    assert len(draft.claims) == 2 + len(text.strip("-\n").splitlines())
    assert_holds_every_word(draft, f"One is so.\n\n{text}\n\nTwo is so.\n")
