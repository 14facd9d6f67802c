"""`briefbot check --explain`: prints the page of a rule."""

from bot.core.linting.catalogue import all_rules, nearest_code
from bot.core.linting.echo import echo
from bot.errors import SettingsError


def explain(code: str) -> int:
    """Prints what a rule is about, with an example of wrong and of right; `code` in either case. Returns 0. Raises:
    SettingsError for a code that no rule has."""
    rule = all_rules().get(code.upper())
    if rule is None:
        nearest = nearest_code(code)
        advice = f"did you mean {nearest}?" if nearest else "docs/rules.md lists all"
        raise SettingsError(f"“{echo(code)}” is no rule; {advice}")
    print(f"{rule.code} ({rule.severity})\n\n{rule.page}")
    return 0
