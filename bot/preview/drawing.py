"""Draws a whole preview: the parts that a page puts in place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from markupsafe import Markup

from bot.core.linting.diagnostic import is_error
from bot.preview import summary_html
from bot.preview.brief_html import BriefDrawer
from bot.preview.brief_view import BriefView, brief_views
from bot.preview.problem_html import counted
from bot.preview.reading import Preview
from bot.preview.states import StateMaker, States
from bot.preview.summary_html import Heard
from bot.render.document.html_text import join
from bot.render.document.phrases import count

EMPTY = Markup("")
NOTHING = Markup("<p class=nothing id=nothing>Every brief is as in {}.</p>")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The parts of a page by the ids of their places, and the unchanged briefs that are drawn when somebody opens them,
    by slug."""

    parts: Mapping[str, Markup] = field(default_factory=dict)
    quiet: Mapping[str, BriefView] = field(default_factory=dict)
    states: States | None = None
    words: str = ""
    """What a screen reader says of it."""


class Drawer:
    """Draws one preview after the other; what is as before is not drawn again. Not for several threads at once."""

    def __init__(self, command: str, *, folds: bool) -> None:
        self._briefs, self._states = BriefDrawer(command, folds=folds), StateMaker()

    def draw(self, preview: Preview, heard: Heard) -> Drawn:
        """All parts of a preview."""
        views, states = brief_views(preview), self._states.states(preview)
        quiet = {each.slug: each for each in views if each.fate == "unchanged"}
        cards = [self._briefs.card(each, states) for each in views if each.fate != "unchanged"]
        parts = {
            "states": summary_html.states(preview),
            "summary": summary_html.summary(preview, views, heard, self._briefs),
            "entries": summary_html.index(views),
            "briefs": join(cards) or NOTHING.format(preview.base),
            "quiet": join(map(quiet_row, quiet.values())),
        }
        return Drawn(parts, quiet, states, _words(preview, views))

    def quiet(self, slug: str, drawn: Drawn) -> Markup | None:
        """What is inside of an unchanged brief; None where there is none of this slug."""
        view = drawn.quiet.get(slug)
        return self._briefs.quiet(view, drawn.states) if view and drawn.states else None


def quiet_row(view: BriefView, inside: Markup = EMPTY) -> Markup:
    """An unchanged brief, folded."""
    about = "".join(f" · {each}" for each in counted(view.problems))
    return Markup(
        '<li id="quiet-{slug}"><details class=quiet data-fold=quiet data-slug="{slug}"><summary>{title} '
        "<span class=file>{slug}.yaml{about}</span></summary><div class=inside>{inside}</div></details></li>"
    ).format(slug=view.slug, title=view.title, about=about, inside=inside)


def _words(preview: Preview, views: list[BriefView]) -> str:
    differing = [each for each in views if each.fate != "unchanged"]
    errors = sum(map(is_error, chain(*preview.problems.values())))
    return f"{count(len(differing), 'brief') or 'No brief'} changed, {count(errors, 'error') or 'no error'}."
