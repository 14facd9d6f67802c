"""Buttons, menus and forms that an earlier version showed still do what they said."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import pytest

from bot.app.run import Bot, start_bot
from bot.core.commands.button_value import ButtonValue, encode_command
from bot.core.commands.command import (
    Command,
    Range,
    Search,
    SetDefaultBrief,
    Show,
    ShowChanges,
    ShowSources,
    ShowSubscriptions,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SetDigest, ShowDigests
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests.schedule import DAILY, Schedule
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.settings import Settings, SlackSettings
from bot.slack.actions import ACTIONS
from bot.slack.http import ENDPOINT
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.messages import Message
from bot.workspace.server import many
from bot.workspace.workspace import Workspace, plain
from tests import before
from tests.databases import opened
from tests.live import QUICK, limit, wait_for_replies

HOME = "T0LOCAL001"
ANN = "U00000001"

BUTTONS: dict[str, list[dict[str, Any]]] = before.read("button_values")
FORMS: dict[str, Any] = before.read("form_metadata")


@dataclass(frozen=True)
class Control:
    """A control of an earlier message, and the value that a press on it sends; `option`: it is a menu's."""

    action: str
    value: str
    element: dict[str, Any]
    option: str | None = None

    @property
    def name(self) -> str:
        return self.action.partition(":")[0]

    @property
    def typed(self) -> str:
        """What its value stood for: with the version that wrote it, that was what a press typed."""
        before_it = {"follow": "subscribe ", "sources": "sources "}
        if self.name in ("continue", "share"):
            return str(json.loads(self.value)[0])
        return before_it.get(self.name, "") + self.value


def controls() -> Iterator[Control]:
    """Every control of a message; those of typeaheads carry no value."""
    for found in BUTTONS.values():
        for element in (each["element"] for each in found if "element" in each):
            if element["type"] == "button":
                yield Control(element["action_id"], element["value"], element)
            for option in element.get("options", ()):
                yield Control(element["action_id"], option["value"], element, option["value"])


CONTROLS = list({(each.action, each.value): each for each in controls()}.values())
CHANGING = ("subscribe", "unsubscribe", "use", "digest off", "digest daily")
READING = [each for each in CONTROLS if each.name in ("open", "undo", "follow") and not each.typed.startswith(CHANGING)]


@dataclass
class Scene:
    """The bot over the earlier version's database, behind HTTP."""

    bot: Bot
    workspace: Workspace

    def press(self, control: Control, channel: str) -> Message:
        """Ann presses a control of a message that stands in a channel; what she then sees last."""
        block = {"type": "actions", "block_id": "earlier", "elements": [control.element]}
        state = self.workspace.state
        shown = state.post(Message(state.next_ts(), channel, before.BOT_USER, "earlier", [block], bot_id=before.BOT_ID))
        ack = self.workspace.press(ANN, shown, control.action, control.option)
        assert ack.error is None, ack
        wait_for_replies(self.bot, self.workspace)
        return self.workspace.last(ANN, channel)

    def type(self, text: str, channel: str) -> Message:
        ack = self.workspace.command(ANN, channel, f"/brief {text}")
        assert ack.error is None, ack
        wait_for_replies(self.bot, self.workspace)
        return self.workspace.last(ANN, channel)

    def channel(self) -> str:
        """A channel without a history."""
        return self.workspace.add_channel("new", ANN)

    def command(self, control: Control) -> Any:
        """What its value is decoded to."""
        return ACTIONS[control.name].decode(control.value, self.bot.services.answers().parse)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    url = f"sqlite:///{tmp_path_factory.mktemp('earlier')}/briefbot.db"
    with opened(url) as engine:
        before.restore(engine)
    left_at, began = datetime.fromisoformat(before.read("contents")["left_at"]), time.monotonic()
    clock = MovableClock(lambda: (left_at + timedelta(minutes=3)).timestamp() + time.monotonic() - began)
    workspaces = before.workspaces(clock)
    workspace = workspaces[HOME]
    workspace.state.numbers = iter(range(5000, 10**6))  # the earlier version's ids are below
    served = LocalServer(many(list(workspaces.values())))
    for each in workspaces.values():
        each.base_url = served.url
        limit(each, QUICK)
    secret = workspace.state.app.signing_secret
    slack = SlackSettings(
        bot_token=before.TOKENS[HOME], signing_secret=secret, api_url=f"{served.url}/api/", host="127.0.0.1", port=0
    )
    settings = Settings(briefs=before.DIRECTORY / "briefs", database_url=url, posts_per_minute=9999)
    bot = start_bot(settings, slack, before.TOKENS, lambda: datetime.fromtimestamp(clock(), UTC), QUICK)
    way = LocalServer(bot.web.http_app(secret))
    try:
        workspace.delivery = HttpDelivery(way.url + ENDPOINT, secret, time.time)
        yield Scene(bot, workspace)
    finally:
        workspace.delivery = None
        way.close()
        bot.stop()
        served.close()


