"""Files propose, the database decides, channels are owed what changed: on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.delivery.content import ChangePost
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.errors import DatabaseFailureError
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import AlreadySuperseded
from bot.handlers.changes import announcements
from bot.store.publications import Publication
from bot.store.schema import delivery
from bot.store.store import Store
from tests.databases import opened
from tests.due import due
from tests.ferries import COURT, edited, ferries, noted, with_claims
from tests.handlers.replica import MONDAY, Replica, follow, owed, seen, steps
from tests.make import VOCABULARY, brief
from tests.store.moments import at_once
from tests.subscriptions import all_subscriptions

FERRIES = ferries()
RAIL, BUS = brief("rail"), brief("bus")
SLUG = FERRIES.slug
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def worded(text: str, version: Brief = FERRIES) -> Brief:
    """The first claim of the legal section reads otherwise."""
    return with_claims(version, legal=[replace(COURT, text=text), *version.sections["legal"].claims[1:]])


ONE, TWO, THREE = (worded(f"{number} towns have gone to court.") for number in ("One", "Two", "Three"))


@pytest.fixture
def replica(tmp_path: Path, store: Store) -> Replica:
    """A process whose two briefs are published."""
    made = Replica(tmp_path / "briefs", store)
    made.start(FERRIES, RAIL)
    return made


@pytest.fixture
def another(tmp_path: Path, store: Store) -> Replica:
    """Another process over the same database, without brief files."""
    return Replica(tmp_path / "other", Store(store.engine))


def number(made: Publication | AlreadySuperseded | None) -> int:
    assert isinstance(made, Publication), made
    return made.number


# The first publication, and starts


def test_the_first_publication_announces_nothing(tmp_path: Path, store: Store) -> None:
    follow(store)
    replica = Replica(tmp_path / "briefs", store)
    assert number(replica.start(FERRIES, RAIL)) == 1
    assert (owed(store), replica.queue.waiting) == ([], [])
    assert steps(store) == [(1, SLUG, None), (1, "rail", None)]
    assert dict(replica.readers.corpus.briefs) == {SLUG: FERRIES, "rail": RAIL}
    assert replica.readers.corpus.vocabulary == VOCABULARY


def test_a_start_with_unchanged_files_publishes_nothing_and_parses_nothing(replica: Replica) -> None:
    assert replica.start() is None
    assert replica.repository.parsed == 0
    assert replica.readers.number == 1


def test_a_start_parses_only_what_was_changed(replica: Replica) -> None:
    replica.start(ONE)
    assert replica.repository.parsed == 1


def test_a_start_with_changed_files_announces_the_difference_however_long_it_was_down(replica: Replica) -> None:
    follow(replica.store)
    replica.at = MONDAY + WEEK
    assert number(replica.start(ONE)) == 2
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]
    assert steps(replica.store, after=1) == [(2, SLUG, "update")]
    assert replica.queue.waiting == [("post", "T1")]


def test_another_spelling_of_the_same_file_is_no_change_and_is_not_parsed_twice(replica: Replica) -> None:
    replica.save("rail", f"# as it was\n{canonical.dump(RAIL)}")
    assert replica.look("rail") is None
    assert replica.start() is None
    assert replica.repository.parsed == 0


# Edits under a running process


def test_an_edit_is_published_and_owed_to_who_follows(replica: Replica) -> None:
    follow(replica.store)
    follow(replica.store, channel="C2")
    follow(replica.store, channel="C9", team="T2")
    assert number(replica.edit(ONE)) == 2
    assert owed(replica.store) == [("change", channel, 1, 2, "pending") for channel in ("C1", "C2", "C9")]
    assert replica.queue.waiting == [("post", "T1"), ("post", "T2")]
    assert replica.readers.corpus.briefs[SLUG] == ONE


def test_what_is_owed_is_due_at_once(replica: Replica) -> None:
    follow(replica.store)
    replica.at = MONDAY + HOUR
    replica.edit(ONE)
    with replica.store.snapshot() as tx:
        (row,) = due(tx, "post", "T1", MONDAY + HOUR)
    assert (row.content, row.due_at) == (ChangePost(SLUG, 1, 2), MONDAY + HOUR)


def test_several_files_at_once_are_one_publication_with_a_message_for_each(replica: Replica) -> None:
    follow(replica.store)
    assert number(replica.edit(ONE, edited(RAIL, summary="Something else."))) == 2
    assert [row[:2] for row in owed(replica.store)] == [("change", "C1")] * 2
    assert steps(replica.store, after=1) == [(2, SLUG, "update"), (2, "rail", "update")]


def test_going_back_under_a_running_process_is_published_and_told_as_restored(replica: Replica) -> None:
    follow(replica.store)
    replica.at = MONDAY + timedelta(days=1)
    replica.edit(ONE)
    replica.at = MONDAY + timedelta(days=2)
    assert number(replica.edit(FERRIES)) == 3
    with replica.store.snapshot() as tx:
        found, _ = announcements.announcement_for(tx, replica.services, SLUG, 2, 3, [SubscriptionSpec(Target())])
    assert found is not None
    assert (found.reverted_to, found.on) == (date(2026, 5, 11), date(2026, 5, 13))
    assert seen(replica.store)[SLUG] == FERRIES.revision


# Older files


def test_a_start_with_older_files_publishes_nothing(replica: Replica, another: Replica) -> None:
    follow(replica.store)
    replica.edit(ONE)
    before = owed(replica.store)
    assert another.start(FERRIES, RAIL) == AlreadySuperseded(2)
    assert owed(replica.store) == before
    assert another.readers.corpus.briefs[SLUG] == ONE


def test_a_start_with_older_files_publishes_by_force(replica: Replica, another: Replica) -> None:
    replica.edit(ONE)
    assert number(another.start(FERRIES, RAIL, force=True)) == 3
    assert seen(replica.store)[SLUG] == FERRIES.revision


def test_a_start_with_a_newer_commit_of_older_files_is_a_revert(replica: Replica, another: Replica) -> None:
    replica.write(ONE)
    replica.commit(MONDAY)
    replica.look(SLUG)
    another.write(FERRIES, RAIL)
    another.commit(MONDAY + HOUR)
    made = another.start()
    assert number(made) == 3
    with replica.store.snapshot() as tx:
        newest = tx.publications.latest()
    assert newest == made
    assert newest is not None
    assert newest.commit is not None
    assert newest.commit.at == MONDAY + HOUR


@pytest.mark.parametrize("after", [-HOUR, timedelta(0)], ids=["older", "of the same time"])
def test_a_start_with_a_commit_that_is_not_newer_publishes_nothing(
    replica: Replica, another: Replica, after: timedelta
) -> None:
    replica.write(ONE)
    replica.commit(MONDAY)
    replica.look(SLUG)
    another.write(FERRIES, RAIL)
    another.commit(MONDAY + after)
    assert another.start() == AlreadySuperseded(2)


def test_a_start_with_older_files_that_differ_from_their_commit_publishes_nothing(
    replica: Replica, another: Replica
) -> None:
    replica.edit(ONE)
    another.write(TWO, RAIL)
    another.commit(MONDAY + HOUR)
    assert another.start(FERRIES) == AlreadySuperseded(2)


def test_a_process_with_older_files_that_edits_one_publishes_only_that_one(replica: Replica, another: Replica) -> None:
    replica.edit(ONE)
    assert another.start(FERRIES, RAIL) == AlreadySuperseded(2)
    other = edited(RAIL, summary="Something else.")
    assert number(another.edit(other)) == 3
    assert seen(replica.store) == {SLUG: ONE.revision, "rail": other.revision}
    assert steps(replica.store, after=2) == [(3, "rail", "update")]


def test_a_start_with_some_older_files_publishes_the_others(
    replica: Replica, another: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    replica.edit(ONE)
    replica.edit(brief("roads"))
    other = edited(RAIL, summary="Something else.")
    assert number(another.start(FERRIES, other)) == 4
    assert steps(replica.store, after=3) == [(4, "rail", "update")]
    assert seen(replica.store) == {SLUG: ONE.revision, "rail": other.revision, "roads": brief("roads").revision}
    assert f"older than what readers see, and left alone: {SLUG}, roads" in caplog.text


def test_an_older_file_that_is_taken_back_further_is_left_alone(replica: Replica, another: Replica) -> None:
    replica.edit(ONE)
    replica.edit(TWO)
    another.start(ONE, RAIL)
    assert another.edit(FERRIES) == AlreadySuperseded(3)
    assert seen(replica.store)[SLUG] == TWO.revision
    assert number(another.edit(THREE)) == 4


def test_removing_an_older_file_withdraws_nothing(replica: Replica, another: Replica) -> None:
    replica.edit(ONE)
    assert number(another.start(FERRIES, RAIL, BUS)) == 3
    assert another.remove(SLUG) == AlreadySuperseded(3)
    assert number(another.remove("rail")) == 4
    assert seen(replica.store) == {SLUG: ONE.revision, "bus": BUS.revision}


def test_saving_an_older_file_without_a_change_is_no_edit(replica: Replica, another: Replica) -> None:
    replica.edit(ONE)
    another.start(FERRIES, RAIL)
    assert another.edit(FERRIES) is None
    assert seen(replica.store)[SLUG] == ONE.revision


# Several processes


def test_two_that_propose_the_same_at_once_publish_it_once(replica: Replica, database_url: str, tmp_path: Path) -> None:
    follow(replica.store)
    many = [brief(f"b{n}") for n in range(20)]
    made = list[Publication | AlreadySuperseded | None]()
    with opened(database_url) as engine:
        both = [Replica(tmp_path / name, Store(engine)) for name in ("one", "two")]
        for each in both:
            each.write(ONE, RAIL, *many)
        at_once(*(lambda each=each: made.append(each.start()) for each in both))
    assert sorted(found.number if isinstance(found, Publication) else 0 for found in made) == [0, 2]
    assert None in made
    assert owed(replica.store) == [("summary", "C1", 0, 2, "pending")]


def test_two_that_edit_different_files_at_once_publish_both(replica: Replica, another: Replica) -> None:
    another.start(FERRIES, RAIL)
    follow(replica.store)
    other = edited(RAIL, summary="Something else.")
    at_once(lambda: replica.edit(ONE), lambda: another.edit(other))
    assert seen(replica.store) == {SLUG: ONE.revision, "rail": other.revision}
    assert sorted(row[2:4] for row in owed(replica.store)) == [(1, 2), (2, 3)]


def test_readers_elsewhere_see_the_latest_publication_with_the_next_look(replica: Replica) -> None:
    elsewhere = PublishedCorpus(Store(replica.store.engine))
    assert elsewhere.refresh()
    kept = elsewhere.corpus.briefs["rail"]
    replica.edit(ONE)
    assert elsewhere.corpus.briefs[SLUG] == FERRIES
    assert elsewhere.refresh()
    assert elsewhere.published == (elsewhere.corpus, 2)
    assert elsewhere.corpus.briefs == {SLUG: ONE, "rail": RAIL}
    assert elsewhere.corpus.briefs["rail"] is kept
    assert not elsewhere.refresh()
    replica.remove("rail")
    assert elsewhere.refresh()
    assert elsewhere.corpus.briefs == {SLUG: ONE}


def test_readers_elsewhere_see_which_brief_answers_in_a_channel(replica: Replica) -> None:
    elsewhere = PublishedCorpus(Store(replica.store.engine))
    elsewhere.refresh()
    with replica.store.transaction() as tx:
        tx.subscriptions.set_default_brief("rail", team="T1", enterprise=None, channel="C1")
    assert elsewhere.default_brief("T1", "C1") is None
    assert elsewhere.refresh()
    assert (elsewhere.default_brief("T1", "C1"), elsewhere.default_brief("T2", "C1")) == ("rail", None)


# Superseding


def test_a_waiting_change_is_superseded_and_the_newer_begins_where_it_began(replica: Replica) -> None:
    follow(replica.store)
    for version in (ONE, TWO, THREE):
        replica.edit(version)
    assert owed(replica.store) == [
        ("change", "C1", 1, 2, "superseded"),
        ("change", "C1", 1, 3, "superseded"),
        ("change", "C1", 1, 4, "pending"),
    ]
    with replica.store.snapshot() as tx:
        found, _ = announcements.announcement_for(tx, replica.services, SLUG, 1, 4, [SubscriptionSpec(Target())])
    assert found is not None
    assert [(c.before, c.after) for c in found.changes] == [(COURT, THREE.sections["legal"].claims[0])]


def test_a_change_of_which_an_attempt_was_made_stays_and_the_newer_begins_after_it(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(ONE)
    with replica.store.transaction() as tx:
        (row,) = due(tx, "post", "T1", MONDAY)
        tx.outbox.mark_attempt(row, MONDAY)
    replica.edit(TWO)
    assert owed(replica.store) == [("change", "C1", 1, 2, "unknown"), ("change", "C1", 2, 3, "pending")]


def test_a_waiting_change_of_another_brief_stays(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(edited(RAIL, summary="Something else."))
    replica.edit(ONE)
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending"), ("change", "C1", 2, 3, "pending")]


def test_a_change_that_is_taken_back_before_it_was_posted_leaves_nothing_to_say(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(ONE)
    replica.edit(FERRIES)
    assert owed(replica.store)[-1] == ("change", "C1", 1, 3, "pending")
    with replica.store.snapshot() as tx:
        assert announcements.announcement_for(tx, replica.services, SLUG, 1, 3, [SubscriptionSpec(Target())]) == (
            None,
            (),
        )


def test_what_goes_out_with_a_newer_change_is_owed_although_the_newer_one_is_not_asked_for(replica: Replica) -> None:
    follow(replica.store, "all kind:correction")
    replica.edit(noted(ONE, "correction", "It was one town."))
    replica.edit(noted(edited(ONE, title="Another title"), "update", "Another title."))
    assert owed(replica.store) == [("change", "C1", 1, 2, "superseded"), ("change", "C1", 1, 3, "pending")]


# Who is told


def test_a_paused_channel_is_owed_what_waits_until_it_can_be_reached(replica: Replica) -> None:
    follow(replica.store)
    follow(replica.store, channel="C2")
    with replica.store.transaction() as tx:
        tx.subscriptions.pause("T1", "C1", "is_archived")
    replica.edit(ONE)
    replica.edit(TWO)
    assert owed(replica.store) == [
        ("change", "C1", 1, 2, "superseded"),
        ("change", "C2", 1, 2, "superseded"),
        ("change", "C1", 1, 3, "paused"),
        ("change", "C2", 1, 3, "pending"),
    ]


def test_a_muted_channel_is_owed_nothing_until_then(replica: Replica) -> None:
    made = follow(replica.store)
    with replica.store.transaction() as tx:
        tx.subscriptions.mute("T1", made.id, MONDAY + WEEK)
    replica.at = MONDAY + WEEK - timedelta(seconds=1)
    replica.edit(ONE)
    assert owed(replica.store) == []
    replica.at = MONDAY + WEEK
    replica.edit(TWO)
    assert owed(replica.store) == [("change", "C1", 2, 3, "pending")]


def test_a_channel_that_wants_digests_is_owed_no_message_of_its_own(replica: Replica) -> None:
    follow(replica.store, "all deliver:digest")
    replica.edit(ONE)
    assert owed(replica.store) == []


def test_a_channel_that_follows_twice_is_told_once(replica: Replica) -> None:
    follow(replica.store)
    follow(replica.store, SLUG)
    replica.edit(ONE)
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]


@pytest.mark.parametrize(
    ("wish", "hears"),
    [
        (SLUG, True),
        ("rail", False),
        (f"{SLUG}/legal", True),
        (f"{SLUG}/overview", False),
        ("all/legal", True),
        ("tag:transport", True),
        ("tag:prisons", False),
        ("all kind:correction", True),
        ("all kind:update", False),
        ("all -kind:correction", False),
        ("all section:overview", False),
        ("all -section:overview", True),
        ("all -tag:transport", False),
    ],
)
def test_a_channel_hears_what_it_asked_for(replica: Replica, wish: str, hears: bool) -> None:
    follow(replica.store, wish)
    replica.edit(noted(ONE, "correction", "It was one town.", claims=(COURT.id,)))
    assert bool(owed(replica.store)) == hears


def test_a_live_thread_gets_a_parent_the_change_and_a_refresh(replica: Replica) -> None:
    follow(replica.store, "all deliver:thread")
    replica.edit(ONE)
    assert owed(replica.store) == [
        ("parent", "C1", 0, 2, "pending"),
        ("change", "C1", 1, 2, "pending"),
        ("refresh", "C1", 0, 2, "pending"),
    ]
    assert sorted(replica.queue.waiting) == [("post", "T1"), ("update", "T1")]
    with replica.store.snapshot() as tx:
        rows = tx.connection.execute(delivery.select()).all()
    assert {row.kind: row.queue for row in rows} == {"parent": "post", "change": "post", "refresh": "update"}


def test_a_channel_that_asks_for_both_is_told_in_the_channel(replica: Replica) -> None:
    follow(replica.store, "all deliver:thread")
    follow(replica.store, SLUG)
    replica.edit(ONE)
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]


# What is told


def test_an_editorial_change_is_published_and_not_announced(replica: Replica) -> None:
    follow(replica.store)
    assert number(replica.edit(noted(ONE, "editorial", "House style."))) == 2
    assert (owed(replica.store), steps(replica.store, after=1)) == ([], [(2, SLUG, None)])


def test_typography_alone_is_published_and_not_announced(replica: Replica) -> None:
    follow(replica.store)
    quoted = worded("The “two” towns’ case is pending.")
    replica.edit(quoted)
    replica.edit(worded('The "two" towns\' case is pending.'))
    assert steps(replica.store, after=2) == [(3, SLUG, None)]
    assert len(owed(replica.store)) == 1


def test_a_silent_change_leaves_what_is_waiting_as_it_is(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(ONE)
    replica.edit(noted(ONE, "editorial", "House style."))
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]


def test_a_brief_that_first_appears_is_new(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(brief("roads"))
    assert steps(replica.store, after=1) == [(2, "roads", "new")]
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]


def test_a_draft_is_never_announced_until_it_is_published(replica: Replica) -> None:
    follow(replica.store)
    draft = brief("roads", status="draft")
    replica.edit(draft)
    replica.edit(edited(draft, title="Another title"))
    assert (owed(replica.store), steps(replica.store, after=1)) == ([], [(2, "roads", None), (3, "roads", None)])
    replica.edit(edited(draft, status="published"))
    assert steps(replica.store, after=3) == [(4, "roads", "new")]
    assert owed(replica.store) == [("change", "C1", 3, 4, "pending")]


def test_a_brief_that_turns_withdrawn_is_a_withdrawal(replica: Replica) -> None:
    follow(replica.store)
    replica.edit(noted(edited(FERRIES, status="withdrawn"), "withdrawal", "The source has withdrawn its report."))
    assert steps(replica.store, after=1) == [(2, SLUG, "withdrawal")]
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]


def test_a_brief_that_disappears_is_a_withdrawal(replica: Replica) -> None:
    follow(replica.store)
    assert number(replica.remove(SLUG)) == 2
    assert steps(replica.store, after=1) == [(2, SLUG, "withdrawal")]
    assert owed(replica.store) == [("change", "C1", 1, 2, "pending")]
    assert set(replica.readers.corpus.briefs) == {"rail"}


def test_a_brief_that_disappeared_while_nothing_ran_is_a_withdrawal(replica: Replica) -> None:
    follow(replica.store)
    (replica.directory / "rail.yaml").unlink()
    assert number(replica.start()) == 2
    assert steps(replica.store, after=1) == [(2, "rail", "withdrawal")]


def test_other_section_names_are_a_publication_that_changes_no_brief(replica: Replica) -> None:
    follow(replica.store)
    words = Vocabulary(sections={**VOCABULARY.sections, "costs": SectionMeta(title="Costs")})
    replica.words(words)
    assert number(replica.look("_store")) == 2
    assert (owed(replica.store), steps(replica.store, after=1)) == ([], [])
    assert replica.readers.corpus.vocabulary == words
    assert replica.start() is None


# Broken files


def test_a_file_that_is_broken_at_the_start_keeps_what_is_published(replica: Replica) -> None:
    follow(replica.store)
    replica.save(SLUG, "title: [")
    other = edited(RAIL, summary="Something else.")
    assert number(replica.start(other)) == 2
    assert dict(replica.readers.corpus.briefs) == {SLUG: FERRIES, "rail": other}
    assert steps(replica.store, after=1) == [(2, "rail", "update")]
    assert [path.name for path in replica.repository.broken] == [f"{SLUG}.yaml"]


def test_a_file_that_breaks_under_a_running_process_keeps_what_is_published(replica: Replica) -> None:
    replica.save(SLUG, "title: [")
    assert replica.look(SLUG) is None
    assert replica.readers.corpus.briefs[SLUG] == FERRIES


def test_a_file_that_was_never_whole_is_new_when_it_is_mended(replica: Replica) -> None:
    follow(replica.store)
    replica.save("roads", "title: [")
    assert replica.start() is None
    assert number(replica.edit(brief("roads"))) == 2
    assert steps(replica.store, after=1) == [(2, "roads", "new")]


# A database that is away


def rename(store: Store, before: str, after: str) -> None:
    with store.transaction() as tx:
        tx.connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")


def test_what_the_database_does_not_take_is_published_later_with_what_comes_meanwhile(replica: Replica) -> None:
    follow(replica.store)
    rename(replica.store, "publication", "away")
    with pytest.raises(DatabaseFailureError):
        replica.edit(ONE)
    with pytest.raises(DatabaseFailureError):
        replica.edit(edited(RAIL, summary="Something else."))
    with pytest.raises(DatabaseFailureError):
        replica.proposer.retry()
    rename(replica.store, "away", "publication")
    assert number(replica.proposer.retry()) == 2
    assert steps(replica.store, after=1) == [(2, SLUG, "update"), (2, "rail", "update")]
    assert [row[2:] for row in owed(replica.store)] == [(1, 2, "pending")] * 2
    assert replica.proposer.retry() is None


def test_what_was_edited_twice_meanwhile_is_published_as_it_is_in_the_end(replica: Replica) -> None:
    rename(replica.store, "publication", "away")
    for version in (ONE, TWO):
        with pytest.raises(DatabaseFailureError):
            replica.edit(version)
    rename(replica.store, "away", "publication")
    assert number(replica.proposer.retry()) == 2
    assert seen(replica.store)[SLUG] == TWO.revision


def test_a_publication_that_fails_half_way_leaves_nothing(replica: Replica) -> None:
    follow(replica.store)
    rename(replica.store, "delivery", "away")
    with pytest.raises(DatabaseFailureError):
        replica.edit(ONE)
    rename(replica.store, "away", "delivery")
    assert (seen(replica.store)[SLUG], owed(replica.store)) == (FERRIES.revision, [])


# Renamed sections


def renamed(brief: Brief) -> Brief:
    """Its legal section is called rules."""
    return edited(brief, sections={{"legal": "rules"}.get(key, key): part for key, part in brief.sections.items()})


def store_with_rules(*aliases: str) -> Vocabulary:
    sections = {{"legal": "rules"}.get(key, key): section for key, section in VOCABULARY.sections.items()}
    return replace(VOCABULARY, sections={**sections, "rules": replace(sections["rules"], aliases=aliases)})


def test_a_renamed_section_is_not_told_and_who_follows_it_hears_of_it_on(replica: Replica, store: Store) -> None:
    for target in (f"{SLUG}/legal", "all section:legal", "all/rules", f"{SLUG}/overview"):
        follow(store, target, channel=f"C{target}")
    replica.words(store_with_rules("legal"))
    replica.write(renamed(FERRIES), renamed(RAIL))
    replica.look("_store", SLUG, "rail")
    assert owed(store) == []
    replica.edit(renamed(ONE))
    assert {row[1] for row in owed(store)} == {f"C{SLUG}/legal", "Call section:legal", "Call/rules"}
    with store.snapshot() as tx:
        specs = [each.spec for each in all_subscriptions(tx)]
        for spec in specs:
            announcement, _ = announcements.announcement_for(tx, replica.services, SLUG, 1, 3, [spec])
            told = [(each.op, each.id) for each in announcement.changes] if announcement else []
            assert told == ([] if spec.target.section == "overview" else [("edited", COURT.id)])


def test_a_section_that_loses_its_old_key_is_another_section(replica: Replica, store: Store) -> None:
    follow(store, "all/rules")
    replica.words(store_with_rules())
    replica.write(renamed(FERRIES), renamed(RAIL))
    replica.look("_store", SLUG, "rail")
    assert len(owed(store)) == 2
