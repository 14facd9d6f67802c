"""views.* and blocks.validate: modals, Home tabs, and Block Kit without an effect."""

from typing import Any

from bot.workspace.api.arguments import Arguments, consume, json_value, refuse_findings
from bot.workspace.api.method import Method
from bot.workspace.blockkit import validate_blocks, validate_view
from bot.workspace.forms import identified
from bot.workspace.state import Json, SlackError, State


def replace_view(state: State, view_id: str, view: Json) -> Json:
    """Puts a view in the place of another, for the person who has that one open. Returns it with its new `hash`."""
    return _store(state, {**view, "id": view_id, "user": state.views[view_id].get("user")})


def _open(state: State, arguments: Arguments) -> Json:
    view = _checked_view(arguments)
    trigger_id = str(arguments["trigger_id"])
    trigger = consume(state, state.triggers, trigger_id, unknown="invalid_trigger_id", expired="expired_trigger_id")
    return {"view": _store(state, {**view, "user": trigger.get("user")})}


def _update(state: State, arguments: Arguments) -> Json:
    view = _checked_view(arguments)
    view_id = str(arguments.get("view_id") or "")
    if view_id not in state.views:
        raise SlackError("not_found")
    _check_hash(state, view_id, arguments)
    return {"view": replace_view(state, view_id, view)}


def _publish(state: State, arguments: Arguments) -> Json:
    view = _checked_view(arguments)
    home = f"home-{arguments['user_id']}"
    _check_hash(state, home, arguments)
    return {"view": _store(state, {**view, "id": home})}


def _checked_view(arguments: Arguments) -> Json:
    """The `view` argument. Raises: SlackError invalid_arguments with pointers to what is wrong."""
    view: Json = json_value(arguments["view"], "invalid_arguments")
    refuse_findings("invalid_arguments", validate_view(view))
    return view


def _store(state: State, view: Json) -> Json:
    """Stores a view under its id, or a new one, with ids for the blocks and inputs that have none, and a new hash."""
    owned = {**view, "id": view.get("id") or state.new_id("V"), "team_id": state.team, "app_id": state.app.id}
    complete = {**identified(owned, state.new_id), "hash": state.new_id("hash.")}
    state.views[complete["id"]] = complete
    return complete


def _check_hash(state: State, view_id: str, arguments: Arguments) -> None:
    """With the argument `hash`, only the view that has it is replaced. Raises: SlackError hash_conflict."""
    expected = arguments.get("hash")
    # Slack's compare and set: a view that another process has replaced stays.
    if expected and state.views.get(view_id, {}).get("hash") != expected:
        raise SlackError("hash_conflict")


def _validate(state: State, arguments: Arguments) -> Json:
    """blocks.validate: exactly one of `blocks`, `message` and `view`."""
    subjects = [key for key in ("blocks", "message", "view") if arguments.get(key) is not None]
    if len(subjects) != 1:
        raise SlackError("invalid_arguments")
    subject = subjects[0]
    value = json_value(arguments[subject], f"invalid_{subject}")
    findings = validate_view(value) if subject == "view" else validate_blocks(_blocks_of(value))
    refuse_findings(f"invalid_{subject}", findings)
    return {}


def _blocks_of(value: Any) -> object:
    """The blocks of a message; a list of blocks as it is."""
    return value.get("blocks", []) if isinstance(value, dict) else value


METHODS: dict[str, Method] = {
    "blocks.validate": Method(_validate, "t4", optional=("blocks", "message", "view"), token="none"),
    "views.open": Method(_open, "t4", (), ("view", "trigger_id"), ("interactivity_pointer",)),
    "views.publish": Method(_publish, "t4", (), ("user_id", "view"), ("hash",)),
    "views.update": Method(_update, "t4", (), ("view",), ("view_id", "external_id", "hash")),
}
