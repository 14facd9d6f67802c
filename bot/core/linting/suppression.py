"""What `lint-ignore` of a brief leaves out of a check, and the entries that are of no use."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.core.briefs.brief import LINT_IGNORE, BriefContent, Suppression
from bot.core.linting import content_rules
from bot.core.linting.catalogue import all_rules, nearest_code
from bot.core.linting.diagnostic import FilePosition, Path, Problem, is_error
from bot.core.spelling import closest_match


def unsuppressed(problems: Iterable[Problem], brief: BriefContent, today: date | None) -> Iterator[Problem]:
    """The problems without those that an entry of `lint-ignore` covers, then the problems of these entries. Without a
    day (None) entries never end, and none is called unused."""
    entries = [each for each in brief.lint_ignore if not _is_past(each, today)]
    used: set[tuple[str, str | None]] = set()
    for problem in problems:
        claim = _claim(problem.at, brief)
        if not is_error(problem) and any(_covers(entry, problem, claim) for entry in entries):
            used |= {(problem.code, claim), (problem.code, None)}
        else:
            yield problem
    for index, entry in enumerate(brief.lint_ignore):
        yield from _problems((LINT_IGNORE, index), entry, used, brief, today)


def _covers(entry: Suppression, problem: Problem, claim: str | None) -> bool:
    return entry.rule == problem.code and (not entry.claims or claim in entry.claims)


def _claim(at: Path | FilePosition, brief: BriefContent) -> str | None:
    """The id of the claim in which a problem stands; None for one elsewhere."""
    match at:
        case ("sections", str(key), "claims", int(index), *_):
            return brief.sections[key].claims[index].id
        case _:
            return None


def _problems(
    at: Path, entry: Suppression, used: set[tuple[str, str | None]], brief: BriefContent, today: date | None
) -> Iterator[Problem]:
    rule = all_rules().get(entry.rule)
    if rule is None or rule.severity == "error":
        nearest = nearest_code(entry.rule) if rule is None else None
        yield content_rules.not_suppressible((*at, "rule"), entry.rule, nearest, rule is not None)
    elif today is None:
        return
    elif _is_past(entry, today):
        yield content_rules.outdated_suppression((*at, "until"), entry.rule, entry.until.isoformat())
    elif not entry.claims and (entry.rule, None) not in used:
        yield content_rules.unused_suppression((*at, "rule"), entry.rule, None, None, False)
    else:
        ids = [claim.id for _, claim in brief.claims()]
        for index, claim in enumerate(entry.claims):
            if (entry.rule, claim) not in used:
                where, nearest = (*at, "claims", index), closest_match(claim, ids)
                yield content_rules.unused_suppression(where, entry.rule, claim, nearest, claim in ids)


def _is_past(entry: Suppression, today: date | None) -> bool:
    # Without a day where the schema refused it: such files are checked too, to name all problems at once.
    return today is not None and entry.until is not None and entry.until < today
