"""Builds the services of one process from the settings. The only place that knows the concrete classes."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta

from slack_sdk import WebClient

from bot.app.brief_files import open_repository
from bot.app.end_process import ProcessEnd
from bot.app.publishing import open_store, utc_now
from bot.app.semantic_search import open_vector_index
from bot.app.slack_identity import identity
from bot.content.repository import Repository
from bot.core.delivery.rate_limit import RateLimit
from bot.core.retention import Retention
from bot.errors import SettingsError
from bot.handlers.answers.claim_embedding import ClaimEmbedding
from bot.handlers.answers.current_answers import CurrentAnswers
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.context import PRODUCTION_CADENCE, Cadence, Policy, Services
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings, SlackSettings
from bot.slack.app import Identity
from bot.slack.install import Client
from bot.slack.sdk_client import sdk_client
from bot.slack.sender import WebSlackClient
from bot.slack.tokens import Access, Tokens
from bot.slack.web_api import WebApi
from bot.store.clock import Clock, clock_of
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher

NO_KEY_TO_SEAL = (
    "SLACK_CLIENT_ID is set, and BRIEFBOT_SECRET_KEY is not; set it to a key for the tokens of workspaces that install "
    "the bot, which `openssl rand -base64 32 | tr +/ -_` prints"
)

UPDATES_PER_MINUTE = 50
"""`chat.update` is of Tier 3. Source: docs.slack.dev, rate limits."""


@dataclass(frozen=True, kw_only=True)
class AppServices(Services):
    """The services of handlers, and what only the composition needs: `identity` is who the bot is in its own workspace,
    `tokens` who it is, and how it calls Slack, in any; `own_api` calls Slack with its own token. `cipher` opens the
    tokens of installations by OAuth, None where there is no key; `client` is the app that they are of, None where no
    workspace may install it. `claim_embedding` is None where words alone rank. `end_process` is for what only a new
    start can mend."""

    queue: DbosQueue
    repository: Repository
    web_client: WebClient
    own_api: WebApi
    identity: Identity
    tokens: Tokens
    cipher: TokenCipher | None
    client: Client | None
    claim_embedding: ClaimEmbedding | None
    end_process: ProcessEnd = field(default_factory=ProcessEnd)


def build_services(
    settings: Settings,
    slack: SlackSettings,
    tokens: Mapping[str, str] | None = None,
    now: Clock | None = None,
    cadence: Cadence | None = None,
) -> AppServices:
    """Opens the database and asks Slack who the bot is. `tokens` are those of several workspaces by team id; None where
    the settings' own token is the only one. `now` is the clock; None for that of the database or of the machine.
    Raises: SettingsError where Slack does not accept the token, the database cannot be opened, or the sentence model
    cannot be used."""
    store = open_store(settings)
    with ExitStack() as stack:
        stack.callback(store.engine.dispose)
        cadence = cadence or replace(PRODUCTION_CADENCE, absence_grace=settings.absence_grace)
        services = _build(store, settings, slack, tokens or {}, now or clock_of(store, utc_now), cadence)
        stack.pop_all()
    return services


def _build(
    store: Store,
    settings: Settings,
    slack: SlackSettings,
    tokens: Mapping[str, str],
    now: Clock,
    cadence: Cadence,
) -> AppServices:
    if slack.client_id and not settings.secret_keys:
        raise SettingsError(NO_KEY_TO_SEAL)
    cipher = TokenCipher(settings.secret_keys) if settings.secret_keys else None
    every = Tokens(store, slack.api_url, _given(settings, slack, tokens), cipher)
    every.start()
    me = every.own
    index = open_vector_index(settings)
    corpus = PublishedCorpus(store, index)
    corpus.refresh()
    embedding = ClaimEmbedding(store, corpus, index) if index else None
    if embedding:
        embedding.load()
    repository = open_repository(settings, store, corpus)
    services = AppServices(
        store=store,
        queue=DbosQueue(store.engine, poll=cadence.poll),
        slack=WebSlackClient(every.api, every.organisation),
        corpus=corpus,
        answers=CurrentAnswers(corpus, settings.command, now, folds=settings.fold == "container"),
        policy=policy(settings, slack, me, cadence),
        now=now,
        cadence=cadence,
        repository=repository,
        web_client=sdk_client(slack.bot_token or "", slack.api_url),
        own_api=WebApi(slack.bot_token or "", slack.api_url),
        identity=me,
        tokens=every,
        cipher=cipher,
        client=_client(slack),
        claim_embedding=embedding,
    )
    _mark_active(store, services)
    return services


def _client(slack: SlackSettings) -> Client | None:
    if slack.client_id is None or slack.client_secret is None:
        return None
    return Client(slack.client_id, slack.client_secret, slack.api_url)


def _given(settings: Settings, slack: SlackSettings, tokens: Mapping[str, str]) -> Iterator[Access]:
    """The bot's own workspace first, if it has one. Raises: SettingsError."""
    for token in filter(None, (slack.bot_token, *tokens.values())):
        api = WebApi(token, slack.api_url)
        yield Access(identity(api, settings.start_wait), api)


def policy(settings: Settings, slack: SlackSettings, me: Identity, cadence: Cadence) -> Policy:
    """What the operator decided, as handlers need it."""
    return Policy(
        command=settings.command,
        limits={
            "post": RateLimit(settings.posts_per_minute, cadence.post_gap),
            "update": RateLimit(UPDATES_PER_MINUTE, timedelta(0)),
        },
        unconfirmed_posts=settings.unconfirmed_posts,
        admins=settings.admins,
        digest_grace=settings.digest_grace,
        empty_digests=settings.empty_digests,
        posts_per_publication=settings.posts_per_publication,
        maintainers=(me.team, slack.maintainers_channel) if slack.maintainers_channel else None,
        issues_url=slack.issues_url,
        commands=settings.commands_a_minute,
        asks=settings.asks_a_day,
        changes=settings.changes_a_day,
        reports=settings.reports_a_day,
        retention=Retention(
            settings.keep_posts, settings.keep_deliveries, settings.keep_questions, settings.keep_removed
        ),
    )


def _mark_active(store: Store, services: AppServices) -> None:
    """The workspaces whose tokens the settings give are served again, whatever stopped them before; others that earlier
    versions served are not. Of an organisation only Slack knows which they are (`OrganisationTeams`)."""
    with store.transaction() as tx:
        for team in services.tokens.given:
            tx.subscriptions.mark_active(team, None)
        if not services.tokens.organisations:
            tx.foreign_teams.mark(services.tokens.known)
        # They may have been held under another setting, before this start.
        if services.policy.unconfirmed_posts == "resend":
            tx.outbox.retry_held(services.now())
