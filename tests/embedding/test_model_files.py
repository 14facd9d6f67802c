"""Where the files of a sentence model are looked for, and what is said where they are not."""

from pathlib import Path

import pytest

from bot.embedding.model_files import model_files
from bot.errors import SettingsError


def write(directory: Path, *names: str) -> Path:
    for name in names:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return directory


def package(site: Path, name: str, *files: str) -> None:
    """An installed package with these files."""
    write(site, *(f"{name}/{file}" for file in files), f"{name}-1.0.dist-info/METADATA")
    record = "".join(f"{name}/{file},,\n" for file in files)
    (site / f"{name}-1.0.dist-info" / "RECORD").write_text(record)
    (site / f"{name}-1.0.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")


def test_a_directory_has_both(tmp_path: Path) -> None:
    write(tmp_path, "model.onnx", "quantized.onnx", "tokenizer.json", "config.json")
    assert model_files(str(tmp_path)) == (tmp_path / "model.onnx", tmp_path / "tokenizer.json")


@pytest.mark.parametrize("name", ["small.onnx", "onnx/model.onnx"])
def test_the_only_weights_may_have_any_name_and_stand_in_a_directory_of_their_own(tmp_path: Path, name: str) -> None:
    assert model_files(str(write(tmp_path, name, "tokenizer.json")))[0] == tmp_path / name


def test_packages_may_ship_one_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, "some_weights", "model.onnx", "__init__.py")
    package(tmp_path, "some_words", "model/tokenizer.json")
    monkeypatch.syspath_prepend(tmp_path)
    files = (tmp_path / "some_weights/model.onnx", tmp_path / "some_words/model/tokenizer.json")
    assert model_files("some-weights, some_words") == files


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (("tokenizer.json",), 'BRIEFBOT_SEMANTIC_MODEL is "{}", where no *.onnx is'),
        (("model.onnx",), 'BRIEFBOT_SEMANTIC_MODEL is "{}", where no tokenizer.json is'),
        (("a.onnx", "b.onnx", "tokenizer.json"), "where several *.onnx are (a.onnx, b.onnx); call one model.onnx"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, files: tuple[str, ...], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        model_files(str(write(tmp_path, *files)))
    assert message.format(tmp_path) in str(caught.value)


@pytest.mark.parametrize("place", ["/no/such/directory", "no-such-package", "briefbot,no such thing"])
def test_what_is_neither_a_directory_nor_a_package_is_named(place: str) -> None:
    with pytest.raises(SettingsError, match="neither a directory nor an installed package; name a directory with"):
        model_files(place)
