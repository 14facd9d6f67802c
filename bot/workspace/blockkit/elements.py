"""Interactive elements, and which of them a section, actions and an input may hold.

Source: docs.slack.dev, the page of each element; numbers also from slack_sdk's models, @slack/types and slackblocks.
"""

import re

from bot.workspace.blockkit.objects import (
    CONFIRM,
    DISPATCH,
    ELEMENT,
    FILTER,
    FOCUS,
    IMAGE,
    LINK_OPTION,
    OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    STYLE,
    TEXT_OPTION,
    URL,
    plain,
)
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import ascending, initial_among_options, one_of
from bot.workspace.blockkit.shape import (
    ANYTHING,
    BOOLEAN,
    NON_EMPTY,
    Format,
    Items,
    Number,
    Object,
    Shape,
    String,
    Tagged,
)

# ASCII: `\d` else takes the digits of every script.
DATE = Format("YYYY-MM-DD", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII))
TIME = Format("HH:mm", re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII))

PICK = {**ELEMENT, **CONFIRM, **FOCUS}
MENU = {**PICK, **PLACEHOLDER}
MULTI = {**MENU, "max_selected_items": Number(1)}
FIELD = {**ELEMENT, **FOCUS, **PLACEHOLDER, **DISPATCH}
IDS = Items(NON_EMPTY)

STATIC = {"options": Items(OPTION, 1, 100), "option_groups": Items(OPTION_GROUP, 1, 100)}
EXTERNAL = {"min_query_length": Number(0)}
CONVERSATIONS = {"default_to_current_conversation": BOOLEAN, "filter": FILTER}
RESPONSE_URL = {"response_url_enabled": BOOLEAN}
LABEL = {"accessibility_label": String(75)}

BUTTONS = {
    "button": Object(
        {"text": plain(75)},
        {
            **ELEMENT,
            **CONFIRM,
            **LABEL,
            "value": String(2000),
            "url": URL,
            "style": STYLE,
            "agent_prompt": String(4000),
        },
    ),
    "workflow_button": Object(
        {"text": plain(75), "workflow": ANYTHING}, {**ELEMENT, **CONFIRM, **LABEL, "style": STYLE}
    ),
}

STATIC_RULES = (one_of("options", "option_groups"), initial_among_options)
OPTIONS_RULES = (initial_among_options,)


def _static(menu: dict[str, Shape]) -> Object:
    return Object(optional={**menu, **STATIC}, rules=STATIC_RULES)


SELECTS = {
    "static_select": _static({**MENU, "initial_option": OPTION}),
    "external_select": Object(optional={**MENU, **EXTERNAL, "initial_option": OPTION}),
    "users_select": Object(optional={**MENU, "initial_user": NON_EMPTY}),
    "conversations_select": Object(
        optional={**MENU, **CONVERSATIONS, **RESPONSE_URL, "initial_conversation": NON_EMPTY}
    ),
    "channels_select": Object(optional={**MENU, **RESPONSE_URL, "initial_channel": NON_EMPTY}),
    "multi_static_select": _static({**MULTI, "initial_options": Items(OPTION, 1, 100)}),
    "multi_external_select": Object(optional={**MULTI, **EXTERNAL, "initial_options": Items(OPTION, 1, 100)}),
    "multi_users_select": Object(optional={**MULTI, "initial_users": IDS}),
    "multi_conversations_select": Object(optional={**MULTI, **CONVERSATIONS, "initial_conversations": IDS}),
    "multi_channels_select": Object(optional={**MULTI, "initial_channels": IDS}),
}

CHOICES = {
    "checkboxes": Object(
        {"options": Items(TEXT_OPTION, 1, 10)}, {**PICK, "initial_options": Items(TEXT_OPTION, 1, 10)}, OPTIONS_RULES
    ),
    "radio_buttons": Object(
        {"options": Items(TEXT_OPTION, 1, 10)}, {**PICK, "initial_option": TEXT_OPTION}, OPTIONS_RULES
    ),
}

OVERFLOW = {"overflow": Object({"options": Items(LINK_OPTION, 1, 5)}, {**ELEMENT, **CONFIRM})}

PICKERS = {
    "datepicker": Object(optional={**MENU, "initial_date": String(format=DATE)}),
    "timepicker": Object(optional={**MENU, "initial_time": String(format=TIME), "timezone": NON_EMPTY}),
}
MOMENT = {"datetimepicker": Object(optional={**PICK, "initial_date_time": Number(0, 9_999_999_999)})}

LINES = Number(1, 100)
RICH_TEXT_INPUT = {
    "rich_text_input": Object(
        optional={**FIELD, "initial_value": Tagged(RICH_TEXT), "min_lines": LINES, "max_lines": LINES}
    )
}

FIELDS = {
    "plain_text_input": Object(
        optional={
            **FIELD,
            "initial_value": String(3000),
            "multiline": BOOLEAN,
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
        rules=(ascending("min_length", "max_length"),),
    ),
    "email_text_input": Object(optional={**FIELD, "initial_value": String()}),
    "url_text_input": Object(optional={**FIELD, "initial_value": String()}),
    "number_input": Object(
        {"is_decimal_allowed": BOOLEAN},
        {**FIELD, "initial_value": String(), "min_value": String(), "max_value": String()},
    ),
    "file_input": Object(optional={**ELEMENT, "filetypes": Items(NON_EMPTY, 1), "max_files": Number(1, 10)}),
    **RICH_TEXT_INPUT,
}

FEEDBACK = Object({"text": plain(75), "value": String(2000, 1)}, LABEL)
ICONS = {
    "feedback_buttons": Object({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ELEMENT),
    "icon_button": Object(
        {"icon": NON_EMPTY, "text": plain(75)},
        {**ELEMENT, **CONFIRM, **LABEL, "value": String(2000), "visible_to_user_ids": Items(NON_EMPTY, 0, 10)},
    ),
}

IN_SECTION = Tagged({**BUTTONS, **SELECTS, **CHOICES, **OVERFLOW, **PICKERS, "image": IMAGE})
IN_ACTIONS = Tagged({**BUTTONS, **SELECTS, **CHOICES, **OVERFLOW, **PICKERS, **MOMENT, **RICH_TEXT_INPUT})
IN_INPUT = Tagged({**SELECTS, **CHOICES, **PICKERS, **MOMENT, **FIELDS})
"""The three unions are those of @slack/types."""
