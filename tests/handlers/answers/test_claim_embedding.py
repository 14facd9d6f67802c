"""Each revision of a brief is embedded once, whoever does it and however often processes start."""

from pathlib import Path
from threading import Event

import pytest

from bot.core.answers.answer import Reply, SearchResults
from bot.core.briefs.brief import Brief
from bot.handlers.answers import claim_embedding
from bot.handlers.answers.claim_embedding import ClaimEmbedding
from bot.handlers.answers.current_answers import CurrentAnswers
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.store.store import Store
from tests.handlers.replica import MONDAY, Replica
from tests.make import brief, claim
from tests.word_vectors import WordVectors

NEVER = Event()


def leased(slug: str, building: str = "jail") -> Brief:
    return brief(slug, {"legal": [claim("lease", f"The {building} of {slug} was leased.")]})


class Process:
    """A process that embeds over a database; `model` names its model."""

    def __init__(self, store: Store, model: str = "m1") -> None:
        self.index = WordVectors(model)
        self.corpus = PublishedCorpus(store, self.index)
        self.corpus.refresh()
        self.embedding = ClaimEmbedding(store, self.corpus, self.index)
        self.answers = CurrentAnswers(self.corpus, "/brief", lambda: MONDAY)

    def round(self, stopping: Event = NEVER) -> list[str]:
        """Looks for what is new; the slugs that were embedded, by name."""
        self.index.embedded.clear()
        self.corpus.refresh()
        self.embedding.refresh(stopping)
        return sorted(self.index.embedded)

    def ask(self, words: str) -> Reply:
        """Through the caches of answers."""
        answers = self.answers()
        return answers.answer(answers.parse(words))


@pytest.fixture
def replica(store: Store, tmp_path: Path) -> Replica:
    """With two published briefs and a draft, on both databases."""
    here = Replica(tmp_path / "briefs", store)
    here.start(leased("cells"), leased("hulks"), brief("plan", status="draft"))
    return here


def test_published_briefs_are_embedded_once(replica: Replica) -> None:
    process = Process(replica.store)
    assert [process.round(), process.round()] == [["cells", "hulks"], []]


def test_a_start_embeds_nothing_anew(replica: Replica) -> None:
    Process(replica.store).round()
    again = Process(replica.store)
    assert again.embedding.load() == {}
    assert again.index.revisions() == {leased("cells").revision, leased("hulks").revision}
    assert again.round() == []


def test_a_brief_that_is_edited_is_embedded_once(replica: Replica) -> None:
    one, other = Process(replica.store), Process(replica.store)
    one.round()
    other.round()
    replica.edit(leased("cells", "barn"))
    assert [one.round(), other.round(), one.round()] == [["cells"], [], []]
    assert other.index.revisions() == {leased("cells", "barn").revision, leased("hulks").revision}


def test_a_replica_takes_what_others_have_stored_since_it_looked(replica: Replica) -> None:
    late, early = Process(replica.store), Process(replica.store)
    late.embedding.load()
    early.round()
    assert late.round() == []


def test_another_model_embeds_for_itself(replica: Replica) -> None:
    Process(replica.store, "m1").round()
    assert Process(replica.store, "m2").round() == ["cells", "hulks"]
    assert Process(replica.store, "m1").round() == []


def test_a_process_that_ends_embeds_no_more(replica: Replica) -> None:
    stopping = Event()
    stopping.set()
    assert Process(replica.store).round(stopping) == []


def test_many_briefs_are_embedded_in_several_rounds(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_embedding, "BRIEFS_AT_ONCE", 1)
    process = Process(replica.store)
    rounds = [process.round(), process.round(), process.round()]
    assert sorted(rounds[0] + rounds[1]) == ["cells", "hulks"]
    assert rounds[2] == []


def test_an_answer_from_before_is_not_cached_for_longer(replica: Replica) -> None:
    process = Process(replica.store)
    assert not isinstance(process.ask("any penitentiary"), SearchResults)
    process.round()
    results = process.ask("any penitentiary")
    assert isinstance(results, SearchResults)
    assert len(results.excerpts) == 2


def test_the_vectors_of_a_brief_that_is_gone_are_not_held(replica: Replica) -> None:
    process = Process(replica.store)
    process.round()
    replica.remove("hulks")
    assert process.round() == []
    assert process.index.revisions() == {leased("cells").revision}
