"""What of a quote and a text may differ, and what may not."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.briefs.brief import QUOTE_MIN_CHARS, QUOTE_MIN_WORDS
from bot.core.evidence.folding import LINE_HYPHEN, fold, same_dashes
from bot.core.evidence.quotes import OMISSION_MAX, PART_MIN_CHARS, PART_MIN_WORDS, Finding, PageText, find_quote
from tests.conftest import examples

VERBATIM, NORMALISED, MISSING = (
    Finding(1, is_verbatim=True),
    Finding(1, is_verbatim=False),
    Finding(0, is_verbatim=False),
)

SAME = {
    "white space": ("the said duty shall be paid", "of which\u00a0the  said\r\n\tduty shall\u2003be paid,", VERBATIM),
    "from end to end": ("the said duty", "the said duty", VERBATIM),
    "marks": ("“We have no alternative,” said", 'the board. "We have no alternative," said', NORMALISED),
    "single marks": ("the board’s own ‘minutes’", "the board's own 'minutes'", NORMALISED),
    "marks of other languages": ("„Nein“, sagte der Rat", "“Nein”, sagte der Rat", NORMALISED),
    "guillemets": ("« Nous allons » dit-il", "“Nous allons” dit-il", NORMALISED),
    "guillemets with narrow blanks": ("“Nous allons” dit-il", "«\u202fNous allons\u202f» dit-il", NORMALISED),
    "guillemets of German": ("“Wir gehen” hiess es", "»Wir gehen« hiess es", NORMALISED),
    "blanks between marks": ("“‘No,’ he said", "“\u200a‘No,’ he said", NORMALISED),
    "two typed marks": ("“No way” he said", "''No way'' he said", NORMALISED),
    "dashes": ("the offer — twelve ferries", "the offer – twelve ferries", NORMALISED),
    "dashes with and without blanks": ("the offer — twelve ferries", "the offer—twelve ferries", NORMALISED),
    "typed dashes": ("the offer — twelve ferries", "the offer -- twelve ferries", NORMALISED),
    "hyphens for dashes": ("the offer — twelve ferries", "the offer - twelve ferries", NORMALISED),
    "ranges": ("from 2019–2020 on", "from 2019-2020 on", NORMALISED),
    "hyphens that do not break": ("long-term costs of it", "long\u2011term costs of it", NORMALISED),
    "a minus": ("it fell to −5 degrees", "it fell to -5 degrees", NORMALISED),
    "ellipses": ("well… we shall see", "well ... we shall see", NORMALISED),
    "spaced ellipses": ("well… we shall see", "well . . . we shall see", NORMALISED),
    "soft hyphens": ("the deportation of them", "the depor\u00adtation of them", NORMALISED),
    "invisible characters": ("the deportation of them", "the depor\u200btation\u2060 of\ufeff them", NORMALISED),
    "ligatures": ("the final offer of it", "the ﬁnal oﬀer of it", NORMALISED),
    "composed letters": ("les élus de la ville", unicodedata.normalize("NFD", "les élus de la ville"), NORMALISED),
    "wide letters": ("the final offer of it", "the ｆｉｎａｌ offer of it", NORMALISED),
    "a hyphen at a line end": ("the deportation of them", f"the depor{LINE_HYPHEN}tation of them", NORMALISED),
    "a compound at a line end": ("many non-citizens were", f"many non{LINE_HYPHEN}citizens were", NORMALISED),
    "a quote beside a line end": ("them to another town", f"de{LINE_HYPHEN}port them to another town", VERBATIM),
    "words left out": ("The duty shall […] be paid in full", "The duty shall, it says, be paid in full", NORMALISED),
    "dots for words left out": (
        "The duty shall ... be paid in full",
        "The duty shall hence be paid in full",
        NORMALISED,
    ),
    "in round brackets": ("The duty shall (...) be paid in full", "The duty shall hence be paid in full", NORMALISED),
    "words left out at its ends": ("… the duty shall be paid …", "he said the duty shall be paid there", NORMALISED),
    "an ellipsis of the source": ("The duty … shall be paid", "The duty … shall be paid", VERBATIM),
    "a script without blanks": ("這是合法的", "他說這是合法的事", VERBATIM),
    "behind a bracket": ("duty shall be paid", "(duty shall be paid)", VERBATIM),
    "behind a dash": ("duty shall be paid", "he said—duty shall be paid—now", VERBATIM),
    "a number behind a year": ("300 people came", "in 2020 300 people came", VERBATIM),
    "a year before a number": ("it was in 2020", "it was in 2020 300 people came", VERBATIM),
    "a power": ("about 10⁵ people came", "about 10⁵ people came", VERBATIM),
    "before a possessive": ("the harbour board", "the harbour board's offer", VERBATIM),
    "behind an elided article": ("état d’urgence décrété", "l’état d’urgence décrété", VERBATIM),
}

OTHER = {
    "another word": ("the duty shall be paid", "the duty should be paid"),
    "a word more": ("the duty shall be paid", "the duty shall not be paid"),
    "a word less": ("the duty shall not be paid", "the duty shall be paid"),
    "another order": ("the duty shall be paid", "the duty be shall paid"),
    "another case": ("the duty shall be paid", "The duty shall be paid"),
    "another accent": ("the resume of the board", "the résumé of the board"),
    "another figure": ("about 5,000 people came", "about 50,000 people came"),
    "no full stop": ("the duty shall be paid.", "the duty shall be paid, then"),
    "two words as one": ("the duty may be paid", "the duty maybe paid"),
    "a hyphen less": ("they shall re-sign it now", "they shall resign it now"),
    "a dash less": ("the offer — twelve ferries", "the offer twelve ferries"),
    "within a word": ("legal under the law", "illegal under the law"),
    "behind a hyphen": ("compliant with the law", "non-compliant with the law"),
    "behind a hyphen that does not break": ("compliant with the law", "non\u2011compliant with the law"),
    "behind a hyphen at a line end": ("compliant with the law", f"non{LINE_HYPHEN}compliant with the law"),
    "to the middle of a word": ("the board was help", "the board was helpless"),
    "before a hyphen": ("the port is a tax", "the port is a tax-free place"),
    "before a negation": ("the board can", "the board can't"),
    "before a typographic negation": ("the board can", "the board can’t"),
    "behind the French negation": ("est pas un droit", "ce n’est pas un droit"),
    "behind a Chinese negation": ("合法的決定", "這是不合法的決定"),
    "the end of a number": ("000 people came", "5,000 people came"),
    "the beginning of a number": ("it cost them 5", "it cost them 5.5 million"),
    "thousands behind an apostrophe": ("500 francs were paid", "12'500 francs were paid"),
    "thousands behind a typographic apostrophe": ("500 francs were paid", "12’500 francs were paid"),
    "thousands behind a blank": ("500 francs were paid", "12 500 francs were paid"),
    "thousands behind a narrow blank": ("500 francs were paid", "12\u202f500 francs were paid"),
    "before an apostrophe in a number": ("it cost them 12", "it cost them 12’500"),
    "before a blank in a number": ("it cost them 12", "it cost them 12 500 francs"),
    "the half of a fraction": ("2 of the ferry", "1/2 of the ferry"),
    "a power": ("10⁵ people came", "105 people came"),
    "a number without its minus": ("5 degrees at night", "it was -5 degrees at night"),
    "a part of a combined letter": ("it was in the cafe", unicodedata.normalize("NFD", "it was in the café")),
    "words left out in another order": ("be paid in full […] the duty shall", "the duty shall hence be paid in full"),
    "parts that are short": ("the […] paid in full now", "the duty shall be paid in full now"),
    "parts far apart": (
        "the duty shall be […] paid in full now",
        f"the duty shall be {'x ' * OMISSION_MAX}paid in full now",
    ),
    "a part that is altered": ("the duty shall be […] paid in full", "the duty shall be, so to say, paid in part"),
    "an insertion of the brief": ("Pam [Bondi] is studying it", "Pam is studying it"),
    "nothing but dots": ("… […] ... (…)", "the duty shall be paid"),
}


@pytest.mark.parametrize("name", SAME)
def test_typography_and_white_space_may_differ(name: str) -> None:
    quote, text, finding = SAME[name]
    assert find_quote(quote, PageText(text)) == finding


@pytest.mark.parametrize("name", OTHER)
def test_nothing_else_may_differ(name: str) -> None:
    quote, text = OTHER[name]
    assert find_quote(quote, PageText(text)) == MISSING


def test_a_quote_that_stands_twice_says_so() -> None:
    page = PageText("The duty shall be paid. “The duty shall be paid.” the duty shall be paid. The duty\nshall be paid")
    assert find_quote("The duty shall be paid", page) == Finding(3, is_verbatim=True)


def test_places_count_what_differs_in_typography_too() -> None:
    page = PageText("the board’s offer, that is: the board's offer")
    assert find_quote("the board’s offer", page) == Finding(2, is_verbatim=True)


def test_pages_that_differ_in_white_space_have_one_hash() -> None:
    assert PageText("one\n two").hash == PageText(" one two\n").hash != PageText("one too").hash


def test_a_part_is_as_long_as_a_whole_quote_has_to_be() -> None:
    assert (PART_MIN_CHARS, PART_MIN_WORDS) == (QUOTE_MIN_CHARS, QUOTE_MIN_WORDS)


WORDS = st.lists(
    st.sampled_from("not no the duty shall be paid un in port — - “ ” ’ … [ ] 5 5,000 ﬁ é".split()), min_size=1
)
TEXTS = WORDS.map(" ".join)


@examples(300)
@given(TEXTS, TEXTS, TEXTS)
def test_a_quote_of_whole_words_is_found_wherever_it_stands(before: str, quote: str, behind: str) -> None:
    assume(fold(quote))
    finding = find_quote(quote, PageText(f"{before} | {quote} | {behind}"))
    assert finding.places >= 1
    assert finding.is_verbatim


def letters(text: str) -> list[str]:
    """The words and numbers of a text."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


@examples(300)
@given(TEXTS, TEXTS)
def test_what_is_found_has_all_words_of_the_quote_and_no_other_between(quote: str, text: str) -> None:
    assume("…" not in quote and letters(quote))
    if find_quote(quote, PageText(text)).places:
        assert f" {' '.join(letters(quote))} " in f" {' '.join(letters(text))} "


@examples(300)
@given(st.text(st.sampled_from("ab.-–—'“”«» \u00a0\u2009\n…‘ﬁé5,"), max_size=40))
def test_folding_leaves_all_words_and_numbers_and_divides_none(text: str) -> None:
    assert letters(fold(text)) == letters(text)
    assert letters(same_dashes(fold(text))) == letters(text)
