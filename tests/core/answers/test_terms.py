"""Words of texts and of questions, as the search compares them."""

import pytest

from bot.core.answers.question import Equivalents
from bot.core.answers.search import Hit, Index
from tests.make import GAZETTE, brief, claim


def index_of(*texts: str, **fields: object) -> Index:
    index = Index()
    claims = [claim(f"c{number}", text, **fields) for number, text in enumerate(texts)]
    index.add(brief("all", {"legal": claims}, title="All"))
    return index


def holders(index: Index, question: str, *sets: tuple[str, ...]) -> list[str]:
    """The ids of the claims that hold all words of a question."""

    def anything(hit: Hit) -> bool:
        return True

    hits = index.search(Equivalents(sets).terms(question), anything, 10)
    return sorted(hit.claim.id for hit in hits if hit.share > 0.99)


IDENTIFIERS: list[tuple[str, list[str], str]] = [
    # What is typed, the texts that hold it, and one that is nearly the same.
    ("2.2.1", ["Fixed in 2.2.1.", "Use 2.2.1, not 2.2", "(2.2.1)"], "Since 12.2.1 and 2.2.10, or 2.2 and 1."),
    (
        "CVE-2024-1234",
        ["See CVE-2024-1234.", "cve–2024–1234!", "“CVE-2024-1234”"],
        "See CVE-2024-12345, not CVE-2024-123.",
    ),
    ("cve‑2024‑1234", ["See CVE-2024-1234."], "See CVE-2024-12345."),
    ("86 FR 49060", ["See 86 FR 49060.", "(86 fr 49060)"], "On page 86 FR has 49061."),
    ("8 U.S.C. § 1226", ["By 8 U.S.C. § 1226 it is so."], "By 8 U.S.C. § 1227 it is so."),
    ("§ 4100", ["By § 4100 it is so.", "By §4100", "By section 4100"], "There were 4100 of them."),
    ("section 4100", ["By § 4100 it is so."], "There were 4100 of them."),
    ("tf.raw_ops.Conv3D", ["A flaw in tf.raw_ops.Conv3D."], "A flaw in Conv3D."),
    ("4,100", ["There were 4,100 of them.", "There were 4100."], "There were 4 in 100."),
    ("£290m", ["It cost £290m."], "It cost £29m."),
    ("S.I. 1997/1769", ["By S.I. 1997/1769 it is so."], "By S.I. 1997/17691 it is so."),
]


@pytest.mark.parametrize(("typed", "texts", "other"), IDENTIFIERS)
def test_an_identifier_is_one_word_with_whatever_marks(typed: str, texts: list[str], other: str) -> None:
    index = index_of(*texts, other)
    for question in (typed, f"{typed}?", f"“{typed}”", f"({typed}),"):
        assert holders(index, question) == [f"c{number}" for number in range(len(texts))], question


SAME: list[tuple[str, str]] = [
    ("refoulement", "The ban on re\u00adfoulement."),
    ("Arévalo", "Arevalo said so."),
    ("Are\u0301valo", "Arévalo said so."),
    ("arevalo", "President Are\u0301valo said so."),
    ("non-refoulement", "The rule of non refoulement."),
    ("president's", "The president said so."),
    ("president", "It was the president\u2019s."),
    ("ｆｌｉｇｈｔｓ", "A flight was stopped."),
    ("uk–rwanda", "The UK-Rwanda plan."),
    ("treaties", "The treaty was signed."),
]


@pytest.mark.parametrize(("typed", "text"), SAME)
def test_words_are_the_same_however_they_are_written(typed: str, text: str) -> None:
    assert holders(index_of(text, "Nothing of the kind."), typed) == ["c0"]


SETS = (("denmark", "danish", "danes"), ("el salvador", "salvadoran"), ("cost", "how much", "price"), ("uk", "u.k."))
EQUIVALENT: list[tuple[str, str]] = [
    ("Denmark", "The Danish treaty."),
    ("danish", "Denmark signed."),
    ("Dane", "Denmark signed."),
    ("Salvadoran prison", "A prison of El Salvador."),
    ("prison in El Salvador", "A Salvadoran prison."),
    ("how much?", "The price is six."),
    ("what did it cost", "The prices are six."),
    ("UK", "The U.K. said so."),
]


@pytest.mark.parametrize(("typed", "text"), EQUIVALENT)
def test_words_that_mean_the_same_find_each_other(typed: str, text: str) -> None:
    assert holders(index_of(text, "Nothing of the kind."), typed, *SETS) == ["c0"]


def test_readers_words_are_found_and_never_taken_for_one_phrase() -> None:
    index = Index()
    index.add(
        brief(
            "jail",
            {"legal": [claim("a", also=("mega prison", "planes")), claim("b", also=("86 FR", "49060"))]},
            also=("jail",),
        )
    )
    assert holders(index, "mega prison") == holders(index, "plane") == ["a"]
    assert holders(index, "jailed") == []
    assert holders(index, "86 FR 49060") == []


def test_sources_notes_and_quotes_are_searched_too() -> None:
    index = Index()
    sources = {"gazette": GAZETTE}
    index.add(brief("one", {"legal": [claim("a", "It is so.", note="Nobody has counted them.")]}, sources=sources))
    assert holders(index, "gazette") == holders(index, "counted") == ["a"]


@pytest.mark.parametrize("typed", ["refugess", "refugeees", "Refuges"])
def test_a_word_that_nobody_wrote_is_read_as_the_one_that_is_nearly_the_same(typed: str) -> None:
    index = index_of("Refugees came.", "Others did.")
    hits = index.search(index.corrected(Equivalents().terms(typed)), lambda _: True, 5)
    assert [hit.claim.id for hit in hits] == ["c0"]


def test_equal_hits_keep_one_order_whatever_came_first() -> None:
    briefs = [brief(f"b{number}", {"legal": [claim("a", "All alike.")]}, title="The same") for number in range(9)]
    orders = []
    for order in (briefs, briefs[::-1], briefs[4:] + briefs[:4]):
        index = Index()
        for each in order:
            index.add(each)
        hits = index.search(Equivalents().terms("alike"), lambda _: True, 9)
        orders.append([hit.brief.slug for hit in hits])
    assert orders == [[each.slug for each in briefs]] * 3
