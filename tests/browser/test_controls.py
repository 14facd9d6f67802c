"""Menus with groups, questions before a press, and folds: with the mouse, with the keyboard, and to screen readers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from bot.workspace.state import Json
from tests.browser.axe import assert_accessible
from tests.browser.scene import NARROW, Scene, button, fold, option, plain
from tests.live import eventually

CONFIRM: Json = {
    "title": plain("Follow legal?"),
    "text": {"type": "mrkdwn", "text": "*Everybody* in <#C00000002> hears of changes &amp; corrections."},
    "confirm": plain("Follow"),
    "deny": plain("Not now"),
}
GROUPS: list[Json] = [
    {"label": plain("Other sections"), "options": [option("ethics"), option("politics")]},
    {"label": plain("This section elsewhere"), "options": [option("guatemala")]},
    {"label": plain("Report"), "options": [option("mistake")]},
]
MORE: Json = {"type": "static_select", "action_id": "more", "placeholder": plain("More"), "option_groups": GROUPS}
ROW: list[Json] = [
    button("Share", "share", style="primary"),
    button("Evidence (22 quotes)", "evidence"),
    button("Follow", "follow", confirm=CONFIRM),
    button("End", "end", style="danger", confirm={**CONFIRM, "title": plain("End it?"), "style": "danger"}),
    MORE,
]
QUOTE: Json = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "I would do it in a heartbeat"}]}
EVIDENCE: Json = {"type": "rich_text", "elements": [QUOTE]}
ANSWER: list[Json] = [
    {"type": "header", "text": plain("El Salvador's offer")},
    {"type": "actions", "elements": ROW},
    fold(EVIDENCE, {"type": "actions", "elements": [button("Inside", "inside")]}, subtitle=plain("22 quotes")),
    fold(EVIDENCE, is_collapsible=False, default_collapsed=False, has_header_divider=True, width="narrow"),
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, EVIDENCE]]},
]


def answer(scene: Scene) -> Locator:
    """An answer with all of it; the app answers each press with nothing."""
    scene.app.answers = [None] * 5
    scene.post(text="answer", blocks=ANSWER)
    expect(scene.rows()).to_have_count(1)
    return scene.rows().last


def presses(scene: Scene) -> list[str]:
    return [payload["actions"][0]["action_id"] for payload in scene.app.sent]


# Menus with groups


def test_groups_have_labels_and_their_options_are_sent(scene: Scene) -> None:
    answer(scene).get_by_role("button", name="More").click()
    groups = scene.tab.get_by_role("listbox", name="More").get_by_role("group")
    expect(groups).to_have_count(3)
    for group, name in zip(groups.all(), ("Other sections", "This section elsewhere", "Report"), strict=True):
        expect(group).to_have_accessible_name(name)
    scene.tab.get_by_role("group", name="This section elsewhere").get_by_role("option", name="Guatemala").click()
    expect(scene.tab.get_by_role("listbox")).to_have_count(0)
    expect(scene.tab.locator(".busy")).to_have_count(0)
    [action] = scene.app.sent[-1]["actions"]
    assert (action["type"], action["action_id"]) == ("static_select", "more")
    assert action["selected_option"] == option("guatemala")


def test_arrows_go_through_all_groups_and_around(scene: Scene) -> None:
    more = answer(scene).get_by_role("button", name="More")
    more.focus()
    keyboard = scene.tab.keyboard
    keyboard.press("Enter")
    chosen = scene.tab.locator("[role=option][aria-selected=true]")
    field = scene.tab.get_by_role("combobox", name="More")
    for key, words in [
        ("ArrowUp", "Mistake"),
        ("ArrowDown", "Ethics"),
        *[("ArrowDown", w) for w in ("Politics", "Guatemala")],
    ]:
        keyboard.press(key)
        expect(chosen).to_have_text(words)
        expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    keyboard.press("Enter")
    expect(more).to_be_focused()
    expect(scene.tab.locator(".busy")).to_have_count(0)
    assert scene.app.sent[-1]["actions"][0]["selected_option"] == option("guatemala")


def test_typing_filters_and_empty_groups_go_away(scene: Scene) -> None:
    more = answer(scene).get_by_role("button", name="More")
    more.click()
    scene.tab.keyboard.type("gua")
    expect(scene.tab.get_by_role("option")).to_have_text(["Guatemala"])
    expect(scene.tab.get_by_role("group", name="This section elsewhere")).to_have_count(1)
    expect(scene.tab.get_by_role("group", name="Report")).to_have_count(0)
    scene.tab.keyboard.type("x")
    expect(scene.tab.get_by_role("option")).to_have_text(["No results"])
    scene.tab.keyboard.press("Enter")
    scene.tab.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    assert scene.app.sent == []


def test_the_menu_of_everything_else_is_three_dots_in_the_row(scene: Scene) -> None:
    row = answer(scene)
    more = row.get_by_role("button", name="More")
    expect(more).to_have_text("⋯")
    boxes = [row.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Share", "Follow", "More")]
    tops = [box["y"] + box["height"] / 2 for box in boxes if box]
    heights = [box["height"] for box in boxes if box]
    assert max(tops) - min(tops) < 2
    assert max(heights) - min(heights) < 2


# Questions before a press


def ask(scene: Scene, name: str = "Follow") -> tuple[Locator, Locator]:
    """The control that asks, and its dialog."""
    control = answer(scene).get_by_role("button", name=name, exact=True)
    control.focus()
    scene.tab.keyboard.press("Enter")
    dialog = scene.tab.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    return control, dialog


def test_a_press_is_sent_once_it_is_confirmed(scene: Scene) -> None:
    control, dialog = ask(scene)
    expect(dialog).to_have_accessible_name("Follow legal?")
    expect(dialog).to_have_accessible_description("Everybody in #general hears of changes & corrections.")
    expect(dialog.locator("#confirm-text b")).to_have_text("Everybody")
    assert scene.app.sent == []
    dialog.get_by_role("button", name="Follow").click()
    expect(dialog).to_be_hidden()
    expect(control).to_be_focused()
    expect(scene.tab.locator(".busy")).to_have_count(0)
    assert presses(scene) == ["follow"]
    assert scene.app.sent[0]["actions"][0]["confirm"] == CONFIRM


DENIALS: list[Callable[[Scene], None]] = [
    lambda scene: scene.tab.keyboard.press("Escape"),
    lambda scene: scene.tab.get_by_role("button", name="Not now").click(),
]


@pytest.mark.parametrize("deny", DENIALS, ids=["Escape", "the button"])
def test_a_denial_sends_nothing_and_focus_goes_back(scene: Scene, deny: Callable[[Scene], None]) -> None:
    control, dialog = ask(scene)
    deny(scene)
    expect(dialog).to_be_hidden()
    expect(control).to_be_focused()
    scene.tab.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    scene.tab.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    scene.tab.wait_for_timeout(100)
    assert presses(scene) == ["follow"]


def test_focus_stays_in_the_dialog(scene: Scene) -> None:
    _, dialog = ask(scene)
    names = []
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        scene.tab.keyboard.press(key)
        names.append(dialog.locator(":focus").inner_text())
    assert names == ["Not now", "Follow", "Not now", "Follow", "Not now", "Follow"]


def test_focus_goes_to_the_successor_of_a_message_that_changed(scene: Scene) -> None:
    control, dialog = ask(scene)
    ts = scene.workspace.state.messages[-1].ts
    scene.bot("chat.update", channel=scene.channel, ts=ts, text="new", blocks=ANSWER[1:])
    expect(scene.rows().last.locator(".header")).to_have_count(0)
    scene.tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(control).to_be_focused()


def test_a_menu_asks_after_the_choice(scene: Scene) -> None:
    scene.app.answers = [None]
    scene.post(text="x", blocks=[{"type": "actions", "elements": [{**MORE, "confirm": CONFIRM}]}])
    more = scene.rows().last.get_by_role("button", name="More")
    more.click()
    scene.tab.get_by_role("option", name="Mistake").click()
    assert scene.app.sent == []
    scene.tab.get_by_role("alertdialog").get_by_role("button", name="Follow").click()
    expect(more).to_be_focused()
    expect(scene.tab.locator(".busy")).to_have_count(0)
    assert scene.app.sent[0]["actions"][0]["selected_option"] == option("mistake")


# Folds


def test_a_fold_opens_and_closes_with_the_keyboard(scene: Scene) -> None:
    row = answer(scene)
    evidence = row.locator("details .rich")
    expect(evidence).to_be_hidden()
    row.locator("summary").focus()
    scene.tab.keyboard.press("Enter")
    expect(evidence).to_be_visible()
    scene.tab.keyboard.press("Tab")
    expect(row.get_by_role("button", name="Inside")).to_be_focused()
    scene.tab.keyboard.press("Enter")
    expect(scene.tab.locator(".busy")).to_have_count(0)
    scene.tab.keyboard.press("Shift+Tab")
    scene.tab.keyboard.press("Space")
    expect(evidence).to_be_hidden()
    assert presses(scene) == ["inside"]


def test_a_fold_stays_open_when_its_message_is_drawn_again(scene: Scene) -> None:
    row = answer(scene)
    row.locator("summary").click()
    expect(row.locator("details .rich")).to_be_visible()
    ts = scene.workspace.state.messages[-1].ts
    scene.post(text="a reply", thread_ts=ts)
    expect(row).to_contain_text("1 reply")
    expect(row.locator("details .rich")).to_be_visible()
    row.get_by_role("button", name="1 reply").click()
    expect(scene.tab.locator("#replies details .rich")).to_be_visible()


@pytest.mark.parametrize(("width", "pixels"), [("narrow", 320), ("standard", 520), ("wide", 680), ("full", 760)])
def test_a_container_is_at_most_as_wide_as_it_says(scene: Scene, width: str, pixels: int) -> None:
    scene.post(text="x", blocks=[fold(EVIDENCE, width=width)])
    box = scene.rows().last.locator("details").bounding_box()
    assert box is not None
    assert box["width"] == pixels


# For everybody


@pytest.mark.parametrize("scene", [{}, NARROW], ids=["wide", "narrow"], indirect=True)
def test_axe_finds_nothing(scene: Scene) -> None:
    row = answer(scene)
    assert_accessible(scene.tab)
    row.locator("summary").click()
    row.get_by_role("button", name="More").click()
    scene.tab.keyboard.press("ArrowDown")
    assert_accessible(scene.tab)
    scene.tab.keyboard.type("nothing")
    expect(scene.tab.get_by_role("option")).to_have_text(["No results"])
    assert_accessible(scene.tab)
    scene.tab.keyboard.press("Escape")
    for name in ("Follow", "End"):
        row.get_by_role("button", name=name, exact=True).click()
        expect(scene.tab.get_by_role("alertdialog")).to_be_visible()
        assert_accessible(scene.tab)
        scene.tab.keyboard.press("Escape")


# Shortcuts


def test_a_shortcut_is_picked_in_the_menu_of_a_message(scene: Scene) -> None:
    row = answer(scene)
    opener, entry = row.get_by_role("button", name="Shortcuts"), row.get_by_role("button", name="Report a mistake")
    expect(entry).to_be_hidden()
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    assert_accessible(scene.tab)
    scene.tab.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(opener).to_be_focused()
    scene.tab.keyboard.press("Enter")
    entry.click()
    expect(entry).to_be_hidden()
    eventually(lambda: bool(scene.app.sent))
    [payload] = scene.app.sent
    assert (payload["type"], payload["callback_id"], payload["message"]["text"]) == (
        "message_action",
        "report",
        "answer",
    )
