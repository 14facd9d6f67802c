"""Who is answered, how often and in which words: the real app over HTTP."""

from typing import Any

import pytest
import sqlalchemy

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import ListBriefs
from bot.render.digests import schedule_form
from bot.workspace import forms, payloads
from bot.workspace.message_events import file_share
from bot.workspace.messages import Message
from bot.workspace.payloads import controls
from bot.workspace.workspace import plain
from tests.live import Stage, eventually
from tests.scenarios.room import title

EXTERNAL = "T0EXTERN1"
WELCOME = "This is briefbot."


def mention(stage: Stage, words: str, **more: Any) -> str:
    """Ann mentions the bot in the channel; the text of the newest message that Ben then sees."""
    bot = stage.workspace.state.app.bot_user
    stage.say(stage.ann, stage.general, words.replace("@bot", f"<@{bot}>"), **more)
    return plain(stage.workspace.last(stage.ben, stage.general).text)


def tell(stage: Stage, text: str, **more: Any) -> str:
    """Ann writes to the bot; what it answered last."""
    channel = stage.workspace.state.direct(stage.ann).id
    stage.say(stage.ann, channel, text, **more)
    return plain(stage.workspace.last(stage.ann, channel).text)


def answers(stage: Stage) -> list[Message]:
    """What the bot has said in the channel."""
    bot = stage.workspace.state.app.bot_user
    return [each for each in stage.workspace.seen_by(stage.ben, stage.general) if each.user == bot]


def buttons(message: Message) -> dict[str, str]:
    return {each["text"]["text"]: each["value"] for each in controls(message) if each["type"] == "button"}


# Once, and people alone


@pytest.mark.parametrize(
    "author",
    [
        {"user": "U0OTHERBOT", "bot_id": "B0JIRA"},
        {"subtype": "bot_message", "bot_id": "B0HOOK"},
        {"bot_id": "B0FLOW", "bot_profile": {"id": "B0FLOW", "is_workflow_bot": True}},
        {"user": "USLACKBOT"},
        {},
    ],
)
def test_bots_are_acknowledged_and_change_nothing(over_http: Stage, author: dict[str, Any]) -> None:
    workspace, bot = over_http.workspace, over_http.workspace.state.app.bot_user
    for n, text in enumerate(("sorry, I did not understand", "subscribe guatemala")):
        event = {"type": "app_mention", "text": f"<@{bot}> {text}", "ts": f"1.{n}", "channel": over_http.general}
        assert workspace.event({**event, **author}).error is None
    assert answers(over_http) == []
    assert "Nothing yet" in over_http.ask("/brief subscriptions").text


def test_mentions_at_once_are_all_answered_as_fast_as_slack_takes_the_answers(over_http: Stage) -> None:
    bot = over_http.workspace.state.app.bot_user
    over_http.pause()
    for words in ("legal", "reactions", "overview", "outlook"):
        over_http.workspace.say(over_http.ann, over_http.general, f"<@{bot}> {words}")
    eventually(lambda: len(answers(over_http)) == 4)
    over_http.settle()
    assert len({answer.thread_ts for answer in answers(over_http)}) == len(answers(over_http)) == 4


def test_a_mention_is_answered_once_however_often_it_is_edited(over_http: Stage) -> None:
    workspace = over_http.workspace
    mention(over_http, "@bot legal")
    (question,) = [each for each in workspace.seen_by(over_http.ben, over_http.general) if each.user == over_http.ann]
    for words in ("legal", "reactions", "subscribe all"):
        workspace.edit(question, f"<@{workspace.state.app.bot_user}> {words}")
    assert len(answers(over_http)) == 1


def test_a_direct_message_is_answered_once_however_often_it_is_edited(over_http: Stage) -> None:
    workspace = over_http.workspace
    tell(over_http, "legal")
    channel = workspace.state.direct(over_http.ann).id
    question, _ = workspace.seen_by(over_http.ann, channel)
    workspace.edit(question, "reactions")
    assert len(workspace.seen_by(over_http.ann, channel)) == 2


def test_a_mention_that_an_edit_adds_is_answered(over_http: Stage) -> None:
    workspace = over_http.workspace
    message = workspace.say(over_http.ann, over_http.general, "legal")
    workspace.edit(message, f"<@{workspace.state.app.bot_user}> legal")
    assert len(answers(over_http)) == 1


def test_an_edit_of_a_message_that_is_too_old_to_be_remembered_is_not_answered(over_http: Stage) -> None:
    workspace = over_http.workspace
    message = workspace.say(over_http.ann, over_http.general, "legal")
    over_http.clock.forward(25 * 3600)
    workspace.edit(message, f"<@{workspace.state.app.bot_user}> legal")
    assert answers(over_http) == []


def test_a_question_that_the_database_kept_from_an_answer_is_answered_when_it_comes_again(over_http: Stage) -> None:
    workspace, bot = over_http.workspace, over_http.workspace.state.app.bot_user
    event = {"type": "app_mention", "user": over_http.ann, "text": f"<@{bot}> subscriptions", "ts": "7.1"}
    event |= {"channel": over_http.general}
    rename(over_http, "subscription", "elsewhere")
    assert workspace.event(event, event_id="Ev71").error is not None
    rename(over_http, "elsewhere", "subscription")
    for number in (1, 2):
        assert workspace.event(event, event_id="Ev71", retry=(number, "http_error")).error is None
    assert len(answers(over_http)) == 1


