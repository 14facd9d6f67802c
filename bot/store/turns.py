"""Which announcements wait for an earlier one in the outbox, so that the last word of a channel is the newest."""

from sqlalchemy import ColumnElement, FromClause, and_, exists, literal, or_, select

from bot.store.schema import delivery


def in_turn() -> ColumnElement[bool]:
    """The condition of deliveries that no earlier announcement in their channel is about the same brief as: one that is
    still to be sent, or looked for. What is paused, held or given up is waited for by nothing."""
    earlier = delivery.alias("earlier")
    here = and_(*(earlier.c[name] == delivery.c[name] for name in ("queue", "team", "channel")))
    is_open = earlier.c.state.in_([_word("pending"), _word("unknown")])
    same = or_(
        and_(_is(earlier, "change"), _is(delivery, "change"), earlier.c.slug == delivery.c.slug),
        and_(_is(earlier, "summary"), _is(delivery, "change"), _names(earlier.c.content, delivery.c.slug)),
        and_(_is(earlier, "change"), _is(delivery, "summary"), _names(delivery.c.content, earlier.c.slug)),
        and_(_is(earlier, "summary"), _is(delivery, "summary")),
    )
    overtaken = select(earlier.c.id).where(here, is_open, earlier.c.id < delivery.c.id, same)
    return or_(delivery.c.kind.not_in([_word("change"), _word("summary")]), ~exists(overtaken))


def _is(row: FromClause, kind: str) -> ColumnElement[bool]:
    return row.c.kind == _word(kind)


def _names(content: ColumnElement[str], slug: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the content of a summary names a brief. Not by its slug of now, if it was renamed since."""
    return content.contains(literal('"') + slug + literal('"'))


def _word(value: str) -> ColumnElement[str]:
    # Written out: a partial index is used only where the statement itself has its condition.
    return literal(value, literal_execute=True)
