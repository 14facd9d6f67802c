"""`briefbot check --explain`: prints the page of a rule."""

from collections.abc import Sequence

from bot.core.linting.catalogue import all_rules, nearest_code
from bot.core.linting.echo import echo
from bot.core.linting.rules import Rule
from bot.errors import SettingsError

BETWEEN_RULES = "\n---\n\n"


def explain(codes: Sequence[str]) -> int:
    """Prints what each rule is about, with an example of wrong and of right; `codes` in either case. Returns 0. Raises:
    SettingsError for a code that no rule has."""
    rules = [_rule(code) for code in codes]
    print(BETWEEN_RULES.join(f"{rule.code} ({rule.severity})\n\n{rule.page}\n" for rule in rules), end="")
    return 0


def _rule(code: str) -> Rule:
    rule = all_rules().get(code.upper())
    if rule is None:
        nearest = nearest_code(code)
        advice = f"did you mean {nearest}?" if nearest else "docs/rules.md lists all, and --explain takes nothing else"
        raise SettingsError(f"“{echo(code)}” is no rule; {advice}")
    return rule
