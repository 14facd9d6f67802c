"""Rules between the fields of one object."""

from collections.abc import Iterator

from bot.workspace.blockkit.finding import Finding, failed
from bot.workspace.blockkit.shape import Json, Rule


def any_of(*names: str) -> Rule:
    """A rule: at least one of the fields is there."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        if not any(name in value for name in names):
            yield failed("any_of", f"must define either {_listed(names)}", at, list(names))

    return rule


def one_of(*names: str) -> Rule:
    """A rule: exactly one of the fields is there."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        present = [name for name in names if name in value]
        if len(present) != 1:
            yield failed("one_of", f"must define exactly one of {_listed(names)}", at, list(names), present)

    return rule


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def ascending(low: str, high: str) -> Rule:
    """A rule: the number in `low` is not above the one in `high`, where both are there."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        if low in value and high in value and value[low] > value[high]:
            yield failed("minimum", f"`{high}` must be at least `{low}`", f"{at}/{high}", value[low], value[high])

    return rule


def true_only_with(name: str, other: str, state: bool) -> Rule:
    """A rule: where `name` is true, `other` has this state; a field that is absent is false."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        if value.get(name) is True and value.get(other, False) is not state:
            words = f"`{name}` needs `{other}` to be {str(state).lower()}"
            yield failed("const", words, f"{at}/{name}", state, not state)

    return rule


def initial_among_options(value: Json, at: str) -> Iterator[Finding]:
    """A rule: `initial_option`, and each of `initial_options`, equals one of the options. A finding for each that does
    not, in their order."""
    in_groups = [option for group in value.get("option_groups", []) for option in group["options"]]
    options = [*value.get("options", []), *in_groups]
    for pointer, initial in _initial(value, at):
        if initial not in options:
            values = [option["value"] for option in options]
            yield failed("enum", "must match one of the options", pointer, values, initial["value"])


def _initial(value: Json, at: str) -> Iterator[tuple[str, Json]]:
    if "initial_option" in value:
        yield f"{at}/initial_option", value["initial_option"]
    for index, initial in enumerate(value.get("initial_options", [])):
        yield f"{at}/initial_options/{index}", initial
