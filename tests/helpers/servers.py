"""Servers on loopback: real ones, filled with the Turtle export, and small ones that send invalid answers.

The tests of a real server skip where it is not installed, and name it.
"""

from __future__ import annotations

import shutil
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPMessage, parse_headers
from pathlib import Path
from typing import Final

import httpx
import pytest

PATIENCE: Final = 60
_VIRTUOSO: Final = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 5000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Real:
    """A real server: its process, and where it takes graphs and queries."""

    process: subprocess.Popen[bytes]
    graphs: str
    query: str


@contextmanager
def oxigraph_in(folder: Path) -> Iterator[Real]:
    """Run an Oxigraph server on the store in a folder, until the end of the block."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    (port,) = ports(1)
    url = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, f"{url}/query?query=ASK%7B%7D") as process:
        yield Real(process, f"{url}/store", f"{url}/query")


@contextmanager
def virtuoso_in(folder: Path) -> Iterator[Real]:
    """Run a Virtuoso server on the store in a folder, until the end of the block; dba with the password dba may write."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("virtuoso-t is not installed (Debian: virtuoso-opensource-7-bin)")
    sql, http = ports(2)
    url = f"http://127.0.0.1:{http}"
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # left by one that was killed
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"{url}/sparql?query=ASK%7B%7D") as process:
        yield Real(process, f"{url}/sparql-graph-crud-auth", f"{url}/sparql")


def ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    actual = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return actual


@contextmanager
def _running(command: list[str], folder: Path, ready: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block; it is ready as soon as the address `ready` answers."""
    log = folder / "server.log"
    with log.open("wb") as output, subprocess.Popen(command, cwd=folder, stdout=output, stderr=output) as process:
        try:
            wait(process, ready, log)
            yield process
        finally:
            process.kill()


def wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    """Wait until the address `ready` answers; fail with the end of the log where the process ends instead."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(ready, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"{process.args!r} does not answer: {log.read_text(errors='replace')[-500:]}")


def fill(store: str, turtle: bytes, auth: httpx.Auth | None) -> None:
    """Fill a graph (SPARQL 1.1 Graph Store HTTP Protocol)."""
    headers = {"Content-Type": "text/turtle"}
    answer = httpx.put(store, content=turtle, headers=headers, auth=auth, timeout=PATIENCE, trust_env=False)
    answer.raise_for_status()


# --- servers that misbehave -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """A request of a client: its first line, its headers and its form."""

    line: str
    headers: HTTPMessage
    content: str


@dataclass
class Small:
    """A server that answers each request with bytes and closes the connection; `requests` are those it received."""

    url: str
    requests: list[Request] = field(default_factory=list)


def answer(content: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return an HTTP answer as bytes; a header `content_type` is Content-Type, and "" leaves one out that would be there."""
    body = content.encode() if isinstance(content, str) else content
    fields = {"content-length": str(len(body)), "connection": "close"}
    fields |= {name.replace("_", "-").lower(): text for name, text in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {text}" for name, text in fields.items() if text)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Ignore clients that leave early and connections that are cut on purpose."""


@contextmanager
def _serve(handler: type[socketserver.BaseRequestHandler], secure: ssl.SSLContext | None = None) -> Iterator[httpx.URL]:
    """Serve on loopback in a thread until the end of the block; give the address."""
    with _Server(("127.0.0.1", 0), handler) as server:
        if secure is not None:
            server.socket = secure.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield httpx.URL(f"http{'s' if secure else ''}://127.0.0.1:{server.server_address[1]}/sparql")
        finally:
            server.shutdown()


class Stalled(bytes):
    """The beginning of an answer that never ends."""


@dataclass(frozen=True)
class Halting:
    """An answer that halts for a moment after `at` bytes and then goes on."""

    content: bytes
    at: int


_HALT: Final = 0.05  # seconds


@contextmanager
def small_server(reply: Callable[[Request], bytes | Halting], secure: ssl.SSLContext | None = None) -> Iterator[Small]:
    """Run a small server until the end of the block."""
    small, released = Small(""), threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode().strip()
            headers = parse_headers(self.rfile)
            content = self.rfile.read(int(headers.get("content-length") or 0)).decode()
            small.requests.append(Request(line, headers, content))
            sent = reply(small.requests[-1])
            if isinstance(sent, Halting):
                self.wfile.write(sent.content[: sent.at])
                released.wait(_HALT)
                sent = sent.content[sent.at :]
            self.wfile.write(sent)
            if isinstance(sent, Stalled):
                released.wait()

    with _serve(Handler, secure) as url:
        small.url = str(url)
        try:
            yield small
        finally:
            released.set()


@contextmanager
def dripping_server(head: bytes, drop: bytes, pause: float = 0.02) -> Iterator[str]:
    """Yield the address of a server that sends `head`, then `drop` every `pause` seconds, as long as somebody listens."""
    released = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1 << 16)
            self.request.sendall(head)
            while not released.wait(pause):
                self.request.sendall(drop)

    with _serve(Handler) as url:
        try:
            yield str(url)
        finally:
            released.set()


# --- a proxy that breaks off -----------------------------------------------------------------------------------------


@contextmanager
def breaking_proxy(url: str, after: int, then: Callable[[], object] = lambda: None) -> Iterator[str]:
    """Yield the address of a proxy of `url` that calls `then` and closes all connections after `after` bytes.

    Answers are passed on. Afterwards nothing passes.
    """
    target = httpx.URL(url)
    assert target.port is not None
    there, left, lock = (target.host, target.port), after, threading.Lock()

    def allow(size: int) -> int:
        nonlocal left
        with lock:
            allowed = min(size, left)
            left -= allowed
            return allowed

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(there) as server:
                threading.Thread(target=_pass_on, args=(server, self.request), daemon=True).start()
                while left and (chunk := self.request.recv(1 << 12)):
                    server.sendall(chunk[: allow(len(chunk))])
                if not left:
                    then()
                    self.request.shutdown(socket.SHUT_RDWR)

    with _serve(Handler) as proxy:
        yield str(target.copy_with(port=proxy.port))


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(1 << 16):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)


class Listener:
    """A socket on loopback that counts its connections."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n"
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed at the end of the test
                return
            self.connections += 1
            with connection:
                connection.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)

    def close(self) -> None:
        self._socket.close()
