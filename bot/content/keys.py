"""The keys that brief files and the vocabulary know."""

from dataclasses import fields, is_dataclass

from bot.core.briefs import brief, vocabulary


def key_of(field: str) -> str:
    """The key of a field in a file."""
    return brief.LINT_IGNORE if field == "lint_ignore" else field


KEYS = frozenset(
    key_of(field.name)
    for model in (*vars(brief).values(), *vars(vocabulary).values())
    if is_dataclass(model) and model is not brief.Brief
    for field in fields(model)
)
"""The keys of all mappings that have fixed ones, wherever they stand."""

TOP_KEYS = frozenset(field.name for model in (brief.BriefContent, vocabulary.Vocabulary) for field in fields(model))
"""Those of a whole file."""

NAMES = frozenset({"sources", "sections"})
"""Keys of mappings whose keys are names that their author chooses."""

ANY_KEY = "|".join(sorted(KEYS))
"""A regular expression for any of `KEYS`."""
