"""People type the command, press buttons, mention the bot and write to it; the real app answers over loopback."""

import re

import pytest

from bot.core.briefs.arrangement import arranged
from bot.core.commands.button_value import ButtonValue, encode, encode_command
from bot.core.commands.command import Show, ShowChanges, ShowExport, ShowSources
from bot.workspace.faults import Kind
from bot.workspace.messages import Message
from bot.workspace.payloads import controls
from bot.workspace.workspace import plain
from tests.live import Stage, eventually
from tests.scenarios.room import title

OFFER = "El Salvador's offer to house U.S. prisoners"
GUATEMALA = "Guatemala's second deportation deal with the United States"


def first_claim(scene: Stage, brief: str, section: str) -> str:
    """What answers first in a section."""
    return arranged(scene.bot.services.corpus.corpus.briefs[brief].sections[section])[0].claim.text


def test_a_section_is_answered_for_the_asker_alone(scene: Stage) -> None:
    answer = scene.ask("/brief legal")
    assert answer.visible_to == scene.ann
    assert title(answer) == OFFER
    assert plain(answer.text).startswith(first_claim(scene, "el-salvador-offer", "legal"))
    assert re.search(r"^Legal considerations · as of \d+ \w+ \d{4}, \d+ months ago", answer.text, re.MULTILINE)
    assert scene.dialogue(scene.ben, scene.general) == []


def test_evidence_shows_the_same_answer_with_its_quotes_and_leads_back(over_http: Stage) -> None:
    answer = over_http.ask("/brief legal")
    evidence = over_http.press(answer, "open:evidence")
    assert evidence.visible_to == over_http.ann
    assert evidence.blocks == over_http.ask("/brief legal quotes").blocks
    assert (evidence.text.count("\n&gt; ") > 3, title(evidence)) == (True, OFFER)
    assert plain(evidence.text).startswith(first_claim(over_http, "el-salvador-offer", "legal"))
    assert over_http.press(evidence, "open:short").blocks == answer.blocks


def test_section_and_brief_in_either_order(over_http: Stage) -> None:
    assert over_http.ask("/brief reactions guatemala").blocks == over_http.ask("/brief guatemala REACTIONS").blocks


def test_share_as_a_word_posts_under_the_name_of_who_shared(scene: Stage) -> None:
    told = scene.ask("/brief legal guatemala share")
    assert told.text == "Shared in this channel."
    (shared,) = scene.workspace.seen_by(scene.ben, scene.general)
    first = first_claim(scene, "guatemala-deportations", "legal")
    assert plain(shared.text).startswith(f"Shared by <@{scene.ann}>\n\n{first}")
    assert title(shared) == GUATEMALA
    assert shared.visible_to is None
    assert "share" not in {control["action_id"] for control in controls(shared)}


def test_share_as_a_button_posts_the_page_that_was_shown(scene: Stage) -> None:
    second = scene.press(scene.ask("/brief legal quotes"), "continue")
    assert "page 2 of" in second.text
    scene.press(second, "share")
    (shared,) = scene.workspace.seen_by(scene.ben, scene.general)
    assert "page 2 of" in shared.text


def test_where_the_bot_may_not_post_the_share_goes_out_as_a_response(over_http: Stage) -> None:
    secret = over_http.workspace.add_channel("secret", over_http.ann, over_http.ben, private=True, bot=False)
    shared = over_http.ask("/brief legal guatemala share", secret)
    assert shared.visible_to is None
    assert "Corrections will not reach this copy unless @briefbot is invited" in shared.text
    pressed = over_http.press(over_http.ask("/brief legal", secret), "share")
    assert pressed.visible_to is None
    assert "Corrections will not reach this copy" in over_http.workspace.last(over_http.ben, secret).text


