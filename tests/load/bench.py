"""Measures the content and search side by side with what they are built on, and prints ratios.

    python -m tests.load.bench [BRIEFS …]          default: 1000 10000

F is the time to read the same files and run libyaml's bare event parse over them, measured in the same run; it is given
twice: as Python sees the events (F), and inside the C parser alone, where no event reaches Python (C).
"""

import argparse
import csv
import gc
import gzip
import math
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from yaml.cyaml import CParser  # type: ignore[attr-defined]

from bot.content.loader import load_brief
from bot.content.repository import FileChanges, Repository, brief_files
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.answers.question import Equivalents
from bot.core.answers.search import Index
from tests.conftest import ROOT
from tests.make import brief, claim

SCIFACT = ROOT.parent / "shared" / "ir" / "scifact"
SECTIONS = ("overview", "legal", "rights", "reactions", "outlook")
ROUNDS = 3
CHANGES = 100
VOCABULARY = 50_000
STOP_WORDS = 30


class Held:
    """The files of a directory, and the corpus that answers come from."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._repository, self._shelf = Repository(directory), CurrentCorpus()
        self._put(self._repository.load())

    @property
    def corpus(self) -> Corpus:
        return self._shelf.corpus

    def reload(self, path: Path) -> None:
        self._put(self._repository.reload([path]))

    def _put(self, found: FileChanges) -> None:
        self._shelf.put(found.briefs, self._repository.vocabulary)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("briefs", nargs="*", type=int, default=[1000, 10_000])
    loaded = {}
    with tempfile.TemporaryDirectory() as directory:
        for count in parser.parse_args().briefs:
            place = Path(directory, str(count))
            place.mkdir()
            generate(place, count)
            loaded[count] = content(place, count)
        one_changed_file(loaded)
    scifact()


def row(what: str, value: float, goal: str = "", unit: str = "") -> None:
    print(f"  {what:<58} {value:>9.3f} {unit:<4} {goal}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# Content


def content(directory: Path, count: int) -> tuple[Held, float]:
    """Prints the figures for a directory; gives what is held of it and the seconds that a full load takes."""
    files = brief_files(directory)
    size = sum(path.stat().st_size for path in files)
    print(f"{count:,} briefs, {size / 1e6:.1f} MB")
    for path in files:
        path.read_bytes()
    events = c_alone = load = math.inf
    for _ in range(ROUNDS):  # taken in turns: the machine is shared, and its speed drifts
        events = min(events, seconds(lambda: [parse_events(path) for path in files]))
        c_alone = min(c_alone, seconds(lambda: [parse_in_c(path) for path in files]))
        load = min(load, seconds(lambda: [load_brief(path) for path in files]))
    row("F, read and event parse", events, unit="s")
    row("C, the same inside the C parser alone", c_alone, unit="s")
    row("cold load with validation / F", load / events, "<= 5")
    row("cold load with validation / C", load / c_alone)

    built = index_seconds(files)
    row("index build / F", built / events, "<= 1.5")
    row("index build / C", built / c_alone)

    row("memory of the briefs / bytes of the files", in_fresh_process(grown_by_briefs, directory) / size, "<= 4")
    row("memory with index and names / bytes", in_fresh_process(grown_by_corpus, directory) / size, "<= 4")
    held = Held(directory)
    search(held)
    return held, load


def one_changed_file(loaded: dict[int, tuple[Held, float]]) -> None:
    """In turns, so that the drift of the machine meets all sizes."""
    chosen = {
        count: random.Random(1).sample(brief_files(held.directory), min(CHANGES, count))
        for count, (held, _) in loaded.items()
    }
    times = min(CHANGES, *loaded)
    rounds = [{count: change_one(loaded[count][0], chosen[count][n]) for count in loaded} for n in range(times)]
    taken = {count: statistics.median(each[count] for each in rounds) for count in loaded}
    print("one changed file")
    for count, (_, load) in loaded.items():
        row(f"at {count:,}", taken[count] * 1000, unit="ms")
        row(f"full load / one changed file at {count:,}", load / taken[count], ">= 200" if count == 1000 else "")
    row(f"at {max(taken):,} / at {min(taken):,}", taken[max(taken)] / taken[min(taken)], "<= 1.5")


def index_seconds(files: list[Path]) -> float:
    briefs, index = [loaded.value for loaded in map(load_brief, files)], Index()
    return seconds(lambda: all(index.add(brief) is None for brief in briefs if brief is not None))  # type: ignore[func-returns-value]


def parse_events(path: Path) -> int:
    next_event, count = CParser(path.read_bytes()).get_event, 0
    while next_event() is not None:
        count += 1
    return count


def parse_in_c(path: Path) -> bool:
    return CParser(path.read_bytes()).raw_parse() is None


def change_one(held: Held, path: Path) -> float:
    text = path.read_text()
    path.write_text(text.replace(" is ", " was ", 3) if " is " in text else text.replace(" was ", " is ", 3))
    before = held.corpus
    taken = seconds(lambda: held.reload(path))
    assert held.corpus is not before
    return taken


def in_fresh_process(measure: Callable[[Path], int], directory: Path) -> int:
    """A process that has done nothing else has no freed memory that would hide growth."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, directory).result()


