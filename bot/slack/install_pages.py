"""The pages that somebody reads who installs the bot."""

from collections.abc import Mapping, Sequence
from html import escape

from slack_bolt import BoltResponse

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"

AGAIN = f'<a href="{INSTALL}">Begin again</a>.'
USED = f"This page was opened twice, more than ten minutes after the beginning, or in another browser. {AGAIN}"

FAILURES: Mapping[str, tuple[int, str, str]] = {
    "access_denied": (200, "Nothing was installed", f"You did not allow it. {AGAIN}"),
    "invalid_browser": (400, "Nothing was installed", USED),
    "invalid_state": (400, "Nothing was installed", USED),
    "missing_code": (400, "Nothing was installed", f"Slack sent no code with your browser. {AGAIN}"),
    "storage_error": (503, "Nothing was installed", f"The bot's database does not answer just now. {AGAIN}"),
    "unreachable": (503, "Nothing was installed", f"Slack does not answer the bot just now. {AGAIN}"),
}
"""By what went wrong: status, heading, and a text of trusted HTML."""

HEADERS: Mapping[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def failure(reason: str, cookie: str | None = None) -> BoltResponse:
    """Why nothing was installed, by a word of `FAILURES` or of Slack's; `cookie` is one to set."""
    said = f"Slack says “{escape(reason)}”. Tell whoever runs the bot, or try again: {AGAIN}"
    return page(*FAILURES.get(reason, (400, "Nothing was installed", said)), cookie)


def success(name: str | None, command: str, cookie: str) -> BoltResponse:
    """`name` is the workspace's or the organisation's, None where Slack does not say it."""
    where = f" in {escape(name)}" if name else ""
    text = f"In Slack, type <code>{escape(command)} help</code> in any channel. You can close this page."
    return page(200, f"The bot is installed{where}", text, cookie)


def page(status: int, heading: str, text: str, cookie: str | None) -> BoltResponse:
    """A page of its own, without a script, a style or an image."""
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{heading}</title></head>'
        f"<body><h1>{heading}</h1><p>{text}</p></body></html>"
    )
    return BoltResponse(status=status, body=body, headers={**HEADERS, **({"Set-Cookie": [cookie]} if cookie else {})})