def rename(stage: Stage, table: str, now: str) -> None:
    with stage.bot.services.store.transaction() as tx:
        tx.connection.execute(sqlalchemy.text(f"ALTER TABLE {table} RENAME TO {now}"))


# What is answered


@pytest.mark.parametrize(
    "text", ["@bot legal", "@bot: legal", "hey @bot, legal", "@bot /brief legal", "@bot brief legal"]
)
def test_a_mention_is_understood_wherever_it_stands(over_http: Stage, text: str) -> None:
    assert "Legal considerations · as of" in mention(over_http, text)


@pytest.mark.parametrize("text", ["legal", "<@{bot}> legal", "<@{bot}|briefbot>: legal", "/brief legal", "brief legal"])
def test_so_is_a_direct_message(over_http: Stage, text: str) -> None:
    answer = tell(over_http, text.format(bot=over_http.workspace.state.app.bot_user))
    assert "Legal considerations · as of" in answer


def test_a_message_with_a_file_is_answered_by_its_text(over_http: Stage) -> None:
    assert "Legal considerations · as of" in tell(over_http, "legal", **file_share("page.pdf"))


def test_a_file_alone_is_no_question(over_http: Stage) -> None:
    assert tell(over_http, "", **file_share("page.pdf")) == ""


@pytest.mark.parametrize("text", ["legal\x00", "leg\ud83dal"])
def test_what_no_database_stores_is_no_part_of_the_question(over_http: Stage, text: str) -> None:
    assert "Legal considerations · as of" in tell(over_http, text)


# In a thread


def test_in_a_thread_the_advice_names_the_mention(over_http: Stage) -> None:
    answer = mention(over_http, "@bot   leagl")
    assert answer.startswith("You typed @briefbot leagl: ")
    assert "/brief" not in answer
    pressed = over_http.press(over_http.workspace.last(over_http.ben, over_http.general), "open:1")
    assert "Legal considerations" in pressed.text
    assert "/brief" not in str(pressed)


@pytest.mark.parametrize("text", ["", "help", "list", "legal", "subscribe", "subscriptions", "digest off #9", "status"])
def test_no_answer_in_a_thread_names_a_command_that_does_not_work_there(over_http: Stage, text: str) -> None:
    assert "/brief" not in mention(over_http, f"@bot {text}")


def test_a_change_that_is_announced_in_a_thread_names_the_mention(over_http: Stage) -> None:
    assert "/brief" not in mention(over_http, "@bot subscribe all")
    assert "/brief" not in mention(over_http, "@bot mute all")


def test_elsewhere_the_advice_names_the_command(over_http: Stage) -> None:
    assert over_http.ask("/brief leagl").text.startswith("You typed /brief leagl")
    assert tell(over_http, "leagl").startswith("You typed /brief leagl")


def test_share_in_a_thread_shares_the_answer_above(over_http: Stage) -> None:
    bot = over_http.workspace.state.app.bot_user
    question = over_http.say(over_http.ann, over_http.general, f"<@{bot}> reactions guatemala")
    over_http.say(over_http.ben, over_http.general, f"<@{bot}> share", thread_ts=question.ts)
    over_http.settle()
    answer, shared, told = answers(over_http)
    assert (answer.thread_ts, shared.thread_ts, told.thread_ts) == (question.ts, None, question.ts)
    assert shared.text.startswith(f"Shared by <@{over_http.ben}>\n\n")
    assert title(shared) == title(answer) == "Guatemala's second deportation deal with the United States"
    assert told.text == "Shared in this channel."


def test_share_without_an_answer_above_says_what_can_be_shared(over_http: Stage) -> None:
    assert mention(over_http, "@bot share").startswith("You typed @briefbot share: share belongs behind")
    assert over_http.ask("/brief share").text.startswith("You typed /brief share: share belongs behind")


# Greetings


@pytest.mark.parametrize("text", ["hi", "Thanks! :pray:", "ok", "good morning"])
def test_a_courtesy_gets_three_examples_and_no_claim(over_http: Stage, text: str) -> None:
    answer = tell(over_http, text)
    assert "Claims about" not in answer
    message = over_http.workspace.last(over_http.ann, over_http.workspace.state.direct(over_http.ann).id)
    assert len(buttons(message)) == 3
    assert buttons(message)["All briefs"] == encode_command(ListBriefs())
    assert WELCOME not in answer


def test_the_first_direct_message_of_a_person_is_welcomed_once(over_http: Stage) -> None:
    assert WELCOME in tell(over_http, "legal")
    assert WELCOME not in tell(over_http, "legal")


def test_who_began_with_a_greeting_is_not_welcomed_again(over_http: Stage) -> None:
    assert WELCOME not in tell(over_http, "hello")
    assert WELCOME not in tell(over_http, "legal")


