"""The form in which a digest is set, as the view of a modal, and what was entered in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.commands.schedule_arguments import AT_DEFAULT
from bot.core.digests import time_zones
from bot.core.digests.listing import DigestSchedules
from bot.core.digests.schedule import DAYS
from bot.render.document.block_kit import blocks
from bot.render.document.document import Context, Option, Passage, line

CALLBACK = "digest"
OFTEN, AT, ZONE = "often", "at", "zone"
"""The blocks of the form, and the controls in them."""

FOUND_MAX = 100

_CHOICES = {"daily": "Every day", "weekdays": "Monday to Friday"} | {
    f"weekly {day}": f"Every {day.capitalize()}" for day in DAYS
}
_OFTEN_DEFAULT = "weekdays"


def digest_form(found: DigestSchedules, zone: str | None, channel: str, command: str) -> dict[str, Any]:
    """The view. `zone` is that of whoever asks, where it is known; `channel` comes back with what is entered."""
    has = [f"#{each.number} {each.schedule}" for each in found.schedules]
    already = (Context(f"This channel has {', '.join(has)} · {command} digest off #n ends one"),) if has else ()
    about = "What changed in the briefs that this channel follows with deliver:digest is posted at this time."
    often = {
        "type": "static_select",
        "action_id": OFTEN,
        "options": [_option(value, label) for value, label in _CHOICES.items()],
        "initial_option": _option(_OFTEN_DEFAULT, _CHOICES[_OFTEN_DEFAULT]),
    }
    at = {"type": "timepicker", "action_id": AT, "initial_time": f"{AT_DEFAULT:%H:%M}"}
    where = {"type": "external_select", "action_id": ZONE, "min_query_length": 1}
    if zone is not None:
        where["initial_option"] = _option(zone, zone)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": channel,
        "title": _plain("Set a digest"),
        "submit": _plain("Set"),
        "close": _plain("Cancel"),
        "blocks": [
            *blocks((Passage((line(about),)), *already)),
            _input(OFTEN, "How often", often),
            _input(AT, "Time of day", at),
            _input(ZONE, "Time zone", where),
        ],
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _option(value: str, label: str) -> dict[str, Any]:
    return {"text": _plain(label), "value": value}


def _input(name: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def entered(values: Mapping[str, Any]) -> str:
    """What to type for what was entered; `values` are the state of the view."""
    often = values[OFTEN][OFTEN]["selected_option"]["value"]
    zone = values[ZONE][ZONE]["selected_option"]["value"]
    return f"digest {often} {values[AT][AT]['selected_time']} {zone}"


def zones_found(typed: str) -> tuple[Option, ...]:
    """The zones whose name holds what was typed, those in which a part begins with it first."""
    wanted = "_".join(typed.casefold().split())
    found = [name for name in time_zones.zone_names() if wanted in name.casefold()]
    ranked = sorted(found, key=lambda name: not _begins(wanted, name.casefold().split("/")))
    return tuple(Option(name, name) for name in ranked[:FOUND_MAX])


def _begins(wanted: str, parts: Iterable[str]) -> bool:
    return any(part.startswith(wanted) for part in parts)
