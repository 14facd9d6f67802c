"""`SlackClient` over Slack's Web API."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message
from bot.slack.call_pool import CallPool
from bot.slack.channel_members import is_in_channel
from bot.slack.look_back import find_message, metadata
from bot.slack.organisation_teams import organisation_teams
from bot.slack.slack_answer import NO_SLACK_ANSWER
from bot.slack.web_api import WebApi, failed, respond

NO_TOKEN = ApiFailure("no_token")


class WebSlackClient:
    """Posts with the token of the workspace; `api_for` gives it by team id, None for a workspace without one.
    `organisation` gives the one whose token serves a workspace, None where that has its own. Every call is made once:
    one that was repeated after a dropped connection would post twice. One for each process, as its calls share their
    places."""

    def __init__(
        self, api_for: Callable[[str], WebApi | None], organisation: Callable[[str], str | None] = lambda _: None
    ) -> None:
        self._api_for, self._organisation = api_for, organisation
        self._pool = CallPool()

    def post(
        self,
        team: str,
        channel: str,
        message: Message,
        thread_ts: str | None,
        *,
        key: str | None = None,
        broadcast: bool = False,
        person_waits: bool = False,
    ) -> Posted | ApiFailure:
        """`chat.postMessage`, nothing unfurled; with `thread_ts` None outside threads. `key` goes into the metadata as
        a hash, for `find_posted`; None sends none."""
        arguments = {
            "channel": channel,
            "text": message.text,
            "blocks": message.blocks,
            "thread_ts": thread_ts,
            "reply_broadcast": True if broadcast else None,
            "metadata": metadata(key) if key else None,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        call = self._ask if person_waits else self._deliver
        return _posted("chat.postMessage", call(team, "chat.postMessage", arguments))

    def update(self, team: str, channel: str, ts: str, message: Message) -> Posted | ApiFailure:
        """`chat.update`, which keeps blocks only when they are sent again."""
        arguments = {"channel": channel, "ts": ts, "text": message.text, "blocks": message.blocks}
        return _posted("chat.update", self._deliver(team, "chat.update", arguments))

    def find_posted(
        self, team: str, channel: str, key: str, at: datetime, thread_ts: str | None
    ) -> Posted | ApiFailure | None:
        """`conversations.history`, or `conversations.replies` of a thread; see `find_message`. The conversation with a
        person, for which their id stands, is looked up by `conversations.open` first."""
        api = self._api_for(team)
        if api is None:
            return NO_TOKEN
        place = _conversation(api, channel) if channel.startswith(PERSONS) else channel
        return find_message(api, place, key, at, thread_ts) if isinstance(place, str) else place

    def channel_info(self, team: str, channel: str) -> ChannelInfo | ApiFailure:
        """`conversations.info`."""
        answer = self._ask(team, "conversations.info", {"channel": channel})
        match answer:
            case ApiFailure():
                return answer
            case {"channel": dict(described)}:
                private = any(described.get(each) for each in ("is_private", "is_im", "is_mpim"))
                return ChannelInfo(bool(described.get("is_archived")), bool(described.get("is_member")), private)
            case _:
                return failed("conversations.info", NO_SLACK_ANSWER)

    def is_in_channel(self, team: str, channel: str, user: str) -> bool | ApiFailure:
        """`conversations.members`."""
        api = self._api_for(team)
        if api is None:
            return failed("conversations.members", NO_TOKEN)
        with self._pool.place() as place:
            return is_in_channel(api, channel, user) if place else failed("conversations.members", ApiFailure("busy"))

    def user_info(self, team: str, user: str) -> UserInfo | ApiFailure:
        """`users.info`."""
        answer = self._ask(team, "users.info", {"user": user})
        match answer:
            case ApiFailure():
                return answer
            case {"user": dict(described)}:
                return _user(described, team, self._organisation(team))
            case _:
                return failed("users.info", NO_SLACK_ANSWER)

    def group_members(self, team: str, group: str) -> frozenset[str] | ApiFailure:
        """`usergroups.users.list`; the token of an organisation says in which of its workspaces the group is."""
        within = team if self._organisation(team) else None
        answer = self._ask(team, "usergroups.users.list", {"usergroup": group, "team_id": within})
        match answer:
            case ApiFailure():
                return answer
            case {"users": list(users)}:
                return frozenset(each for each in users if isinstance(each, str))
            case _:
                return failed("usergroups.users.list", NO_SLACK_ANSWER)

    def organisation_teams(self, organisation: str) -> frozenset[str] | ApiFailure:
        """`auth.teams.list`."""
        api = self._api_for(organisation)
        return organisation_teams(api) if api else NO_TOKEN

    def open_modal(self, caller: Caller, view: dict[str, Any]) -> ApiFailure | None:
        """`views.open`; None once the modal is open. Slack takes a trigger once, within 3 seconds."""
        if caller.trigger_id is None:
            return failed("views.open", ApiFailure("no_trigger_id"))
        answer = self._ask(caller.team, "views.open", {"trigger_id": caller.trigger_id, "view": view})
        return answer if isinstance(answer, ApiFailure) else None

    def respond(self, caller: Caller, message: Message) -> ApiFailure | None:
        """Through `response_url`. Source: docs.slack.dev, handling user interaction."""
        if caller.response_url is None:
            return failed("response_url", ApiFailure("no_response_url"))
        thread = {"thread_ts": caller.thread_ts} if caller.thread_ts else {}
        flags = {"replace_original": False, "unfurl_links": False, "unfurl_media": False}
        with self._pool.place() as place:
            if not place:
                return failed("response_url", ApiFailure("busy"))
            return respond(caller.response_url, {**message.payload(), **thread, **flags})

    def _ask(self, team: str, method: str, arguments: Mapping[str, Any]) -> dict[str, Any] | ApiFailure:
        """A call that somebody waits for."""
        with self._pool.place() as place:
            if not place:
                return failed(method, ApiFailure("busy"))
            return self._deliver(team, method, arguments)

    def _deliver(self, team: str, method: str, arguments: Mapping[str, Any]) -> dict[str, Any] | ApiFailure:
        api = self._api_for(team)
        return api.call(method, arguments) if api else failed(method, NO_TOKEN)


PERSONS = ("U", "W")
"""How ids of people begin."""


def _conversation(api: WebApi, user: str) -> str | ApiFailure:
    """The id of the direct conversation with a person, which is there since something was posted to them."""
    answer = api.call("conversations.open", {"users": user})
    match answer:
        case ApiFailure():
            return answer
        case {"channel": {"id": str(id_)}} if id_:
            return id_
        case _:
            return failed("conversations.open", NO_SLACK_ANSWER)


def _posted(method: str, answer: dict[str, Any] | ApiFailure) -> Posted | ApiFailure:
    match answer:
        case ApiFailure():
            return answer
        case {"channel": str(channel), "ts": str(ts)} if channel and ts:
            return Posted(channel, ts)
        case _:
            return failed(method, NO_SLACK_ANSWER)


STRANGERS = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "is_workflow_bot", "deleted")
"""What makes of somebody no full member of a workspace: guests, people of others, bots, and whoever has left."""

SLACKBOT = "USLACKBOT"
"""Slack does not call it a bot."""


def _user(described: dict[str, Any], team: str, organisation: str | None) -> UserInfo:
    listed = _is_listed(described.get("enterprise_user"), team, organisation)
    elsewhere = described.get("team_id") not in (None, "", team) and not listed
    stranger = any(described.get(each) for each in STRANGERS) or described.get("id") == SLACKBOT
    return UserInfo(stranger or elsewhere, described.get("tz") or None, listed)


def _is_listed(member: object, team: str, organisation: str | None) -> bool:
    """Whether an organisation counts its member to the workspace, or is the one that the bot is installed for."""
    match member:
        case {"teams": list(teams)} if team in teams:
            return True
        case {"enterprise_id": str(theirs)}:
            return bool(theirs) and theirs == organisation
        case _:
            return False
