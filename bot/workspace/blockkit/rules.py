"""Rules between the fields of one object."""

from collections.abc import Iterator

from bot.workspace.blockkit.finding import Finding, failed
from bot.workspace.blockkit.shape import Json, Rule


def any_of(*names: str) -> Rule:
    """At least one of the fields is there."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        if not any(name in value for name in names):
            yield failed("any_of", f"must define either {_listed(names)}", at, list(names))

    return rule


def one_of(*names: str) -> Rule:
    """Exactly one of the fields is there."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        given = [name for name in names if name in value]
        if len(given) != 1:
            yield failed("one_of", f"must define exactly one of {_listed(names)}", at, list(names), given)

    return rule


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def ascending(low: str, high: str) -> Rule:
    """The first number is not above the second."""

    def rule(value: Json, at: str) -> Iterator[Finding]:
        if low in value and high in value and value[low] > value[high]:
            yield failed("minimum", f"`{high}` must be at least `{low}`", f"{at}/{high}", value[low], value[high])

    return rule


def initial_among_options(value: Json, at: str) -> Iterator[Finding]:
    """`initial_option`, and each of `initial_options`, equals one of the options."""
    grouped = [option for group in value.get("option_groups", []) for option in group["options"]]
    options = [*value.get("options", []), *grouped]
    for pointer, chosen in _initial(value, at):
        if chosen not in options:
            values = [option["value"] for option in options]
            yield failed("enum", "must match one of the options", pointer, values, chosen["value"])


def _initial(value: Json, at: str) -> Iterator[tuple[str, Json]]:
    if "initial_option" in value:
        yield f"{at}/initial_option", value["initial_option"]
    for index, chosen in enumerate(value.get("initial_options", [])):
        yield f"{at}/initial_options/{index}", chosen
