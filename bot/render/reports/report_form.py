"""The form that reports a mistake, and the one that closes a report, as views of modals; and what they hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.batches import batches
from bot.core.commands.button_value import NUMBER_MAX
from bot.core.reports.report import SOURCE_MAX, WORD_MAX, WRONG_MAX
from bot.render.document.block_kit import OPTION_TEXT_MAX, OPTIONS_MAX, blocks, options, shorten
from bot.render.document.document import Context, Line, Option, Passage, line

CALLBACK, DISMISSAL = "report", "dismiss"
CLAIM, WRONG, SOURCE, WORD = "claim", "wrong", "source", "word"
"""Block ids of the forms, and the action ids of the fields in them."""

TYPEAHEAD = "report-claim"
"""The action id of the field of claims where there are too many for a menu."""

LISTED_MAX = 400
"""Claims in a menu: a view holds 250 kB, and nobody reads more."""

Groups = Sequence[tuple[str, Sequence[Option]]]
"""Claims by the title of what they stand in, each as an option whose value is a `claim_value`."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """What comes back with a form: `place` is that of the `Caller`, `publication` the number of the one that the claims
    are of, `scope` the slug of the brief that they are looked up in, empty for all."""

    place: str
    publication: int
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.place}\n{self.publication}\n{self.scope}"

    @classmethod
    def of(cls, text: str) -> "FormContext":
        """Raises: ValueError for a text that no form has."""
        place, publication, scope = text.split("\n")
        return cls(place, number_in(publication), scope)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered: a claim by the slug of its brief and its id, and two texts."""

    slug: str
    claim: str
    wrong: str
    source: str


def claim_value(slug: str, claim: str) -> str:
    """The value of a claim's option, of at most 121 characters."""
    return f"{slug}/{claim}"


def report_form(groups: Groups, context: FormContext, about: str = "", *, is_read: bool) -> dict[str, Any]:
    """The view. Without groups, and with too many claims, they are looked up while somebody types. `about` says which
    brief or section the claims are of, empty where it is to stay open. `is_read`: whether there is a channel in which
    maintainers read reports."""
    note = (
        "The maintainers of the briefs read this, without your name. You hear when the claim changes."
        if is_read
        else "No channel of maintainers is set, so nobody is told at once: your report is kept until there is one. You "
        "hear when the claim changes."
    )
    source = _text_field(SOURCE, SOURCE_MAX, "https://…")
    return _view(
        CALLBACK,
        "Report a mistake",
        str(context),
        [
            _input(CLAIM, "Which claim", _claim_field(groups)) | ({"hint": _plain(about)} if about else {}),
            _input(WRONG, "What is wrong", _text_field(WRONG, WRONG_MAX, multiline=True)),
            _input(SOURCE, "A source that shows it", source, optional=True),
            *blocks((Context(note),)),
        ],
    )


def dismissal_form(shown: str, context: str) -> dict[str, Any]:
    """The view that closes a report about the claim `shown`."""
    about = line("The report is closed, and its sender is told so with your words.")
    word = _input(WORD, "Why no change is needed", _text_field(WORD, WORD_MAX, multiline=True))
    return _view(DISMISSAL, "No change needed", context, [*blocks((Passage((about,)), Context(shown))), word])


def thanks(lines: Sequence[Line]) -> dict[str, Any]:
    """The view that takes the place of a form that was submitted."""
    close = {"close": _plain("Close")}
    return {"type": "modal", "title": _plain("Thank you"), **close, "blocks": blocks((Passage(tuple(lines)),))}


def entry_of(values: Mapping[str, Any]) -> Entry:
    """What was entered in a `report_form`; `values` is the state of the view. Raises: KeyError, TypeError, ValueError
    for a view that it does not give."""
    (choice,) = values[CLAIM].values()
    slug, claim = choice["selected_option"]["value"].split("/")
    texts = [values[name][name].get("value") or "" for name in (WRONG, SOURCE)]
    return Entry(slug, claim, *texts)


def word_of(values: Mapping[str, Any]) -> str:
    """What was entered in a `dismissal_form`. Raises: KeyError, TypeError for a view that it does not give."""
    return values[WORD][WORD].get("value") or ""


def dismissed_number(context: str) -> int:
    """The number of the report that a `dismissal_form` is about. Raises: ValueError for a text that no form has."""
    _, number = context.split("\n")
    return number_in(number)


def number_in(text: str) -> int:
    """Raises: ValueError for a text that is no number which the database holds."""
    number = int(text)
    if not 0 <= number <= NUMBER_MAX:
        raise ValueError
    return number


# Fields


def _claim_field(groups: Groups) -> dict[str, Any]:
    every = [option for _, claims in groups for option in claims]
    if not every or len(every) > LISTED_MAX:
        words = _plain("Type some of its words")
        return {"type": "external_select", "action_id": TYPEAHEAD, "min_query_length": 1, "placeholder": words}
    menu: dict[str, Any] = {"type": "static_select", "action_id": CLAIM}
    if len(groups) == 1 and len(every) <= OPTIONS_MAX:
        menu["options"] = options(every)
    else:
        menu["option_groups"] = [_group(title, claims) for title, claims in _chunks(groups)]
    return menu | ({"initial_option": options(every)[0]} if len(every) == 1 else {})


def _chunks(groups: Groups) -> Iterator[tuple[str, Sequence[Option]]]:
    for title, claims in groups:
        for some in batches(claims, OPTIONS_MAX):
            yield title, some


def _group(title: str, claims: Sequence[Option]) -> dict[str, Any]:
    label = {"type": "plain_text", "text": shorten(title, OPTION_TEXT_MAX), "emoji": False}
    return {"label": label, "options": options(claims)}


def _text_field(name: str, most: int, placeholder: str = "", *, multiline: bool = False) -> dict[str, Any]:
    field: dict[str, Any] = {"type": "plain_text_input", "action_id": name, "max_length": most}
    field |= {"placeholder": _plain(placeholder)} if placeholder else {}
    return field | ({"multiline": True} if multiline else {})


def _input(name: str, label: str, element: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
    block = {"type": "input", "block_id": name, "label": _plain(label), "element": element}
    return block | ({"optional": True} if optional else {})


def _view(callback: str, title: str, context: str, view_blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": context,
        "title": _plain(title),
        "submit": _plain("Send"),
        "close": _plain("Cancel"),
        "blocks": view_blocks,
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
