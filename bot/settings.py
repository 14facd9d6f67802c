"""The settings. The only reader of the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.errors import SettingsError

API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///var/briefbot.db"
POSTS_PER_MINUTE = 240
"""Slack lets several hundred a minute through, and does not say how many. Source: docs.slack.dev, rate limits."""

DIGEST_GRACE_HOURS = 6


@dataclass(frozen=True, slots=True)
class Settings:
    """What every command needs."""

    briefs: Path
    """`BRIEFBOT_BRIEFS`: the directory of brief files."""

    command: str
    """`BRIEFBOT_COMMAND`: the name of the slash command, with its slash."""

    database_url: str = field(default=DATABASE_URL, repr=False)
    """`BRIEFBOT_DATABASE_URL`: `sqlite:///path` or `postgresql://…`."""

    admins: frozenset[str] = frozenset()
    """`BRIEFBOT_ADMINS`: ids of those who may change what channels follow; everybody but guests where it is empty."""

    unknown: Literal["resend", "hold"] = "resend"
    """`BRIEFBOT_UNKNOWN`: what becomes of a message of which nobody can say whether it arrived."""

    posts_per_minute: int = POSTS_PER_MINUTE
    """`BRIEFBOT_POSTS_PER_MINUTE`: the most that is posted to one workspace in any minute."""

    digest_grace: timedelta = timedelta(hours=DIGEST_GRACE_HOURS)
    """`BRIEFBOT_DIGEST_GRACE_HOURS`: a digest that is later than this is skipped; its changes come with the next."""

    empty_digests: bool = False
    """`BRIEFBOT_EMPTY_DIGESTS`: whether a digest is posted where nothing has changed."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What `run` needs besides. Exactly one of `app_token` (Socket Mode) and `signing_secret` (HTTP) is set; secrets
    do not appear in the repr."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_url: str
    host: str
    port: int
    maintainers_channel: str | None


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment. Raises: SettingsError, naming the variable."""
    command = environ.get("BRIEFBOT_COMMAND", "/brief")
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
        raise SettingsError(
            f'BRIEFBOT_COMMAND is "{command}"; it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /brief'
        )
    return Settings(
        briefs=Path(environ.get("BRIEFBOT_BRIEFS") or "briefs"),
        command=command,
        database_url=environ.get("BRIEFBOT_DATABASE_URL") or DATABASE_URL,
        admins=_users(environ.get("BRIEFBOT_ADMINS") or ""),
        unknown=_unknown(environ.get("BRIEFBOT_UNKNOWN") or "resend"),
        posts_per_minute=_per_minute(environ.get("BRIEFBOT_POSTS_PER_MINUTE") or str(POSTS_PER_MINUTE)),
        digest_grace=_grace(environ.get("BRIEFBOT_DIGEST_GRACE_HOURS") or str(DIGEST_GRACE_HOURS)),
        empty_digests=_empty(environ.get("BRIEFBOT_EMPTY_DIGESTS") or "skip"),
    )


def read_slack(environ: Mapping[str, str] = os.environ) -> SlackSettings:
    """Settings for Slack. Raises: SettingsError, naming the variable and never its value."""
    app_token, secret = _secret(environ, "SLACK_APP_TOKEN"), _secret(environ, "SLACK_SIGNING_SECRET")
    bot_token = _secret(environ, "SLACK_BOT_TOKEN")
    if bot_token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set; copy the bot token (xoxb-…) from the app's page, Install App")
    if app_token is None and secret is None:
        raise SettingsError(
            "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set; set one of them"
        )
    if app_token is not None and secret is not None:
        raise SettingsError("both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set; unset the one you do not use")
    return SlackSettings(
        bot_token=bot_token,
        app_token=app_token,
        signing_secret=secret,
        api_url=environ.get("SLACK_API_URL") or API_URL,
        host=environ.get("BRIEFBOT_HOST") or "127.0.0.1",
        port=_port(environ.get("BRIEFBOT_PORT") or "3000"),
        maintainers_channel=environ.get("BRIEFBOT_MAINTAINERS_CHANNEL") or None,
    )


def _users(text: str) -> frozenset[str]:
    found = frozenset(filter(None, re.split(r"[,\s]+", text)))
    for user in sorted(found):
        if not re.fullmatch(r"[UW][A-Z0-9]+", user):
            raise SettingsError(f'BRIEFBOT_ADMINS holds "{user}"; list user ids such as U012AB3CD, commas between')
    return found


def _grace(text: str) -> timedelta:
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise SettingsError(f'BRIEFBOT_DIGEST_GRACE_HOURS is "{text}"; it must be a number of hours, at most 999')
    return timedelta(hours=int(text))


def _empty(text: str) -> bool:
    if text not in ("skip", "post"):
        raise SettingsError(f'BRIEFBOT_EMPTY_DIGESTS is "{text}"; it must be skip or post')
    return text == "post"


def _unknown(text: str) -> Literal["resend", "hold"]:
    match text:
        case "resend" | "hold":
            return text
        case _:
            raise SettingsError(f'BRIEFBOT_UNKNOWN is "{text}"; it must be resend or hold')


def _per_minute(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) == 0:
        raise SettingsError(f'BRIEFBOT_POSTS_PER_MINUTE is "{text}"; it must be a number from 1 to 9999')
    return int(text)


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    """None where the variable is not set; an empty one was meant to be set."""
    value = environ.get(name)
    if value is not None and not value.strip():
        raise SettingsError(f"{name} is empty; set it or unset it")
    return value.strip() if value else None


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise SettingsError(f'BRIEFBOT_PORT is "{text}"; it must be a number from 0 to 65535 (0 picks a free port)')
    return int(text)
