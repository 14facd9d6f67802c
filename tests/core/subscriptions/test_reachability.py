"""What could never be the reason for a post is refused, with what is near."""

import pytest

from bot.core.subscriptions.reachability import unreachable
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target
from tests.make import VOCABULARY, brief, claim

BRIEFS = [
    brief("guatemala", {"legal": [claim("a")]}, tags=("prisons", "americas")),
    brief("rwanda", {"legal": [claim("b")], "overview": [claim("c")]}, tags=("europe", "united", "kingdom")),
]


def spec(text: str) -> SubscriptionSpec:
    target, _, filters = text.partition(" ")
    return SubscriptionSpec(Target.parse(target), Filter.parse_all(filters))


REACHABLE = [
    "all",
    "all kind:correction",
    "all kind:correction -kind:evidence",
    "all kind:correction kind:update -kind:update",
    "guatemala",
    "guatemala/legal",
    "guatemala/legal section:legal",
    "all/overview",
    "tag:prisons",
    "tag:europe,prisons",
    "tag:prisons tag:americas",
    "all tag:prisons tag:europe",
    "guatemala tag:prisons tag:europe",
    "guatemala -tag:europe",
    "all -section:legal",
    "nowhere",
]

# What is followed, why that never fires, and what is suggested.
UNREACHABLE = """
tag:prison | no brief has the tag “prison” | tag:prisons
tag:europe,prison | no brief has the tag “prison” | tag:europe,prisons
all tag:prison kind:new | no brief has the tag “prison” | all tag:prisons kind:new
all -tag:prison | no brief has the tag “prison” | all -tag:prisons
all tag:united-kingdom | no brief has the tag “united-kingdom” | all tag:united; all tag:kingdom
tag:nope | no brief has the tag “nope” |
all kind:correction -kind:correction | kind:correction and -kind:correction leave nothing to post | \
all kind:correction; all -kind:correction
all section:legal -section:legal | section:legal and -section:legal leave nothing to post | \
all section:legal; all -section:legal
guatemala tag:europe | the brief guatemala does not meet tag:europe | guatemala
tag:prisons -tag:americas | no brief of these meets -tag:americas | tag:prisons
guatemala/legal section:overview | section:overview leaves no section of guatemala/legal | guatemala/legal
guatemala/overview | the brief guatemala has no section overview | guatemala; guatemala/legal
all/reactions | no brief has the section reactions |
guatemala -section:legal | -section:legal leaves no section of guatemala | guatemala
"""


@pytest.mark.parametrize("text", REACHABLE)
def test_what_a_change_can_meet_is_followed(text: str) -> None:
    assert unreachable(spec(text), BRIEFS, VOCABULARY) is None


@pytest.mark.parametrize("row", UNREACHABLE.replace("\\\n", "").strip().splitlines())
def test_what_nothing_can_meet_is_refused_with_what_is_near(row: str) -> None:
    text, reason, nearest = (part.strip() for part in row.split("|"))
    problem = unreachable(spec(text), BRIEFS, VOCABULARY)
    assert problem is not None
    assert problem.reason == reason
    assert "; ".join(map(str, problem.nearest)) == nearest


def test_where_no_tag_is_near_all_are_listed() -> None:
    problem = unreachable(spec("tag:nope"), BRIEFS, VOCABULARY)
    assert problem is not None
    assert problem.tags == ("americas", "europe", "kingdom", "prisons", "united")


def test_what_is_suggested_can_be_followed() -> None:
    for row in UNREACHABLE.replace("\\\n", "").strip().splitlines():
        problem = unreachable(spec(row.split("|")[0].strip()), BRIEFS, VOCABULARY)
        assert problem is not None
        assert [unreachable(each, BRIEFS, VOCABULARY) for each in problem.nearest] == [None] * len(problem.nearest)


def test_before_the_first_brief_all_is_followed() -> None:
    assert unreachable(spec("all kind:new"), [], VOCABULARY) is None
    assert unreachable(spec("all/legal"), [], VOCABULARY) is None
