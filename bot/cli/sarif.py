"""Problems as SARIF 2.1.0, which code scanning services read. Source: docs.oasis-open.org, sarif-v2.1.0."""

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.cli.output import inert_line, to_json
from bot.core.linting.catalogue import all_rules
from bot.core.linting.diagnostic import Diagnostic, Severity
from bot.core.linting.rules import Rule

ROOT_ID = "%SRCROOT%"
"""Stands for the top of the repository; the name that GitHub gives it."""

LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def sarif(problems: Sequence[Diagnostic]) -> str:
    """A log with one run: all rules, and one result for each problem."""
    driver = {"name": "briefbot", "rules": [_rule(each) for each in all_rules().values()]}
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {ROOT_ID: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(problems),
    }
    return to_json({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    first_sentence = re.split(r"(?<=[.:?])\s", rule.page, maxsplit=1)[0].replace("\n", " ")
    return {
        "id": rule.code,
        "shortDescription": {"text": first_sentence},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _results(problems: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    numbers = Counter[str]()
    indices = {code: index for index, code in enumerate(all_rules())}
    results = []
    for each in problems:
        text = inert_line(f"{each.message}; {each.hint}")
        fingerprint = _fingerprint(each)
        numbers[fingerprint] += 1
        results.append(
            {
                "ruleId": each.code,
                "ruleIndex": indices[each.code],
                "level": LEVELS[each.severity],
                # `[text](address)` would become a link.
                "message": {"text": text.replace("](", r"]\(")},
                "locations": [{"physicalLocation": _location(each)}],
                # The name that GitHub compares between runs, in the form that it gives the value itself.
                "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{numbers[fingerprint]}"},
            }
        )
    return results


def _fingerprint(problem: Diagnostic) -> str:
    """The same for the same problem on another line; two in one file may have the same one."""
    return sha256("\0".join((problem.path, problem.code, problem.message)).encode("utf-8", "replace")).hexdigest()[:16]


def _location(problem: Diagnostic) -> dict[str, Any]:
    path = Path(problem.path)
    relative = quote(os.fsencode(path.as_posix()))
    artifact = {"uri": path.as_uri()} if path.is_absolute() else {"uri": relative, "uriBaseId": ROOT_ID}
    return {"artifactLocation": artifact, "region": {"startLine": problem.line, "startColumn": problem.column}}
