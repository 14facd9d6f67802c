"""docs/operations.md: our commands in it run, its settings are taken, its files are there, its symptoms are the code's.

Commands of other programs (systemctl, docker, kubectl) are only read by a shell, and looked through for files of ours.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import settings
from bot.__main__ import main
from bot.slack.http import ENDPOINT
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.store.backups import content, fill

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("operations", "privacy")}
OPERATIONS = PAGES["operations"]
BACKUPS = "/var/backups/briefbot"
BRIEF = "el-salvador-offer.yaml"


def blocks(language: str, page: str = OPERATIONS) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every command of the page."""
    lines = (line.strip() for block in blocks("console") for line in block.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


OURS = [shlex.split(each)[2:] for each in commands() if each.startswith("sudo briefbot ")]
SENTENCES = [shlex.split(each)[1:] for each in re.findall(r"`(?:sudo )?(briefbot [^`…]+)`", "".join(PAGES.values()))]
CRON = next(block for block in blocks("text") if "backup" in block)


class Machine:
    """A directory in the place of /etc/briefbot, /srv/briefs and /var/backups/briefbot, and a database in use."""

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        for name in ("etc", "backups", "briefs"):
            (path / name).mkdir()
        for name in ("_store.yaml", BRIEF):
            shutil.copy(ROOT / "briefs" / name, path / "briefs")
        with opened(url) as engine:
            fill(engine)
        self.environ = {"BRIEFBOT_BRIEFS": str(path / "briefs"), "BRIEFBOT_DATABASE_URL": url}

    def here(self, text: str) -> str:
        """A command with the paths of this machine."""
        return text.replace(BACKUPS, str(self.path / "backups"))


@pytest.fixture
def machine(tmp_path: Path, sqlite: Databases) -> Machine:
    return Machine(tmp_path, sqlite.migrated())


def test_our_commands_do_what_the_page_says_in_its_order(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in machine.environ.items():
        monkeypatch.setenv(name, value)
    url = machine.environ["BRIEFBOT_DATABASE_URL"]
    rows, verbs = content(url), set()
    for words in OURS:
        if words[0] == "restore":
            for path in Path(url.removeprefix("sqlite:///")).parent.glob("briefbot.db*"):
                path.unlink()
        assert main([machine.here(word) for word in words]) == 0, words
        verbs.add(words[0])
    assert {"check", "backup", "restore"} <= verbs
    assert content(url) == rows


@pytest.mark.parametrize("words", SENTENCES, ids=" ".join)
def test_a_command_in_a_sentence_is_one(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*words, "--help"])
    assert (end.value.code, capsys.readouterr().err) == (0, "")


def test_the_line_for_cron_backs_up_with_the_settings_of_the_bot(machine: Machine) -> None:
    """Through the script that the page installs, whose user is this one here."""
    settings_file = machine.path / "etc" / "env"
    lines = [f"{name}='{value}'" for name, value in machine.environ.items()]
    settings_file.write_text("\n".join(lines), encoding="utf-8")
    script = machine.path / "briefbot"
    text = (ROOT / "manifests" / "systemd" / "briefbot").read_text(encoding="utf-8")
    program = f"{sys.executable} -m bot"
    text = text.replace("/etc/briefbot/env", str(settings_file))
    text = text.replace("runuser -u briefbot -- /opt/briefbot/bin/briefbot", program)
    assert (str(settings_file) in text, program in text) == (True, True)
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)
    *_, command = CRON.split(maxsplit=6)
    line = machine.here(command).replace("/usr/local/bin/briefbot", str(script)).replace(r"\%", "%")
    subprocess.run(["sh", "-c", line], env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)}, check=True)
    (written,) = (machine.path / "backups").iterdir()
    assert re.fullmatch(r"[A-Z][a-z]{2}\.backup", written.name)


@pytest.mark.parametrize("block", blocks("sh"))
def test_the_files_of_settings_are_taken(block: str) -> None:
    environ = dict(each.split("=", 1) for each in shlex.split(block))
    known = {str(field.validation_alias) for model in MODELS for field in model.model_fields.values()}
    assert set(environ) <= known
    assert settings.read(environ).briefs == Path("/srv/briefs")
    settings.read_slack(environ)


MODELS = (settings.Settings, settings.SlackSettings)


def test_commands_of_others_can_be_read_and_their_files_of_ours_are_there() -> None:
    script = "\n".join(commands())
    assert subprocess.run(["sh", "-n"], input=script, text=True, capture_output=True, check=True).stderr == ""
    named = set(re.findall(r"(?<![\w/.])(?:manifests/[\w/@.-]+|requirements\.txt)", OPERATIONS))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name.rstrip(".")).exists()] == []
    for unit in re.findall(r"briefbot@(\w+)", script):
        assert unit in ("all", "web", "worker", "service")


def test_both_proxies_pass_on_what_slack_calls_and_nothing_else() -> None:
    (nginx,), caddy = blocks("nginx"), next(block for block in blocks("text") if "reverse_proxy" in block)
    port = settings.SlackSettings.model_fields["port"].default
    for text in (nginx, caddy):
        assert re.findall(r"(?:location =|handle) (\S+) \{", text) == [ENDPOINT]
        assert f"127.0.0.1:{port}" in text
        assert text.count("{") == text.count("}")
        assert "404" in text
    assert all(re.search(r"[;{}]$|^\s*#", line) for line in nginx.splitlines())


def sentences() -> str:
    """The code of the program, with texts that go on in the next line put together."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    return re.sub(r'"\s*\n\s*f?"', "", code)


FOREIGN = {"database or disk is full", "No space left on device", "too many clients already", "is empty", "ratelimited"}
"""Of SQLite, Linux, Postgres and Slack, or too short to be looked for."""


def symptoms() -> Iterator[tuple[str, str, str]]:
    table = OPERATIONS.split("## Troubleshooting\n")[1].split("|---|---|---|\n")[1]
    for line in table.splitlines():
        _, symptom, cause, remedy, _ = line.split("|")
        yield symptom.strip(), cause.strip(), remedy.strip()


def test_every_symptom_has_a_cause_and_a_remedy_and_is_said_in_the_words_of_the_program() -> None:
    rows = list(symptoms())
    assert len(rows) >= 15
    assert all(cause and remedy for _, cause, remedy in rows)
    quotes = [quote for symptom, *_ in rows for quote in re.findall("`([^`]+)`", symptom)]
    pieces = {piece.strip() for quote in quotes for piece in quote.split("…")} - FOREIGN
    said = sentences()
    assert [piece for piece in sorted(pieces) if " " in piece and piece not in said] == []


def test_what_is_worth_an_alarm_is_measured() -> None:
    measured = (ROOT / "bot" / "app" / "metrics.py").read_text(encoding="utf-8")
    names = re.findall(r"`(briefbot_[a-z_]+)", OPERATIONS)
    assert len(names) > 3
    assert [name for name in names if f'"{re.sub("_(total|bucket)$", "", name)}"' not in measured] == []


def test_every_exit_code_is_explained() -> None:
    cells = re.findall(r"^\| ([\d, ]+) \|", OPERATIONS, re.MULTILINE)
    assert [int(code) for cell in cells for code in cell.split(",")] == [0, 1, 2, 3, 4, 130, 141]
