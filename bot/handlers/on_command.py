"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

from dataclasses import replace

from bot.core.answer import Answer
from bot.handlers.desk import Desk
from bot.handlers.ports import Caller, Posted, Sender
from bot.render.message import Message, message, notice, shared

MAY_NOT_POST = frozenset({"channel_not_found", "not_in_channel", "no_permission", "ekm_access_denied"})
"""Slack's words for a channel where the bot has no business, but the person who asks has. Source: docs.slack.dev,
chat.postMessage. After any other error the message may be there already, so it must not go out a second time."""


def on_slash(text: str, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """The body of the acknowledgement: the answer itself, or how sharing it went."""
    wanted = desk.to_share(text)
    return share(wanted, 1, caller, desk, sender) if wanted else desk.shown(text)


def share(found: Answer, page: int, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """Posts an answer for the channel. Where the bot may not post, the message itself is what goes out through the
    response, with the line that corrections will not reach it."""
    shown = message(found, command=desk.command, page=page)
    posted = sender.post(caller.team, caller.channel, shared(shown, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        return notice("Shared in this channel.")
    if posted.error in MAY_NOT_POST or posted.error.startswith("restricted_action"):
        return shared(shown, caller.user, uncorrected=True)
    return notice(
        f"Slack did not say that it took it ({posted.error}). If you do not see it above, share it once more."
    )


def on_mention(text: str, caller: Caller, ts: str, desk: Desk, sender: Sender) -> None:
    """Answers where the question stands: a mention in its thread, a direct message in the conversation."""
    thread = caller.thread_ts or (None if caller.channel.startswith("D") else ts)
    sender.post(caller.team, caller.channel, replace(desk.shown(text), response_type="in_channel"), thread)
