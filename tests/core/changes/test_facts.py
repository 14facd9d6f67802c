"""Which edits touch a figure, a date, a name, a negation or a quotation, and which are style."""

import pytest

from bot.core.changes.facts import changed_facts, phrase


def kinds(before: str, after: str) -> list[str]:
    return [change.kind for change in changed_facts(before, after)]


TOUCHED = [
    # figures
    ("The ship carried 342 chests.", "The ship carried 432 chests.", "figure"),
    ("It cost £120 million.", "It cost £1.2 billion.", "figure"),
    ("It cost £5 a head.", "It cost €5 a head.", "figure"),
    ("Twelve ferries ran.", "Six ferries ran.", "figure"),
    ("Twenty-one ran.", "Twenty-two ran.", "figure"),
    ("About half of them left.", "About a quarter of them left.", "figure"),
    ("The board halved the fleet.", "The board doubled the fleet.", "figure"),
    ("It fell by 5 per cent.", "It fell by 5.", "figure"),
    ("It was −5 degrees.", "It was 5 degrees.", "figure"),
    ("It took 12 hours.", "It took 12 days.", "figure"),
    ("It was the first trial.", "It was the second trial.", "figure"),
    ("Version 1.10 is affected.", "Version 1.1 is affected.", "figure"),
    ("Five men and six women came.", "Six men and five women came.", "figure"),
    ("It says millions came.", "It says thousands came.", "figure"),
    ("會議在二零二四年舉行", "會議在二零二五年舉行", "figure"),
    ("三月十九日", "三月二十日", "figure"),
    ("มี ๑๒ คน", "มี ๑๓ คน", "figure"),
    ("½ of it", "¼ of it", "figure"),
    ("It found 10^5 cells.", "It found 10^6 cells.", "figure"),
    ("It found 10^5 cells.", "It found 105 cells.", "figure"),
    # dates
    ("It met on 2 March 2025.", "It met on 3 March 2025.", "date"),
    ("It met on March 2, 2025.", "It met on May 2, 2025.", "date"),
    ("It met in March.", "It met in May.", "date"),
    ("It met on Monday.", "It met on Tuesday.", "date"),
    ("It met at 8 a.m. sharp.", "It met at 8 p.m. sharp.", "date"),
    ("It met on 2025-03-02.", "It met on 2025-03-03.", "date"),
    # names
    ("The offer of Bukele stands.", "The offer of Rubio stands.", "name"),
    ("Mr. Smith spoke.", "Mr. Jones spoke.", "name"),
    ("Smith sued Jones.", "Jones sued Smith.", "name"),
    ("It is El Salvador's offer.", "It is Guatemala's offer.", "name"),
    ("NASA denied it.", "ESA denied it.", "name"),
    ("It helped US firms.", "It helped us firms.", "name"),
    ("It went to the U.S. Supreme Court.", "It went to the U.S. Tax Court.", "name"),
    ("Сказал Путин вчера.", "Сказал Медведев вчера.", "name"),
    # negations
    ("The tax was lawful.", "The tax was not lawful.", "negation"),
    ("It didn’t pass.", "It did pass.", "negation"),
    ("Nobody came.", "Everybody came.", "negation"),
    ("He left without a word.", "He left with a word.", "negation"),
    ("It was lawful.", "It was unlawful.", "negation"),
    ("It can be undone.", "It cannot be undone.", "negation"),
    ("They never met.", "They often met.", "negation"),
    ("It is nowhere.", "It is now here.", "negation"),
    ("议会没有同意", "议会有同意", "negation"),
    # quotations
    ("He called it “a great deal”.", "He called it “a good deal”.", "quotation"),
    ("He called it 'a great deal'.", "He called it 'a good deal'.", "quotation"),
    ("He called it a great deal.", "He called it “a great deal”.", "quotation"),
    ("他說「沒有」", "他說「從沒有」", "quotation"),
]

STYLE = [
    ("The harbor bord halved it.", "The harbour board halved it."),
    ("It met on 2 March 2025.", "It met on March 2, 2025."),
    ("It met on 2025-03-02.", "It met on 2 March 2025."),
    ("It met on Sept. 2nd.", "It met on 2 September."),
    ("Twelve ferries ran.", "12 ferries ran."),
    ("It cost $1,200 million.", "It cost 1.2 billion dollars."),
    ("It fell by 5%.", "It fell by 5 percent."),
    ("In all 10,000 came.", "In all 10000 came."),
    ("The Board met.", "The board met."),
    ("The board met, and Smith spoke.", "The Board met and Smith spoke."),
    ("El Salvador’s offer", "El Salvador's offer"),
    ("It went to the U.S. first.", "It went to the US first."),
    ("It cannot pass.", "It can't pass."),
    ("It did not pass.", "It didn't pass."),
    ("He called it “a great deal,” twice.", "He called it 'A great deal' twice."),
    ("A board met.", "The board met."),
    ("They say that it passed.", "They say it passed."),
    ("A well known case…", "A well-known case..."),
    ("This, they said, was it.", "This was it, they said."),
    ("It didnt pass.", "It didn't pass."),
    ("No one came.", "Nobody came."),
    ("It is Trumps offer.", "It is Trump’s offer."),
    ("It came with Covid-19.", "It came with COVID-19."),
    ("Mr Smith came on the 3rd March.", "Mr. Smith came on 3 March."),
    ("In the 1990's it paid $1.2bn for 5 km.", "In the 1990s it paid $1.2 billion for 5km."),
    ("From 2024–2025 and the U.K. Government.", "From 2024 to 2025, and the UK government."),
    ("It can not be.", "It cannot be."),
    ("", ""),
]


@pytest.mark.parametrize(("before", "after", "kind"), TOUCHED)
def test_an_edit_of_a_fact_is_seen_in_either_direction(before: str, after: str, kind: str) -> None:
    assert kind in kinds(before, after)
    assert kind in kinds(after, before)


@pytest.mark.parametrize(("before", "after"), STYLE)
def test_style_is_no_fact(before: str, after: str) -> None:
    assert kinds(before, after) == []


@pytest.mark.parametrize("text", [text for before, after, *_ in TOUCHED for text in (before, after)])
def test_a_text_states_what_it_states(text: str) -> None:
    assert changed_facts(text, text) == ()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("It had 342 chests.", "It had 432 chests.", ["the figure “342” became “432”"]),
        ("It found 10⁵ cells.", "It found 10⁶ cells.", ["the figure “10⁵” became “10⁶”"]),
        ("It may pass.", "It must pass.", ["the modal word “may” became “must”"]),
        ("All of them came.", "Some of them came.", ["the quantity word “All” became “Some”"]),
        ("It passed.", "It never passed.", ["the negation “never” was added"]),
        ("On 2 May it was “so”.", "It was “so”.", ["the date “2 May” was removed"]),
    ],
)
def test_a_change_is_told_in_the_words_of_the_texts(before: str, after: str, words: list[str]) -> None:
    assert [phrase(change) for change in changed_facts(before, after)] == words
