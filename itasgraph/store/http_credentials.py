"""The credentials for a server, which come from the environment only.

`ITASGRAPH_TOKEN` (RFC 6750) comes before `ITASGRAPH_AUTH=user:password` (RFC 7617, or RFC 7616 where the server asks for
digest). A redirect to another origin goes without credentials.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph.errors import ItasgraphError, UsageError

if TYPE_CHECKING:
    import httpx

    Auth = httpx.Auth | Callable[[httpx.Request], httpx.Request] | None

PORTS: Final = {"http": 80, "https": 443}


class Credentials:
    """The credentials for the server at `url`, which errors call `address`. Raise UsageError where no header can hold them."""

    def __init__(self, url: httpx.URL, address: str) -> None:
        self._url = url
        self._address = address
        self._secret = _secret()
        self._uses_digest = False

    def auth(self, url: httpx.URL) -> Auth:
        """Return the credentials for `url` if it is on the same server, also where only http changes to https."""
        import httpx

        own, other = _origin(self._url), _origin(url)
        upgraded = own[::2] == ("http", 80) and other == ("https", own[1], 443)
        if self._secret is None or not (other == own or upgraded):
            return None
        if isinstance(self._secret, str):
            return _bearer(self._secret)
        return self._digest if self._uses_digest else httpx.BasicAuth(*self._secret)

    def change_to_digest(self, answer: httpx.Response, auth: Auth) -> bool:
        """Use digest from now on if the server refused basic and accepts digest; return whether it does."""
        import httpx

        if not (isinstance(auth, httpx.BasicAuth) and _accepts_digest(answer)):
            return False
        self._uses_digest = True
        return True

    @cached_property
    def _digest(self) -> httpx.DigestAuth:
        """Return one digest for all requests: it remembers the challenge, so that no later body is sent in vain."""
        import httpx

        class Digest(httpx.DigestAuth):
            """Digest that raises our error for a challenge that is broken or unsupported, on which httpx fails in many ways."""

            def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
                try:
                    yield from super().auth_flow(request)
                except (
                    ArithmeticError,
                    AssertionError,
                    LookupError,
                    NotImplementedError,
                    TypeError,
                    ValueError,
                ) as error:
                    raise ItasgraphError("endpoint-challenge", url=address) from error

        assert isinstance(self._secret, tuple)
        address = self._address
        return Digest(*self._secret)


def _secret() -> str | tuple[str, str] | None:
    """Return a token, or user and password. Raise UsageError, without quoting them, where no header can hold them."""
    token, login = os.environ.get("ITASGRAPH_TOKEN", ""), os.environ.get("ITASGRAPH_AUTH", "")
    if token:
        if not re.fullmatch(r"[!-~]+", token):
            raise UsageError("endpoint-secret", variable="ITASGRAPH_TOKEN", example="…")
        return token
    user, colon, password = login.partition(":")
    if login and not (user and colon and login.isprintable()):
        raise UsageError("endpoint-secret", variable="ITASGRAPH_AUTH", example="user:password")
    return (user, password) if login else None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return scheme, host and port (RFC 6454)."""
    return url.scheme, url.host, url.port or PORTS.get(url.scheme)


def _bearer(token: str) -> Callable[[httpx.Request], httpx.Request]:
    def add_header(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return add_header


def _accepts_digest(answer: httpx.Response) -> bool:
    """Return whether the server asks for digest, or for nothing: Virtuoso 7 refuses basic and names no scheme."""
    challenges = answer.headers.get_list("www-authenticate")
    digest = any(one.lower().startswith("digest") for one in challenges)
    return answer.status_code == 401 and (digest or not challenges)  # noqa: PLR2004  # as the protocol numbers it
