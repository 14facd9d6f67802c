"""The settings. The only reader of the environment."""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, LiteralString, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.core.briefs.brief import URL_PATTERN
from bot.core.budget import ASKS, CHANGES, COMMANDS, REPORTS, Budget
from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.core.retention import Retention
from bot.errors import SettingsError

API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///var/briefbot.db"
POSTS_PER_MINUTE = 240
"""Slack accepts several hundred a minute and does not publish the exact number. Source: docs.slack.dev, rate limits."""

DIGEST_GRACE = timedelta(hours=6)
ABSENCE_GRACE = timedelta(seconds=10)
START_WAIT = timedelta(seconds=60)
KEEP = Retention()
ISSUES_URL_MAX = 500
"""Characters, so that the issue has room behind it."""

RENAMED = {"BRIEFBOT_UNKNOWN": "BRIEFBOT_UNCONFIRMED_POSTS"}
"""Variables of earlier versions, and their names today."""

SECRETS = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET"}

STATES = {"missing": "is not set", "string_too_short": "is empty"}
"""What is said of a secret, by pydantic's word for what is wrong with it."""

REMEDIES = {
    "BRIEFBOT_COMMAND": "it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /brief",
    "BRIEFBOT_ADMINS": "list ids of users (U012AB3CD) or user groups (S012AB3CD), with commas",
    "BRIEFBOT_SECRET_KEY": "it must be one key or several, separated by commas, each 44 characters of url-safe Base64 "
    "as `openssl rand -base64 32 | tr +/ -_` prints it",
    "BRIEFBOT_UNCONFIRMED_POSTS": "it must be resend or hold",
    "BRIEFBOT_POSTS_PER_MINUTE": "it must be a number from 1 to 9999",
    "BRIEFBOT_POSTS_PER_PUBLICATION": "it must be a number from 1 to 9999",
    "BRIEFBOT_DIGEST_GRACE_HOURS": "it must be a number of hours, at most 999",
    "BRIEFBOT_ABSENCE_GRACE_SECONDS": "it must be a number of seconds, at most 999",
    "BRIEFBOT_START_WAIT_SECONDS": "it must be a number of seconds, at most 999 (0 does not wait)",
    "BRIEFBOT_KEEP_POSTS_DAYS": "it must be a number of days from 30 to 9999",
    "BRIEFBOT_KEEP_DELIVERIES_DAYS": "it must be a number of days from 7 to 9999",
    "BRIEFBOT_KEEP_QUESTIONS_DAYS": "it must be a number of days from 1 to 9999",
    "BRIEFBOT_KEEP_REMOVED_DAYS": "it must be a number of days, at most 9999",
    "BRIEFBOT_ASKS_A_DAY": "it must be two numbers up to 99999, of a person and of a workspace, such as 20/1000",
    "BRIEFBOT_COMMANDS_A_MINUTE": "it must be two numbers up to 99999, of a person and of a workspace, e.g. 1200/60000",
    "BRIEFBOT_CHANGES_A_DAY": "it must be two numbers up to 99999, of a person and of a workspace, such as 500/20000",
    "BRIEFBOT_REPORTS_A_DAY": "it must be two numbers up to 99999, of a person and of a workspace, such as 20/5000",
    "BRIEFBOT_EMPTY_DIGESTS": "it must be skip or post",
    "BRIEFBOT_LOG_LEVEL": "it must be debug, info, warning or error",
    "BRIEFBOT_FOLD": "it must be button or container",
    "BRIEFBOT_ROLE": "it must be all, web or worker",
    "BRIEFBOT_PORT": "it must be a number from 0 to 65535 (0 picks a free port)",
    "BRIEFBOT_MAINTAINERS_CHANNEL": "it must be the id of a channel such as C012AB3CD, which Slack shows at the end of "
    "the channel's details, or unset",
    "BRIEFBOT_ISSUES_URL": "it must be an http(s) address of at most 500 characters such as "
    "https://github.com/owner/repository/issues/new, or unset",
    "SLACK_API_URL": f"it must be an http(s) address such as {API_URL}, or unset",
    "SLACK_BOT_TOKEN": "copy the bot token (xoxb-…) from the app's page, Install App",
    "SLACK_APP_TOKEN": "set it or unset it",
    "SLACK_SIGNING_SECRET": "set it or unset it",
    "SLACK_CLIENT_ID": "copy it from the app's page, Basic Information, App Credentials, or unset it",
    "SLACK_CLIENT_SECRET": "copy it from the app's page, Basic Information, App Credentials, or unset it",
}
"""The second half of an error, by variable; the first half says what the variable's value is."""

