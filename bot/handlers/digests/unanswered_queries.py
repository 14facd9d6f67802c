"""Keeps how often queries found nothing."""

from datetime import datetime

from bot.handlers.context import Office
from bot.store import unanswered_queries


def count_questions(office: Office, now: datetime) -> None:
    """Keeps how often questions found nothing; what the database does not take is counted with the next."""
    taken = office.unanswered.take()
    if not taken:
        return
    try:
        with office.store.writing() as connection:
            unanswered_queries.add(connection, taken, now)
    except Exception:
        for (team, words), number in taken.items():
            office.unanswered.add(team, words, number)
        raise
