"""Measures the bot side by side with a Bolt app that only says hello, and prints ratios.

python -m tests.load.bench_slack [BRIEFS]          default: 10000 briefs for the reload
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing import Process, Queue, get_context
from pathlib import Path
from statistics import quantiles
from threading import Thread
from urllib.parse import urlencode, urlsplit

from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.app import publishing
from bot.app.brief_files import open_repository, publish_request
from bot.core.budget import Budget
from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import publish
from bot.handlers.context import Policy, Services
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings
from bot.slack.app import Identity, build_app
from bot.slack.http import ENDPOINT, build_http_app
from bot.slack.questions import spoken
from bot.slack.sender import WebSlackClient
from bot.slack.watch_front import Readiness, Watch
from bot.slack.web_api import WebApi
from bot.workspace.deliver import signature
from bot.workspace.local_server import LocalServer
from tests.conftest import ROOT
from tests.load.bench import generate, row
from tests.load.hostile_texts import hostile_texts

SECRET = "local"  # noqa: S105  of a bench
NOWHERE = "http://127.0.0.1:9/"
BODY = urlencode(
    {
        "token": "x",
        "team_id": "T1",
        "team_domain": "d",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": "U1",
        "user_name": "ann",
        "command": "/brief",
        "text": "legal",
        "api_app_id": "A1",
        "response_url": f"{NOWHERE}x",
        "trigger_id": "1.2.3",
    }
)
FORM = "application/x-www-form-urlencoded"
ROUNDS = 3
SECONDS = 3
EVERY_S = 0.002
SLOWEST = 3


def echo() -> App:
    """A Bolt app, set up as ours is, that answers every command with a word."""
    app = App(
        client=WebClient(base_url=NOWHERE),
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="x", bot_user_id="U", bot_id="B"),  # noqa: S106
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    @app.command("/brief")
    def hello(ack: Ack) -> None:
        ack("hello")

    return app


class Held:
    """Brief files, a database of their own, and the readers that are answered from it, as in bot/publishing.py."""

    def __init__(self, briefs: Path) -> None:
        self._kept = tempfile.TemporaryDirectory()
        self._settings = Settings(briefs=briefs, database_url=f"sqlite:///{self._kept.name}/bench.db")
        self.store = publishing.open_store(self._settings)
        self.readers, self.queue = PublishedCorpus(self.store), DbosQueue(self.store.engine)
        self._repository = open_repository(self._settings, self.store, self.readers)
        self.load()

    def load(self) -> None:
        """Reads the files, publishes what is different, and lets readers have it."""
        found = publish_request(self._repository.load(), self._settings, allow_revert=True)
        publish(found, self.store, self.queue, publishing.utc_now())
        self.readers.refresh()


def ours(held: Held) -> App:
    """The bot over what is held; the desk is made anew when the corpus changes, as in bot/publishing.py."""
    desks: dict[int, AnswerCache] = {}

    def desk() -> AnswerCache:
        corpus = held.readers.corpus
        if id(corpus) not in desks:
            desks.clear()
            desks[id(corpus)] = AnswerCache(corpus, "/brief", BENCH_DAY)
        return desks[id(corpus)]

    api = WebApi("x", NOWHERE)
    services = Services(
        store=held.store,
        queue=held.queue,
        slack=WebSlackClient(lambda _: api),
        corpus=held.readers,
        answers=desk,
        policy=Policy(
            command="/brief",
            limits={"post": RateLimit(240), "update": RateLimit(50)},
            commands=Budget(10**9, 10**9),
        ),
        now=publishing.utc_now,
    )
    return build_app(
        services=services,
        serves=lambda *_: True,
        api_url=NOWHERE,
        identity=lambda _: Identity("T1", "U", "B"),
    )


def real_briefs() -> Held:
    return Held(ROOT / "briefs")


BENCH_DAY = date(2026, 1, 1)


def dispatch(app: App) -> None:
    answer = app.dispatch(BoltRequest(body=BODY, headers={"content-type": FORM}))
    assert answer.status == 200


def main() -> None:
    briefs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    in_process()
    hostile()
    over_http()
    with tempfile.TemporaryDirectory() as directory:
        generate(Path(directory), briefs)
        during_reload(Path(directory), briefs)


# In process


def in_process() -> None:
    print("/brief legal in process")
    bare, bot, cold = echo(), ours(real_briefs()), real_briefs()
    dispatch(bot)
    times = {"bare": 9e9, "bot": 9e9, "first": 9e9}
    for _ in range(ROUNDS):
        times["bare"] = min(times["bare"], each(lambda: dispatch(bare)))
        times["bot"] = min(times["bot"], each(lambda: dispatch(bot)))
        times["first"] = min(times["first"], each(lambda: dispatch(ours(cold)), 20) - each(lambda: ours(cold), 20))
    row("bare Bolt echo", times["bare"] * 1e6, unit="us")
    row("ours / echo", times["bot"] / times["bare"], "<= 1.2")
    row("the first time after a change / echo", times["first"] / times["bare"])


def each(work: Callable[[], object], count: int = 1000) -> float:
    start = time.perf_counter()
    for _ in range(count):
        work()
    return (time.perf_counter() - start) / count


def hostile() -> None:
    """The texts that cost the most, each understood and answered for the first time."""
    corpus = real_briefs().readers.corpus

    def answer(text: str) -> None:
        answers = AnswerCache(corpus, "/brief", BENCH_DAY)
        command = answers.parse(spoken(text, "U"))
        if not answers.needs_store(command):
            answers.render_page(command)

    answer("what does a transfer cost")
    taken = {name: min(each(partial(answer, text), 1) for _ in range(ROUNDS)) for name, text in hostile_texts()}
    print(f"the slowest of {len(taken):,} hostile texts of up to 40,000 characters")
    for name in sorted(taken, key=taken.__getitem__, reverse=True)[:SLOWEST]:
        row(name, taken[name] * 1000, "<= 50", "ms")


# Over HTTP, each server in a process of its own


def over_http() -> None:
    for connections in (1, 16):
        print(f"over signed HTTP, {connections} connections")
        rounds = [(measured("echo", connections), measured("ours", connections)) for _ in range(ROUNDS)]
        (echo_rate, echo_tail), (our_rate, our_tail) = (best(each) for each in zip(*rounds, strict=True))
        row("echo, requests a second", echo_rate, unit="1/s")
        row("ours / echo, requests a second", our_rate / echo_rate, ">= 0.7")
        row("echo, p99", echo_tail * 1000, unit="ms")
        row("ours / echo, p99", our_tail / echo_tail, "<= 2")


def measured(name: str, connections: int) -> tuple[float, float]:
    """Requests a second and p99 in seconds, of a fresh server."""
    with server(name) as url:
        load(url, connections, 0.5)
        taken = load(url, connections, SECONDS)
    return len(taken) / SECONDS, quantiles(taken, n=100)[98]


def best(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max(rate for rate, _ in rounds), min(tail for _, tail in rounds)


@contextmanager
def server(name: str) -> Iterator[str]:
    context = get_context("spawn")
    said: Queue[str] = context.Queue()
    process: Process = context.Process(target=serve, args=(name, said), daemon=True)  # type: ignore[assignment]
    process.start()
    try:
        yield said.get(timeout=30)
    finally:
        process.terminate()
        process.join()


def serve(name: str, said: "Queue[str]") -> None:
    app = echo() if name == "echo" else ours(real_briefs())
    served = LocalServer(build_http_app(app, SECRET, clock=time.time, watch=Watch(lambda: Readiness(answers=True))))
    said.put(served.url)
    time.sleep(120)


def load(url: str, connections: int, seconds: float) -> list[float]:
    """The seconds that each request took, over connections that are kept open, for a while."""
    parts, body = urlsplit(url), BODY.encode()
    lines = [
        f"POST {ENDPOINT} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Content-Type: {FORM}",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{key}: {value}" for key, value in signature(SECRET, body, time.time()).items()]
    request = "\r\n".join([*lines, "", ""]).encode() + body
    taken: list[float] = []

    async def one(deadline: float) -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while time.perf_counter() < deadline:
            start = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            taken.append(time.perf_counter() - start)
        writer.close()

    async def all_of_them() -> None:
        deadline = time.perf_counter() + seconds
        await asyncio.gather(*(one(deadline) for _ in range(connections)))

    asyncio.run(all_of_them())
    return taken


# Readers while everything is read again


def during_reload(directory: Path, briefs: int) -> None:
    held = Held(directory)
    bot = ours(held)
    idle = reading(bot, lambda: time.sleep(SECONDS))
    for path in directory.glob("brief-*.yaml"):
        path.write_text(path.read_text().replace("This is ", "This was "))
    start = time.perf_counter()
    busy = reading(bot, held.load)
    print(
        f"readers during a full reload of {briefs:,} briefs, with its publication, {time.perf_counter() - start:.1f} s"
    )
    row("idle p99", idle * 1000, unit="ms")
    row("p99 during the reload, beyond idle", (busy - idle) * 1000, "<= 10", "ms")


def reading(bot: App, work: Callable[[], object]) -> float:
    """p99 of readers who come every 2 ms while `work` is done, from the moment when they are due."""
    worker, taken = Thread(target=work), []
    worker.start()
    while worker.is_alive():
        due = time.perf_counter() + EVERY_S
        time.sleep(EVERY_S)
        dispatch_section(bot)
        taken.append(time.perf_counter() - due)
    return quantiles(taken, n=100)[98]


def dispatch_section(bot: App) -> None:
    body = BODY.replace("text=legal", "text=legal+brief-7")
    answer = bot.dispatch(BoltRequest(body=body, headers={"content-type": FORM}))
    assert json.loads(answer.body)["text"]


if __name__ == "__main__":
    main()
