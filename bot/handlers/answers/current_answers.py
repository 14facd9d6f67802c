"""The cached answers of what is published now."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus


class CurrentAnswers:
    """Calling it returns the cache of now: a new one whenever the corpus, the vectors of its claims, or the day (UTC)
    have changed."""

    def __init__(
        self, corpus: PublishedCorpus, command: str, now: Callable[[], datetime], *, folds: bool = False
    ) -> None:
        self._corpus, self._command, self._now, self._folds = corpus, command, now, folds
        self._embedded = corpus.embedded
        self._answers = self._new()

    def __call__(self) -> AnswerCache:
        answers = self._answers
        # The day as well: an answer says whether its review is overdue.
        current = (self._corpus.number, self._today(), self._corpus.embedded)
        if (answers.number, answers.today, self._embedded) != current:
            self._embedded = current[-1]
            self._answers = answers = self._new()
        return answers

    def _new(self) -> AnswerCache:
        corpus, number = self._corpus.published
        return AnswerCache(corpus, self._command, self._today(), number, folds=self._folds)

    def _today(self) -> date:
        return self._now().astimezone(UTC).date()
