"""What people read where the database does not answer them."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from bot.errors import DatabaseFailureError, UnconfirmedTransactionError
from bot.handlers.context import Services
from bot.handlers.request import note, with_reference

logger = logging.getLogger(__name__)

WAIT = timedelta(seconds=1.5)
"""For each transaction, within the three seconds that Slack waits; who is answered should not wait longer."""

S = TypeVar("S", bound=Services)


def impatient(services: S) -> S:
    """The services of one request, which waits only a moment for the database."""
    return replace(services, store=services.store.within(WAIT))


def explain(error: DatabaseFailureError, services: Services) -> str:
    """What to say in place of an answer; `services` are those of the request alone."""
    logger.warning("somebody was not answered, as the database failed: %s; %s", error, error.remedy)
    note(outcome="no_database")
    return with_reference(_sentences(error, services))


def _sentences(error: DatabaseFailureError, services: Services) -> str:
    name = services.policy.command
    look = f"See what holds now before you try again: `{name} subscriptions`, `{name} digest`."
    if isinstance(error, UnconfirmedTransactionError):
        return f"The database did not say whether it took this. {look}"
    if services.store.committed:
        return f"The database stopped answering when a part of this was done. {look}"
    if error.passing:
        return "The database does not answer just now, and nothing was changed. Try again in a minute."
    return "The database refused this, and nothing was changed. Tell whoever runs the bot: its log says why."
