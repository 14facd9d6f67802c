"""`briefbot init`: a store of one's own, whole or not at all, that works as it is."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

import bot
from bot.__main__ import USAGE_ERROR, main
from bot.cli.init_store import FIRST_BRIEF, store_files
from bot.content.repository import check_directory
from bot.settings import Settings, SlackSettings
from tests.conftest import ROOT
from tests.live import stage

FILES = {
    ".env.example",
    ".github/workflows/briefs.yaml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "README.md",
    "briefs/_store.yaml",
    "briefs/brief.schema.json",
    "briefs/ferry-timetable.yaml",
    "briefs/store.schema.json",
    "manifests/http.yaml",
    "manifests/socket-mode.yaml",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    for name in ("BRIEFBOT_BRIEFS", "BRIEFBOT_COMMAND"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(directory: Path) -> dict[str, str]:
    """The text of each file below a directory, by its path there, and an entry for each directory without one."""
    paths = (path for path in directory.rglob("*") if path.is_file() or not any(path.iterdir()))
    return {path.relative_to(directory).as_posix(): path.read_text() if path.is_file() else "" for path in paths}


# What it writes


def test_it_writes_a_store_and_says_what_is_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "our notes", "--command", "/legal"]) == 0
    assert set(tree(here / "our notes")) == FILES
    first, *commands, last = capsys.readouterr().out.splitlines()
    assert first == (
        f"11 files written to {here}/our notes. First cd 'our notes' && export BRIEFBOT_COMMAND=/legal, then:"
    )
    assert [re.split(" {2,}", line)[1] for line in commands] == [
        "briefbot check",
        "briefbot ask legal",
        "briefbot demo",
    ]
    assert last == (
        "Put the repository that you have briefbot from in place of OWNER/briefbot in .github/workflows/briefs.yaml."
    )


def test_in_this_directory_there_is_nothing_to_do_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".git").mkdir()
    assert main(["init", "--action", "some-body/brief.bot@v1.0"]) == 0
    assert capsys.readouterr().out.startswith(f"11 files written to {here}. Next:\n  briefbot check ")
    steps = yaml.safe_load((here / ".github/workflows/briefs.yaml").read_text())["jobs"]["check"]["steps"]
    assert steps[-1] == {"uses": "some-body/brief.bot@v1.0"}


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2035, 12, 31)], ids=str)
def test_the_first_brief_passes_without_a_warning_on_any_day(today: date, here: Path) -> None:
    (here / "briefs").mkdir()
    for name, text in store_files("/brief", "a/b@c", today).items():
        if name.startswith("briefs/"):
            (here / name).write_text(text, encoding="utf-8")
    assert check_directory(here / "briefs", today=today) == []


@pytest.mark.parametrize("name", ["socket-mode.yaml", "http.yaml"])
def test_the_manifests_have_the_chosen_command(name: str) -> None:
    files = store_files("/legal", "a/b@c", date(2026, 1, 1))
    written = yaml.safe_load(files[f"manifests/{name}"])
    manifest = yaml.safe_load((ROOT / "manifests" / name).read_text(encoding="utf-8"))
    manifest["features"]["slash_commands"][0]["command"] = "/legal"
    assert written == manifest


def test_the_schemas_are_those_of_the_program() -> None:
    files = store_files("/brief", "a/b@c", date(2026, 1, 1))
    for name in ("brief", "store"):
        assert files[f"briefs/{name}.schema.json"] == (ROOT / f"briefs/{name}.schema.json").read_text(encoding="utf-8")


def test_the_hook_is_that_of_the_program_and_the_workflow_that_of_its_repository() -> None:
    files = store_files("/brief", "./", date(2026, 1, 1))
    (ours,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    hook = yaml.safe_load(files[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    assert hook.pop("additional_dependencies") == [f"briefbot=={bot.__version__}"]
    del ours["description"]
    assert hook == ours
    workflow = yaml.safe_load((ROOT / ".github/workflows/briefs.yaml").read_text(encoding="utf-8"))
    assert yaml.safe_load(files[".github/workflows/briefs.yaml"]) == workflow


def test_the_settings_are_all_there_is_to_set_with_their_defaults() -> None:
    text = store_files("/legal", "a/b@c", date(2026, 1, 1))[".env.example"]
    lines = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))
    fields = [*Settings.model_fields.values(), *SlackSettings.model_fields.values()]
    of_others = {"GITHUB_WORKSPACE", "SLACK_API_URL"}
    assert set(lines) | of_others == {field.validation_alias for field in fields}
    defaults = {field.validation_alias: field.default for field in fields}
    plain = {name: value for name, value in lines.items() if isinstance(defaults[name], int | str | Path)}
    unlike = {name for name, value in plain.items() if str(defaults[name]) != value}
    assert unlike == {"BRIEFBOT_COMMAND", "BRIEFBOT_EMPTY_DIGESTS"}
    assert re.findall(r"^([A-Z_]+)=", text, re.MULTILINE) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "BRIEFBOT_COMMAND"]


# It works as it is


def test_what_its_page_says_to_type_works(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--command", "law"]) == 0
    monkeypatch.setenv("BRIEFBOT_COMMAND", "/law")
    lines = re.findall(r"^\$ briefbot ([^#\n]+?) +#", (here / "README.md").read_text(), re.MULTILINE)
    assert [line for line in lines if line != "demo"] == ["check", "ask legal", "new harbour-fees"]
    capsys.readouterr()
    assert [main(line.split()) for line in lines if line != "demo"] == [0, 0, 0]
    assert "Two towns went to court in March 2025" in capsys.readouterr().out


def test_the_bot_answers_from_it_by_its_command(here: Path) -> None:
    files = store_files("/legal", "a/b@c", date(2026, 1, 1))
    briefs = {name.removeprefix("briefs/"): text for name, text in files.items() if name.startswith("briefs/")}
    with stage(here, files=briefs, command="/legal") as room:
        room.workspace.command(room.ann, room.general, "/legal reactions")
        assert "“We have no alternative,”" not in room.dialogue(room.ann, room.general)[-1]
        assert (
            "The board said in March 2025 that there was no alternative." in room.dialogue(room.ann, room.general)[-1]
        )


# Whole or not at all


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_there_is_named_and_nothing_is_written(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    (here / name).write_text("mine")
    before = tree(here)
    assert main(["init"]) == USAGE_ERROR
    assert capsys.readouterr().err == (
        f"briefbot: {name} is there already, and init overwrites nothing: move it away, or name another directory, "
        "e.g. briefbot init my-briefs; nothing was written\n"
    )
    assert tree(here) == before


def test_a_link_that_leads_nowhere_is_a_file_that_is_there(here: Path) -> None:
    (here / "README.md").symlink_to("nowhere")
    assert main(["init"]) == USAGE_ERROR
    assert [path.name for path in here.iterdir()] == ["README.md"]


def test_other_briefs_are_not_given_another_store(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "briefs").mkdir()
    (here / "briefs" / "tea.yaml").write_text("title: Tea")
    assert main(["init"]) == USAGE_ERROR
    assert "briefs/tea.yaml is there already" in capsys.readouterr().err
    assert set(tree(here)) == {"briefs/tea.yaml"}


def test_files_beside_are_left_alone(here: Path) -> None:
    (here / "LICENSE").write_text("mine")
    (here / "briefs").mkdir()
    (here / "briefs" / "notes.txt").write_text("mine")
    assert main(["init"]) == 0
    assert {name for name, text in tree(here).items() if text == "mine"} == {"LICENSE", "briefs/notes.txt"}


@pytest.mark.parametrize("name", [".github", "manifests", "briefs"])
def test_what_fails_half_way_leaves_nothing(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / name).write_text("a file where a directory belongs")
    assert main(["init"]) == USAGE_ERROR
    stderr = capsys.readouterr().err
    assert re.match(rf"briefbot: {re.escape(name)}[\w/.-]*: .*; nothing was written\n$", stderr), stderr
    assert set(tree(here)) == {name}


def test_a_directory_that_was_made_goes_again(here: Path) -> None:
    (here / "a").write_text("a file")
    assert main(["init", "a/b"]) == USAGE_ERROR
    assert set(tree(here)) == {"a"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--command", "/Our Briefs"], "--command is “/Our Briefs”; it must be a slash and 1 to 31 of a-z"),
        (["--command", ""], "--command is “”; it must be a slash"),
        (["--command", "/" + "x" * 32], "it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /legal\n"),
        (
            ["--action", "briefbot"],
            "--action is “briefbot”; it must be OWNER/REPOSITORY@REVISION, e.g. OWNER/briefbot@v",
        ),
        (["--action", "a/b@c\n      - run: x"], "it must be OWNER/REPOSITORY@REVISION"),
    ],
)
def test_a_name_that_is_none_is_refused(
    arguments: list[str], says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *arguments]) == USAGE_ERROR
    assert says in capsys.readouterr().err
    assert tree(here) == {}


def test_the_example_is_a_file_with_a_comment_at_each_key() -> None:
    text = store_files("/brief", "a/b@c", date(2026, 1, 1))[FIRST_BRIEF]
    assert text.startswith("# yaml-language-server: $schema=brief.schema.json\n")
    assert "@" not in text
