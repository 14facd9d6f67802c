"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

import logging
from dataclasses import replace
from typing import assert_never

from bot.core.answers.answer import Answer, NoMatch, Reply
from bot.core.commands import command
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.errors import DatabaseFailureError
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.changes.earlier_revision import answer_at_revision
from bot.handlers.changes.history import list_changes
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.delivery.status import status
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import require_member
from bot.handlers.ports import Caller, Posted
from bot.handlers.subscriptions import manage_subscriptions
from bot.handlers.subscriptions.list_subscriptions import list_subscriptions
from bot.render.document.message import Message, notice, shared_copy
from bot.render.reply_message import render_reply

logger = logging.getLogger(__name__)


def answer_slash_command(text: str, caller: Caller, services: Services) -> Message | None:
    """The body of the acknowledgement: the answer itself, or how sharing it went; None where the channel was told."""
    desk, default = services.answers(), services.default_brief(caller)
    here = desk.is_answered_here(text)
    if isinstance(desk.asked(text), command.ShowDigests) and manage_digests.open_form(caller, services) is None:
        return None
    found = desk.reply(text, default) if here else reply(text, caller, services, desk)
    _count_unanswered(found, caller, services)
    if isinstance(found, Answer) and found.share:
        return share(found, 1, caller, services, desk)
    return desk.shown(text, default) if here else _message(found, services)


def _count_unanswered(found: Reply | Outcome, caller: Caller, services: Services) -> None:
    """Counts a question that found nothing; who asked is not kept."""
    if isinstance(found, NoMatch):
        try:
            with services.store.transaction() as tx:
                tx.unanswered_queries.add(caller.team, found.typed, services.now())
        except DatabaseFailureError:  # the reader gets the answer all the same
            logger.exception("a query without results was not counted")


def reply(text: str, caller: Caller, services: Services, desk: AnswerCache) -> Reply | Outcome:
    """What a command's text is answered with; what it asks to change is changed."""
    default = services.default_brief(caller)
    asked = desk.asked(text)
    match asked:
        case command.Show(revision=str()):
            return answer_at_revision(asked, services, desk, default)
        case command.ShowChanges():
            return list_changes(asked, text, services)
        case command.ShowSubscriptions():
            person = require_member(text, caller, services) if asked.everywhere else None
            return person if isinstance(person, CommandRejected) else list_subscriptions(asked, caller, services)
        case command.ShowStatus():
            return status(caller, services)
        case command.ShowDigests():
            return manage_digests.list_schedules(caller, services)
        case command.PreviewDigest():
            return manage_digests.preview(text, caller, services)
        case (
            command.Subscribe()
            | command.Unsubscribe()
            | command.Mute()
            | command.SetDefaultBrief()
            | command.SetDigest()
            | command.EndDigests()
            | command.SendDigest()
        ):
            return manage_subscriptions.change_subscription(asked, text, caller, services)
        case (
            command.ShowHome()
            | command.Show()
            | command.Search()
            | command.ListBriefs()
            | command.ShowSources()
            | command.ShowHelp()
            | command.Ambiguous()
            | command.DidYouMean()
        ):
            return desk.reply(text, default)
        case _:
            assert_never(asked)


def render_page(text: str, caller: Caller, services: Services, page: int = 1) -> Message | None:
    """One page of the reply to a command's text; None where the channel was told."""
    desk = services.answers()
    if desk.is_answered_here(text):
        return desk.shown(text, services.default_brief(caller), page)
    return _message(reply(text, caller, services, desk), services, page)


def _message(found: Reply | Outcome, services: Services, page: int = 1) -> Message | None:
    return None if isinstance(found, Announced) else render_reply(found, command=services.policy.command, page=page)


def share(found: Answer, page: int, caller: Caller, services: Services, desk: AnswerCache) -> Message:
    """Posts an answer for the channel, and remembers it. Where the bot may not post, the message itself is what goes
    out through the response, with the line that corrections will not reach it."""
    shown = render_reply(found, command=services.policy.command, page=page)
    posted = services.slack.post(caller.team, caller.channel, shared_copy(shown, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        _record_post(found, page, caller.user, posted, caller, services, desk)
        return notice("Shared in this channel.")
    if classify(posted) == "pause":  # any other error may mean that it is there already
        return shared_copy(shown, caller.user, uncorrected=True)
    return notice(
        f"Slack did not say that it took it ({posted.error}). If you do not see it above, share it once more."
    )


def _record_post(
    found: Reply | Outcome,
    page: int,
    by: str | None,
    posted: Posted,
    caller: Caller,
    services: Services,
    desk: AnswerCache,
) -> None:
    kept = posted_messages.record_of_reply(found, page, services.policy.command, by)
    if kept is not None and desk.number:
        with services.store.transaction() as tx:
            posted_messages.record_post(tx, services, kept, posted, caller, desk.number)


def answer_mention(text: str, caller: Caller, ts: str, services: Services) -> None:
    """Answers where the question stands: a mention in its thread, a direct message in the conversation. What was asked
    in private is not remembered."""
    private = caller.channel.startswith("D")
    where = replace(caller, thread_ts=caller.thread_ts or (None if private else ts))
    desk = services.answers()
    found = reply(text, where, services, desk)
    _count_unanswered(found, caller, services)
    answer = _message(found, services)
    if answer is None:
        return
    public = replace(answer, response_type="in_channel")
    posted = services.slack.post(caller.team, caller.channel, public, where.thread_ts)
    if isinstance(posted, Posted) and not private:
        _record_post(found, 1, None, posted, where, services, desk)
