"""Trigger: time has passed. Asks on which no admin has decided lapse, and their messages say so."""

from bot.core.asks.ask import LAPSES_AFTER
from bot.handlers.context import Services
from bot.handlers.delivery.settle_ask import owe_decision, settle_ask

AT_ONCE = 20
"""Asks of one transaction."""


def lapse_asks(services: Services) -> None:
    """Closes what is too old, a few at a time. Safe beside other processes that do the same, and beside admins who
    decide. Raises: DatabaseFailureError."""
    while not services.stopping.is_set() and _is_due(services) and _lapse(services):
        pass


def _is_due(services: Services) -> bool:
    """Read without a lock, as most often there is nothing to do."""
    with services.store.snapshot() as tx:
        return bool(tx.asks.lapsed(services.now() - LAPSES_AFTER, 1))


def _lapse(services: Services) -> bool:
    """Whether anything was done: what another process has locked is its to do."""
    with services.store.transaction() as tx:
        numbers = tx.asks.lapsed(services.now() - LAPSES_AFTER, AT_ONCE, lock=True)
        lapsed = [number for number in numbers if settle_ask(tx, services, number, "lapsed", None)]
        for number in lapsed:
            owe_decision(tx, services, number)
    return bool(lapsed)
