"""Pages that are generated from the code say what the code says."""

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot import settings
from bot.cli import check  # noqa: F401  registers all rules
from bot.cli.ask import corpus_of
from bot.content.loader import diagnostics, load_brief
from bot.content.schema import json_schema, store_schema
from bot.core.commands.command import Ambiguous, DidYouMean, ShowHelp
from bot.core.commands.parser import parse
from bot.core.commands.verbs import VERBS, Verb
from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.core.linting.catalogue import all_rules
from bot.handlers.delivery.slack_errors import BEGINNINGS, MEANINGS
from bot.settings import Settings, SlackSettings
from tests.conftest import ROOT

INTRO = """# Rules

What `briefbot check` finds in brief files, and `briefbot diff` between two versions of them (B402, B406 and B501 to
B509). An error keeps the file from being served (a running bot goes on with the last good version), but for those of
`briefbot diff`; a warning does not, and `info` is for information alone. This page is generated from `bot/core/linting`
by `make docs`, and `briefbot check --explain B204` prints the entry of one rule.
Examples show the keys of a brief, or those of the mapping that they name.

Where a warning is known and left, the brief says so: a rule, a reason, and the last day on which it is left; `claims`
limits it to these. An error cannot be left.

```yaml
lint-ignore:
  - rule: B303
    claims: [duty-stays]
    until: 2027-03-31
    reason: The report is cited from its index; its words come with the next facts.
```
"""


def rules_page() -> str:
    entries = [f"## {code} ({rule.severity})\n\n{rule.page}\n" for code, rule in all_rules().items()]
    return "\n".join([INTRO, *entries])


ERRORS_INTRO = """# Slack's error words

What becomes of a message when Slack answers with an error, by the word of its answer. Every word that Slack documents
for the methods that the bot calls is here; others are tried for a day (*unlisted*). Words in italics are the bot's own:
of the connection (*unreachable*: nothing was sent; *dropped*: it ended before the answer), of an answer that is not
Slack's, of a call that was not made, or of an event of the channel (*archived*). This page is generated from
`bot/handlers/delivery/slack_errors.py` by `make docs`.
"""

OWN_WORDS = frozenset(
    "unreachable dropped busy no_slack_answer look_incomplete http_429 http_503 no_trigger_id no_response_url archived "
    "deleted removed renamed".split()
)
"""Words of ours among Slack's."""


def errors_page() -> str:
    classes = (f"## {name}\n\n{each.says} {each.outcome}\n\n{_listed(each.words)}\n" for name, each in MEANINGS.items())
    begin = ", ".join(f"`{start}…` ({name})" for start, name in BEGINNINGS.items())
    return "\n".join([ERRORS_INTRO, *classes, f"Words that are not listed but begin as follows: {begin}.\n"])


def _listed(words: Collection[str]) -> str:
    return ", ".join(map(_word, sorted(words))) or "All other words."


def _word(word: str) -> str:
    return f"*{word}*" if word in OWN_WORDS else f"`{word}`"


def test_the_page_of_slacks_errors_is_their_table(golden: Callable[[str, str], None]) -> None:
    golden("../../docs/slack-errors.md", errors_page())


def test_the_page_of_rules_is_their_docstrings(golden: Callable[[str, str], None]) -> None:
    golden("../../docs/rules.md", rules_page())


def test_the_schema_file_is_what_the_command_prints(golden: Callable[[str, str], None]) -> None:
    golden("../../briefs/brief.schema.json", json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
    golden("../../briefs/store.schema.json", json.dumps(store_schema(), ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("schema", [json_schema(), store_schema()], ids=["brief", "store"])
def test_every_property_of_the_schema_is_described(schema: dict[str, Any]) -> None:
    for name, shape in {"": schema, **schema["$defs"]}.items():
        for key, value in shape["properties"].items():
            assert value.get("description"), f"{name}.{key}"


def test_the_schema_of_the_store_takes_the_store_and_no_unknown_key() -> None:
    store = yaml.safe_load((ROOT / "briefs" / "_store.yaml").read_text(encoding="utf-8"))
    validator = Draft202012Validator(store_schema())
    assert [*validator.iter_errors(store)] == []
    assert [error.message for error in validator.iter_errors({**store, "leed": "x"})] == [
        "Additional properties are not allowed ('leed' was unexpected)"
    ]


def test_the_example_for_maintainers_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    path = tmp_path / "ferry-timetable.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert diagnostics(load_brief(path)) == []


def test_the_suppression_by_example_is_one(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    brief = text.split("```yaml\n")[1].split("```")[0]
    suppression = text.split("  `lint-ignore: ")[1].split("`")[0]
    path = tmp_path / "ferry-timetable.yaml"
    unquoted = re.sub(r"\n +quote: both town councils.*", "", brief)
    path.write_text(f"{unquoted}lint-ignore: {suppression}\n", encoding="utf-8")
    assert diagnostics(load_brief(path, date(2025, 7, 1))) == []


README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
GUIDES = [ROOT / "docs" / f"{name}.md" for name in ("reading", "following", "writing")]
"""What readers and maintainers are sent to from README."""


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_table_of_commands_has_every_verb_that_there_is_as_help_has_it(verb: Verb) -> None:
    table = README.split("## The command\n")[1].split("```")[1].split()
    usage = f"/brief {verb.usage}".split()
    assert any(table[at : at + len(usage)] == usage for at in range(len(table)))


def test_every_command_that_is_shown_in_a_sentence_is_understood() -> None:
    names = corpus_of(Settings(briefs=ROOT / "briefs")).names
    pages = [README, *(path.read_text(encoding="utf-8") for path in GUIDES)]
    prose = "".join("".join(page.split("```")[::2]) for page in pages)
    commands = re.findall(r"`/brief ([^`<>]+)`", prose)
    assert len(commands) > 10
    unclear = [each for each in commands if isinstance(parse(each, names), ShowHelp | DidYouMean | Ambiguous)]
    assert unclear == []


def test_the_table_of_settings_has_every_variable_with_its_default() -> None:
    fields = [*Settings.model_fields.values(), *SlackSettings.model_fields.values()]
    table = OPERATIONS.split("## Settings\n")[1].split("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row[1])} == {
        field.validation_alias for field in fields
    }
    defaults = {row[1].strip(" `"): row[2].strip(" `") for row in rows}
    assert defaults["BRIEFBOT_DATABASE_URL"] == settings.DATABASE_URL
    assert defaults["BRIEFBOT_POSTS_PER_MINUTE"] == str(settings.POSTS_PER_MINUTE)
    assert defaults["BRIEFBOT_POSTS_PER_PUBLICATION"] == str(POSTS_PER_PUBLICATION)
    assert defaults["BRIEFBOT_UNCONFIRMED_POSTS"] == settings.read({}).unconfirmed_posts


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")], ids=str)
def test_what_a_page_links_to_is_there(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [each for each in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in each]
    missing = [each for each in targets if not _has_target(path, each)]
    assert missing == []


def _has_target(page: Path, target: str) -> bool:
    """Whether a relative link leads to a file, and to a heading in it where it names one."""
    name, _, heading = target.partition("#")
    file = page.parent / name if name else page
    if not heading:
        return file.exists()
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_repository_names_no_registry_and_no_path_of_a_machine() -> None:
    tracked = [*ROOT.glob("requirements*.txt"), ROOT / "pyproject.toml", ROOT / "Makefile"]
    for path in tracked:
        text = path.read_text(encoding="utf-8")
        assert "--index-url" not in text, path
        assert "://" not in text, path
        assert "file://" not in text, path
