"""Forms in modals: what a person enters, what Slack itself refuses, and the state that the app gets.

Source: docs.slack.dev, view interaction payloads, and the page of each element.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.render.document.mrkdwn import length
from bot.workspace.blockkit.elements import TIME
from bot.workspace.state import Json

Values = Mapping[str, Any]
"""Entries by `action_id` or `block_id`: text, the value of an option, a whole option of a typeahead, HH:MM; "" or None
empties a field."""

REQUIRED = "Please complete this required field."
VIEW = ("title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id", "clear_on_close")
DEFAULTS = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False, "submit": None}


def inputs(view: Json) -> Iterator[Json]:
    """The input blocks of a view, in order."""
    return (block for block in view["blocks"] if block["type"] == "input")


def identified(view: Json, new_id: Callable[[str], str]) -> Json:
    """A view in which every block and every input has an id: Slack adds those that the app left out. `new_id` takes a
    prefix."""
    blocks = [{**block, "block_id": block.get("block_id") or new_id("b")} for block in view["blocks"]]
    for block in blocks:
        if block["type"] == "input" and not block["element"].get("action_id"):
            block["element"] = {**block["element"], "action_id": new_id("a")}
    return {**view, "blocks": blocks}


def state(view: Json, values: Values) -> Json:
    """The state of a view once these values are entered: by `block_id`, then by `action_id`. Raises: LookupError for a
    field that is not there, ValueError for what cannot be entered into one: nobody could do that."""
    blocks = list(inputs(view))
    names = {name for block in blocks for name in (block["block_id"], block["element"]["action_id"])}
    if strangers := set(values) - names:
        raise LookupError(f"no field {', '.join(sorted(strangers))}")
    options = view.get("offered", {})
    return {block["block_id"]: {block["element"]["action_id"]: _entry(block, values, options)} for block in blocks}


def _entry(block: Json, values: Values, options: Json) -> Json:
    element = block["element"]
    field = FIELDS.get(element["type"])
    if field is None:
        raise ValueError(f"{element['type']} cannot be filled in here")
    name = next((name for name in (element["action_id"], block["block_id"]) if name in values), None)
    source = element if name is None else {"given": values[name] or None}
    return {"type": element["type"], **field(element, {**source, "offered": options.get(element["action_id"], {})})}


def _text(element: Json, source: Json) -> Json:
    return {"value": source.get("given", source.get("initial_value")) or None}


def _time(element: Json, source: Json) -> Json:
    time = source.get("given", source.get("initial_time"))
    if time is not None and not TIME.pattern.fullmatch(time):
        raise ValueError(f"{time} is not HH:MM")
    return {"selected_time": time}


def _option(element: Json, source: Json) -> Json:
    """One of the options of a menu."""
    choice = source.get("given", source.get("initial_option"))
    if not isinstance(choice, str):
        return {"selected_option": choice}
    return {"selected_option": option_of(element, choice)}


def option_of(element: Json, value: str) -> Json:
    """The option of a static menu, alone or in a group, that has this value. Raises: ValueError where there is none."""
    for group in (element, *element.get("option_groups", [])):
        for option in group.get("options", []):
            if option["value"] == value:
                return dict(option)
    raise ValueError(f"no option {value}")


def _typeahead_option(element: Json, source: Json) -> Json:
    """An option that the app offered; a value that it did not offer, which only tests enter, is its own label."""
    choice = source.get("given", source.get("initial_option"))
    if isinstance(choice, str):
        own_label = {"text": {"type": "plain_text", "text": choice}, "value": choice}
        choice = source["offered"].get(choice, own_label)
    return {"selected_option": choice}


def offer(view: Json, action_id: str, options: Iterable[Json]) -> None:
    """Stores in the view what the app offered in a typeahead, so that a submission has the whole option."""
    by_value = view.setdefault("offered", {}).setdefault(action_id, {})
    by_value.update({option["value"]: option for option in options})


FIELDS = {
    "plain_text_input": _text,
    "static_select": _option,
    "timepicker": _time,
    "external_select": _typeahead_option,
}
"""By the type of the element: its entry from `source`, which holds `given` or the element's own initial value."""


def incomplete(view: Json, values: Json) -> dict[str, str]:
    """The errors that Slack itself shows beside fields before it asks the app, by block id; empty where there are none.
    `values` is the state of the view."""
    errors = {block["block_id"]: _error(block, values[block["block_id"]]) for block in inputs(view)}
    return {key: words for key, words in errors.items() if words}


def _error(block: Json, entries: Json) -> str | None:
    element = block["element"]
    entry = entries[element["action_id"]]
    value = next(value for key, value in entry.items() if key != "type")
    if value is None:
        return None if block.get("optional") else REQUIRED
    if element["type"] != "plain_text_input":
        return None
    chars, least, most = length(value), element.get("min_length", 0), element.get("max_length", 3000)
    if chars < least:
        return f"Must be at least {least} characters."
    return f"Must be at most {most} characters." if chars > most else None


def payload(view: Json, values: Json) -> Json:
    """The view of a `view_submission`; `values` is its state."""
    fields = {**DEFAULTS, **{key: view[key] for key in VIEW if key in view}}
    ids = {key: view[key] for key in ("id", "team_id", "app_id", "hash")}
    # In a shared channel `team` of the payload is the person's, and only this field names the app's.
    ids["app_installed_team_id"] = view["team_id"]
    return {**ids, **fields, "type": "modal", "root_view_id": view["id"], "state": {"values": values}}
