"""However much a digest has to tell, it is at most ten messages, and each change is shown once or counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.brief import ChangeKind
from bot.core.changes.announcement import Announcement
from bot.core.digests.digest import Plan, Review, group_by_kind
from bot.render.digests.digest import MESSAGES_MAX, DigestMessage, DigestPart, digest_layout, message_document
from bot.render.digests.messages import first_message, next_message
from bot.render.document.message import message_from
from bot.render.document.paging import page_of
from tests.conftest import examples
from tests.ferries import noted, told
from tests.make import brief, claim
from tests.render.digests.in_memory import DigestInMemory
from tests.render.digests.test_digest import PLAN
from tests.render.limits import check


@dataclass(frozen=True)
class Edit:
    """So many claims of a brief change, each of so many words, with a note of this kind; without claims it is new, or
    gone where `gone`."""

    claims: int
    words: int
    kind: ChangeKind | None = None
    gone: bool = False


EDITS = st.builds(
    Edit,
    claims=st.sampled_from((0, 1, 1, 2, 9)),
    words=st.sampled_from((3, 60, 150)),
    kind=st.sampled_from((None, None, "correction", "clarification", "evidence", "new")),
    gone=st.booleans(),
)


def announcement(number: int, edit: Edit) -> Announcement:
    slug = f"brief-{number}"
    if not edit.claims:
        new = brief(slug, {"legal": [claim("a", f"Claim of {number}.")]})
        return told(new, None) if edit.gone else told(None, new)
    old, new = (
        brief(
            slug,
            {
                "legal": [
                    claim(f"c{n}", f"{number}.{n} {word} " + " ".join(f"{word}{k}" for k in range(edit.words)))
                    for n in range(edit.claims)
                ]
            },
        )
        for word in ("was", "is")
    )
    return told(old, noted(new, edit.kind, f"Note of {number}.") if edit.kind else new)


def digest(edits: Sequence[Edit], reviews: int) -> DigestInMemory:
    due = tuple(Review(f"late-{n}", f"Late {n}", date(2025, 5, 1), "desk") for n in range(reviews))
    plan: Plan = replace(PLAN, overdue=due)
    return DigestInMemory(plan, group_by_kind(announcement(n, edit) for n, edit in enumerate(edits)))


def changes(groups: Sequence[Announcement]) -> Counter[ChangeKind]:
    """The changes of each kind, without looking at how they are laid out."""
    counts: Counter[ChangeKind] = Counter()
    for group in groups:
        counts[group.kind] += max(1, len({(each.what, each.id) for each in group.changes if each.what != "brief"}))
    return counts


def shown(messages: Sequence[DigestMessage], digest_: DigestInMemory) -> Counter[ChangeKind]:
    """The changes of each kind that the messages show: one an item, but for notes beside changes."""
    bodies = {(entry.slug, entry.kind): entry for entry in digest_.outline.entries}
    counts: Counter[ChangeKind] = Counter()
    for item in (item for message in messages for item in message.items if item.group):
        assert item.group is not None
        entry = bodies[item.group]
        counts[item.group[1]] += item.index >= entry.introductions if entry.bodies else item.index == 0
    return counts


def obeys(messages: Sequence[DigestMessage], digest_: DigestInMemory) -> None:
    names = [(item.group, item.index) for message in messages for item in message.items]
    assert len(set(names)) == len(names)
    for one in messages:
        check(message_from(message_document(one, "/brief")))
    counted = Counter({each.kind: 0 for each in messages[-1].rest})
    for each in messages[-1].rest:
        counted[each.kind] += each.number
    assert shown(messages, digest_) + counted == changes(digest_.groups)
    tasks = sum(item.group is None for message in messages for item in message.items)
    assert tasks + messages[-1].untold == len(digest_.tasks)
    assert not any(message.is_cut for message in messages[:-1])


@examples(60, gate=9)
@given(edits=st.lists(EDITS, max_size=30), times=st.sampled_from((1, 1, 3)), reviews=st.sampled_from((0, 0, 3, 70)))
def test_each_change_is_shown_once_or_counted(edits: list[Edit], times: int, reviews: int) -> None:
    digest_ = digest(edits * times, reviews)
    messages = digest_.messages()
    assert len(messages) <= MESSAGES_MAX
    assert {message.part.count for message in messages} == {len(messages)}
    obeys(messages, digest_)
    if messages[-1].is_cut:
        assert len(messages) == MESSAGES_MAX
        assert sum(each.number for each in messages[0].every) == sum(changes(digest_.groups).values())


MANY = digest([Edit(2, 60, "correction"), *[Edit(1, 150)] * 45, *[Edit(0, 3)] * 12], 2)


def test_the_last_message_counts_the_rest_and_has_what_is_to_be_looked_after() -> None:
    first, *_, last = MANY.messages()
    head, foot = (message_from(message_document(each, "/brief")).text for each in (first, last))
    assert "2 corrections, 12 new briefs, 45 updates: more than 10 messages hold" in head
    assert "all of them: /brief digest show 7" in head
    assert f"more changes: {last.rest[0].number} updates" in foot
    assert "Late 1 · review due" in foot
    assert f"Show the rest: /brief digest show 7 skip:{last.part.end}" in foot


@pytest.mark.parametrize("posted", [1, 9, 20])
def test_a_digest_that_an_earlier_version_began_goes_on_where_it_was(posted: int) -> None:
    """It knew no end, and cut otherwise: here three items a message."""
    messages = [DigestPart(number, 50, 3 * number - 3, 3 * number) for number in range(1, posted + 1)]
    before = [
        replace(first_message(MANY, "/brief", 7), part=part, items=tuple(MANY.items[part.start : part.end]), every=())
        for part in messages
    ]
    rest = [next_message(MANY, "/brief", 7, messages[-1])]
    while rest[-1].part.number < rest[-1].part.count:
        rest.append(next_message(MANY, "/brief", 7, rest[-1].part))
    assert len(rest) == max(1, MESSAGES_MAX - posted)
    assert rest[-1].is_cut
    obeys([*before, *rest], MANY)


SMALL = DigestInMemory(PLAN, group_by_kind(announcement(n, Edit(0, 3, gone=True)) for n in range(90)))


@pytest.mark.parametrize("digest_", [MANY, replace(SMALL, plan=MANY.plan), digest([], 70)])
def test_all_of_it_is_read_page_by_page(digest_: DigestInMemory) -> None:
    start, items = 0, list[str]()
    while True:
        layout = digest_layout(digest_.page_from(start), "/brief")
        items += [str((item.heading, item.passage)) for item in layout.items]
        start += len(layout.items)
        check(message_from(page_of(layout, 1, 1)))
        if not layout.controls:
            break
    assert (start, len(set(items))) == (digest_.number, len(items))
