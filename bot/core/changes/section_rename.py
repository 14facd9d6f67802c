"""Renamed section keys: the old key stays as an alias of the new one in the vocabulary."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, Section
from bot.core.briefs.vocabulary import Vocabulary


def with_current_keys(brief: Brief | None, vocabulary: Vocabulary, in_use: Collection[str] = ()) -> Brief | None:
    """The brief with its sections under their current keys, but for the keys in `in_use`: itself where none was
    renamed, or where a section has the new key already."""
    if brief is None or vocabulary.sections.keys() >= brief.sections.keys():
        return brief
    new_keys = {key: vocabulary.section_key(key) for key in brief.sections if key not in in_use}
    new_keys = {key: new for key, new in new_keys.items() if new not in brief.sections}
    # Two old keys of one section: claims of one of them would be lost.
    if not new_keys or len(set(new_keys.values())) < len(new_keys):
        return brief
    return replace(brief, sections=_with_keys(brief.sections, new_keys))


def _with_keys(sections: Mapping[str, Section], new_keys: Mapping[str, str]) -> dict[str, Section]:
    return dict(sorted((new_keys.get(key, key), section) for key, section in sections.items()))
