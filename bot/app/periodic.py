"""What each role does every so often."""

from bot.app.services import AppServices
from bot.handlers.asks.lapse_asks import lapse_asks
from bot.handlers.briefs.publishing import Publisher
from bot.handlers.clean_up import CleanUp
from bot.handlers.delivery.adopt_channels import ChannelAdoption
from bot.handlers.delivery.channel_pausing import recheck_paused_channels
from bot.handlers.delivery.check_health import check_health
from bot.handlers.delivery.organisation_teams import OrganisationTeams
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.handlers.reports.answer_reports import attend_to_reports
from bot.handlers.rotate import rotate
from bot.jobs.dbos_queue import JOB_RETENTION
from bot.jobs.periodic_tasks import PeriodicTask
from bot.slack.install import TokenRenewal
from bot.store.clock import SharedClock


def common_tasks(services: AppServices) -> list[PeriodicTask]:
    """The tasks of every process; each has its own thread, so they run in no order."""
    refresh, probe = services.cadence.refresh, services.cadence.probe
    tasks = [
        PeriodicTask("refresh corpus", refresh, lambda _: services.corpus.refresh()),
        PeriodicTask("refresh tokens", refresh, lambda _: services.tokens.refresh()),
        PeriodicTask("check health", probe, lambda at: check_health(services, at)),
    ]
    if isinstance(services.now, SharedClock):
        clock = services.now
        tasks.append(PeriodicTask("look at the clock", services.cadence.sweep, lambda _: clock.look()))
    return tasks


def web_tasks(services: AppServices) -> list[PeriodicTask]:
    """The tasks of a process that answers."""
    embedding = services.claim_embedding
    if embedding is None:
        return []
    return [PeriodicTask("embed claims", services.cadence.refresh, lambda _: embedding.refresh(services.stopping))]


def worker_tasks(services: AppServices, publisher: Publisher) -> list[PeriodicTask]:
    """The tasks of a process that publishes and delivers."""
    cadence, clean_up = services.cadence, CleanUp(services)
    return [
        PeriodicTask("retry publishing", cadence.refresh, lambda _: publisher.retry()),
        PeriodicTask("recover jobs", cadence.refresh, lambda _: services.queue.recover_jobs()),
        PeriodicTask("wake workers", cadence.sweep, lambda at: wake_stalled_workers(services, at)),
        PeriodicTask("digests", cadence.sweep, lambda at: fire_due_digests(services, at)),
        PeriodicTask("reports", cadence.sweep, lambda _: attend_to_reports(services)),
        PeriodicTask("asks", cadence.sweep, lambda _: lapse_asks(services)),
        PeriodicTask("recheck paused channels", cadence.pause_recheck, lambda _: recheck_paused_channels(services)),
        *_strangers(services),
        *_renewal(services),
        PeriodicTask("delete jobs", cadence.cleanup, lambda at: services.queue.prune((at - JOB_RETENTION).isoformat())),
        PeriodicTask("delete what is old", cadence.cleanup, clean_up.run),
    ]


def _renewal(services: AppServices) -> list[PeriodicTask]:
    """Renews the tokens of installations, where there can be any."""
    client, cipher = services.client, services.cipher
    if client is None or cipher is None:
        return []
    slack = TokenRenewal(client)
    return [
        PeriodicTask("renew tokens", services.cadence.renewal, lambda at: rotate(services, slack, cipher, at)),
    ]


def _strangers(services: AppServices) -> list[PeriodicTask]:
    """Tells our workspaces from those of others."""
    tokens, every = services.tokens, services.cadence.adoption
    # What earlier versions stored is of workspaces whose tokens were given.
    teams, adoption = OrganisationTeams(services), ChannelAdoption(services, tokens.given)
    return [
        PeriodicTask("look for workspaces", every, lambda _: teams.look(tokens.organisations, tokens.known)),
        # Of an organisation nobody says in which of its workspaces a channel is.
        PeriodicTask("look for moved channels", every, lambda _: None if tokens.organisations else adoption.look()),
    ]
