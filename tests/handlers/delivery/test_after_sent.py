"""What follows once a post was edited, or Slack refuses to edit it for good."""

import pytest

from tests.handlers.desk import Desk, Row, ferries


@pytest.fixture
def shared(desk: Desk) -> Desk:
    """An answer was shared; nobody follows anything."""
    desk.ask("legal ferries share")
    return desk


def test_a_corrected_post_is_edited_before_its_note_goes_out(shared: Desk) -> None:
    shared.slack.refuse("update", "http_503")
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert shared.rows() == [
        Row("edit", "C1", "pending", due_s=1, attempts=1, error="http_503"),
        Row("note", "C1", "waiting"),
    ]
    shared.wake_at(1)
    assert shared.rows() == [
        Row("edit", "C1", "sent", due_s=1, attempts=2, attempt_s=1),
        Row("note", "C1", "sent", due_s=1, attempts=1, attempt_s=1),
    ]
    post, note = shared.entries()
    assert (post.edits, "There were 1 ferries" in post.text, note.thread_ts) == (1, True, post.ts)
    assert shared.uneditable() == [None]


def test_an_edit_of_unknown_outcome_is_made_again_without_a_look(shared: Desk) -> None:
    shared.slack.history = False
    shared.slack.drop("update", arrives=True)
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert shared.rows()[0] == Row("edit", "C1", "pending", due_s=1, attempts=1, error="dropped")
    shared.wake_at(1)
    assert shared.rows()[0] == Row("edit", "C1", "sent", due_s=1, attempts=2, attempt_s=1)
    post, _ = shared.entries()
    assert post.edits == 2


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message", "message_not_found"])
def test_the_note_of_a_post_that_cannot_be_edited_goes_out_alone_and_says_so(shared: Desk, error: str) -> None:
    (post,) = shared.entries()
    shared.slack.lock("C1", post.ts, error)
    shared.edit(ferries(1, "correction"))
    shared.run()
    edit, note = Row("edit", "C1", "dead", attempts=1, error=error), Row("note", "C1", "sent", attempts=1, attempt_s=0)
    assert (shared.rows(), shared.uneditable()) == ([edit, note], [error])
    shared.edit(ferries(2, "correction"))
    shared.run()
    # In the thread of a post that is gone nothing can stand, and in the channel not with each correction.
    assert shared.rows() == [edit, note] if error == "message_not_found" else [edit, note, note]
    assert shared.entries()[0] == post
    assert shared.status().uneditable == 1
    notes = shared.slack.texts("C1", post.ts)
    assert ["cannot be edited" in text for text in notes] == [True] * (len(shared.rows()) - 1)
    assert ["now reads “There were 1 ferries" in text for text in notes] == [True, False][: len(notes)]


def test_a_post_that_somebody_deleted_stops_no_other_correction(shared: Desk) -> None:
    shared.slack.add_channel("C2")
    shared.ask("legal ferries share", channel="C2")
    shared.slack.delete("C1", shared.entries()[0].ts)
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert [(row.kind, row.channel, row.state) for row in shared.rows()] == [
        ("edit", "C1", "dead"),
        ("note", "C1", "sent"),
        ("edit", "C2", "sent"),
        ("note", "C2", "sent"),
    ]
    post, note = shared.entries("C2")
    assert (post.edits, "Corrected 11 May 2026: was" in post.text, note.thread_ts) == (1, True, post.ts)
    assert shared.uneditable() == ["message_not_found", None]


def test_a_thread_whose_parent_cannot_be_edited_gives_way_to_another(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    desk.run()
    parent = desk.entries()[0]
    desk.slack.lock("C1", parent.ts)
    desk.edit(ferries(2))
    desk.run()
    assert desk.rows()[-1] == Row("refresh", "C1", "void", attempts=1, error="edit_window_closed")
    parents = [each for each in desk.entries() if each.thread_ts is None]
    assert [len(desk.slack.texts("C1", each.ts)) for each in parents] == [1, 1]
