"""What was published, number by number, on both databases."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.briefs.commit import Commit
from bot.core.briefs.vocabulary import Vocabulary
from bot.errors import AlreadyPublishedError
from bot.store import publications
from bot.store.publications import Publication, RevisionChange
from bot.store.schema import brief_version, change_set, publication
from bot.store.store import Store
from tests.make import VOCABULARY, brief, claim
from tests.store.moments import NOW, at_once, later, rows

FERRIES = brief("ferries")
REWORDED = brief("ferries", {"legal": [claim("one", "Another wording.")]})
RAIL = brief("rail")


def publish(
    store: Store,
    number: int,
    briefs: Mapping[str, Brief | None],
    kinds: Mapping[str, str] | None = None,
    *,
    words: Vocabulary = VOCABULARY,
    at: datetime = NOW,
    commit: Commit | None = None,
) -> Publication:
    with store.transaction() as tx:
        current = tx.publications.revisions()
        revisions = current | {slug: each.revision for slug, each in briefs.items() if each}
        after = {slug: revision for slug, revision in revisions.items() if briefs.get(slug, slug) is not None}
        made = Publication(number, canonical.fingerprint(after, words), at, commit)
        tx.publications.add(made, words, briefs, kinds or {})
    return made


def test_nothing_is_published_at_first(store: Store) -> None:
    with store.snapshot() as tx:
        assert tx.publications.latest() is None
        assert tx.publications.newest_number() == 0
        assert tx.publications.revisions() == {}
        with pytest.raises(LookupError, match="nothing was published yet"):
            tx.publications.vocabulary()


def test_the_first_publication_is_what_readers_see(store: Store) -> None:
    made = publish(store, 1, {"ferries": FERRIES, "rail": RAIL}, commit=Commit("c0ffee", later(hours=-1)))
    with store.snapshot() as tx:
        assert tx.publications.latest() == made
        assert tx.publications.newest_number() == 1
        assert tx.publications.revisions() == {"ferries": FERRIES.revision, "rail": RAIL.revision}
        assert tx.publications.load_briefs(tx.publications.revisions()) == {
            "ferries": FERRIES,
            "rail": RAIL,
        }
        assert tx.publications.vocabulary() == VOCABULARY


def test_the_next_one_replaces_adds_and_removes(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES, "rail": RAIL})
    publish(store, 2, {"ferries": REWORDED, "rail": None, "roads": brief("roads")}, {"ferries": "update"})
    with store.snapshot() as tx:
        assert tx.publications.revisions() == {
            "ferries": REWORDED.revision,
            "roads": brief("roads").revision,
        }
        assert tx.publications.revision_changes(after=1) == [
            RevisionChange(2, "ferries", FERRIES.revision, REWORDED.revision, "update", NOW),
            RevisionChange(2, "rail", RAIL.revision, None, None, NOW),
            RevisionChange(2, "roads", None, brief("roads").revision, None, NOW),
        ]


def test_many_briefs_are_published_and_read_at_once(store: Store) -> None:
    many = {f"b{number}": brief(f"b{number}") for number in range(2 * publications.CHUNK + 1)}
    publish(store, 1, many)
    publish(store, 2, dict.fromkeys(list(many)[1:]))
    with store.snapshot() as tx:
        assert tx.publications.revisions() == {"b0": many["b0"].revision}
        assert len(tx.publications.load_briefs({slug: each.revision for slug, each in many.items()})) == len(many)


def test_two_on_one_predecessor_are_refused(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES})
    with pytest.raises(AlreadyPublishedError):
        publish(store, 1, {"ferries": REWORDED})
    with store.snapshot() as tx:
        assert tx.publications.revisions() == {"ferries": FERRIES.revision}
    assert [row.revision for row in rows(store, brief_version)] == [FERRIES.revision]


def test_of_writers_in_threads_one_makes_each_number(store: Store) -> None:
    won = list[str]()

    def write(slug: str) -> None:
        for number in range(1, 6):
            try:
                publish(store, number, {slug: brief(slug, summary=f"Summary {number}.")})
            except AlreadyPublishedError:
                continue
            won.append(f"{number}")

    at_once(*(lambda slug=slug: write(slug) for slug in ("ferries", "rail", "roads")))
    assert sorted(won) == ["1", "2", "3", "4", "5"]
    assert [(row.number, row.predecessor) for row in rows(store, publication)] == [(n, n - 1) for n in range(1, 6)]
    assert [row.publication for row in rows(store, change_set)] == [1, 2, 3, 4, 5]


def test_the_vocabulary_of_the_latest_publication_counts(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES})
    publish(store, 2, {}, words=Vocabulary(sections={}))
    with store.snapshot() as tx:
        assert tx.publications.vocabulary() == Vocabulary(sections={})
        assert tx.publications.revision_changes(after=1) == []


def test_a_fingerprint_is_known_for_ever(store: Store) -> None:
    first = publish(store, 1, {"ferries": FERRIES})
    publish(store, 2, {"ferries": REWORDED})
    with store.snapshot() as tx:
        assert tx.publications.was_published(first.fingerprint)
        assert not tx.publications.was_published("0123456789abcdef")


# Looking back


def test_a_revision_that_comes_back_is_stored_once(store: Store) -> None:
    for number, each in enumerate((FERRIES, REWORDED, FERRIES), start=1):
        publish(store, number, {"ferries": each})
    assert sorted(row.revision for row in rows(store, brief_version)) == sorted([FERRIES.revision, REWORDED.revision])
    with store.snapshot() as tx:
        assert tx.publications.revisions() == {"ferries": FERRIES.revision}
        assert [(s.publication, s.after) for s in tx.publications.with_revision(FERRIES.revision, "ferries")] == [
            (1, FERRIES.revision),
            (2, REWORDED.revision),
            (3, FERRIES.revision),
        ]


def test_the_revision_at_a_number_is_what_readers_saw_then(store: Store) -> None:
    publish(store, 1, {"rail": RAIL})
    publish(store, 2, {"ferries": FERRIES})
    publish(store, 3, {"rail": brief("rail", summary="Other.")})
    publish(store, 4, {"ferries": REWORDED})
    publish(store, 5, {"ferries": None})
    with store.snapshot() as tx:
        seen = [tx.publications.revision_at("ferries", number) for number in range(1, 7)]
        assert seen == [None, FERRIES.revision, FERRIES.revision, REWORDED.revision, None, None]


def test_every_version_stays_readable(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES})
    publish(store, 2, {"ferries": REWORDED})
    fresh = Store(store.engine)
    with fresh.snapshot() as tx:
        assert tx.brief("ferries", FERRIES.revision) == FERRIES
        assert tx.brief("ferries", None) is None
        with pytest.raises(LookupError, match="ferries@00000000 was never published"):
            tx.brief("ferries", "00000000")
        with pytest.raises(LookupError, match=f"rail@{FERRIES.revision} was never published"):
            tx.brief("rail", FERRIES.revision)


def test_versions_of_many_briefs_are_read_at_once(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES, "rail": RAIL})
    publish(store, 2, {"ferries": REWORDED})
    keys = [(each.slug, each.revision) for each in (FERRIES, REWORDED, RAIL)]
    with store.snapshot() as tx:
        found = tx.publications.versions([*keys, ("rail", FERRIES.revision)])
        assert sorted((each.slug, each.revision) for each in found) == sorted(keys)
        assert tx.publications.versions([]) == []
        tx.expect({*keys, ("rail", None)})
        tx.connection.close()
        assert [tx.brief(*key) for key in keys] == [FERRIES, REWORDED, RAIL]


def test_a_change_set_is_found_from_its_revisions(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES})
    publish(store, 2, {"ferries": REWORDED})
    with store.snapshot() as tx:
        found = tx.change_set("ferries", FERRIES.revision, REWORDED.revision)
        gone = tx.change_set("ferries", REWORDED.revision, None)
        none = tx.change_set("ferries", FERRIES.revision, FERRIES.revision)
    assert found is not None
    assert [(change.op, change.what, change.id) for change in found.changes] == [("edited", "claim", "one")]
    assert gone is not None
    assert gone.kind == "withdrawal"
    assert none is None


def test_a_revision_is_found_in_any_brief_or_in_one(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES, "rail": RAIL})
    with store.snapshot() as tx:
        assert [s.slug for s in tx.publications.with_revision(RAIL.revision, None)] == ["rail"]
        assert tx.publications.with_revision(RAIL.revision, "ferries") == []


def test_a_brief_is_public_once_it_was_published_or_announced(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES, "rail": brief("rail", status="draft"), "ice": brief("ice", status="draft")})
    publish(store, 2, {slug: brief(slug, status="withdrawn") for slug in ("ferries", "rail", "ice")}, {"ice": "note"})
    with store.snapshot() as tx:
        assert tx.publications.never_public(["ferries", "rail", "ice"]) == {"rail"}
        assert tx.publications.never_public([]) == set()


def test_steps_are_those_of_a_brief_between_two_numbers(store: Store) -> None:
    for number, each in enumerate((FERRIES, REWORDED, FERRIES, REWORDED), start=1):
        publish(store, number, {"ferries": each})
    publish(store, 5, {"rail": RAIL})
    with store.snapshot() as tx:
        assert [s.publication for s in tx.publications.revision_changes(slug="ferries", after=1, until=3)] == [
            2,
            3,
        ]
        assert [s.publication for s in tx.publications.revision_changes(after=3)] == [4, 5]


def test_what_was_announced_is_listed_newest_first(store: Store) -> None:
    publish(store, 1, {"ferries": FERRIES, "rail": RAIL})
    publish(store, 2, {"ferries": REWORDED}, {"ferries": "correction"}, at=later(days=1))
    publish(store, 3, {"rail": None}, {"rail": "withdrawal"}, at=later(days=2))
    publish(store, 4, {"ferries": FERRIES}, {"ferries": "editorial"}, at=later(days=3))
    publish(store, 5, {"ferries": REWORDED}, at=later(days=4))
    with store.snapshot() as tx:

        def listed(slug: str | None = None, since: datetime | None = None, limit: int = 9, skip: int = 0) -> list[int]:
            steps = tx.publications.announced(slug=slug, since=since, limit=limit, skip=skip)
            return [step.publication for step in steps]

        assert listed() == [3, 2]
        assert listed(limit=1) == [3]
        assert listed(skip=1) == [2]
        assert listed(slug="ferries") == [2]
        assert listed(since=later(days=2)) == [3]
        assert listed(since=later(days=2, microseconds=1)) == []


# The parse cache


def test_files_are_known_by_their_hashes(store: Store) -> None:
    with store.transaction() as tx:
        tx.publications.remember_parsed({"a" * 64: ("ferries", "11111111"), "b" * 64: ("rail", "22222222")})
        tx.publications.remember_parsed({"c" * 64: ("ferries", "33333333")})
        tx.publications.remember_parsed({})
    with store.snapshot() as tx:
        assert tx.publications.parsed_files() == {
            "b" * 64: ("rail", "22222222"),
            "c" * 64: ("ferries", "33333333"),
        }
