"""The words of each reply, from top to bottom. The only place that chooses them."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.core.answers.answer import (
    NOTHING_PUBLISHED,
    Answer,
    Disambiguation,
    Greeting,
    Help,
    HomePage,
    NoMatch,
    QuoteList,
    Reply,
    SearchResults,
    SourceList,
    Suggestion,
    Withdrawn,
)
from bot.core.changes.announcement import Announcement
from bot.core.changes.history import ChangeList
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Search, Show, ShowHelp, ShowHome, ShowSources
from bot.core.commands.examples import ASK_EXAMPLES, EXAMPLES, Example, with_names
from bot.core.commands.outcome import Announced, CommandRejected, EditLink, Outcome
from bot.core.delivery.status import Status
from bot.core.digests.digest import Digest
from bot.core.digests.listing import ChannelStatus, DigestSchedules, SubscriptionList
from bot.render.answer_layout import answer_layout, caveats, revision
from bot.render.changes.announcement import announcement_layout
from bot.render.changes.change_list import changes_layout
from bot.render.digests.digest import digest_layout
from bot.render.digests.schedule_list import digests_layout
from bot.render.document.citations import hit_lines, source_line
from bot.render.document.document import (
    Button,
    Context,
    Document,
    Heading,
    Item,
    Layout,
    Line,
    Menu,
    Option,
    Passage,
    Text,
    line,
)
from bot.render.document.open_buttons import WHAT_CHANGED
from bot.render.document.phrases import count, cut, day, shortened
from bot.render.document.picks import BUTTONS_MAX, are_buttons, picks
from bot.render.greeting_layout import greeting_layout
from bot.render.outcome_layout import outcome_layout
from bot.render.quote_list_layout import quote_list_layout
from bot.render.subscriptions.channel_status import channel_status_layout
from bot.render.subscriptions.subscription_list import subscriptions_layout

__all__ = ["Item", "Layout", "day", "layout", "source_line"]

NEWS_MAX = 120
"""Characters of a note on the newest change of a brief."""
HOME_BRIEFS_MAX = 20
USAGE_EXAMPLES_MAX = 2
MORE = (
    WHAT_CHANGED,
    Button("How to ask", "open:help", encode_command(ShowHelp())),
)


def layout(reply: Reply | Outcome, command: str) -> Layout:
    """The words of a reply or a post. `command` is the slash command's name, e.g. `/brief`."""
    match reply:
        case Answer():
            return answer_layout(reply, command)
        case SearchResults():
            return _hits(reply, command)
        case SourceList():
            return _source_list(reply)
        case QuoteList():
            return quote_list_layout(reply)
        case Withdrawn():
            return _withdrawn(reply)
        case HomePage():
            return _home(reply, command)
        case Disambiguation():
            return _choice(reply, command)
        case NoMatch():
            return _nothing(reply, command)
        case Greeting():
            return greeting_layout(reply, command)
        case Help():
            return _help(reply, command)
        case Announcement():
            return announcement_layout(reply, command)
        case Digest():
            return digest_layout(reply, command)
        case DigestSchedules():
            return digests_layout(reply, command)
        case SubscriptionList():
            return subscriptions_layout(reply, command)
        case ChangeList():
            return changes_layout(reply, command)
        case ChannelStatus():
            return channel_status_layout(reply)
        case Status() | Announced() | CommandRejected() | EditLink():
            return outcome_layout(reply, command)
        case _:
            assert_never(reply)


def _hits(reply: SearchResults, command: str) -> Layout:
    if reply.only_related:
        return _related(reply, command)
    where = f", “{reply.section_title}” first" if reply.section_title else ""
    some = _how_many(reply.with_all, reply.by_meaning) if reply.with_all < len(reply.excerpts) else ""
    head: Document = (Heading(f"Claims about “{shortened(reply.words)}”{where}"), *((Context(some),) if some else ()))
    return _claims(reply, head, command, opening=True)


