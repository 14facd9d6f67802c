"""What people do with a channel. Each function changes the channel and returns the event that the app gets, or None
where it gets none: it needs a scope, and for private channels it has to be a member.

Source: docs.slack.dev, the page of each event; @slack/types, its event interfaces.
"""

from bot.workspace.state import Channel, Json, SlackError, State

SLACKBOT = "USLACKBOT"


def archive(state: State, channel_id: str) -> Json | None:
    """Archives a channel, which keeps its members. Raises: SlackError as `_channel`."""
    channel = _channel(state, channel_id)
    channel.is_archived = True
    return _channel_event(state, channel, "archive", {"channel": channel_id, "user": _actor(state, channel)})


def unarchive(state: State, channel_id: str) -> Json | None:
    """Opens an archived channel again. Raises: SlackError as `_channel`."""
    channel = _channel(state, channel_id)
    channel.is_archived = False
    # Slack's two events name the person by different fields.
    actor = "actor_id" if channel.is_private else "user"
    return _channel_event(state, channel, "unarchive", {"channel": channel_id, actor: _actor(state, channel)})


def rename(state: State, channel_id: str, name: str) -> Json | None:
    """Gives a channel another name; its id stays. Raises: SlackError as `_channel`."""
    channel = _channel(state, channel_id)
    channel.name = name
    described = {"id": channel_id, "name": name, "created": channel.created}
    return _channel_event(state, channel, "rename", {"channel": described})


def delete(state: State, channel_id: str) -> Json | None:
    """Deletes a channel with all its messages. Raises: SlackError as `_channel`."""
    channel = _channel(state, channel_id)
    with state.lock:
        state.messages.drop(channel_id)
        del state.channels[channel_id]
    # The event is decided by who was in the channel, which the object still says.
    return _channel_event(state, channel, "deleted", {"channel": channel_id})


def change_id(state: State, channel_id: str) -> Json | None:
    """Gives a channel another id, as happens when it is shared with another organisation; under the old one nothing is
    there any more. Raises: SlackError as `_channel`."""
    channel = _channel(state, channel_id)
    with state.lock:
        channel.id = state.new_id("C")
        state.channels[channel.id] = state.channels.pop(channel_id)
        state.messages.move(channel_id, channel.id)
    ids = {"old_channel_id": channel_id, "new_channel_id": channel.id}
    return _permitted(state, channel, {"type": "channel_id_changed", **ids})


def kick(state: State, channel_id: str) -> Json | None:
    """Removes the app from a channel. Raises: SlackError not_in_channel, and as `_channel`."""
    channel, app = _channel(state, channel_id), state.app
    if app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    channel.members.discard(app.bot_user)
    kind = "group_left" if channel.is_private else "channel_left"
    return _permitted(state, channel, {"type": kind, "channel": channel_id, "actor_id": _actor(state, channel)})


def invite(state: State, channel_id: str) -> Json | None:
    """Adds the app to a channel. Raises: SlackError already_in_channel, is_archived, and as `_channel`."""
    channel, app = _channel(state, channel_id), state.app
    if channel.is_archived:
        raise SlackError("is_archived")
    if app.bot_user in channel.members:
        raise SlackError("already_in_channel")
    inviter, kind = _actor(state, channel), "G" if channel.is_private else "C"
    channel.members.add(app.bot_user)
    joined = {"user": app.bot_user, "channel": channel_id, "channel_type": kind, "team": state.team}
    return _permitted(state, channel, {"type": "member_joined_channel", **joined, "inviter": inviter})


def _channel(state: State, channel_id: str) -> Channel:
    """Raises: SlackError channel_not_found, method_not_supported_for_channel_type for a direct conversation."""
    channel = state.channel(channel_id)
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _actor(state: State, channel: Channel) -> str:
    """The id of a member who does these things; Slackbot's in an empty channel."""
    # Sorted, since the order of a set of strings differs between runs.
    people = sorted(channel.members - {state.app.bot_user})
    return people[0] if people else SLACKBOT


def _channel_event(state: State, channel: Channel, action: str, event: Json) -> Json | None:
    """The app gets the events of all public channels, and those of the private ones that it is a member of."""
    if not channel.is_private:
        return _permitted(state, channel, {"type": f"channel_{action}", **event})
    if state.app.bot_user in channel.members:
        return _permitted(state, channel, {"type": f"group_{action}", **event})
    return None


def _permitted(state: State, channel: Channel, event: Json) -> Json | None:
    """The event with its time, if the app has the scope for this kind of channel."""
    if ("groups:read" if channel.is_private else "channels:read") not in state.app.scopes:
        return None
    return {**event, "event_ts": state.next_ts()}