HALF_CLIENT: LiteralString = "one of SLACK_CLIENT_ID and SLACK_CLIENT_SECRET is set; set both or neither"
NO_BOT: LiteralString = "SLACK_BOT_TOKEN is not set; copy the bot token (xoxb-…) from the app's page, Install App"
NO_PAGES: LiteralString = (
    "both SLACK_CLIENT_ID and SLACK_APP_TOKEN are set; who installs the bot needs its pages over HTTP, so set "
    "SLACK_SIGNING_SECRET in place of SLACK_APP_TOKEN"
)
NO_WORKSPACE: LiteralString = (
    "BRIEFBOT_MAINTAINERS_CHANNEL is set, and SLACK_BOT_TOKEN, which says of which workspace it is, is not; set both "
    "or neither"
)


def _durations(unit: timedelta, least: int = 0, most: int = 999) -> BeforeValidator:
    """Reads a variable's text as a number of units; a value that is not text stays as it is."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not re.fullmatch("[0-9]{1,4}", value) or not least <= int(value) <= most:
            raise ValueError
        return unit * int(value)

    return BeforeValidator(read)


def _days(least: int) -> BeforeValidator:
    return _durations(timedelta(days=1), least, most=9999)


def _budget(value: Any) -> Any:
    """Reads `person/workspace`; a value that is not text stays as it is. Raises: ValueError."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch("[1-9][0-9]{0,4}/[1-9][0-9]{0,4}", value):
        raise ValueError
    return Budget(*map(int, value.split("/")))


def _words(value: Any) -> Any:
    return list(filter(None, re.split(r"[,\s]+", value))) if isinstance(value, str) else value


def _address(value: str) -> str:
    """Raises: ValueError unless it is an http(s) address to which the names of methods can be added."""
    parts = urlsplit(value)
    unusual = parts.username or parts.query or parts.fragment or re.search(r"\s", value)
    # Reading the port checks it.
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or unusual:
        raise ValueError
    return value


def _page(value: str) -> str:
    """Raises: ValueError unless it is an http(s) address of a page, to which more can be added."""
    if len(value) > ISSUES_URL_MAX or not re.fullmatch(URL_PATTERN, value) or "#" in value:
        raise ValueError
    return value


Secret = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
SecretKey = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{43}=$")]
AdminId = Annotated[str, StringConstraints(pattern="^[UWS][A-Z0-9]+$")]
ChannelId = Annotated[str, StringConstraints(strip_whitespace=True, pattern="^[CG][A-Z0-9]+$")]
Hours = Annotated[timedelta, _durations(timedelta(hours=1))]
Bounds = Annotated[Budget, BeforeValidator(_budget)]
Seconds = Annotated[timedelta, _durations(timedelta(seconds=1))]
Role = Literal["all", "web", "worker"]
SkipOrPost = Annotated[StrictBool, BeforeValidator(lambda value: {"skip": False, "post": True}.get(value, value))]