def test_a_channel_is_welcomed_when_the_bot_joins_it_for_the_first_time(over_http: Stage) -> None:
    workspace = over_http.workspace
    hall = workspace.add_channel("hall", over_http.ann, bot=False)
    for _ in range(2):
        workspace.invite(hall)
        workspace.kick(hall)
    (welcome,) = workspace.seen_by(over_http.ann, hall)
    assert welcome.text.startswith(WELCOME)
    assert len(buttons(welcome)) == 3
    assert "Overview" in over_http.press(welcome, "open:example-1").text


def test_a_channel_that_follows_something_knows_the_bot(over_http: Stage) -> None:
    workspace = over_http.workspace
    over_http.ask("/brief subscribe all")
    workspace.kick(over_http.general)
    workspace.invite(over_http.general)
    assert [each.text for each in answers(over_http) if WELCOME in each.text] == []


# People of other organisations


def test_people_of_another_organisation_read_and_do_not_change(over_http: Stage) -> None:
    workspace, bot = over_http.workspace, over_http.workspace.state.app.bot_user
    ida = workspace.add_user("ida", team=EXTERNAL)
    for text in ("subscribe all", "subscriptions all", "use guatemala", "digest daily 09:00"):
        over_http.say(ida, over_http.general, f"<@{bot}> {text}")
        refusal = workspace.last(ida, over_http.general).text
        assert "Only full members of this workspace may do this." in refusal
        assert "guest" not in refusal
    over_http.say(ida, over_http.general, f"<@{bot}> legal")
    assert "Legal considerations" in workspace.last(ida, over_http.general).text
    assert "Nothing yet" in over_http.ask("/brief subscriptions").text


def test_the_event_alone_says_that_its_author_is_of_another_organisation(over_http: Stage) -> None:
    text = mention(over_http, "@bot subscribe all", user_team=EXTERNAL)
    assert "Only full members of this workspace may do this." in text


def test_a_form_that_names_another_workspace_sets_the_digest_of_the_apps(over_http: Stage) -> None:
    workspace, ann = over_http.workspace, over_http.ann
    assert workspace.command(ann, over_http.general, "/brief digest").error is None
    view = workspace.view_of(ann)
    assert view is not None
    entries = forms.state(view, {schedule_form.AT: "09:00"})
    payload = payloads.view_submission(workspace.state, ann, view, entries) | {"team": {"id": EXTERNAL}}
    assert workspace.delivery is not None
    assert workspace.delivery.send("interactive", payload).error is None
    with over_http.bot.services.store.snapshot() as tx:
        assert len(tx.digests.of_channel(workspace.state.team, over_http.general)) == 1
        assert tx.digests.of_team(EXTERNAL) == []


def test_a_form_of_somebody_of_another_organisation_sets_nothing(over_http: Stage) -> None:
    workspace = over_http.workspace
    ida = workspace.add_user("ida", team=EXTERNAL)
    assert workspace.command(ida, over_http.general, "/brief digest").error is None
    assert workspace.submit(ida, {schedule_form.AT: "09:00"}).error is None
    with over_http.bot.services.store.snapshot() as tx:
        assert tx.digests.of_team(EXTERNAL) == tx.digests.of_channel(workspace.state.team, over_http.general) == []


# Where the bot cannot post


@pytest.mark.parametrize("people", [2, 3])
@pytest.mark.parametrize("text", ["subscribe all", "use guatemala", "digest daily 09:00", "legal share"])
def test_between_people_it_is_said_where_it_works(over_http: Stage, people: int, text: str) -> None:
    workspace = over_http.workspace
    everybody = (over_http.ann, over_http.ben, workspace.add_user("cleo"))
    between = workspace.add_group(*everybody[:people])
    answer = over_http.ask(f"/brief {text}", between)
    assert "/invite" not in answer.text
    if "share" in text:
        assert "Corrections will not reach this copy\n" in answer.text
        return
    assert "cannot post in a direct message between people" in answer.text
    assert "works in a channel" in answer.text
    team = workspace.state.team
    with over_http.bot.services.store.snapshot() as tx:
        assert (tx.subscriptions.of_channel(team, between), tx.digests.of_channel(team, between)) == ([], [])
    assert over_http.bot.services.corpus.default_brief(team, between) is None


# What nobody can have pressed


@pytest.mark.parametrize(
    "odd",
    [
        {"actions": [{"type": "button", "action_id": "open:1", "block_id": "b"}]},
        {"actions": [{"type": "static_select", "action_id": "open:pick", "selected_option": None}]},
        {"container": {"type": "view", "view_id": "V1"}, "channel": None},
    ],
)
def test_a_press_that_asks_for_nothing_is_acknowledged(over_http: Stage, odd: dict[str, Any]) -> None:
    message = over_http.ask("/brief leagl")
    state = over_http.workspace.state
    element = payloads.control(message, "open:1")
    payload = payloads.block_actions(state, over_http.ann, message, element, None, "http://127.0.0.1:9/none")
    delivery = over_http.workspace.delivery
    assert delivery is not None
    assert delivery.send("interactive", {**payload, **odd}).error is None
    assert over_http.workspace.last(over_http.ann, over_http.general) is message