@pytest.mark.parametrize("kind", ["unavailable", "ratelimited"])
def test_a_share_that_slack_does_not_take_for_now_goes_out_later(over_http: Stage, kind: Kind) -> None:
    over_http.settle()
    over_http.workspace.faults.script("chat.postMessage", kind)
    over_http.ask("/brief legal guatemala share")
    over_http.settle()
    told, _ = over_http.dialogue(over_http.ann, over_http.general)
    assert told.startswith("Slack does not take it just now (")
    assert len(over_http.dialogue(over_http.ben, over_http.general)) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_share_that_slack_does_not_confirm_never_goes_out_twice(over_http: Stage, kind: Kind) -> None:
    """The bot may not read this channel, and does not share what may stand there already."""
    over_http.settle()
    over_http.workspace.faults.script("chat.postMessage", kind)
    over_http.ask("/brief legal guatemala share")
    told = over_http.dialogue(over_http.ann, over_http.general)
    assert any(each.startswith("Slack did not say whether it took it (dropped).") for each in told)
    over_http.settle()
    assert len(over_http.dialogue(over_http.ben, over_http.general)) == (1 if kind == "drop_after" else 0)
    (doubt,) = over_http.dialogue(over_http.ann, over_http.workspace.state.direct(over_http.ann).id)
    assert doubt.startswith("It is not known whether what you asked for stands in ")


def test_continue_leads_through_all_pages_to_the_last(over_http: Stage) -> None:
    page = over_http.ask("/brief legal quotes")
    seen = [page.text]
    while any(control["action_id"] == "continue" for control in controls(page)):
        page = over_http.press(page, "continue")
        seen.append(page.text)
    assert len(seen) > 1
    assert all(f"page {number} of {len(seen)}" in text for number, text in enumerate(seen, 1))
    assert "Not verified, or reports differ" in seen[-1]


def number_of_sources(scene: Stage) -> int:
    return len(scene.bot.services.corpus.corpus.briefs["el-salvador-offer"].sources)


def earlier(scene: Stage, action: str, value: str) -> Message:
    """An answer with a button of the version before."""
    answer = scene.ask("/brief legal")
    label = {"type": "plain_text", "text": "Press"}
    button = {"type": "button", "action_id": action, "text": label, "value": value}
    answer.blocks.append({"type": "actions", "elements": [button]})
    return answer


SOURCES = encode_command(ShowSources("el-salvador-offer"))


def test_the_sources_button_of_an_earlier_answer_opens_a_modal_with_all_of_them(scene: Stage) -> None:
    scene.workspace.press(scene.ann, earlier(scene, "sources", SOURCES), "sources")
    view = scene.workspace.view_of(scene.ann)
    assert view is not None
    assert view["title"]["text"] == "Sources"
    assert f"{number_of_sources(scene)} sources" in str(view["blocks"])
    assert f"[{number_of_sources(scene)}] " in str(view["blocks"])


def test_sources_come_as_a_message_where_no_modal_can_be_opened(over_http: Stage) -> None:
    before = earlier(over_http, "sources", SOURCES)
    over_http.workspace.faults.script("views.open", "unavailable")
    assert f"{number_of_sources(over_http)} sources" in over_http.press(before, "sources").text


def test_one_menu_leads_to_other_sections_and_briefs_to_the_sources_and_to_what_changed(over_http: Stage) -> None:
    answer = over_http.ask("/brief legal")
    (menu,) = [each for each in controls(answer) if each["action_id"] == "open:more"]
    labels = {each["label"]["text"]: [o["text"]["text"] for o in each["options"]] for each in menu["option_groups"]}
    exports = "Export Legal considerations"
    assert [*labels] == ["Other sections", "Legal considerations elsewhere", "This brief", exports]
    assert labels[exports] == ["As Markdown, with footnotes", "Its sources as CSL-JSON"]
    assert labels["This brief"] == [f"All {number_of_sources(over_http)} sources", "What changed", "Report a mistake"]
    other = over_http.press(answer, "open:more", encode_command(Show("legal", "guatemala-deportations")))
    assert title(other) == GUATEMALA
    rights = over_http.press(answer, "open:more", encode_command(Show("rights", "el-salvador-offer")))
    assert "Ethics and human rights" in rights.text
    assert over_http.workspace.press(over_http.ann, answer, "open:more", SOURCES).error is None
    view = over_http.workspace.view_of(over_http.ann)
    assert view is not None
    assert f"{number_of_sources(over_http)} sources" in str(view["blocks"])
    over_http.workspace.close_view(over_http.ann)
    export = encode_command(ShowExport("legal", "el-salvador-offer"))
    assert over_http.workspace.press(over_http.ann, answer, "open:more", export).error is None
    view = over_http.workspace.view_of(over_http.ann)
    assert view is not None
    assert "[^1]: " in str(view["blocks"])
    over_http.workspace.close_view(over_http.ann)
    changed = over_http.press(answer, "open:more", encode_command(ShowChanges("el-salvador-offer")))
    assert changed.text.startswith("What changed")


