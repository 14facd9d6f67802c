"""`briefbot schema`: prints the JSON Schema of a brief file, for editors."""

from bot.cli.output import print_text, to_json
from bot.content.schema import json_schema


def schema() -> int:
    """Prints the JSON Schema that briefs/brief.schema.json contains. Returns 0."""
    print_text(to_json(json_schema()))
    return 0
