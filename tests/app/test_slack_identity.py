"""A start asks Slack who the bot is: what passes is waited for, and what does not is one sentence."""

import json
import time
from datetime import timedelta

import pytest

from bot.app.slack_identity import TOKEN_ERRORS, WRONG_TOKEN, identity
from bot.errors import SettingsError
from bot.slack.app import Identity
from bot.slack.web_api import WebApi
from tests.slack.raw_server import RawServer, answer, drip, serving

ME = {"ok": True, "team_id": "T1", "user_id": "U1", "bot_id": "B1"}
WELL = answer(json.dumps(ME))
TOKEN = "xoxb-hush"  # noqa: S105  of nobody
NO_TIME = timedelta(0)


def said(error: str) -> bytes:
    return answer(json.dumps({"ok": False, "error": error}))


TROUBLE = {
    "500": (answer("", "500 Oops"), "http_500"),
    "502 in Latin-1": (answer("passé".encode("latin-1"), "502 Bad Gateway"), "http_502"),
    "503": (answer("<html>", "503 Service Unavailable"), "http_503"),
    "429": (answer("", "429 Too Many Requests"), "ratelimited"),
    "429 for an hour": (answer("", "429 Too Many Requests", ["Retry-After: 3600"]), "ratelimited"),
    "internal_error": (said("internal_error"), "internal_error"),
    "fatal_error": (said("fatal_error"), "fatal_error"),
    "service_unavailable": (said("service_unavailable"), "service_unavailable"),
    "a word that nobody knows": (said("a_new_word"), "a_new_word"),
    "a list": (answer("[]"), "no_slack_answer"),
    "ok without fields": (answer('{"ok": true}'), "no_slack_answer"),
    "ok with null fields": (answer('{"ok": true, "team_id": null, "user_id": null}'), "no_slack_answer"),
    "a page": (answer("<html>secret</html>"), "no_slack_answer"),
    "a redirect": (answer("", "302 Found", ["Location: https://portal.invalid/"]), "no_slack_answer"),
    "an end": (b"", "dropped"),
}


def problem(server: RawServer, wait: timedelta = NO_TIME) -> str:
    with pytest.raises(SettingsError) as raised:
        identity(WebApi(TOKEN, server.url), wait)
    return str(raised.value)


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_that_passes_says_what_was_answered_and_not_to_copy_the_token(kind: str) -> None:
    sent, word = TROUBLE[kind]
    with serving(sent) as server:
        text = problem(server)
        assert text.startswith(f"{server.url} does not say within 0 s who the bot is ({word}); look whether Slack is")
    assert not any(each in text for each in ("copy", "token", "TOKEN", "\n", "secret"))


@pytest.mark.parametrize("error", sorted(TOKEN_ERRORS))
def test_a_token_that_slack_refuses_is_named_at_once(error: str) -> None:
    with serving(said(error)) as server:
        text = problem(server, timedelta(minutes=1))
        assert len(server.requests) == 1
    other = "install the app again from its manifest, then copy its bot token"
    remedy = "copy it again" if error in WRONG_TOKEN else other
    assert text == f"Slack refuses SLACK_BOT_TOKEN ({error}); {remedy}"


@pytest.mark.parametrize("bot", [{}, {"bot_id": None}, {"bot_id": ""}])
def test_the_token_of_a_person_is_named_at_once(bot: dict[str, object]) -> None:
    person = {key: value for key, value in ME.items() if key != "bot_id"}
    with serving(answer(json.dumps(person | bot))) as server:
        text = problem(server, timedelta(minutes=1))
    assert text.startswith("SLACK_BOT_TOKEN is not the token of a bot; copy the bot token (xoxb-…)")


def test_where_nothing_listens_the_address_is_named() -> None:
    with serving() as server:
        pass
    assert problem(server) == f"{server.url} cannot be reached within 0 s; check the network and SLACK_API_URL"


def test_a_slack_that_is_well_again_in_time_is_told_of_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([said("internal_error"), answer("", "503 Oops"), WELL])
    with serving(each=lambda: (next(answers),)) as server:
        assert identity(WebApi(TOKEN, server.url), timedelta(seconds=30)) == Identity("T1", "U1", "B1")
        assert len(server.requests) == 3
    asked = [each for each in caplog.messages if each.startswith("Slack does not say who the bot is; asking again")]
    assert len(asked) == 2


def test_a_start_asks_once_more_at_the_end_of_its_time() -> None:
    answers = iter([answer("", "429 Too Many Requests", ["Retry-After: 3600"]), WELL])
    with serving(each=lambda: (next(answers),)) as server:
        assert identity(WebApi(TOKEN, server.url), timedelta(seconds=0.2)) == Identity("T1", "U1", "B1")


def test_a_start_ends_though_slack_drips() -> None:
    began = time.monotonic()
    with serving(*drip(WELL), pause_s=1) as server:
        assert "(dropped)" in problem(server)
    assert time.monotonic() - began < 4


def test_who_the_bot_is_comes_from_one_call() -> None:
    with serving(WELL) as server:
        assert identity(WebApi(TOKEN, server.url), NO_TIME) == Identity("T1", "U1", "B1")
        (request,) = server.requests
    assert request.startswith(b"POST /auth.test ")


@pytest.mark.parametrize(
    ("more", "organisation"),
    [
        ({"is_enterprise_install": True, "enterprise_id": "E1"}, "E1"),
        ({"is_enterprise_install": False, "enterprise_id": "E1"}, None),
        ({"is_enterprise_install": True, "enterprise_id": None}, None),
        ({"enterprise_id": "E1"}, None),
    ],
)
def test_whether_it_is_installed_for_a_whole_organisation(more: dict[str, object], organisation: str | None) -> None:
    with serving(answer(json.dumps(ME | more))) as server:
        assert identity(WebApi(TOKEN, server.url), NO_TIME) == Identity("T1", "U1", "B1", organisation)
