"""The words of an answer: what answers first, then the other claims, the sources, what is uncertain; the rest is one
press away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.core.answers.answer import Answer, Citation, Excerpt
from bot.core.answers.quote_list import summary_of
from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, Show, ShowChanges, ShowExport, ShowSources, Subscribe
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.render.document.block_kit import fold_fits
from bot.render.document.citations import (
    excerpt_lines,
    quotations,
    short_excerpt_lines,
    shown_citations,
    source_line,
    standing_words,
)
from bot.render.document.document import (
    Button,
    Context,
    Document,
    Fold,
    Heading,
    Item,
    Layout,
    Line,
    Menu,
    Option,
    Passage,
    PassagePart,
    Quotation,
    Text,
    line,
)
from bot.render.document.paging import fits_one_page
from bot.render.document.phrases import age, count, cut, day
from bot.render.document.quote_checks import checked_words

OTHERS_MAX = 4
NEWER_MAX = 40
"""Characters of the title of the brief that goes on: its button is below."""
OPTIONS_MAX = 25
"""Options of a group in the menu; `list` has all briefs."""
QUOTES_MAX = 1500
"""Characters of quotations beside one claim."""
AGAIN_MAX = 80
"""Characters of a claim whose quotations go on."""


def answer_layout(reply: Answer, command: str) -> Layout:
    """One section of a brief. `command` is the slash command's name."""
    layout = _layout(reply, command)
    if reply.view != "fold":
        return layout
    fold = _evidence(reply)
    folded = replace(layout, fold=fold, controls=tuple(_controls(reply, with_evidence=False)))
    # What the message has no room for is behind the button.
    return folded if fold_fits(fold) and fits_one_page(folded) else layout


def _layout(reply: Answer, command: str) -> Layout:
    with_quotes = reply.view == "quotes"
    return Layout(
        head=(Heading(reply.brief.title), Context(_place(reply)), *_superseded(reply), *_summary(reply)),
        items=tuple(_items(shown_excerpts(reply), with_quotes=with_quotes)),
        footer=caveats(reply.brief, reply.section),
        small_print=(*_how_many(reply), *revision(reply.brief, reply.review_overdue), *_checked(reply)),
        controls=tuple(_controls(reply)),
        onward=_show_all(reply),
        typed=tuple(_typed(reply, command)),
        # Pinned only to an earlier revision: otherwise *Continue* shows the current text.
        command=_show(reply, None if reply.view == "fold" else reply.view),
        source=(reply.brief.slug, reply.section, reply.brief.revision),
        shareable=True,
        compact=not with_quotes,
        sources="full" if with_quotes else "short",
    )


def shown_excerpts(reply: Answer) -> tuple[Excerpt, ...]:
    """The excerpts that the answer shows, in order: all, or those in the open."""
    if reply.view in ("all", "quotes"):
        return reply.excerpts
    return tuple(each for each in reply.excerpts if not each.place.folded)


def _items(excerpts: Sequence[Excerpt], *, with_quotes: bool) -> Iterator[Item]:
    quoted: set[tuple[str, str | None]] = set()
    has_lead = any(each.place.lead for each in excerpts)
    for each in excerpts:
        title = "In short" if each.place.lead else each.place.group or ("In detail" if has_lead else "")
        heading = line(Text(title, bold=True)) if title else ()
        # A quotation that repeats stands once.
        new = [c for c in each.citations if (c.source_id, c.quote) not in quoted]
        if with_quotes or each.claim.standing != "supported":
            quoted |= {(c.source_id, c.quote) for c in new}
        if with_quotes:
            yield from _with_quotes(each, new, heading)
        else:
            passage = Passage(short_excerpt_lines(each, quotations(new)))
            yield Item(passage, shown_citations(each), heading=heading, excerpt=each)


