"""The cached answers of what is published now."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus


class CurrentAnswers:
    """Calling it returns the cache of now: a new one whenever the corpus, what is known of its quotes, the vectors of
    its claims, or the day (UTC) have changed."""

    def __init__(
        self, corpus: PublishedCorpus, command: str, now: Callable[[], datetime], *, folds: bool = False
    ) -> None:
        self._corpus, self._command, self._now, self._folds = corpus, command, now, folds
        self._known = self._state()
        self._answers = self._new()

    def __call__(self) -> AnswerCache:
        answers = self._answers
        # The day as well: an answer says whether its review is overdue.
        if (self._corpus.number, self._today()) != (answers.number, answers.today) or self._state() != self._known:
            self._known = self._state()
            self._answers = answers = self._new()
        return answers

    def _state(self) -> tuple[int, int]:
        return self._corpus.embedded, self._corpus.evidence_number

    def _new(self) -> AnswerCache:
        corpus, number = self._corpus.published
        return AnswerCache(corpus, self._command, self._today(), number, folds=self._folds)

    def _today(self) -> date:
        return self._now().astimezone(UTC).date()
