"""Builds the services of one process from the settings. The only place that knows the concrete classes."""

from collections.abc import Mapping
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
from bot.handlers.answers.claim_embedding import ClaimEmbedding
from bot.handlers.answers.current_answers import CurrentAnswers
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.context import PRODUCTION_CADENCE, Cadence, Policy, Services
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings, SlackSettings
from bot.slack.app import Identity
from bot.slack.sdk_client import sdk_client
from bot.slack.sender import WebSlackClient
from bot.slack.web_api import WebApi
from bot.store.clock import Clock, clock_of
from bot.store.store import Store

UPDATES_PER_MINUTE = 50
"""`chat.update` is of Tier 3. Source: docs.slack.dev, rate limits."""


@dataclass(frozen=True, kw_only=True)
class AppServices(Services):
    """The services of handlers, and what only the composition needs: `identity` is who the bot is in its own workspace,
    `identities` in those with a token of their own, and `tokens` the bot tokens, both by team id; `own_api` calls Slack
    with its own token; `claim_embedding` is None where words alone rank. `end_process` is for what only a new start can
    mend."""

    queue: DbosQueue
    repository: Repository
    web_client: WebClient
    own_api: WebApi
    identity: Identity
    identities: Mapping[str, Identity]
    tokens: Mapping[str, str]
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
    own = WebApi(slack.bot_token, slack.api_url)
    me = identity(own, settings.start_wait)
    apis = {team: WebApi(token, slack.api_url) for team, token in tokens.items()}
    every_api = {me.team: own, **apis}
    # The workspaces of an organisation that the bot is installed for as a whole share one token.
    common = own if me.organisation else None
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
        slack=WebSlackClient(lambda team: every_api.get(team, common), me.organisation),
        corpus=corpus,
        answers=CurrentAnswers(corpus, settings.command, now, folds=settings.fold == "container"),
        policy=policy(settings, slack, me, cadence),
        now=now,
        cadence=cadence,
        repository=repository,
        web_client=sdk_client(slack.bot_token, slack.api_url),
        own_api=own,
        identity=me,
        identities={team: identity(each, settings.start_wait) for team, each in apis.items()},
        tokens={me.team: slack.bot_token, **tokens},
        claim_embedding=embedding,
    )
    _mark_active(store, services)
    return services


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
        retention=Retention(settings.keep_posts, settings.keep_deliveries, settings.keep_questions),
    )


def _mark_active(store: Store, services: AppServices) -> None:
    """The workspaces whose tokens were given are served again, whatever stopped them before; others that earlier
    versions served are not. Of an organisation only Slack knows which they are (`OrganisationTeams`)."""
    with store.transaction() as tx:
        for team in services.tokens:
            tx.subscriptions.mark_active(team, None)
        if services.identity.organisation is None:
            tx.foreign_teams.mark(services.tokens)
        # They may have been held under another setting, before this start.
        if services.policy.unconfirmed_posts == "resend":
            tx.outbox.retry_held(services.now())
