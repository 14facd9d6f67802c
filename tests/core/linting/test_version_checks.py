"""What changed between two versions without anybody saying so."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.briefs.brief import Brief, ChangeKind, Claim, Evidence, Section
from bot.core.briefs.canonical import named, revision, unnamed
from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.changes.diff import diff_brief
from bot.core.changes.rename import renames
from bot.core.linting.version_checks import check_aliases, check_change_set, check_gone, check_section_names
from tests.ferries import ALTERNATIVE, CHARTER, COURT, HALVED, RADIO, edited, ferries, noted, with_claims
from tests.make import brief, claim

OLD = ferries()
FOUR = replace(HALVED, text=HALVED.text.replace("six", "four"))
REWORDED = replace(HALVED, text=HALVED.text.replace("cut the number", "reduced the number"))


def problems(before: Brief, after: Brief) -> list[str]:
    """`<code> <path>` of each problem."""
    change_set = diff_brief(before, after)
    problems = check_change_set(change_set) if change_set else ()
    return [f"{p.code} {'.'.join(map(str, p.at))}" for p in problems]


def claims(*overview: Claim) -> Brief:
    return with_claims(OLD, overview=list(overview))


def quoting(quote: str, claim: Claim = HALVED) -> Claim:
    return replace(claim, evidence=(replace(claim.evidence[0], quote=quote),))


QUOTED = claims(quoting("the crossings fall from twelve to six"), ALTERNATIVE)
HALVED_AT = "sections.overview.claims.0"
ID = HALVED.id


# Ids


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        (replace(HALVED, id="cut"), [f"B503 {HALVED_AT}.id"]),
        (replace(FOUR, id="cut"), [f"B503 {HALVED_AT}.id"]),
        (replace(HALVED, text="Nobody knows why the mayor resigned."), [f"B504 {HALVED_AT}.text"]),
        (replace(HALVED, text="Since 3 March 2025 only six ferries run a day, as the harbour board decided."), []),
    ],
)
def test_a_claim_keeps_its_id_and_an_id_its_statement(claim: Claim, codes: list[str]) -> None:
    without_quotes = replace(claim, evidence=(Evidence(source="gazette"),))
    assert problems(OLD, noted(claims(without_quotes, ALTERNATIVE), "update", "So.")) == codes


def test_a_claim_with_the_same_quotation_is_the_same_statement() -> None:
    reworded = replace(HALVED, text="Crossings were reduced: half as many boats sail.")
    assert problems(OLD, noted(claims(reworded, ALTERNATIVE), "update", "So.")) == []


def test_claims_that_exchange_their_ids_are_other_statements() -> None:
    first, second = (replace(c, evidence=(Evidence(source="gazette"),)) for c in (HALVED, ALTERNATIVE))
    old, new = claims(first, second), claims(replace(second, id=first.id), replace(first, id=second.id))
    assert {each[:4] for each in problems(old, noted(new, "update", "So."))} == {"B504"}


# Editorial changes


@pytest.mark.parametrize(
    ("after", "codes"),
    [
        (claims(FOUR, ALTERNATIVE), [f"B505 {HALVED_AT}"]),
        (claims(REWORDED, ALTERNATIVE), []),
        (claims(replace(HALVED, standing="disputed", note="So."), ALTERNATIVE), [f"B505 {HALVED_AT}"]),
        (claims(HALVED), ["B505 sections.overview.claims"]),
        (claims(HALVED, ALTERNATIVE, replace(CHARTER, id="new")), ["B505 sections.overview.claims.2"]),
        (edited(OLD, title=f"{OLD.title} of 2026"), ["B505 title"]),
        (edited(OLD, summary=f"{OLD.summary} Nobody did."), ["B505 summary"]),
        (edited(OLD, sources={**OLD.sources, "radio": replace(RADIO, date="1999")}), ["B505 sources.radio"]),
        (edited(OLD, summary=OLD.summary.replace("halved", "cut")), ["B505 summary"]),
        (edited(OLD, owner="another", aliases=(*OLD.aliases, "boats")), []),
    ],
)
def test_an_editorial_change_touches_no_fact(after: Brief, codes: list[str]) -> None:
    assert problems(OLD, noted(after, "editorial", "Style.")) == codes
    assert "B505" not in " ".join(problems(OLD, noted(after, "clarification", "Style.")))


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [("page 12", "page 13", True), ("page 12", "p. 12", False), (None, "page 12", False), ("page 12", None, False)],
)
def test_an_editorial_change_of_where_a_passage_is_keeps_the_number(
    before: str | None, after: str | None, *, is_refused: bool
) -> None:
    old, new = (
        claims(replace(HALVED, evidence=(replace(HALVED.evidence[0], locator=each),)), ALTERNATIVE)
        for each in (before, after)
    )
    assert problems(old, noted(new, "editorial", "Style.")) == ([f"B505 {HALVED_AT}"] if is_refused else [])


@pytest.mark.parametrize(
    ("quote", "codes"),
    [
        ("the crossings fall from twelve to four", [f"B505 {HALVED_AT}"]),
        ("The crossings fall, from twelve to six", []),
    ],
)
def test_of_a_quotation_an_editorial_change_may_touch_punctuation(quote: str, codes: list[str]) -> None:
    assert problems(QUOTED, noted(claims(quoting(quote), ALTERNATIVE), "editorial", "Style.")) == codes


def test_a_brief_that_is_published_again_is_told_whatever_its_note_is_called() -> None:
    gone = edited(noted(OLD, "withdrawal", "It was wrong."), status="withdrawn")
    again = noted(edited(gone, status="published"), "editorial", "Style.")
    change_set = diff_brief(gone, again)
    assert (problems(gone, again), change_set is not None and change_set.is_silent) == (["B406 status"], False)


# What has no note, or the wrong one


def test_a_claim_that_goes_needs_a_note() -> None:
    assert problems(OLD, claims(HALVED)) == ["B506 sections.overview.claims"]
    assert problems(OLD, noted(claims(HALVED), "update", "So.")) == []
    assert problems(OLD, noted(claims(HALVED), "update", "So.", claims=(ALTERNATIVE.id,))) == []
    assert problems(OLD, noted(claims(HALVED), "update", "So.", claims=(ID,))) == ["B506 sections.overview.claims"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, 'the claim "c0" is gone without a note'),
        (2, '2 claims are gone without a note: "c0", "c1"'),
        (40, '40 claims are gone without a note: "c0", "c1", "c2" and 37 more'),
    ],
)
def test_claims_that_go_together_are_one_problem(number: int, words: str) -> None:
    many = tuple(claim(f"c{n}", f"In town {n} the ferry was sold.") for n in range(number))
    change_set = diff_brief(claims(*many, HALVED), claims(HALVED))
    assert change_set is not None
    assert [each.message for each in check_change_set(change_set)] == [words]


@pytest.mark.parametrize(
    ("quote", "kind", "codes"),
    [
        ("the crossings never fall from twelve to six", "update", [f"B507 {HALVED_AT}"]),
        ("the crossings never fall from twelve to six", "correction", []),
        ("so the crossings fall from twelve to six a day", "update", []),
        ("a wholly different sentence of the same page", "update", []),
    ],
)
def test_an_edited_quotation_is_a_correction(quote: str, kind: Any, codes: list[str]) -> None:
    assert problems(QUOTED, noted(claims(quoting(quote), ALTERNATIVE), kind, "So.")) == codes


@pytest.mark.parametrize(
    ("after", "named", "codes"),
    [
        (claims(FOUR, ALTERNATIVE), {"claims": (ID,)}, []),
        (claims(FOUR, ALTERNATIVE), {}, []),
        (claims(FOUR, ALTERNATIVE), {"claims": (ALTERNATIVE.id,)}, [f"B509 {HALVED_AT}", "B508 changes.0.claims.0"]),
        (claims(REWORDED, ALTERNATIVE), {"claims": (ID, "gone-before")}, ["B508 changes.0.claims.1"]),
        (claims(FOUR, ALTERNATIVE), {"sources": ("gazette",)}, [f"B509 {HALVED_AT}"]),
        (OLD, {}, ["B508 changes.0"]),
        (OLD, {"sources": ("radio",)}, ["B508 changes.0.sources.0"]),
        (edited(OLD, sources={**OLD.sources, "radio": replace(RADIO, title="Other")}), {"claims": (COURT.id,)}, []),
        (claims(HALVED), {"claims": (ALTERNATIVE.id,)}, []),
    ],
)
def test_a_correction_note_is_about_what_changed(after: Brief, named: Any, codes: list[str]) -> None:
    assert problems(OLD, noted(after, "correction", "It was wrong.", **named)) == codes


def test_an_update_may_name_what_reads_as_before() -> None:
    assert problems(OLD, noted(OLD, "update", "It still holds.", claims=(ID,))) == []


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        (FOUR, [f"B509 {HALVED_AT}"]),
        (replace(HALVED, text=HALVED.text.replace("March", "May")), [f"B509 {HALVED_AT}"]),
        (REWORDED, []),
    ],
)
def test_a_fact_that_changes_needs_a_note(claim: Claim, codes: list[str]) -> None:
    assert problems(OLD, claims(claim, ALTERNATIVE)) == codes


# Withdrawals


def test_a_brief_that_is_withdrawn_again_needs_a_note_of_its_own() -> None:
    withdrawn = edited(noted(OLD, "withdrawal", "It was wrong."), status="withdrawn")
    back = noted(edited(withdrawn, status="published"), "correction", "It was right.")
    assert problems(back, edited(back, status="withdrawn")) == ["B404 status"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("correction", []), ("new", []), ("update", []), ("editorial", ["B406 status"]), (None, ["B406 status"])],
)
def test_a_brief_that_is_published_again_says_why(kind: ChangeKind | None, codes: list[str]) -> None:
    gone = noted(edited(OLD, status="withdrawn"), "withdrawal", "It rests on a draft.")
    back = edited(gone, status="published")
    assert problems(gone, noted(back, kind, "It was no draft.") if kind else back) == codes
    assert problems(back, edited(noted(back, "withdrawal", "Wrong after all."), status="withdrawn")) == []


# Across briefs

TEA = brief("tea", aliases=("leaves",))


def problems_across(after: dict[str, Brief], before: Brief = TEA) -> list[str]:
    old = {before.slug: before}
    return [f"{slug} {p.code} {p.message}; {p.hint}" for slug, p in check_gone(old, after, renames(old, after))] + [
        f"{slug} {p.code} {p.message}" for slug, p in check_aliases(old, after, renames(old, after))
    ]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({}, "is gone; withdraw it with a note, or"),
        ({"tea": replace(TEA, status="draft", aliases=())}, "is a draft again; set its status to withdrawn"),
        ({"duty": replace(TEA, slug="duty")}, 'is called "duty" now; add "tea" to the aliases of duty'),
        ({"duty": brief("duty", aliases=("coffee",))}, "is gone"),
    ],
)
def test_a_published_brief_does_not_vanish(after: dict[str, Brief], words: str) -> None:
    (problem, *_) = problems_across(after)
    assert problem.startswith('tea B501 the brief "tea" was published and ')
    assert words in problem


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_a_brief_may_be_withdrawn_or_go_on_as_an_alias(status: Any) -> None:
    assert problems_across({"tea": replace(TEA, status=status)}) == []
    other = {"legal": [Claim(id="x", text="Another.")]}
    assert problems_across({"duty": brief("duty", other, aliases=("Tea", "leaves"))}) == []


def claim_of(slug: str, text: str) -> Claim:
    return Claim(id=slug, text=text, evidence=(Evidence(source="gazette"),))


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ({"title": "Another"}, "title"),
        (
            {"sections": {"legal": Section(claims=(claim_of("a", "A is so."), claim_of("b", "B is other.")))}},
            "the claim b",
        ),
        ({"sections": {"legal": Section(claims=(claim_of("a", "A is so."),))}}, "the claim b"),
        ({"tags": ("tea",)}, "tags"),
    ],
)
def test_a_rename_with_another_edit_is_no_rename_and_says_which_edit_it_is(edit: dict[str, Any], what: str) -> None:
    claims = [claim_of("a", "A is so."), claim_of("b", "B is so.")]
    old = brief("tea", {"legal": claims}, title="Tea")
    new = replace(old, slug="duty", aliases=("Tea",), **edit)
    new = named("duty", revision(unnamed(new)), unnamed(new))
    (problem,) = problems_across({"duty": new}, old)
    assert problem.startswith(
        f'tea B501 the brief "tea" was published and is gone: duty is no rename of it, as {what} differs too'
    )


def test_a_draft_may_go() -> None:
    assert problems_across({}, replace(TEA, status="draft")) == []


@pytest.mark.parametrize("aliases", [TEA.aliases, ()])
def test_a_brief_that_is_a_draft_again_is_one_error_whatever_its_aliases(aliases: tuple[str, ...]) -> None:
    (problem,) = problems_across({"tea": replace(TEA, status="draft", aliases=aliases)})
    assert problem.startswith("tea B501 ")


def test_an_alias_stays_or_names_another_brief() -> None:
    without = replace(TEA, aliases=())
    assert problems_across({"tea": without}) == ['tea B502 "leaves" no longer names the brief tea']
    assert problems_across({"tea": without, "leaves": brief("leaves")}) == []
    assert problems_across({"tea": without, "duty": brief("duty", aliases=("Leaves",))}) == []
    assert problems_across({"tea": replace(TEA, aliases=("LEAVES",))}) == []


def test_an_alias_stays_in_a_brief_under_another_name() -> None:
    renamed = replace(TEA, slug="duty", aliases=("tea",))
    assert problems_across({"duty": renamed}) == ['duty B502 "leaves" no longer names the brief tea']
    other = brief("duty", {"legal": [Claim(id="x", text="Another.")]}, aliases=("tea",))
    assert problems_across({"duty": other}) == ['tea B502 "leaves" no longer names the brief tea']


def test_the_names_of_sections_stay() -> None:
    def store(**sections: SectionMeta) -> Vocabulary:
        return Vocabulary(sections=sections)

    def at_and_words(after: Vocabulary) -> list[tuple[object, str]]:
        return [(p.at, p.message) for p in check_section_names(before, after)]

    before = store(legal=SectionMeta(title="Legal", aliases=("law",)))
    assert at_and_words(store(legal=SectionMeta(title="Law"))) == [
        (("sections", "legal", "aliases"), '"law" no longer names the section legal')
    ]
    assert at_and_words(store(rules=SectionMeta(title="Rules", aliases=("law",)))) == [
        (("sections",), '"legal" no longer names the section legal')
    ]
    assert at_and_words(store(rules=SectionMeta(title="Rules", aliases=("Legal", "law")))) == []
