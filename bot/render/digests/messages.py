"""Cuts a digest into messages: each begins where the one before ends, and the last one counts what does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from bot.core.digests.digest import Plan
from bot.core.digests.outline import Outline
from bot.render.digests.digest import (
    MESSAGES_MAX,
    DigestMessage,
    DigestPart,
    message_layout,
    room_for_rest,
    take_page,
)
from bot.render.digests.items import DigestItem


class Contents(Protocol):
    """What a digest tells. `tasks` are the items of what there is to look after, `number` counts all items."""

    @property
    def plan(self) -> Plan: ...

    @property
    def outline(self) -> Outline: ...

    @property
    def tasks(self) -> Sequence[DigestItem]: ...

    @property
    def number(self) -> int: ...

    def items_from(self, start: int) -> Iterator[DigestItem]:
        """The items from an index on: of the changes, then the tasks. They are made as they are read."""
        ...


def first_message(contents: Contents, command: str, digest_id: int) -> DigestMessage:
    """The message in the channel."""
    whole = _filled(contents, empty_message(contents, DigestPart(1, 1, 0, 0), digest_id), command)
    if whole.part.end >= contents.number:
        return whole
    end = number = 0
    while number < MESSAGES_MAX and end < contents.number:
        number += 1
        part = DigestPart(number, MESSAGES_MAX, end, end)
        end = _filled(contents, empty_message(contents, part, digest_id), command).part.end
    message = empty_message(contents, DigestPart(1, number, 0, 0), digest_id)
    if end < contents.number:
        message = replace(message, every=contents.outline.counts)
    return _filled(contents, message, command)


def next_message(contents: Contents, command: str, digest_id: int, before: DigestPart) -> DigestMessage:
    """The message after one that was posted, perhaps by an earlier version, which knew no end."""
    number, start = before.number + 1, before.end
    count = max(number, min(before.count, MESSAGES_MAX))
    empty = empty_message(contents, DigestPart(number, count, start, start), digest_id)
    message = _filled(contents, empty, command)
    if message.part.end >= contents.number:
        return replace(message, part=replace(message.part, count=number))
    if number >= MESSAGES_MAX:
        return _cut(contents, empty, command)
    return replace(message, part=replace(message.part, count=max(count, number + 1)))


def empty_message(contents: Contents, part: DigestPart, digest_id: int | None = None) -> DigestMessage:
    """A message without items; `digest_id` is None for those of earlier versions."""
    outline = contents.outline
    return DigestMessage(contents.plan, outline.changes, outline.briefs, part, digest_id=digest_id)


def _filled(contents: Contents, message: DigestMessage, command: str) -> DigestMessage:
    start = message.part.start
    frame = message_layout(message, command)
    items = take_page(frame, contents.items_from(start), contents.number - start)
    return replace(message, part=replace(message.part, end=start + len(items)), items=tuple(items))


def _cut(contents: Contents, message: DigestMessage, command: str) -> DigestMessage:
    """The last message of a digest that is cut. What there is to look after has the room before changes."""
    start, outline = message.part.start, contents.outline
    tasks = contents.tasks[max(0, start - outline.items) :]
    message = replace(message, rest=outline.counts_from(start), untold=len(tasks))
    frame = room_for_rest(message, command)
    if tasks:
        told = take_page(frame, tasks, len(tasks))
        return replace(message, items=tuple(told), untold=len(tasks) - len(told))
    items = take_page(frame, contents.items_from(start), contents.number - start)
    end = start + len(items)
    part = replace(message.part, end=end)
    return replace(message, part=part, items=tuple(items), rest=outline.counts_from(end))
