"""Buttons and menus as HTML.

They carry their `action_id` in `data-action`, and in `data-confirm`, as JSON, what Slack asks before it sends a press.
"""

import json
from collections.abc import Iterator

from markupsafe import Markup

from bot.render.document.html_text import Json, Names, join, plain, text_object

DOTS = ("More", "⋯")
"""Placeholders of a menu of everything else, which is drawn as three dots to stand in a row with buttons."""


def control(element: Json, names: Names) -> Markup:
    """A button or a menu."""
    data = Markup('data-action="{}"{}').format(element["action_id"], _confirmation(element, names))
    return _button(element, data) if element["type"] == "button" else _menu(element, data)


def _confirmation(element: Json, names: Names) -> Markup:
    """The attribute with the dialog's words, its text as HTML; empty where nothing is asked."""
    if "confirm" not in element:
        return Markup("")
    asked = element["confirm"]
    words = {key: plain(asked[key]["text"]) for key in ("title", "confirm", "deny")}
    words |= {"text": text_object(asked["text"], names), "style": asked.get("style", "primary")}
    return Markup(' data-confirm="{}"').format(json.dumps(words))


def _button(element: Json, data: Markup) -> Markup:
    style = Markup(" class={}").format(element["style"]) if "style" in element else ""
    return Markup("<button type=button {}{}>{}</button>").format(data, style, plain(element["text"]["text"]))


def _menu(element: Json, data: Markup) -> Markup:
    label = plain(element["placeholder"]["text"]) if "placeholder" in element else Markup("…")
    # The name is in words in both: only some screen readers have one for the dots.
    dots = Markup(" class=dots aria-label=More") if label in DOTS else ""
    return Markup(
        "<div class=menu {data}{remote}><button type=button{dots} aria-haspopup=listbox aria-expanded=false>{shown}"
        '</button><template><input type=text role=combobox aria-label="{label}" aria-expanded=true autocomplete=off>'
        '<ul role=listbox aria-label="{label}">{options}</ul></template></div>'
    ).format(
        data=data,
        remote=" data-remote" if element["type"] == "external_select" else "",
        dots=dots,
        shown="⋯" if dots else label,
        label="More" if dots else label,
        options=join(_options(element)),
    )


def _options(element: Json) -> Iterator[Markup]:
    """The options in order, each with the label of its group: the page draws the groups of those that match."""
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    for group in groups:
        label = Markup(' data-group="{}"').format(plain(group["label"]["text"])) if "label" in group else ""
        for option in group["options"]:
            row = Markup('<li role=option data-value="{}"{}>{}</li>')
            yield row.format(option["value"], label, plain(option["text"]["text"]))
