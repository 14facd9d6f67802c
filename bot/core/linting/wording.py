"""Checks B227 and B308: whether a claim says when, and whether one that was not found says so."""

import re
from collections.abc import Iterator

from bot.core.briefs.brief import BriefContent, Claim
from bot.core.linting import wording_rules
from bot.core.linting.diagnostic import Path, Problem

_DIGITS = r"(?:1[5-9]|20)\d\d"
# Begins with the character that comes first, so that `re` skips to the next of these.
_YEAR = re.compile(
    # Of no longer number or identifier: `A/RES/2019`, `$2000`, `§ 1983`, `Section 1983`, `No. 2019`.
    r"[12](?<![\w.,/$£€#§-][12])(?<![$£€§][ \xa0].)(?<!\bNo\. .)(?<!\b[Ss]ection .)(?<!\b[Aa]rticle .)"
    r"(?<!\bResolution .)(?<!\bProclamation .)"
    r"(?:(?<=1)[5-9]|(?<=2)0)\d\d"
    # Nor `2019,5`, `2024/1347`, `2024-0071`, `2019-A`; but `1990s`, `2024-25`, `2024/2025`, `2025-02-10`.
    rf"(?!s?\w(?<!s)|s\w|[.,]\d|[-–/](?!(?:\d\d|{_DIGITS}|[01]\d-[0-3]\d)\b(?![-/]\d))[A-Z\d])"
)
_YEAR_IN_A_WORD = re.compile(rf"[A-Za-z][a-z]{{2}}-{_DIGITS}\b|\b\d\d?([./])\d\d?\1{_DIGITS}\b")
"""`mid-2025`, and days such as `10.2.2025`."""

_DOUBT = re.compile(
    r"\b(?:whether|unverified|unconfirmed|unclear|unknown|uncertain|unproven|could not|couldn['’]t|cannot be"
    r"|not (?:yet )?(?:been|found|reported|confirmed|checked|verified|known|established|documented|seen|clear|certain)"
    r"|[a-z]+n['’]t (?:been|found)|found (?:no|nothing)|nothing (?:was |has been )?(?:found|read|reported|seen|says)"
    r"|no (?:[\w'’-]+ ){0,2}(?:account|confirmation|document|evidence|page|proof|record|report|sign|source|trace)s?)\b",
    re.IGNORECASE,
)
"""What tells a reader of an unverified claim that it is no fact."""


def check_wording(brief: BriefContent) -> Iterator[Problem]:
    """The claims that do not say when, in a published brief, and those that read as facts and are none, unless in a
    draft, where these wait for their sources."""
    is_published, is_draft = brief.status == "published", brief.status == "draft"
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            at: Path = ("sections", key, "claims", index, "text")
            if is_published and not claim.undated and not names_year(claim.text):
                yield wording_rules.no_year(at)
            if claim.standing == "unverified" and not is_draft and reads_as_fact(claim):
                yield wording_rules.reads_as_fact(at)


def names_year(text: str) -> bool:
    """Whether there is a year from 1500 to 2099 in a text, in digits, that is not part of a number or an identifier."""
    return (_YEAR.search(text) or _YEAR_IN_A_WORD.search(text)) is not None


def reads_as_fact(claim: Claim) -> bool:
    """Whether the words of a claim, read without its standing, are a plain statement."""
    return not _DOUBT.search(claim.text)
