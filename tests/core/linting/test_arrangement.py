"""How claims are arranged for readers: groups, leads, the sections of caveats, and the brief that goes on."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import BriefContent, Caveat, Group, Section, Status
from bot.core.linting.arrangement import check_arrangement, check_successors
from tests.make import brief, claim

CLAIMS = tuple(claim(name) for name in ("one", "two", "three", "four", "five"))
FEW = CLAIMS[:4]


def with_groups(*groups: tuple[tuple[str, ...], bool]) -> BriefContent:
    named = tuple(Group(title=f"Group {n}", claims=claims, folded=folded) for n, (claims, folded) in enumerate(groups))
    content = brief("tea", {"legal": FEW, "rights": [claim("six")]})
    return replace(content, sections={**content.sections, "legal": Section(claims=FEW, groups=named)})


def with_leads(count: int, *leads: int, status: Status = "published") -> BriefContent:
    claims = [replace(each, lead=n in leads) for n, each in enumerate(CLAIMS[:count])]
    return brief("tea", {"legal": claims}, status=status)


def found(content: BriefContent) -> list[tuple[str, object]]:
    return [(each.code, each.at[2:]) for each in check_arrangement(content)]


@pytest.mark.parametrize(
    ("groups", "problems"),
    [
        ([], []),
        ([(("one", "two"), False), (("three",), True)], []),
        ([(("four",), True)], []),
        ([(("one", "tow"), False)], [("B220", ("groups", 0, "claims", 1))]),
        ([(("six",), False)], [("B220", ("groups", 0, "claims", 0))]),
        ([(("one", "two", "one"), False)], [("B221", ("groups", 0, "claims", 2))]),
        ([(("one",), False), (("two", "one"), False)], [("B221", ("groups", 1, "claims", 1))]),
        ([(("one",), True), (("two",), False)], [("B222", ("groups", 0, "folded"))]),
        ([(("one",), True), (("two",), True)], [("B222", ("groups", 0, "folded"))]),
    ],
)
def test_groups_name_each_claim_of_their_section_once(
    groups: list[tuple[tuple[str, ...], bool]], problems: list[tuple[str, object]]
) -> None:
    assert found(with_groups(*groups)) == problems


def test_a_group_gets_the_nearest_claim_and_the_group_that_has_it() -> None:
    unknown, twice = check_arrangement(with_groups((("one", "twoo"), False), (("one",), False)))
    assert (unknown.message, unknown.hint) == (
        'the group names "twoo", which is no claim of the section "legal"',
        'did you mean "two"?',
    )
    assert twice.message == 'the claim "one" stands in the group "Group 0" already'


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (with_leads(4), []),
        (with_leads(5), [("B226", ())]),
        (with_leads(5, status="draft"), []),
        (with_leads(5, status="withdrawn"), []),
        (with_leads(5, 4), []),
        (with_leads(5, 0, 3), []),
        (with_leads(5, 0, 2, 4), [("B223", ("claims", 4, "lead"))]),
        (with_leads(5, 0, 1, 2, 3, 4), [("B223", ("claims", 2, "lead"))]),
    ],
)
def test_a_long_section_has_one_or_two_leads(content: BriefContent, problems: list[tuple[str, object]]) -> None:
    assert found(content) == problems


def test_a_caveat_concerns_sections_of_its_brief() -> None:
    caveats = (Caveat(text="It is so."), Caveat(text="It is so.", sections=("legal", "leagl")))
    (problem,) = check_arrangement(brief("tea", caveats=caveats))
    assert (problem.code, problem.at) == ("B224", ("caveats", 1, "sections", 1))
    assert problem.hint == 'did you mean "legal"?'


@pytest.mark.parametrize(
    ("successors", "problems"),
    [
        ({}, {}),
        ({"tea": "harbour"}, {}),
        ({"tea": "harbour", "harbour": "port"}, {}),
        ({"tea": "broken"}, {}),
        ({"tea": "tea"}, {"tea": "is this brief itself"}),
        ({"tea": "harbor"}, {"tea": "does not exist"}),
        ({"tea": "draft"}, {"tea": "is not published"}),
        ({"tea": "gone"}, {"tea": "is not published"}),
        ({"tea": "port", "port": "tea"}, dict.fromkeys(["tea", "port"], "goes on in this one again")),
        ({"tea": "harbour", "harbour": "port", "port": "harbour"}, {"harbour": "again", "port": "again"}),
    ],
)
def test_a_brief_goes_on_in_another_that_is_published(successors: dict[str, str], problems: dict[str, str]) -> None:
    statuses: dict[str, Status] = {"draft": "draft", "gone": "withdrawn"}
    briefs = {
        slug: brief(slug, status=statuses.get(slug, "published"), continued_in=successors.get(slug))
        for slug in ("tea", "harbour", "port", "draft", "gone")
    }
    said = dict(check_successors(briefs, {"broken"}))
    assert said.keys() == problems.keys()
    assert all(said[slug].message.endswith(end) for slug, end in problems.items())
    assert all((each.code, each.severity, each.at) == ("B225", "warning", ("continued_in",)) for each in said.values())


def test_a_successor_that_is_misspelt_gets_the_nearest_published_brief() -> None:
    briefs = {"tea": brief("tea", continued_in="harbor"), "harbour": brief("harbour"), "harbo": brief("harbo")}
    briefs["harbo"] = brief("harbo", status="draft")
    ((_, problem),) = check_successors(briefs, ())
    assert problem.hint == 'did you mean "harbour"?'