def _with_quotes(excerpt: Excerpt, citations: Sequence[Citation], heading: Line) -> Iterator[Item]:
    """A claim with its quotations; those that one page may not hold beside it stand in items of their own."""
    uncited = tuple(each for each in excerpt.citations if each not in citations)
    runs = _runs(citations)
    lines: tuple[PassagePart, ...] = excerpt_lines(excerpt, quotations(runs[0]))
    yield Item(Passage(lines), (*runs[0], *uncited), heading=heading, excerpt=excerpt)
    for run in runs[1:]:
        again = (line(*standing_words(excerpt.claim), f"{cut(excerpt.claim.text, AGAIN_MAX)} (more quotes)"),)
        yield Item(Passage((*again, *quotations(run))), tuple(run), heading=heading, excerpt=excerpt)


def _runs(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations in runs whose quotations have room on a page; at least one run."""
    runs: list[list[Citation]] = [[]]
    for each in citations:
        if runs[-1] and sum(len(c.quote or "") for c in (*runs[-1], each)) > QUOTES_MAX:
            runs.append([])
        runs[-1].append(each)
    return runs


def _place(reply: Answer) -> str:
    """The section, the day up to which it is true with its age, and where it goes on."""
    dated = f"as of {day(reply.brief.as_of)}", age(reply.brief.as_of, reply.today)
    named = f"“{reply.name}” is a name of this brief" if reply.name else ""
    return " · ".join(filter(None, (reply.section_title, ", ".join(filter(None, dated)), _newer(reply), named)))


def _newer(reply: Answer) -> str:
    if reply.successor is None:
        return ""
    brief = reply.successor.brief
    return f"continued in {cut(brief.title, NEWER_MAX)}, {day(brief.as_of)}"


def _superseded(reply: Answer) -> Document:
    """The banner of words that do not stand any more."""
    if reply.superseded is None:
        return ()
    superseded = reply.superseded
    then = (
        f"These are the words of {reply.brief.slug}@{reply.brief.revision}, published {day(superseded.published_on)}."
    )
    by = f"superseded by {reply.brief.slug}@{superseded.revision}" if superseded.revision else "withdrawn"
    return (Passage((line(Text(f"{then} They were {by} on {day(superseded.replaced_on)}.", bold=True)),)),)


def _summary(reply: Answer) -> Document:
    return (Passage((line(reply.brief.summary),)),) if reply.is_whole_brief else ()


def caveats(brief: Brief, section: str | None = None) -> Document:
    """What is uncertain in a brief, or (a key) in one of its sections."""
    texts = [each.text for each in brief.caveats_of(section)]
    heading = line(Text("Not verified, or reports differ", bold=True))
    return (Passage(tuple(line(f"• {text}") for text in texts), aside=True, heading=heading),) if texts else ()


def revision(brief: Brief, overdue: date | None) -> tuple[str, ...]:
    """The brief with its revision, and since when its review is overdue (None: it is not)."""
    late = (f"review overdue since {day(overdue)}",) if overdue else ()
    return (f"{brief.slug}@{brief.revision}", *late)


def _checked(reply: Answer) -> tuple[str, ...]:
    """What is known of the quotes of the claims that the answer shows."""
    known = summary_of(shown_excerpts(reply), reply.evidence)
    return (checked_words(known),) if known else ()


# What is one press away


def _show(reply: Answer, view: Literal["all", "quotes"] | None) -> Show:
    pinned = reply.brief.revision if reply.superseded else None
    return Show(reply.section, reply.brief.slug, pinned, view=view)


def _claims(reply: Answer) -> tuple[int, int]:
    """How many claims the answer shows, on all its pages, and how many the section has."""
    return len(shown_excerpts(reply)), len(reply.excerpts)


def _how_many(reply: Answer) -> tuple[str, ...]:
    shown, every = _claims(reply)
    return (f"{shown} of {every} claims",) if shown < every else ()


def _show_all(reply: Answer) -> tuple[Button, ...]:
    shown, every = _claims(reply)
    label = f"Show all {every} claims ({every - shown} more)"
    button = Button(label, "open:all", encode_command(_show(reply, "all")))
    return (button,) if shown < every else ()


def _controls(reply: Answer, *, with_evidence: bool = True) -> Iterator[Button | Menu]:
    brief = reply.brief
    if reply.view == "quotes":
        yield Button("Without quotes", "open:short", encode_command(_show(reply, None)))
    elif with_evidence and (number := len(_quotes(reply))):
        yield Button(f"Evidence ({count(number, 'quote')})", "open:evidence", encode_command(_show(reply, "quotes")))
    asked = f"Everybody in this channel will see that it follows “{brief.title}”, and what changes in it."
    yield Button("Follow", "follow", encode_command(Subscribe(SubscriptionSpec(Target(brief.slug)))), confirm=asked)
    if reply.successor:
        onward = Show(reply.successor.section, reply.successor.brief.slug)
        yield Button("Open the newer brief", "open:successor", encode_command(onward))
    yield Menu("More", "open:more", groups=tuple(_rest(reply)))


def _quotes(reply: Answer) -> set[tuple[str, str]]:
    return {(c.source_id, c.quote) for excerpt in reply.excerpts for c in excerpt.citations if c.quote}


def _rest(reply: Answer) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """The groups of the menu, each with at least one option."""
    sections = [(suggestion.text, suggestion.command) for suggestion in reply.sections]
    briefs = [(brief.title, Show(reply.section, brief.slug)) for brief in reply.others]
    slug = reply.brief.slug
    brief: list[tuple[str, Command]] = [
        (_every_source(len(reply.brief.sources)), ShowSources(slug)),
        ("What changed", ShowChanges(slug)),
        ("Report a mistake", ReportMistake(slug, reply.section)),
        *([("Edit this brief", EditBrief(slug, reply.section))] if reply.editable else []),
    ]
    exports: list[tuple[str, Command]] = [
        ("As Markdown, with footnotes", ShowExport(reply.section, slug)),
        ("Its sources as CSL-JSON", ShowExport(reply.section, slug, "csl-json")),
    ]
    if _checked(reply):
        brief.append(("How its quotes were checked", ShowQuotes(slug, reply.section)))
    groups: dict[str, Sequence[tuple[str, Command]]] = {
        "Other sections": sections[:OPTIONS_MAX],
        f"{reply.section_title} elsewhere": briefs[:OPTIONS_MAX],
        "This brief": brief,
        # Only what stands is exported.
        f"Export {reply.section_title}": [] if reply.superseded else exports,
    }
    for title, entries in groups.items():
        if entries:
            yield title, tuple(Option(label, encode_command(entry)) for label, entry in entries)


def _every_source(number: int) -> str:
    return f"All {number} sources" if number > 1 else "Its source" if number else "Its sources"


def _typed(reply: Answer, command: str) -> Iterator[str]:
    shown, every = _claims(reply)
    other = [f"{command} {reply.section} {brief.slug}" for brief in reply.others[:OTHERS_MAX]]
    if (more := len(reply.others) - OTHERS_MAX) > 0:
        other.append(f"{more} more: {command} list")
    lines = {
        "With quotes": [f"{command} {_show(reply, 'quotes')}"] if reply.view != "quotes" and _quotes(reply) else [],
        f"All {every} claims": [f"{command} {_show(reply, 'all')}"] if shown < every else [],
        "Same section in another brief": other,
        "Also here": [f"{command} {suggestion.command}" for suggestion in reply.sections],
    }
    yield from (f"{what}: {' · '.join(commands)}" for what, commands in lines.items() if commands)


def _evidence(reply: Answer) -> Fold:
    """All quotes, each under its source."""
    by_source: dict[int, list[Line | Quotation]] = {}
    for citation in (each for excerpt in reply.excerpts for each in excerpt.citations):
        lines = by_source.setdefault(citation.n, [source_line(citation)])
        lines.extend(each for each in quotations([citation]) if each not in lines)
    parts = tuple(Passage(tuple(by_source[n])) for n in sorted(by_source))
    return Fold(f"Evidence: {count(len(_quotes(reply)), 'quote')}", parts)
