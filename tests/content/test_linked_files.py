"""A brief file that is a link: read where it leads to a file of its directory, and nowhere else."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.check import check
from bot.cli.publish import publish
from bot.content.loader import STORE_FILE, load_brief
from bot.content.repository import Repository, check_directory
from bot.core.briefs import canonical
from bot.settings import Settings
from tests.make import brief, claim


def text_of(duty: str) -> str:
    """A brief that is valid. JSON is YAML."""
    return canonical.dump(brief("tea", {"legal": [claim("duty", f"The duty was {duty}.")]}))


SECRET = "hunter2-passphrase"  # noqa: S105  stands in the file outside
OUTSIDE = "the file cannot be read: it is a link to a file outside of its directory"
TEXTS = {
    "secrets": f"title: {SECRET}\nstatus: {SECRET}\n{SECRET}: [{SECRET}\n",
    "a brief": text_of(SECRET),
    "no YAML": f"{SECRET}\n\t- {SECRET}: *{SECRET}\n",
}


def absolute(link: Path, target: Path) -> None:
    link.symlink_to(target)


def relative(link: Path, target: Path) -> None:
    link.symlink_to(os.path.relpath(target, link.parent))


def through_a_directory(link: Path, target: Path) -> None:
    (link.parent / "..data").symlink_to(target.parent)
    link.symlink_to(f"..data/{target.name}")


def through_a_link(link: Path, target: Path) -> None:
    (link.parent / ".other").symlink_to(target)
    link.symlink_to(".other")


LINKS = [absolute, relative, through_a_directory, through_a_link]


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    made = tmp_path / "briefs"
    made.mkdir()
    (made / STORE_FILE).write_text("sections:\n  legal: {title: Legal}\n", encoding="utf-8")
    return made


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("link", LINKS)
def test_a_file_outside_is_not_read(briefs: Path, text: str, link: Callable[[Path, Path], None]) -> None:
    target = briefs.parent / "elsewhere" / "secret.txt"
    target.write_text(text, encoding="utf-8")
    link(briefs / "tea.yaml", target)
    (problem,) = [each for each in check_directory(briefs) if each.path.endswith("tea.yaml")]
    assert (problem.code, problem.message) == ("B101", OUTSIDE)
    repository = Repository(briefs)
    assert repository.load().briefs == {}
    assert SECRET not in str(repository.broken)


def test_the_store_may_not_be_one_either(briefs: Path) -> None:
    (briefs / STORE_FILE).rename(briefs.parent / "elsewhere" / STORE_FILE)
    (briefs / STORE_FILE).symlink_to(f"../elsewhere/{STORE_FILE}")
    assert [each.message for each in check_directory(briefs)] == [OUTSIDE]


def test_no_command_quotes_it(
    briefs: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    target = briefs.parent / "elsewhere" / "secret.txt"
    target.write_text(TEXTS["secrets"], encoding="utf-8")
    absolute(briefs / "tea.yaml", target)
    settings = Settings(briefs=briefs, database_url=f"sqlite:///{briefs.parent}/briefbot.db")
    assert check([briefs], "text", settings) == 1
    assert check([briefs / "tea.yaml"], "text", settings) == 1
    assert publish(settings, force=False) == 1
    output = capsys.readouterr()
    assert output.out.count(OUTSIDE) + output.err.count(OUTSIDE) >= 2
    assert SECRET not in output.out + output.err + caplog.text


@pytest.mark.parametrize("target", ["..data/tea.yaml", ".tea"])
def test_a_file_of_the_directory_is_read(briefs: Path, target: str) -> None:
    """So do mounted configuration volumes keep their files."""
    (briefs / target).parent.mkdir(exist_ok=True)
    (briefs / target).write_text(text_of("threepence"), encoding="utf-8")
    (briefs / "tea.yaml").symlink_to(target)
    assert load_brief(briefs / "tea.yaml").value is not None
    (briefs.parent / "link").symlink_to(briefs)
    assert load_brief(briefs.parent / "link" / "tea.yaml").value is not None


@pytest.mark.parametrize("target", ["tea.yaml", "nowhere.yaml", "../nowhere.yaml", "/"])
def test_a_link_to_nothing_is_named(briefs: Path, target: str) -> None:
    (briefs / "tea.yaml").symlink_to(target)
    assert [each.code for each in load_brief(briefs / "tea.yaml").problems] == ["B101"]
