"""What people type behind the verbs about subscriptions: a line for each text, and what comes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.command import Ambiguous, Command, DidYouMean, Search, ShowHelp
from bot.core.commands.parser import parse
from bot.core.commands.spec_arguments import CONDITIONS_MAX
from bot.core.commands.subscribe_arguments import QUOTED_MAX
from tests.make import brief, corpus

NAMES = corpus(
    brief("guatemala-deportations", aliases=("guatemala", "second deal")),
    brief("uk-rwanda", aliases=("rwanda",)),
    brief("el-salvador-offer"),
    brief("european-prison-rentals"),
).names

# What is typed, and the command that it is.
DONE = """
subscribe all                                     subscribe all
subscribe everything                              subscribe all
subscribe *                                       subscribe all
subscribe all briefs                              subscribe all
subscribe to guatemala                            subscribe guatemala-deportations
subscribe me to guatemala                         subscribe guatemala-deportations
subscribe us to all                               subscribe all
subscribe this channel to guatemala               subscribe guatemala-deportations
subscribe "guatemala"                             subscribe guatemala-deportations
subscribe “guatemala”                             subscribe guatemala-deportations
subscribe *guatemala*                             subscribe guatemala-deportations
subscribe guatemala.                              subscribe guatemala-deportations
subscribe guatemala!                              subscribe guatemala-deportations
subscribe guatemala, kind:correction              subscribe guatemala-deportations kind:correction
subscribe guatemala/legal                         subscribe guatemala-deportations/legal
subscribe legal                                   subscribe all/legal
subscribe all kind:correction,withdrawal          subscribe all kind:correction kind:withdrawal
subscribe all kind:correction, withdrawal         subscribe all kind:correction kind:withdrawal
subscribe all kind:correction ,withdrawal         subscribe all kind:correction kind:withdrawal
subscribe all kind:correction withdrawal          subscribe all kind:correction kind:withdrawal
subscribe all kind: correction                    subscribe all kind:correction
subscribe all kind:corrections                    subscribe all kind:correction
subscribe all kind=correction                     subscribe all kind:correction
subscribe all kind:"correction"                   subscribe all kind:correction
subscribe kind:correction all                     subscribe all kind:correction
subscribe kind: correction all                    subscribe all kind:correction
subscribe all -kind:evidence,correction           subscribe all -kind:evidence -kind:correction
subscribe all –kind:evidence                      subscribe all -kind:evidence
subscribe all —kind:evidence                      subscribe all -kind:evidence
subscribe all --kind:evidence                     subscribe all -kind:evidence
subscribe all −kind:evidence                      subscribe all -kind:evidence
subscribe all tag:"united kingdom"                subscribe all tag:united-kingdom
subscribe all tag:“united kingdom” kind:new       subscribe all tag:united-kingdom kind:new
subscribe all tag:el salvador                     subscribe all tag:el-salvador
subscribe all tag:United_Kingdom                  subscribe all tag:united-kingdom
subscribe all tag:prisons,courts                  subscribe all tag:prisons tag:courts
subscribe tag:el salvador                         subscribe tag:el-salvador
subscribe tag:#prisons                            subscribe tag:prisons
subscribe tag: prisons                            subscribe tag:prisons
subscribe tag:prisons guatemala                   subscribe guatemala-deportations tag:prisons
subscribe tag:prisons tag:courts                  subscribe tag:courts,prisons
subscribe tag:courts,prisons                      subscribe tag:courts,prisons
subscribe tag:prisons -tag:courts                 subscribe tag:prisons -tag:courts
subscribe all section:legal,reactions             subscribe all section:legal section:reactions
subscribe all section:human reactions             subscribe all section:reactions
subscribe all -section: legal                     subscribe all -section:legal
subscribe all deliver=digest                      subscribe all deliver:digest
subscribe all deliver: digest                     subscribe all deliver:digest
subscribe deliver:digest all                      subscribe all deliver:digest
subscribe guatemala please                        subscribe guatemala-deportations
unsubscribe all please                            unsubscribe all
list prisons please                               list tag:prisons
list please                                       list
unsubscribe all                                   unsubscribe all
unsubscribe everything                            unsubscribe everything
unsubscribe from guatemala                        unsubscribe guatemala-deportations
unsubscribe "guatemala"                           unsubscribe guatemala-deportations
unsubscribe #5.                                   unsubscribe #5
unsubscribe (#5)                                  unsubscribe #5
unsubscribe tag:el salvador                       unsubscribe tag:el-salvador
unsubscribe tag:prisons tag:courts                unsubscribe tag:courts,prisons
mute guatemala.                                   mute guatemala-deportations
mute #5 for: 2d                                   mute #5 for:2d
unmute all                                        unmute all
unmute #5                                         unmute #5
unmute guatemala                                  unmute guatemala-deportations
subscriptions #5                                  subscriptions #5
subscribe                                         subscribe
unsubscribe                                       unsubscribe
mute                                              mute
unmute                                            unmute
use                                               use
list all                                          list
list briefs                                       list
list tag:prisons                                  list tag:prisons
list tag: prisons                                 list tag:prisons
list prisons                                      list tag:prisons
list #prisons                                     list tag:prisons
list tag:united kingdom                           list tag:united-kingdom
"""

# What is typed, and what is suggested instead. Whether there is such a tag is only known where the briefs are.
SUGGESTED = """
subscribe all daily                     subscribe all deliver:digest
subscribe all digest                    subscribe all deliver:digest
subscribe guatemala weekly              subscribe guatemala-deportations deliver:digest
subscribe all in a thread               subscribe all deliver:thread
subscribe all corrections only          subscribe all kind:correction
subscribe corrections only              subscribe all kind:correction
subscribe only corrections              subscribe all kind:correction
subscribe all without evidence          subscribe all -kind:evidence
subscribe guatemala no evidence         subscribe guatemala-deportations -kind:evidence
subscribe guatemala corrections,updates  subscribe guatemala-deportations kind:correction kind:update
subscribe guatemala -evidence           subscribe guatemala-deportations -kind:evidence
subscribe guatemala for corrections     subscribe guatemala-deportations kind:correction
subscribe all every day                 subscribe all deliver:digest
subscribe guatemala once a week         subscribe guatemala-deportations deliver:digest
subscribe all prisons                   subscribe tag:prisons
subscribe guatemala corrections daily   subscribe guatemala-deportations kind:correction deliver:digest
subscribe guatemala, rwanda             subscribe guatemala-deportations | subscribe uk-rwanda
subscribe guatemala rwanda              subscribe guatemala-deportations | subscribe uk-rwanda
subscribe guatemala and rwanda          subscribe guatemala-deportations | subscribe uk-rwanda
subscribe guatemala & rwanda kind:new   subscribe guatemala-deportations kind:new | subscribe uk-rwanda kind:new
subscribe prisons                       subscribe european-prison-rentals | subscribe tag:prisons
subscribe courts                        subscribe tag:courts
subscribe kind:correction               subscribe all kind:correction
subscribe kind:corection                subscribe all kind:correction
subscribe all kind:corection            subscribe all kind:correction
subscribe all kind:fixes                subscribe all kind:correction
subscribe all deliver:daily             subscribe all deliver:digest
subscribe all deliver:digets            subscribe all deliver:digest
unsubscribe #1 #2                       unsubscribe #1 | unsubscribe #2
unsubscribe #1, #2                      unsubscribe #1 | unsubscribe #2
unsubscribe guatemala, rwanda           unsubscribe guatemala-deportations | unsubscribe uk-rwanda
unsubscribe all kind:new                unsubscribe all
unsubscribe #3 kind:new                 unsubscribe #3
mute #3 kind:new                        mute #3
mute #1 #2 for:1d                       mute #1 for:1d | mute #2 for:1d
"""

# What is typed, and why it is neither.
REFUSED = [
    ("subscribe #general all", "a subscription is made in the channel itself: type it in #general"),
    ("subscribe all #general", "a subscription is made in the channel itself: type it in #general"),
    ("subscribe <#C00000004|legal-desk> all", "a subscription is made in the channel itself: type it in #legal-desk"),
    ("mute <#C00000004|legal-desk>", "a subscription is made in the channel itself: type it in #legal-desk"),
    ("subscribe <@U00000001|ben>", "no brief and no section is called “ben”"),
    (
        "subscribe all deliver:digest deliver:channel",
        "there are two deliver: and only one can count; write one of them",
    ),
    ("mute #3 for:1d for:2d", "there are two times and only one can count; write one of them"),
    (f"subscribe tag:{'x' * 127}", "a tag has at most 60 characters"),
    (f"subscribe all tag:{'x' * 61}", "a tag has at most 60 characters"),
    (
        "subscribe tag:" + ",".join(letter * 60 for letter in "abc"),
        "these are too many tags for one subscription; follow some of them by themselves",
    ),
    (
        "subscribe all " + " ".join(f"tag:t{number}" for number in range(CONDITIONS_MAX + 1)),
        f"a subscription has at most {CONDITIONS_MAX} conditions, and here are more",
    ),
]


def rows(table: str) -> list[tuple[str, str]]:
    """The two columns, at least two blanks apart."""
    lines = (line.split("  ", 1) for line in table.strip().splitlines())
    return [(typed, meant.strip()) for typed, meant in lines]


@pytest.mark.parametrize(("typed", "meant"), rows(DONE))
def test_this_is_understood(typed: str, meant: str) -> None:
    command = parse(typed, NAMES)
    assert not isinstance(command, DidYouMean | Ambiguous | ShowHelp)
    assert str(command) == meant
    assert parse(meant, NAMES) == command


@pytest.mark.parametrize(("typed", "meant"), rows(SUGGESTED))
def test_this_is_suggested(typed: str, meant: str) -> None:
    command = parse(typed, NAMES)
    assert isinstance(command, DidYouMean)
    known = [str(each) for each in command.options if str(each) in meant.split(" | ")]
    assert known == meant.split(" | ")
    assert command.why
    assert not [each for each in command.options if isinstance(each, Search)]


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_this_is_refused(typed: str, reason: str) -> None:
    command = parse(typed, NAMES)
    assert isinstance(command, ShowHelp | DidYouMean)
    assert reason in reason_of(command)


VERBS = ["subscribe", "unsubscribe", "mute", "unmute", "use", "list", "changes", "subscriptions", "help", "sources"]


@given(st.sampled_from(VERBS), st.sampled_from(["", "all ", "tag:", "all tag:", "kind:", "since:", "#"]), st.text())
def test_a_refusal_repeats_little_of_what_was_typed(verb: str, before: str, typed: str) -> None:
    command = parse(f"{verb} {before}{typed * 50}{'x' * 1000}", NAMES)
    assert len(reason_of(command)) < 400 + QUOTED_MAX


def reason_of(command: Command) -> str:
    match command:
        case ShowHelp():
            return command.reason or ""
        case DidYouMean():
            return command.why or ""
    return ""
