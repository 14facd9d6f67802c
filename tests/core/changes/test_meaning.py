"""The guard of editorial changes: which edits change what a text says, and which are spelling and style."""

import pytest

from bot.core.changes.facts import changed_facts, phrase
from bot.core.changes.meaning_words import GROUPS, MEANING_WORDS
from bot.core.changes.respelling import KNOWN, LOOKALIKES, is_misspelt

CHANGED = [
    # (text, word before, word after)
    ("It found {} cells.", "10⁵", "10⁶"),
    ("It found {} cells.", "10⁶", "10⁻⁶"),
    ("It found {} of them.", "300", "300²"),
    ("It took 1{} parts.", "½", "¼"),
    ("It took {} of it.", "two thirds", "three quarters"),
    ("It took {} of it.", "1/3", "2/3"),
    ("Chapter {} says so.", "Ⅳ", "Ⅵ"),
    ("It is item {}.", "①", "②"),
    ("It holds {}.", "٣٤", "٣٥"),
    ("It covers 5 {}.", "km²", "km³"),
    ("It weighs 5 {}.", "mg", "g"),
    ("It weighs 5 {}.", "tonnes", "tons"),
    ("It is 5 {} warm.", "°C", "°F"),
    ("It used 5 {}.", "MW", "GWh"),
    ("It cost 5 {}.", "francs", "pesos"),
    ("It grew by 5 {}.", "per cent", "percentage points"),
    ("It grew {} 5%.", "by", "to"),
    ("It fell {} £5.", "to", "from"),
    ("It is paid {}.", "weekly", "monthly"),
    ("It met {} year.", "last", "next"),
    ("It took a {}.", "day", "week"),
    ("{} than five came.", "More", "Fewer"),
    ("At {} five came.", "least", "most"),
    ("{} 100 came.", "Over", "Under"),
    ("It met {} the vote.", "before", "after"),
    ("The number {}.", "increased", "decreased"),
    ("Prices {}.", "rose", "fell"),
    ("It {} the fleet.", "cut", "expanded"),
    ("It is {} than that.", "higher", "lower"),
    ("It is {} 5.", "≥", "≤"),
    ("It moved {} of it.", "north", "south"),
    ("It {} the bill.", "supported", "opposed"),
    ("It {} to act.", "agreed", "failed"),
    ("He was found {}.", "guilty", "innocent"),
    ("It {} cut the ferries.", "may", "must"),
    ("It {} cut the ferries.", "can", "might"),
    ("It {} cut the ferries.", "shall", "should"),
    ("It {} cut the ferries.", "will", "would"),
    ("It {} not cut them.", "can", "will"),
    ("It was {} to cut them.", "allowed", "required"),
    ("It was {} fraud.", "alleged", "proven"),
    ("{} ferries ran.", "All", "Some"),
    ("{} ferries ran.", "Most", "Few"),
    ("{} town was asked.", "Every", "No"),
    ("It {} asked.", "always", "never"),
    ("It {} asked.", "always", "often"),
    ("{} the board was asked.", "Only", "Also"),
    ("It was {} destroyed.", "fully", "partly"),
    ("They were {}.", "overestimated", "underestimated"),
    ("the {}-war years", "pre", "post"),
    ("Its {} came.", "supporters", "opponents"),
    ("It cost 5 {}.", "lakh", "crore"),
    ("It grew by 5 {}.", "percentage points", "basis points"),
    ("It was {} 5.", "minus", "plus"),
    # Words that look like a slip of the pen.
    ("They {} came.", "ever", "never"),
    ("There are {} ferries.", "new", "few"),
    ("It is the {} one.", "latter", "later"),
]

