"""What may follow in a command that is being typed."""

from dataclasses import dataclass

from bot.core.answers.corpus import Corpus
from bot.core.commands.verbs import VERBS

COMPLETIONS_MAX = 12


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` is the whole command as it would then be, e.g. `legal guatemala`, without the slash command's name;
    `description` is the title of the section or brief, or the verb's summary."""

    text: str
    description: str


def complete(typed: str, corpus: Corpus) -> list[Completion]:
    """Sections, briefs and verbs that begin with the word under way; behind a section briefs, behind a brief sections.
    In this order, at most `COMPLETIONS_MAX`.

    `typed` ends with the word under way; if it ends with a blank, a new word begins.
    """
    *before, word = typed.split(" ") if typed else [""]
    head = " ".join([*filter(None, before), ""]) if any(before) else ""
    kinds = {name.kind for name in corpus.names.exact(head)} if head else {"section", "brief"}
    candidates: list[tuple[str, str]] = []
    if not head or kinds == {"brief"}:
        candidates += [(key, corpus.section_title(key)) for key in corpus.vocabulary.sections]
    if not head or kinds == {"section"} or head.strip() == "sources":
        candidates += [(brief.slug, brief.title) for brief in corpus.published]
    if not head:
        candidates += [(verb.name, verb.summary) for verb in VERBS]
    wanted = word.casefold()
    return [
        Completion(head + text, description)
        for text, description in candidates
        # A single letter begins a word of nearly every slug: it only completes whole names.
        if text.startswith(wanted) or (len(wanted) > 1 and any(w.startswith(wanted) for w in text.split("-")))
    ][:COMPLETIONS_MAX]
