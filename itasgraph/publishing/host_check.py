"""The check of the headers Host and Origin: under which names, and from which pages, a server may be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.publishing import responses

_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::\d*)?", re.ASCII)


@dataclass(frozen=True)
class Access:
    """The names under which the server answers, whether pages of other sites may query it, and the language of its texts."""

    hosts: frozenset[str]
    cors: bool
    lang: str


class HostCheck:
    """A check that refuses requests under a foreign name (DNS rebinding), and requests from pages of other sites."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            self._check_host(request)
            self._check_origin(request)
        except ItasgraphError as error:
            await responses.of_error(request, error, self._access.lang)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_host(self, request: Request) -> None:
        """Raise UsageError unless the request names the server by one of its names, or by the address it was sent to."""
        host = request.headers.get("host", "")
        name = match[1].strip("[]").lower() if (match := _HOST.fullmatch(host)) else ""
        if name not in {*self._access.hosts, (request.scope["server"] or [""])[0]} - {""}:
            raise UsageError("serve-name", host=host)

    def _check_origin(self, request: Request) -> None:
        """Raise UsageError for a POST from a page of another site; browsers themselves withhold answers to its GETs."""
        origin = request.headers.get("origin")
        if self._access.cors or origin is None or request.method in ("GET", "HEAD"):
            return
        if origin.partition("://")[2].lower() != request.headers["host"].lower():
            raise UsageError("serve-origin", origin=origin)