@pytest.mark.parametrize("action", ["open:section", "open:brief"])
def test_the_menus_of_an_earlier_answer_lead_where_they_led(over_http: Stage, action: str) -> None:
    value = encode_command(Show("reactions", "guatemala-deportations"))
    pressed = over_http.press(earlier(over_http, action, value), action)
    assert pressed.blocks == over_http.ask("/brief reactions guatemala").blocks


def test_continue_and_share_of_an_earlier_answer_of_more_pages_come_to_the_last_there_is(over_http: Stage) -> None:
    answer = over_http.ask("/brief legal")
    revision = over_http.bot.services.corpus.corpus.briefs["el-salvador-offer"].revision
    value = encode(ButtonValue(Show("legal", "el-salvador-offer"), revision, 4))
    assert over_http.press(earlier(over_http, "continue", value), "continue").blocks == answer.blocks
    before = over_http.ask("/brief legal")
    for control in controls(before):
        if control["action_id"] == "share":
            control["value"] = value
    assert over_http.press(before, "share").text == "Shared in this channel."
    (shared,) = over_http.workspace.seen_by(over_http.ben, over_http.general)
    assert shared.text.endswith(answer.text)


def test_the_newer_brief_is_a_button_away_in_the_same_section(over_http: Stage) -> None:
    newer = over_http.press(over_http.ask("/brief legal"), "open:successor")
    assert "Removals" in title(newer)
    assert "Legal considerations" in newer.text


def test_home_offers_sections_and_a_typeahead_of_briefs(scene: Stage) -> None:
    home = scene.ask("/brief")
    options = scene.workspace.suggest(scene.ann, home, "open:typeahead", "GUATE")
    assert [option["value"] for option in options] == [encode_command(Show(None, "guatemala-deportations"))]
    assert len(scene.workspace.suggest(scene.ann, home, "open:typeahead", "")) == 5
    guatemala = scene.press(home, "open:typeahead", encode_command(Show(None, "guatemala-deportations")))
    assert title(guatemala) == GUATEMALA
    assert "Legal considerations" in scene.press(home, "open:section-2").text


def test_a_misspelt_word_is_a_button_away_from_its_answer(over_http: Stage) -> None:
    nothing = over_http.ask("/brief leagl")
    assert "Nearest: legal" in nothing.text
    assert title(over_http.press(nothing, "open:1")) == OFFER


def test_a_choice_is_a_button_away_too(over_http: Stage) -> None:
    choice = over_http.ask("/brief legal el salvador")
    assert "can mean several things" in choice.text
    assert "Removals" in title(over_http.press(choice, "open:2"))


def test_unknown_words_search_and_zebras_find_nothing(over_http: Stage) -> None:
    assert "Claims about" in over_http.ask("/brief can a citizen be deported").text
    assert "nothing in the briefs answers this." in over_http.ask("/brief zebra").text


def test_what_was_typed_comes_back_as_it_was_typed(scene: Stage) -> None:
    nothing = scene.ask("/brief zebra & <quagga>")
    assert "/brief zebra &amp; &lt;quagga&gt;" in nothing.text
    assert "/brief zebra & <quagga>" in str(nothing.blocks)


