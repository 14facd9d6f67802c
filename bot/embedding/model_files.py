"""Where the files of a sentence model are: in directories, or in installed packages that ship them."""

from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from bot.errors import SettingsError

VARIABLE = "BRIEFBOT_SEMANTIC_MODEL"
WEIGHTS, TOKENIZER = "model.onnx", "tokenizer.json"


def model_files(places: str) -> tuple[Path, Path]:
    """The paths of the weights and of the tokenizer. `places` are directories or names of installed packages, separated
    by commas. Raises: SettingsError."""
    files = [path for place in places.split(",") if place.strip() for path in _files(place.strip())]
    weights = _one(places, "*.onnx", [path for path in files if path.suffix == ".onnx"], WEIGHTS)
    return weights, _one(places, TOKENIZER, [path for path in files if path.name == TOKENIZER], TOKENIZER)


def _files(place: str) -> list[Path]:
    directory = Path(place)
    if directory.is_dir():
        return sorted(path for pattern in ("*", "onnx/*") for path in directory.glob(pattern))
    try:
        files = metadata.files(place) or []
    except (metadata.PackageNotFoundError, ValueError):
        raise SettingsError(
            f'{VARIABLE} contains "{place}", which is neither a directory nor an installed package; name a directory '
            f"with {WEIGHTS} and {TOKENIZER}, or install the package"
        ) from None
    return [Path(str(file.locate())) for file in files]


def _one(places: str, what: str, paths: Iterable[Path], preferred: str) -> Path:
    """The path of the preferred name, or the only one. Raises: SettingsError."""
    by_name = sorted(paths, key=lambda path: (path.name != preferred, str(path)))
    if not by_name:
        raise SettingsError(f'{VARIABLE} is "{places}", where no {what} is; a model needs {WEIGHTS} and {TOKENIZER}')
    if len(by_name) > 1 and by_name[0].name != preferred:
        names = ", ".join(path.name for path in by_name)
        raise SettingsError(f'{VARIABLE} is "{places}", where several {what} are ({names}); call one {preferred}')
    return by_name[0]