def words(message: Message) -> str:
    """What it says, but for the numbers of subscriptions and digests."""
    return re.sub(r"#\d+|(?<=digest )\d+|(?<=off )\d+", "n", plain(message.text))


# What a value means

MEANINGS: list[tuple[str, str, Command | ButtonValue]] = [
    ("open:brief", "legal harbour", Show("legal", "harbour")),
    ("open:change", "changes pier @6f962ee8..", ShowChanges("pier", None, Range("6f962ee8", None))),
    ("open:change", "changes breakwater @..dad7b5f7", ShowChanges("breakwater", None, Range(None, "dad7b5f7"))),
    (
        "open:changes",
        "changes harbour @f364cb13..7baca295",
        ShowChanges("harbour", None, Range("f364cb13", "7baca295")),
    ),
    ("open:feed", "subscribe all deliver:digest", Subscribe(SubscriptionSpec(Target(), deliver="digest"))),
    ("open:item-2", "overview ferries", Show("overview", "ferries")),
    ("open:item-3", "lighthouse", Show(None, "lighthouse")),
    ("open:1", "legal", Show("legal")),
    ("open:1", "subscriptions", ShowSubscriptions()),
    ("open:preview", "digest preview", PreviewDigest()),
    ("digest", "digest", ShowDigests()),
    ("follow", "harbour", Subscribe(SubscriptionSpec(Target("harbour")))),
    ("sources", "ferries", ShowSources("ferries")),
    ("continue", '["outlook harbour","7baca295",2]', ButtonValue(Show("outlook", "harbour"), "7baca295", 2)),
    ("continue", '["search winter boats",null,2]', ButtonValue(Search("winter boats"), None, 2)),
    ("continue", '["digest preview",null,2]', ButtonValue(PreviewDigest(), None, 2)),
    (
        "share",
        '["legal ferries @d716dfa6","d716dfa6",1]',
        ButtonValue(Show("legal", "ferries", "d716dfa6"), "d716dfa6"),
    ),
    ("undo", "unsubscribe #1", Unsubscribe(1)),
    ("undo", "use none", SetDefaultBrief(None)),
    ("undo", "use quay", SetDefaultBrief("quay")),
    ("undo", "digest off #1", EndDigests(1)),
    ("undo", "subscribe ferries/legal", Subscribe(SubscriptionSpec(Target("ferries", "legal")))),
    ("undo", "digest daily 09:00 Europe/Berlin", SetDigest(ScheduleSpec(DAILY, clock_time(9), "Europe/Berlin"))),
]


@pytest.mark.parametrize(("action", "value", "meaning"), MEANINGS)
def test_a_value_means_what_it_meant(scene: Scene, action: str, value: str, meaning: Command | ButtonValue) -> None:
    (control,) = [each for each in CONTROLS if (each.action, each.value) == (action, value)]
    assert scene.command(control) == meaning


@pytest.mark.parametrize("control", CONTROLS, ids=lambda each: f"{each.action} {each.value}")
def test_every_value_that_was_written_is_read(scene: Scene, control: Control) -> None:
    decoded = scene.command(control)
    command = decoded.command if isinstance(decoded, ButtonValue) else decoded
    assert command == scene.bot.services.answers().parse(control.typed)


# What a press does


@pytest.mark.parametrize("control", READING, ids=lambda each: f"{each.action} {each.value}")
def test_a_press_is_answered_as_its_text_would_be(scene: Scene, control: Control) -> None:
    pressed = words(scene.press(control, scene.channel()))
    assert pressed == words(scene.type(control.typed, scene.channel()))
    assert "works no more" not in pressed


