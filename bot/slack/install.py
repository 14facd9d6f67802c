"""Installation by OAuth v2: a browser is sent to Slack, comes back with a code, and the code is changed for a token."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode, urljoin

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store import InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import DatabaseFailureError
from bot.handlers.context import Services
from bot.handlers.install import install
from bot.handlers.ports import ApiFailure
from bot.handlers.rotate import NewToken
from bot.slack.database_trouble import impatient
from bot.slack.install_pages import INSTALL, REDIRECT, failure, success
from bot.slack.scopes import OPTIONAL, REQUIRED
from bot.slack.sdk_client import SILENT_LOGGER, sdk_client
from bot.slack.slack_answer import NO_SLACK_ANSWER, WORD
from bot.store.installations import Installation
from bot.store.token_cipher import TokenCipher

logger = logging.getLogger(__name__)

SCOPES = sorted(REQUIRED | OPTIONAL)
"""Slack asks apart for those that the app's manifest calls optional, and may grant the others alone."""

TEAM = re.compile("[TE][A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True)
class Client:
    """The app as Slack knows it: its client id and secret; `api_url` is Slack's."""

    id: str
    secret: str
    api_url: str


class StateCookie(OAuthStateUtils):
    """Binds a state to the browser that began. With Lax it comes back by a link from Slack, and with no request that
    another site makes."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"

    def build_set_cookie_for_deletion(self) -> str:
        return f"{super().build_set_cookie_for_deletion()}; SameSite=Lax"


class StateStore(OAuthStateStore):
    """States in the database, so that any replica may take the browser back."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def issue(self, *_: Any, **__: Any) -> str:
        """Raises: DatabaseFailureError."""
        state = token_urlsafe(32)
        services = impatient(self._services)
        with services.store.transaction() as tx:
            tx.oauth_states.add(state, services.now())
        return state

    def consume(self, state: str) -> bool:
        """Raises: DatabaseFailureError."""
        services = impatient(self._services)
        with services.store.transaction() as tx:
            return tx.oauth_states.use(state, services.now())


class Installs(InstallationStore):
    """Keeps the bot's token, encrypted; it asks for no token of a person and no webhook."""

    def __init__(self, services: Services, cipher: TokenCipher) -> None:
        self._services, self._cipher = services, cipher

    def save(self, installation: Granted) -> None:
        """Raises: BoltError for an answer that is no installation of a bot; DatabaseFailureError."""
        install(self._read(installation), impatient(self._services))

    def _read(self, given: Granted) -> Installation:
        owner = given.enterprise_id if given.is_enterprise_install else given.team_id
        if not (owner and given.bot_token and given.bot_user_id and given.bot_id):
            raise BoltError("Slack named no bot")
        now, lasts, refresh = self._services.now(), given.bot_token_expires_at, given.bot_refresh_token
        return Installation(
            team=owner,
            enterprise=given.enterprise_id,
            whole=bool(given.is_enterprise_install),
            app=given.app_id or "",
            bot_user=given.bot_user_id,
            bot=given.bot_id,
            token=self._cipher.seal(given.bot_token),
            refresh_token=self._cipher.seal(refresh) if refresh else None,
            expires_at=now + timedelta(seconds=lasts - given.installed_at) if lasts else None,
            scopes=",".join(given.bot_scopes or ()),
            installed_by=given.user_id or "",
            installed_at=now,
        )


class RefusedError(Exception):
    """Slack did not change the code for a token; `reason` is its word, or `unreachable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def refusals() -> Iterator[None]:
    """Raises: RefusedError for whatever slack_sdk raises inside."""
    try:
        yield
    except SlackApiError as error:
        word = str(error.response.get("error"))
        raise RefusedError(word if WORD.fullmatch(word) else "unreachable") from None
    except (OSError, SlackClientError, ValueError):
        raise RefusedError("unreachable") from None


class TokenRenewal:
    """Changes tokens that expire (`Renewal`)."""

    def __init__(self, client: Client) -> None:
        self._client, self._slack = client, sdk_client("", client.api_url)

    def renew(self, refresh_token: str) -> NewToken | ApiFailure:
        """`oauth.v2.access` with a refresh token. Source: docs.slack.dev, using token rotation."""
        try:
            with refusals():
                answer = self._slack.oauth_v2_access(
                    client_id=self._client.id,
                    client_secret=self._client.secret,
                    grant_type="refresh_token",
                    refresh_token=refresh_token,
                )
        except RefusedError as error:
            return ApiFailure(error.reason)
        match answer.data:
            case {"access_token": str(token), "refresh_token": str(refresh), "expires_in": int(seconds)}:
                return NewToken(token, refresh, timedelta(seconds=seconds))
            case _:
                return NO_SLACK_ANSWER


class InstallFlow(OAuthFlow):
    """Bolt's flow, which keeps the browser waiting no longer than a moment and says why it failed."""

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Slack's page; of an optional `team` in the query it is asked for that workspace."""
        asked = (request.query.get("team") or [""])[0]
        query = {
            "client_id": self.client_id,
            "scope": ",".join(SCOPES),
            "state": state,
            **({"team": asked} if TEAM.fullmatch(asked) else {}),
        }
        return f"{self.settings.authorization_url}?{urlencode(query)}"

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """The browser is back."""
        cookie = self.settings.state_utils.build_set_cookie_for_deletion()
        try:
            return super().handle_callback(request)
        except RefusedError as error:
            logger.warning("nothing was installed, as Slack refused a code: %s", error.reason)
            return failure(error.reason, cookie)

    def run_installation(self, code: str) -> Granted:
        """Raises: RefusedError."""
        with refusals():
            answer = self.client.oauth_v2_access(
                code=code, client_id=self.client_id, client_secret=self.settings.client_secret
            )
            token = answer.get("access_token")
            bot = self.client.auth_test(token=token).get("bot_id") if token else None
        return _granted(answer, bot)


def _granted(answer: Any, bot: str | None) -> Granted:
    team, organisation, person = (answer.get(each) or {} for each in ("team", "enterprise", "authed_user"))
    return Granted(
        app_id=answer.get("app_id"),
        enterprise_id=organisation.get("id"),
        enterprise_name=organisation.get("name"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=answer.get("access_token"),
        bot_id=bot,
        bot_user_id=answer.get("bot_user_id"),
        bot_scopes=answer.get("scope"),
        bot_refresh_token=answer.get("refresh_token"),
        bot_token_expires_in=answer.get("expires_in"),
        user_id=person.get("id") or "",
        is_enterprise_install=bool(answer.get("is_enterprise_install")),
    )


def install_flow(services: Services, client: Client, cipher: TokenCipher) -> InstallFlow:
    """The flow of an app over the database of its bot."""
    cookie = StateCookie()

    def succeeded(args: SuccessArgs) -> BoltResponse:
        where = args.installation
        name = where.enterprise_name if where.is_enterprise_install else where.team_name
        return success(name, services.policy.command, cookie.build_set_cookie_for_deletion())

    def failed(args: FailureArgs) -> BoltResponse:
        reason = args.reason if WORD.fullmatch(args.reason) else "no word that is one of Slack’s"
        return failure(reason, cookie.build_set_cookie_for_deletion())

    settings = OAuthSettings(
        client_id=client.id,
        client_secret=client.secret,
        scopes=SCOPES,
        user_scopes=[],
        install_page_rendering_enabled=False,
        callback_options=CallbackOptions(succeeded, failed),
        authorization_url=urljoin(client.api_url, "../oauth/v2/authorize"),
        installation_store=Installs(services, cipher),
        state_store=StateStore(services),
        logger=SILENT_LOGGER,
    )
    settings.state_utils = cookie
    return InstallFlow(client=sdk_client("", client.api_url), logger=SILENT_LOGGER, settings=settings)


def install_routes(flow: InstallFlow) -> list[Route]:
    """The two addresses for browsers."""
    return [
        Route(INSTALL, _endpoint(flow.handle_installation), methods=["GET"]),
        Route(REDIRECT, _endpoint(flow.handle_callback), methods=["GET"]),
    ]


def _endpoint(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        # Slack is asked on this thread, and the database.
        return await run_in_threadpool(_handle, handle, request.url.query, dict(request.headers.items()))

    return endpoint


def _handle(handle: Callable[[BoltRequest], BoltResponse], query: str, headers: dict[str, str]) -> Response:
    try:
        answer = handle(BoltRequest(body="", query=query, headers=dict(headers)))
    except DatabaseFailureError as error:
        logger.warning("nothing was installed, as the database failed: %s; %s", error, error.remedy)
        answer = failure("storage_error")
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values:
            response.headers.append(name, value)
    return response
