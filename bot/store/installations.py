"""Where the bot is installed by OAuth, and the encrypted tokens that Slack gave for it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select, update

from bot.store.dialect import insert
from bot.store.schema import delivery, installation, subscription, workspace
from bot.store.stamps import keep_stamp, next_stamp
from bot.store.token_cipher import Sealed


@dataclass(frozen=True, slots=True)
class Installation:
    """`team` is the workspace (`T…`), or the organisation (`E…`) where it is `whole`: installed for all its workspaces.
    `enterprise` is the organisation of a workspace, None outside one. A token without `expires_at` does not expire."""

    team: str
    enterprise: str | None
    whole: bool
    app: str
    bot_user: str
    bot: str
    token: Sealed
    refresh_token: Sealed | None
    expires_at: datetime | None
    scopes: str
    installed_by: str
    installed_at: datetime
    removed_at: datetime | None = None
    """When Slack said that it was removed; None while it is not."""


class Installations:
    """Installations within one transaction. Each change of one takes the next stamp, so that processes see what is
    new."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, new: Installation) -> None:
        """Stores an installation in the place of an earlier one of the same workspace or organisation."""
        values = {**asdict(new), "stamp": next_stamp(self._connection, installation)}
        query = insert(self._connection, installation).values(**values)
        self._connection.execute(query.on_conflict_do_update(index_elements=["team"], set_=values))

    def find(self, team: str) -> Installation | None:
        """That of a workspace (`T…`) or of an organisation (`E…`) as a whole."""
        row = self._connection.execute(select(installation).where(installation.c.team == team)).one_or_none()
        return _installation(row) if row is not None else None

    def since(self, stamp: int) -> list[tuple[int, Installation]]:
        """(stamp, installation) of those that changed after a stamp, oldest change first."""
        query = select(installation).where(installation.c.stamp > stamp).order_by(installation.c.stamp)
        return [(row.stamp, _installation(row)) for row in self._connection.execute(query)]

    def organisation_of(self, team: str) -> str | None:
        """The organisation of a workspace, by what is stored of its channels; None where nothing says so."""
        for table in (workspace, subscription, delivery):
            query = select(table.c.enterprise).where(table.c.team == team, table.c.enterprise.is_not(None)).limit(1)
            if found := self._connection.execute(query).scalar():
                return str(found)
        return None

    def after(self, team: str, most: int) -> list[Installation]:
        """At most so many that are not removed, in the order of their ids, after one id; each is locked until the
        transaction ends."""
        query = select(installation).where(installation.c.team > team, installation.c.removed_at.is_(None))
        query = query.order_by(installation.c.team)
        rows = self._connection.execute(query.limit(most).with_for_update())
        return [_installation(row) for row in rows]

    def set_tokens(self, team: str, token: Sealed, refresh_token: Sealed | None) -> None:
        """Stores the same tokens under another key: no process has to look at them."""
        row = update(installation).where(installation.c.team == team)
        self._connection.execute(row.values(token=token, refresh_token=refresh_token))

    def mark_removed(self, team: str, at: datetime) -> None:
        """It was removed at an instant: no process serves it any more."""
        row = update(installation).where(installation.c.team == team)
        self._connection.execute(row.values(removed_at=at, stamp=next_stamp(self._connection, installation)))

    def bury(self, team: str, at: datetime) -> bool:
        """Leaves nothing of an installation but its id and that it was removed; whether there was one."""
        if self.find(team) is None:
            return False
        self.mark_removed(team, at)
        names = ("app", "bot_user", "bot", "token", "scopes", "installed_by")
        row = update(installation).where(installation.c.team == team)
        self._connection.execute(row.values(dict.fromkeys(names, "") | {"refresh_token": None, "expires_at": None}))
        return True

    def expiring(self, before: datetime) -> list[str]:
        """Those that are installed and whose tokens expire before an instant, the first of them first."""
        query = select(installation.c.team).where(_expires(before)).order_by(installation.c.expires_at)
        return [row.team for row in self._connection.execute(query)]

    def lock_expiring(self, team: str, before: datetime) -> Installation | None:
        """The same of one, which no other process gets until the transaction ends; None where its token does not expire
        before, as another has renewed it, or where another is just about to."""
        query = select(installation).where(installation.c.team == team, _expires(before))
        row = self._connection.execute(query.with_for_update(skip_locked=True)).one_or_none()
        return _installation(row) if row is not None else None

    def removed_before(self, before: datetime) -> list[str]:
        """Those that were removed before an instant, the first of them first."""
        query = select(installation.c.team).where(installation.c.removed_at < before)
        return [row.team for row in self._connection.execute(query.order_by(installation.c.removed_at))]

    def delete(self, team: str) -> None:
        """Deletes one; processes have long heard that it was removed."""
        keep_stamp(self._connection, installation)
        self._connection.execute(delete(installation).where(installation.c.team == team))


def _expires(before: datetime) -> ColumnElement[bool]:
    return and_(installation.c.expires_at < before, installation.c.removed_at.is_(None))


def _installation(row: Row[Any]) -> Installation:
    values = dict(row._mapping)
    del values["stamp"]
    return Installation(**values)