HARMLESS = [
    ("The shoud-be goverment met.", "The should-be government met."),
    ("It shoud pass.", "It should pass."),
    ("It has allways run.", "It has always run."),
    ("It ran untill then.", "It ran until then."),
    ("It met beofre the vote.", "It met before the vote."),
    ("The number incresed.", "The number increased."),
    ("It can nto pass.", "It can not pass."),
    ("It met on 2 Febuary.", "It met on 2 February."),
    ("It met on Wendesday.", "It met on Wednesday."),
    ("Twleve ferries ran.", "Twelve ferries ran."),
    ("More then five came.", "More than five came."),
    ("It wil, they say, open tommorow.", "It will, they say, open tomorrow."),
    ("Teh vote recieved it's due.", "The vote received its due."),
    ("to many ferries", "too many ferries"),
    ("the over-crowded ferry", "the overcrowded ferry"),
    ("the over crowded ferry", "the over-crowded ferry"),
    ("an under-funded board", "an underfunded board"),
    ("an up to date list", "an up-to-date list"),
    ("It runs every day of the long week-end.", "It runs every day of the long weekend."),
    ("twenty one ferries", "twenty-one ferries"),
    ("It may be so, may be not.", "It may be so, maybe not."),
    ("the colour of the harbour", "the color of the harbor"),
    ("the Labour Party’s programme", "the Labor Party's program"),
    ("the World Trade Organisation", "the World Trade Organization"),
    ("It was organised at the centre.", "It was organized at the center."),
    ("It travelled towards it.", "It traveled toward it."),
    ("5 metres and 5 litres", "5 meters and 5 liters"),
    ("10⁵ and ½", "10^5 and 1/2"),
    ("It emits CO₂.", "It emits CO2."),
    ("It will cost 5 per cent.", "It'll cost 5%."),
    ("It cannot, they should not.", "It can't, they shouldn't."),
    ("All ferries, which ran, stopped.", "All ferries which ran stopped."),
    ("More than five  came\n— all by ferry.", "More than five came – all by ferry."),
    ("It may (or must) pass;", "It may, or must, pass."),
    ("It cut the fleet, which rose.", "It reduced the fleet, which grew."),
    ("It will will pass all all of it.", "It will pass all of it."),
    ("Fourty of a hundered came, or 5 precent.", "Forty of a hundred came, or 5 percent."),
    ("It passed.Then it met in Zürich.", "It passed. Then it met in Zurich."),
    ("less than five", "fewer than five"),
    ("over 100 came", "more than 100 came"),
    ("until then", "till then"),
    ("There is a meeting on it.", "A meeting on it is there."),
    ("“It may pass”, they said.", "'It may pass,' they said."),
    ("The Board may pass it", "The board may pass it."),
    ("from 5 to 10", "from 5 to 10."),
]


@pytest.mark.parametrize(("text", "before", "after"), CHANGED)
def test_an_edit_that_changes_what_is_said_is_refused_with_the_word(text: str, before: str, after: str) -> None:
    for old, new in ((before, after), (after, before)):
        words = "; ".join(map(phrase, changed_facts(text.format(old), text.format(new)))).casefold()
        assert any(word.casefold() in words for each in (old, new) for word in each.split()), words


@pytest.mark.parametrize(("before", "after"), HARMLESS)
def test_spelling_punctuation_and_style_pass(before: str, after: str) -> None:
    assert changed_facts(before, after) == ()
    assert changed_facts(after, before) == ()


def test_words_of_one_group_stand_for_each_other_and_no_word_is_in_two() -> None:
    groups = [group.split() for text in GROUPS.values() for group in text.split("|")]
    words = [word for group in groups for word in group]
    assert len(words) == len(MEANING_WORDS) > 400
    for group in groups[::20]:
        assert changed_facts(f"It is {group[0]}.", f"It is {group[-1]}.") == ()
        assert changed_facts(f"It is {group[-1]}.", "It is.") != ()


def test_a_swap_is_a_change() -> None:
    change, *_ = changed_facts("All of it may, some of it must.", "Some of it may, all of it must.")
    assert change.kind == "quantity word"


def test_no_word_of_a_dictionary_is_a_slip_of_the_pen() -> None:
    assert not KNOWN & LOOKALIKES
    assert not [word for word in LOOKALIKES for known in KNOWN if is_misspelt(word, known)]


def test_the_spelling_within_a_quotation_counts() -> None:
    assert [each.kind for each in changed_facts("He said “it allways ran”.", "He said “it always ran”.")] == [
        "quotation"
    ]
