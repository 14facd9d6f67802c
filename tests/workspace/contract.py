"""What Slack documents of each method, where that is beside the repository."""

import json
from typing import Any

import pytest

from tests.conftest import ROOT

CONTRACT = ROOT.parent / "shared" / "slack" / "web-api-contract.json"

GROUP_ERRORS = (
    "invalid_cursor missing_argument no_permission no_such_subteam permission_denied plan_upgrade_required "
    "team_not_found user_is_bot user_is_restricted"
).split()
"""What user groups are refused with beside what every method is."""

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
    # And this one. Source: docs.slack.dev, reference of usergroups.users.list.
    grouped = {
        "arguments": ["token", "usergroup", "include_disabled", "team_id"],
        "required": ["token", "usergroup"],
        "scope": {"bot": ["usergroups:read"]},
        "rate_limit_tier": "t2",
        "errors": [*methods["auth.test"]["errors"], *GROUP_ERRORS],
    }
    missing = {"auth.teams.list": paged, "usergroups.users.list": grouped}
    return dict(methods["auth.test"] | missing[name] if name in missing else methods[name])
