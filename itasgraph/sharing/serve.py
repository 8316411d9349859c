"""A graph → a read-only SPARQL 1.1 endpoint, by the Oxigraph server on a store made for it and removed afterwards."""

from __future__ import annotations

import errno
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly, ItasgraphError
from itasgraph.graph import Graph, Queryable

EXAMPLE: Final = "SELECT ?type (COUNT(*) AS ?things) { ?thing a ?type } GROUP BY ?type"
# Seconds between two looks whether the server answers, and that it has to end by itself.
_STEP: Final = 0.05
_GRACE: Final = 5
_REASON: Final = 200


class Wanted(NamedTuple):
    """Where to listen (port 0: a free one), the most seconds of a query, and whether pages of other sites may ask."""

    host: str = "127.0.0.1"
    port: int = 0
    timeout: int = 60
    cors: bool = False


def program() -> str:
    """The Oxigraph server, that of our environment first. Raises ItasgraphError where there is none."""
    found = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if found is None:
        raise ItasgraphError("serve-missing")
    return found


def serve(graph: Queryable, program: str, wanted: Wanted, ready: Callable[[str, int], None]) -> None:
    """Answer until Ctrl-C or SIGTERM; `ready` is told the address and the number of triples once the server answers.

    Raises AskedWrongly for a host that is not this machine, ItasgraphError for a port that is taken, or where the server
    ends by itself. KeyboardInterrupt before it is ready stays one.
    """
    address = _address(wanted)
    with _ending_on(signal.SIGINT, signal.SIGTERM), tempfile.TemporaryDirectory(prefix="itasgraph-") as folder:
        triples = _fill(graph, Path(folder, "store"))
        with _running(_command(program, Path(folder, "store"), address, wanted), Path(folder, "log")) as server:
            server.wait_for(address)
            with suppress(KeyboardInterrupt):
                ready(f"http://{_bracketed(address)}/query", triples)
                raise server.ended()


def _address(wanted: Wanted) -> tuple[str, int]:
    """Host and port, after a try whether they can be had."""
    try:
        family, *_ = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((wanted.host, wanted.port))
            tried.listen()
            return wanted.host, tried.getsockname()[1]
    except (OSError, UnicodeError) as error:
        if not isinstance(error, OSError) or isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise AskedWrongly("serve-host", host=wanted.host) from error
        raise ItasgraphError("serve-port", host=wanted.host, port=wanted.port, error=error) from error


def _fill(graph: Queryable, folder: Path) -> int:
    """Make the store; its default graph is the union of all graphs, as questions expect it. Returns how many triples."""
    assert isinstance(graph, Graph)
    store = ox.Store(folder)
    store.bulk_extend(quad for quad in graph.store)  # a Python loop, which Ctrl-C can end
    store.flush()
    return sum(1 for _ in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _command(program: str, folder: Path, address: tuple[str, int], wanted: Wanted) -> list[str]:
    options = ["--location", str(folder), "--bind", _bracketed(address), "--timeout-s", str(wanted.timeout)]
    return [program, "serve-read-only", *options, *(["--cors"] if wanted.cors else [])]


def _bracketed(address: tuple[str, int]) -> str:
    """Host and port as an address holds them (RFC 3986, section 3.2.2)."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class _Server:
    """The running server and the file it writes its words to."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    def wait_for(self, address: tuple[str, int]) -> None:
        """Wait until it listens. Raises ItasgraphError where it ends instead."""
        while self._process.poll() is None:
            with suppress(OSError), socket.create_connection(address, _STEP):
                return
            time.sleep(_STEP)
        raise self.ended()

    def ended(self) -> ItasgraphError:
        """Wait for its end, which comes unasked here."""
        status = self._process.wait()
        words = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        said = next((line for line in words if line.startswith("Error")), f"status {status}")
        return ItasgraphError("serve-ended", reason=said[:_REASON])


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[_Server]:
    with log.open("wb") as words, _started(command, words) as process:
        try:
            yield _Server(process, log)
        finally:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


def _started(command: list[str], words: BinaryIO) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=words, stderr=words)  # noqa: S603  # our own choice of words, and no shell


@contextmanager
def _ending_on(*numbers: signal.Signals) -> Iterator[None]:
    """Let signals end the work by KeyboardInterrupt, so that nothing is left behind; one that is ignored stays so."""
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
