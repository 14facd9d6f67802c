"""Whom the bot works for: who it is in each workspace, and by which token it calls Slack there."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from bot.errors import SealedTokenError, SettingsError
from bot.slack.app import NOBODY, Identity
from bot.slack.database_trouble import WAIT
from bot.slack.web_api import WebApi
from bot.store.installations import Installation
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """Who the bot is in a workspace, or in all of an organisation, and the Web API by its token there."""

    identity: Identity
    api: WebApi

    @property
    def owner(self) -> str:
        """The id of the workspace (`T…`), or of the organisation (`E…`)."""
        return self.identity.organisation or self.identity.team


class Tokens(Collection[str]):
    """Every `Access` by its owner: those that were `given` at the start, the first of which is the bot's own, and the
    installations in the database, which only `cipher` opens. Thread-safe; as a collection it is of the owners."""

    def __init__(self, store: Store, api_url: str, given: Iterable[Access], cipher: TokenCipher | None = None) -> None:
        self._store, self._api_url, self._cipher, self._lock = store, api_url, cipher, Lock()
        self._given = {
            owner: each for each in given for owner in (each.identity.team, each.identity.organisation) if owner
        }
        self._installed: dict[str, Access] = {}
        self._removed: frozenset[str] = frozenset()
        self._organisation_of: dict[str, str | None] = {}
        self._stamp = 0

    @property
    def own(self) -> Identity:
        """Who the bot is by the settings' own token; nobody where they have none."""
        return next((each.identity for each in self._given.values()), NOBODY)

    @property
    def given(self) -> Collection[str]:
        """The workspaces whose tokens were given at the start."""
        return self._given.keys() - self.organisations

    @property
    def organisations(self) -> frozenset[str]:
        """Those that the bot is installed for as a whole."""
        return frozenset(each for each in self if each.startswith("E"))

    @property
    def known(self) -> frozenset[str]:
        """All owners, and those that have removed the bot."""
        return self._removed.union(self)

    def refresh(self) -> None:
        """Reads what was installed or removed since the last call. Raises: DatabaseFailureError."""
        if self._cipher is not None:
            _log(self._read(self._store, self._cipher))

    def start(self) -> None:
        """The first `refresh`. Raises: SettingsError where the database has installations and none can be opened."""
        if self._cipher is None:
            with self._store.snapshot() as tx:
                rows = [row for _, row in tx.installations.since(0)]
            if any(row.removed_at is None for row in rows):
                raise SettingsError(NO_KEY)
            return
        closed = self._read(self._store, self._cipher)
        if closed and not self._installed:
            raise SettingsError(WRONG_KEY)
        _log(closed)

    def find(self, team: str, organisation: str | None = None) -> Access | None:
        """The access to a workspace, by its own token or else that of its organisation, as far as a payload names one;
        None where the bot has none. An unknown one is looked for in the database. Raises: DatabaseFailureError."""
        known = self._known(team, organisation)
        if known is None and self._cipher is not None:
            _log(self._read(self._store.within(WAIT), self._cipher))
            known = self._known(team, organisation or self._stored_organisation(team))
        if known is not None and known.owner != team:
            self._organisation_of[team] = known.owner
        return known

    def api(self, team: str) -> WebApi | None:
        """What calls Slack for a workspace or an organisation; None without a token. Raises: DatabaseFailureError."""
        found = self.find(team)
        if found is None and self._cipher is None and self.own.organisation:
            # The only token is one for all; earlier versions have not stored of every workspace whose it is.
            return self._given[self.own.organisation].api
        return found.api if found else None

    def serves(self, team: str, organisation: str | None) -> bool:
        """Whether the bot has a token for a workspace, by the organisation that a payload names. Raises:
        DatabaseFailureError."""
        return self.find(team, organisation) is not None

    def identity(self, team: str | None) -> Identity:
        """Who the bot is in a workspace that it serves. Reads only what is known."""
        found = self._known(team, None) if team else None
        return (found.identity if found else self.own).in_team(team)

    def organisation(self, team: str) -> str | None:
        """The one whose token serves a workspace; None where it has its own."""
        return self.identity(team).organisation

    def __contains__(self, owner: object) -> bool:
        return owner in self._given or owner in self._installed

    def __iter__(self) -> Iterator[str]:
        return iter({**self._installed, **self._given})

    def __len__(self) -> int:
        return len({**self._installed, **self._given})

    def _known(self, team: str, organisation: str | None) -> Access | None:
        owners = (team, organisation or self._organisation_of.get(team))
        found = (self._given.get(each or "") or self._installed.get(each or "") for each in owners)
        return next(filter(None, found), None)

    def _stored_organisation(self, team: str) -> str | None:
        with self._store.within(WAIT).snapshot() as tx:
            return tx.installations.organisation_of(team)

    def _read(self, store: Store, cipher: TokenCipher) -> list[SealedTokenError]:
        """What is new; gives those that no key opens, which are not served."""
        with store.snapshot() as tx:
            rows = tx.installations.since(self._stamp)
        with self._lock:
            # Another thread may have read more meanwhile.
            newer = {row.team: row for stamp, row in rows if stamp > self._stamp}
            opened = {team: self._open(row, cipher) for team, row in newer.items() if row.removed_at is None}
            # Replaced and not changed: others read without the lock.
            others = {team: access for team, access in self._installed.items() if team not in newer}
            self._installed = others | {team: each for team, each in opened.items() if isinstance(each, Access)}
            self._removed = (self._removed - opened.keys()) | (newer.keys() - opened.keys())
            self._stamp = max([self._stamp, *(stamp for stamp, _ in rows)])
        return [each for each in opened.values() if isinstance(each, SealedTokenError)]

    def _open(self, row: Installation, cipher: TokenCipher) -> Access | SealedTokenError:
        try:
            token = cipher.open(row.token, row.team)
        except SealedTokenError as error:
            return error
        me = Identity(row.team, row.bot_user, row.bot, row.team if row.whole else None)
        return Access(me, WebApi(token, self._api_url))


def _log(closed: Iterable[SealedTokenError]) -> None:
    for each in closed:
        logger.error("%s is not served: %s", each.owner, each)


NO_KEY = (
    "the bot is installed by OAuth, and BRIEFBOT_SECRET_KEY is not set; set it to the key that the tokens in the "
    "database are encrypted by"
)
WRONG_KEY = (
    "no key of BRIEFBOT_SECRET_KEY opens any token in the database; set it to the key that they are encrypted by, or "
    "to several, separated by commas"
)
