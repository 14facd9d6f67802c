"""A year of a git history, pulled by a running bot: each change is told once, by a calculation of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import pytest

from bot.store.store import Store
from tests.conftest import PROFILE
from tests.databases import Databases, opened
from tests.git_repository import Repository
from tests.handlers.desk import Desk
from tests.handlers.history import History
from tests.handlers.readers import Event, Readers

COMMITS = 60 if PROFILE == "gate" else 400
TIME_BETWEEN = timedelta(days=365) / COMMITS
RESTARTS = 12
"""The bot was down while one of so many pulls came."""

WHOLE = {
    "This brief is no longer published.": "gone",
    "This brief was withdrawn.": "gone",
    "This brief is published again.": "back",
    "New brief": "new",
}
CLAIM = re.compile(
    r"^(?:Was: The \w+ (\w+) stood at (\d+) .*\n?)?(?:(?:Now: )?The \w+ (\w+) stood at (\d+) )?", re.MULTILINE
)
NOTE = re.compile(r"^(?:(\w+): |\d+ \w+ \d+: |(\w+) · \d+ \w+ \d+: )?([A-Z][a-z]{19}\.)$", re.MULTILINE)


def told(text: str) -> Iterator[Event]:
    """What a post tells."""
    title, _, rest = text.partition("\n\n")
    name, kind = title.removeprefix("About "), rest.split(" · ")[0]
    whole = [WHOLE[line] for line in (kind, *rest.split("\n")) if line in WHOLE]
    if whole:
        yield name, whole[0]
        return
    for was, before, now, after in CLAIM.findall(rest):
        if was or now:
            yield name, "claim", was or now, before or "None", after or "None"
    for one, other, note in NOTE.findall(rest):
        yield name, "note", f"{(one or other or kind).lower()} {note}"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The history that all pull from."""
    grown = History(tmp_path_factory.mktemp("history"), Random(13))  # noqa: S311  repeatable on purpose
    while grown.commits() < COMMITS:
        grown.grow()
    return grown


def pull_all(history: History, random: Random) -> Iterator[str]:
    """The commits that a clone is moved to, the first one first: a pull brings one or several, and the last."""
    commits = history.first_parents()
    for place, commit in enumerate(commits):
        if place in (0, len(commits) - 1) or random.random() < 0.7:
            yield commit


@pytest.mark.hypothesis
def test_each_change_of_a_year_is_told_once(databases: Databases, tmp_path: Path, history: History) -> None:
    random = Random(13)  # noqa: S311  repeatable on purpose
    with opened(databases.migrated()) as engine:
        desk = Desk(tmp_path / "briefs", Store(engine))
        desk.decide(posts_per_publication=1000)  # a flood has a law of its own
        clone = copytree(history.path, desk.replica.directory, dirs_exist_ok=True)
        repository, readers = Repository(clone), Readers()
        for commit in pull_all(history, random):
            repository.git("checkout", "--quiet", commit)
            expected, before = readers.look(clone), len(desk.entries())
            desk.replica.at += TIME_BETWEEN
            if random.randrange(RESTARTS):
                desk.replica.look_at_all()
            else:
                desk.replica.start()
            desk.run()
            posts = [each.text for each in desk.entries()[before:] if each.thread_ts is None]
            if desk.subscriptions():
                assert Counter(event for post in posts for event in told(post)) == expected, (commit, posts)
            else:
                desk.subscribe("all")
