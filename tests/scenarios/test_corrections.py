"""What was said in public is corrected where it stands, and its thread says so."""

import re
from collections.abc import Callable

import pytest

from bot.render.document.mrkdwn import length
from bot.render.document.phrases import day
from bot.workspace.messages import Message
from bot.workspace.workspace import plain
from tests.live import eventually
from tests.scenarios.room import (
    ALTERNATIVE,
    COURT,
    FERRIES,
    SIX_TO_FOUR,
    TITLE,
    Edit,
    Room,
    at_length,
    buttons,
    note,
    reads,
    title,
)

TEXT_MAX = 4000
"""Characters in the text of `chat.update`. Source: docs.slack.dev, chat.update."""

SIX = "“On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.”"
FOUR = "“On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.”"
EFFECTS = "Corrected|Withdrawn|Reinstated|Updated"
CORRECTED = note("correction", "The board went further than we said.", "halved")


def lines(message: Message) -> list[str]:
    """The lines of a post that say what was corrected."""
    return re.findall(rf"^(?:{EFFECTS}) \d+ \w+ \d{{4}}: (.*)$", plain(message.text), re.MULTILINE)


def notes(room: Room, thread_ts: str, channel: str | None = None) -> list[str]:
    """What the notes of a thread say, without their first words and the day."""
    said = [plain(each.text) for each in room.posts(channel) if each.thread_ts == thread_ts]
    found = [re.fullmatch(rf"(?:{EFFECTS}) \d+ \w+ \d{{4}}(.*)", each, re.DOTALL) for each in said]
    return [each[1] for each in found if each]


def shared(room: Room, typed: str = "overview {brief}", channel: str | None = None) -> Message:
    """A shared answer."""
    room.ask(f"/brief {typed} share", channel=channel)
    return room.posts(channel)[-1]


def mention(room: Room, words: str, channel: str, thread_ts: str | None = None) -> Message:
    """The answer to a mention."""
    workspace = room.stage.workspace
    workspace.say(room.ann, channel, f"<@{workspace.state.app.bot_user}> {words}", thread_ts)
    return room.posts(channel)[-1]


def test_every_kind_of_post_is_corrected_where_it_stands_and_its_thread_says_so(room: Room) -> None:
    asked, searched, told = (room.another(name) for name in ("asked", "searched", "told"))
    question = room.stage.workspace.say(room.ben, asked, "What happened in March?")
    answer = shared(room)
    reply = mention(room, f"overview {room.brief}", asked, question.ts)
    hits = mention(room, "search harbour board cut", searched)
    room.ask("/brief subscribe {brief}/overview", channel=told)
    room.edit(reads("from twelve to six.", "from twelve to five."))
    update = room.post(2, told)
    assert lines(answer) == lines(update) == []
    room.edit(reads("from twelve to five.", "from twelve to four."), CORRECTED)
    room.settled()
    assert lines(answer) == lines(reply) == lines(hits) == [f"was {SIX}"]
    assert all(FOUR[1:-1] in plain(each.text) for each in (answer, reply, hits))
    (line,) = lines(update)
    assert FOUR[-10:] in line
    assert "from twelve to five. [2]" in plain(update.text)
    for message, thread_ts in ((answer, answer.ts), (reply, question.ts), (hits, hits.thread_ts), (update, update.ts)):
        (words,) = notes(room, str(thread_ts), message.channel)
        assert words.startswith(" · The board went further than we said.\n• “On 2 March 2025")
        assert words.endswith(f" now reads {FOUR}")
    assert {each.edits for each in (answer, reply, hits, update)} == {1}
    assert re.search(r"Corrections of earlier posts: \d+ made in the last 24 hours\.", room.stage.status())
    assert answer.text.startswith(f"Shared by <@{room.ann}>\n\n{FOUR[1:-1]}")
    assert title(answer) == TITLE


def test_the_note_leads_to_the_section_as_it_reads_now(room: Room) -> None:
    shared(room)
    room.edit(SIX_TO_FOUR, CORRECTED)
    said = room.settled()[-1]
    assert buttons(said) == ["Open Overview"]
    assert FOUR[1:-1] in plain(room.press(said, "open:section-1", room.ben).text)


@pytest.mark.parametrize("view", ["", " quotes"])
def test_a_later_page_keeps_its_blocks_and_stays_within_slacks_limits(room: Room, view: str) -> None:
    room.edit(at_length)
    first = room.ask(f"/brief outlook {{brief}}{view}")
    second = room.press(first, "continue")
    assert "In winter 9" in second.text
    assert "In winter 13" not in second.text
    room.press(second, "share")
    post = room.posts()[-1]
    before, controls = post.blocks, buttons(post)
    for was, now in (("three", "four"), ("four", "five")):
        room.edit(
            reads(f"text: In winter 9 {was} boats", f"text: In winter 9 {now} boats"),
            note("correction", f"It was {now}.", "winter-9"),
        )
    room.settled()
    assert len(lines(post)) == 2
    assert "In winter 9 five boats were mended" in post.text
    assert "page 2 of" in post.text
    assert length(post.text) <= TEXT_MAX
    assert [block["type"] for block in post.blocks if block["type"] != "rich_text"] == [
        block["type"] for block in before if block["type"] != "rich_text"
    ]
    assert not post.edited
    assert buttons(post) == controls
    assert len(notes(room, post.ts)) == 2