def grown_by_briefs(directory: Path) -> int:
    """Bytes by which the process grows."""
    before = resident()
    briefs = [load_brief(path).value for path in brief_files(directory)]
    gc.collect()
    return resident() - before if briefs else 0


def grown_by_corpus(directory: Path) -> int:
    """Bytes by which the process grows."""
    before = resident()
    held = Held(directory)
    gc.collect()
    return resident() - before if held.corpus.briefs else 0


def resident() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def search(held: Held) -> None:
    chosen = random.Random(2)
    taken = []
    for _ in range(500):
        asked = " ".join(word(chosen, STOP_WORDS) for _ in range(chosen.randint(1, 5)))
        start = time.perf_counter()
        held.corpus.index.search(Equivalents().terms(asked), lambda _: True, 6)
        taken.append(time.perf_counter() - start)
    taken.sort()
    row("search p50", taken[len(taken) // 2] * 1000, unit="ms")
    row("search p99", taken[int(len(taken) * 0.99)] * 1000, "<= 30 at 10,000", "ms")


# Generated briefs: words as frequent as in English (Zipf), sizes as those of the real ones


def generate(directory: Path, count: int) -> None:
    chosen = random.Random(count)
    for number in range(count):
        (directory / f"brief-{number}.yaml").write_text(generated(chosen, number))
    (directory / "_store.yaml").write_text(
        "sections:\n" + "".join(f"  {key}: {{title: {key.title()}}}\n" for key in SECTIONS)
    )


def word(chosen: random.Random, least: int = 1) -> str:
    """A word by its rank in the vocabulary; the first one makes 9 % of a text, as *the* does of English. Questions use
    `least`: the most frequent words are stop words."""
    rank = int(least * (VOCABULARY / least) ** chosen.random())
    return f"w{rank}{chosen.choice(('', 's', 'ing', 'ed'))}"


def words(chosen: random.Random, count: int) -> str:
    return " ".join(word(chosen) for _ in range(count))


def generated(chosen: random.Random, number: int) -> str:
    head = (
        f"title: {words(chosen, 6)} {number}\nsummary: {words(chosen, 25)}\naliases: [alias {number}, other {number}]\n"
        "tags: [generated]\nstatus: published\nas_of: 2025-02-10\nowner: desk\nsections:\n"
    )
    claims: list[str] = []
    sources: list[str] = []
    for section in SECTIONS:
        claims.append(f"  {section}:\n    claims:\n")
        for nth in range(5):
            claim_id = f"claim-{len(sources)}"
            sources.append(
                f"  source-{len(sources)}:\n    title: {words(chosen, 9)}\n    publisher: {words(chosen, 3)}\n"
                f"    date: 2025-02-04\n    url: https://example.org/{claim_id}/{chosen.random()}\n    kind: news\n"
            )
            claims.append(
                f"      - id: {claim_id}\n        lead: {str(nth == 0).lower()}\n        undated: true\n"
                f"        text: This is {words(chosen, 22)}.\n        evidence:\n"
                f"          - source: source-{len(sources) - 1}\n            quote: {words(chosen, 24)}\n"
            )
    changes = "changes:\n  - date: 2025-02-10\n    kind: new\n    note: First version.\n"
    return head + "".join(claims) + "sources:\n" + "".join(sources) + changes


# SciFact, through the product's own index and query code


def scifact() -> None:
    if not SCIFACT.is_dir():
        print("SciFact is not beside the repository; nDCG@10 was not measured")
        return
    index = Index()
    for doc, title, text in table("corpus"):
        made = brief("doc-" + doc, {"overview": [claim(doc, text)]}, title=title)
        index.add(replace(made, aliases=(), tags=()))
    judged: dict[str, dict[str, int]] = {}
    for query, doc, grade in table("qrels"):
        judged.setdefault(query, {})[doc] = int(grade)
    scores = [
        ndcg([hit.claim.id for hit in index.search(Equivalents().terms(text), lambda _: True, 10)], judged[query])
        for query, text in table("queries")
        if query in judged
    ]
    print(f"SciFact, {len(scores)} queries")
    row("nDCG@10", statistics.mean(scores), ">= 0.69")


def table(name: str) -> list[list[str]]:
    csv.field_size_limit(10**9)
    with gzip.open(SCIFACT / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ndcg(ranked: list[str], grades: dict[str, int]) -> float:
    gain = sum(grades.get(doc, 0) / math.log2(place + 2) for place, doc in enumerate(ranked))
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return gain / ideal if ideal else 0.0


if __name__ == "__main__":
    main()
