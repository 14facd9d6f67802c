"""What people type behind the verbs that follow changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.command import Subscribe
from bot.core.commands.parser import parse
from bot.core.commands.spec_arguments import KINDS, parse_spec
from bot.core.commands.subscribe_arguments import ArgumentProblem
from bot.core.subscriptions.subscription import DELIVERS, Filter, SubscriptionSpec, Target
from tests.make import VOCABULARY, brief, corpus

GUATEMALA = "guatemala-deportations"
SLUGS = [GUATEMALA, "el-salvador-offer", "el-salvador-removals", "el-salvador", "el-salvador-legal", "rentals-of-cells"]
NAMES = corpus(
    brief(GUATEMALA, aliases=("guatemala", "second deal")),
    *(brief(slug) for slug in SLUGS[1:]),
    brief("hidden-draft", status="draft"),
).names


def typed(text: str) -> SubscriptionSpec | ArgumentProblem:
    return parse_spec(text.split(), NAMES)


# Targets


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("all", Target()),
        ("ALL", Target()),
        (GUATEMALA, Target(GUATEMALA)),
        ("Guatemala", Target(GUATEMALA)),
        ("second deal", Target(GUATEMALA)),
        ("gua", Target(GUATEMALA)),
        ("guatemala/legal", Target(GUATEMALA, "legal")),
        ("guatemala/human reactions", Target(GUATEMALA, "reactions")),
        ("second deal/law", Target(GUATEMALA, "legal")),
        ("second deal / law", Target(GUATEMALA, "legal")),
        ("law/guatemala", Target(GUATEMALA, "legal")),
        ("guatemala legal", Target(GUATEMALA, "legal")),
        ("legal guatemala", Target(GUATEMALA, "legal")),
        ("leg gua", Target(GUATEMALA, "legal")),
        ("guatemala/", Target(GUATEMALA)),
        ("legal", Target(section="legal")),
        ("human reactions", Target(section="reactions")),
        ("all legal", Target(section="legal")),
        ("all/legal", Target(section="legal")),
        ("tag:prisons", Target(tag="prisons")),
        ("TAG:Prisons", Target(tag="prisons")),
        ("rentals of cells", Target("rentals-of-cells")),
    ],
)
def test_these_words_aim_at_this(text: str, aim: Target) -> None:
    assert typed(text) == SubscriptionSpec(aim)


def test_a_slash_says_where_the_brief_ends() -> None:
    assert typed("el-salvador/legal") == SubscriptionSpec(Target("el-salvador", "legal"))
    assert typed("el-salvador-legal") == SubscriptionSpec(Target("el-salvador-legal"))


def test_words_that_name_a_brief_whole_and_in_two_parts_are_a_choice_that_can_be_made() -> None:
    unclear = typed("el salvador legal")
    assert isinstance(unclear, ArgumentProblem)
    assert unclear.reason == "“el salvador legal” can mean several things"
    assert [typed(text) for text in unclear.meanings] == [
        SubscriptionSpec(Target("el-salvador-legal")),
        SubscriptionSpec(Target("el-salvador", "legal")),
    ]


def test_an_exact_name_beats_those_that_begin_with_it() -> None:
    assert typed("el-salvador") == SubscriptionSpec(Target("el-salvador"))
    assert typed("el-salvador-o reactions") == SubscriptionSpec(Target("el-salvador-offer", "reactions"))


def test_the_beginning_of_several_briefs_is_a_choice() -> None:
    assert typed("el") == ArgumentProblem("“el” can mean several things", meanings=tuple(sorted(SLUGS[1:5])))


def test_drafts_and_verbs_are_no_targets() -> None:
    assert isinstance(typed("hidden-draft"), ArgumentProblem)
    assert isinstance(typed("status"), ArgumentProblem)


# Conditions and ways


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("all kind:correction", (Filter("kind", "correction"),)),
        ("all KIND:Correction", (Filter("kind", "correction"),)),
        ("all -kind:evidence", (Filter("kind", "evidence", exclude=True),)),
        ("kind:new all -kind:evidence", (Filter("kind", "new"), Filter("kind", "evidence", exclude=True))),
        ("all section:legal", (Filter("section", "legal"),)),
        ("all section:law", (Filter("section", "legal"),)),
        ("all section:human-reactions", (Filter("section", "reactions"),)),
        ("all section:rea", (Filter("section", "reactions"),)),
        ("all -section:overview", (Filter("section", "overview", exclude=True),)),
        ("all tag:Prisons", (Filter("tag", "prisons"),)),
        ("all -tag:prisons", (Filter("tag", "prisons", exclude=True),)),
        ("all kind:new kind:new", (Filter("kind", "new"),)),
    ],
)
def test_conditions_let_in_and_leave_out(text: str, conditions: tuple[Filter, ...]) -> None:
    assert typed(text) == SubscriptionSpec(Target(), conditions)


def test_tags_are_the_target_where_nothing_else_is_named() -> None:
    assert typed("tag:prisons tag:law") == SubscriptionSpec(Target(tag="law,prisons"))
    assert typed("tag:law kind:new tag:prisons") == SubscriptionSpec(
        Target(tag="law,prisons"), (Filter("kind", "new"),)
    )
    assert typed("tag:prisons -tag:law") == SubscriptionSpec(
        Target(tag="prisons"), (Filter("tag", "law", exclude=True),)
    )


@pytest.mark.parametrize("way", DELIVERS)
def test_ways_to_deliver(way: str) -> None:
    assert typed(f"deliver:{way} all") == SubscriptionSpec(Target(), (), way)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_is_announced_is_a_condition(kind: str) -> None:
    assert typed(f"all kind:{kind}") == SubscriptionSpec(Target(), (Filter("kind", kind),))


# What is no wish


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it does not say what to follow"),
        ("tag:", "“tag:” is not a valid filter; the filters are kind, section, tag"),
        ("/", "it does not say what to follow"),
        ("zebra", "no brief and no section is called “zebra”"),
        ("zebra crossing", "no brief and no section is called “zebra crossing”"),
        ("all zebra", "no section is called “zebra”"),
        ("all/guatemala", "no section is called “guatemala”"),
        ("all all", "no section is called “all”"),
        ("word " * 40, "no brief and no section has so long a name"),
        (
            "all kind:zebra",
            "no kind is called “zebra”; there are new, correction, update, clarification, evidence, withdrawal",
        ),
        (
            "all kind:editorial",
            "no kind is called “editorial”; there are new, correction, update, clarification, evidence, withdrawal",
        ),
        ("all section:zebra", "no section is called “zebra”"),
        ("all section:guatemala", "no section is called “guatemala”"),
        ("all tag:", "“tag:” is not a valid filter; the filters are kind, section, tag"),
        ("all colour:red", "“colour:red” is not a valid filter; the filters are kind, section, tag"),
        ("all deliver:pigeon", "no way to deliver is called “pigeon”; there are channel, thread, digest"),
        ("all -deliver:thread", "“-deliver:thread” is not a valid filter; the filters are kind, section, tag"),
    ],
)
def test_other_words_are_unclear_for_a_reason(text: str, reason: str) -> None:
    assert typed(text) == ArgumentProblem(reason)


@pytest.mark.parametrize("text", ["kind:correction", "-tag:prisons"])
def test_conditions_alone_are_suggested_for_all_briefs(text: str) -> None:
    assert typed(text) == ArgumentProblem("it does not say what to follow", (f"all {text}",))


def test_a_misspelt_name_names_the_nearest() -> None:
    assert typed("gutemala") == ArgumentProblem("no brief and no section is called “gutemala”", (GUATEMALA,))
    assert typed("leagl") == ArgumentProblem(
        "no brief and no section is called “leagl”", ("legal", "el-salvador-legal")
    )


# Laws

TARGETS = st.one_of(
    st.just(Target()),
    st.builds(Target, brief=st.sampled_from(SLUGS), section=st.none() | st.sampled_from(sorted(VOCABULARY.sections))),
    st.builds(Target, section=st.sampled_from(sorted(VOCABULARY.sections))),
    st.builds(Target, tag=st.sampled_from(["prisons", "law", "x-1", "law,prisons"])),
)
FILTERS = st.one_of(
    st.builds(Filter, field=st.just("kind"), value=st.sampled_from(KINDS), exclude=st.booleans()),
    st.builds(Filter, st.just("section"), st.sampled_from(sorted(VOCABULARY.sections)), st.booleans()),
    st.builds(Filter, field=st.just("tag"), value=st.sampled_from(["prisons", "x-1"]), exclude=st.booleans()),
)
WISHES = st.builds(
    SubscriptionSpec,
    target=TARGETS,
    filters=st.lists(FILTERS, max_size=4, unique=True).map(tuple),
    deliver=st.sampled_from(DELIVERS),
).filter(lambda spec: not (spec.target.tag and any(f.field == "tag" and not f.exclude for f in spec.filters)))
"""Tags beside a tag are alternatives, and part of the target."""


@given(WISHES)
def test_what_a_wish_says_of_itself_is_typed_to_get_it_again(made: SubscriptionSpec) -> None:
    assert parse(f"subscribe {made}", NAMES) == Subscribe(made)


@given(WISHES)
def test_the_text_forms_that_the_database_keeps_give_the_same_values(made: SubscriptionSpec) -> None:
    assert Target.parse(str(made.target)) == made.target
    assert Filter.parse_all(" ".join(map(str, made.filters))) == made.filters


@given(st.text(max_size=100))
def test_every_text_is_a_wish_or_unclear_for_a_reason(text: str) -> None:
    found = typed(text)
    assert isinstance(found, SubscriptionSpec) or found.reason