def grouped(text: str) -> str:
    """A section with a group that is shown on demand only."""
    groups = "    groups: [{title: The winter, claims: [winter-2]}, {title: Later, claims: [winter-3], folded: true}]\n"
    found = "".join(
        f"      - id: winter-{n}\n        text: In winter {n} three boats were mended.\n"
        f"        evidence: [{{source: radio, quote: in winter {n} three boats were mended}}]\n"
        for n in range(1, 4)
    )
    return text.replace("sources:\n", f"  outlook:\n{groups}    claims:\n{found}sources:\n")


def test_a_corrected_post_still_leads_to_what_it_does_not_show(room: Room) -> None:
    room.edit(grouped)
    answer = shared(room, "outlook {brief}")
    before, controls = plain(answer.text), buttons(answer)
    assert "\n2 of 3 claims · " in before
    assert controls[:1] + controls[-1:] == ["Evidence (3 quotes)", "Show all 3 claims (1 more)"]
    room.edit(reads("In winter 2 three boats were", "In winter 2 four boats were"), note("correction", "Four."))
    room.settled()
    assert lines(answer) == ["was “In winter 2 three boats were mended.”"]
    assert "The winter\n• In winter 2 four boats were mended." in plain(answer.text)
    assert "\n2 of 3 claims · " in plain(answer.text)
    assert buttons(answer) == controls
    assert "In winter 3" not in plain(answer.text)


@pytest.mark.parametrize("kind", ["update", "clarification", "evidence", "editorial"])
def test_other_edits_leave_what_was_said_as_it_is(room: Room, kind: str) -> None:
    answer, before = shared(room), room.posts()[0].text
    room.edit(SIX_TO_FOUR, note(kind, "Newer.", "halved"))  # type: ignore[arg-type]
    assert room.settled() == [answer]
    assert (answer.text, answer.edits) == (before, 0)


def test_a_correction_of_another_claim_does_not_touch_it(room: Room) -> None:
    answer = shared(room, "legal {brief}")
    room.edit(SIX_TO_FOUR, CORRECTED)
    assert room.settled() == [answer]
    assert answer.edits == 0


def test_a_second_correction_adds_a_second_line_and_a_second_note(room: Room) -> None:
    answer = shared(room)
    room.edit(SIX_TO_FOUR, CORRECTED)
    room.settled()
    room.edit(ALTERNATIVE, note("correction", "There was one, hardly.", "alternative"))
    room.settled()
    first, second = lines(answer)
    assert "twelve to six" in first
    assert "there was no alternative" in second
    assert ["further than we said" in each for each in notes(room, answer.ts)] == [True, False]
    assert "There was one, hardly." in notes(room, answer.ts)[1]


def without(claim: str) -> Edit:
    """A brief without a claim."""
    return lambda text: re.sub(rf"      - id: {claim}\n(        .*\n)+", "", text)


def test_a_withdrawn_claim_is_taken_out_and_named(room: Room) -> None:
    answer = shared(room)
    room.edit(without("halved"), note("withdrawal", "Nobody can show it.", "halved"))
    room.settled()
    assert lines(answer) == [SIX]
    assert plain(answer.text).count("On 2 March 2025") == 1
    assert "The board said that there was no alternative." in answer.text
    assert notes(room, answer.ts) == [f" · Nobody can show it.\n• {SIX} no longer stands."]


def test_a_withdrawn_brief_is_said_to_be_so_wherever_it_was_shown(room: Room) -> None:
    answer = shared(room, "legal {brief}")
    room.edit(SIX_TO_FOUR, CORRECTED)
    room.edit(reads("status: published", "status: withdrawn"), note("withdrawal", "It was a hoax."))
    room.settled()
    assert lines(answer) == [f"the brief “{TITLE}”"]
    assert "Two towns" not in answer.text
    (said,) = notes(room, answer.ts)
    assert said.startswith(" · It was a hoax.\n")
    assert "was withdrawn" in said


def test_a_brief_whose_file_is_gone_is_withdrawn_from_what_was_said(room: Room) -> None:
    answer = shared(room)
    room.remove()
    room.settled()
    assert lines(answer) == [f"the brief “{TITLE}”"]
    assert len(notes(room, answer.ts)) == 1


