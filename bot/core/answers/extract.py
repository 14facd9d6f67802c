"""A brief, or one of its sections, with every claim in reading order: what is exported."""

from dataclasses import dataclass

from bot.core.answers.answer import Citation, Excerpt, cite, excerpts, source_numbers
from bot.core.briefs.arrangement import arranged
from bot.core.briefs.brief import Brief, Evidence
from bot.core.briefs.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ExtractSection:
    """A section with all of its claims, in reading order."""

    key: str
    title: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """Sections of a brief in display order; `only` is the key of the section where the others are left out."""

    brief: Brief
    sections: tuple[ExtractSection, ...]
    only: str | None = None

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """All claims, in reading order."""
        return tuple(each for section in self.sections for each in section.excerpts)

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Each cited source once, by its number in the brief, without quotes."""
        numbers = source_numbers(self.brief)
        cited = {each.source_id for excerpt in self.excerpts for each in excerpt.citations}
        evidence = [Evidence(source=id_) for id_ in numbers if id_ in cited]
        return cite(numbers, self.brief, evidence)


def extract(brief: Brief, vocabulary: Vocabulary, section: str | None = None) -> Extract:
    """The whole brief, or one section that it has, by key."""
    keys = vocabulary.in_order(brief.sections if section is None else [section])
    sections = (ExtractSection(key, vocabulary.section_title(key), _excerpts(brief, key, vocabulary)) for key in keys)
    return Extract(brief, tuple(sections), section)


def _excerpts(brief: Brief, key: str, vocabulary: Vocabulary) -> tuple[Excerpt, ...]:
    title = vocabulary.section_title(key)
    return excerpts((brief, key, title, each.claim, each.place) for each in arranged(brief.sections[key]))
