"""What a channel or a workspace follows, and what there is to choose from for a verb that was typed alone."""

from bot.core.answers.answer import Disambiguation, Suggestion
from bot.core.commands import command, subscription_commands
from bot.core.commands.command import MUTE_DEFAULT, Command, Mute, SetDefaultBrief, Subscribe, Unsubscribe
from bot.core.commands.outcome import CommandRejected
from bot.core.commands.subscription_commands import EndSubscriptions, Unmute
from bot.core.digests.listing import SubscriptionList
from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.ports import Caller
from bot.handlers.subscriptions.manage_subscriptions import find_subscription, follows_nothing, not_followed

ONLY_CORRECTIONS = (Filter("kind", "correction"),)
WITHOUT_EVIDENCE = (Filter("kind", "evidence", exclude=True),)


def list_subscriptions(query: command.ShowSubscriptions, caller: Caller, services: Services) -> SubscriptionList:
    """The subscriptions and digests of the caller's channel, or the subscriptions of its workspace, oldest first."""
    with services.store.snapshot() as tx:
        if query.everywhere:
            subscriptions = tx.subscriptions.of_team(caller.team)
        else:
            subscriptions = tx.subscriptions.of_channel(caller.team, caller.channel)
    brief = services.corpus.corpus.briefs.get(services.default_brief(caller) or "")
    schedules = () if query.everywhere else manage_digests.list_schedules(caller, services).schedules
    # It may be a draft again, of which readers see nothing.
    title = brief.title if brief and brief.status != "draft" else None
    return SubscriptionList(tuple(subscriptions), query.everywhere, title, services.now(), schedules)


def show_subscription(
    query: subscription_commands.ShowSubscription, caller: Caller, services: Services
) -> Disambiguation | CommandRejected:
    """The ways in which one subscription of the caller's channel can be changed."""
    with services.store.snapshot() as tx:
        subscription = find_subscription(tx, query.number, caller, services)
    if subscription is None:
        return not_followed(query.number, services)
    spec = subscription.spec
    ways = {
        "All changes": SubscriptionSpec(spec.target, (), spec.deliver),
        "Only corrections": SubscriptionSpec(spec.target, ONLY_CORRECTIONS, spec.deliver),
        "Without new evidence": SubscriptionSpec(spec.target, WITHOUT_EVIDENCE, spec.deliver),
        "Each change as a post": SubscriptionSpec(spec.target, spec.filters),
        "One thread per brief": SubscriptionSpec(spec.target, spec.filters, "thread"),
        "In the digest": SubscriptionSpec(spec.target, spec.filters, "digest"),
    }
    suggestions = tuple(Suggestion(label, Subscribe(each)) for label, each in ways.items() if each != spec)
    return Disambiguation(f"Change #{query.number}", f"Now: {spec}", suggestions, query)


def show_objects(
    query: subscription_commands.ShowObjects, caller: Caller, services: Services
) -> Disambiguation | CommandRejected:
    """What the verb can be typed in front of, in the caller's channel."""
    match query.verb:
        case "subscribe" | "use":
            return _briefs(query, caller, services)
        case "unsubscribe" | "mute" | "unmute":
            return _followed(query, caller, services)


def _briefs(
    query: subscription_commands.ShowObjects, caller: Caller, services: Services
) -> Disambiguation | CommandRejected:
    published = services.corpus.corpus.published
    if not published:
        return CommandRejected("no briefs are published yet", f"See `{services.policy.command} status`.")
    if query.verb == "subscribe":
        all_briefs = Suggestion("All briefs", Subscribe(SubscriptionSpec(Target())))
        targets = (Suggestion(b.title, Subscribe(SubscriptionSpec(Target(b.slug)))) for b in published)
        intro = "A section or a tag can be followed as well: brief/section, tag:…"
        return Disambiguation("What should this channel follow?", intro, (all_briefs, *targets), query)
    none = (Suggestion("None", SetDefaultBrief(None)),) if services.default_brief(caller) else ()
    briefs = (Suggestion(b.title, SetDefaultBrief(b.slug)) for b in published)
    intro = "It answers in this channel where no brief is named."
    return Disambiguation("Which brief should be the default here?", intro, (*briefs, *none), query)


QUESTIONS = {"unsubscribe": "What should end?", "mute": "What should be muted?", "unmute": "What should be unmuted?"}


def _followed(
    query: subscription_commands.ShowObjects, caller: Caller, services: Services
) -> Disambiguation | CommandRejected:
    now = services.now()
    with services.store.snapshot() as tx:
        followed = tx.subscriptions.of_channel(caller.team, caller.channel)
    if not followed:
        return follows_nothing(services)
    fitting = [each for each in followed if query.verb == "unsubscribe" or each.muted(now) == (query.verb == "unmute")]
    if not fitting:
        reason = "nothing is muted here" if query.verb == "unmute" else "all that this channel follows is muted already"
        return CommandRejected(reason, f"See `{services.policy.command} subscriptions`.")
    suggestions = [Suggestion(f"{each.spec} (#{each.id})", _command(query.verb, each)) for each in fitting]
    if query.verb == "unsubscribe" and len(fitting) > 1:
        suggestions.append(Suggestion("Everything", EndSubscriptions()))
    return Disambiguation(QUESTIONS[query.verb], "This channel follows:", tuple(suggestions), query)


def _command(verb: str, subscription: Subscription) -> Command:
    match verb:
        case "mute":
            return Mute(subscription.id, MUTE_DEFAULT)
        case "unmute":
            return Unmute(subscription.id)
        case _:
            return Unsubscribe(subscription.id)
