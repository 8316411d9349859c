"""A pool of processes that answer queries. A query that takes too long, or whose client is gone, ends with its process.

Oxigraph cannot be stopped otherwise: COUNT, ORDER BY and ASK check no time limit, and free their memory only when they end.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

from itasgraph.errors import ItasgraphError, QueryTimeout
from itasgraph.publishing.query_process import LENGTH, Head, Job, Settings

_COMMAND: Final = (sys.executable, "-P", "-m", "itasgraph.publishing.query_process")
_PROCESSORS: Final = min(os.cpu_count() or 1, 8)
# After so many seconds a query counts as long. Long ones have processes of their own, so that short ones go on.
_SHORT: Final = 0.25
_LONG_AT_ONCE: Final = 2 * _PROCESSORS
# Processes for short queries, some of them spare: a start takes longer than most queries.
_FOR_SHORT: Final = _PROCESSORS + 2
_QUEUE: Final = 256
# Seconds that a process has to start, and between two looks whether it has ended.
_START: Final = 30
_STEP: Final = 0.02
_BUFFER: Final = 1 << 18


class QueryWorkers:
    """The processes on one store: `async with` starts and ends them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lanes = _Lanes()
        self._alive: set[_Worker] = set()
        self._idle: asyncio.LifoQueue[_Worker | ItasgraphError] = asyncio.LifoQueue()
        self._for_short = 0  # processes that are starting, idle, or have a short query
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> QueryWorkers:
        self._replenish()
        try:
            self._idle.put_nowait(await self._free())
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(self, kind: object, error: object, traceback: TracebackType | None) -> None:
        await self._end()

    @asynccontextmanager
    async def answer(self, job: Job) -> AsyncIterator[Answer]:
        """Have a query answered by a process. Leaving the block before the answer is complete ends the process.

        Raises QueryTimeout where it takes longer than allowed until the end of the block, and ItasgraphError where too many
        queries wait or run, or where the process ends.
        """
        seconds = self._settings["seconds"]
        turn = _Turn(self._lanes)
        try:
            async with asyncio.timeout(seconds) as clock, turn.hold():
                worker = await self._free()
                turn.watch(clock, lambda: self._make_long(worker))
                try:
                    yield await worker.ask(job)
                finally:
                    self._take_back(worker)
        except TimeoutError:
            if turn.begun and not turn.displaced:
                raise QueryTimeout("serve-timeout", seconds=f"{seconds:g}") from None
            raise ItasgraphError("serve-busy") from None

    async def _free(self) -> _Worker:
        """Return an idle process. Raises ItasgraphError where one cannot be started."""
        while True:
            self._replenish()
            worker = await self._idle.get()
            if isinstance(worker, ItasgraphError):
                raise worker
            if worker.process.returncode is None:
                return worker
            self._drop(worker)

    def _make_long(self, worker: _Worker) -> None:
        worker.long = True
        self._for_short -= 1
        self._replenish()

    def _take_back(self, worker: _Worker) -> None:
        """Keep a process for the next query; end one whose answer is incomplete, or was long and may have left memory."""
        if worker.ready and not worker.long:
            self._idle.put_nowait(worker)
        else:
            self._drop(worker)
            self._replenish()

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self._for_short -= not worker.long
        self._do(self._bury(worker))

    async def _bury(self, worker: _Worker) -> None:
        await worker.wait_for_end()
        self._alive.discard(worker)

    def _replenish(self) -> None:
        """Start processes until there are enough for short queries."""
        while self._for_short < _FOR_SHORT:
            self._for_short += 1
            self._do(self._start())

    async def _start(self) -> None:
        try:
            self._idle.put_nowait(await _Worker.start(self._settings, self._alive))
        except (ItasgraphError, OSError):
            self._for_short -= 1
            self._idle.put_nowait(ItasgraphError("serve-start"))

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end(self) -> None:
        self._for_short = sys.maxsize  # nothing is started any more
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._alive:
            worker.kill()
        await asyncio.gather(*(worker.wait_for_end() for worker in self._alive))


