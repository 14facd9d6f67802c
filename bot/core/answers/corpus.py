"""All valid briefs at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.core.answers.meaning import Meaning
from bot.core.answers.question import Equivalents
from bot.core.answers.search import Index
from bot.core.briefs.brief import Brief
from bot.core.briefs.canonical import fingerprint
from bot.core.briefs.vocabulary import NO_VOCABULARY, SectionMeta, Vocabulary
from bot.core.commands.name_index import Name, NameIndex, build_name_index, normalize
from bot.core.commands.verbs import VERBS
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock

NO_FORMER_SLUGS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Corpus:
    """Immutable. `briefs` by slug, of any status; a new corpus shares all unchanged briefs with the old one.

    `names` is what readers may type: sections, verbs, and the slugs, titles and aliases of briefs that are no drafts.
    `index` is shared between corpora and may hold briefs of others: compare a hit's brief by identity. `former_slugs`
    are the slugs of now by earlier ones; they resolve like aliases, unless a brief has the name now. `evidence` is what
    is known of the quotes; it is no content, and may be of other versions of the briefs.
    """

    briefs: Mapping[str, Brief]
    vocabulary: Vocabulary
    index: Index = field(compare=False)
    names: NameIndex = field(compare=False, repr=False)
    former_slugs: Mapping[str, str] = field(default_factory=dict)
    evidence: EvidenceLock = field(default=NO_EVIDENCE, repr=False)

    @classmethod
    def of(
        cls,
        briefs: Mapping[str, Brief],
        vocabulary: Vocabulary,
        index: Index,
        former_slugs: Mapping[str, str] = NO_FORMER_SLUGS,
    ) -> Corpus:
        """A corpus of these briefs. The index is the caller's to fill."""
        titles = {slug: brief.title for slug, brief in briefs.items() if _phrases_of(brief)}
        tags = {tag for brief in briefs.values() if brief.status == "published" for tag in brief.tags}
        names = build_name_index(_phrases(briefs, vocabulary, former_slugs), titles, sorted(tags))
        return cls(briefs, vocabulary, index, names, former_slugs)

    def changed(
        self,
        briefs: Mapping[str, Brief | None],
        vocabulary: Vocabulary,
        former_slugs: Mapping[str, str] = NO_FORMER_SLUGS,
    ) -> Corpus:
        """The next corpus: some briefs replaced, added or (None) removed."""
        changed = dict(self.briefs)
        for slug, brief in briefs.items():
            if brief is None:
                changed.pop(slug, None)
            else:
                changed[slug] = brief
        # Most edits change no name: the index of all names, which takes longest to build, is then shared.
        same_names = all(_names_of(self.briefs.get(slug)) == _names_of(brief) for slug, brief in briefs.items())
        if same_names and vocabulary is self.vocabulary and former_slugs == self.former_slugs:
            return replace(self, briefs=changed, vocabulary=vocabulary, former_slugs=former_slugs)
        return replace(Corpus.of(changed, vocabulary, self.index, former_slugs), evidence=self.evidence)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that are the same for the same content."""
        return fingerprint({slug: brief.revision for slug, brief in self.briefs.items()}, self.vocabulary)

    @cached_property
    def equivalents(self) -> Equivalents:
        """The words that mean the same."""
        return Equivalents(self.vocabulary.equivalents)

    @cached_property
    def published(self) -> tuple[Brief, ...]:
        """The briefs that answer, by slug."""
        return tuple(b for _, b in sorted(self.briefs.items()) if b.status == "published")

    def section_title(self, key: str) -> str:
        """The title of a section; for one that the vocabulary lacks its key in words: `next-steps` is `Next steps`."""
        return self.vocabulary.section_title(key)

    def section_keys(self, brief: Brief) -> list[str]:
        """The brief's section keys in display order; keys that the vocabulary lacks come last."""
        return self.vocabulary.in_order(brief.sections)

    def current_slug(self, slug: str) -> str:
        """The slug of now of the brief that had this slug, or that has it as an alias; the same where no brief, or more
        than one, goes by it."""
        if slug in self.briefs:
            return slug
        briefs = [name.id for name in self.names.exact(slug) if name.kind == "brief"]
        return briefs[0] if len(briefs) == 1 else slug


def _phrases_of(brief: Brief | None) -> tuple[str, ...]:
    return () if brief is None or brief.status == "draft" else (brief.slug, *brief.aliases)


def _names_of(brief: Brief | None) -> tuple[str, ...]:
    return (brief.status, brief.title, *brief.tags, *phrases) if brief and (phrases := _phrases_of(brief)) else ()


def _phrases(
    briefs: Mapping[str, Brief], vocabulary: Vocabulary, former_slugs: Mapping[str, str]
) -> Iterator[tuple[str, Name]]:
    for key, section in _sections(briefs, vocabulary).items():
        yield from ((phrase, Name("section", key)) for phrase in (key, section.title, *section.aliases))
    yield from ((verb.name, Name("verb", verb.name, verb.changes_state)) for verb in VERBS)
    synonyms = ((word, verb) for verb in VERBS for word in verb.synonyms if normalize(word) not in ("", verb.name))
    yield from ((word, Name("verb", verb.name, True)) for word, verb in synonyms)
    taken: set[str] = set()
    for slug, brief in briefs.items():
        phrases = _phrases_of(brief)
        taken |= {normalize(phrase) for phrase in phrases} if former_slugs else set()
        yield from ((phrase, Name("brief", slug)) for phrase in phrases)
    for slug, now in former_slugs.items():
        if normalize(slug) not in taken and _phrases_of(briefs.get(now)):
            yield slug, Name("brief", now)


def _sections(briefs: Mapping[str, Brief], vocabulary: Vocabulary) -> Mapping[str, SectionMeta]:
    """The vocabulary, and without one the keys that the briefs use."""
    if vocabulary.sections:
        return vocabulary.sections
    keys = {key for brief in briefs.values() for key in brief.sections}
    return {key: SectionMeta(title=vocabulary.section_title(key)) for key in sorted(keys)}


class CurrentCorpus:
    """The corpus of now, swapped as a whole. One writer calls `put`; `corpus` may be read by all threads. `meaning`
    ranks claims beside their words; None where words alone do."""

    def __init__(self, meaning: Meaning | None = None) -> None:
        self.corpus = Corpus.of({}, NO_VOCABULARY, Index(meaning))

    def put(
        self,
        briefs: Mapping[str, Brief | None],
        vocabulary: Vocabulary,
        former_slugs: Mapping[str, str] = NO_FORMER_SLUGS,
        announced: Collection[str] = (),
    ) -> Corpus:
        """Replaces, adds or (None) removes briefs; the new corpus. Readers of the old one go on with it: the index
        holds both versions until the new one is in place. `announced` are the slugs of all briefs that readers were
        ever told of."""
        old = self.corpus
        if not briefs and vocabulary == old.vocabulary:
            return old
        new = old.changed(briefs, vocabulary, former_slugs)
        new = replace(new, names=new.names.with_announced(announced))
        for brief in briefs.values():
            # Search must not find drafts and withdrawn briefs.
            if brief is not None and brief.status == "published":
                new.index.add(brief, vocabulary)
        self.corpus = new
        for slug in briefs:
            if (gone := old.briefs.get(slug)) is not None and gone is not new.briefs.get(slug):
                new.index.remove(gone)
        return new

    def put_evidence(self, evidence: EvidenceLock) -> Corpus:
        """Replaces what is known of the quotes; the new corpus."""
        self.corpus = replace(self.corpus, evidence=evidence)
        return self.corpus
