"""A person who has a modal open, and an app that answers from a script."""

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.api.web_api import call
from bot.workspace.deliver import Ack, Kind
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


RHYTHM: Json = {"type": "static_select", "action_id": "rhythm", "options": [option("daily"), option("weekly")]}
GROUPED: Json = {
    "type": "static_select",
    "action_id": "rhythm",
    "option_groups": [{"label": plain("often"), "options": [option("daily")]}],
}
FORM: Json = {
    "type": "modal",
    "callback_id": "follow",
    "private_metadata": "secret",
    "title": plain("Follow"),
    "submit": plain("Follow"),
    "blocks": [
        {"type": "section", "text": plain("words")},
        entry("brief-block", {"type": "external_select", "action_id": "brief", "min_query_length": 0}),
        entry("rhythm-block", {**RHYTHM, "initial_option": option("daily")}),
        entry("time-block", {"type": "timepicker", "action_id": "time", "initial_time": "08:30"}),
        entry("note-block", {"type": "plain_text_input", "action_id": "note", "max_length": 10}, optional=True),
    ],
}
DONE: Json = {"type": "modal", "title": plain("Done"), "blocks": FORM["blocks"][:1]}


@dataclass
class Script:
    """An app that gives the answers of a list, one to each payload, and lists the payloads."""

    answers: list[Ack] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """The next answer."""
        assert (kind == "events_api", retry) == (False, None)
        self.sent.append(payload)
        return self.answers.pop(0)


@dataclass
class Scene:
    """A person who has a modal open."""

    workspace: Workspace
    app: Script
    ann: str

    def open(self, view: Json = FORM) -> Json:
        trigger = self.workspace.state.new_trigger(self.ann)
        token = self.workspace.state.app.bot_token
        opened: Json = call(self.workspace.state, "views.open", {"trigger_id": trigger, "view": view}, token)["view"]
        return opened

    def submit(self, answer: Json | str | None = None, **values: Any) -> Ack:
        self.app.answers = [Ack(answer)]
        return self.workspace.submit(self.ann, values)

    def errors(self) -> object:
        view = self.workspace.view_of(self.ann)
        return view.get("errors") if view else "closed"
