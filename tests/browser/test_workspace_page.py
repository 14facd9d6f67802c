"""What the local workspace shows of edits, broadcast replies, its clock, and modals that are filled in."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.scene import FORM, NARROW, NOON, Scene, option, plain

# Messages


def test_an_edit_shows_in_place(scene: Scene) -> None:
    first, last = scene.post(text="first"), scene.post(text="last")
    expect(scene.rows()).to_have_count(2)
    scene.rows().last.evaluate("(row) => { row.kept = true; row.querySelector('.replies').focus(); }")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "corrected"}}]
    scene.bot("chat.update", channel=scene.channel, ts=first, text="corrected", blocks=blocks)
    expect(scene.rows().first).to_contain_text("corrected")
    expect(scene.rows().first).not_to_contain_text("(edited)")
    assert scene.rows().last.evaluate("(row) => row.kept && row.contains(document.activeElement)")
    scene.bot("chat.update", channel=scene.channel, ts=last, text="last of all")
    expect(scene.rows().last).to_contain_text("last of all (edited)")
    expect(scene.rows()).to_have_count(2)


def test_focus_stays_in_a_message_that_changes(scene: Scene) -> None:
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    scene.post(text="x", blocks=[{"type": "actions", "elements": [button]}])
    scene.rows().last.get_by_role("button", name="Go").focus()
    ts = scene.workspace.state.messages[-1].ts
    scene.post(text="reply", thread_ts=ts)
    expect(scene.rows().last).to_contain_text("1 reply")
    expect(scene.rows().last.get_by_role("button", name="Go")).to_be_focused()


def test_a_broadcast_reply_is_in_the_channel_and_leads_to_its_thread(scene: Scene) -> None:
    parent = scene.post(text="El Salvador's offer")
    scene.post(text="hidden", thread_ts=parent)
    scene.post(text="A correction", thread_ts=parent, reply_broadcast=True)
    expect(scene.rows()).to_have_count(2)
    expect(scene.rows().last).to_contain_text("replied to a thread: El Salvador's offer")
    scene.rows().last.get_by_role("button", name="View thread").click()
    expect(scene.tab.locator("#replies article")).to_have_count(3)
    expect(scene.tab.locator("#replies")).not_to_contain_text("replied to a thread")


def test_what_is_struck_out_is_shown_and_said_to_be(scene: Scene) -> None:
    spans = [
        {"type": "text", "text": "twelve", "style": {"strike": True, "bold": True}},
        {"type": "text", "text": " six ferries"},
    ]
    section = {"type": "rich_text_section", "elements": spans}
    scene.post(text="~twelve~ six ferries", blocks=[{"type": "rich_text", "elements": [section]}])
    struck = scene.rows().last.locator("s")
    expect(struck).to_have_text("twelve")
    assert "line-through" in str(struck.evaluate("(s) => getComputedStyle(s).textDecoration"))
    assert "struck out" in str(struck.evaluate("(s) => getComputedStyle(s, '::before').content"))


def test_a_channel_that_is_deleted_is_left(scene: Scene) -> None:
    other = scene.workspace.add_channel("other", scene.you)
    scene.post(text="in general")
    scene.tab.get_by_role("button", name="other").click()
    expect(scene.tab.get_by_role("heading", name="other")).to_be_visible()
    scene.workspace.delivery = None
    scene.tab.on("console", lambda _: None)
    scene.workspace.delete(other)
    expect(scene.tab.get_by_role("heading", name="general")).to_be_visible()
    assert scene.complaints == ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    scene.complaints.clear()


# The clock


def test_the_clock_is_shown_and_moved_forward(scene: Scene) -> None:
    clock = scene.tab.get_by_role("group", name="Clock")
    expect(clock).to_contain_text("Tue, 14 Oct 2025, 12:00 CEST")
    clock.get_by_role("button", name="+1 hour").click()
    expect(clock).to_contain_text("13:00")
    clock.get_by_role("button", name="+1 day").focus()
    scene.tab.keyboard.press("Enter")
    expect(clock).to_contain_text("Wed, 15 Oct 2025, 13:00")
    expect(scene.tab.get_by_role("status")).to_contain_text("It is now Wed, 15 Oct 2025, 13:00")
    assert scene.clock.now() == NOON + 25 * 3600
    scene.post(text="later")
    expect(scene.rows().last.locator("time")).to_have_text("13:00")


# Modals that are filled in


def test_a_form_is_filled_in_corrected_and_submitted(scene: Scene) -> None:
    dialog = scene.open()
    dialog.get_by_role("button", name="Brief Find a brief").click()
    scene.tab.get_by_role("option", name="Legal").click()
    dialog.get_by_label("Rhythm").select_option("weekly")
    dialog.get_by_label("Time").fill("17:05")
    dialog.get_by_label("Note").fill("for the desk")
    scene.app.answers = [{"response_action": "errors", "errors": {"time": "Nobody works then."}}, None]
    dialog.get_by_role("button", name="Follow", exact=True).click()
    time = dialog.get_by_label("Time")
    expect(time).to_be_focused()
    expect(time).to_have_accessible_description("On workdays Nobody works then.")
    expect(time).to_have_value("17:05")
    time.fill("09:00")
    scene.tab.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    values = scene.app.sent[-1]["view"]["state"]["values"]
    assert {key: next(iter(value.values())) for key, value in values.items()} == {
        "brief": {"type": "external_select", "selected_option": option("legal")},
        "rhythm": {"type": "static_select", "selected_option": option("weekly")},
        "time": {"type": "timepicker", "selected_time": "09:00"},
        "note": {"type": "plain_text_input", "value": "for the desk"},
    }


def test_what_is_missing_is_said_without_asking_the_app(scene: Scene) -> None:
    dialog = scene.open()
    dialog.get_by_role("button", name="Follow", exact=True).click()
    brief = dialog.get_by_role("button", name="Brief Find a brief")
    expect(brief).to_be_focused()
    expect(brief).to_have_accessible_description("Please complete this required field.")
    assert scene.app.sent == []


def test_a_form_with_the_keyboard_alone(scene: Scene) -> None:
    dialog, keyboard = scene.open(), scene.tab.keyboard
    expect(dialog.get_by_role("button", name="Brief Find a brief")).to_be_focused()
    keyboard.press("Enter")
    expect(dialog.locator(".popup").get_by_role("option")).to_have_count(2)
    keyboard.press("Escape")
    expect(dialog).to_be_visible()
    keyboard.press("Enter")
    expect(dialog.locator(".popup").get_by_role("option")).to_have_count(2)
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Brief Reactions")).to_be_focused()
    scene.app.answers = [None]
    submit = dialog.get_by_role("button", name="Follow", exact=True)
    for _ in range(12):
        keyboard.press("Tab")
        if submit.evaluate("(button) => button === document.activeElement"):
            break
    keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert scene.app.sent[-1]["type"] == "view_submission"


def test_an_update_replaces_the_form_and_a_failure_leaves_it(scene: Scene) -> None:
    dialog = scene.open({**FORM, "blocks": FORM["blocks"][2:]})
    scene.workspace.delivery = None
    dialog.get_by_label("Note").fill("kept")
    dialog.get_by_role("button", name="Follow", exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text("That did not work: dispatch_failed")
    expect(dialog.get_by_label("Note")).to_have_value("kept")
    scene.workspace.delivery = scene.app
    done = {"type": "modal", "title": plain("Done"), "blocks": FORM["blocks"][:1]}
    scene.app.answers = [{"response_action": "update", "view": done}]
    dialog.get_by_role("button", name="Follow", exact=True).click()
    after = scene.tab.get_by_role("dialog", name="Done")
    expect(after).to_contain_text("You hear of every correction.")
    expect(after.get_by_role("button", name="Follow")).to_have_count(0)
    scene.tab.keyboard.press("Escape")
    expect(after).to_be_hidden()


def test_a_form_is_given_up(scene: Scene) -> None:
    dialog = scene.open()
    dialog.get_by_role("button", name="Not now").click()
    expect(dialog).to_be_hidden()
    scene.tab.wait_for_timeout(200)
    assert scene.workspace.view_of(scene.you) is None


def test_a_form_that_is_given_up_takes_no_later_one_with_it(scene: Scene) -> None:
    scene.open()
    scene.tab.evaluate("page.view = 'V0-gone'")
    scene.tab.keyboard.press("Escape")
    scene.tab.wait_for_timeout(100)
    assert scene.workspace.view_of(scene.you) is not None


# For everybody


@pytest.mark.parametrize("scene", [{}, NARROW], ids=["wide", "narrow"], indirect=True)
def test_axe_finds_nothing(scene: Scene) -> None:
    parent = scene.post(
        text="El Salvador's offer to house U.S. prisoners, and what the courts said about it since then"
    )
    scene.bot("chat.update", channel=scene.channel, ts=parent, text="~twelve~ six ferries")
    scene.post(text="A correction", thread_ts=parent, reply_broadcast=True)
    expect(scene.rows()).to_have_count(2)
    assert_accessible(scene.tab)
    dialog = scene.open()
    dialog.get_by_role("button", name="Follow", exact=True).click()
    expect(dialog.locator(".error").first).to_be_visible()
    assert_accessible(scene.tab)
    assert scene.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert dialog.evaluate("(box) => box.scrollWidth <= box.clientWidth")
