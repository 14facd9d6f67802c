"""`briefbot schema`: prints the JSON Schemas of the files that maintainers write, for editors."""

from bot.cli.output import print_text, to_json
from bot.content.schema import json_schema, store_schema

SCHEMAS = {"brief": json_schema, "store": store_schema}


def schema(of: str) -> int:
    """Prints the JSON Schema that briefs/brief.schema.json or briefs/store.schema.json contains; `of` is a key of
    SCHEMAS. Returns 0."""
    print_text(to_json(SCHEMAS[of]()))
    return 0
