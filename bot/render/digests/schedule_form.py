"""The form that sets a digest, as the view of a modal, and the command that stands for its input."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from bot.core.commands.command import SetDigest
from bot.core.commands.schedule_arguments import AT_DEFAULT, ScheduleSpec
from bot.core.digests import time_zones
from bot.core.digests.listing import DigestSchedules
from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS
from bot.render.document.block_kit import OPTIONS_MAX, blocks
from bot.render.document.document import Context, Option, Passage, line

CALLBACK = "digest"
RECURRENCE, AT, ZONE = "often", "at", "zone"
"""Block ids of the form, and the action ids of the fields in them."""

_RECURRENCE_LABELS = {"daily": "Every day", "weekdays": "Monday to Friday"} | {
    f"weekly {day}": f"Every {day.capitalize()}" for day in DAYS
}
_RECURRENCE_DEFAULT = "weekdays"

RECURRENCES = {"daily": DAILY, "weekdays": WEEKDAYS} | {
    f"weekly {day}": frozenset({number}) for number, day in enumerate(DAYS)
}
"""The days of each choice; Monday is 0."""


def digest_form(digests: DigestSchedules, zone: str | None, place: str, command: str) -> dict[str, Any]:
    """The view. `zone` is the user's time zone, None if unknown; `place` comes back with the submission."""
    schedules = ", ".join(f"#{each.number} {each.schedule}" for each in digests.schedules)
    existing = (Context(f"This channel has {schedules} · {command} digest off #n ends one"),) if schedules else ()
    about = "What changed in the briefs that this channel follows with deliver:digest is posted at this time."
    recurrence = {
        "type": "static_select",
        "action_id": RECURRENCE,
        "options": [_option(value, label) for value, label in _RECURRENCE_LABELS.items()],
        "initial_option": _option(_RECURRENCE_DEFAULT, _RECURRENCE_LABELS[_RECURRENCE_DEFAULT]),
    }
    at = {"type": "timepicker", "action_id": AT, "initial_time": f"{AT_DEFAULT:%H:%M}"}
    # There are more zones than the 100 options that a static menu may have.
    zone_select = {"type": "external_select", "action_id": ZONE, "min_query_length": 1}
    if zone is not None:
        zone_select["initial_option"] = _option(zone, zone)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        # A submission does not say in which channel the form was opened.
        "private_metadata": place,
        "title": _plain("Set a digest"),
        "submit": _plain("Set"),
        "close": _plain("Cancel"),
        "blocks": [
            *blocks((Passage((line(about),)), *existing)),
            _input(RECURRENCE, "How often", recurrence),
            _input(AT, "Time of day", at),
            _input(ZONE, "Time zone", zone_select),
        ],
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _option(value: str, label: str) -> dict[str, Any]:
    return {"text": _plain(label), "value": value}


def _input(name: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def form_command(values: Mapping[str, Any]) -> SetDigest:
    """The command for the form's input; `values` is the state of the view. Raises: KeyError, ValueError for a view that
    `digest_form` does not give."""
    days = RECURRENCES[values[RECURRENCE][RECURRENCE]["selected_option"]["value"]]
    at = time.fromisoformat(values[AT][AT]["selected_time"])
    return SetDigest(ScheduleSpec(days, at, values[ZONE][ZONE]["selected_option"]["value"]))


def matching_zones(typed: str) -> tuple[Option, ...]:
    """At most `OPTIONS_MAX` zones whose name contains the text, first those with a part that starts with it."""
    query = "_".join(typed.casefold().split())
    names = [name for name in time_zones.zone_names() if query in name.casefold()]
    ranked = sorted(names, key=lambda name: not _has_prefix(query, name.casefold().split("/")))
    return tuple(Option(name, name) for name in ranked[:OPTIONS_MAX])


def _has_prefix(prefix: str, parts: Iterable[str]) -> bool:
    return any(part.startswith(prefix) for part in parts)
