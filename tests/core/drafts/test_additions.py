"""What a text has that a brief lacks."""

from pathlib import Path

import pytest

from bot.core.drafts.additions import new_beside
from bot.core.drafts.compose import compose
from bot.core.drafts.draft import Notice
from tests.pasted import STORE, TEXTS, assert_tells_every_remark, draft_of, loaded, written


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_beside_its_own_draft_a_text_has_remarks_alone_and_all_is_told(path: Path) -> None:
    draft = draft_of(path)
    new = new_beside(draft, loaded(written(draft)))
    assert (new.claims, new.sources) == ((), ())
    assert new.remarks == draft.remarks
    assert_tells_every_remark(new)
    lines = {notice.line for notice in new.notices if notice not in draft.notices}
    assert lines >= {claim.line for claim in draft.claims} | {each.line for each in draft.sources if each.said}


def test_remarks_stand_beside_what_is_new() -> None:
    assert STORE
    brief = loaded(written(compose("One is so.\n\nSources\nGazette, 4 March\n", STORE)))
    text = "Legal\nOne is so.\n\nRights\n1. Two is so.\n\nSources\nGazette, 4 March\n"
    new = new_beside(compose(text, STORE), brief)
    assert [(part.section, part.text) for part in new.parts] == [
        ("rights", "Legal"),
        ("rights", "Rights"),
        ("rights", "1."),
        ("rights", "Two is so."),
        ("rights", "Sources"),
    ]
    assert Notice(8, "the brief has this source already, as gazette") in new.notices
