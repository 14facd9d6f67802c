"""Who would hear, in the output of `briefbot diff`: in words, as JSON and in the summary of a job."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.store.store import Store
from tests.cli.test_diff import CORRECTED, FERRIES, STORE
from tests.databases import Databases, opened
from tests.git_repository import Repository
from tests.handlers.replica import Replica, follow

Capture = pytest.CaptureFixture[str]
TOLD = "Readers will be told of 1 brief: 1 correction.\nCorrection: ferries\n"
HEARD = "Who will hear: 1 subscription in 1 channel.\n- 1 channel gets a post: C1."


@pytest.fixture
def url(sqlite: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a bot that has published a brief, which a channel follows; the brief is corrected since."""
    (tmp_path / "briefs").mkdir()
    git = Repository(tmp_path)
    git.commit({"briefs/ferries.yaml": FERRIES, "briefs/_store.yaml": STORE})
    url = sqlite.migrated()
    with opened(url) as engine:
        replica = Replica(tmp_path / "briefs", Store(engine))
        replica.save("_store", STORE)
        replica.start()
        follow(replica.store, "ferries")
    (tmp_path / "briefs/ferries.yaml").write_text(CORRECTED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("url")
def test_the_words_follow_what_readers_are_told(capsys: Capture) -> None:
    assert main(["diff"]) == 0
    assert capsys.readouterr().out.startswith(f"{TOLD}\n{HEARD}\n\n---\n")


@pytest.mark.usefixtures("url")
def test_json_has_it_as_its_last_record(capsys: Capture) -> None:
    assert main(["diff", "--format", "json"]) == 0
    *briefs, last = json.loads(capsys.readouterr().out)
    assert [each["brief"] for each in briefs] == ["ferries"]
    assert last["radius"] == {
        "subscriptions": 1,
        "audiences": [{"place": {"team": "T1", "channel": "C1"}, "posts": 1, "conversations": 1, "paused": False}],
        "edited": [],
        "digests": [],
        "remarks": [],
        "unknown": None,
    }


@pytest.mark.usefixtures("url")
def test_the_summary_of_a_job_has_it(capsys: Capture) -> None:
    assert main(["diff", "--format", "markdown"]) == 0
    assert "\n    Who will hear: 1 subscription in 1 channel.\n" in capsys.readouterr().out


def test_what_is_published_is_what_counts(url: str, capsys: Capture) -> None:
    path = Path("briefs/ferries.yaml")
    Repository(Path()).commit()
    path.write_text(path.read_text(encoding="utf-8").replace("no alternative.", "no other way."), encoding="utf-8")
    main(["diff"])
    out = capsys.readouterr().out
    assert out.startswith("Readers will be told of 1 brief: 1 update.\n")
    assert "- It is counted from what is published, which is another version of 1 brief: ferries.\n" in out


def test_an_older_database_is_a_sentence_and_no_failure(url: str, capsys: Capture) -> None:
    with opened(url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    assert main(["diff"]) == 0
    assert (
        "\nWho will hear is not known: the database cannot be read (it is of version 0003, " in capsys.readouterr().out
    )


def test_without_a_database_nothing_is_said_of_it_and_none_is_made(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.delenv("BRIEFBOT_DATABASE_URL")
    assert main(["diff"]) == 0
    assert "Who will hear" not in capsys.readouterr().out
    assert not Path("var").exists()