def test_only_controls_that_work_are_shown(over_http: Stage) -> None:
    """Every control of every kind of message is pressed once, and something answers."""
    for typed in (
        "",
        "legal",
        "legal quotes",
        "sources",
        "list",
        "leagl",
        "legal el salvador",
        "can a citizen be deported",
        "help",
    ):
        message = over_http.ask(f"/brief {typed}")
        for control in controls(message):
            before = over_http.workspace.state.version
            option = None
            if control["type"] == "external_select":
                option = over_http.workspace.suggest(over_http.ann, message, control["action_id"], "")[0]["value"]
            elif control["type"] == "static_select":
                option = (control.get("options") or control["option_groups"][0]["options"])[0]["value"]
            answer = over_http.press(message, control["action_id"], option, confirmed="confirm" in control)
            assert over_http.workspace.state.version > before
            assert "works no more" not in answer.text


# Mentions and direct messages


def test_a_mention_is_answered_in_its_thread_for_all(scene: Stage) -> None:
    bot = scene.workspace.state.app.bot_user
    question = scene.workspace.say(scene.ann, scene.general, f"<@{bot}> reactions guatemala")
    eventually(lambda: len(scene.workspace.seen_by(scene.ben, scene.general)) == 2)
    answer = scene.workspace.last(scene.ben, scene.general)
    assert (answer.thread_ts, title(answer)) == (question.ts, GUATEMALA)


def test_a_mention_within_a_thread_is_answered_in_that_thread(over_http: Stage) -> None:
    workspace, bot = over_http.workspace, over_http.workspace.state.app.bot_user
    parent = workspace.say(over_http.ben, over_http.general, "What about the law?")
    workspace.say(over_http.ann, over_http.general, f"<@{bot}> legal quotes", thread_ts=parent.ts)
    answer = workspace.last(over_http.ben, over_http.general)
    assert answer.thread_ts == parent.ts
    pressed = over_http.press(answer, "continue", user=over_http.ben)
    assert (pressed.thread_ts, pressed.visible_to) == (parent.ts, over_http.ben)


def test_a_direct_message_is_answered_in_the_conversation(scene: Stage) -> None:
    conversation = scene.workspace.state.direct(scene.ann).id
    scene.workspace.say(scene.ann, conversation, "law")
    eventually(lambda: len(scene.workspace.seen_by(scene.ann, conversation)) == 2)
    answer = scene.workspace.last(scene.ann, conversation)
    assert (answer.thread_ts, title(answer)) == (None, OFFER)


def test_an_event_that_comes_again_is_answered_once(scene: Stage) -> None:
    workspace, bot = scene.workspace, scene.workspace.state.app.bot_user
    event = {"type": "app_mention", "user": scene.ann, "text": f"<@{bot}> legal", "ts": "1.1", "channel": scene.general}
    for retry in (None, (1, "http_timeout"), (2, "http_error")):
        assert workspace.event(event, event_id="Ev1", retry=retry).error is None
    eventually(lambda: len(workspace.seen_by(scene.ann, scene.general)) == 1)
    workspace.event({**event, "ts": "1.2"}, event_id="Ev2")
    eventually(lambda: len(workspace.seen_by(scene.ann, scene.general)) == 2)


def test_bots_edits_and_the_bots_own_messages_are_ignored(over_http: Stage) -> None:
    workspace, bot = over_http.workspace, over_http.workspace.state.app.bot_user
    conversation = workspace.state.direct(over_http.ann).id
    base = {"type": "message", "channel_type": "im", "channel": conversation, "ts": "1.1", "text": "legal"}
    for more in (
        {"user": "U9", "bot_id": "B9"},
        {"user": over_http.ann, "subtype": "message_changed"},
        {"user": bot},
    ):
        assert workspace.event({**base, **more}).error is None
    assert workspace.seen_by(over_http.ann, conversation) == []


def test_slack_finds_the_endpoint_when_it_asks_for_it(over_http: Stage) -> None:
    """Source: docs.slack.dev, url_verification event."""
    delivery = over_http.workspace.delivery
    assert delivery is not None
    assert delivery.send("events_api", {"type": "url_verification", "challenge": "abc", "token": "x"}).body == {
        "challenge": "abc"
    }
