"""Keeps how often queries found nothing."""

from datetime import datetime

from bot.handlers.context import Services
from bot.store import unanswered_queries


def count_questions(services: Services, now: datetime) -> None:
    """Keeps how often questions found nothing; what the database does not take is counted with the next."""
    taken = services.unanswered.take()
    if not taken:
        return
    try:
        with services.store.writing() as connection:
            unanswered_queries.add(connection, taken, now)
    except Exception:
        for (team, words), number in taken.items():
            services.unanswered.add(team, words, number)
        raise
