"""From a command and a corpus to a reply."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.answers import answer
from bot.core.answers.answer import (
    NOTHING_PUBLISHED,
    Answer,
    Citation,
    Disambiguation,
    Greeting,
    Help,
    NoMatch,
    Reply,
    SearchResults,
    SourceList,
    Suggestion,
    Withdrawn,
)
from bot.core.answers.answer_id import place_of
from bot.core.answers.claim_search import search_claims
from bot.core.answers.corpus import Corpus
from bot.core.answers.quote_list import quote_list
from bot.core.answers.suggestions import brief_suggestions, choices, near_names, show_brief, suggest
from bot.core.answers.tags import no_tag, with_known_tag
from bot.core.briefs.arrangement import arranged
from bot.core.briefs.brief import Brief
from bot.core.changes.change_notes import withdrawal_note
from bot.core.commands import command, quote_commands
from bot.core.commands.command import Command, Search, Show
from bot.core.commands.verbs import VERBS, VERBS_BY_NAME

LATEST_MAX = 3
SHARE_NEEDS = "share belongs behind the name of a section, e.g. legal share, or below an answer in its thread"
EXAMPLES = (
    Suggestion("All briefs", command.ListBriefs()),
    Suggestion("What changed lately", command.ShowChanges()),
    Suggestion("How to ask", command.ShowHelp()),
)
FROM_BRIEFS = (command.ShowHome, command.Search, command.ListBriefs, command.Ambiguous, command.DidYouMean)
"""Queries that only published briefs can answer; others may be of a brief that is withdrawn."""

EXAMPLES_MAX = 3
"""Examples below a greeting, with the one that a brief gives."""


def reply(query: command.ContentQuery, corpus: Corpus, *, default: str | None, today: date) -> Reply:
    """The answer to a query. `default` is the slug of the brief that was chosen for the channel, None where none was;
    `today` (UTC) decides whether a review is overdue, which it is from the day after."""
    if not corpus.published and isinstance(query, FROM_BRIEFS):
        return NoMatch(str(query), NOTHING_PUBLISHED)
    match query:
        case command.ShowHome():
            return _home(corpus, default)
        case command.Show():
            return _show(query, corpus, default, today)
        case command.ShowExport():
            return _show(Show(query.section, query.brief), corpus, default, today)
        case command.ShowSources():
            brief = _brief(query.brief, corpus, default, query, command.ShowSources)
            return _sources(brief, today) if isinstance(brief, Brief) else brief
        case quote_commands.ShowQuotes():
            return _quotes(query, corpus, default)
        case command.Search():
            return search_claims(query, corpus)
        case command.ListBriefs():
            return _list(query, corpus)
        case command.ShowHelp():
            # A button of another version may name a verb that this one does not have.
            verbs = (VERBS_BY_NAME[query.verb],) if query.verb in VERBS_BY_NAME else VERBS
            return Help(verbs, query.attempt, query.reason, _names(corpus, default))
        case command.Ambiguous():
            title = f"“{query.typed}” can mean several things"
            intro = f"{query.why[0].upper()}{query.why[1:]}. Which one?" if query.why else "Which one?"
            return Disambiguation(title, intro, choices(query.options, corpus, today), query)
        case command.DidYouMean():
            return _did_you_mean(query, corpus, today)
        case command.Greet():
            return Greeting(query.courtesy, _examples(corpus, default, today))
        case command.ShareAbove():
            return Help((), str(query), SHARE_NEEDS)
        case _:
            assert_never(query)


def _example(corpus: Corpus, default: str | None) -> Brief | None:
    """The brief that answers where none is named, else the first one."""
    brief = _brief(None, corpus, default, command.ShowHome(), show_brief)
    return brief if isinstance(brief, Brief) else next(iter(corpus.published), None)


def _names(corpus: Corpus, default: str | None) -> dict[str, str]:
    """The names of a brief, of one of its sections and tags, and words to search for."""
    brief = _example(corpus, default)
    if brief is None:
        return {}
    names = {"brief": brief.slug, "section": corpus.section_keys(brief)[0], "words": brief.slug.replace("-", " ")}
    return {**names, **({"tag": brief.tags[0]} if brief.tags else {})}


def _examples(corpus: Corpus, default: str | None, today: date) -> tuple[Suggestion, ...]:
    """A section of a brief, and what works without a brief."""
    first = _example(corpus, default)
    section = choices((Show(corpus.section_keys(first)[0], first.slug),), corpus, today) if first else ()
    return (*section, *EXAMPLES)[:EXAMPLES_MAX]


def _home(corpus: Corpus, default: str | None) -> Reply:
    sections = tuple(Suggestion(corpus.section_title(key), Show(key)) for key in corpus.vocabulary.sections)
    brief = _brief(None, corpus, default, command.ShowHome(), show_brief)
    # Editorial changes are never announced, so they are no news here either.
    newest = ((b, next((c for c in b.changes if c.kind != "editorial"), None)) for b in corpus.published)
    notes = [(brief, change.date, change.note) for brief, change in newest if change]
    latest = sorted(notes, key=lambda note: note[1], reverse=True)[:LATEST_MAX]
    briefs = brief_suggestions(corpus.published, show_brief)
    return answer.HomePage(sections, briefs, brief if isinstance(brief, Brief) else None, tuple(latest))


def _brief(
    slug: str | None, corpus: Corpus, default: str | None, query: Command, with_slug: Callable[[str], Command]
) -> Brief | Reply:
    """The brief named, else the channel's default, else the store's lead, else the only one, else a choice between
    `query` with each slug."""
    if slug is not None:
        return _named(slug, corpus, query)
    for candidate in (default, corpus.vocabulary.lead):
        brief = corpus.briefs.get(candidate) if candidate else None
        # A default may have been withdrawn since it was chosen: it is passed over.
        if brief and brief.status == "published":
            return brief
    if len(corpus.published) == 1:
        return corpus.published[0]
    if not corpus.published:
        return NoMatch(str(query), NOTHING_PUBLISHED)
    intro = "No brief was named, and none is the default here."
    return Disambiguation("Which brief?", intro, brief_suggestions(corpus.published, with_slug), query)


def _named(slug: str, corpus: Corpus, query: Command) -> Brief | Reply:
    """The brief of a slug; a button may name one that is gone meanwhile, or a draft again."""
    brief = corpus.briefs.get(slug)
    if brief is None or brief.status == "draft":
        return NoMatch(str(query), f"no brief is called “{slug}”", near_names(slug, corpus))
    return _withdrawn(brief) if brief.status == "withdrawn" else brief


def _withdrawn(brief: Brief) -> Withdrawn:
    # Briefs that earlier versions published may be without such a note.
    note = withdrawal_note(brief) or next(iter(brief.changes), None)
    return Withdrawn(brief, note.note if note else "No reason was given.")


def _show(query: command.Show, corpus: Corpus, default: str | None, today: date) -> Reply:
    named = Show(query.section, query.brief)
    brief = _brief(query.brief, corpus, default, named, lambda slug: Show(query.section, slug))
    if not isinstance(brief, Brief):
        return brief
    if query.revision and query.revision != brief.revision:
        current = Suggestion(f"the current revision, {brief.revision}", Show(query.section, brief.slug))
        return NoMatch(
            f"{named} @{query.revision}".strip(),
            "the files hold no earlier revisions; the running bot does",
            (current,),
        )
    # A button may carry the key that a section had before.
    key = corpus.vocabulary.section_key(query.section) if query.section else corpus.section_keys(brief)[0]
    if key not in brief.sections:
        return _no_section(key, brief, corpus)
    whole = query.section is None
    section = answer_of(key, brief, corpus, share=query.share, today=today)
    return replace(section, name=query.name, view=query.view, is_whole_brief=whole)


def answer_of(key: str, brief: Brief, corpus: Corpus, *, share: bool, today: date) -> Answer:
    """One section of a brief; the corpus says what else there is."""
    title = corpus.section_title(key)
    return Answer(
        brief=brief,
        section=key,
        section_title=title,
        excerpts=answer.excerpts((brief, key, title, *placed) for placed in arranged(brief.sections[key])),
        today=today,
        successor=_successor(key, brief, corpus),
        others=tuple(b for b in corpus.published if b.slug != brief.slug and key in b.sections),
        sections=tuple(
            Suggestion(corpus.section_title(k), Show(k, brief.slug)) for k in corpus.section_keys(brief) if k != key
        ),
        review_overdue=_overdue(brief, today),
        share=share,
        editable=corpus.vocabulary.edit_url is not None,
        evidence=corpus.evidence,
    )


def _successor(key: str, brief: Brief, corpus: Corpus) -> answer.Successor | None:
    successor = corpus.briefs.get(brief.continued_in or "")
    if successor is None or successor.status != "published":
        return None
    return answer.Successor(successor, key if key in successor.sections else None)


def _no_section(key: str, brief: Brief, corpus: Corpus) -> NoMatch:
    title = corpus.section_title(key)
    here = [
        Suggestion(f"{corpus.section_title(k)} in {brief.title}", Show(k, brief.slug))
        for k in corpus.section_keys(brief)
    ]
    there = [Suggestion(f"{title} in {b.title}", Show(key, b.slug)) for b in corpus.published if key in b.sections]
    return NoMatch(str(Show(key, brief.slug)), f"“{brief.title}” has no section “{title}”", (*there, *here))


def _sources(brief: Brief, today: date) -> SourceList:
    evidence = [item for _, claim in brief.claims() for item in claim.evidence]
    cited: dict[int, Citation] = {}
    for citation in answer.cite(answer.source_numbers(brief), brief, evidence):
        cited.setdefault(citation.n, citation)
    return SourceList(brief, tuple(cited.values()), _overdue(brief, today))


def _quotes(query: quote_commands.ShowQuotes, corpus: Corpus, default: str | None) -> Reply:
    place = place_of(query, corpus)
    if place is None:
        reason = "nothing that the briefs say now has this id; name the brief instead"
        return Help((VERBS_BY_NAME["verify"],), str(query), reason, _names(corpus, default))
    slug, section = place
    brief = _brief(slug, corpus, default, query, lambda slug: quote_commands.ShowQuotes(slug, section))
    if not isinstance(brief, Brief):
        return brief
    key = corpus.vocabulary.section_key(section) if section else None
    if key is not None and key not in brief.sections:
        return _no_section(key, brief, corpus)
    return quote_list(brief, key, corpus, query.revision if query.revision != brief.revision else None)


def _list(query: command.ListBriefs, corpus: Corpus) -> Reply:
    briefs = [b for b in corpus.published if query.tag is None or query.tag in b.tags]
    if not briefs:
        return no_tag(query, query.tag, corpus) if query.tag else NoMatch(str(query), NOTHING_PUBLISHED)
    title = f"Briefs tagged {query.tag}" if query.tag else "All briefs"
    return Disambiguation(title, f"{len(briefs)} published.", brief_suggestions(tuple(briefs), show_brief), query)


def _did_you_mean(query: command.DidYouMean, corpus: Corpus, today: date) -> NoMatch:
    if query.why:
        known = (with_known_tag(each, corpus) for each in query.options)
        options = tuple(each for each in known if each is not None)
        return NoMatch(query.typed, query.why, suggest(options, corpus, today))
    # A search is only offered where it would find something.
    results = search_claims(command.Search(query.word), corpus)
    search = (
        (Suggestion(f"claims that contain “{query.word}”", Search(query.word)),)
        if isinstance(results, SearchResults)
        else ()
    )
    why = f"no section, brief or command is called “{query.word}”"
    return NoMatch(query.typed, why, (*suggest(query.options, corpus), *search))


def _overdue(brief: Brief, today: date) -> date | None:
    return brief.review_by if brief.review_by and brief.review_by < today else None
