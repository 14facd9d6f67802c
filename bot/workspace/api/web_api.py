"""The Web API methods that the bot calls, with Slack's own refusals.

Scopes, tiers, required arguments and error names are those of docs.slack.dev (a test compares with the contract).
"""

from bot.workspace.api import chat, conversations, identity, oauth, views
from bot.workspace.api.arguments import Arguments
from bot.workspace.api.method import Method
from bot.workspace.state import App, Json, SlackError, State

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **identity.METHODS,
    **oauth.METHODS,
    **views.METHODS,
}
"""All methods by name."""

_ERROR_WHEN_MISSING = {"chat.postMessage": "channel_not_found", "chat.update": "channel_not_found"}
"""What a method answers to a missing required argument, where it is not `invalid_arguments`."""

STRUCTURED = frozenset({"blocks", "message", "metadata", "view"})
"""Arguments that are JSON values; all others are plain."""


def call(state: State, name: str, arguments: Arguments, token: str | None) -> Json:
    """Makes one call. Returns the answer with `ok`. Raises: SlackError for whatever Slack would refuse."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method")
    _authorize(state.app, method, token)
    if unknown := set(arguments) - {*method.required, *method.optional, "token"}:
        raise SlackError("invalid_arg_name", response_metadata={"messages": sorted(unknown)})
    if any(isinstance(value, list | dict) for key, value in arguments.items() if key not in STRUCTURED):
        raise SlackError("invalid_array_arg")
    if any(arguments.get(key) in (None, "") for key in method.required):
        raise SlackError(_ERROR_WHEN_MISSING.get(name, "invalid_arguments"))
    # One call at a time: methods look first and change the state afterwards.
    with state.lock:
        answer = method.run(state, arguments)
    state.changes.announce()
    return {"ok": True, **answer}


def _authorize(app: App, method: Method, token: str | None) -> None:
    """Raises: SlackError for a token that is missing, unknown, of another kind, or without the scope."""
    if method.token == "none":
        return
    if not token:
        raise SlackError("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    if token != (app.app_token if method.token == "app" else app.bot_token):
        raise SlackError("not_allowed_token_type")
    if method.scopes and method.token == "bot" and not app.scopes.intersection(method.scopes):
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=",".join(sorted(app.scopes)))
