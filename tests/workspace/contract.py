"""What Slack documents of each method, where that is beside the repository."""

import json
from typing import Any

import pytest

from tests.conftest import ROOT

CONTRACT = ROOT.parent / "shared" / "slack" / "web-api-contract.json"

needs_contract = pytest.mark.skipif(not CONTRACT.exists(), reason="Slack's contract is not beside the repository")


def contract(name: str) -> dict[str, Any]:
    """The contract of a method: `arguments`, `required`, `scope`, `rate_limit_tier`, `errors`."""
    methods = json.loads(CONTRACT.read_text(encoding="utf-8"))["methods"]
    # It leaves this one out. Source: docs.slack.dev, reference of auth.teams.list.
    paged = {
        "arguments": ["token", "cursor", "include_icon", "limit"],
        "rate_limit_tier": "t2",
        "errors": [*methods["auth.test"]["errors"], "invalid_cursor", "invalid_limit"],
    }
    return dict({"auth.teams.list": methods["auth.test"] | paged, **methods}[name])
