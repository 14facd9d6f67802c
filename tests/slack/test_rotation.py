"""Tokens that expire are renewed two hours before, once, with the local workspace as Slack, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.handlers.ports import ApiFailure
from bot.handlers.rotate import NewToken, rotate
from bot.slack.install import Client, TokenRenewal
from bot.store.schema import installation
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from bot.workspace.workspace import CLIENT_ID, CLIENT_SECRET
from tests.installations import NEW, OLD
from tests.slack.browser import Visitor, browser
from tests.store.moments import at_once, rows

CIPHER = TokenCipher([OLD])


@dataclass
class Slack:
    """The real renewal, which counts."""

    real: TokenRenewal
    answers: list[NewToken | ApiFailure] = field(default_factory=list)

    def renew(self, refresh_token: str) -> NewToken | ApiFailure:
        self.answers.append(self.real.renew(refresh_token))
        return self.answers[-1]


@pytest.fixture
def ann(tmp_path: Path, store: Store) -> Iterator[Visitor]:
    """She has installed it, and its token is good for twelve hours."""
    with browser(tmp_path / "briefs", store) as found:
        found.workspace.state.app.rotates = True
        assert found.install().status == 200
        yield found


@pytest.fixture
def slack(ann: Visitor) -> Slack:
    return Slack(TokenRenewal(Client(CLIENT_ID, CLIENT_SECRET, f"{ann.workspace.base_url}/api/")))


def look(ann: Visitor, slack: Slack, hours: float, cipher: TokenCipher = CIPHER) -> None:
    """A process looks, so many hours after the installation."""
    ann.desk.set_clock(3600 * hours)
    rotate(ann.desk.services, slack, cipher, ann.desk.replica.at)


def works(ann: Visitor) -> bool:
    """Whether the token that is stored is Slack's."""
    access = ann.tokens().find(ann.workspace.state.team)
    return access is not None and isinstance(access.api.call("auth.test", {}), dict)


def test_a_token_is_renewed_two_hours_before_it_expires(ann: Visitor, slack: Slack) -> None:
    look(ann, slack, 9.9)
    assert slack.answers == []
    look(ann, slack, 10.1)
    look(ann, slack, 10.2)
    assert (len(slack.answers), works(ann)) == (1, True)
    (row,) = rows(ann.desk.store, installation)
    assert timedelta(hours=11.8) < row.expires_at - ann.desk.replica.at < timedelta(hours=12)
    look(ann, slack, 20.3)
    assert (len(slack.answers), works(ann)) == (2, True)


def test_replicas_that_look_at_once_renew_once(ann: Visitor, slack: Slack) -> None:
    ann.desk.set_clock(3600 * 11)
    now = ann.desk.replica.at
    at_once(*[lambda: rotate(ann.desk.services, slack, CIPHER, now)] * 3)
    assert (len(slack.answers), works(ann)) == (1, True)


def test_where_slack_does_not_renew_it_the_token_stays_and_is_tried_again(
    ann: Visitor, slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    ann.workspace.faults.script("oauth.v2.access", "unavailable")
    look(ann, slack, 11)
    assert (slack.answers, works(ann)) == ([ApiFailure("unreachable")], True)
    assert "the token of T0LOCAL001 is not renewed (unreachable); it expires at" in caplog.text
    look(ann, slack, 11.1)
    assert (len(slack.answers), works(ann)) == (2, True)
    assert ann.workspace.state.app.refresh_token not in caplog.text


def test_what_stopped_as_its_token_expired_goes_on_with_the_next(ann: Visitor, slack: Slack) -> None:
    team = ann.workspace.state.team
    reasons = list[str | None]()
    for why in ("token_expired", "account_inactive"):
        with ann.desk.store.transaction() as tx:
            tx.subscriptions.mark_stopped(team, why)
        look(ann, slack, 13 * (1 + len(reasons)))
        with ann.desk.store.snapshot() as tx:
            reasons.append(tx.subscriptions.stop_reason(team))
    assert reasons == [None, "account_inactive"]


def test_a_refresh_token_that_slack_does_not_know_or_no_key_opens_changes_nothing(
    ann: Visitor, slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(ann.desk.store, installation)
    look(ann, slack, 11, TokenCipher([NEW]))
    assert (slack.answers, "opens the token of T0LOCAL001" in caplog.text) == ([], True)
    ann.workspace.state.app.refresh_token = "xoxe-other"  # noqa: S105
    look(ann, slack, 11)
    assert slack.answers == [ApiFailure("invalid_refresh_token")]
    assert rows(ann.desk.store, installation) == before


def test_a_token_of_a_workspace_that_removed_the_bot_is_not_renewed(ann: Visitor, slack: Slack) -> None:
    with ann.desk.store.transaction() as tx:
        tx.installations.mark_removed(ann.workspace.state.team, ann.desk.replica.at)
    look(ann, slack, 11)
    assert slack.answers == []
