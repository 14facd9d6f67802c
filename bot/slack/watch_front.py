"""What whoever watches a process may ask over HTTP: whether it lives, whether it can do its work, and its numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Source: prometheus.io, exposition formats."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`answers`: whether there is a corpus to answer from. `troubles`: what does not work although it answers, as parts
    of sentences. `is_connected`: whether Slack reaches it, as far as that is known."""

    answers: bool
    troubles: tuple[str, ...] = ()
    is_connected: bool = True

    def __str__(self) -> str:
        if not self.answers:
            return "no briefs yet"
        if not self.is_connected:
            return "not connected to Slack; the log says why"
        return "\n".join(f"degraded: {each}" for each in self.troubles) or "ready"

    @property
    def status(self) -> int:
        """Who cannot post can answer all the same: a proxy that took it out would take the answers, too."""
        return 200 if self.answers and self.is_connected else 503


@dataclass(frozen=True, slots=True)
class Watch:
    """What is said of a process: `stuck` names what has ended or hangs, so that only a new start helps; `metrics` is
    the text of all numbers. Each is asked anew for each request, and in a thread."""

    readiness: Callable[[], Readiness]
    stuck: Callable[[], tuple[str, ...]] = tuple
    metrics: Callable[[], bytes] = bytes


def watch_routes(watch: Watch) -> list[Route]:
    """The three addresses."""

    async def healthz(_: Request) -> Response:
        stuck = watch.stuck()
        if stuck:
            return PlainTextResponse(f"stuck: {', '.join(stuck)}; start it anew\n", 503)
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        state = watch.readiness()
        return PlainTextResponse(f"{state}\n", state.status)

    async def metrics(_: Request) -> Response:
        # It may wait for the database a moment.
        text = await run_in_threadpool(watch.metrics)
        return Response(text, headers={"Content-Type": METRICS_TYPE})

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


def build_watch_app(watch: Watch) -> Starlette:
    """The ASGI application of these addresses alone, for a process that Slack reaches in another way."""
    return Starlette(routes=watch_routes(watch))
