"""Which section a heading of pasted text is, by the store's words."""

import re
from dataclasses import dataclass

from bot.core.briefs.vocabulary import Vocabulary
from bot.core.commands.name_index import normalize

_SOURCES = """
sources, source, references, reference, bibliography, links, further reading, read more, works cited, external links
quellen, literatur, fuentes, referencias, bibliografía, bibliographie, références, fonti, bronnen, fontes
المصادر, المراجع, 来源, 參考資料, 参考资料, 出典, 参考文献
"""
SOURCE_HEADINGS = frozenset(normalize(each) for each in re.split(r"[,\n]", _SOURCES) if each.strip())
"""Under these stand sources, one a line."""

FIRST_SECTION = "overview"
"""The section of what stands under none, where the store names no sections."""


def is_source_heading(heading: str) -> bool:
    """Whether sources stand under a heading."""
    return normalize(heading) in SOURCE_HEADINGS


def first_section(vocabulary: Vocabulary) -> str:
    """The key of the section that readers see first."""
    return next(iter(vocabulary.sections), FIRST_SECTION)


@dataclass(frozen=True, slots=True)
class SectionNames:
    """What headings may call the sections; `names` are (section key, normal form of a key, a title or an alias)."""

    names: tuple[tuple[str, str], ...]

    def named(self, heading: str) -> str | None:
        """The key of the section that a heading is in full; None where it is none."""
        phrase = normalize(heading)
        return next((key for key, name in self.names if name == phrase), None)

    def meant(self, heading: str) -> str | None:
        """The key of the section of which a heading holds a name: of several the one with the longest, then the one
        that comes first in the heading. None where it holds none."""
        phrase = f" {normalize(heading)} "
        held = [(-len(name), phrase.index(f" {name} "), key) for key, name in self.names if f" {name} " in phrase]
        return min(held)[2] if held else None


def section_names(vocabulary: Vocabulary) -> SectionNames:
    """The names of the sections of a store, in its order."""
    sections = vocabulary.sections.items()
    phrases = ((key, normalize(each)) for key, section in sections for each in (key, section.title, *section.aliases))
    return SectionNames(tuple((key, name) for key, name in phrases if name))
