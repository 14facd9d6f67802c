"""From a command and a corpus to a reply."""

from datetime import date
from typing import assert_never

from bot.core.answers import answer
from bot.core.answers.answer import (
    Answer,
    Citation,
    Disambiguation,
    Help,
    NoMatch,
    Reply,
    SearchResults,
    SourceList,
    Suggestion,
    Withdrawn,
)
from bot.core.answers.corpus import Corpus
from bot.core.answers.search import Hit
from bot.core.briefs.brief import Brief
from bot.core.commands import command
from bot.core.commands.command import VERBS, VERBS_BY_NAME

RESULTS_MAX = 6
LATEST_MAX = 3


def reply(asked: command.ContentQuery, corpus: Corpus, *, default: str | None, today: date) -> Reply:
    """What to say. `default` is the slug that answers in this channel when nobody names a brief, if one was chosen;
    `today` decides whether a review is overdue."""
    match asked:
        case command.ShowHome():
            return _home(corpus, default)
        case command.Show():
            return _show(asked, corpus, default, today)
        case command.ShowSources():
            found = _brief(asked.brief, corpus, default, "sources")
            return _sources(found, corpus, today) if isinstance(found, Brief) else found
        case command.Search():
            return _search(asked, corpus)
        case command.ListBriefs():
            return _list(asked, corpus)
        case command.ShowHelp():
            verbs = (VERBS_BY_NAME[asked.verb],) if asked.verb else VERBS
            return Help(verbs, asked.attempt, asked.reason)
        case command.Ambiguous():
            return Disambiguation(
                f"“{asked.typed}” can mean several things", "Which one?", _suggest(asked.options), asked.typed
            )
        case command.DidYouMean():
            return _misspelt(asked, corpus)
        case _:
            assert_never(asked)


def _home(corpus: Corpus, default: str | None) -> Reply:
    sections = tuple(Suggestion(corpus.section_title(key), key) for key in corpus.vocabulary.sections)
    found = _brief(None, corpus, default, "")
    notes = [(b, c.date, c.note) for b in corpus.published for c in b.changes if c.kind != "editorial"]
    latest = sorted(notes, key=lambda note: note[1], reverse=True)[:LATEST_MAX]
    return answer.HomePage(
        sections, _briefs(corpus.published), found if isinstance(found, Brief) else None, tuple(latest)
    )


def _brief(slug: str | None, corpus: Corpus, default: str | None, typed: str) -> Brief | Reply:
    """The brief named, else the channel's default, else the store's lead, else the only one, else a choice."""
    for candidate in (slug, default, corpus.vocabulary.lead):
        if candidate and (found := corpus.briefs.get(candidate)) and (found.status == "published" or candidate == slug):
            return _withdrawn(found) if found.status == "withdrawn" else found
    if len(corpus.published) == 1:
        return corpus.published[0]
    if not corpus.published:
        return NoMatch(typed, "no brief is published yet")
    return Disambiguation(
        "Which brief?", "No brief was named, and none is the default here.", _briefs(corpus.published, typed), typed
    )


def _withdrawn(brief: Brief) -> Withdrawn:
    return Withdrawn(brief, brief.changes[0].note if brief.changes else "No reason was given.")


def _show(asked: command.Show, corpus: Corpus, default: str | None, today: date) -> Reply:
    typed = " ".join(filter(None, (asked.section, asked.brief)))
    brief = _brief(asked.brief, corpus, default, asked.section or "")
    if not isinstance(brief, Brief):
        return brief
    if asked.revision and asked.revision != brief.revision:
        current = Suggestion(f"the current revision, {brief.revision}", _ask(asked.section, brief.slug))
        return NoMatch(
            f"{typed} @{asked.revision}".strip(),
            "the files hold no earlier revisions; the running bot does",
            (current,),
        )
    key = asked.section or corpus.section_keys(brief)[0]
    if key not in brief.sections:
        return _no_section(key, brief, corpus)
    return answer_of(key, brief, corpus, share=asked.share, today=today)