# --- one process --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Worker:
    """A process: whether no answer is under way, whether it had a long query, whether it stopped sending."""

    process: Process
    ready: bool = True
    long: bool = False
    ending: bool = False

    @classmethod
    async def start(cls, settings: Settings, alive: set[_Worker]) -> _Worker:
        """Start a process that is one of `alive` from its first moment. Raises ItasgraphError where it does not get ready."""
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_BUFFER, start_new_session=True
        )
        worker = cls(process)
        alive.add(worker)
        with suppress(TimeoutError):
            async with asyncio.timeout(_START):
                await worker.send(settings)
                await worker.frame()
                return worker
        raise ItasgraphError("serve-start")

    async def ask(self, job: Job) -> Answer:
        self.ready = False
        await self.send(job)
        head: Head = json.loads(await self.frame())
        return Answer(head, self)

    async def send(self, message: Settings | Job) -> None:
        content = json.dumps(message).encode()
        assert self.process.stdin is not None
        with suppress(ConnectionError):  # the next frame shows whether the process still runs
            self.process.stdin.write(LENGTH.pack(len(content)) + content)
            await self.process.stdin.drain()

    async def frame(self) -> bytes:
        """Return the content of the next frame. Raises ItasgraphError where the process ends instead."""
        assert self.process.stdout is not None
        try:
            (length,) = LENGTH.unpack(await self.process.stdout.readexactly(LENGTH.size))
            return await self.process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.ending = True
            raise ItasgraphError("serve-memory") from None

    def kill(self) -> None:
        if not self.ending:  # else Popen would take its exit status away from asyncio
            with suppress(ProcessLookupError):
                self.process.kill()

    async def wait_for_end(self) -> None:
        """Wait for the end of a process that was killed, and drop what it has written, which closes its pipe."""
        await asyncio.sleep(_STEP)  # whoever reads from it is cancelled first
        while self.process.returncode is None:
            await asyncio.sleep(_STEP)
        await self.process.communicate()


@dataclass(frozen=True)
class Answer:
    """An answer that is being sent: its head and its content."""

    head: Head
    _worker: _Worker

    async def content(self) -> AsyncIterator[bytes]:
        """Yield the pieces as the process sends them; the process goes on only as they are taken."""
        while chunk := await self._worker.frame():
            yield chunk
        self._worker.ready = True


# --- who may run --------------------------------------------------------------------------------------------------


@dataclass
class _Lanes:
    """How many short and long queries may still begin, and how many wait."""

    short: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PROCESSORS))
    long: int = _LONG_AT_ONCE
    waiting: int = 0


class _Turn:
    """The turn of a query, which counts as short at first and as long after a while.

    Where there are too many long ones already, it is displaced as soon as others wait.
    """

    def __init__(self, lanes: _Lanes) -> None:
        self.begun = False
        self.displaced = False
        self._lanes = lanes
        self._long = False
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Wait for the turn, and give it back at the end of the block."""
        await self._wait()
        self.begun = True
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
            if self._long:
                self._lanes.long += 1
            else:
                self._lanes.short.release()

    async def _wait(self) -> None:
        if self._lanes.waiting >= _QUEUE:
            raise ItasgraphError("serve-busy")
        self._lanes.waiting += 1
        try:
            await self._lanes.short.acquire()
        finally:
            self._lanes.waiting -= 1

    def watch(self, clock: asyncio.Timeout, make_long: Callable[[], None]) -> None:
        """See after a while whether the query still runs; `clock` ends one that is displaced."""
        self._timer = asyncio.get_running_loop().call_later(_SHORT, self._move, clock, make_long)

    def _move(self, clock: asyncio.Timeout, make_long: Callable[[], None]) -> None:
        """Join the long queries, stay a short one where nobody waits, or end."""
        if self._lanes.long:
            self._lanes.long -= 1
            self._long = True
            self._lanes.short.release()
            make_long()
        elif not self._lanes.waiting:
            self.watch(clock, make_long)
        elif not clock.expired():
            self.displaced = True
            clock.reschedule(asyncio.get_running_loop().time())
