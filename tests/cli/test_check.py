"""`briefbot check` as a maintainer and as a workflow call it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot.cli.check import check
from bot.errors import SettingsError
from bot.settings import Settings
from tests.conftest import ROOT

VALID = ROOT / "tests/examples/valid"
SETTINGS = Settings(briefs=VALID)
STORE = "sections: {legal: {title: Legal considerations}}\n"
VALID_TEXT = (VALID / "everything.yaml").read_text(encoding="utf-8")
BROKEN = VALID_TEXT.replace("owner: desk", "ownr: 50%, or less").replace("status: published", "status: public")


def test_clean_files_print_nothing_and_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([], "text", SETTINGS) == 0
    assert capsys.readouterr().out == ""


def test_clean_files_are_an_empty_list_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([VALID], "json", SETTINGS) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_json_has_the_keys_that_it_promises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN)
    assert check([path], "json", SETTINGS) == 1
    diagnostics = json.loads(capsys.readouterr().out)
    assert diagnostics == sorted(diagnostics, key=lambda each: (each["line"], each["column"]))
    keys = ["path", "line", "column", "code", "severity", "message", "hint"]
    assert [list(each) for each in diagnostics] == [keys, keys]
    assert {"path": str(path), "line": 11, "column": 1, "code": "B120", "severity": "error"}.items() <= diagnostics[
        1
    ].items()


def test_github_annotations_are_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken, or not.yaml"
    path.write_text(BROKEN)
    assert check([tmp_path], "github", SETTINGS) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"::error file={tmp_path}/broken%2C or not.yaml,line=") for line in lines)
    assert any('::"ownr" is not a key that belongs here; did you mean "owner"?' in line for line in lines)


def test_a_warning_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_store.yaml").write_text(STORE)
    (tmp_path / "no-quote.yaml").write_bytes((ROOT / "tests/examples/invalid/no-quote.yaml").read_bytes())
    assert check([tmp_path], "text", SETTINGS) == 0
    assert "0 errors, 1 warning\n" in capsys.readouterr().out


def test_a_file_is_checked_beside_its_neighbours_but_reports_only_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_bytes((VALID / "everything.yaml").read_bytes())
    assert check([tmp_path / "second.yaml"], "text", SETTINGS) == 1
    out = capsys.readouterr().out
    assert 'second.yaml:6:11: error B204 "all keys" already names first' in out
    assert "first.yaml:" not in out


def test_an_alias_that_the_store_shares_may_stand_in_several_briefs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (VALID / "everything.yaml").read_text(encoding="utf-8")
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    store = "sections: {legal: {title: Legal}, overview: {title: Overview}}\n"
    (tmp_path / "_store.yaml").write_text(f"{store}shared_aliases: [All Keys]\n", encoding="utf-8")
    check([tmp_path], "text", SETTINGS)
    assert "B204" not in capsys.readouterr().out
    twice = text.replace("aliases: [all keys", "aliases: [all keys, all-keys")
    (tmp_path / "second.yaml").write_text(twice, encoding="utf-8")
    check([tmp_path], "text", SETTINGS)
    assert 'error B204 "all-keys" already names this brief' in capsys.readouterr().out


@pytest.mark.parametrize(("above", "codes"), [("update", ""), ("correction", ""), ("new", "B404")])
def test_a_note_may_stand_above_that_of_a_withdrawal(
    above: str, codes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (VALID / "everything.yaml").read_text(encoding="utf-8").replace("status: published", "status: withdrawn")
    notes = (f"{{date: 2026-0{month}-01, kind: {kind}, note: So.}}" for month, kind in ((2, above), (1, "withdrawal")))
    lines = "".join(f"  - {note}\n" for note in notes)
    (tmp_path / "gone.yaml").write_text(text.replace("changes:\n", f"changes:\n{lines}"), encoding="utf-8")
    check([tmp_path], "text", SETTINGS)
    assert codes in capsys.readouterr().out
    assert codes or "B404" not in capsys.readouterr().out


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        check([tmp_path / "nothing.yaml"], "text", SETTINGS)


@pytest.mark.parametrize("name", ["everything", "evrything.yaml", "Everything"])
def test_a_path_that_is_not_there_may_be_that_of_a_brief_beside_it(name: str) -> None:
    with pytest.raises(SettingsError, match=r"no such file or directory; did you mean .*/valid/everything\.yaml\?"):
        check([VALID / name], "text", SETTINGS)


def test_files_that_are_not_read_are_usage_errors_each_with_its_reason(tmp_path: Path) -> None:
    for name in ("ferries.yml", "README", "ferries.yaml"):
        (tmp_path / name).write_text("nonsense")
    with pytest.raises(SettingsError) as error:
        check([tmp_path / "ferries.yml", tmp_path / "ferries.yaml", tmp_path / "README"], "text", SETTINGS)
    assert [line.partition("; ")[0] for line in str(error.value).splitlines()] == [
        f"{tmp_path}/ferries.yml: is not read, as its name does not end with .yaml",
        f"{tmp_path}/README: is not a brief file",
    ]


def test_a_directory_is_checked_as_a_whole_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([tmp_path], "text", SETTINGS) == 1
    assert f"{tmp_path}:1:1: error B143 this directory holds neither a brief nor _store.yaml" in capsys.readouterr().out
    (tmp_path / "ferries.yml").write_text("nonsense")
    (tmp_path / "one.yaml").write_bytes((VALID / "everything.yaml").read_bytes())
    assert check([tmp_path], "text", SETTINGS) == 0
    assert [line.split(" ")[2] for line in capsys.readouterr().out.splitlines()[:-1]] == ["B142", "B140"]


def test_the_store_may_be_named_and_stands_for_all_that_it_may_break(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "_store.yaml").write_text("sections: {overview: {title: Overview, leed: x}}")
    (tmp_path / "one.yaml").write_bytes((VALID / "everything.yaml").read_bytes())
    assert check([tmp_path / "_store.yaml"], "text", SETTINGS) == 1
    assert '_store.yaml:1:40: error B120 "leed" is not a key' in capsys.readouterr().out
    (tmp_path / "_store.yaml").write_text("sections: {overview: {title: Overview}}")
    assert check([tmp_path / "_store.yaml"], "text", SETTINGS) == 1
    assert '_store.yaml:1:1: error B216 the section "legal" is missing, and one uses it' in capsys.readouterr().out


def test_a_section_that_several_briefs_lack_is_one_error_of_the_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (VALID / "everything.yaml").read_text(encoding="utf-8")
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(text.replace("all keys", f"the {name}"), encoding="utf-8")
    (tmp_path / "_store.yaml").write_text("sections:\n  overview: {title: Overview}\n  leagl: {title: Legal}\n")
    assert check([tmp_path], "text", SETTINGS) == 1
    out = capsys.readouterr().out
    assert '_store.yaml:3:3: error B216 the section "legal" is missing, and 2 briefs use it; write "legal"' in out
    assert out.count("error ") == 1
    assert check([tmp_path / "first.yaml"], "text", SETTINGS) == 1
    assert "first.yaml:15:3: error B206" in capsys.readouterr().out


@pytest.mark.parametrize("named", ["first", "second"])
def test_the_file_that_is_named_has_the_problem_between_two(
    named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_bytes((VALID / "everything.yaml").read_bytes())
    assert check([tmp_path / f"{named}.yaml"], "text", SETTINGS) == 1
    other = {"first": "second", "second": "first"}[named]
    assert f'{named}.yaml:6:11: error B204 "all keys" already names {other}' in capsys.readouterr().out


# What was changed comes first


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Broken briefs a to e in a git repository. Since `main`, c is changed here, a there, d is new and untracked."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in "abce":
        (tmp_path / f"{name}.yaml").write_text(BROKEN)
    commit = "git add -A; git -c user.name=A -c user.email=a@example.org commit -qm State"
    script = f"git init -qb main; {commit}; git checkout -qb work; echo >> c.yaml; {commit}; git checkout -q main"
    script += f"; echo >> a.yaml; {commit}; git checkout -q work; cp a.yaml d.yaml"
    subprocess.run(["bash", "-ec", script], cwd=tmp_path, check=True)
    return tmp_path


def first_paths(output: str) -> list[str]:
    paths = [Path(line.split(":")[0]).stem for line in output.splitlines()[:-1]]
    return list(dict.fromkeys(paths))


def test_files_that_differ_from_a_revision_come_first(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([repository], "text", SETTINGS, "main") == 1
    assert first_paths(capsys.readouterr().out) == ["c", "d", "_store", "a", "b", "e"]
    assert check([repository / "a.yaml", repository / "c.yaml"], "text", SETTINGS, "HEAD") == 1
    assert first_paths(capsys.readouterr().out) == ["a", "c"]
    assert check([repository], "text", SETTINGS) == 1
    assert first_paths(capsys.readouterr().out) == ["_store", "a", "b", "c", "d", "e"]


def test_the_file_that_was_changed_has_the_problem_between_two(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    valid = (VALID / "everything.yaml").read_text(encoding="utf-8")
    for name in "abcde":
        (repository / f"{name}.yaml").write_text(valid.replace("all keys", name))
    script = "git add -A; git -c user.name=A -c user.email=a@example.org commit -qm State"
    subprocess.run(["bash", "-ec", script], cwd=repository, check=True)
    (repository / "b.yaml").write_text(valid.replace("all keys", "d"))
    assert check([repository], "text", SETTINGS, "HEAD") == 1
    assert "b.yaml:6:11: error B204" in capsys.readouterr().out
    assert check([repository], "text", SETTINGS) == 1
    assert "b.yaml:6:11: error B204" in capsys.readouterr().out, "what differs from HEAD, where no revision is named"
    subprocess.run(["bash", "-ec", script], cwd=repository, check=True)
    assert check([repository], "text", SETTINGS) == 1
    assert "d.yaml:6:11: error B204" in capsys.readouterr().out, "the later one, where neither has changed"


@pytest.mark.parametrize(
    ("revision", "advice"),
    [
        ("nowhere", "there are main, work"),
        ("--output=x", "there are main, work"),
        ("", "there are main, work"),
        ("mains", "did you mean main?"),
    ],
)
def test_an_unknown_revision_is_a_usage_error_that_names_the_known_ones(
    repository: Path, revision: str, advice: str
) -> None:
    with pytest.raises(SettingsError) as error:
        check([repository], "text", SETTINGS, revision)
    fetch = "fetch it (for actions/checkout: fetch-depth: 2)"
    assert str(error.value) == f"“{revision}” is no commit here; {fetch}; {advice}"


def test_a_revision_outside_of_a_repository_is_a_usage_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.yaml").write_bytes((VALID / "everything.yaml").read_bytes())
    with pytest.raises(SettingsError, match=r"“main” is no commit, as git cannot read .*: not a git repository"):
        check([tmp_path], "text", SETTINGS, "main")
    assert check([tmp_path], "text", SETTINGS) == 0


def test_a_summary_has_the_total_and_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_store.yaml").write_text(STORE)
    (tmp_path / "one.yaml").write_text(BROKEN)
    assert check([tmp_path], "markdown", SETTINGS) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["### Problems in briefs: 2 errors, 0 warnings", ""]
    assert all(line.startswith(f"    {tmp_path}/one.yaml:") for line in lines[2:])
