"""One brief of a preview as HTML: what is wrong, what readers are told, and each answer, old beside new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from markupsafe import Markup

from bot.core.answers.answer import Reply
from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief
from bot.core.commands.outcome import Outcome
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.core.lru_cache import LruCache
from bot.preview.brief_view import BriefView, known_of
from bot.preview.messages import Blocks, answers, blocks_of, message
from bot.preview.places import section_at
from bot.preview.problem_html import counted, problem_list
from bot.preview.states import NEW_STATE, States
from bot.render.document.html_text import join

CHANGED_MARK = Markup("<span class=mark>changed</span>")
HELD_MARK = Markup('<span class="mark held">held back</span>')
NOT_THERE = Markup("<p class=absent>Not there.</p>")
CONTEXT = "<div class=context>"
"""How the small print begins, which differs with each revision."""

Answers = Mapping[str, tuple[str, Blocks]]
"""(title, blocks) of each answer of a brief, by the key of its section."""

MEMORY = 256
"""Versions of briefs whose answers are kept: after a save most are as before."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer in both states; None where a state does not have it."""

    key: str
    title: str
    before: Blocks | None
    after: Blocks | None
    differs: bool


class BriefDrawer:
    """Draws the briefs of one preview after the other. `command` is the slash command's name; `folds`: answers hold
    their quotes, folded."""

    def __init__(self, command: str, *, folds: bool) -> None:
        self._command, self._folds = command, folds
        self._answers = LruCache[Answers](MEMORY)

    def card(self, view: BriefView, states: States) -> Markup:
        """A brief in full: the parts that differ are open."""
        pairs = self._pairs(view, states)
        placed = _placed(view, pairs)
        own = problem_list(placed.pop("", []), view.texts)
        shown = [_pair(each, placed.get(each.key, []), view, states.base) for each in pairs]
        head = Markup("<h3>As Slack shows it</h3>") if shown else Markup("")
        body = join([own, _silent(view), self._told(view), head, *shown])
        return Markup(
            '<article class="brief {fate}" id="brief-{slug}" tabindex=-1 aria-labelledby="title-{slug}"><header>'
            '<span class="kind {kind}">{label}</span><h2 id="title-{slug}">{title}</h2>'
            "<p class=file>{slug}.yaml{problems}</p></header>{body}</article>"
        ).format(
            fate=view.fate,
            kind=kind_class(view),
            slug=view.slug,
            label=view.label,
            title=view.title,
            problems=_counted(view),
            body=body,
        )

    def quiet(self, view: BriefView, states: States) -> Markup:
        """What is inside of an unchanged brief."""
        single = (_single(pair) for pair in self._pairs(view, states))
        return join([problem_list(view.problems, view.texts), *single])

    def post(self, shown: Reply | Outcome) -> Markup:
        """A post as it stands in a channel."""
        return Markup("<div class=slack>{}</div>").format(message(blocks_of(shown, self._command)))

    def _told(self, view: BriefView) -> Markup:
        if view.post is None:
            return Markup("")
        return Markup("<h3>Readers will be told</h3>{}").format(self.post(view.post))

    def _pairs(self, view: BriefView, states: States) -> list[Pair]:
        """The answers of both versions, in the order of the newer one; what only the older one has comes last."""
        before = self._answers_of(view.before, states.old, states.on)
        after = self._answers_of(view.after, states.new, states.on)
        keys = [*after, *(key for key in before if key not in after)]
        return [_pair_of(key, before.get(key), after.get(key), view) for key in keys]

    def _answers_of(self, brief: Brief | None, corpus: Corpus, on: date) -> Answers:
        if brief is None:
            return {}

        def draw() -> Answers:
            shown = answers(brief, corpus, on, folds=self._folds)
            return {key: (title, blocks_of(each, self._command)) for key, title, each in shown}

        # What an answer shows of the other briefs.
        others = tuple((each.slug, each.title, *each.sections) for each in corpus.published)
        vocabulary = tuple((key, each.title) for key, each in corpus.vocabulary.sections.items())
        known = tuple(sorted(known_of(brief.slug, corpus.evidence).items()))
        key = (brief.slug, brief.revision, brief.status, others, vocabulary, known, corpus.evidence.last_run, on)
        return self._answers.get(key, draw)


def kind_class(view: BriefView) -> str:
    """The class of a label: its first word."""
    return view.label.split()[0].lower()


def _counted(view: BriefView) -> str:
    return "".join(f" · {each}" for each in counted(view.problems))


