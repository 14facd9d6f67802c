"""Modals that people have open, and what the app's answer to a submission does with them."""

from typing import Any

from bot.workspace import forms
from bot.workspace.api.arguments import refuse_findings
from bot.workspace.api.views import replace_view
from bot.workspace.blockkit import validate_view
from bot.workspace.deliver import Ack
from bot.workspace.state import Json, SlackError, State


def top_view(state: State, user: str) -> Json | None:
    """The modal that a person sees, the last that was opened; None where none is open."""
    views = [view for view in state.views.values() if view.get("user") == user and view["type"] == "modal"]
    return views[-1] if views else None


def close_top(state: State, user: str, only: str | None = None) -> None:
    """Closes the modal that a person sees, if any; with the id of a view only that one."""
    if (view := top_view(state, user)) and only in (None, view["id"]):
        del state.views[view["id"]]
        state.changes.announce()


def close_all(state: State, user: str) -> None:
    """Closes all modals of a person, which lie one over the other."""
    while top_view(state, user):
        close_top(state, user)


def submittable_view(state: State, user: str) -> Json:
    """The modal that a person sees. Raises: LookupError where there is none, or none to submit."""
    view = top_view(state, user)
    if view is None or not view.get("submit"):
        raise LookupError("there is nothing to submit")
    return view


def is_incomplete(state: State, view: Json, values: Json) -> bool:
    """Whether Slack itself refuses these values; the errors then stand beside the fields. Earlier errors go."""
    view.pop("errors", None)
    errors = forms.incomplete(view, values)
    if errors:
        _set_errors(state, view, errors)
    return bool(errors)


def apply_answer(state: State, user: str, view: Json, ack: Ack) -> Ack:
    """Carries out the app's answer to a submission. Returns `ack`, with an error where Slack would not understand it,
    which the person sees as trouble."""
    try:
        _apply(state, user, view, ack.body or {})
    except SlackError as error:
        return Ack(ack.body, error.error)
    state.changes.announce()
    return ack


def _apply(state: State, user: str, view: Json, body: Any) -> None:
    """Raises: SlackError."""
    match body:
        case {"response_action": "clear"}:
            close_all(state, user)
        case {"response_action": "update", "view": {"type": "modal"} as other}:
            refuse_findings("invalid_view", validate_view(other))
            replace_view(state, view["id"], other)
        case {"response_action": "errors", "errors": errors}:
            _set_errors(state, view, errors)
        # An empty mapping as a pattern would match every mapping.
        case dict() if not body:
            close_top(state, user)
        case _:
            raise SlackError("invalid_response")


def _set_errors(state: State, view: Json, errors: Any) -> None:
    """Puts errors, by block id, beside the fields of a modal. Raises: SlackError invalid_errors for another shape and
    for a block that is no field."""
    block_ids = {block["block_id"] for block in forms.inputs(view)}
    if not isinstance(errors, dict) or not errors or not set(errors) <= block_ids:
        raise SlackError("invalid_errors")
    if not all(isinstance(words, str) and words for words in errors.values()):
        raise SlackError("invalid_errors")
    view["errors"] = errors
    state.changes.announce()
