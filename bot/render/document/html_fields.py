"""The fields of a form as HTML; a field carries its `block_id` in `data-block`."""

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.render.document.html_text import Json, join, plain


def labelled_field(block: Json) -> Markup | None:
    """A labelled field with its hint, and an empty element for its error message; None where it cannot be drawn."""
    element, block_id = block["element"], block.get("block_id", "")
    field = _FIELDS.get(element["type"])
    if field is None:
        return None
    # Block ids may hold blanks, which separate ids in `aria-describedby`.
    key = re.sub(r"[^\w-]", "-", block_id)
    described_by = f"hint-{key} error-{key}" if "hint" in block else f"error-{key}"
    required = "" if block.get("optional") else " required"
    attributes = Markup('id="field-{}" aria-describedby="{}"').format(key, described_by)
    optional = Markup(" <span class=optional>(optional)</span>") if block.get("optional") else ""
    hint = Markup("")
    if "hint" in block:
        hint = Markup('<p class=hint id="hint-{}">{}</p>').format(key, plain(block["hint"]["text"]))
    return Markup(
        '<div class=field data-block="{block_id}"><label for="field-{key}" id="label-{key}">{label}</label>'
        '{field}<p class=error id="error-{key}" hidden></p></div>'
    ).format(
        block_id=block_id,
        key=key,
        label=plain(block["label"]["text"]) + optional,
        field=field(element, key, attributes, required) + hint,
    )


def _text_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    limits = join(
        Markup(' {}="{}"').format(name.replace("_", ""), element[name])
        for name in ("min_length", "max_length")
        if name in element
    )
    shared = Markup('{}{}{} placeholder="{}"').format(attributes, required, limits, _placeholder(element))
    value = element.get("initial_value", "")
    if element.get("multiline"):
        # HTML drops the first line end in a textarea, so one is put before the value.
        return Markup("<textarea {} rows=4>\n{}</textarea>").format(shared, value)
    return Markup('<input type=text autocomplete=off {} value="{}">').format(shared, value)


def _select_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    selected = element.get("initial_option", {}).get("value")
    optgroup, option_groups = Markup('<optgroup label="{}">{}</optgroup>'), element.get("option_groups", [])
    options = _options(element.get("options", []), selected) + join(
        optgroup.format(plain(each["label"]["text"]), _options(each["options"], selected)) for each in option_groups
    )
    select = Markup("<select {}{}><option value=''>{}</option>{}</select>")
    return select.format(attributes, required, _placeholder(element) or "…", options)


def _options(options: Iterable[Json], selected: str | None) -> Markup:
    return join(
        Markup('<option value="{}"{}>{}</option>').format(
            option["value"], " selected" if option["value"] == selected else "", plain(option["text"]["text"])
        )
        for option in options
    )


def _time_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    zone = Markup(" <span class=zone>{}</span>").format(element["timezone"]) if "timezone" in element else ""
    time = element.get("initial_time", "")
    return Markup('<div><input type=time {}{} value="{}">{}</div>').format(attributes, required, time, zone)


def _typeahead_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    """A button that opens the menu. Screen readers name it by the field's label and the chosen option."""
    option = element.get("initial_option", {})
    return Markup(
        '<div class=menu data-action="{action}" data-remote data-field data-value="{value}"><button type=button'
        ' {attributes} aria-labelledby="label-{key} field-{key}" aria-haspopup=listbox aria-expanded=false>{text}'
        '</button><template><input type=text role=combobox aria-labelledby="label-{key}" aria-expanded=true'
        ' autocomplete=off><ul role=listbox aria-labelledby="label-{key}"></ul></template></div>'
    ).format(
        action=element["action_id"],
        value=option.get("value", ""),
        attributes=attributes,
        key=key,
        text=plain(option["text"]["text"]) if option else _placeholder(element) or "…",
    )


_FIELDS: dict[str, Callable[[Json, str, Markup, str], Markup]] = {
    "plain_text_input": _text_field,
    "static_select": _select_field,
    "timepicker": _time_field,
    "external_select": _typeahead_field,
}


def _placeholder(element: Json) -> Markup:
    return plain(element["placeholder"]["text"]) if "placeholder" in element else Markup("")
