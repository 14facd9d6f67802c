"""Slack's side: the token and what it may do, the clock, the connection, the maintainers' channel."""

from collections.abc import Iterator
from datetime import timedelta

from bot.app.doctor.endpoint_check import endpoint_finding
from bot.app.doctor.finding import Finding, ok, skipped, warning, wrong
from bot.app.look_around import channel_trouble
from bot.app.publishing import utc_now
from bot.app.slack_identity import identity
from bot.errors import SettingsError
from bot.handlers.ports import ApiFailure
from bot.settings import SlackSettings
from bot.slack.app import Identity
from bot.slack.http import MAX_AGE_S
from bot.slack.probe import Probe, clock_trouble, probe
from bot.slack.scopes import OPTIONAL, REQUIRED
from bot.slack.sdk_client import sdk_client
from bot.slack.sender import WebSlackClient
from bot.slack.socket_opening import NotConnectedError, open_socket
from bot.slack.web_api import WebApi

NO_WAIT = timedelta(0)


def slack_findings(slack: SlackSettings) -> Iterator[Finding]:
    """Of the clock, the token, its scopes and the connection, in this order, and of the channel at last."""
    api = WebApi(slack.bot_token or "", slack.api_url)
    found = probe(api, utc_now())
    yield _clock(found)
    if slack.bot_token is None:
        yield ok("token", "none of its own: workspaces install the bot by OAuth")
        yield ok("scopes", "those that each workspace allows")
        yield _connection(slack)
        yield ok("channel", "none is set")
        return
    try:
        me = identity(api, NO_WAIT)
    except SettingsError as error:
        yield wrong("token", str(error))
        yield from (skipped(each, "token") for each in ("scopes", "connection", "channel"))
        return
    yield ok("token", f"that of bot {me.bot_user} in workspace {me.team}")
    yield _scopes(found)
    yield _connection(slack)
    yield _channel(slack, api, me)


def _clock(found: Probe) -> Finding:
    if found.ahead_s is None:
        return ok("clock", "not compared: nothing that has answered said what time it is")
    if not found.clock_is_wrong:
        return ok("clock", "as Slack's")
    return (wrong if abs(found.ahead_s) > MAX_AGE_S else warning)("clock", clock_trouble(found.ahead_s))


def _scopes(found: Probe) -> Finding:
    if found.scopes is None:
        return ok("scopes", "not compared: Slack did not say what the token may do")
    if missing := sorted(REQUIRED - found.scopes):
        return wrong("scopes", f"the token lacks {', '.join(missing)}; install the app again from its manifest")
    if without := sorted(OPTIONAL - found.scopes):
        return ok("scopes", f"all that are needed (without {', '.join(without)} BRIEFBOT_UNCONFIRMED_POSTS decides)")
    return ok("scopes", "all of the manifest")


def _connection(slack: SlackSettings) -> Finding:
    if slack.role == "worker":
        return ok("connection", "a worker needs none")
    if slack.app_token is None:
        return endpoint_finding(slack)
    try:
        open_socket(sdk_client(slack.bot_token or "", slack.api_url), slack.app_token).close()
    except NotConnectedError as error:
        return wrong("connection", str(error))
    return ok("connection", "Slack has opened one over Socket Mode, and it was closed again")


def _channel(slack: SlackSettings, api: WebApi, me: Identity) -> Finding:
    channel = slack.maintainers_channel
    if channel is None:
        return ok("channel", "BRIEFBOT_MAINTAINERS_CHANNEL is not set, so only the log tells of broken files")
    found = WebSlackClient({me.team: api}.get).channel_info(me.team, channel)
    if trouble := channel_trouble(found):
        return wrong("channel", f"BRIEFBOT_MAINTAINERS_CHANNEL is {channel}: {trouble}")
    if isinstance(found, ApiFailure):
        return warning("channel", f"Slack does not tell of {channel} just now ({found.error}); look again later")
    return ok("channel", f"{channel}, where broken files and mistakes are reported")
