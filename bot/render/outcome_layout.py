"""The words of replies from what the database keeps."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from bot.core.changes.history import ChangeEntry, ChangeList
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.delivery.pause_reason import pause_reason
from bot.core.delivery.status import Status
from bot.core.subscriptions.listing import SubscriptionList
from bot.core.subscriptions.subscription import Subscription
from bot.render.document.document import (
    Context,
    Heading,
    Item,
    Layout,
    Line,
    Mention,
    Menu,
    Option,
    Passage,
    Span,
    Text,
    line,
)
from bot.render.document.phrases import count, day, format_datetime, kind_word, sentence

OPTIONS_MAX = 100


def outcome_layout(reply: ChangeList | SubscriptionList | Status | Announced | CommandRejected, command: str) -> Layout:
    """The words of a reply."""
    match reply:
        case ChangeList():
            return _changes(reply, command)
        case SubscriptionList():
            return _subscriptions(reply, command)
        case Status():
            return _status(reply)
        case CommandRejected():
            typed = line("You typed ", Text(f"{command} {reply.typed}", code=True), f": {reply.reason}.")
            return Layout((), (Item(Passage((typed, _advice(reply)))),))
        case Announced():
            return Layout((), (Item(Passage((line("Done."),))),))
        case _:
            assert_never(reply)


def _advice(reply: CommandRejected) -> Line:
    """What to do next; what stands between backticks is to be typed."""
    words = [Text(part, code=bool(n % 2)) for n, part in enumerate(reply.advice.split("`"))]
    people: list[Span] = [span for user in reply.people for span in (Text(" "), Mention("user", user))]
    return line(*words, *people)


def _changes(reply: ChangeList, command: str) -> Layout:
    if not reply.entries:
        return Layout((Heading("What changed"),), (Item(Passage((_unchanged(reply, command),))),))
    items = tuple(Item(Passage(_entry(each))) for each in reply.entries)
    menu = Menu("Show one in full", "open:change", tuple(_option(each) for each in reply.entries[:OPTIONS_MAX]))
    which = " · ".join(filter(None, ("Newest first", reply.brief, _window(reply.since))))
    more = (Context(_older(reply, command)),) if reply.more else ()
    return Layout((Heading("What changed"), Context(which)), items, footer=more, controls=(menu,), command=reply.typed)


def _unchanged(reply: ChangeList, command: str) -> Line:
    of, window = f" of {reply.brief}" if reply.brief else "", _window(reply.since)
    if window:
        longer = " ".join(filter(None, (command, "changes", reply.brief)))
        return line(f"Nothing{of} was announced {window}. Everything so far: ", Text(longer, code=True))
    return line(f"Nothing{of} was announced yet. All briefs: ", Text(f"{command} list", code=True))


def _older(reply: ChangeList, command: str) -> str:
    further = "" if reply.brief else f" To look further back, name a brief: {command} changes <brief>"
    return f"There was more before that.{further}"


def _window(since: timedelta | date | None) -> str:
    match since:
        case timedelta():
            hours = since // timedelta(hours=1)
            return _last(hours // 24, "day") if hours % 24 == 0 else _last(hours, "hour")
        case date():
            return f"since {day(since)}"
        case _:
            return ""


def _last(number: int, unit: str) -> str:
    return f"in the last {unit if number == 1 else f'{number} {unit}s'}"


def _entry(entry: ChangeEntry) -> tuple[Line, ...]:
    several = f" · {entry.changes} changes" if entry.changes > 1 else ""
    head = line(Text(entry.title, bold=True), f" · {kind_word(entry.kind)} · {day(entry.on)}{several}")
    return (head, line(sentence(entry.note))) if entry.note else (head,)


def _option(entry: ChangeEntry) -> Option:
    return Option(f"{day(entry.on)} · {entry.title}", entry.command)


def _subscriptions(reply: SubscriptionList, command: str) -> Layout:
    who = "the channels of this workspace follow" if reply.everywhere else "this channel follows"
    default = (Context(f"Default brief here: {reply.default}"),) if reply.default else ()
    if not reply.subscriptions:
        advice = line("Nothing yet. Try ", Text(f"{command} subscribe all", code=True), ".")
        return Layout((Heading(f"What {who}"), *default), (Item(Passage((advice,))),))
    items = tuple(Item(Passage((_subscription(s, reply),))) for s in reply.subscriptions)
    where = "In the channel itself" if reply.everywhere else "To end or mute one"
    how = Context(f"{where}: {command} unsubscribe #n · {command} mute #n for:7d")
    again = "subscriptions all" if reply.everywhere else "subscriptions"
    return Layout((Heading(f"What {who}"), *default), items, footer=(how,), command=again, compact=True)


def _subscription(found: Subscription, reply: SubscriptionList) -> Line:
    place = (" in ", Mention("channel", found.channel)) if reply.everywhere else ()
    states = []
    if found.paused:
        states.append(f"paused: {pause_reason(found.paused).words}")
    if found.muted_until and found.muted(reply.now):
        states.append(f"muted until {day(found.muted_until.date())}, {found.muted_until:%H:%M} UTC")
    state = (Text(f" · {' · '.join(states)}", bold=True),) if states else ()
    made = f" · since {day(found.created_at.date())}"
    return line(Text(f"#{found.id} {found.spec}", code=True), *place, made, *state)


def _status(reply: Status) -> Layout:
    lines = [line(_published(reply)), line(_following(reply)), *map(line, _owed(reply)), *_skipped(reply)]
    if reply.stopped:
        refused = Text(f"Nothing is posted: Slack refuses everything of this workspace ({reply.stopped}).", bold=True)
        lines.insert(0, line(refused, " Install the app again, then start the bot anew."))
    return Layout((Heading("Status"),), (Item(Passage(tuple(lines))),))


def _skipped(reply: Status) -> Iterator[Line]:
    """Digests that nobody was there to send."""
    if not reply.skipped:
        return
    late = f"{_were(reply.skipped, 'digest')} skipped, as the bot was away for too long"
    yield line(f"{late}; what changed comes with the next one.")
    for each in reply.newest_skipped:
        yield line("• ", Mention("channel", each.channel), f", due {format_datetime(each.fire_at, 'UTC')}")


def _published(reply: Status) -> str:
    if reply.published_at is None:
        found = "Nothing is published yet"
    else:
        briefs = count(reply.briefs, "brief") or "no briefs"
        found = f"Publication {reply.number} of {day(reply.published_at.date())}: {briefs}"
    if not reply.broken:
        return f"{found}."
    kept = "its last good version" if reply.broken == 1 else "their last good versions"
    return f"{found}. {_are(reply.broken, 'file')} broken; readers see {kept}."


def _following(reply: Status) -> str:
    if not reply.following:
        return "No channel of this workspace follows anything."
    paused = f"; {_are(reply.paused_channels, 'channel')} paused" if reply.paused_channels else ""
    digests = f" and {count(reply.digests, 'digest')}" if reply.digests else ""
    return f"{count(reply.following, 'subscription')}{digests} in this workspace{paused}."


def _owed(reply: Status) -> Iterator[str]:
    """What is to be posted, then what went wrong."""
    if whole := reply.edits_done + reply.edits_open:
        yield f"Corrections of earlier posts: {reply.edits_done} of {whole} done."
    if reply.waiting:
        yield f"{_are(reply.waiting, 'message')} waiting to be posted."
    if reply.unknown:
        yield f"{count(reply.unknown, 'message')} may have arrived; the bot looks before it posts again."
    if reply.held:
        held = count(reply.held, "message")
        yield f"{held} may have arrived and will not be posted again (BRIEFBOT_UNCONFIRMED_POSTS=hold)."
    if reply.paused:
        yield f"{_are(reply.paused, 'message')} waiting for a paused channel."
    if not (reply.edits_open or reply.waiting or reply.unknown or reply.held or reply.paused):
        yield "Nothing is waiting to be posted."
    if reply.dead:
        yield f"{_were(reply.dead, 'message')} given up; the log says why."
    if reply.resent:
        yield f"{_were(reply.resent, 'message')} posted again without knowing whether the first had arrived."
    if reply.uneditable:
        yield f"{count(reply.uneditable, 'earlier post')} cannot be edited any more; corrections go into the thread."
    if reply.notes_failed:
        yield f"{count(reply.notes_failed, 'correction')} could not be told in the thread."


def _are(number: int, what: str) -> str:
    return f"{count(number, what)} {'is' if number == 1 else 'are'}"


def _were(number: int, what: str) -> str:
    return f"{count(number, what)} {'was' if number == 1 else 'were'}"