class _Environment(BaseModel):
    """Immutable. Takes its values from keyword arguments alone: only `read` and `read_slack` look at variables."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)


class Settings(_Environment):
    """What every command needs."""

    briefs: Path = Field(Path("briefs"), validation_alias="BRIEFBOT_BRIEFS")
    """The directory of brief files."""

    workspace: Path | None = Field(None, validation_alias="GITHUB_WORKSPACE")
    """The directory that paths in annotations are relative to; None: the top of the git working tree."""

    command: str = Field("/brief", validation_alias="BRIEFBOT_COMMAND", pattern="^/[a-z0-9_-]{1,31}$")
    """The name of the slash command, with its slash."""

    database_url: str = Field(DATABASE_URL, validation_alias="BRIEFBOT_DATABASE_URL", repr=False)
    """`sqlite:///path` or `postgresql://…`; it may contain a password."""

    secret_keys: Annotated[tuple[SecretKey, ...], BeforeValidator(_words)] = Field(
        (), validation_alias="BRIEFBOT_SECRET_KEY", repr=False
    )
    """The keys of tokens in the database: the first encrypts, all open."""

    admins: Annotated[frozenset[AdminId], BeforeValidator(_words)] = Field(
        frozenset(), validation_alias="BRIEFBOT_ADMINS"
    )
    """Ids of the users (U…, W…) who may change what channels follow, and of user groups (S…) whose members may. Where
    it is empty, everybody but guests may; else others may ask them."""

    unconfirmed_posts: Literal["resend", "hold"] = Field("resend", validation_alias="BRIEFBOT_UNCONFIRMED_POSTS")
    """What to do when it is unknown whether a message was delivered: post it again, or leave it to an operator."""

    posts_per_minute: int = Field(POSTS_PER_MINUTE, validation_alias="BRIEFBOT_POSTS_PER_MINUTE", ge=1, le=9999)
    """The largest number of messages posted to one workspace in any minute."""

    posts_per_publication: int = Field(
        POSTS_PER_PUBLICATION, validation_alias="BRIEFBOT_POSTS_PER_PUBLICATION", ge=1, le=9999
    )
    """How many changes of one publication are posted one by one in a channel; more become one post."""

    digest_grace: Hours = Field(DIGEST_GRACE, validation_alias="BRIEFBOT_DIGEST_GRACE_HOURS")
    """A digest that is later than this is skipped; the next one covers its changes."""

    absence_grace: Seconds = Field(ABSENCE_GRACE, validation_alias="BRIEFBOT_ABSENCE_GRACE_SECONDS")
    """A brief file that is away for so long is gone: checkouts, syncs and mounts take files away for moments."""

    start_wait: Seconds = Field(START_WAIT, validation_alias="BRIEFBOT_START_WAIT_SECONDS")
    """How long a start waits for what does not answer yet, the database or Slack; 0: not at all."""

    keep_posts: Annotated[timedelta, _days(least=30)] = Field(KEEP.posts, validation_alias="BRIEFBOT_KEEP_POSTS_DAYS")
    """So long a post is corrected, and what briefs said is kept, unless something still shows it."""

    keep_deliveries: Annotated[timedelta, _days(least=7)] = Field(
        KEEP.deliveries, validation_alias="BRIEFBOT_KEEP_DELIVERIES_DAYS"
    )
    """So long the record of a message is kept that was sent or given up."""

    keep_questions: Annotated[timedelta, _days(least=1)] = Field(
        KEEP.questions, validation_alias="BRIEFBOT_KEEP_QUESTIONS_DAYS"
    )
    """So long questions that found nothing are kept, and what became of digests."""

    keep_removed: Annotated[timedelta, _days(least=0)] = Field(
        KEEP.removed, validation_alias="BRIEFBOT_KEEP_REMOVED_DAYS"
    )
    """So long all of a workspace is kept that has removed the bot."""

    commands_a_minute: Bounds = Field(COMMANDS, validation_alias="BRIEFBOT_COMMANDS_A_MINUTE")
    """How many commands and presses a process answers within a minute."""

    asks_a_day: Bounds = Field(ASKS, validation_alias="BRIEFBOT_ASKS_A_DAY")
    """How often admins are asked within 24 hours."""

    changes_a_day: Bounds = Field(CHANGES, validation_alias="BRIEFBOT_CHANGES_A_DAY")
    """How often what channels follow is changed within 24 hours."""

    reports_a_day: Bounds = Field(REPORTS, validation_alias="BRIEFBOT_REPORTS_A_DAY")
    """How many reports of mistakes are taken within 24 hours."""

    empty_digests: SkipOrPost = Field(False, validation_alias="BRIEFBOT_EMPTY_DIGESTS")
    """Whether a digest is posted when nothing has changed."""

    fold: Literal["button", "container"] = Field("button", validation_alias="BRIEFBOT_FOLD")
    """Where the quotes of an answer are: behind its button, or folded into the same message where it has room."""

    log_level: Literal["debug", "info", "warning", "error"] = Field("info", validation_alias="BRIEFBOT_LOG_LEVEL")
    """From what on a running bot logs."""

    semantic_model: str | None = Field(None, validation_alias="BRIEFBOT_SEMANTIC_MODEL")
    """Directories or installed packages, separated by commas, with a sentence model that ranks beside the words; None:
    words alone rank."""

    @property
    def has_database(self) -> bool:
        """Whether a database is named, or the file of the default address is there."""
        default = Path(DATABASE_URL.removeprefix("sqlite:///"))
        return "database_url" in self.model_fields_set or default.is_file()


class SlackSettings(_Environment):
    """What `run` needs besides. Exactly one of `app_token` (Socket Mode) and `signing_secret` (HTTP) is set; a worker
    needs neither. `client_id` and `client_secret` are set where workspaces may install the bot by OAuth; then it may do
    without a `bot_token`."""

    bot_token: Secret | None = Field(None, validation_alias="SLACK_BOT_TOKEN", repr=False)
    client_id: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")] | None = Field(
        None, validation_alias="SLACK_CLIENT_ID"
    )
    client_secret: Secret | None = Field(None, validation_alias="SLACK_CLIENT_SECRET", repr=False)
    app_token: Secret | None = Field(None, validation_alias="SLACK_APP_TOKEN", repr=False)
    signing_secret: Secret | None = Field(None, validation_alias="SLACK_SIGNING_SECRET", repr=False)
    api_url: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_address)] = Field(
        API_URL, validation_alias="SLACK_API_URL"
    )
    host: str = Field("127.0.0.1", validation_alias="BRIEFBOT_HOST")
    port: int = Field(3000, validation_alias="BRIEFBOT_PORT", ge=0, le=65535)
    role: Role = Field("all", validation_alias="BRIEFBOT_ROLE")
    """What this process does: `web` answers, `worker` publishes and posts."""
    maintainers_channel: ChannelId | None = Field(None, validation_alias="BRIEFBOT_MAINTAINERS_CHANNEL")

    @property
    def has_port(self) -> bool:
        """Whether a port is named, so that a process listens there for those who watch it, though Slack does not come
        that way."""
        return "port" in self.model_fields_set

    @property
    def is_over_http(self) -> bool:
        """Whether Slack's requests come to a port of this process."""
        return self.role != "worker" and self.app_token is None

    @property
    def secrets(self) -> frozenset[str]:
        """What no log and no message may show."""
        return frozenset(filter(None, (self.bot_token, self.app_token, self.signing_secret, self.client_secret)))

    issues_url: Annotated[str, AfterValidator(_page)] | None = Field(None, validation_alias="BRIEFBOT_ISSUES_URL")
    """The address of a page that makes an issue, with `{title}` and `{body}` where these belong, if elsewhere than
    GitHub has them."""

    @model_validator(mode="after")
    def check_token(self) -> Self:
        """Raises: PydanticCustomError where there is no way to a token, or half of one."""
        if problem := next((sentence for sentence, wrong in self._half_set() if wrong), None):
            raise PydanticCustomError("no_token", problem)
        return self

    def _half_set(self) -> Iterator[tuple[LiteralString, bool]]:
        by_oauth, own = self.client_id is not None, self.bot_token is not None
        yield HALF_CLIENT, by_oauth != (self.client_secret is not None)
        yield NO_BOT, not by_oauth and not own
        yield NO_PAGES, by_oauth and self.app_token is not None
        yield NO_WORKSPACE, self.maintainers_channel is not None and not own

    @model_validator(mode="after")
    def check_front(self) -> Self:
        """Raises: PydanticCustomError unless exactly one of Socket Mode and HTTP is configured, where it is needed."""
        if self.role != "worker" and self.app_token is None and self.signing_secret is None:
            message = "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set; set one of them"
            raise PydanticCustomError("no_front", message)
        if self.app_token is not None and self.signing_secret is not None:
            message = "both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set; unset the one you do not use"
            raise PydanticCustomError("two_fronts", message)
        return self


