"""The settings: from environment variables to values, or to one error that names what is wrong."""

import re
import traceback
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from bot import settings
from bot.core.budget import Budget
from bot.errors import SettingsError
from bot.settings import Settings, SlackSettings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_SIGNING_SECRET": "hush"}
WRONG = [
    ("BRIEFBOT_COMMAND", "brief"),
    ("BRIEFBOT_ADMINS", "ann"),
    ("BRIEFBOT_UNCONFIRMED_POSTS", "maybe"),
    ("BRIEFBOT_POSTS_PER_MINUTE", "10000"),
    ("BRIEFBOT_POSTS_PER_PUBLICATION", "0"),
    ("BRIEFBOT_POSTS_PER_PUBLICATION", "10000"),
    ("BRIEFBOT_DIGEST_GRACE_HOURS", "1000"),
    ("BRIEFBOT_DIGEST_GRACE_HOURS", "-1"),
    ("BRIEFBOT_START_WAIT_SECONDS", "1000"),
    ("BRIEFBOT_START_WAIT_SECONDS", "1m"),
    ("BRIEFBOT_KEEP_POSTS_DAYS", "29"),
    ("BRIEFBOT_KEEP_POSTS_DAYS", "for ever"),
    ("BRIEFBOT_ASKS_A_DAY", "20"),
    ("BRIEFBOT_COMMANDS_A_MINUTE", "many"),
    ("BRIEFBOT_CHANGES_A_DAY", "5/100000"),
    ("BRIEFBOT_REPORTS_A_DAY", "0/5"),
    ("BRIEFBOT_KEEP_DELIVERIES_DAYS", "6"),
    ("BRIEFBOT_KEEP_QUESTIONS_DAYS", "0"),
    ("BRIEFBOT_KEEP_QUESTIONS_DAYS", "10000"),
    ("BRIEFBOT_EMPTY_DIGESTS", "yes"),
    ("BRIEFBOT_FOLD", "always"),
    ("BRIEFBOT_LOG_LEVEL", "loud"),
    *[
        ("SLACK_API_URL", value)
        for value in (
            "slack.com/api",
            "file:///api",
            "ftp://slack.com/api/",
            "https://",
            "https:///api/",
            "https://slack.com:port/api/",
            "https://slack.com:99999/api/",
            "https://slack.com/api/?a=b",
            "https://slack .com/api/",
            "https://[::1/api/",
        )
    ],
    ("BRIEFBOT_PORT", "65536"),
    ("BRIEFBOT_PORT", "http"),
    ("BRIEFBOT_MAINTAINERS_CHANNEL", "brief-maintainers"),
    ("BRIEFBOT_MAINTAINERS_CHANNEL", "#brief-maintainers"),
    ("BRIEFBOT_MAINTAINERS_CHANNEL", "U012AB3CD"),
]


def variables(model: type[BaseModel]) -> set[str]:
    return {str(field.validation_alias) for field in model.model_fields.values()}


def test_the_settings_and_their_defaults() -> None:
    assert settings.read({}) == Settings(
        briefs=Path("briefs"),
        workspace=None,
        command="/brief",
        database_url="sqlite:///var/briefbot.db",
        admins=frozenset(),
        unconfirmed_posts="resend",
        posts_per_minute=240,
        posts_per_publication=10,
        digest_grace=timedelta(hours=6),
        start_wait=timedelta(minutes=1),
        keep_posts=timedelta(days=400),
        keep_deliveries=timedelta(days=30),
        keep_questions=timedelta(days=90),
        asks_a_day=Budget(20, 1000),
        commands_a_minute=Budget(1200, 60_000),
        changes_a_day=Budget(500, 20_000),
        reports_a_day=Budget(20, 5000),
        empty_digests=False,
        semantic_model=None,
    )
    given = {
        "BRIEFBOT_BRIEFS": "/elsewhere",
        "GITHUB_WORKSPACE": "/work space",
        "BRIEFBOT_COMMAND": "/lookup",
        "BRIEFBOT_DATABASE_URL": "postgresql://localhost/briefbot",
        "BRIEFBOT_ADMINS": "U012AB3CD, W9 U1 S7,",
        "BRIEFBOT_UNCONFIRMED_POSTS": "hold",
        "BRIEFBOT_POSTS_PER_MINUTE": "60",
        "BRIEFBOT_POSTS_PER_PUBLICATION": "20",
        "BRIEFBOT_DIGEST_GRACE_HOURS": "12",
        "BRIEFBOT_START_WAIT_SECONDS": "0",
        "BRIEFBOT_KEEP_POSTS_DAYS": "1000",
        "BRIEFBOT_KEEP_DELIVERIES_DAYS": "7",
        "BRIEFBOT_KEEP_QUESTIONS_DAYS": "1",
        "BRIEFBOT_ASKS_A_DAY": "5/50",
        "BRIEFBOT_COMMANDS_A_MINUTE": "8/80",
        "BRIEFBOT_CHANGES_A_DAY": "7/70",
        "BRIEFBOT_REPORTS_A_DAY": "6/60",
        "BRIEFBOT_EMPTY_DIGESTS": "post",
        "BRIEFBOT_FOLD": "container",
        "BRIEFBOT_SEMANTIC_MODEL": "/models/minilm",
    }
    assert settings.read(given) == Settings(
        briefs=Path("/elsewhere"),
        workspace=Path("/work space"),
        command="/lookup",
        database_url="postgresql://localhost/briefbot",
        admins=frozenset({"U012AB3CD", "W9", "U1", "S7"}),
        unconfirmed_posts="hold",
        posts_per_minute=60,
        posts_per_publication=20,
        digest_grace=timedelta(hours=12),
        start_wait=timedelta(0),
        keep_posts=timedelta(days=1000),
        keep_deliveries=timedelta(days=7),
        keep_questions=timedelta(days=1),
        asks_a_day=Budget(5, 50),
        commands_a_minute=Budget(8, 80),
        changes_a_day=Budget(7, 70),
        reports_a_day=Budget(6, 60),
        empty_digests=True,
        fold="container",
        semantic_model="/models/minilm",
    )