def test_what_was_asked_in_private_is_not_remembered(room: Room) -> None:
    private = room.stage.workspace.state.direct(room.ann).id
    alone = room.ask("/brief overview {brief}")
    room.stage.workspace.say(room.ann, private, f"overview {room.brief}")
    direct = room.stage.workspace.last(room.ann, private)
    room.edit(SIX_TO_FOUR, CORRECTED)
    assert room.settled() == []
    assert (alone.edits, direct.edits) == (0, 0)
    assert room.stage.workspace.last(room.ann, private) is direct


def test_a_post_that_was_corrected_once_follows_its_claim(room: Room) -> None:
    """A correction may be taken back as an update, and must not stay in the post as what is right."""
    answer = shared(room)
    room.edit(SIX_TO_FOUR, CORRECTED)
    room.settled()
    room.edit(reads("from twelve to four.", "from twelve to six."))
    room.settled()
    assert lines(answer) == [f"was {SIX}", f"was {FOUR}"]
    assert plain(answer.text).split("\n\n")[1].startswith(SIX[1:-1])
    assert len(notes(room, answer.ts)) == 2


def body(message: Message) -> list[str]:
    """The lines of a post without empty ones, and without those that say what became of it."""
    return [line for line in plain(message.text).splitlines() if line and not re.match(rf"(?:{EFFECTS}) \d+ ", line)]


def file_is_away(room: Room) -> None:
    path = room.stage.briefs / f"{room.brief}.yaml"
    text = path.read_text(encoding="utf-8")
    room.remove()
    room.settled()
    path.write_text(text, encoding="utf-8")
    eventually(lambda: room.brief in room.stage.bot.services.corpus.corpus.briefs)


def status_is_withdrawn(room: Room) -> None:
    room.edit(reads("status: published", "status: withdrawn"), note("withdrawal", "It was a hoax."))
    room.settled()
    mistake = note("correction", "The withdrawal was a mistake; the brief stands.")
    room.edit(reads("status: withdrawn", "status: published"), mistake)


def claim_is_withdrawn(room: Room) -> None:
    claim = re.search(r"      - id: halved\n(?:        .*\n)+", FERRIES)
    assert claim is not None
    room.edit(without("halved"), note("withdrawal", "Nobody can show it.", "halved"))
    room.settled()
    room.edit(
        reads("    claims:\n      - id: alternative", f"    claims:\n{claim[0]}      - id: alternative"), CORRECTED
    )


@pytest.mark.parametrize("mistake", [file_is_away, status_is_withdrawn, claim_is_withdrawn])
def test_what_was_withdrawn_by_mistake_is_reinstated_wherever_it_was_shown(
    room: Room, mistake: Callable[[Room], None]
) -> None:
    room.ask("/brief subscribe {brief} kind:withdrawal")
    answer = shared(room)
    before = body(answer)
    mistake(room)
    posts = room.settled()
    assert [line.split()[0] for line in plain(answer.text).splitlines() if re.match(EFFECTS, line)] == [
        "Withdrawn",
        "Reinstated",
    ]
    assert body(answer) == before
    assert [plain(each.text).split()[0] for each in posts if each.thread_ts == answer.ts] == ["Withdrawn", "Reinstated"]
    last = next(each for each in reversed(posts) if each.thread_ts == answer.ts)
    assert "holds again." in last.text
    followers = [plain(each.text) for each in posts if "\nWithdrawal · " in each.text or "\nReinstated · " in each.text]
    assert len(followers) == 2


def test_a_renamed_file_is_the_same_brief(room: Room) -> None:
    answer = shared(room)
    room.ask("/brief subscribe {brief}/overview")
    before = room.settled()
    readers, slug = room.stage.bot.services.corpus, f"{room.brief}-renamed"
    (room.stage.briefs / f"{room.brief}.yaml").rename(room.stage.briefs / f"{slug}.yaml")
    eventually(lambda: slug in readers.corpus.briefs and room.brief not in readers.corpus.briefs)
    assert room.settled() == before
    assert f"{slug}@" in room.ask("/brief overview {brief}").text
    room.brief = slug
    room.edit(SIX_TO_FOUR, CORRECTED)
    posts = room.settled()
    assert lines(answer) == [f"was {SIX}"]
    assert [plain(each.text).splitlines()[2] for each in posts[len(before) :] if each.thread_ts is None] == [
        f"Correction · {day(room.stage.now().date())}"
    ]


def test_after_a_restart_nothing_is_said_again(room: Room) -> None:
    answer = shared(room)
    room.ask("/brief subscribe {brief}")
    room.edit(SIX_TO_FOUR, CORRECTED)
    before = room.settled()
    with room.stage.down():
        pass
    room.edit(COURT)
    after = room.settled()
    assert after[:-1] == before
    assert "Three towns have gone" in after[-1].text
    assert answer.edits == 1
