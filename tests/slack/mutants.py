"""Payloads that nobody sends: one of Slack's with one, two or three things wrong in it, as the bytes of a body."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.slack.payloads import Json

DEPTHS = (5, 90, 110, 500, 1000, 5000)
LENGTHS = (31, 32, 33, 60, 65, 131, 301, 3001, 20_000)
MARK = "\x01{}\x01"
"""Stands in a value for what no value of Python's can be; what it stands for is put into the text."""

RAW = {
    **{f"deep list {n}": "[" * n + "]" * n for n in DEPTHS},
    **{f"deep object {n}": '{"a":' * n + "1" + "}" * n for n in DEPTHS},
    "a large number": "1" + "0" * 400,
    "a number of 5,000 digits": "1" + "0" * 5000,
    "infinite": "1e999",
    "no number": "NaN",
    "unended": "[[[{",
}
WRONG: list[Any] = [None, True, False, 0, 1, -1, 2**31, 2**63, 1.5, "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800"]
WRONG += ["‮", "😀" * 40, "٣", "²", "-1", "99999999999999999999", "../..", "<@U1>", "&amp;", "'; --", "{}", "[[1]]"]
WRONG += [[], [None], ["x"], [[]], [{}], {}, {"id": 5}, {"id": ["x"]}, {"id": {}}, {"": ""}]
WRONG += [MARK.format(name) for name in RAW]
WORDS = ("tag:", "kind:", "section:", "deliver:", "since:", "all", "1", "0", "2h", "24:00", "9999-12-31", "Etc/GMT+25")

Place = tuple[Any, Any]
"""A list or an object, and the index or the key of one of its values."""


def bodies(samples: Sequence[Json], chance: Random) -> Iterator[tuple[bytes, str]]:
    """Without an end: bodies and their content types."""
    number = 1
    while True:
        number += 1
        payload = _another(chance.choice(samples), number)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            payload = _mutated(payload, samples, chance)
        yield _written(payload, chance)


def _another(sample: Json, number: int) -> Json:
    """The same, but no repetition of an event."""
    copy = deepcopy(sample)
    if sample.get("type") == "event_callback":
        copy["event_id"] = f"Ev{number}"
        copy["event"] |= {"ts": f"{number}.1"} if "ts" in copy["event"] else {}
    return copy


def _mutated(payload: Json, samples: Sequence[Json], chance: Random) -> Json:
    places = list(_places(payload))
    if places:
        holder, key = chance.choice(places)
        change = chance.choice(_CHANGES)
        change(holder, key, samples, chance)
    return payload


def _places(value: Any) -> Iterator[Place]:
    keys = list(value) if isinstance(value, Mapping) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _replace(holder: Any, key: Any, _: Sequence[Json], chance: Random) -> None:
    holder[key] = deepcopy(chance.choice(WRONG))


def _drop(holder: Any, key: Any, _: Sequence[Json], __: Random) -> None:
    del holder[key]


def _wrap(holder: Any, key: Any, _: Sequence[Json], chance: Random) -> None:
    holder[key] = chance.choice([[holder[key]], {"id": holder[key]}, [holder[key]] * 2, str(holder[key])])


def _lengthen(holder: Any, key: Any, _: Sequence[Json], chance: Random) -> None:
    value, length = holder[key], chance.choice(LENGTHS)
    if isinstance(value, str):
        holder[key] = ((value or "x") * length)[:length]
    else:
        holder[key] = [value] * (length // 30)


def _splice(holder: Any, key: Any, samples: Sequence[Json], chance: Random) -> None:
    """Something of another payload, whatever it is there."""
    other, name = chance.choice(list(_places(chance.choice(samples))))
    holder[key] = deepcopy(other[name])


def _edit(holder: Any, key: Any, samples: Sequence[Json], chance: Random) -> None:
    """Within a text: as JSON where it is some, else by words and characters."""
    text = holder[key]
    if not isinstance(text, str):
        return _replace(holder, key, samples, chance)
    if text.startswith("["):
        try:
            inner = {"": json.loads(text)}
        except ValueError:
            inner = {}
        holder[key] = _dumped(_mutated(inner, samples, chance).get("", text))
    else:
        words = text.split(" ")
        at = chance.randrange(len(words) + 1)
        words[at : at + chance.randrange(2)] = [_word(chance)]
        holder[key] = " ".join(words)
    return None


def _word(chance: Random) -> str:
    wrong = [each for each in WRONG if isinstance(each, str) and not each.startswith("\x01")]
    return chance.choice(WORDS) + chance.choice([*wrong, "x" * chance.choice(LENGTHS), "-".join("ab" * 40)])


_CHANGES: list[Callable[[Any, Any, Sequence[Json], Random], None]] = [
    *[_replace] * 4,
    *[_edit] * 4,
    _drop,
    _wrap,
    _lengthen,
    _splice,
]


def _written(payload: Json, chance: Random) -> tuple[bytes, str]:
    """Sometimes with a field that stands twice, or as bytes that are no longer any payload."""
    if "command" in payload or not payload:
        fields = [(key, each if isinstance(each, str) else _dumped(each)) for key, each in payload.items()]
        fields += [chance.choice(fields)] if fields and chance.random() < 0.03 else []
        text, kind = urlencode([(key, _raw(each)) for key, each in fields], errors="surrogatepass"), "form"
    elif payload.get("type") in ("event_callback", "url_verification") or "event" in payload:
        text, kind = _dumped(payload), "json"
    else:
        text, kind = urlencode({"payload": _dumped(payload)}, errors="surrogatepass"), "form"
    types = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
    body = text.encode("utf-8", "surrogatepass")
    return _broken(body, chance) if chance.random() < 0.1 else body, types[kind]


def _dumped(value: Any) -> str:
    return _raw(json.dumps(value), quoted=True)


def _raw(text: str, *, quoted: bool = False) -> str:
    for name, raw in RAW.items():
        token = MARK.format(name)
        text = text.replace(json.dumps(token) if quoted else token, raw)
    return text


def _broken(body: bytes, chance: Random) -> bytes:
    """Cut, doubled, or with other bytes in it."""
    at = chance.randrange(len(body) + 1)
    noise = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4, 40))))
    return chance.choice([body[:at], body[at:], body[:at] + noise + body[at:], body[:at] + noise + body[at + 4 :]])
