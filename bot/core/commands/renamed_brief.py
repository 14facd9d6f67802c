"""Commands of buttons that name a brief by a slug that it had before it was renamed."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.commands.command import (
    Command,
    Mute,
    SetDefaultBrief,
    Show,
    ShowChanges,
    ShowExport,
    ShowSources,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.commands.subscription_commands import Unmute
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

CurrentSlug = Callable[[str], str]


def with_current_slug(command: Command, current_slug: CurrentSlug) -> Command:
    """The command with the slug of now for the brief that it names, if it names one."""
    match command:
        case Show() | ShowSources() | ShowExport() | ShowQuotes() | ShowChanges() | SetDefaultBrief():
            return replace(command, brief=current_slug(command.brief)) if command.brief else command
        case ReportMistake() | EditBrief():
            return replace(command, brief=current_slug(command.brief)) if command.brief else command
        case Subscribe(spec):
            return Subscribe(_spec(spec, current_slug))
        case RestoreSubscription(spec=SubscriptionSpec() as spec):
            return replace(command, spec=_spec(spec, current_slug))
        case Resubscribe(specs):
            return Resubscribe(tuple(_spec(spec, current_slug) for spec in specs))
        case RestoreDefaultBrief(brief, chosen):
            return RestoreDefaultBrief(brief and current_slug(brief), chosen and current_slug(chosen))
        case Unsubscribe(Target() as target) | Mute(Target() as target) | Unmute(Target() as target):
            return replace(command, target_or_id=_target(target, current_slug))
        case _:
            return command


def _spec(spec: SubscriptionSpec, current_slug: CurrentSlug) -> SubscriptionSpec:
    return replace(spec, target=_target(spec.target, current_slug))


def _target(target: Target, current_slug: CurrentSlug) -> Target:
    return replace(target, brief=current_slug(target.brief)) if target.brief else target
