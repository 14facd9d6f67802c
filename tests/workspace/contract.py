"""What Slack documents of each method, where that is beside the repository."""

import json
from typing import Any

import pytest

from tests.conftest import ROOT

CONTRACT = ROOT.parent / "shared" / "slack" / "web-api-contract.json"

needs_contract = pytest.mark.skipif(not CONTRACT.exists(), reason="Slack's contract is not beside the repository")


def contract(name: str) -> dict[str, Any]:
    """The contract of a method: `arguments`, `required`, `scope`, `rate_limit_tier`, `errors`."""
    return dict(json.loads(CONTRACT.read_text(encoding="utf-8"))["methods"][name])