@pytest.mark.parametrize("name", sorted(variables(Settings) | {"BRIEFBOT_UNKNOWN"}))
def test_an_empty_variable_means_the_default(name: str) -> None:
    assert settings.read({name: ""}) == settings.read({})


@pytest.mark.parametrize("name", sorted(variables(SlackSettings) - settings.SECRETS))
def test_an_empty_variable_of_slack_means_the_default(name: str) -> None:
    assert settings.read_slack({**TOKENS, name: ""}) == settings.read_slack(TOKENS)


@pytest.mark.parametrize("name", sorted(settings.SECRETS))
@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_secret_is_an_error(name: str, blank: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is empty; "):
        settings.read_slack({**TOKENS, name: blank})


def test_a_secret_is_read_without_the_blanks_around_it() -> None:
    padded = {name: f" {value}\n" for name, value in TOKENS.items()}
    assert settings.read_slack(padded) == settings.read_slack(TOKENS)


def test_a_variable_is_read_by_its_exact_name() -> None:
    """Neither another case of it, nor the name of the field."""
    assert settings.read({"briefbot_command": "/lookup", "command": "/lookup"}) == settings.read({})


def test_every_wrong_variable_is_named_in_one_error() -> None:
    with pytest.raises(SettingsError) as caught:
        settings.read(
            {"BRIEFBOT_COMMAND": "brief", "BRIEFBOT_ADMINS": "U1, ann, bob", "BRIEFBOT_EMPTY_DIGESTS": "true"}
        )
    assert str(caught.value).splitlines() == [
        'BRIEFBOT_COMMAND is "brief"; it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /brief',
        'BRIEFBOT_ADMINS contains "ann"; list ids of users (U012AB3CD) or user groups (S012AB3CD), with commas',
        'BRIEFBOT_ADMINS contains "bob"; list ids of users (U012AB3CD) or user groups (S012AB3CD), with commas',
        'BRIEFBOT_EMPTY_DIGESTS is "true"; it must be skip or post',
    ]


def both(environ: dict[str, str]) -> tuple[Settings, SlackSettings]:
    return settings.read(environ), settings.read_slack({**TOKENS, **environ})


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_every_variable_that_can_be_wrong_has_its_remedy(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f'^{name} (is|contains) "{re.escape(value)}"; .+'):
        both({name: value})


def test_no_secret_is_in_a_repr() -> None:
    assert "hush" not in repr(settings.read({"BRIEFBOT_DATABASE_URL": "postgresql://briefbot:hush@localhost/x"}))
    assert "hush" not in repr(settings.read_slack(TOKENS))


def test_no_secret_is_in_an_error_or_its_causes() -> None:
    two_fronts = {**TOKENS, "SLACK_APP_TOKEN": "xapp-hush", "BRIEFBOT_PORT": "http"}
    for environ in (two_fronts, {**two_fronts, "BRIEFBOT_PORT": "1"}):
        with pytest.raises(SettingsError) as caught:
            settings.read_slack(environ)
        assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        settings.read({}).command = "/lookup"  # type: ignore[misc]  # read-only is what the test is about
