"""What people type, and what it means: typed.txt, which a line extends.

Behind the arrow stands what to type for the command that is understood; `? a | b` where something is suggested, or may
mean several things; `! reason` where it cannot be done.
"""

from pathlib import Path

import pytest

from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.commands.command import Ambiguous, Command, DidYouMean, Greet, ShareAbove, ShowHelp, ShowHome
from bot.core.commands.parser import parse
from tests.make import brief, corpus

TABLE = Path(__file__).with_name("typed.txt")
SECTIONS = Vocabulary(
    sections={
        "overview": SectionMeta(title="Overview", aliases=("background", "summary", "facts")),
        "legal": SectionMeta(title="Legal considerations", aliases=("law", "laws", "legality")),
        "rights": SectionMeta(title="Ethics and human rights", aliases=("ethics", "human rights", "conditions")),
        "reactions": SectionMeta(title="Reactions", aliases=("reaction", "response", "politics")),
        "outlook": SectionMeta(title="Outlook", aliases=("next", "next steps", "later")),
    },
    lead="el-salvador-offer",
)
PRISONS, ASYLUM = ("prisons", "el-salvador"), ("asylum", "immigration")
NAMES = corpus(
    brief(
        "el-salvador-offer",
        title="El Salvador's offer to house U.S. prisoners",
        aliases=("bukele offer", "cecot offer", "house us prisoners"),
        tags=PRISONS,
    ),
    brief(
        "el-salvador-removals",
        title="Removals to El Salvador's mega-prison: what followed the offer",
        aliases=("removals", "cecot", "abrego garcia"),
        tags=(*PRISONS, "alien-enemies-act"),
    ),
    brief(
        "european-prison-rentals",
        title="Renting prison places abroad: European precedents",
        aliases=("prison rentals", "tilburg", "rented prisons"),
        tags=("prisons", "europe"),
    ),
    brief(
        "guatemala-deportations",
        title="Guatemala's second deportation deal with the United States",
        aliases=("guatemala", "guatemala deal", "second deportation deal"),
        tags=ASYLUM,
    ),
    brief("uk-rwanda", title="The UK–Rwanda asylum plan", aliases=("rwanda", "rwanda plan"), tags=ASYLUM),
    vocabulary=SECTIONS,
).names


def lines() -> list[tuple[str, str]]:
    """(typed, meaning) of each line; `#` begins a heading."""
    texts = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# "))
    return [(typed, meaning) for typed, _, meaning in (text.partition(" → ") for text in texts)]


def meaning(command: Command) -> str:
    match command:
        case Ambiguous(options=options) | DidYouMean(options=options):
            return f"? {' | '.join(map(str, options))}"
        case ShowHelp(reason=str() as reason):
            return f"! {reason}"
        case ShowHome():
            return "(home)"
        case Greet(courtesy=courtesy):
            return f"({courtesy})"
        case ShareAbove():
            return "(share what stands above)"
    return str(command)


@pytest.mark.parametrize(("typed", "expected"), lines())
def test_what_people_type_means_this(typed: str, expected: str) -> None:
    assert meaning(parse(typed, NAMES)) == expected
