"""The events of messages and the envelope of all events, in the shapes of Slack's own samples.

Source: docs.slack.dev, the page of each event; slackapi/java-slack-sdk, json-logs and tests.
"""

from typing import Any

from bot.workspace.messages import Message
from bot.workspace.state import Json, State


def event_callback(state: State, event: Json, event_id: str, **envelope: Any) -> Json:
    """The envelope of an event; `envelope` are fields of it that are to be other than usual. In a shared channel
    `team_id` is that of the author, and only `authorizations` name the workspace that has the app."""
    author = event.get("user")
    team = state.home(author) if isinstance(author, str) else state.team
    return {
        "token": "deprecated",
        "team_id": team,
        "enterprise_id": state.enterprise,
        "context_team_id": state.team,
        "context_enterprise_id": state.enterprise,
        "api_app_id": state.app.id,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(state.clock()),
        "event_context": f"4-{event_id}",
        "is_ext_shared_channel": team != state.team,
        "event": event,
        "authorizations": [_authorization(state)],
        **envelope,
    }


def _authorization(state: State) -> Json:
    """For whom an event is; an installation for a whole organisation names no workspace."""
    org_wide = state.enterprise is not None
    where = {"enterprise_id": state.enterprise, "team_id": None if org_wide else state.team}
    return {**where, "user_id": state.app.bot_user, "is_bot": True, "is_enterprise_install": org_wide}


def message_event(state: State, message: Message, **more: Any) -> Json | None:
    """The event of what somebody wrote: a direct message or a mention of the app. None where the app hears nothing.
    `more` are fields that only some messages have."""
    event: Json = {"text": message.text, "ts": message.ts, "channel": message.channel, "event_ts": message.ts}
    event |= {"team": state.team, **_blocks(message), **_author(state, message), **more}
    event |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    if is_direct(state, message):
        return {"type": "message", "channel_type": "im", **event, **_broadcast(state, message)}
    # The subtype is of messages; a mention has it only where a program wrote it.
    if message.user:
        event.pop("subtype", None)
    return {"type": "app_mention", **event} if f"<@{state.app.bot_user}" in message.text else None


def is_direct(state: State, message: Message) -> bool:
    """Whether a message stands in a direct conversation with the app."""
    channel = state.channel(message.channel)
    return channel.is_im and state.app.bot_user in channel.members


def _blocks(message: Message) -> Json:
    """What the composer of people sends along: their words once more, as rich text."""
    if not message.user or message.bot_id or not message.text:
        return {}
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": message.text}]}
    block = {"type": "rich_text", "block_id": f"b{message.ts}", "elements": [line]}
    return {"client_msg_id": f"client-{message.ts}", "blocks": [block]}


def _author(state: State, message: Message) -> Json:
    """Who wrote it: a person; the bot user of another app; or a workflow or webhook, which has no user at all."""
    if not message.user:
        return {"subtype": "bot_message", "bot_id": message.bot_id, "username": "A workflow", "icons": {}}
    home = state.home(message.user)
    # In a shared channel the message names the workspace of who wrote it.
    foreign = {} if home == state.team else {"team": home, "user_team": home, "source_team": home}
    bot = {"bot_id": message.bot_id, "bot_profile": _profile(state, message)} if message.bot_id else {}
    return {"user": message.user, **foreign, **bot}


def _profile(state: State, message: Message) -> Json:
    name, images = state.users[message.user].name, ("image_36", "image_48", "image_72")
    icons = {image: f"https://{state.domain}.slack.com/{image}.png" for image in images}
    about = {"deleted": False, "name": name, "updated": 1700000000, "app_id": f"A{str(message.bot_id)[1:]}"}
    return {"id": message.bot_id, **about, "icons": icons, "team_id": state.team}


def _broadcast(state: State, message: Message) -> Json:
    """What a reply has that the conversation shows as well."""
    if not message.broadcast:
        return {}
    root = state.messages.get(message.channel, str(message.thread_ts))
    return {"subtype": "thread_broadcast", "root": root.as_json() if root else None}


def file_share(*names: str) -> Json:
    """The fields of a message with files, by name."""
    files = [
        {"id": f"F{number:08d}", "name": name, "title": name, "mode": "hosted", "is_external": False}
        for number, name in enumerate(names, 1)
    ]
    return {"subtype": "file_share", "files": files, "upload": False, "display_as_bot": False}


def edit_event(state: State, message: Message) -> Json | None:
    """The event of a message that was edited: of a direct message one that holds its new version, of a mention another
    mention. None where the app hears nothing."""
    edited = {"user": message.user, "ts": state.next_ts()}
    event = message_event(state, message, edited=edited)
    if event is None or not is_direct(state, message):
        return event
    version = {**message.as_json(), "edited": edited}
    fields = {"channel": message.channel, "channel_type": "im", "ts": edited["ts"], "event_ts": edited["ts"]}
    return {"type": "message", "subtype": "message_changed", "hidden": True, "message": version, **fields}
