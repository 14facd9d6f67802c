"""The items of a digest: what changed, and what maintainers have to look after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.answers.answer import Excerpt
from bot.core.briefs.brief import ChangeKind, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change
from bot.core.changes.summary import kind_of_brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Range, Show, ShowChanges
from bot.core.digests.digest import Plan, Report, Review
from bot.core.digests.outline import OutlineEntry
from bot.render.changes.announcement_head import head_items, short_heading
from bot.render.changes.change_items import (
    IN_SHORT,
    count_items,
    excerpts_by_announcement,
    items_with_changes,
    sections_with,
)
from bot.render.changes.views import WHOLE
from bot.render.digests.tasks import list_item, vanished_items, with_open_button
from bot.render.document.document import Bullet, Button, Item, Passage, Text, line
from bot.render.document.open_questions import question_lines
from bot.render.document.phrases import count, day

OPEN_BRIEF = "Open the brief"
EVIDENCE = "Evidence"
WHOLE_TEXT = "Whole text and evidence"
"""Of the same button where the text above it is cut."""


@dataclass(frozen=True, slots=True)
class DigestItem:
    """An item of a digest, and the (slug, id) of the claim whose current text it shows; None if it shows none. `group`
    is the slug of its brief and the kind of its changes; None for what there is to look after. `index` is that within
    its group."""

    item: Item
    claim: tuple[str, str] | None = None
    group: tuple[str, ChangeKind] | None = None
    index: int = 0


def outline_entry(group: Announcement) -> OutlineEntry:
    """How much there is to tell of a group, which is not laid out for that."""
    slug, (kind, is_new_brief) = group.change_set.slug, kind_of_brief(group)
    return OutlineEntry(slug, kind, is_new_brief, len(head_items(group)), count_items(group))


def group_items(group: Announcement, command: str) -> Iterator[DigestItem]:
    """The notes and changes of one kind in one brief, under a heading that names both; as many as `outline_entry`
    says."""
    (cited,) = excerpts_by_announcement([group])
    name = (group.change_set.slug, group.kind)
    return (replace(each, group=name, index=n) for n, each in enumerate(_group_items(group, cited, command)))


def _group_items(group: Announcement, cited: Sequence[Excerpt], command: str) -> Iterator[DigestItem]:
    heading, slug = short_heading(group), group.change_set.slug
    has_changes = count_items(group) > 0
    for note_item in head_items(group):
        item = note_item if has_changes else with_open_button(note_item, _open_target(group, None), command)
        yield DigestItem(replace(item, heading=heading))
    whole_items = items_with_changes(group, cited, IN_SHORT._replace(view=WHOLE))
    for (change_item, change), (whole, _) in zip(items_with_changes(group, cited, IN_SHORT), whole_items, strict=True):
        item = with_open_button(_as_bullet(change_item), _open_target(group, change), command)
        if not isinstance(change.after, Claim):
            yield DigestItem(replace(item, heading=heading))
        else:
            evidence = _evidence_button(group, EVIDENCE if whole == change_item else WHOLE_TEXT)
            cited_item = replace(item, heading=heading, controls=(*item.controls, evidence))
            yield DigestItem(cited_item, (slug, change.id))


def _evidence_button(group: Announcement, label: str) -> Button:
    show = ShowChanges(group.change_set.slug, None, Range(*group.revisions))
    return Button(label, "open:evidence", encode_command(show))


def _as_bullet(item: Item) -> Item:
    lines = tuple(part for part in item.passage.parts if isinstance(part, tuple))
    return replace(item, passage=Passage((Bullet(lines),)))


def _open_target(group: Announcement, change: Change | None) -> tuple[str, Show] | None:
    """(label, command) of the button under a change or, without one, under a note; None for an unpublished brief."""
    after = group.change_set.after
    if after is None:
        return None
    section = _section(group, change)
    label = f"Open {group.titles[section]}" if section else OPEN_BRIEF
    return label, Show(section, after.slug)


def _section(group: Announcement, change: Change | None) -> str | None:
    """The key of the change's section; for a source or a note, of the first section that it concerns. None if there is
    none."""
    after = group.change_set.after
    if after is None or after.status == "withdrawn":
        return None
    if change and change.section in after.sections:
        return change.section
    sources = {change.id} if change and change.what == "source" else set()
    claims = {name for note in group.notes for name in note.claims} if change is None else set()
    keys = set(sections_with(after, claims, sources))
    return next((key for key in group.titles if key in keys), None)


# For maintainers


def task_items(plan: Plan, command: str) -> tuple[DigestItem, ...]:
    """What there is to look after."""
    tasks = [*_reviews(plan.overdue, "Reviews overdue", command), *_report_items(plan.report, command)]
    return tuple(DigestItem(each, index=n) for n, each in enumerate(tasks))


def _reviews(reviews: Sequence[Review], title: str, command: str) -> Iterator[Item]:
    heading = line(Text(title, bold=True))
    for review in reviews:
        text = line(f"• {review.title} · review due {day(review.due)} · {review.owner}")
        target = f"Open {review.title}", Show(None, review.slug)
        yield with_open_button(Item(Passage((text,)), heading=heading), target, command)


def _report_items(report: Report | None, command: str) -> Iterator[Item]:
    if report is None:
        return
    yield from _reviews(report.reviews, "Reviews due", command)
    yield from vanished_items(report.vanished, command)
    claims = [line(f"• {each.title} · {each.section} · {each.claim}") for each in report.unverified]
    questions = question_lines(report.questions, report.additions)
    failures = [line(f"• {error} · {count(number, 'message')}") for error, number in report.failed]
    yield from list_item("Unverified claims", claims)
    yield from list_item("Questions that found nothing", questions)
    yield from list_item("Messages that Slack refused for good; the log says which", failures)
