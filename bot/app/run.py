"""Runs the roles of one process: components that start in order and stop in reverse, each whatever the others do."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from threading import Event
from typing import Protocol

from bot.app.periodic import common_tasks
from bot.app.services import AppServices, build_services
from bot.app.start_wait import wait_for_start
from bot.app.web import WebRole
from bot.app.worker import WorkerRole
from bot.errors import SettingsError
from bot.handlers.context import Cadence
from bot.jobs.periodic_tasks import PeriodicRunner
from bot.settings import Role, Settings, SlackSettings
from bot.store.clock import Clock
from bot.store.database import opening

ONE_PROCESS = (
    "a SQLite file is for one process, which does all: leave out BRIEFBOT_ROLE and --role, or set "
    "BRIEFBOT_DATABASE_URL to a Postgres database, which processes of the roles web and worker share"
)


class Component(Protocol):
    """A part of a running process."""

    def start(self) -> None:
        """Returns once the component works."""
        ...

    def stop(self) -> None:
        """Ends it; called once, also where `start` has failed."""
        ...


def start_in_order(components: Sequence[Component], stopping: Event) -> ExitStack:
    """Starts components; closing the stack sets `stopping` and stops each, the last started first, and then raises what
    one of them raised. Raises what `start` raises, after stopping those that were started."""
    with ExitStack() as stack:
        for component in components:
            # Before `start`: a component whose start fails is stopped as well.
            stack.callback(component.stop)
            stack.callback(stopping.set)  # runs end before what they use is stopped
            component.start()
        return stack.pop_all()


class Bot:
    """A started bot: its `role` begins, and what every role needs. Its front (HTTP or Socket Mode) is the caller's, who
    ends it before `stop`; `web` is not started in a worker."""

    def __init__(self, services: AppServices, web: WebRole, worker: WorkerRole, role: Role = "all") -> None:
        self.services, self.web = services, web
        tasks = PeriodicRunner(common_tasks(services), services.now, services.end_process, services.health)
        roles: Mapping[Role, Sequence[Component]] = {"all": (worker, web), "web": (web,), "worker": (worker,)}
        components = [*roles[role], tasks]
        with ExitStack() as stack:
            stack.callback(services.store.engine.dispose)
            stack.enter_context(start_in_order(components, services.stopping))
            self._running = stack.pop_all()

    def stop(self) -> None:
        """Stops every component, the last started first, and closes the database. Raises what one of them raised, after
        all have been stopped."""
        self._running.close()


def require_shared_database(settings: Settings, slack: SlackSettings) -> None:
    """Raises: SettingsError for a role that needs other processes, where these cannot have the same database."""
    if slack.role != "all" and not settings.database_url.startswith("postgresql"):
        raise SettingsError(ONE_PROCESS)


def start_bot(
    settings: Settings,
    slack: SlackSettings,
    tokens: Mapping[str, str] | None = None,
    now: Clock | None = None,
    cadence: Cadence | None = None,
) -> Bot:
    """Starts a bot; the parameters are those of `build_services`. Waits for a database that is away, as long as the
    settings say. Raises: SettingsError."""
    require_shared_database(settings, slack)

    def start() -> Bot:
        with opening():
            services = build_services(settings, slack, tokens, now, cadence)
            return Bot(services, WebRole(services, slack), WorkerRole(services, settings), slack.role)

    return wait_for_start(start, settings.start_wait)
