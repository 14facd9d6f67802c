"""Checks B306: whether what is never split fits into one message."""

from collections.abc import Iterator

from bot.core.briefs.brief import BriefContent, Claim, Source
from bot.core.linting import brief_rules
from bot.core.linting.diagnostic import Path, Problem

PASSAGE_MAX_CHARS = 2800
"""The longest that a claim, its note and one quote with its place may be together, after escaping. They stand in one
block of 3,000 characters, with standing and marks, and in the 3,700 of a message's text, with title and age."""

SOURCE_MAX_CHARS = 6200
"""The longest that the line of a source may be, after escaping: with a passage, title, buttons and caveats it makes the
10,000 characters of the blocks of a message."""

ESCAPES_MIN = 50
"""With fewer characters to escape, four more each, all that the schema allows fits: 2,600 of a passage, 6,000 of a
source. That is seen at once of nearly all briefs."""


def check_room(brief: BriefContent) -> Iterator[Problem]:
    """The claims and the sources that no message can hold."""
    joined = "".join(_texts(brief))
    if joined.count("&") + joined.count("<") + joined.count(">") < ESCAPES_MIN:
        return
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            if (chars := _passage(claim)) > PASSAGE_MAX_CHARS:
                yield _passage_problem(("sections", key, "claims", index), claim, chars)
    for name, source in brief.sources.items():
        if (chars := _escaped(*_words(source))) > SOURCE_MAX_CHARS:
            what, hint = (
                "all that is said of this source is",
                "shorten its texts, or take the plain address of the page",
            )
            yield brief_rules.too_long_for_message(("sources", name), what, chars, SOURCE_MAX_CHARS, hint)


def _texts(brief: BriefContent) -> list[str]:
    claims = [claim for section in brief.sections.values() for claim in section.claims]
    texts = [text for claim in claims for text in (claim.text, claim.note) if text]
    texts += [text for claim in claims for item in claim.evidence for text in (item.quote, item.locator) if text]
    return texts + [text for source in brief.sources.values() for text in _words(source) if text]


def _passage(claim: Claim) -> int:
    """The characters of a claim with its note and the longest of its quotes."""
    longest = max((_escaped(item.quote, item.locator) for item in claim.evidence), default=0)
    return _escaped(claim.text, claim.note) + longest


def _passage_problem(at: Path, claim: Claim, chars: int) -> Problem:
    has_quotes = any(item.quote for item in claim.evidence)
    what = "the claim with its note and its longest quote is" if has_quotes else "the claim with its note is"
    hint = "shorten the quote to what carries the claim" if has_quotes else "make it two claims"
    return brief_rules.too_long_for_message(at, what, chars, PASSAGE_MAX_CHARS, hint)


def _words(source: Source) -> tuple[str | None, ...]:
    texts = (source.title, source.author, source.publisher, source.via, source.date_note, source.note)
    return (*texts, source.url, source.archive_url)


def _escaped(*texts: str | None) -> int:
    """The characters of texts as Slack counts them, with `&amp;`, `&lt;` and `&gt;`."""
    text = "".join(filter(None, texts))
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
