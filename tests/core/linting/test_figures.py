"""Which figures and quoted words of a claim its quotes do not have."""

import pytest

from bot.core.linting.figures import missing_figures, missing_words, with_digits

CARRIED = [
    ("It cost £120 million.", "including an upfront payment of £120 million"),
    ("It cost £120 million.", "a payment of £120m"),
    ("It cost £120 million.", "a payment of 120,000,000 pounds"),
    ("It cost £1.2 billion.", "£1,200 million in all"),
    ("It cost 140 to 150 million.", "from 140 to 150 million"),
    ("It held 1,200 chests.", "1200 chests"),
    ("It held 1 200 chests.", "1,200 chests"),
    ("It held 1\u202f200 chests.", "twelve hundred chests"),
    ("It held 1200 chests.", "1.200 Kisten"),
    ("It held 342 chests.", "three hundred and forty-two chests"),
    ("It held 10,000 chests.", "ten thousand chests"),
    ("A tenth: 10%.", "ten per cent"),
    ("The 14th Amendment.", "the Fourteenth Amendment"),
    ("The 21st ship.", "the twenty-first ship"),
    ("In 1967 it was 5.5.", "nineteen sixty-seven: 5.5"),
    ("It fell to 3.5 per cent.", "auf 3,5 Prozent"),
    ("It began on 5 May 1773.", "on May 5, 1773"),
    ("It began on 5 May 1773.", "on the fifth of May, seventeen seventy-three"),
    ("It began on 3 March 2025.", "it began on Monday with six ferries"),
    ("Six ferries remain.", "half of the twelve ferries"),
    ("It fell from twelve to six.", "from 12 to 6"),
    ("It fell from twelve to six.", "from twelve to half of that"),
    ("One of the two towns, for the first time.", "a town sued"),
    ("Twelve hundred chests were lost.", "1,200 chests"),
    ("Some 1.2 thousand of them, or twelve hundred.", "1200 of them"),
    ("Twenty-seven ferries, (thirty in summer).", "27 ferries, and 30 in summer"),
    ("Six million dollars were paid.", "$6 million"),
    ("The Fourteenth Amendment.", "the 14th Amendment"),
    ("A tenth was lost.", "10 per cent"),
    ("It began on the twenty-fifth of May.", "it began on Monday"),
    ("In nineteen sixty-seven it began.", "it began with six ferries"),
]

MISSING = [
    ("It cost £140 million.", "including an upfront payment of £120 million", ["140 million"]),
    ("It cost £1.2 billion.", "an upfront payment of £120 million", ["1.2 billion"]),
    ("It cost £1.2 billion.", "one point two billion", ["1.2 billion"]),
    ("It cost 120 million.", "120 pounds", ["120 million"]),
    ("It held 432 chests.", "342 chests", ["432"]),
    ("It held 432 chests.", "three hundred and forty-two chests", ["432"]),
    ("It was the act of 1774.", "the act of 1773", ["1774"]),
    ("It began on 6 May 1773.", "on the fifth of May 1773", ["6 May 1773"]),
    ("It began on 5 May 1774.", "on 5 May 1773", ["1774"]),
    ("It fell to 3.5 per cent.", "to 35 per cent", ["3.5"]),
    ("It fell from twelve to twenty-seven.", "from twelve to six", ["twenty-seven"]),
    ("It fell from Eleven to six.", "from twelve to six", ["Eleven"]),
    ("Sixty ferries, and not ten.", "sixty-two ferries, not ten", ["Sixty"]),
    ("It held twelve hundred chests.", "1,300 chests", ["twelve hundred"]),
    ("A hundred ferries, 7 boats, and fifteen.", "a thousand ferries", ["A hundred", "7", "fifteen"]),
    ("Six million dollars were paid.", "$5 million", ["Six million"]),
    ("It began on the twenty-sixth of May 1773.", "on 25 May 1773", ["26 of May 1773"]),
    ("In nineteen sixty-eight it began.", "in 1967", ["nineteen sixty-eight"]),
    ("There were twelve.", "eleven", ["twelve"]),
]


@pytest.mark.parametrize(("text", "quote"), CARRIED)
def test_a_figure_that_a_quote_has_in_any_form_is_carried(text: str, quote: str) -> None:
    assert missing_figures(text, quote, str) == []


@pytest.mark.parametrize(("text", "quote", "missing"), MISSING)
def test_a_figure_that_no_quote_has_is_named_as_it_is_written(text: str, quote: str, missing: list[str]) -> None:
    assert missing_figures(text, quote, str) == missing


def test_what_titles_and_dates_of_the_sources_have_is_carried() -> None:
    around = "Proclamation 10903\n2025-03-14"
    assert missing_figures("Proclamation 10903 of 14 March 2025.", "on March 15, 2024", lambda: around) == []


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("one hundred and six", "106"),
        ("two thousand and five", "2005"),
        ("twenty twenty-four", "2024"),
        ("two hundred million three hundred thousand", "200300000"),
        ("a hundred", "100"),
        ("twelve six", "12 6"),
        ("6 million", "6 million"),
        ("someone, tent, firstly", "someone, tent, firstly"),
    ],
)
def test_numbers_in_words_become_digits(words: str, digits: str) -> None:
    assert with_digits(words) == digits


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('He said "I love that".', "“I love that,” he said"),
        ("He said “it’s a … offer”.", "it's a very generous offer"),
        ("He said “[the] offer stands”.", "His Offer stands"),
        ("«Nous verrons»", "nous verrons"),
        ('It "requires the “facilitated” release".', "requires the 'facilitated' release"),
        ("He said: “It ‘requires’ a “facilitated” release”.", "it 'requires' a 'facilitated' release"),
        ("He said ‘I love that’.", "“I love that,” he said"),
        ("He said 'I love that'.", "“I love that,” he said"),
        ("He said ‘it’s a men’s offer’, and left.", "it's a men's offer"),
        ("He said 'it's a men's offer', and left.", "it’s a men’s offer"),
        ("The prisoners’ rights and the guards’ pay.", "nothing of it"),
        ("The prisoners' rights and the guards' pay.", "nothing of it"),
        ("Of the ’90s, or the ‘90s, it is the states’ view.", "nothing of it"),
        ("Of the '90s it is the states' view.", "nothing of it"),
        ("O'Neill's and D’Arcy’s ships.", "nothing of it"),
        ("A beam of 5'10\" and one of 6'2\" were lost.", "nothing of it"),
        ("He called it ‚schön‘.", "es ist schön"),
        ("He said “it is … so . . . and so”.", "it is quite so, and more, and so"),
    ],
)
def test_quoted_words_are_found_whatever_their_marks_and_case(text: str, quote: str) -> None:
    assert list(missing_words(text, quote, str)) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ('He said "I love that" and “no”.', ["I love that"]),
        ("He said ‘I love that’ and ‘no’.", ["I love that"]),
        ("He said 'I love that' and 'no'.", ["I love that"]),
        ("He said ‘it’s mine’ of the men’s share.", ["it’s mine"]),
        ("He said 'it's mine' of the men's share.", ["it's mine"]),
        ("It is “a ‘great’ idea” to say no.", ["a ‘great’ idea"]),
        ("It is ‘a “great” idea’ to say no.", ["a “great” idea"]),
        ("It is “a “great” idea” to say no.", ["a “great” idea"]),
        ("He called it «schön» and ‹gut›.", ["schön", "gut"]),
    ],
)
def test_quoted_words_that_no_quote_has_are_named(text: str, missing: list[str]) -> None:
    assert list(missing_words(text, "no, he said", str)) == missing
