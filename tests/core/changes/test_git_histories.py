"""Real git histories of brief files: what is reported from commit to commit makes the last state of the first."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given

from bot.content.loader import load_brief
from bot.content.repository import brief_files
from bot.core.briefs.brief import Brief, BriefContent, Section
from bot.core.briefs.canonical import unnamed
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_corpora, squash
from tests.conftest import examples
from tests.core.changes.apply import apply, read
from tests.core.changes.rewrites import histories
from tests.ferries import COURT, FERRIES, HALVED, edited, ferries, noted, with_claims
from tests.git_repository import Repository

State = Mapping[str, Brief]
"""Briefs by slug."""

STYLES: Mapping[str, Mapping[str, Any]] = {
    "plain": {"sort_keys": False},
    "quoted": {"sort_keys": False, "default_style": '"'},
    "sorted": {"sort_keys": True},
    "reversed": {"sort_keys": False, "reverse": True},
    "indented": {"sort_keys": False, "indent": 8, "width": 40, "explicit_start": True},
    "flowing": {"sort_keys": False, "default_flow_style": True, "width": 1000},
}
"""Ways to write the same."""


class Briefs(Repository):
    """A git repository with briefs in it."""

    def states(self) -> list[State]:
        """The briefs at each commit, the oldest first. A file that is broken stands for what it last held."""
        states: list[State] = []
        for commit in self.git("rev-list", "--reverse", "HEAD").split():
            self.git("checkout", "--quiet", commit)
            before = states[-1] if states else {}
            loaded = {path.stem: load_brief(path).value for path in brief_files(self.path)}
            states.append({slug: brief for slug, new in loaded.items() if (brief := new or before.get(slug))})
        self.git("checkout", "--quiet", "main")
        return states


@pytest.fixture
def repository(tmp_path: Path) -> Briefs:
    return Briefs(tmp_path)


def written(brief: BriefContent, style: str = "plain") -> str:
    """A brief as a file."""
    plain = _plain(unnamed(brief) if isinstance(brief, Brief) else brief)
    how = dict(STYLES[style])
    if how.pop("reverse", False):
        plain = _backwards(plain)
    return str(yaml.safe_dump(plain, allow_unicode=True, **how))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        values = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {key: each for key, each in values.items() if each not in (None, [])}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _backwards(value: Any) -> Any:
    """The same with its keys in the opposite order."""
    if isinstance(value, dict):
        return {key: _backwards(each) for key, each in reversed(value.items())}
    return [_backwards(each) for each in value] if isinstance(value, list) else value


def replayed(states: Sequence[State]) -> State:
    """The first state, and all that is reported from commit to commit applied to it."""
    now: dict[str, Brief | None] = dict(states[0])
    for before, after in pairwise(states):
        for change_set in diff_corpora(before, after):
            now[change_set.slug] = apply(now.get(change_set.slug), change_set)
    return {slug: brief for slug, brief in now.items() if brief is not None}


def as_read(state: State) -> dict[str, Any]:
    return {slug: seen for slug, brief in state.items() if (seen := read(brief))}


def reports(states: Sequence[State]) -> list[list[tuple[str, str]]]:
    """(slug, kind) of each set, commit by commit."""
    return [[(each.slug, each.kind) for each in diff_corpora(*pair)] for pair in pairwise(states)]


def whole(states: Sequence[State], slug: str) -> ChangeSet | None:
    return squash([state.get(slug) for state in states])


RIGHT = with_claims(ferries(), overview=[HALVED])
CORRECTED = noted(RIGHT, "correction", "The board had said nothing.")
OTHER = edited(ferries(), title="The bus timetable of 2025", aliases=("buses",))
WITHDRAWN = noted(edited(OTHER, status="withdrawn"), "withdrawal", "There are no buses.")


def test_a_history_with_all_that_happens_in_one(repository: Briefs) -> None:
    repository.commit({"ferries.yaml": written(FERRIES), "_store.yaml": "sections: {}\n"})
    repository.commit({"buses.yaml": written(OTHER)})
    repository.commit({"ferries.yaml": written(CORRECTED)})
    repository.commit({"ferries.yaml": written(CORRECTED).replace("owner: local-desk", "ownr: local-desk")})
    repository.commit({"ferries.yaml": written(edited(CORRECTED, title="Ferries"))})
    repository.commit({"buses.yaml": None, "coaches.yaml": written(OTHER)})
    repository.commit({"coaches.yaml": written(WITHDRAWN)})
    repository.commit({"ferries.yaml": None})
    states = repository.states()
    assert reports(states) == [
        [("buses", "new")],
        [("ferries", "correction")],
        [],
        [("ferries", "update")],
        [("buses", "withdrawal"), ("coaches", "new")],
        [("coaches", "withdrawal")],
        [("ferries", "withdrawal")],
    ]
    assert as_read(replayed(states)) == as_read(states[-1])


def test_the_name_of_a_file_is_the_brief(repository: Briefs) -> None:
    repository.commit({"ferries.yaml": written(FERRIES)})
    repository.git("mv", "ferries.yaml", "boats.yaml")
    repository.commit()
    states = repository.states()
    assert reports(states) == [[("boats", "new"), ("ferries", "withdrawal")]]
    assert as_read(replayed(states)) == as_read(states[-1])


def test_a_revert_is_a_change_back_and_nothing_in_the_whole(repository: Briefs) -> None:
    repository.commit({"ferries.yaml": written(FERRIES)})
    repository.commit({"ferries.yaml": written(RIGHT)})
    repository.git("revert", "--no-edit", "HEAD")
    states = repository.states()
    assert [len(sets) for sets in reports(states)] == [1, 1]
    assert states[2]["ferries"].revision == states[0]["ferries"].revision
    assert as_read(replayed(states)) == as_read(states[0])
    assert whole(states, "ferries") is None


def test_another_way_to_write_the_same_is_no_change(repository: Briefs) -> None:
    for style in STYLES:
        repository.commit({"ferries.yaml": written(FERRIES, style)})
    curly = (
        written(FERRIES)
        .replace("charter's", "charter’s")
        .replace("“We", '"We')
        .replace("alternative,”", 'alternative,"')
    )
    repository.commit({"ferries.yaml": curly})
    assert repository.git("log", "--format=%H", "--", "ferries.yaml").count("\n") == len(STYLES) + 1
    assert reports(repository.states()) == [[]] * len(STYLES)


def test_a_broken_commit_is_as_if_it_were_not(repository: Briefs) -> None:
    for text in (written(FERRIES), "title: [", written(RIGHT), "\ttabs", written(CORRECTED)):
        repository.commit({"ferries.yaml": text})
    states = repository.states()
    assert reports(states) == [[], [("ferries", "update")], [], [("ferries", "correction")]]
    change_set = whole(states, "ferries")
    assert change_set is not None
    assert [(change.op, change.kind) for change in change_set.changes] == [("removed", "correction")]


def test_branches_that_are_merged_are_told_as_they_come_in(repository: Briefs) -> None:
    repository.commit({"ferries.yaml": written(FERRIES), "buses.yaml": written(OTHER)})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({"buses.yaml": written(edited(OTHER, title="Buses"))})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"ferries.yaml": written(with_claims(ferries(), legal=[COURT]))})
    repository.git("merge", "--quiet", "--no-edit", "side")
    states = repository.states()
    (first, *_, last) = states
    assert [each.slug for each in diff_corpora(first, last)] == ["buses", "ferries"]
    assert as_read(replayed(states)) == as_read(last)


def allowed(brief: Brief) -> Brief:
    """Without what no file may have: sources that nobody cites, and notes that do not fit."""
    claims = [claim for part in brief.sections.values() for claim in part.claims]
    cited = {item.source for claim in claims for item in claim.evidence}
    sources = {key: source for key, source in brief.sources.items() if key in cited}
    ids = {claim.id for claim in claims}
    fitting = (note for note in brief.changes if ids.issuperset(note.claims) and cited.issuperset(note.sources))
    notes = tuple(sorted(fitting, key=lambda note: note.date, reverse=True))
    status = "draft" if brief.status == "withdrawn" else brief.status
    evidence = {claim.id: tuple(dict.fromkeys(claim.evidence)) for claim in claims}
    sections = {
        key: Section(claims=tuple(replace(claim, evidence=evidence[claim.id]) for claim in part.claims))
        for key, part in brief.sections.items()
    }
    return replace(brief, sections=sections, sources=sources, changes=notes, status=status, review_by=None)


@given(histories())
@examples(25, HealthCheck.too_slow)
def test_random_histories(versions: list[Brief]) -> None:
    styles = list(STYLES)
    with TemporaryDirectory() as directory:
        repository = Briefs(Path(directory))
        for number, version in enumerate(versions):
            repository.commit({"ferries.yaml": written(allowed(version), styles[number % len(styles)])})
        states = repository.states()
    assert as_read(replayed(states)) == as_read(states[-1])
