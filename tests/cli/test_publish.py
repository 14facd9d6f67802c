"""`briefbot publish` as a deploy calls it, on both databases."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest

from bot.cli.publish import publish
from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.settings import Settings
from bot.store.store import Store
from tests.conftest import ROOT, members
from tests.databases import Databases, opened
from tests.ferries import edited, noted
from tests.handlers.replica import follow, owed
from tests.make import brief

RAIL = brief("rail")
OTHER = edited(RAIL, summary="Something else.")
EARLIER = "files from before publication 2, which is newer; to publish them anyway: briefbot publish --force\n"


@dataclass
class Deploy:
    """A directory of brief files and a database; the command prints to `capsys`."""

    settings: Settings
    capsys: pytest.CaptureFixture[str]

    def write(self, *briefs: Brief) -> None:
        for each in briefs:
            self.save(each.slug, canonical.dump(each))

    def save(self, name: str, text: str) -> None:
        (self.settings.briefs / f"{name}.yaml").write_text(text, encoding="utf-8")

    def publish(self, *briefs: Brief, force: bool = False) -> tuple[int, str, str]:
        """The exit code, and what is printed for readers and for errors."""
        self.write(*briefs)
        code = publish(self.settings, force=force)
        return code, *self.capsys.readouterr()


@pytest.fixture
def deploy(databases: Databases, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Deploy:
    """The database has no tables yet."""
    (tmp_path / "briefs").mkdir()
    settings = Settings(
        briefs=tmp_path / "briefs", database_url=databases.empty(), absence_grace=timedelta(seconds=0.5)
    )
    return Deploy(settings, capsys)


def seen(deploy: Deploy) -> dict[str, str]:
    """What readers see: revisions by slug."""
    with opened(deploy.settings.database_url) as engine, Store(engine).snapshot() as tx:
        return tx.publications.revisions()


def test_the_first_time_makes_the_tables_and_publishes_all(deploy: Deploy) -> None:
    code, out, err = deploy.publish(RAIL, brief("roads"))
    assert (code, err) == (0, "")
    assert out == "publication 1: 2 briefs; the first one announces nothing\n"
    assert seen(deploy) == {"rail": RAIL.revision, "roads": brief("roads").revision}


def test_unchanged_files_are_published_once(deploy: Deploy) -> None:
    deploy.publish(RAIL)
    assert deploy.publish(RAIL) == (0, "nothing to publish: no brief has changed\n", "")


def test_changed_files_are_the_next_publication_and_owed_to_who_follows(deploy: Deploy) -> None:
    deploy.publish(RAIL)
    with opened(deploy.settings.database_url) as engine:
        follow(Store(engine))
    code, out, err = deploy.publish(OTHER)
    assert (code, out, err) == (0, "publication 2: 1 update (rail)\n", "")
    assert seen(deploy) == {"rail": OTHER.revision}
    with opened(deploy.settings.database_url) as engine:
        assert owed(Store(engine)) == [("change", "C1", 1, 2, "pending")]


def test_older_files_are_refused_with_what_to_do(deploy: Deploy) -> None:
    deploy.publish(RAIL)
    deploy.publish(OTHER)
    assert deploy.publish(RAIL) == (1, "", f"{deploy.settings.briefs} contains {EARLIER}")
    assert seen(deploy) == {"rail": OTHER.revision}


def test_older_files_are_published_by_force(deploy: Deploy) -> None:
    deploy.publish(RAIL)
    deploy.publish(OTHER)
    code, out, err = deploy.publish(RAIL, force=True)
    assert (code, out, err) == (0, "publication 3: 1 update (rail)\n", "")
    assert seen(deploy) == {"rail": RAIL.revision}


def test_a_broken_file_is_named_and_the_others_are_published(deploy: Deploy) -> None:
    deploy.publish(RAIL, brief("roads"))
    deploy.save("roads", "title: [")
    code, out, err = deploy.publish(OTHER)
    assert (code, out) == (1, "publication 2: 1 update (rail)\n")
    assert err.startswith(f"{deploy.settings.briefs}/roads.yaml:2:1: error B105 this is not YAML")
    assert err.count("\n") == 1
    assert seen(deploy) == {"rail": OTHER.revision, "roads": brief("roads").revision}


def test_only_broken_files_change_nothing_and_still_fail(deploy: Deploy) -> None:
    deploy.publish(RAIL)
    deploy.save("rail", "title: [")
    code, out, _ = deploy.publish()
    assert (code, out) == (1, "nothing to publish: no brief has changed\n")
    assert seen(deploy) == {"rail": RAIL.revision}


@pytest.mark.parametrize("databases", members(["sqlite", "postgres"], "postgres"), indirect=True)
def test_two_deploys_at_once_publish_once(deploy: Deploy) -> None:
    deploy.write(RAIL, *(brief(f"b{number}") for number in range(20)))
    environ = {
        **os.environ,
        "BRIEFBOT_BRIEFS": str(deploy.settings.briefs),
        "BRIEFBOT_DATABASE_URL": deploy.settings.database_url,
    }
    command = [sys.executable, "-m", "bot", "publish"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environ)
        for _ in range(2)
    ]
    printed = sorted(each.communicate(timeout=60) for each in both)
    assert printed == [
        ("nothing to publish: no brief has changed\n", ""),
        ("publication 1: 21 briefs; the first one announces nothing\n", ""),
    ]
    assert [each.returncode for each in both] == [0, 0]
    assert len(seen(deploy)) == 21


def test_what_is_announced_is_named_by_kind_the_gravest_first(deploy: Deploy) -> None:
    deploy.publish(RAIL, *(brief(f"b{number}") for number in range(6)))
    fixed = noted(brief("b0"), "correction", "It was wrong.")
    deploy.publish(fixed, *(edited(brief(f"b{number}"), summary="Other.") for number in range(1, 6)))
    (deploy.settings.briefs / "rail.yaml").rename(deploy.settings.briefs / "train.yaml")
    _, out, _ = deploy.publish(*(edited(brief(f"b{number}"), title="T.") for number in range(1, 6)), fixed)
    assert out == "publication 3: 5 updates (b1; b2; b3; b4; b5), 1 rename (rail, now train)\n"


# Files that are missing


def test_a_file_that_is_missing_is_waited_for_and_then_gone(deploy: Deploy, caplog: pytest.LogCaptureFixture) -> None:
    deploy.publish(RAIL, brief("bus"), brief("ferry"))
    (deploy.settings.briefs / "bus.yaml").unlink()
    assert deploy.publish() == (0, "publication 2: 1 withdrawal (bus, its file is gone)\n", "")
    assert caplog.messages == ["waiting 0.5 s for missing files, 1 in all: bus.yaml"]
    assert set(seen(deploy)) == {"rail", "ferry"}


def test_a_file_that_comes_back_while_it_is_waited_for_is_not_gone(deploy: Deploy) -> None:
    deploy.publish(RAIL, brief("bus"), brief("ferry"))
    path = deploy.settings.briefs / "bus.yaml"
    path.rename(path.with_suffix(".away"))
    Timer(0.2, path.with_suffix(".away").rename, [path]).start()
    assert deploy.publish() == (0, "nothing to publish: no brief has changed\n", "")


@pytest.mark.parametrize("left", [0, 1])
def test_where_most_briefs_are_gone_nothing_is_published_unless_forced(deploy: Deploy, left: int) -> None:
    deploy.publish(RAIL, brief("bus"), brief("ferry"))
    before = seen(deploy)
    for slug in ("rail", "bus", "ferry")[left:]:
        (deploy.settings.briefs / f"{slug}.yaml").unlink()
    code, out, err = deploy.publish()
    assert (code, out) == (1, "")
    assert err.startswith("nothing is published: ")
    assert err.endswith(". Put the files back; if it is meant: briefbot publish --force\n")
    assert seen(deploy) == before
    assert deploy.publish(force=True)[0] == 0
    assert len(seen(deploy)) == left


def test_what_comes_back_needs_no_force(deploy: Deploy) -> None:
    deploy.publish(RAIL, brief("bus"), brief("ferry"))
    (deploy.settings.briefs / "bus.yaml").unlink()
    deploy.publish()
    assert deploy.publish(brief("bus"))[0] == 0
    assert set(seen(deploy)) == {"rail", "bus", "ferry"}
