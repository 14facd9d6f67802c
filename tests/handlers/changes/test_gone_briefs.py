"""What changed in a brief is shown although its file is gone, or has another name."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.briefs.brief import Brief
from bot.slack.actions import act
from tests.handlers.desk import Desk, counted, ferries
from tests.make import brief


def many(number: int, slug: str = "ferries") -> Brief:
    """A brief with more changes than a post shows."""
    claims = [counted(f"c{n}", number, f"ferries at pier {n}") for n in range(8)]
    return brief(slug, {"legal": claims}, title="Ferries")


def gone(desk: Desk) -> None:
    desk.replica.remove("ferries")


def renamed(desk: Desk) -> None:
    (desk.replica.directory / "ferries.yaml").unlink()
    desk.replica.write(many(2, "boats"))
    desk.replica.look("ferries", "boats")


def renamed_and_replaced(desk: Desk) -> None:
    renamed(desk)
    desk.edit(ferries(7))


def changed_with_its_name(desk: Desk) -> None:
    (desk.replica.directory / "ferries.yaml").unlink()
    desk.replica.write(many(3, "boats"))
    desk.replica.look("ferries", "boats")


def withdrawn_to_draft(desk: Desk) -> None:
    desk.edit(replace(many(2), status="draft"))


def and_back(desk: Desk) -> None:
    gone(desk)
    desk.edit(many(4))


FATES = (gone, renamed, renamed_and_replaced, changed_with_its_name, withdrawn_to_draft, and_back)


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A channel has a folded post about a brief, with its button."""
    desk.subscribe("all")
    desk.edit(many(1))
    desk.run()
    desk.edit(many(2))
    desk.run()
    return desk


@pytest.mark.parametrize("fate", FATES)
def test_the_button_of_a_folded_post_shows_all_changes(told: Desk, fate: Callable[[Desk], None]) -> None:
    post = told.entries()[-1]
    (button,) = [
        each
        for block in post.message.blocks
        for each in block.get("elements", ())
        if "changes" in str(each.get("value"))
    ]
    assert button["text"]["text"] == "Show all 8 changes"
    fate(told)
    act(button, told.slack.caller("U1", "C1"), told.services)
    answer = told.entries()[-1].text
    assert all(f"Now: There were 2 ferries at pier {n}" in answer for n in range(8)), answer


@pytest.mark.parametrize("fate", FATES)
def test_its_changes_can_be_asked_for(told: Desk, fate: Callable[[Desk], None]) -> None:
    fate(told)
    for typed in ("changes ferries", "changes of Ferries", "changes ferries since:7d"):
        answer = told.ask(typed)
        assert answer is not None
        assert "no brief is called" not in answer.text
        # Another brief that has its name, or its title, by now may be meant.
        assert "8 claims reworded" in answer.text or fate in (renamed_and_replaced, changed_with_its_name)


def test_what_readers_never_saw_is_no_brief_to_them(desk: Desk) -> None:
    draft = replace(many(1, "secret"), status="draft")
    desk.edit(draft)
    before = [desk.ask(f"changes {slug}") for slug in ("secret", "nothing")]
    desk.replica.remove("secret")
    after = [desk.ask(f"changes {slug}") for slug in ("secret", "nothing")]
    texts = [each.text.replace("secret", "…").replace("nothing", "…") for each in (*before, *after) if each]
    assert len(texts) == 4
    assert len(set(texts)) == 1
