"""Registers rules: code, severity and messages. The docstring of a rule is its entry in docs/rules.md.

The rules are in `syntax_rules`, `schema_rules` and `directory_rules` (B1xx, checked in content), `brief_rules`,
`arrangement_rules`, `word_rules`, `wording_rules` and `note_rules` (B2xx to B4xx, checked in `checks`) and
`version_rules` (B5xx, checked in `version_checks`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Concatenate, ParamSpec

from bot.core.linting.diagnostic import FilePosition, Path, Problem, Severity

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `page` is its explanation for maintainers of briefs, in Markdown, with at least one sentence."""

    code: str
    severity: Severity
    page: str


RULES: dict[str, Rule] = {}
"""By code. All rules are in it: the package imports their modules."""


def rule(
    code: str, severity: Severity = "error"
) -> Callable[[Callable[P, tuple[str, str]]], Callable[Concatenate[Path | FilePosition, P], Problem]]:
    """Registers a function that returns (message, hint), and makes it return a `Problem` instead. Its first argument is
    then where the problem is."""

    def register(describe: Callable[P, tuple[str, str]]) -> Callable[Concatenate[Path | FilePosition, P], Problem]:
        RULES[code] = Rule(code, severity, cleandoc(describe.__doc__ or ""))

        def problem(at: Path | FilePosition, /, *args: P.args, **kwargs: P.kwargs) -> Problem:
            message, hint = describe(*args, **kwargs)
            return Problem(code, severity, at, message, hint)

        return problem

    return register
