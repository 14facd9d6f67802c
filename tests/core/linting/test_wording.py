"""How claims say when, and what was not found."""

import pytest

from bot.core.briefs.brief import BriefContent, Status
from bot.core.linting.wording import check_wording, names_year, reads_as_fact
from tests.make import brief, claim

WITH_YEAR = [
    "It began in 2025.",
    "It began on 3 March 2025, and went on.",
    "The Safety of Rwanda Act 2024 was repealed.",
    "[2023] UKSC 42 was the ruling.",
    "Afroyim v. Rusk (1967) held so.",
    "It was so from 2019–2020.",
    "It was so in 2019-20, and in no other year.",
    "It was so in 2024/25.",
    "It was so in 2023/2024.",
    "In the 1990s it was so.",
    "In mid-2025 it was so.",
    "Of post-2020 laws it is one.",
    "On 2025-02-10 it was so.",
    "On 10.02.2025 it was so.",
    "On 2/10/2025 it was so.",
    "The 2025-era rule stands.",
    "2099’s rule, “2025”, is one.",
    "In 1500 it was so",
    "Section 1983 of an act of 1871 says so.",
    "He paid $2000 in 2019.",
]
WITHOUT_YEAR = [
    "It is so.",
    "",
    "On 3 March it began.",
    "It cost 2,025 pounds.",
    "It cost $2000.",
    "It cost € 2000.",
    "It cost 2000.50 pounds.",
    "It cost 2000,50 pounds.",
    "Proclamation 10903 says so.",
    "Proclamation 1903 says so.",
    "It holds 20250 chests.",
    "It holds 12025 chests.",
    "It was so in 1499, and will be in 2100.",
    "Case UKPC-2024-0071 says so.",
    "Regulation (EU) 2024/1347 says so.",
    "Resolution A/RES/2019/12 says so.",
    "Resolution 1973 says so.",
    "Case No. 2025-117 says so.",
    "Case No. 2025 says so.",
    "Case 25-cv-1951 says so.",
    "18 U.S.C. § 1983 says so.",
    "Section 1983 says so.",
    "Flight AB2025 left.",
    "File 2025A says so.",
    "The chair of ’25 said so.",
]


@pytest.mark.parametrize("text", WITH_YEAR)
def test_a_year_in_any_form_counts(text: str) -> None:
    assert names_year(text)


@pytest.mark.parametrize("text", WITHOUT_YEAR)
def test_a_number_or_an_identifier_is_no_year(text: str) -> None:
    assert not names_year(text)


def found(content: BriefContent) -> list[tuple[str, object]]:
    return [(each.code, each.at) for each in check_wording(content)]


@pytest.mark.parametrize(
    ("status", "undated", "codes"),
    [
        ("published", False, ["B227"]),
        ("published", True, []),
        ("draft", False, []),
        ("withdrawn", False, []),
    ],
)
def test_a_claim_of_a_published_brief_names_a_year_or_is_undated(
    status: Status, undated: bool, codes: list[str]
) -> None:
    content = brief("tea", {"legal": [claim("one", "In 1773."), claim("two", undated=undated)]}, status=status)
    assert found(content) == [(code, ("sections", "legal", "claims", 1, "text")) for code in codes]


@pytest.mark.parametrize(
    "text",
    [
        "Whether a citizen was sent there in 2025: no report read says so.",
        "It was not found in the reports of 2025 that a citizen was sent there.",
        "No source names a citizen who was sent there in 2025.",
        "No independent press report of 2025 names one.",
        "That a citizen was sent there in 2025 could not be confirmed.",
        "That a citizen was sent there in 2025 has not been reported.",
        "A treaty of 2025 hasn’t been published.",
        "It is unclear who paid in 2025.",
        "Who paid in 2025 is unknown.",
        "Unverified: a citizen was sent there in 2025.",
        "A treaty of 2025 was not checked.",
        "There is no public record of a payment in 2025.",
        "The reports of 2025 say nothing; nothing was found in the records either.",
    ],
)
def test_an_unverified_claim_with_a_mark_of_doubt_is_no_statement(text: str) -> None:
    assert not reads_as_fact(claim("one", text))


@pytest.mark.parametrize(
    "text",
    [
        "A citizen was sent there in 2025.",
        "The minister knew of it in 2025, and said no.",
        "Nobody was sent there in 2025.",
        "The offer of 2025 included a new prison.",
        "The source of the money was a fund of 2025.",
    ],
)
def test_an_unverified_claim_without_one_reads_as_a_fact(text: str) -> None:
    unverified = claim("one", text, standing="unverified", note="Looked for.")
    assert found(brief("tea", {"legal": [unverified]})) == [("B308", ("sections", "legal", "claims", 0, "text"))]
    assert found(brief("tea", {"legal": [claim("one", text)]})) == []
