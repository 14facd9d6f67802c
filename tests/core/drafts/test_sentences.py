"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts.sentences import cut_to_fit, sentences

CASES = {
    "countries and titles": "The U.S. Constitution holds. | Dr. Moor, Mrs. J. K. Quay and Ms. Pier met in St. Louis.",
    "times and dates": "They met at 3:30 p.m. on Tues. 4 March. | On Jan. 5 they left at 9 a.m. by boat.",
    "a country at the end": "They left the U.S. | The court ruled in Washington, D.C. | It was late.",
    "latin": "It was bad, i.e. late, e.g. by 2.5 hours, cf. vol. 2, etc. and so on. | See Smith et al. for more.",
    "figures": "It cost $1.2 million, approx. 40 per cent of 3.000. | In 1990. | 5 people came.",
    "cases and laws": "Moor v. Board, 12 Rep. 34 (1988), holds. | So does art. 4 of No. 7.",
    "firms": "Acme Inc. is old. | Quay Ltd. and Dock Corp. are not.",
    "ellipses": "He left... and came back. | Wait… what? | It ended … there.",
    "a quotation of several sentences": "She said: “We refuse. We will not sign. Never!” | Then she left.",
    "a quotation in front": "“We go,” said the mayor. | “Never!” he wrote. | He went.",
    "straight marks": 'The chair said "no. We looked." | He left.',
    "questions and calls": "Is six a service? | The court will say! | Really?! | Yes.",
    "marks of notes": "It was so.[1][2] | It is not.² | It may be.【3†source】 | Who knows?",
    "marks apart": "It was so. [1] [2, 3] | It is not. [G1] | [The] board met. | It [the law] holds.",
    "brackets": "He did not (see p. 7). | It rained.",
    "addresses": "See https://example.org/a.b?c=d. | Write to a.b@example.org.",
    "no full stop": "The first is so. | The second ends",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_sentences_end_where_they_end(text: str) -> None:
    expected = text.split(" | ")
    assert [each.strip() for each in sentences(" ".join(expected), "en")] == expected


OTHERS = {
    "es": "Hola. | ¿Cómo estás? | El Sr. García, de EE. UU., llegó a las 3 p. m. y se fue. | ¡Adiós!",
    "de": "Am 3. März 2025 tagte der Rat, z. B. über Boote. | Dr. Moor ging.",
    "fr": "Le quai est fermé. | Est-il parti ? | Oui.",
    "ar": "هذا هو. | هل أنت بخير؟ | نعم، أنا بخير.",
}


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_sentences_of_other_languages(language: str, text: str) -> None:
    expected = text.split(" | ")
    assert [each.strip() for each in sentences(" ".join(expected), language)] == expected


@pytest.mark.parametrize("language", ["zh", "ja", "en"])
def test_sentences_without_blanks_between_them(language: str) -> None:
    assert sentences("第一句。第二句！第三句？", language) == ["第一句。", "第二句！", "第三句？"]


@given(st.text(max_size=200), st.sampled_from(["en", "es", "zh", "xx", ""]))
def test_sentences_and_their_parts_are_the_text(text: str, language: str) -> None:
    assert "".join(part for each in sentences(text, language) for part in cut_to_fit(each)) == text


@pytest.mark.parametrize("text", ["x" * 2500, "& " * 1000, "字" * 1999, "one, two; " * 300], ids=len)
def test_parts_have_room_in_a_claim(text: str) -> None:
    parts = cut_to_fit(text)
    assert "".join(parts) == text
    assert all(len(part) <= 1000 and part.count("&") <= 500 for part in parts)


def test_a_paragraph_of_any_length_is_parted_at_its_sentences() -> None:
    expected = [f"The {number}th boat, of the U.S. line, left at 9 a.m. on Jan. 5. " for number in range(1000)]
    assert sentences("".join(expected), "en") == expected
