"""A renamed brief takes its history along, on both databases."""

from bot.core.briefs.brief import Brief
from bot.store.publications import Publication
from bot.store.store import Store
from tests.make import VOCABULARY, brief, claim
from tests.store.moments import NOW


def tea(slug: str = "tea", number: int = 1, **fields: object) -> Brief:
    """A brief of one claim with a number in it."""
    return brief(slug, {"legal": [claim("a", f"The duty is {number} pence.")]}, title="Tea", **fields)  # type: ignore[arg-type]


def publish(store: Store, number: int, *renames: tuple[str, str], **briefs: Brief | None) -> None:
    """A publication in which these briefs change, under names with underscores for hyphens."""
    by_slug = {name.replace("_", "-"): each for name, each in briefs.items()}
    with store.transaction() as tx:
        for pair in renames:
            assert tx.renames.may_take(pair[1])
            tx.rename_brief(*pair)
        tx.publications.add(Publication(number, f"{number:016}", NOW, None, renames), VOCABULARY, by_slug, {})


def test_the_history_goes_on_under_the_new_slug(store: Store) -> None:
    publish(store, 1, tea=tea())
    publish(store, 2, tea=tea(number=2))
    publish(store, 3, ("tea", "tea-duty"), tea=None, tea_duty=tea("tea-duty", 2))
    publish(store, 4, tea_duty=tea("tea-duty", 3))
    with store.snapshot() as tx:
        changes = tx.publications.revision_changes(slug="tea-duty")
        assert [each.publication for each in changes] == [1, 2, 3, 4]
        assert [each.before for each in changes] == [None, *(each.after for each in changes[:-1])]
        assert tx.publications.revision_changes(slug="tea") == []
        assert tx.publications.revision_at("tea-duty", 1) == tea().revision
        versions = [tx.brief("tea-duty", each.after) for each in changes]
        assert [each.slug for each in versions if each] == ["tea-duty"] * 4
        assert list(tx.publications.revisions()) == ["tea-duty"]
        assert tx.publications.announced(slug=None, since=None, limit=9) == []


def test_the_slug_of_now_is_found_for_each_that_the_brief_had(store: Store) -> None:
    publish(store, 1, tea=tea())
    publish(store, 2, ("tea", "tea-duty"), tea=None, tea_duty=tea("tea-duty"))
    publish(store, 3, ("tea-duty", "duty"), tea_duty=None, duty=tea("duty"))
    publish(store, 4, tea=tea(number=9))
    with store.snapshot() as tx:
        assert tx.renames.current_slug("tea", 1) == "duty"
        assert tx.renames.current_slug("tea-duty", 2) == "duty"
        assert tx.renames.current_slug("duty", 3) == "duty"
        assert tx.renames.current_slug("tea", 4) == "tea"
        assert tx.renames.former_slugs() == {"tea": "duty", "tea-duty": "duty"}


def test_a_brief_may_get_its_older_slug_back(store: Store) -> None:
    publish(store, 1, tea=tea())
    publish(store, 2, ("tea", "duty"), tea=None, duty=tea("duty"))
    publish(store, 3, ("duty", "tea"), duty=None, tea=tea())
    with store.snapshot() as tx:
        assert [each.publication for each in tx.publications.revision_changes(slug="tea")] == [1, 2, 3]
        assert tx.renames.current_slug("duty", 2) == tx.renames.current_slug("tea", 1) == "tea"
        assert tx.renames.former_slugs() == {"duty": "tea"}


def test_a_slug_that_readers_know_is_not_taken_and_a_draft_gives_way(store: Store) -> None:
    publish(store, 1, tea=tea(), coffee=tea("coffee"), cocoa=tea("cocoa", status="draft"))
    publish(store, 2, coffee=None)
    with store.snapshot() as tx:
        slugs = ("coffee", "cocoa", "tea", "new")
        assert [tx.renames.may_take(slug) for slug in slugs] == [False, True, False, True]
    publish(store, 3, ("tea", "cocoa"), tea=None, cocoa=tea("cocoa"))
    with store.snapshot() as tx:
        assert [each.publication for each in tx.publications.revision_changes(slug="cocoa")] == [1, 3]


def test_that_readers_saw_a_version_is_known_under_both_slugs(store: Store) -> None:
    publish(store, 1, tea=tea())
    publish(store, 2, ("tea", "duty"), tea=None, duty=tea("duty"))
    with store.snapshot() as tx:
        assert tx.publications.was_revision_published("tea", tea().revision)
        assert tx.publications.was_revision_published("duty", tea().revision)


def test_a_slug_may_be_taken_by_one_brief_after_another(store: Store) -> None:
    publish(store, 1, tea=tea(), coffee=tea("coffee", 5))
    publish(store, 2, ("tea", "duty"), tea=None, duty=tea("duty"))
    publish(store, 3, ("coffee", "tea"), coffee=None, tea=tea("tea", 5))
    with store.snapshot() as tx:
        assert tx.renames.current_slug("tea", 1) == "duty"
        assert tx.renames.current_slug("tea", 3) == tx.renames.current_slug("coffee", 1) == "tea"
        assert tx.publications.revision_at("tea", 2) == tea("tea", 5).revision
        assert [each.publication for each in tx.publications.revision_changes(slug="tea")] == [1, 3]
