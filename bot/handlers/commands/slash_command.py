"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

from dataclasses import replace
from typing import assert_never

from bot.core.answers.answer import Answer, Nothing, Reply
from bot.core.commands import command
from bot.core.commands.outcome import Done, Kept, Refusal
from bot.handlers.answers.answer_cache import Desk
from bot.handlers.changes.earlier_revision import earlier
from bot.handlers.changes.history import changes
from bot.handlers.context import Office
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.slack_errors import meaning
from bot.handlers.delivery.status import status
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import may
from bot.handlers.ports import Caller, Posted
from bot.handlers.subscriptions import manage_subscriptions
from bot.handlers.subscriptions.list_subscriptions import subscriptions
from bot.render.document.message import Message, notice, shared
from bot.render.reply_message import message
from bot.store.unanswered_queries import WORDS_MAX


def on_slash(text: str, caller: Caller, office: Office) -> Message | None:
    """The body of the acknowledgement: the answer itself, or how sharing it went; None where the channel was told."""
    desk, default = office.desk(), office.default(caller)
    here = desk.is_answered_here(text)
    if isinstance(desk.asked(text), command.ShowDigests) and manage_digests.ask(caller, office) is None:
        return None
    found = desk.reply(text, default) if here else reply(text, caller, office, desk)
    _note(found, caller, office)
    if isinstance(found, Answer) and found.share:
        return share(found, 1, caller, office, desk)
    return desk.shown(text, default) if here else _message(found, office)


def _note(found: Reply | Kept, caller: Caller, office: Office) -> None:
    """Counts a question that found nothing; who asked is not kept."""
    if isinstance(found, Nothing):
        office.unanswered.add(caller.team, " ".join(found.typed.casefold().split())[:WORDS_MAX])


def reply(text: str, caller: Caller, office: Office, desk: Desk) -> Reply | Kept:
    """What a command's text is answered with; what it asks to change is changed."""
    default = office.default(caller)
    asked = desk.asked(text)
    match asked:
        case command.Show(revision=str()):
            return earlier(asked, office, desk, default)
        case command.ShowChanges():
            return changes(asked, text, office)
        case command.ShowSubscriptions():
            person = may(text, caller, office) if asked.everywhere else None
            return person if isinstance(person, Refusal) else subscriptions(asked, caller, office)
        case command.ShowStatus():
            return status(caller, office)
        case command.ShowDigests():
            return manage_digests.shown(caller, office)
        case command.PreviewDigest():
            return manage_digests.preview(text, caller, office)
        case (
            command.Subscribe()
            | command.Unsubscribe()
            | command.Mute()
            | command.Use()
            | command.SetDigest()
            | command.EndDigests()
            | command.SendDigest()
        ):
            return manage_subscriptions.carry_out(asked, text, caller, office)
        case (
            command.Home()
            | command.Show()
            | command.Search()
            | command.ListBriefs()
            | command.ShowSources()
            | command.ShowHelp()
            | command.Ambiguous()
            | command.Misspelt()
        ):
            return desk.reply(text, default)
        case _:
            assert_never(asked)


def shown(text: str, caller: Caller, office: Office, page: int = 1) -> Message | None:
    """One page of the reply to a command's text; None where the channel was told."""
    desk = office.desk()
    if desk.is_answered_here(text):
        return desk.shown(text, office.default(caller), page)
    return _message(reply(text, caller, office, desk), office, page)


def _message(found: Reply | Kept, office: Office, page: int = 1) -> Message | None:
    return None if isinstance(found, Done) else message(found, command=office.command, page=page)


def share(found: Answer, page: int, caller: Caller, office: Office, desk: Desk) -> Message:
    """Posts an answer for the channel, and remembers it. Where the bot may not post, the message itself is what goes
    out through the response, with the line that corrections will not reach it."""
    shown = message(found, command=office.command, page=page)
    posted = office.sender.post(caller.team, caller.channel, shared(shown, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        _remember(found, page, caller.user, posted, caller, office, desk)
        return notice("Shared in this channel.")
    if meaning(posted) == "pause":  # any other error may mean that it is there already
        return shared(shown, caller.user, uncorrected=True)
    return notice(
        f"Slack did not say that it took it ({posted.error}). If you do not see it above, share it once more."
    )


def _remember(
    found: Reply | Kept, page: int, by: str | None, posted: Posted, caller: Caller, office: Office, desk: Desk
) -> None:
    kept = posted_messages.of_reply(found, page, office.command, by)
    if kept is not None and desk.number:
        with office.store.writing() as connection:
            posted_messages.remember(connection, office, kept, posted, caller, desk.number)


def on_mention(text: str, caller: Caller, ts: str, office: Office) -> None:
    """Answers where the question stands: a mention in its thread, a direct message in the conversation. What was asked
    in private is not remembered."""
    private = caller.channel.startswith("D")
    where = replace(caller, thread_ts=caller.thread_ts or (None if private else ts))
    desk = office.desk()
    found = reply(text, where, office, desk)
    _note(found, caller, office)
    answer = _message(found, office)
    if answer is None:
        return
    public = replace(answer, response_type="in_channel")
    posted = office.sender.post(caller.team, caller.channel, public, where.thread_ts)
    if isinstance(posted, Posted) and not private:
        _remember(found, 1, None, posted, where, office, desk)
