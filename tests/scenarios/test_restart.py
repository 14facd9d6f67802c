"""The bot ends and starts again over the same database; what happened meanwhile is told once, and nothing is lost."""

from bot.workspace.messages import Message
from bot.workspace.workspace import ALL_SCOPES
from tests.live import eventually
from tests.scenarios.room import ALTERNATIVE, COURT, FOUR, HARDLY, SIX_TO_FOUR, THREE, TITLE, Room, claims, reads, title

POST = "chat.postMessage"


def news(messages: list[Message]) -> list[list[str]]:
    """The claims that each post tells anew."""
    return [found for message in messages if (found := claims(message))]


def test_a_start_with_changed_files_tells_the_difference_once_and_one_with_the_same_files_nothing(room: Room) -> None:
    other = room.add()
    room.ask("/brief subscribe all")
    room.ask("/brief use {brief}")
    with room.stage.down():
        room.save(SIX_TO_FOUR)
        room.save(COURT)
        (room.stage.briefs / f"{other}.yaml").unlink()
    assert news(room.settled()) == [[FOUR, THREE]]
    eventually(lambda: sum("This brief is no longer published." in post.text for post in room.posts()) == 1)
    with room.stage.down():
        pass
    room.edit(ALTERNATIVE)
    assert news(room.settled()) == [[FOUR, THREE], [HARDLY]]
    assert len(room.posts()) == 5
    assert title(room.ask("/brief legal")) == TITLE


def test_what_was_owed_when_the_bot_ended_goes_out_when_it_starts(room: Room) -> None:
    faults = room.stage.workspace.faults
    room.ask("/brief subscribe all")
    room.ask("/brief overview {brief} share")
    faults.inject(1, {"unavailable": 1.0}, frozenset({POST, "chat.update"}))
    room.edit(reads("from twelve to six.", "from twelve to four."), COURT)
    with room.stage.down():
        room.save(ALTERNATIVE)
        faults.inject(1, {})
    assert news(room.settled()) == [[FOUR, HARDLY, THREE]]


def test_files_that_went_back_while_the_bot_was_down_publish_nothing_until_they_are_saved_again(room: Room) -> None:
    back = reads("from twelve to four.", "from twelve to six.")
    room.ask("/brief subscribe all")
    room.edit(SIX_TO_FOUR)
    room.settled()
    with room.stage.down():
        room.save(back)
    assert FOUR in room.ask("/brief overview {brief}").text
    room.save(SIX_TO_FOUR)
    room.edit(COURT)
    assert news(room.settled()) == [[FOUR], [THREE]]


def test_after_a_dropped_connection_the_bot_looks_and_where_it_cannot_does_as_it_is_set_to(room: Room) -> None:
    """A post that may have arrived is held, or is posted again and counted. The thread's parent meets no trouble."""
    app, faults = room.stage.workspace.state.app, room.stage.workspace.faults
    private, threaded = room.another("private", private=True), room.another("threaded")
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe all", channel=private)
    room.ask("/brief subscribe all deliver:thread", channel=threaded)
    app.scopes |= {"channels:history"}
    with room.stage.run_with(unconfirmed_posts="hold"):
        for kind in ("drop_before", "drop_after", "slow", "drop_after"):
            faults.script(POST, kind, seconds=0)
        room.edit(SIX_TO_FOUR)
        eventually(lambda: "3 messages may have arrived; the bot looks before it posts again." in room.stage.status())
        assert news(room.settled()) == [[FOUR]]
        parent, reply = room.posts(threaded)[1:]
        assert (news([reply]), reply.thread_ts) == ([[FOUR]], parent.ts)
        assert news(room.posts(private)) == [[FOUR]]
        assert "1 message may have arrived and will not be posted again" in room.stage.status()
        room.edit(COURT)
        assert news(room.settled(private)) == [[FOUR], [THREE]]
    assert news(room.settled(private)) == [[FOUR], [THREE], [FOUR]]
    assert "1 message was posted again without knowing whether the first had arrived." in room.stage.status()
    app.scopes = ALL_SCOPES