M = TypeVar("M", bound=_Environment)


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from environment variables. Raises: SettingsError, with one line for each wrong variable."""
    renamed = (f"{old} is now called {new}; rename it" for old, new in RENAMED.items() if environ.get(old))
    if message := "\n".join(renamed):
        raise SettingsError(message)
    return _read(Settings, environ)


def read_slack(environ: Mapping[str, str] = os.environ, role: Role | None = None) -> SlackSettings:
    """Settings for Slack; `role` counts where it is given. Raises: SettingsError, with one line for each wrong variable
    and no secret's value."""
    return _read(SlackSettings, {**environ, "BRIEFBOT_ROLE": role} if role else environ)


def variables() -> set[str]:
    """The names of all settings."""
    models = _Environment.__subclasses__()
    return {str(field.validation_alias) for model in models for field in model.model_fields.values()}


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that are named like settings of this program, and are none."""
    return sorted(name for name in environ if name.startswith("BRIEFBOT_") and name not in variables())


def _variables(model: type[_Environment], environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of a model. An empty one gives the default; an empty secret is passed on, since it was meant to be
    set."""
    names = (str(field.validation_alias) for field in model.model_fields.values())
    return {name: environ[name] for name in names if environ.get(name) or (name in SECRETS and name in environ)}


def _read(model: type[M], environ: Mapping[str, str]) -> M:
    try:
        return model(**_variables(model, environ))
    except ValidationError as error:
        # Not chained: pydantic's errors contain the values, some of which are secrets.
        raise SettingsError("\n".join(dict.fromkeys(map(_sentence, error.errors())))) from None


def _sentence(detail: ErrorDetails) -> str:
    """One problem: the variable, what its value is (never a secret's), and what to do."""
    if not detail["loc"]:
        return detail["msg"]
    name = str(detail["loc"][0])
    if name in SECRETS or name == "BRIEFBOT_SECRET_KEY":
        state = STATES.get(detail["type"], "is not valid")
    else:
        state = f'{"contains" if len(detail["loc"]) > 1 else "is"} "{detail["input"]}"'
    return f"{name} {state}; {REMEDIES[name]}"
