"""The states of installations by OAuth that are under way: each is good once, for some minutes."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.schema import oauth_state

LIFETIME = timedelta(minutes=10)


class OAuthStates:
    """States within one transaction. Only their hashes are stored: who reads the database cannot use one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, state: str, now: datetime) -> None:
        """From now on a state is good, until it is used or `LIFETIME` has passed."""
        row = {"hash": _hash(state), "expires_at": now + LIFETIME}
        self._connection.execute(insert(self._connection, oauth_state).values(**row).on_conflict_do_nothing())

    def use(self, state: str, now: datetime) -> bool:
        """Whether a state was good; it is not any more."""
        found = delete(oauth_state).where(oauth_state.c.hash == _hash(state)).returning(oauth_state.c.expires_at)
        row = self._connection.execute(found).one_or_none()
        return row is not None and now < row.expires_at

    def delete_before(self, now: datetime, most: int) -> int:
        """Forgets those that nobody has used in time; how many, at most so many."""
        some = select(oauth_state.c.hash).where(oauth_state.c.expires_at <= now).limit(most)
        return delete_found(self._connection, oauth_state, some)


def _hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()
