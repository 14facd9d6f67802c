"""The gate lets through what is right, and an error between two files falls on the one that has changed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, SectionMeta, Vocabulary
from bot.core.linting.gate import STORE, Admission, Content, admit, reason_to_hold
from tests.make import VOCABULARY, brief, claim


def named(slug: str, *aliases: str, section: str = "legal", **fields: object) -> Brief:
    return brief(slug, {section: [claim("a", f"What {slug} is about.")]}, aliases=aliases, **fields)  # type: ignore[arg-type]


def content(*briefs: Brief, vocabulary: Vocabulary = VOCABULARY) -> Content:
    return Content({each.slug: each for each in briefs}, vocabulary)


def codes(admission: Admission) -> dict[str, list[str]]:
    return {slug: [problem.code for problem in problems] for slug, problems in admission.problems.items()}


def aliases(admission: Admission) -> Mapping[str, tuple[str, ...]]:
    return {slug: each.aliases for slug, each in admission.content.briefs.items()}


TEA, COFFEE = named("tea", "cuppa"), named("coffee")


def test_without_a_clash_readers_see_the_files() -> None:
    after = content(named("tea", "brew"), COFFEE, named("cocoa"))
    assert admit(content(TEA, COFFEE), after) == Admission(after)


@pytest.mark.parametrize("slug", ["a-new-one", "zest"])
def test_an_alias_of_an_untouched_brief_is_refused_in_the_one_that_changed(slug: str) -> None:
    """Whichever name comes first by the alphabet."""
    admission = admit(content(TEA), content(TEA, named(slug, "cuppa")))
    assert (codes(admission), aliases(admission)) == ({slug: ["B204"]}, {"tea": ("cuppa",)})


def test_a_new_brief_whose_name_is_anothers_alias_is_refused() -> None:
    admission = admit(content(TEA), content(TEA, named("cuppa")))
    assert (codes(admission), aliases(admission)) == ({"cuppa": ["B204"]}, {"tea": ("cuppa",)})


def test_a_refused_edit_leaves_the_published_version() -> None:
    admission = admit(content(TEA, COFFEE), content(TEA, named("coffee", "cuppa")))
    assert (codes(admission), admission.content.briefs["coffee"]) == ({"coffee": ["B204"]}, COFFEE)


def test_an_alias_may_go_from_one_to_another_at_once() -> None:
    after = content(named("tea"), named("coffee", "cuppa"))
    assert admit(content(TEA, COFFEE), after) == Admission(after)


def test_what_clashes_with_the_published_version_of_a_refused_brief_is_refused_as_well() -> None:
    """Tea gives its alias away, but is refused for another one, and so keeps it."""
    after = content(named("tea", "help"), named("coffee", "cuppa"))
    admission = admit(content(TEA, COFFEE), after)
    assert codes(admission) == {"tea": ["B205"], "coffee": ["B204"]}
    assert admission.content.briefs == {"tea": TEA, "coffee": COFFEE}


def test_of_two_new_briefs_with_one_alias_one_gets_through() -> None:
    admission = admit(content(), content(named("b", "x"), named("a", "x")))
    assert (codes(admission), set(admission.content.briefs)) == ({"b": ["B204"]}, {"a"})


@pytest.mark.parametrize(
    ("after", "code"),
    [(named("tea", "help"), "B205"), (named("tea", "law"), "B205"), (named("tea", section="overviw"), "B206")],
)
def test_words_of_the_command_and_sections_that_are_not_there_are_refused(after: Brief, code: str) -> None:
    admission = admit(content(TEA), content(after))
    assert (codes(admission), admission.content.briefs) == ({"tea": [code]}, {"tea": TEA})


def test_clashes_of_earlier_versions_are_named_and_withdraw_nothing() -> None:
    both = content(TEA, named("brew", "cuppa"))
    admission = admit(both, Content(dict(both.briefs), both.vocabulary))
    assert (codes(admission), admission.content.briefs) == ({"tea": ["B204"]}, both.briefs)


# The vocabulary

WITH_COSTS = replace(VOCABULARY, sections={**VOCABULARY.sections, "costs": SectionMeta(title="Costs")})


def test_a_vocabulary_and_the_briefs_that_need_it_come_together() -> None:
    after = content(named("tea", section="costs"), vocabulary=WITH_COSTS)
    assert admit(content(TEA), after) == Admission(after)


@pytest.mark.parametrize("lead", ["nosuch", "tea"])
def test_a_lead_that_cannot_answer_leaves_the_published_vocabulary(lead: str) -> None:
    published = content(named("tea", status="draft"), COFFEE)
    admission = admit(published, replace(published, vocabulary=replace(VOCABULARY, lead=lead)))
    assert (codes(admission), admission.content.vocabulary) == ({STORE: ["B207"]}, VOCABULARY)


@pytest.mark.parametrize(
    "after",
    [
        replace(VOCABULARY, sections={"reactions": VOCABULARY.sections["reactions"]}),
        replace(VOCABULARY, sections={**VOCABULARY.sections, "cuppa": SectionMeta(title="Cups")}),
    ],
)
def test_a_vocabulary_that_breaks_an_untouched_brief_is_at_fault(after: Vocabulary) -> None:
    admission = admit(content(TEA), content(TEA, vocabulary=after))
    assert (set(codes(admission)), admission.content) == ({STORE}, content(TEA))
    assert "tea" in admission.problems[STORE][0].message


def test_a_section_that_is_gone_is_one_problem_at_the_key_that_may_be_meant() -> None:
    briefs = [named(slug) for slug in ("tea", "coffee", "cocoa")]
    sections = {"reactions": VOCABULARY.sections["reactions"], "leagl": VOCABULARY.sections["legal"]}
    admission = admit(content(*briefs), content(*briefs, vocabulary=replace(VOCABULARY, sections=sections)))
    assert codes(admission) == {STORE: ["B216"]}
    (problem,) = admission.problems[STORE]
    assert (problem.at, problem.message) == (
        ("sections", "leagl"),
        'the section "legal" is missing, and 3 briefs use it',
    )


def test_what_clashes_with_a_refused_vocabulary_alone_gets_through() -> None:
    after = replace(WITH_COSTS, lead="nosuch")
    admission = admit(content(TEA), content(named("tea", "costs"), vocabulary=after))
    assert (set(codes(admission)), aliases(admission)) == ({STORE}, {"tea": ("costs",)})


def test_a_brief_that_needs_a_refused_vocabulary_waits_for_it() -> None:
    after = replace(WITH_COSTS, lead="nosuch")
    admission = admit(content(TEA), content(named("tea", section="costs"), vocabulary=after))
    assert (codes(admission), admission.content) == ({STORE: ["B207"], "tea": ["B206"]}, content(TEA))


def test_without_a_vocabulary_sections_are_not_judged() -> None:
    after = content(named("tea", section="anything"), vocabulary=NO_VOCABULARY)
    assert admit(content(vocabulary=NO_VOCABULARY), after) == Admission(after)


def test_a_vocabulary_that_is_gone_stays_as_published_and_judges_the_briefs() -> None:
    new, bad = named("cocoa"), named("coffee", section="anything")
    admission = admit(content(TEA), content(TEA, new, bad, vocabulary=NO_VOCABULARY))
    assert codes(admission) == {STORE: ["B510"], "coffee": ["B206"]}
    assert admission.content == content(TEA, new)


# Away for the moment


def test_what_clashes_with_an_absent_brief_waits_without_an_error() -> None:
    admission = admit(content(TEA), content(TEA, named("tea-duty", "cuppa")), absent={"tea"})
    assert (codes(admission), set(admission.waiting), set(admission.content.briefs)) == ({}, {"tea-duty"}, {"tea"})


def test_a_brief_that_may_be_an_absent_one_under_another_name_waits() -> None:
    moved = replace(named("tea"), slug="tea-duty")
    admission = admit(content(TEA), content(TEA, moved), absent={"tea"})
    assert (set(admission.waiting), set(admission.content.briefs)) == ({"tea-duty"}, {"tea"})


def test_other_errors_are_named_although_some_file_is_away() -> None:
    admission = admit(content(TEA, COFFEE), content(TEA, named("coffee", "help")), absent={"tea"})
    assert (codes(admission), admission.waiting) == ({"coffee": ["B205"]}, frozenset())


# Most of it gone


@pytest.mark.parametrize(
    ("published", "left", "held"),
    [
        ("", "", False),
        ("a", "a", False),
        ("a", "", True),
        ("ab", "a", False),
        ("ab", "", True),
        ("abc", "bc", False),
        ("abc", "c", True),
        ("abcd", "cd", False),
        ("abcd", "d", True),
        ("abcdefghi", "fghi", True),
        ("abcdefghi", "efghi", False),
    ],
)
def test_more_than_half_and_more_than_one_is_never_meant(published: str, left: str, held: bool) -> None:
    before = {slug: named(slug) for slug in published}
    assert bool(reason_to_hold(before, {slug: before[slug] for slug in left})) == held


def test_a_withdrawal_is_meant_and_a_withdrawn_brief_may_go() -> None:
    before = {slug: named(slug) for slug in "abc"}
    withdrawn = {slug: replace(each, status="withdrawn") for slug, each in before.items()}
    assert reason_to_hold(before, withdrawn) is None
    assert reason_to_hold(withdrawn, {}) is None


def test_renamed_briefs_are_still_there() -> None:
    before = {slug: named(slug) for slug in "abc"}
    assert (
        reason_to_hold(before, {f"new-{slug}": replace(each, slug=f"new-{slug}") for slug, each in before.items()})
        is None
    )
