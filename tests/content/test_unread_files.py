"""What is said of files that look like briefs and are not read."""

from pathlib import Path

import pytest

from bot.content.unread_files import directory_problems, right_name, why_unread


def make(directory: Path, *names: str) -> Path:
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text("title: Ferries\n")
    return directory


def problems(directory: Path) -> list[tuple[str, str, str, str]]:
    """Path within the directory, severity, code and hint."""
    return sorted(
        (Path(each.path).relative_to(directory).as_posix(), each.severity, each.code, each.hint)
        for each in directory_problems(directory)
    )


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("ferries.yml", "ferries.yaml"),
        ("ferries.YAML", "ferries.yaml"),
        ("ferries.Yml", "ferries.yaml"),
        ("ferries.yaml.txt", "ferries.yaml"),
        ("_store.yml", "_store.yaml"),
        ("_Store.yaml", "_store.yaml"),
        ("_store.yaml.txt", "_store.yaml"),
    ],
)
def test_a_misnamed_file_is_a_warning_with_its_right_name(tmp_path: Path, name: str, right: str) -> None:
    make(tmp_path, *({"_store.yaml", "ferries.yaml"} - {right}), name)
    warning = (name, "warning", "B140", f"rename it to {right}")
    assert warning in problems(tmp_path)
    make(tmp_path, right)
    assert problems(tmp_path) == [(name, "warning", "B140", f"remove it; {right} stands beside it")]


@pytest.mark.parametrize(
    "name",
    "README notes.md brief.schema.json _draft.yaml _draft.yml .ferries.yaml.swp .ferries.yml ferries.yaml~ "
    "ferries.yaml.orig ferries.yaml.bak #ferries.yaml# 4913 .yaml .yml".split(),
)
def test_files_that_nobody_means_as_briefs_are_no_problem(tmp_path: Path, name: str) -> None:
    assert right_name(Path(name)) is None
    assert problems(make(tmp_path, "_store.yaml", "ferries.yaml", name)) == []


def test_a_subdirectory_with_yaml_in_it_is_one_warning_at_its_first_file(tmp_path: Path) -> None:
    make(tmp_path, "_store.yaml", "eu/tea.yaml", "eu/deep/coffee.yml", "docs/page.md", "_old/tea.yaml", ".git/a.yaml")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [(path, code) for path, _, code, _ in problems(tmp_path) if not path.startswith("loop")] == [
        ("eu/deep/coffee.yml", "B141")
    ]


def test_the_warning_of_a_subdirectory_says_how_many_files_and_where_to(tmp_path: Path) -> None:
    (warning,) = directory_problems(make(tmp_path, "_store.yaml", "eu/tea.yml", "eu/water.yaml"))
    assert warning.message == "this file is not read, as it is in a subdirectory (eu holds 2 YAML files)"
    assert warning.hint == f"move it to {tmp_path / 'tea.yaml'}"


def test_a_directory_without_a_store_is_a_warning_that_says_how_to_make_one(tmp_path: Path) -> None:
    ((path, severity, code, hint),) = problems(make(tmp_path, "ferries.yaml"))
    assert (path, severity, code) == ("_store.yaml", "warning", "B142")
    assert "sections: {overview: {title: Overview}}" in hint


@pytest.mark.parametrize("names", [[], ["README"], ["_draft.yaml"], ["notes.yaml.orig"]])
def test_a_directory_with_neither_brief_nor_store_is_an_error(tmp_path: Path, names: list[str]) -> None:
    ((path, severity, code, _),) = problems(make(tmp_path, *names))
    assert (path, severity, code) == (".", "error", "B143")


def test_only_misnamed_files_are_an_error_beside_their_warnings(tmp_path: Path) -> None:
    listing = problems(make(tmp_path, "ferries.yml", "eu/tea.yaml"))
    assert [(path, code) for path, _, code, _ in listing] == [
        (".", "B143"),
        ("eu/tea.yaml", "B141"),
        ("ferries.yml", "B140"),
    ]


# Files that are named


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ferries.yml", "its name does not end with .yaml; rename it to ferries.yaml"),
        ("ferries.YAML", "its name does not end with .yaml; rename it to ferries.yaml"),
        ("ferries.yaml.txt", "its name does not end with .yaml; rename it to ferries.yaml"),
        ("_store.yml", "its name does not end with .yaml; rename it to _store.yaml"),
        ("_x.yaml", "its name begins with _; name files such as ferries.yaml, or their directory"),
        (".x.yaml", "its name begins with .; name files such as ferries.yaml, or their directory"),
        ("README", "is not a brief file; name files such as ferries.yaml, or their directory"),
        (".yaml", "is not a brief file"),
    ],
)
def test_a_named_file_that_is_not_read_has_a_reason_and_a_remedy(tmp_path: Path, name: str, reason: str) -> None:
    assert reason in str(why_unread(make(tmp_path, name) / name, tmp_path))


@pytest.mark.parametrize("name", ["ferries.yaml", "Ferries (1).yaml", "_store.yaml"])
def test_a_named_file_that_is_read_has_none(tmp_path: Path, name: str) -> None:
    assert why_unread(make(tmp_path, name) / name, tmp_path) is None


def test_a_named_file_in_a_subdirectory_of_briefs_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, "briefs/eu/tea.yaml"))
    reason = "is not read, as it is in a subdirectory of briefs; move it to briefs/tea.yaml"
    tea = Path("briefs/eu/tea.yaml")
    assert why_unread(tea, Path("briefs")) == reason
    assert why_unread(tea, Path("elsewhere")) is None
    make(tmp_path, "briefs/_store.yaml")
    for each in (tea, Path("briefs/eu/../eu/tea.yaml")):
        assert why_unread(each, Path("elsewhere")) == reason
    make(tmp_path, "briefs/eu/_store.yaml")
    assert why_unread(tea, Path("briefs")) is None
