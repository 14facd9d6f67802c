"""An office in which U1 and U2 may change what channels follow (U2 as one of a user group), and U3 and U4 may ask."""

from collections.abc import Iterator
from typing import Any

from bot.core.asks.ask import Ask
from bot.handlers.asks.lapse_asks import lapse_asks
from bot.handlers.ports import Caller
from bot.render.document.message import Message
from bot.slack.actions import act
from bot.store.schema import ask
from tests.handlers.desk import Desk


class Office:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.slack.groups["S1"] = frozenset({"U2"})
        desk.slack.add_person("U3", zone="Europe/Berlin")
        desk.slack.add_person("U4")
        desk.decide(admins=frozenset({"U1", "S1"}))

    def refusal(self, typed: str, user: str = "U3", channel: str = "C1") -> Message:
        """What somebody reads who may not."""
        answer = self.desk.ask(typed, channel, user)
        assert answer is not None
        return answer

    def ask(self, typed: str, user: str = "U3", channel: str = "C1") -> str:
        """Somebody types a command, and presses *Ask an admin*; what they read then."""
        (value,) = values_of(self.refusal(typed, user, channel), "ask")
        return self.press("ask", value, self.desk.slack.caller(user, channel))

    def press(self, action: str, value: str, caller: Caller) -> str:
        """Somebody presses a button; what they alone read then, if anything."""
        before = len(self.desk.entries(caller.channel))
        act({"action_id": action, "value": value}, caller, self.desk.services)
        own = [each for each in self.desk.entries(caller.channel)[before:] if each.visible_to == caller.user]
        return "".join(each.text for each in own)

    def decide(self, action: str, user: str = "U1", number: int | str = 1) -> str:
        """Somebody presses *Allow* or *Decline* in their conversation with the bot; what they read then."""
        caller = self.desk.slack.caller(user, self.desk.slack.conversation(user))
        return self.press(action, str(number), caller)

    def come_by(self, seconds: float) -> None:
        """The tasks come by at a time, and all jobs run."""
        self.desk.set_clock(seconds)
        lapse_asks(self.desk.services)
        self.desk.wake()

    def told(self, user: str) -> list[str]:
        """What the bot wrote to somebody, as it reads now."""
        return [each.text for each in self.desk.entries(user) if each.visible_to is None]

    def buttons(self, user: str) -> list[str]:
        """The actions that somebody can press in the messages to them."""
        return [each["action_id"] for entry in self.desk.entries(user) for each in controls(entry.message)]

    def asks(self) -> list[Ask]:
        """All that are kept, oldest first."""
        with self.desk.store.snapshot() as tx:
            numbers = tx.connection.execute(ask.select().order_by(ask.c.id)).scalars("id").all()
            return [found for number in numbers if (found := tx.asks.find(number))]

    def states(self) -> list[tuple[str, str | None]]:
        """(state, who decided) of each, oldest first."""
        return [(each.state, each.decided_by) for each in self.asks()]


def controls(message: Message) -> Iterator[dict[str, Any]]:
    for block in message.blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def values_of(message: Message, action: str) -> list[str]:
    """The values of the buttons of an action."""
    return [each["value"] for each in controls(message) if each["action_id"] == action]