def answer_of(key: str, brief: Brief, corpus: Corpus, *, share: bool, today: date) -> Answer:
    """One section of a brief; the corpus says what else there is."""
    title = corpus.section_title(key)
    return Answer(
        brief=brief,
        section=key,
        section_title=title,
        excerpts=answer.excerpts([(brief, key, title, claim) for claim in brief.sections[key].claims]),
        others=tuple(b for b in corpus.published if b.slug != brief.slug and key in b.sections),
        sections=tuple(
            Suggestion(corpus.section_title(k), _ask(k, brief.slug)) for k in corpus.section_keys(brief) if k != key
        ),
        review_overdue=_overdue(brief, today),
        share=share,
    )


def _no_section(key: str, brief: Brief, corpus: Corpus) -> NoMatch:
    title = corpus.section_title(key)
    here = [
        Suggestion(f"{corpus.section_title(k)} in {brief.title}", _ask(k, brief.slug))
        for k in corpus.section_keys(brief)
    ]
    there = [Suggestion(f"{title} in {b.title}", _ask(key, b.slug)) for b in corpus.published if key in b.sections]
    return NoMatch(_ask(key, brief.slug), f"“{brief.title}” has no section “{title}”", (*there, *here))


def _sources(brief: Brief, corpus: Corpus, today: date) -> SourceList:
    """Numbered in the order of first citation, sections in display order."""
    claims = (claim for key in corpus.section_keys(brief) for claim in brief.sections[key].claims)
    evidence = [item for claim in claims for item in claim.evidence]
    cited: dict[int, Citation] = {}
    for citation in answer.cite({}, brief, evidence):
        cited.setdefault(citation.n, citation)
    return SourceList(brief, tuple(cited.values()), _overdue(brief, today))


def _search(asked: command.Search, corpus: Corpus) -> Reply:
    def wanted(hit: Hit) -> bool:
        current = corpus.briefs.get(hit.brief.slug) is hit.brief and hit.brief.status == "published"
        return current and asked.section in (None, hit.section)

    found, with_all = corpus.index.search(asked.words, wanted, RESULTS_MAX)
    title = corpus.section_title(asked.section) if asked.section else None
    typed = " ".join(filter(None, (asked.section, asked.words)))
    if not found:
        where = f"nothing in “{title}” holds these words" if title else "no name and no claim holds these words"
        return NoMatch(typed, where, _near(asked.words, corpus))
    shown = [(hit.brief, hit.section, corpus.section_title(hit.section), hit.claim) for hit in found]
    return SearchResults(asked.words, asked.section, title, answer.excerpts(shown), with_all)


def _near(words: str, corpus: Corpus) -> tuple[Suggestion, ...]:
    near = [n.name.id for word in words.split() for n in corpus.names.similar(word)]
    return _suggest(tuple(dict.fromkeys(near)))


def _list(asked: command.ListBriefs, corpus: Corpus) -> Reply:
    briefs = [b for b in corpus.published if asked.tag is None or asked.tag in b.tags]
    if not briefs:
        tags = sorted({tag for b in corpus.published for tag in b.tags})
        return NoMatch(
            f"list tag:{asked.tag}" if asked.tag else "list",
            "no published brief has this tag" if asked.tag else "no brief is published yet",
            tuple(Suggestion(f"tag:{tag}", f"list tag:{tag}") for tag in tags),
        )
    title = f"Briefs tagged {asked.tag}" if asked.tag else "All briefs"
    typed = f"list tag:{asked.tag}" if asked.tag else "list"
    return Disambiguation(title, f"{len(briefs)} published.", _briefs(tuple(briefs)), typed)


def _misspelt(asked: command.DidYouMean, corpus: Corpus) -> NoMatch:
    if asked.why:
        return NoMatch(asked.typed, asked.why, _suggest(asked.options))
    held = _search(command.Search(asked.word), corpus)
    search = (
        (Suggestion(f"claims that hold “{asked.word}”", f"search {asked.word}"),)
        if isinstance(held, SearchResults)
        else ()
    )
    why = f"no section, brief or command is called “{asked.word}”"
    return NoMatch(asked.typed, why, (*_suggest(asked.options), *search))


def _ask(section: str | None, slug: str) -> str:
    return " ".join(filter(None, (section, slug)))


def _suggest(commands: tuple[str, ...]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(text, text) for text in commands)


def _briefs(briefs: tuple[Brief, ...], section: str = "") -> tuple[Suggestion, ...]:
    return tuple(Suggestion(b.title, _ask(section, b.slug)) for b in briefs)


def _overdue(brief: Brief, today: date) -> date | None:
    return brief.review_by if brief.review_by and brief.review_by < today else None
