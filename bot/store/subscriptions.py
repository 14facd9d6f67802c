"""Subscriptions, default briefs, workspaces: what belongs to channels."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, select, true, update

from bot.core.batches import batches
from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.store.dialect import insert
from bot.store.publications import CHUNK
from bot.store.schema import BRIEF_OF_SECTION, HAS_TAGS, default_brief, subscription, workspace
from bot.store.stamps import next_stamp


class Subscriptions:
    """Subscriptions, default briefs and workspaces within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        spec: SubscriptionSpec,
        team: str,
        enterprise: str | None,
        channel: str,
        *,
        by: str,
        at: datetime,
    ) -> Subscription:
        """A new subscription; one with the same target in the channel gives way to it, and goes on under its number.
        `enterprise` is None outside Enterprise Grid."""
        values = {
            "filters": " ".join(map(str, spec.filters)),
            "deliver": spec.deliver,
            "created_by": by,
            "created_at": at,
        }
        row = {"team": team, "enterprise": enterprise, "channel": channel, "target": str(spec.target), **values}
        # Who subscribes anew wants messages, so an earlier mute or pause ends.
        fresh = {**values, "muted_until": None, "paused": None, "changed_by": None}
        fresh["version"] = subscription.c.version + 1
        query = insert(self._connection, subscription).values(**row)
        query = query.on_conflict_do_update(index_elements=["team", "channel", "target"], set_=fresh)
        return _subscription(self._connection.execute(query.returning(subscription)).one())

    def restore(self, before: Subscription) -> None:
        """Gives a subscription back the values that it had, as if nothing had been done: spec, creator, mute, pause,
        version."""
        spec = before.spec
        self._change(
            before.team,
            before.id,
            filters=" ".join(map(str, spec.filters)),
            deliver=spec.deliver,
            created_by=before.created_by,
            created_at=before.created_at,
            muted_until=before.muted_until,
            paused=before.paused,
            version=before.version,
            changed_by=before.changed_by,
        )

    def change(
        self, before: Subscription, spec: SubscriptionSpec, muted_until: datetime | None, *, by: str
    ) -> Subscription:
        """Gives a subscription other conditions and another way of delivery, and mutes it until then (None: not at
        all); its target stays. Returns it as it is now."""
        version = before.version + 1
        values = {"filters": " ".join(map(str, spec.filters)), "deliver": spec.deliver, "muted_until": muted_until}
        self._change(before.team, before.id, **values, changed_by=by, version=version)
        kept = replace(spec, target=before.spec.target)
        return replace(before, spec=kept, muted_until=muted_until, changed_by=by, version=version)

    def find(self, team: str, channel: str, which: Target | int) -> Subscription | None:
        """By its target, or by its number in any channel of the workspace."""
        query = select(subscription).where(subscription.c.team == team)
        if isinstance(which, int):
            query = query.where(subscription.c.id == which)
        else:
            query = query.where(subscription.c.channel == channel, subscription.c.target == str(which))
        row = self._connection.execute(query).one_or_none()
        return _subscription(row) if row else None

    def remove(self, team: str, number: int) -> None:
        """Ends a subscription."""
        self._connection.execute(delete(subscription).where(subscription.c.team == team, subscription.c.id == number))

    def mute(self, team: str, number: int, until: datetime | None, *, by: str | None = None) -> None:
        """Mutes a subscription until then; None unmutes it."""
        self._change(team, number, muted_until=until, changed_by=by, version=subscription.c.version + 1)

    def rename_brief(self, before: str, now: str) -> None:
        """Who follows a brief, or a section of it, follows it under another slug; the default of a channel, too."""
        for row in self._rows_of_briefs([before]):
            self._retarget(row, replace(Target.parse(row.target), brief=now))
        chosen = select(default_brief).where(default_brief.c.slug == before)
        for row in self._connection.execute(chosen).all():
            self.set_default_brief(now, team=row.team, enterprise=row.enterprise, channel=row.channel, by=row.chosen_by)

    def _retarget(self, row: Row[Any], target: Target) -> None:
        """A channel that follows both already goes on with the subscription that it has."""
        if self.find(row.team, row.channel, target) is None:
            self._change(row.team, row.id, target=str(target))
        else:
            self.remove(row.team, row.id)

    def _change(self, team: str, number: int, **values: Any) -> None:
        self._connection.execute(
            update(subscription).where(subscription.c.team == team, subscription.c.id == number).values(**values)
        )

    def of_channel(self, team: str, channel: str) -> list[Subscription]:
        """What a channel follows, oldest first."""
        return self._all(subscription.c.team == team, subscription.c.channel == channel)

    def of_team(self, team: str) -> list[Subscription]:
        """What all channels of a workspace follow, oldest first."""
        return self._all(subscription.c.team == team)

    def count(self, team: str) -> int:
        """How many subscriptions all channels of a workspace have."""
        query = select(func.count()).select_from(subscription).where(subscription.c.team == team)
        return self._connection.execute(query).scalar() or 0

    def count_paused_channels(self, team: str) -> int:
        """How many channels of a workspace have a paused subscription."""
        paused = (subscription.c.team == team, subscription.c.paused.is_not(None))
        query = select(func.count(subscription.c.channel.distinct())).where(*paused)
        return self._connection.execute(query).scalar() or 0

    def of_briefs(self, slugs: Collection[str], tags: Collection[str]) -> list[Subscription]:
        """The subscriptions of all channels that changes of these briefs, which have these tags, can match, oldest
        first; each is found by an index."""
        rows = self._rows_of_briefs(["all", *slugs])
        rows += self._rows(subscription.c.target.in_([f"tag:{tag}" for tag in tags]))
        found = map(_subscription, rows + self._rows(HAS_TAGS) if tags else rows)
        return sorted(found, key=lambda each: each.id)

    def _rows_of_briefs(self, briefs: Sequence[str]) -> list[Row[Any]]:
        """Those whose target is one of these briefs, by slug, or a section of one; `all` stands for every brief."""
        rows: list[Row[Any]] = []
        for some in batches(briefs, CHUNK):
            rows += self._rows(subscription.c.target.in_(some))
            rows += self._rows(BRIEF_OF_SECTION.in_([f"{brief}/" for brief in some]))
        return rows

    def _rows(self, where: ColumnElement[bool]) -> list[Row[Any]]:
        return list(self._connection.execute(select(subscription).where(where)))

    def _all(self, *where: Any) -> list[Subscription]:
        query = select(subscription).where(*where).order_by(subscription.c.id)
        return list(map(_subscription, self._connection.execute(query)))

    # Channels that cannot be reached

    def pause(self, team: str, channel: str, why: str, before: datetime | None = None) -> list[Subscription]:
        """Pauses what a channel follows, or has followed since before an instant; `why` is the code of a `PauseReason`.
        Returns those that were not paused before, in no order."""
        query = update(subscription).where(_followed(team, channel, before), subscription.c.paused.is_(None))
        return list(map(_subscription, self._connection.execute(query.values(paused=why).returning(subscription))))

    def replace_pauses(
        self, team: str, channel: str, codes: Collection[str], why: str, before: datetime | None = None
    ) -> None:
        """As `pause`, of what is paused for one of some other reasons."""
        query = update(subscription).where(_followed(team, channel, before), subscription.c.paused.in_(codes))
        self._connection.execute(query.values(paused=why))

    def resume(self, team: str, channel: str) -> int:
        """Takes up again what a channel follows. Returns the number of subscriptions that were paused."""
        here = (subscription.c.team == team, subscription.c.channel == channel)
        return self._connection.execute(
            update(subscription).where(*here, subscription.c.paused.is_not(None)).values(paused=None)
        ).rowcount

    def paused(self, limit: int) -> list[tuple[str, str, str]]:
        """(team, channel, why) of channels whose subscriptions are paused, in no order: each gets its turn; none of
        stopped workspaces."""
        columns = (subscription.c.team, subscription.c.channel, subscription.c.paused)
        stopped = select(workspace.c.team).where(workspace.c.stopped.is_not(None))
        waits = (subscription.c.paused.is_not(None), subscription.c.team.not_in(stopped))
        query = select(*columns).where(*waits).group_by(*columns)
        return [
            (row.team, row.channel, row.paused)
            for row in self._connection.execute(query.order_by(func.random()).limit(limit))
        ]

    # Default briefs

    def set_default_brief(
        self, slug: str | None, *, team: str, enterprise: str | None, channel: str, by: str | None = None
    ) -> None:
        """Chooses the brief that answers in a channel; None for none. `by` is the user, None where nobody chose."""
        stamp = next_stamp(self._connection, default_brief)
        row = {"team": team, "enterprise": enterprise, "channel": channel, "slug": slug, "stamp": stamp}
        query = insert(self._connection, default_brief).values(**row, chosen_by=by)
        chosen = {"slug": slug, "stamp": stamp, "chosen_by": by}
        self._connection.execute(query.on_conflict_do_update(index_elements=["team", "channel"], set_=chosen))

    def default_brief(self, team: str, channel: str) -> tuple[str | None, str | None]:
        """(slug, user) of the choice in a channel; None for no brief, and where it is not known who chose."""
        columns = (default_brief.c.slug, default_brief.c.chosen_by)
        query = select(*columns).where(default_brief.c.team == team, default_brief.c.channel == channel)
        row = self._connection.execute(query).one_or_none()
        return (row.slug, row.chosen_by) if row else (None, None)

    def default_briefs_since(self, after: int) -> list[tuple[int, str, str, str | None]]:
        """(stamp, team, channel, slug) of the choices made after a stamp, oldest first."""
        query = select(default_brief).where(default_brief.c.stamp > after).order_by(default_brief.c.stamp)
        return [(row.stamp, row.team, row.channel, row.slug) for row in self._connection.execute(query)]

    # Workspaces

    def mark_active(self, team: str, enterprise: str | None) -> None:
        """Marks a workspace as active, as its token works, and clears its stop reason. `enterprise` is None outside
        Enterprise Grid, or where it is not known."""
        query = insert(self._connection, workspace).values(team=team, enterprise=enterprise, stopped=None)
        self._connection.execute(query.on_conflict_do_update(index_elements=["team"], set_={"stopped": None}))

    def mark_stopped(self, team: str, why: str) -> None:
        """Marks a workspace as stopped, as Slack refuses all calls for it; `why` is Slack's error."""
        query = insert(self._connection, workspace).values(team=team, stopped=why)
        self._connection.execute(query.on_conflict_do_update(index_elements=["team"], set_={"stopped": why}))

    def stop_reason(self, team: str) -> str | None:
        """Slack's error that stopped a workspace; None where it is not stopped."""
        return self._connection.execute(select(workspace.c.stopped).where(workspace.c.team == team)).scalar()


def _followed(team: str, channel: str, before: datetime | None) -> ColumnElement[bool]:
    old = true() if before is None else subscription.c.created_at < before
    return and_(subscription.c.team == team, subscription.c.channel == channel, old)


def _subscription(row: Row[Any]) -> Subscription:
    spec = SubscriptionSpec(Target.parse(row.target), Filter.parse_all(row.filters), row.deliver)
    required = (row.id, row.team, row.channel, spec, row.created_by, row.created_at)
    further = (row.muted_until, row.paused, row.enterprise, row.version, row.changed_by)
    return Subscription(*required, *further)
