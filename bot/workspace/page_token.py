"""What each request of the page has to have: the token of this run, which only the page knows, and JSON."""

from collections.abc import Awaitable, Callable
from hmac import compare_digest
from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.workspace.api.request_body import is_json

Endpoint = Callable[[Request], Awaitable[Response]]

HEADER = "X-Page-Token"
PARAMETER = "token"
"""For an EventSource, which sends no header of the page's."""

OTHER_RUN = "this page belongs to an earlier run of the demo; reload it"


class PageToken:
    """A random token; `value` stands in the page itself, which no other origin can read."""

    def __init__(self) -> None:
        self.value = token_urlsafe(32)

    def guard(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint for requests with the token alone (else 403); it gets no body but JSON (else 415), so that no
        form reaches it and no request that browsers send without asking first."""

        async def guarded(request: Request) -> Response:
            if not self._is_in(request):
                return JSONResponse({"error": OTHER_RUN}, 403)
            if request.method == "POST" and not is_json(request.headers.get("content-type")):
                return JSONResponse({"error": "the content type has to be application/json"}, 415)
            return await endpoint(request)

        return guarded

    def _is_in(self, request: Request) -> bool:
        shown = request.headers.get(HEADER) or request.query_params.get(PARAMETER, "")
        return compare_digest(shown.encode(), self.value.encode())
