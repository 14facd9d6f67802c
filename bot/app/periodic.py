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
from bot.jobs.dbos_queue import JOB_RETENTION
from bot.jobs.periodic_tasks import PeriodicTask
from bot.store.clock import SharedClock


def common_tasks(services: AppServices) -> list[PeriodicTask]:
    """The tasks of every process; each has its own thread, so they run in no order."""
    refresh, probe = services.cadence.refresh, services.cadence.probe
    tasks = [
        PeriodicTask("refresh corpus", refresh, lambda _: services.corpus.refresh()),
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
        _strangers(services),
        PeriodicTask("delete jobs", cadence.cleanup, lambda at: services.queue.prune((at - JOB_RETENTION).isoformat())),
        PeriodicTask("delete what is old", cadence.cleanup, clean_up.run),
    ]


def _strangers(services: AppServices) -> PeriodicTask:
    """Tells our workspaces from those of others."""
    if organisation := services.identity.organisation:
        # Nobody says in which of its workspaces a channel is.
        teams = OrganisationTeams(services, organisation, services.tokens)
        return PeriodicTask("look for workspaces", services.cadence.adoption, lambda _: teams.look())
    adoption = ChannelAdoption(services, services.tokens)
    return PeriodicTask("look for moved channels", services.cadence.adoption, lambda _: adoption.look())
