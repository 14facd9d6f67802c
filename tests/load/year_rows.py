"""The rows that a year's use leaves: publications, posts, deliveries, subscriptions, inserted in bulk."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.delivery.content import CONTENT, ChangePost
from bot.store.delivery_key import delivery_key
from bot.store.schema import (
    brief_version,
    change_set,
    current_revision,
    delivery,
    digest,
    posted_claim,
    posted_message,
    publication,
    seen_event,
    subscription,
    unanswered_query,
)
from bot.store.store import Store
from tests.make import VOCABULARY, brief, claim

YEAR = timedelta(days=365)
CHUNK = 5000
BRIEFS, CHANNELS, CLAIMS = 100, 2000, 8
CORRECTIONS_EVERY = 20
"""One of so many changes is a correction."""


@dataclass(frozen=True)
class Year:
    """What a year leaves in a workspace; every number is a number of rows."""

    team: str
    ends: datetime
    publications: int = 5000
    posts: int = 100_000
    deliveries: int = 200_000
    subscriptions: int = 20_000
    events: int = 100_000
    digests: int = 20_000
    questions: int = 10_000

    def scaled(self, by: float) -> "Year":
        """The same with so many times as many rows."""
        sizes: dict[str, Any] = {name: int(by * size) for name, size in vars(self).items() if isinstance(size, int)}
        return replace(self, **sizes)

    def at(self, number: int, of: int) -> datetime:
        """When the event of a number happened, of so many in the year."""
        return self.ends - YEAR + YEAR * number / of

    def channel(self, number: int) -> str:
        """Some channel of 2,000."""
        return f"C{number % CHANNELS}"


def fill(store: Store, year: Year) -> None:
    """Inserts the rows into a database that has none."""
    with store.transaction() as tx:
        for table, rows in (
            (publication, _publications(year)),
            (posted_message, _posts(year)),
            (posted_claim, _claims(year)),
            (delivery, _deliveries(year)),
            (subscription, _subscriptions(year)),
            (seen_event, _events(year)),
            (digest, _digests(year)),
            (unanswered_query, _questions(year)),
        ):
            _insert(tx.connection, table, rows)
        _insert_changes(tx.connection, year)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == CHUNK:
            connection.execute(insert(table), part)
            part = []
    if part:
        connection.execute(insert(table), part)


def _version(slug: str, number: int) -> Brief:
    text = f"On that day of the year the harbour board of {slug} counted {number} ferries, as the Gazette wrote"
    return brief(slug, {"legal": [claim(f"c{n}", f"{text} in part {n}.") for n in range(CLAIMS)]}, tags=("sea",))


def _insert_changes(connection: Connection, year: Year) -> None:
    """Each publication changes one brief, in turn."""
    current: dict[str, str] = {}
    changes, versions = [], []
    for number in range(1, year.publications + 1):
        made = _version(f"brief-{number % BRIEFS}", number)
        kind = "correction" if number % CORRECTIONS_EVERY == 0 else "update"
        revisions = {"before": current.get(made.slug), "after": made.revision}
        changes.append({"publication": number, "slug": made.slug, "kind": kind, **revisions})
        versions.append({"slug": made.slug, "revision": made.revision, "content": canonical.dump(made)})
        current[made.slug] = made.revision
    _insert(connection, change_set, iter(changes))
    _insert(connection, brief_version, iter(versions))
    _insert(connection, current_revision, ({"slug": s, "revision": r} for s, r in current.items()))


def _publications(year: Year) -> Iterator[dict[str, Any]]:
    vocabulary = canonical.VOCABULARY.dump_json(VOCABULARY).decode()
    for n in range(1, year.publications + 1):
        row = {"number": n, "predecessor": n - 1, "fingerprint": f"{n:016x}", "vocabulary": vocabulary}
        yield {**row, "commit_id": None, "committed_at": None, "published_at": year.at(n - 1, year.publications)}


def _publication_of(year: Year, number: int, of: int) -> int:
    return 1 + number * year.publications // of


def _posts(year: Year) -> Iterator[dict[str, Any]]:
    for n in range(year.posts):
        number = _publication_of(year, n, year.posts)
        wishes, because = [["all", ""]], "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"
        content = {"kind": "change", "slug": f"brief-{number % BRIEFS}", "base": number - 1, "wishes": wishes}
        place = {"team": year.team, "enterprise": None, "channel": year.channel(n), "ts": f"{n}.0", "thread_ts": None}
        more = {"error": "message_not_found" if n % 1000 == 0 else None, "after_publication": number - 1}
        text = json.dumps({**content, "because": because})
        yield {
            **place,
            **more,
            "id": n + 1,
            "publication": number,
            "content": text,
            "posted_at": year.at(n, year.posts),
        }


def _claims(year: Year) -> Iterator[dict[str, Any]]:
    for n in range(year.posts):
        slug = f"brief-{_publication_of(year, n, year.posts) % BRIEFS}"
        names = {"claim": "c0", "current_claim": "c0"}
        yield {"message_id": n + 1, "position": 0, "slug": slug, **names}


def _deliveries(year: Year) -> Iterator[dict[str, Any]]:
    for n in range(year.deliveries):
        number, channel = _publication_of(year, n, year.deliveries), year.channel(n)
        content, at = ChangePost(f"brief-{number % BRIEFS}", number - 1, number), year.at(n, year.deliveries)
        names = {"key": f"{delivery_key(year.team, channel, content, at)}|{n}", "queue": "post", "kind": "change"}
        place = {"team": year.team, "enterprise": None, "channel": channel, "slug": content.slug}
        state = {"state": "superseded" if n % 10 == 0 else "sent", "attempts": 1, "attempt_at": at, "ts": f"{n}.1"}
        made_of = {"publication": number, "content": CONTENT.dump_json(content).decode(), "due_at": at}
        yield {**names, **place, **state, **made_of, "error": None, "resent_blindly": False, "refused_since": None}


def _subscriptions(year: Year) -> Iterator[dict[str, Any]]:
    """Half of them in one channel."""
    for n in range(year.subscriptions):
        place = {"team": year.team, "enterprise": None, "channel": "CBIG" if n % 2 else year.channel(n // 2)}
        target = f"brief-{n % BRIEFS}/section-{n}" if n % 3 else f"tag:tag-{n}"
        by = {"created_by": "U1", "created_at": year.at(n, year.subscriptions)}
        yield {**place, "target": target, "filters": "", "deliver": "channel", **by}


def _events(year: Year) -> Iterator[dict[str, Any]]:
    """Of the last ten days."""
    for n in range(year.events):
        at = year.ends - timedelta(days=10) * n / year.events
        yield {"id": f"Ev{n:010}", "seen_at": at, "done": True}


def _digests(year: Year) -> Iterator[dict[str, Any]]:
    for n in range(year.digests):
        at, number = year.at(n, year.digests), _publication_of(year, n, year.digests)
        window = {"since": at - timedelta(days=1), "after_publication": max(0, number - 14), "publication": number}
        place = {"team": year.team, "enterprise": None, "channel": year.channel(n), "fire_at": at}
        yield {**place, **window, "state": "empty" if n % 4 else "skipped", "plan": None}


def _questions(year: Year) -> Iterator[dict[str, Any]]:
    for n in range(year.questions):
        at = year.at(n, year.questions).replace(microsecond=0)
        yield {"team": year.team, "asked_at": at, "words": f"what of {n}", "count": 1}
