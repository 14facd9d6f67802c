"""Which handler answers which command: one row a kind of command. All have the same signature."""

from collections.abc import Callable
from typing import Any

from bot.core.answers.answer import Reply
from bot.core.commands import command, digest_commands, report_commands, subscription_commands, undo_commands
from bot.core.commands.command import Command
from bot.core.commands.outcome import CommandRejected, Outcome
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.changes.earlier_revision import answer_at_revision
from bot.handlers.changes.history import list_changes
from bot.handlers.context import Services
from bot.handlers.delivery.status import channel_status, status
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import may_see_workspace, permit
from bot.handlers.ports import Caller
from bot.handlers.reports.edit_brief import show_edit_link
from bot.handlers.reports.open_report import form_needs_press
from bot.handlers.subscriptions import manage_subscriptions, undo_changes
from bot.handlers.subscriptions.list_subscriptions import list_subscriptions, show_objects, show_subscription

Handler = Callable[[Any, Caller, Services], Reply | Outcome]


def _list_changes(query: command.ShowChanges, _: Caller, services: Services) -> Outcome:
    return list_changes(query, services)


def _status(_: command.ShowStatus, caller: Caller, services: Services) -> Outcome:
    # Without a channel for maintainers every member sees the figures: somebody has to.
    here = services.policy.maintainers in (None, (caller.team, caller.channel))
    return (status if here and may_see_workspace(caller, services) else channel_status)(caller, services)


def _list_schedules(_: digest_commands.ShowDigests, caller: Caller, services: Services) -> Outcome:
    return manage_digests.list_schedules(caller, services)


def _report(query: report_commands.ReportMistake, _: Caller, __: Services) -> Outcome:
    # Wherever a form can be opened it was, before anything else.
    return form_needs_press(query)


HANDLERS: dict[type[Command], Handler] = {
    command.ShowChanges: _list_changes,
    command.ShowSubscriptions: list_subscriptions,
    subscription_commands.ShowSubscription: show_subscription,
    subscription_commands.ShowObjects: show_objects,
    command.ShowStatus: _status,
    digest_commands.ShowDigests: _list_schedules,
    digest_commands.PreviewDigest: manage_digests.preview,
    digest_commands.ShowDigest: manage_digests.show_digest,
    command.Subscribe: manage_subscriptions.subscribe,
    command.Unsubscribe: manage_subscriptions.unsubscribe,
    subscription_commands.EndSubscriptions: manage_subscriptions.end_subscriptions,
    command.Mute: manage_subscriptions.mute,
    subscription_commands.Unmute: manage_subscriptions.unmute,
    command.SetDefaultBrief: manage_subscriptions.set_default_brief,
    undo_commands.RestoreSubscription: undo_changes.restore_subscription,
    undo_commands.Resubscribe: undo_changes.resubscribe,
    undo_commands.RestoreDefaultBrief: undo_changes.restore_default_brief,
    digest_commands.SetDigest: manage_digests.set_digest,
    digest_commands.EndDigests: manage_digests.end_digests,
    digest_commands.SendDigest: manage_digests.send_digest,
    report_commands.ReportMistake: _report,
    report_commands.EditBrief: show_edit_link,
}
"""The commands that need the store; all others are answered from the published corpus."""


def handle(command_: Command, caller: Caller, services: Services, answers: AnswerCache) -> Reply | Outcome:
    """The reply to a command, from the one corpus of `answers`; a change that it asks for is made, unless it is
    rejected."""
    # Here for all of them, so that no handler can forget it.
    person = permit(command_, caller, services)
    if isinstance(person, CommandRejected):
        return person
    caller = person
    if not answers.needs_store(command_):
        return answers.answer(command_, services.default_brief(caller))
    # One with a revision: the only query that needs both the corpus and the store.
    if isinstance(command_, command.Show):
        default = services.default_brief(caller)
        return answer_at_revision(command_, services, answers.corpus, answers.today, default)
    return HANDLERS[type(command_)](command_, caller, services)
