"""A bot without a token of its own: who installs it is served by every process, at once."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.app.run import Bot, start_bot
from bot.errors import SettingsError
from bot.settings import Role, Settings, SlackSettings, read_slack
from bot.slack.foreign_workspace import NOT_SERVED
from bot.slack.http import ENDPOINT
from bot.slack.install_pages import REDIRECT
from bot.slack.scopes import OPTIONAL, REQUIRED
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import CLIENT_ID, CLIENT_SECRET, Workspace, plain
from tests.databases import Databases
from tests.installations import OLD
from tests.live import QUICK, eventually, limit
from tests.scenarios.room import FERRIES, FILES, SIX_TO_FOUR
from tests.slack.browser import Browser

BY_OAUTH = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hush", "SLACK_SIGNING_SECRET": "hush"}


@pytest.fixture
def workspaces() -> Iterator[list[Workspace]]:
    """Two, served by one Slack; Ann is the first person of each."""
    found = [Workspace(number, scopes=REQUIRED | OPTIONAL) for number in (1, 2)]
    served = LocalServer(many(found))
    for each in found:
        limit(each, QUICK)
        each.base_url, each.state.app.redirect_urls = served.url, (f"https://bot.example{REDIRECT}",)
    yield found
    served.close()


def test_who_installs_it_is_served_by_every_process(
    tmp_path: Path, postgres: Databases, workspaces: list[Workspace]
) -> None:
    here, next_door = workspaces
    (briefs := tmp_path / "briefs").mkdir()
    for name, text in {**FILES, "ferries.yaml": FERRIES}.items():
        (briefs / name).write_text(text, encoding="utf-8")
    settings = Settings(briefs=briefs, database_url=postgres.migrated(), secret_keys=(OLD,))
    secret = here.state.app.signing_secret
    slack = SlackSettings(
        client_id=CLIENT_ID, client_secret=CLIENT_SECRET, signing_secret=secret, api_url=f"{here.base_url}/api/"
    )

    def start(role: Role) -> tuple[Bot, LocalServer]:
        bot = start_bot(settings, SlackSettings(**{**dict(slack), "role": role}), cadence=QUICK)
        stack.callback(bot.stop)
        front = LocalServer(bot.web.http_app(secret))
        stack.callback(front.close)
        return bot, front

    with ExitStack() as stack:
        _, front = start("web")
        other, elsewhere = start("all")
        assert len(other.services.tokens) == 0
        for each in workspaces:
            # Installed through the one, and served by the other.
            each.delivery = HttpDelivery(elsewhere.url + ENDPOINT, secret, each.state.clock)
        ann, zoe = here.add_user("ann"), next_door.add_user("zoe")
        general, lobby = here.add_channel("general", ann), next_door.add_channel("lobby", zoe)
        here.command(ann, general, "/brief ferries")
        assert plain(here.last(ann, general).text) == NOT_SERVED
        for each, person in ((here, ann), (next_door, zoe)):
            assert Browser(each, front.url, person).install().status == 200
        for each, person, channel in ((here, ann, general), (next_door, zoe, lobby)):
            each.command(person, channel, "/brief subscribe ferries")
            assert NOT_SERVED not in plain(each.last(person, channel).text)
        path = briefs / "ferries.yaml"
        path.write_text(SIX_TO_FOUR(path.read_text(encoding="utf-8")), encoding="utf-8")
        for each, person, channel in ((here, ann, general), (next_door, zoe, lobby)):
            eventually(lambda e=each, p=person, c=channel: "four" in plain(e.last(p, c).text))  # type: ignore[misc]
        assert [ack.error for ack in next_door.uninstall()] == [None, None]
        other.services.tokens.refresh()
        next_door.command(zoe, lobby, "/brief ferries")
        assert plain(next_door.last(zoe, lobby).text) == NOT_SERVED
        assert Browser(next_door, front.url, zoe).install().status == 200
        next_door.command(zoe, lobby, "/brief subscriptions")
        assert "ferries" in plain(next_door.last(zoe, lobby).text).lower()
    postgres.forget()


def test_by_oauth_the_bot_needs_no_token_of_its_own() -> None:
    assert read_slack(BY_OAUTH).bot_token is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SLACK_CLIENT_ID": ""}, "one of SLACK_CLIENT_ID and SLACK_CLIENT_SECRET is set; set both or neither"),
        ({"SLACK_CLIENT_ID": "hush"}, 'SLACK_CLIENT_ID is "hush"; copy it from the app'),
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET is empty; copy it from the app"),
        ({"SLACK_SIGNING_SECRET": None}, "neither SLACK_APP_TOKEN"),
        (
            {"SLACK_SIGNING_SECRET": None, "SLACK_APP_TOKEN": "xapp-1"},
            "both SLACK_CLIENT_ID and SLACK_APP_TOKEN are set",
        ),
        (
            {"BRIEFBOT_MAINTAINERS_CHANNEL": "C1"},
            "BRIEFBOT_MAINTAINERS_CHANNEL is set, and SLACK_BOT_TOKEN, which says",
        ),
    ],
)
def test_half_of_what_oauth_needs_is_one_sentence(changed: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_slack({name: value for name, value in {**BY_OAUTH, **changed}.items() if value is not None})
    assert str(caught.value).startswith(sentence)
    assert len(str(caught.value).splitlines()) == 1


def test_without_a_key_for_tokens_it_does_not_start(tmp_path: Path) -> None:
    settings = Settings(briefs=tmp_path, database_url=f"sqlite:///{tmp_path}/briefbot.db")
    with pytest.raises(SettingsError, match="SLACK_CLIENT_ID is set, and BRIEFBOT_SECRET_KEY is not"):
        start_bot(settings, read_slack(BY_OAUTH))
