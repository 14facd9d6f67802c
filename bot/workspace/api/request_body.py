"""From the body of a Web API call to its arguments, and of a response to its message."""

from email.message import Message
from urllib.parse import parse_qs

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.json_text import parsed
from bot.workspace.state import SlackError

CHARSETS = ("utf-8", "utf8", "iso-8859-1")


def read_body(body: bytes, content_type: str | None) -> Arguments:
    """The arguments of a call, without those that are null; `content_type` is that of its header, None where there is
    none. Raises: SlackError invalid_json, json_not_object, invalid_form_data, invalid_charset, invalid_post_type,
    missing_post_type."""
    if not body:
        return {}
    if not content_type:
        raise SlackError("missing_post_type")
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_param("charset", "utf-8")
    if str(charset).lower() not in CHARSETS:
        raise SlackError("invalid_charset")
    read = READERS.get(header.get_content_type())
    if read is None:
        raise SlackError("invalid_post_type")
    return {key: value for key, value in read(body, str(charset)).items() if value is not None}


def is_json(content_type: str | None) -> bool:
    """Whether a header names JSON. Another page cannot have a browser send that without asking this server first."""
    header = Message()
    header["Content-Type"] = content_type or ""
    return header.get_content_type() == "application/json"


def read_response(body: bytes, content_type: str | None) -> object:
    """The JSON value that an app sends to a `response_url`. Raises: SlackError invalid_payload, also where its header
    names another type."""
    try:
        if not is_json(content_type):
            raise ValueError(content_type)
        return parsed(body.decode())
    except ValueError:
        raise SlackError("invalid_payload") from None


def _json(body: bytes, charset: str) -> Arguments:
    try:
        value = parsed(body.decode(charset))
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value


def _form(body: bytes, charset: str) -> Arguments:
    """Of an argument that stands twice the last one counts."""
    try:
        fields = parse_qs(body.decode(charset), keep_blank_values=True, errors="strict")
    except ValueError:
        raise SlackError("invalid_form_data") from None
    return {key: values[-1] for key, values in fields.items()}


READERS = {"application/json": _json, "application/x-www-form-urlencoded": _form}
"""By content type. Slack takes multipart/form-data as well, which no call of an app without files needs."""