def _related(reply: SearchResults, command: str) -> Layout:
    """Where nothing answers: the claims that may be of use all the same, and the briefs to look at."""
    head = (Heading(f"Nothing in the briefs answers “{shortened(reply.words)}”"), Context("May be related:"))
    return _claims(reply, head, command, opening=False)


def _claims(reply: SearchResults, head: Document, command: str, *, opening: bool) -> Layout:
    """Each claim with its place and its sources; `opening`: whether the first one answers."""
    places = [(Show(each.section, each.brief.slug), each) for each in reply.excerpts]
    items = tuple(
        Item(
            Passage(hit_lines(each), opening=opening and n == 0), each.citations, (), f"{command} {show}", excerpt=each
        )
        for n, (show, each) in enumerate(places)
    )
    labels = {show: f"{each.section_title} · {each.brief.title}" for show, each in places}
    sections = tuple(Option(label, encode_command(show)) for show, label in labels.items())
    return Layout(
        head,
        items,
        controls=(*_picks(reply.briefs), Menu("Open a section", "open:section", sections)),
        command=Search(reply.words, reply.section),
        # The numbers are those of different briefs.
        sources=None,
    )


def _how_many(with_all: int, by_meaning: bool) -> str:
    or_near = " or something near in meaning" if by_meaning else ""
    match with_all:
        case 0:
            return f"No claim holds all of these words; these hold some of them{or_near}."
        case 1:
            return f"The first claim holds all of these words, the others some of them{or_near}."
        case _:
            return f"The first {with_all} claims hold all of these words, the others some of them{or_near}."


def _source_list(reply: SourceList) -> Layout:
    number = count(len(reply.sources), "source") or "no sources"
    head = (Heading(reply.brief.title), Context(f"{number} · as of {day(reply.brief.as_of)}"))
    items = tuple(Item(Passage((source_line(citation),))) for citation in reply.sources)
    return Layout(
        head=head,
        items=items,
        footer=caveats(reply.brief),
        small_print=revision(reply.brief, reply.review_overdue),
        command=ShowSources(reply.brief.slug),
        source=(reply.brief.slug, "", reply.brief.revision),
        compact=True,
    )


def _choice(reply: Disambiguation, command: str) -> Layout:
    items, typed = _options(reply.suggestions, command)
    return Layout(
        head=(Heading(reply.title), Context(reply.intro)),
        items=items,
        controls=_picks(reply.suggestions),
        typed=typed,
        command=reply.command,
        compact=True,
    )


def _withdrawn(reply: Withdrawn) -> Layout:
    note = line(Text("This brief was withdrawn.", bold=True), f" {reply.note}")
    return Layout((Heading(reply.brief.title),), (Item(Passage((note,))),), (), revision(reply.brief, None))


def _home(reply: HomePage, command: str) -> Layout:
    of = f"Of “{reply.default.title}”, where no brief is named:" if reply.default else "Of a brief that you pick:"
    briefs = [line(f"• {suggestion.text}") for suggestion in reply.briefs[:HOME_BRIEFS_MAX]]
    if more := len(reply.briefs) - len(briefs):
        briefs.append(line(f"• {more} more: ", _typed("list", command)))
    latest = [line(f"• {day(on)} · {brief.title}: {cut(note, NEWS_MAX)}") for brief, on, note in reply.latest]
    groups: list[tuple[str, list[Line], tuple[Button | Menu, ...]]] = [
        ("Sections", [line(of)] if reply.sections else [], _section_picks(reply.sections)),
        ("Briefs", briefs, (Menu("Find a brief", "open:typeahead"),)),
        ("Latest changes", latest, MORE),
    ]
    items = tuple(
        Item(Passage(tuple(lines), line(Text(title, bold=True))), controls=controls)
        for title, lines, controls in groups
        if lines
    )
    head = (Heading("Briefs"), Context("Source-cited excerpts from reviewed briefs."))
    return Layout(head, items, typed=tuple(_home_typed(reply, command)), command=ShowHome())


