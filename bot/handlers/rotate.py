"""Trigger: time. Changes tokens that expire for new ones, in one process at a time."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import SealedTokenError
from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import wake_due_workers
from bot.handlers.ports import ApiFailure
from bot.store.installations import Installation
from bot.store.token_cipher import TokenCipher

logger = logging.getLogger(__name__)

AHEAD = timedelta(hours=2)
"""So long before it expires a token is changed; Slack's are good for twelve hours."""


EXPIRED = "token_expired"
"""Slack's word, which stopped a workspace."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token in the place of another, and how long it is good; the refresh token is good for one renewal."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lasts: timedelta


class Renewal(Protocol):
    """Slack's side."""

    def renew(self, refresh_token: str) -> NewToken | ApiFailure:
        """Changes a refresh token, which is good once, for a token and the next refresh token (`oauth.v2.access`)."""
        ...


def rotate(services: Services, slack: Renewal, cipher: TokenCipher, now: datetime) -> None:
    """Changes every token that expires soon. What Slack does not change now stays as it is, and is tried again with the
    next look. Raises: DatabaseFailureError."""
    with services.store.snapshot() as tx:
        due = tx.installations.expiring(now + AHEAD)
    for team in due:
        if not services.stopping.is_set():
            _rotate(team, services, slack, cipher, now)


def _rotate(team: str, services: Services, slack: Renewal, cipher: TokenCipher, now: datetime) -> None:
    # Slack is asked under the lock: a refresh token that two processes use at once is lost.
    with services.store.transaction() as tx:
        found = tx.installations.lock_expiring(team, now + AHEAD)
        if found is None or found.refresh_token is None:
            return
        try:
            outcome = slack.renew(cipher.open(found.refresh_token, team))
        except SealedTokenError as error:
            logger.error("%s", error)
            return
        if isinstance(outcome, ApiFailure):
            logger.error("the token of %s is not renewed (%s); it expires at %s", team, outcome.error, found.expires_at)
            return
        tx.installations.put(_renewed(found, outcome, cipher, now))
        if tx.subscriptions.stop_reason(team) == EXPIRED:
            tx.subscriptions.mark_active(team, found.enterprise)
            wake_due_workers(tx, services, team)
    logger.info("renewed the token of %s", team)


def _renewed(found: Installation, new: NewToken, cipher: TokenCipher, now: datetime) -> Installation:
    refresh = cipher.seal(new.refresh_token)
    return replace(found, token=cipher.seal(new.token), refresh_token=refresh, expires_at=now + new.lasts)
