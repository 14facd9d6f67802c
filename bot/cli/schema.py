"""`briefbot schema`: prints the JSON Schemas of the files that maintainers write, for editors."""

from collections.abc import Callable
from typing import Any

from bot.cli.formats import SchemaName
from bot.cli.output import print_text, to_json
from bot.content.schema import json_schema, store_schema

_SCHEMAS: dict[SchemaName, Callable[[], Any]] = {"brief": json_schema, "store": store_schema}


def schema(of: SchemaName) -> int:
    """Prints the JSON Schema that briefs/brief.schema.json or briefs/store.schema.json contains. Returns 0."""
    print_text(to_json(_SCHEMAS[of]()))
    return 0
