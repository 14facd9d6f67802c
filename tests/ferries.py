"""A brief with a history, and what becomes of it, for tests that show changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from bot.core.briefs.brief import Brief, BriefContent, Caveat, ChangeKind, ChangeNote, Claim, Evidence, Section, Source
from bot.core.briefs.canonical import named, revision, unnamed
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.diff import diff_brief
from bot.core.changes.reinstatement import reinstate, withdrawn
from tests.make import VOCABULARY as SECTIONS

VOCABULARY = replace(SECTIONS, edit_url="https://github.com/harbour/briefs/edit/main/briefs")
DAY = date(2025, 5, 12)

GAZETTE = Source(
    publisher="Harbour Gazette",
    author="A. Reporter",
    title="Board halves ferries",
    url="https://example.org/2025/03/04/ferries",
    kind="news",
    date="2025-03-04",
)
RADIO = Source(publisher="Coast Radio", url="https://example.org/radio/1234", kind="news")
MINUTES = Source(
    publisher="Harbour board", title="Minutes of March", url="https://example.org/minutes.pdf", kind="government"
)

HALVED = Claim(
    id="ferries-halved",
    text="On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.",
    evidence=(Evidence(source="gazette", quote="the number of daily crossings falls from twelve to six"),),
)
ALTERNATIVE = Claim(
    id="no-alternative",
    text="The board said that there was no alternative.",
    standing="partly",
    note="Said by its chair; the other members did not speak.",
    evidence=(Evidence(source="gazette", quote="“We have no alternative,” said the chair"),),
)
COURT = Claim(
    id="towns-in-court",
    text="Two towns have gone to court against the new timetable.",
    evidence=(Evidence(source="radio", quote="both town councils filed suit on Monday"),),
)
CHARTER = Claim(
    id="charter-duty",
    text="The harbour's charter obliges the board to hear the towns before it cuts the number of ferries.",
    evidence=(Evidence(source="gazette", quote="the towns shall be heard before the timetable is cut"),),
)

FERRIES = BriefContent(
    title="The ferry timetable of 2025",
    summary="In March 2025 the harbour board halved the number of ferries; two towns have gone to court.",
    status="published",
    as_of=date(2025, 4, 1),
    owner="local-desk",
    sections={"legal": Section(claims=(COURT, CHARTER)), "overview": Section(claims=(HALVED, ALTERNATIVE))},
    sources={"gazette": GAZETTE, "radio": RADIO},
    tags=("transport",),
    changes=(ChangeNote(date=date(2025, 4, 1), kind="new", note="First version."),),
)


def ferries(**fields: Any) -> Brief:
    """The brief, with some of its fields others."""
    content = replace(FERRIES, **fields)
    return named("ferry-timetable", revision(content), content)


def edited(brief: Brief, **fields: Any) -> Brief:
    """Another version of a brief."""
    content = replace(unnamed(brief), **fields)
    return named(brief.slug, revision(content), content)


def with_claims(brief: Brief, **sections: Sequence[Claim]) -> Brief:
    """Other claims in some of its sections; a section without claims is gone."""
    kept = {key: part for key, part in brief.sections.items() if key not in sections}
    new = {key: Section(claims=tuple(claims)) for key, claims in sections.items() if claims}
    return edited(brief, sections=dict(sorted({**kept, **new}.items())))


def noted(brief: Brief, kind: ChangeKind, note: str, *, on: date = DAY, **names: tuple[str, ...]) -> Brief:
    """With a new change note on top."""
    return edited(brief, changes=(ChangeNote(date=on, kind=kind, note=note, **names), *brief.changes))


def told(before: Brief | None, after: Brief | None, vocabulary: Vocabulary = VOCABULARY, **how: Any) -> Announcement:
    """The post about what is different."""
    found = diff_brief(before, after)
    assert found is not None
    return announce(
        found, vocabulary, **{"on": DAY, "reason": "Posted because this channel follows all briefs.", **how}
    )


def told_last(*versions: Brief | None) -> Announcement:
    """The post about the last of a history of versions."""
    history = [each for pair in pairwise((None, *versions)) if (each := diff_brief(*pair)) is not None]
    return announce(reinstate(history[-1], withdrawn(history[:-1])), VOCABULARY, on=DAY)


def _reinstated() -> Announcement:
    withdrawal = noted(edited(ferries(), status="withdrawn"), "withdrawal", "The timetable was a draft.")
    note = "The withdrawal was a mistake; the brief stands"
    return told_last(ferries(), withdrawal, noted(edited(withdrawal, status="published"), "correction", note))


def _claim_reinstated() -> Announcement:
    gone = noted(with_claims(ferries(), overview=[ALTERNATIVE]), "withdrawal", "Nobody can show it.")
    note = "The Gazette has printed the minutes."
    back = with_claims(gone, overview=[HALVED, ALTERNATIVE], legal=[COURT])
    return told_last(ferries(), gone, noted(back, "correction", note))


def _correction() -> Announcement:
    right = replace(HALVED, text=HALVED.text.replace("2 March", "3 March"))
    after = with_claims(ferries(), overview=[right, ALTERNATIVE])
    note = "The board met on 3 March, not on 2 March"
    return told(ferries(), noted(after, "correction", note, claims=(HALVED.id,)))


def _reworded() -> Announcement:
    other = replace(COURT, id="two-towns-sue", text="Two towns are suing the board over the new timetable.")
    return told(ferries(), with_claims(ferries(), legal=[other, CHARTER]))


def _reshuffled() -> Announcement:
    ruling = Claim(
        id="hearing-in-june",
        text="The court hears the case in June 2025.",
        evidence=(Evidence(source="radio", locator="at 2:10"),),
    )
    after = with_claims(ferries(), overview=[CHARTER, HALVED], legal=[COURT, ruling])
    return told(ferries(), noted(after, "update", "A date for the hearing.", on=date(2025, 5, 10)))


def _order() -> Announcement:
    return told(ferries(), with_claims(ferries(), legal=[CHARTER, COURT]))


def _evidence() -> Announcement:
    minutes = Evidence(source="minutes", quote="Resolved: six crossings a day from 1 April", locator="page 2")
    more = replace(HALVED, evidence=(*HALVED.evidence, minutes))
    less = replace(ALTERNATIVE, evidence=(Evidence(source="minutes"),))
    sources = {"gazette": GAZETTE, "minutes": MINUTES, "radio": RADIO}
    after = with_claims(edited(ferries(), sources=sources), overview=[more, less])
    return told(ferries(), noted(after, "evidence", "The board has published its minutes."))


def _standing() -> Announcement:
    disputed = replace(ALTERNATIVE, standing="disputed", note="The vice chair has since denied it.")
    after = with_claims(ferries(), overview=[HALVED, disputed])
    after = noted(after, "clarification", "Clearer.", claims=(CHARTER.id,))
    return told(ferries(), noted(after, "correction", "The vice chair denies it.", claims=(ALTERNATIVE.id,)))


def _many() -> Announcement:
    claims = [replace(HALVED, id=f"day-{n}", text=f"On day {n} of the strike no ferry ran.") for n in range(1, 12)]
    after = with_claims(ferries(), outlook=claims, overview=[HALVED])
    return told(ferries(), noted(after, "update", "The strike, day by day."))


def _sources() -> Announcement:
    gazette = replace(GAZETTE, date="2025-03-05", title="Board halves the ferries", archive_url="https://example.org/a")
    return told(ferries(), edited(ferries(), sources={"gazette": gazette, "radio": RADIO}))


def _retitled() -> Announcement:
    fields: Mapping[str, Any] = {
        "title": "The ferry timetables of 2025 and 2026",
        "summary": "In March 2025 the harbour board halved the number of ferries; two towns lost in court.",
        "as_of": date(2025, 5, 12),
        "review_by": date(2025, 12, 1),
        "tags": ("transport", "courts"),
        "caveats": (Caveat(text="The board's own minutes of March were not seen."),),
        "owner": "harbour-desk",
        "aliases": ("ferry cuts",),
    }
    return told(ferries(), edited(ferries(), **fields))


UPDATES: Mapping[str, Callable[[], Announcement]] = {
    "correction": _correction,
    "reworded-under-another-id": _reworded,
    "added-removed-moved": _reshuffled,
    "moved-within": _order,
    "evidence-only": _evidence,
    "standing": _standing,
    "many-folded": _many,
    "many-unfolded": lambda: replace(_many(), collapsed=False),
    "new": lambda: told(None, ferries()),
    "note-alone": lambda: told(
        ferries(), noted(ferries(), "correction", "The case is in a higher court than we said.", claims=(COURT.id,))
    ),
    "withdrawn": lambda: told(
        ferries(),
        noted(edited(ferries(), status="withdrawn"), "withdrawal", "The timetable was a draft that nobody adopted."),
    ),
    "gone": lambda: told(ferries(), None),
    "reinstated": _reinstated,
    "file-back": lambda: told_last(ferries(), None, ferries()),
    "claim-reinstated": _claim_reinstated,
    "revert": lambda: replace(
        told(edited(ferries(), summary="Nothing happened."), ferries()), reverted_to=date(2025, 5, 3)
    ),
    "sources-only": _sources,
    "retitled": _retitled,
}
"""Each kind of post, by name."""
