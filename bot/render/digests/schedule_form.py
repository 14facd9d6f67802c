"""The form that sets a digest, as the view of a modal, and the command that stands for its input."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from bot.core.commands.digest_commands import SetDigest
from bot.core.commands.schedule_arguments import AT_DEFAULT, ScheduleSpec
from bot.core.digests import time_zones, zone_suggestions
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS
from bot.render.document.block_kit import OPTIONS_MAX, blocks
from bot.render.document.document import Context, Option, Passage, line

CALLBACK = "digest"
RECURRENCE, AT, ZONE, EXISTING = "often", "at", "zone", "existing"
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
    end = (Context(f"To end one: {command} digest off"),) if digests.schedules else ()
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
            *blocks((Passage((line(about),)), *end)),
            *_existing(digests.schedules),
            _input(RECURRENCE, "How often", recurrence),
            _input(AT, "Time of day", at),
            _input(ZONE, "Time zone", zone_select),
        ],
    }


def _existing(schedules: Sequence[ScheduleEntry]) -> Iterable[dict[str, Any]]:
    """What happens with the digests that the channel has; nothing where it has none."""
    if schedules:
        changes = [_option(str(each.number), f"Change digest {each.number} ({each.schedule})") for each in schedules]
        options = [*changes, _option("add", "Add another")]
        yield _input(
            EXISTING,
            "This channel has a digest already",
            {"type": "static_select", "action_id": EXISTING, "options": options},
        )


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
    spec = ScheduleSpec(days, at, values[ZONE][ZONE]["selected_option"]["value"])
    # Forms of versions before 0.2, and those of channels without a digest, do not have the field.
    existing = values[EXISTING][EXISTING]["selected_option"]["value"] if EXISTING in values else None
    return SetDigest(spec, int(existing) if existing and existing.isdigit() else "add" if existing else None)


def matching_zones(typed: str, at: datetime) -> tuple[Option, ...]:
    """At most `OPTIONS_MAX` zones, each with its offset at an instant: those of a city or an abbreviation that was
    typed, then those whose name contains the text, first those with a part that starts with it. Never an `Etc/…`."""
    query = "_".join(typed.casefold().split())
    # In the names of Etc plus and minus are the wrong way round.
    names = [name for name in time_zones.zone_names() if query in name.casefold() and not name.startswith("Etc/")]
    ranked = sorted(names, key=lambda name: not _has_prefix(query, name.casefold().split("/")))
    meant = zone_suggestions.suggest_zones(typed) if zone_suggestions.utc_offset(typed) is None else ()
    return tuple(_zone_option(name, at) for name in list(dict.fromkeys([*meant, *ranked]))[:OPTIONS_MAX])


def _zone_option(name: str, at: datetime) -> Option:
    return Option(f"{name} ({time_zones.offset_text(at.astimezone(time_zones.zone(name)))})", name)


def _has_prefix(prefix: str, parts: Iterable[str]) -> bool:
    return any(part.startswith(prefix) for part in parts)
