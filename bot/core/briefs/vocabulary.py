"""The content model of `_store.yaml`: the words of a store and its settings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bot.core.briefs.brief import STRICT, Id, Phrase, Url, doc

EDIT_URL = (
    "Where the files are edited: with {file} for a file's name and {line} for a line, else `/<slug>.yaml` is appended."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionMeta:
    """Title and aliases of a section, in `_store.yaml`; aliases are in the order of the file."""

    __pydantic_config__ = STRICT

    title: Annotated[Phrase, doc("As readers see it.")]
    aliases: Annotated[tuple[Phrase, ...], doc("Other words that readers type for it.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """`_store.yaml`: the section names in display order, the lead brief, the repository's edit address."""

    __pydantic_config__ = STRICT

    sections: Annotated[dict[Id, SectionMeta], doc("In display order.")]
    lead: Annotated[Id | None, doc("The brief that answers when nobody names one.")] = None
    edit_url: Annotated[Url | None, doc(EDIT_URL)] = None
    shared_aliases: Annotated[
        tuple[Phrase, ...], doc("Aliases that several briefs share on purpose; who types one may choose.")
    ] = ()
    equivalents: Annotated[
        tuple[Annotated[tuple[Phrase, ...], Field(min_length=2)], ...],
        doc("Sets of words that mean the same here; who searches for one finds the others."),
    ] = ()

    def section_title(self, key: str) -> str:
        """The title of a section; for one that the vocabulary lacks its key with blanks for hyphens: `next-steps`
        becomes `Next steps`."""
        section = self.sections.get(key)
        return section.title if section else key.replace("-", " ").capitalize()

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Section keys in display order; those that the vocabulary lacks come last."""
        order = {key: place for place, key in enumerate(self.sections)}
        return sorted(keys, key=lambda key: (order.get(key, len(order)), key))

    def section_key(self, key: str) -> str:
        """The current key of a section: the key itself, or, if it was renamed, the one that has it as an alias."""
        if key in self.sections:
            return key
        renamed = (new for new, section in self.sections.items() if key in map(_as_key, section.aliases))
        return next(renamed, key)


def _as_key(alias: str) -> str:
    return re.sub(r"[\s_]+", "-", alias.strip().casefold())


NO_VOCABULARY = Vocabulary(sections={})
"""Replaces a `_store.yaml` that is missing or broken: section titles are then made of their keys."""