@pytest.mark.parametrize(
    "control",
    [each for each in CONTROLS if each.name in ("open", "undo", "follow") and each.typed.startswith(CHANGING)],
    ids=lambda each: f"{each.action} {each.value}",
)
def test_a_press_that_changes_something_tells_the_channel_what_its_text_would(scene: Scene, control: Control) -> None:
    pressed = words(scene.press(control, scene.channel()))
    assert pressed == words(scene.type(control.typed, scene.channel()))


@pytest.mark.parametrize(
    "value", ['["outlook harbour","7baca295",2]', '["changes harbour @f364cb13..7baca295",null,2]']
)
def test_continue_shows_the_second_page(scene: Scene, value: str) -> None:
    (control,) = [each for each in CONTROLS if (each.name, each.value) == ("continue", value)]
    shown = plain(scene.press(control, scene.channel()).text)
    assert shown.startswith("The harbour in winter")
    assert "page 2 of " in shown
    assert shown != plain(scene.type(control.typed, scene.channel()).text)


def test_continue_shows_all_where_one_page_has_become_enough(scene: Scene) -> None:
    (control,) = [each for each in CONTROLS if each.value == '["search winter boats",null,2]']
    shown = plain(scene.press(control, scene.channel()).text)
    assert "Claims about “winter boats”" in shown
    assert "In winter 6 three boats were mended." in shown
    assert "page 2" not in shown
    assert shown == plain(scene.type(control.typed, scene.channel()).text)


def test_share_posts_what_stood_above_it(scene: Scene) -> None:
    (control,) = [each for each in CONTROLS if each.value == '["outlook harbour","7baca295",1]']
    channel = scene.channel()
    assert plain(scene.press(control, channel).text) == "Shared in this channel."
    (post,) = [each for each in scene.workspace.seen_by(ANN, channel) if "Shared by" in each.text]
    assert "The harbour in winter" in post.text


def test_share_of_a_brief_that_has_changed_asks_once_more(scene: Scene) -> None:
    (control,) = [each for each in CONTROLS if each.value == '["overview ferries","d716dfa6",1]']
    assert plain(scene.press(control, scene.channel()).text).startswith("This has changed since you asked.")


def test_sources_opens_a_modal_with_them(scene: Scene) -> None:
    (control,) = [each for each in CONTROLS if (each.name, each.value) == ("sources", "ferries")]
    scene.press(control, scene.channel())
    view = scene.workspace.view_of(ANN)
    assert view is not None
    assert view["title"]["text"] == "Sources"
    assert "The ferry timetable of 2025" in json.dumps(view)
    scene.workspace.close_view(ANN)


@pytest.mark.parametrize("command", [Show("legal", "pier"), Subscribe(SubscriptionSpec(Target("pier")))])
def test_a_button_of_a_brief_that_is_gone_says_so_and_changes_nothing(scene: Scene, command: Command) -> None:
    channel, value = scene.channel(), encode_command(command)
    label = {"type": "plain_text", "text": "Press"}
    control = Control("open:1", value, {"type": "button", "action_id": "open:1", "text": label, "value": value})
    assert "no brief is called “pier”" in plain(scene.press(control, channel).text)
    with scene.bot.services.store.snapshot() as tx:
        assert tx.subscriptions.find(HOME, channel, Target("pier")) is None


# Forms


def test_a_form_that_was_open_sets_the_digest(scene: Scene) -> None:
    channel = scene.channel()
    sent = json.loads(json.dumps(FORMS["view_submission"]).replace(FORMS["digest_form"]["private_metadata"], channel))
    delivery = scene.workspace.delivery
    assert delivery is not None
    ack = delivery.send("interactive", sent)
    assert ack.error is None
    wait_for_replies(scene.bot, scene.workspace)
    assert plain(scene.workspace.last(ANN, channel).text).startswith(f"<@{ANN}> set a digest")
    with scene.bot.services.store.snapshot() as tx:
        (schedule,) = [each.schedule for each in tx.digests.of_channel(HOME, channel)]
    assert schedule == Schedule.parse("weekly friday 07:15 Asia/Tokyo")
