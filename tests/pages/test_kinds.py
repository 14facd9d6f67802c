"""One run over a page of every kind: what is said of each quote, and what was asked of whom."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.cli.verify import verify
from bot.cli.verify_options import VerifyOptions
from bot.content.evidence_lock import read_evidence_lock
from bot.core.evidence.lock import QuoteCheck
from bot.settings import Settings
from tests.pages.cited import write_brief
from tests.pages.kinds import kinds
from tests.pages.run import citations, outside, site_of
from tests.pages.site import LOOPBACK, Site

KINDS = kinds(decoy=1, huge=3)


@dataclass(frozen=True)
class Run:
    """What became of all kinds: the checks by claim, what the site saw, whether another port was connected to."""

    checks: dict[str, QuoteCheck]
    site: Site
    decoyed: bool
    exit_code: int


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    directory = tmp_path_factory.mktemp("briefs")
    with socket.socket() as decoy, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("cwd"))
        decoy.bind((LOOPBACK, 0))
        decoy.listen()
        decoy.setblocking(False)
        all_kinds = kinds(decoy.getsockname()[1], huge=3)
        write_brief(directory, "ferries", citations(all_kinds))
        with site_of(all_kinds) as site:
            exit_code = verify(VerifyOptions(), Settings(briefs=directory), outside(site))
        checks = {check.key.claim: check for check in read_evidence_lock(directory).checks.values()}
        yield Run(checks, site, _was_connected(decoy), exit_code)


def _was_connected(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_classified(run: Run, name: str) -> None:
    kind, check = KINDS[name], run.checks[f"c-{name}"]
    places = 0 if kind.reason else kind.places
    assert (check.state, check.reason, check.places, check.archived) == (
        kind.state,
        kind.reason,
        places,
        kind.is_archived,
    )


def test_pages_are_asked_for_as_often_as_they_have_to_be(run: Run) -> None:
    asked = {name: run.site.requests[f"{name}.example.org", "/page"] for name in KINDS}
    # Other kinds lead to these.
    expected = {name: kind.asked for name, kind in KINDS.items() if kind.asked is not None and name != "verbatim"}
    assert {name: asked[name] for name in expected} == expected


def test_nothing_is_asked_of_an_address_that_is_not_the_sites(run: Run) -> None:
    assert run.site.strangers == []
    assert not run.decoyed


def test_a_host_is_asked_one_thing_at_a_time(run: Run) -> None:
    assert set(run.site.together.values()) == {1}


def test_requests_say_who_asks_and_carry_nothing_else(run: Run) -> None:
    assert run.site.agents == {"briefbot/1"}
    assert run.site.headers == {"host", "user-agent", "accept", "accept-encoding"}


def test_missing_quotes_fail_the_run(run: Run) -> None:
    assert run.exit_code == 1
