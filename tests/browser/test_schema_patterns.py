"""The patterns of the schemas mean the same to a regex engine in Unicode mode, which editors and validators use."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.content.schema import json_schema, store_schema
from tests.browser.scene import Chromium

VALUES = ["tea-act", "Tea", "tea--act", "2025", "2025-02", "2025-02-10", "2025-2", "20250", "https://example.org", ""]
VALUES += [
    "https://example.org/a?b=[c]#d",
    "ftp://example.org",
    "https://a b",
    'https://a/"',
    "https://a\\b",
    "https://a|b",
]


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (value for key, value in schema.items() if key == "pattern" and isinstance(value, str))
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for child in children:
        yield from patterns(child)


@pytest.mark.parametrize("schema", [json_schema(), store_schema()], ids=["brief", "store"])
def test_every_pattern_means_the_same_in_unicode_mode(chromium: Chromium, schema: Any) -> None:
    page = chromium.browser.new_page()
    for pattern in sorted(set(patterns(schema))):
        test = "([pattern, values]) => values.map(value => new RegExp(pattern, 'u').test(value))"
        assert page.evaluate(test, [pattern, VALUES]) == [re.search(pattern, value) is not None for value in VALUES]
    page.close()
