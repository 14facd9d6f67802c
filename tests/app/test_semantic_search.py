"""The setting that names a sentence model: what happens without it, and what is said where it cannot be met."""

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.app.semantic_search import open_vector_index
from bot.errors import SettingsError
from bot.settings import Settings
from tests.live import eventually, stage
from tests.scenarios.room import FERRIES, FILES
from tests.word_vectors import WordVectors

ROOM = "bot.embedding.vector_index"


def test_without_the_setting_words_alone_rank() -> None:
    assert open_vector_index(Settings()) is None


@pytest.mark.parametrize("package", ["numpy", "onnxruntime", "tokenizers"])
def test_a_package_that_is_missing_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if find_spec(package) is None and package != "numpy":
        pytest.skip("numpy is missed first")
    monkeypatch.delitem(sys.modules, ROOM, raising=False)
    monkeypatch.delitem(sys.modules, "bot.embedding.sentence_model", raising=False)
    # So does Python mark a module that is not there.
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SettingsError) as caught:
        open_vector_index(Settings(semantic_model="some-model"))
    assert str(caught.value) == (
        f"BRIEFBOT_SEMANTIC_MODEL is set, but {package} is not installed; pip install 'briefbot[semantic]', or unset it"
    )


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for package in ("numpy", "onnxruntime", "tokenizers"):
        pytest.importorskip(package)
    with pytest.raises(SettingsError, match="neither a directory nor an installed package"):
        open_vector_index(Settings(semantic_model=str(tmp_path / "nothing")))


def test_a_running_bot_answers_by_meaning_and_after_another_start_embeds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = list[WordVectors]()

    def open_index(places: str) -> WordVectors:
        indexes.append(WordVectors(places))
        return indexes[-1]

    # In the place of the room that needs the extra.
    monkeypatch.setitem(sys.modules, ROOM, SimpleNamespace(open_index=open_index))
    with stage(tmp_path, files={**FILES, "ferries.yaml": FERRIES}, semantic_model="words") as here:
        eventually(lambda: "gone to court" in here.ask("/brief any itinerary").text)
        with here.down():
            pass
        assert "gone to court" in here.ask("/brief any itinerary").text
    assert [index.embedded for index in indexes] == [["ferries"], []]