def _silent(view: BriefView) -> Markup:
    if not view.silent:
        return Markup("")
    rows = join(Markup("<li>{}</li>").format(each) for each in view.silent)
    return Markup("<h3>Readers will not be told</h3><ul class=untold>{}</ul>").format(rows)


def _placed(view: BriefView, pairs: Sequence[Pair]) -> dict[str, list[Diagnostic]]:
    """The problems by the section in which they stand. Those of the brief as a whole, and of sections that are shown
    nowhere, come under an empty key; of a brief that is held back they stand beside the version that stays."""
    shown = {pair.key for pair in pairs}
    first = pairs[0].key if pairs and view.fate == "held" else ""
    placed: dict[str, list[Diagnostic]] = {}
    for each in view.problems:
        key = section_at(view.text, each.line)
        placed.setdefault(key if key in shown else first, []).append(each)
    return placed


# One answer


def _pair_of(key: str, before: tuple[str, Blocks] | None, after: tuple[str, Blocks] | None, view: BriefView) -> Pair:
    title, _ = after or before or ("", ())
    old, new = before and before[1], after and after[1]
    names = _names(view)
    differs = _text(old, names) != _text(new, names)
    return Pair(key, title, old, new, differs)


def _names(view: BriefView) -> list[str]:
    """What differs between any two versions: their revisions, and the slugs in the buttons of a renamed brief."""
    both = [brief for brief in (view.before, view.after) if brief]
    slugs = {brief.slug for brief in both}
    return [*(brief.revision for brief in both), *(sorted(slugs, key=len, reverse=True) if len(slugs) > 1 else ())]


def _text(blocks: Blocks | None, names: Sequence[str]) -> list[str] | None:
    """What blocks say, but for the small print."""
    return None if blocks is None else [each for each in _plain(blocks, names) if not each.startswith(CONTEXT)]


def _plain(blocks: Blocks, names: Sequence[str]) -> list[str]:
    """Blocks without these names."""
    texts = [str(block) for block in blocks]
    for name in names:
        texts = [text.replace(name, "") for text in texts]
    return texts


def _pair(pair: Pair, problems: Sequence[Diagnostic], view: BriefView, base: str) -> Markup:
    """An answer of both states where they differ; beside its problems where the file is held back for them."""
    wrong = problem_list(problems, view.texts)
    if view.fate == "held" and wrong:
        sides = _side(f"{base}, which readers keep", message(pair.before or ())) + _side(NEW_STATE, wrong)
        return _fold(pair, Markup("<div class=pair>{}</div>").format(sides), (HELD_MARK,), is_open=True)
    inner = wrong + (_both(pair, base) if pair.differs else message(pair.after or ()))
    marks = (CHANGED_MARK,) if pair.differs else ()
    return _fold(pair, inner, marks, is_open=pair.differs or any(map(is_error, problems)))


def _single(pair: Pair) -> Markup:
    return _fold(pair, message(pair.after or pair.before or ()), (), is_open=False)


def _fold(pair: Pair, inner: Markup, marks: Iterable[Markup], *, is_open: bool) -> Markup:
    return Markup(
        '<details class=answer data-fold="{}"{}><summary>{}{}</summary><div class=shown>{}</div></details>'
    ).format(pair.key, Markup(" open") if is_open else "", pair.title, join(marks), inner)


def _both(pair: Pair, base: str) -> Markup:
    old, new = _marked(pair.before, pair.after)
    shown = ((name, NOT_THERE if some is None else message(some)) for name, some in ((base, old), (NEW_STATE, new)))
    sides = join(_side(name, inner) for name, inner in shown)
    return Markup("<div class=pair>{}</div>").format(sides)


def _side(name: str, shown: Markup) -> Markup:
    return Markup('<div class=side role=group aria-label="{0}"><p class=state>{0}</p>{1}</div>').format(name, shown)


def _marked(before: Blocks | None, after: Blocks | None) -> tuple[Sequence[Markup] | None, Sequence[Markup] | None]:
    """Both, with a mark at each block that the other one does not have."""
    if before is None or after is None:
        return before, after
    old, new = list(before), list(after)
    for tag, *ends in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            first, last, start, end = ends
            old[first:last] = [_mark(each, "old") for each in before[first:last]]
            new[start:end] = [_mark(each, "new") for each in after[start:end]]
    return old, new


def _mark(block: Markup, which: str) -> Markup:
    return block if block.startswith(CONTEXT) else Markup('<div class="differs {}">{}</div>').format(which, block)
