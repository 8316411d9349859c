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
from itasgraph.publishing.query_process import LENGTH, Head, Job, ProcessSettings

_COMMAND: Final = (sys.executable, "-P", "-m", "itasgraph.publishing.query_process")
_PROCESSORS: Final = min(os.cpu_count() or 1, 8)
# After this many seconds a query counts as long. Long queries have separate processes, so that short ones need not wait.
_SHORT_SECONDS: Final = 0.25
_MAX_LONG: Final = 2 * _PROCESSORS
# Processes for short queries, some of them spare: a start takes longer than most queries.
_SHORT_WORKERS: Final = _PROCESSORS + 2
_MAX_WAITING: Final = 256
# Seconds that a process has to start, and seconds between two checks whether it has ended.
_START_SECONDS: Final = 30
_POLL_SECONDS: Final = 0.02
_BUFFER: Final = 1 << 18


class QueryWorkers:
    """The processes that answer from one store: `async with` starts and ends them."""

    def __init__(self, settings: ProcessSettings) -> None:
        self._settings = settings
        self._capacity = _Capacity()
        self._alive: set[_Worker] = set()
        self._idle: asyncio.LifoQueue[_Worker | ItasgraphError] = asyncio.LifoQueue()
        self._short_workers = 0  # processes that are starting, idle, or have a short query
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
    async def answer_with_time_limit(self, job: Job) -> AsyncIterator[StreamedAnswer]:
        """StreamedAnswer a query by a process. Leaving the block before the answer is complete ends the process.

        Raises QueryTimeout where it takes longer than allowed until the end of the block, and ItasgraphError where too many
        queries wait or run, or where the process ends.
        """
        seconds = self._settings["seconds"]
        slot = _Slot(self._capacity)
        try:
            async with asyncio.timeout(seconds) as clock, slot.hold():
                worker = await self._free()
                slot.watch(clock, lambda: self._make_long(worker))
                try:
                    yield await worker.ask(job)
                finally:
                    self._release(worker)
        except TimeoutError:
            if slot.begun and not slot.displaced:
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
        self._short_workers -= 1
        self._replenish()

    def _release(self, worker: _Worker) -> None:
        """Keep a process for the next query; end one whose answer is incomplete, or took long and may still hold memory."""
        if worker.ready and not worker.long:
            self._idle.put_nowait(worker)
        else:
            self._drop(worker)
            self._replenish()

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self._short_workers -= not worker.long
        self._schedule(self._reap(worker))

    async def _reap(self, worker: _Worker) -> None:
        await worker.wait_for_end()
        self._alive.discard(worker)

    def _replenish(self) -> None:
        """Start processes until there are enough for short queries."""
        while self._short_workers < _SHORT_WORKERS:
            self._short_workers += 1
            self._schedule(self._start())

    async def _start(self) -> None:
        try:
            self._idle.put_nowait(await _Worker.start(self._settings, self._alive))
        except (ItasgraphError, OSError):
            self._short_workers -= 1
            self._idle.put_nowait(ItasgraphError("serve-start"))

    def _schedule(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end(self) -> None:
        self._short_workers = sys.maxsize  # so that no process is started any more
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._alive:
            worker.kill()
        await asyncio.gather(*(worker.wait_for_end() for worker in self._alive))


# --- one process --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Worker:
    """A process: whether it is `ready` for a query, whether it had a `long` query, and whether it is `ending`."""

    process: Process
    ready: bool = True
    long: bool = False
    ending: bool = False

    @classmethod
    async def start(cls, settings: ProcessSettings, alive: set[_Worker]) -> _Worker:
        """Start a process that is one of `alive` from its first moment. Raise ItasgraphError where it does not become ready."""
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_BUFFER, start_new_session=True
        )
        worker = cls(process)
        alive.add(worker)
        with suppress(TimeoutError):
            async with asyncio.timeout(_START_SECONDS):
                await worker.send(settings)
                await worker.frame()
                return worker
        raise ItasgraphError("serve-start")

    async def ask(self, job: Job) -> StreamedAnswer:
        self.ready = False
        await self.send(job)
        head: Head = json.loads(await self.frame())
        return StreamedAnswer(head, self)

    async def send(self, message: ProcessSettings | Job) -> None:
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
        if not self.ending:  # otherwise Popen would read its exit status before asyncio does
            with suppress(ProcessLookupError):
                self.process.kill()

    async def wait_for_end(self) -> None:
        """Wait for the end of a process that was killed, and discard its output, which closes its pipe."""
        await asyncio.sleep(_POLL_SECONDS)  # the task that reads from it is cancelled first
        while self.process.returncode is None:
            await asyncio.sleep(_POLL_SECONDS)
        await self.process.communicate()


@dataclass(frozen=True)
class StreamedAnswer:
    """An answer that is being sent: its head and its content."""

    head: Head
    _worker: _Worker

    async def content(self) -> AsyncIterator[bytes]:
        """Yield the pieces as the process sends them; the process continues only as they are read."""
        while chunk := await self._worker.frame():
            yield chunk
        self._worker.ready = True


# --- capacity -----------------------------------------------------------------------------------------------------


@dataclass
class _Capacity:
    """The numbers of short and long queries that may still begin, and of queries that wait."""

    short: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PROCESSORS))
    long: int = _MAX_LONG
    waiting: int = 0


class _Slot:
    """The slot of a query, which counts as short at first and as long after a while.

    Where too many long queries run already, the query is displaced as soon as others wait.
    """

    def __init__(self, capacity: _Capacity) -> None:
        self.begun = False
        self.displaced = False
        self._capacity = capacity
        self._long = False
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Wait for a slot, and release it at the end of the block."""
        await self._wait()
        self.begun = True
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
            if self._long:
                self._capacity.long += 1
            else:
                self._capacity.short.release()

    async def _wait(self) -> None:
        if self._capacity.waiting >= _MAX_WAITING:
            raise ItasgraphError("serve-busy")
        self._capacity.waiting += 1
        try:
            await self._capacity.short.acquire()
        finally:
            self._capacity.waiting -= 1

    def watch(self, clock: asyncio.Timeout, make_long: Callable[[], None]) -> None:
        """Classify the query after _SHORT_SECONDS, if it still runs; `clock` ends a displaced query."""
        self._timer = asyncio.get_running_loop().call_later(_SHORT_SECONDS, self._classify, clock, make_long)

    def _classify(self, clock: asyncio.Timeout, make_long: Callable[[], None]) -> None:
        """Count the query as long, leave it short where no other waits, or displace it."""
        if self._capacity.long:
            self._capacity.long -= 1
            self._long = True
            self._capacity.short.release()
            make_long()
        elif not self._capacity.waiting:
            self.watch(clock, make_long)
        elif not clock.expired():
            self.displaced = True
            clock.reschedule(asyncio.get_running_loop().time())