def _section_picks(sections: Sequence[Suggestion]) -> tuple[Button | Menu, ...]:
    values = [(each.text, encode_command(each.command)) for each in sections]
    if len(values) > BUTTONS_MAX:
        return (Menu("Pick a section", "open:section", tuple(Option(*each) for each in values)),)
    return tuple(Button(label, f"open:section-{n}", value) for n, (label, value) in enumerate(values, 1))


def _home_typed(reply: HomePage, command: str) -> Iterator[str]:
    for title, suggestions in (("Sections", reply.sections), ("Briefs", reply.briefs[:HOME_BRIEFS_MAX])):
        if suggestions:
            yield f"{title}: {' · '.join(f'{command} {each.command}' for each in suggestions)}"
    yield f"More: {command} changes · {command} help"


def _nothing(reply: NoMatch, command: str) -> Layout:
    if reply.why == NOTHING_PUBLISHED:
        return Layout((), (Item(Passage((line("No briefs are published yet. Ask again once there are some."),))),))
    said = line("You typed ", _typed(reply.typed, command), f": {reply.why}.")
    if not reply.suggestions:
        advice = line("Try ", _typed("list", command), " or ", _typed("help", command), ".")
        return Layout((), (Item(Passage((said, advice))),))
    nearest = line("Nearest: ", Text(reply.suggestions[0].text, bold=True), ". Try:")
    items, typed = _options(reply.suggestions, command)
    said_first = Item(Passage((said, nearest)))
    return Layout((), (said_first, *items), controls=_picks(reply.suggestions), typed=typed, compact=True)


def _help(reply: Help, command: str) -> Layout:
    """Examples; how a command is built only where it was typed in another way."""
    lines = _verb_lines(reply, command) if len(reply.verbs) == 1 else list(_all_commands(reply, command))
    head: Document = (Heading("How to ask"),)
    if reply.reason:
        head = (Passage((line("You typed ", _typed(reply.typed or "", command), f": {reply.reason}."),)),)
        lines.append(line("All commands: ", _typed("help", command)))
    return Layout(head, tuple(Item(Passage((each,))) for each in lines), compact=True)


def _verb_lines(reply: Help, command: str) -> list[Line]:
    (verb,) = reply.verbs
    examples = [_shown(each, command) for each in with_names(EXAMPLES[verb.name], reply.names)]
    if not reply.reason:
        return examples or [line(_typed(verb.name, command), f" — {verb.summary}")]
    usage = line(_typed(verb.usage, command), f" — {verb.summary}")
    return [usage, *([line("For example:"), *examples[:USAGE_EXAMPLES_MAX]] if examples else [])]


def _all_commands(reply: Help, command: str) -> Iterator[Line]:
    """How to ask for a section, and one example of each verb."""
    if reply.verbs:
        yield from (_shown(each, command) for each in with_names(ASK_EXAMPLES, reply.names))
    for verb in reply.verbs:
        yield _shown(next(with_names(EXAMPLES[verb.name], reply.names), Example(verb.name, verb.summary)), command)


def _shown(example: Example, command: str) -> Line:
    return line(_typed(example.words, command), f" — {example.effect}")


# Pieces


def _picks(suggestions: Sequence[Suggestion]) -> tuple[Button | Menu, ...]:
    return picks([(each.text, each.command) for each in suggestions])


def _typed(words: str, command: str) -> Text:
    return Text(f"{command} {shortened(words)}".strip(), code=True)


def _option(suggestion: Suggestion, command: str) -> Line:
    text = str(suggestion.command)
    more = suggestion.text.removeprefix(text) if suggestion.text.startswith(text) else f" — {suggestion.text}"
    return line(_typed(text, command), more)


def _options(suggestions: Sequence[Suggestion], command: str) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """(items, what to type where a format has no controls): lines that no button repeats, else none."""
    lines = [_option(suggestion, command) for suggestion in suggestions]
    if are_buttons([(each.text, each.command) for each in suggestions]):
        return (), tuple("".join(span.text for span in each if isinstance(span, Text)) for each in lines)
    return tuple(Item(Passage((each,))) for each in lines), ()
