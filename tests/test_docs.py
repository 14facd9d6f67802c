"""Pages that are generated from the code say what the code says."""

import json
from collections.abc import Callable
from pathlib import Path

from bot.content.loader import diagnostics, load_brief
from bot.content.schema import json_schema
from bot.core.rules import RULES
from tests.conftest import ROOT

INTRO = """# Rules

What `briefbot check` finds in brief files. An error keeps the file from being served (a running bot goes on with the
last good version); a warning does not. This page is generated from `bot/core/rules.py` by `make docs`.
"""


def rules_page() -> str:
    entries = [f"## {code} ({rule.severity})\n\n{rule.page}\n" for code, rule in sorted(RULES.items())]
    return "\n".join([INTRO, *entries])


def test_the_page_of_rules_is_their_docstrings(golden: Callable[[str, str], None]) -> None:
    golden("../../docs/rules.md", rules_page())


def test_the_schema_file_is_what_the_command_prints(golden: Callable[[str, str], None]) -> None:
    golden("../../briefs/brief.schema.json", json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")


def test_every_property_of_the_schema_is_described() -> None:
    for name, shape in {"": json_schema(), **json_schema()["$defs"]}.items():
        for key, value in shape["properties"].items():
            assert value.get("description"), f"{name}.{key}"


def test_the_example_for_maintainers_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    path = tmp_path / "ferry-timetable.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert diagnostics(load_brief(path)) == []


def test_the_repository_names_no_registry_and_no_path_of_a_machine() -> None:
    tracked = [*ROOT.glob("requirements*.txt"), ROOT / "pyproject.toml", ROOT / "Makefile"]
    for path in tracked:
        text = path.read_text(encoding="utf-8")
        assert "--index-url" not in text, path
        assert "://" not in text, path
        assert "file://" not in text, path
