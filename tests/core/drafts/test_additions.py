"""What a text has that a brief lacks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts.additions import new_beside
from bot.core.drafts.compose import compose
from bot.core.drafts.draft import Notice
from tests.conftest import examples
from tests.pasted import LINES, STORE, TEXTS, assert_tells_every_remark, draft_of, loaded, written


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_beside_its_own_draft_a_text_has_remarks_alone_and_all_is_told(path: Path) -> None:
    draft = draft_of(path)
    new = new_beside(draft, loaded(written(draft)))
    assert (new.claims, new.sources) == ((), ())
    assert new.remarks == draft.remarks
    assert_tells_every_remark(new)
    lines = {notice.line for notice in new.notices if notice not in draft.notices}
    assert lines >= {claim.line for claim in draft.claims} | {each.line for each in draft.sources if each.said}


@given(st.lists(st.sampled_from(LINES), max_size=6), st.lists(st.sampled_from(LINES), max_size=6))
@examples(500, gate=15)
def test_what_a_brief_has_is_told_and_all_else_is_there(old: list[str], text: list[str]) -> None:
    assert STORE
    brief = loaded(written(compose("\n\n".join(old), STORE)))
    draft = compose("\n\n".join(text), STORE)
    new = new_beside(draft, brief)
    known = {notice.line for notice in new.notices if notice.text.startswith(("the brief says", "the brief has"))}
    texts = {(claim.line, claim.text) for claim in new.claims}
    assert {(each.line, each.text) for each in draft.claims if each.line not in known} <= texts
    in_order = [(each.line, each.text) for each in draft.claims if (each.line, each.text) in texts]
    assert in_order == [(claim.line, claim.text) for claim in new.claims]
    assert [(each.line, each.text) for each in new.remarks] == [(each.line, each.text) for each in draft.remarks]
    assert {source.said for source in draft.sources if source.line not in known} <= {each.said for each in new.sources}
    assert_tells_every_remark(new)


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
