"""`briefbot schema`: the JSON Schema of a brief file, for editors."""

import json

from bot.content.schema import json_schema


def schema() -> int:
    """Prints the schema as it is kept in briefs/brief.schema.json."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
