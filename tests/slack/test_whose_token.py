"""Whatever workspaces and organisations install, remove and take in, nobody is ever served with another's token."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.app import Identity
from bot.slack.tokens import Access, Tokens
from bot.slack.web_api import WebApi
from bot.store.schema import installation, workspace
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from tests.databases import Databases, opened
from tests.installations import NEW, OLD, installed
from tests.store.moments import NOW

URL = "http://127.0.0.1:9/api/"
TEAMS, ORGANISATIONS = ("T0", "T1", "T2"), ("E1", "E2")
OWNERS = (*TEAMS, *ORGANISATIONS)
STEP = st.one_of(
    st.tuples(st.just("install"), st.sampled_from(OWNERS)),
    st.tuples(st.just("remove"), st.sampled_from(OWNERS)),
    st.tuples(st.just("lose the key of"), st.sampled_from(OWNERS)),
    st.tuples(st.just("refresh"), st.just("")),
    st.tuples(st.just("ask"), st.sampled_from(TEAMS), st.sampled_from((*ORGANISATIONS, "E9", None))),
)


@dataclass
class Processes:
    """Two processes over one database; the second has a token of its own for T0. `tokens` says which token each owner
    has, as far as it is installed there."""

    store: Store
    tokens: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def __post_init__(self) -> None:
        own = Access(Identity("T0", "U0", "B0"), WebApi("xoxb-T0-own", URL))
        self.readers = [Tokens(self.store, URL, given, TokenCipher([OLD])) for given in ((), (own,))]

    def do(self, step: tuple[str, ...]) -> None:
        match step:
            case ("install", owner):
                self.number += 1
                self._put(owner, OLD)
                self.tokens[owner] = f"xoxb-{owner}-{self.number}"
            case ("lose the key of", owner):
                self._put(owner, NEW)
                self.tokens.pop(owner, None)
            case ("remove", owner):
                with self.store.transaction() as tx:
                    tx.installations.mark_removed(owner, NOW)
                self.tokens.pop(owner, None)
            case ("refresh", _):
                for reader in self.readers:
                    reader.refresh()
            case ("ask", team, organisation):
                for reader in self.readers:
                    reader.refresh()
                    self._ask(reader, team, organisation)

    def _put(self, owner: str, key: str) -> None:
        with self.store.transaction() as tx:
            tx.installations.put(installed(owner, f"xoxb-{owner}-{self.number}", (key,), whole=owner.startswith("E")))

    def _ask(self, reader: Tokens, team: str, organisation: str | None) -> None:
        """By its own token first, then by that of the organisation which the payload names."""
        tokens = {**self.tokens, **({"T0": "xoxb-T0-own"} if reader.given else {})}
        found = reader.find(team, organisation)
        if organisation is not None or team in tokens:
            expected = tokens.get(team) or tokens.get(organisation or "")
            assert (found.api._token if found else None) == expected
        # What names no organisation is served at most by the one that an earlier payload named.
        assert found is None or found.api._token in (tokens.get(found.owner), tokens.get(team))
        assert reader.serves(team, organisation) == (found is not None)


@pytest.fixture(scope="module")
def store(sqlite: Databases) -> Iterator[Store]:
    with opened(sqlite.migrated()) as engine:
        yield Store(engine)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEP, max_size=12))
def test_nobody_is_served_with_anothers_token(store: Store, steps: list[tuple[str, ...]]) -> None:
    with store.transaction() as tx:
        tx.connection.execute(installation.delete())
        tx.connection.execute(workspace.delete())
    processes = Processes(store)
    for step in steps:
        processes.do(step)
