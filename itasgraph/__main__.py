"""The entry point: a signal ends the program with 128 + its number and no traceback, even while modules are being loaded."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys

# The signals of Ctrl-C, of the system and of a closed terminal (POSIX), each with its handler at the start of Python.
_SIGNALS = {"SIGINT": signal.default_int_handler, "SIGTERM": signal.SIG_DFL, "SIGHUP": signal.SIG_DFL}

# Python collects garbage after so many new objects, instead of 700: while modules are loaded, hardly any object is garbage.
_GARBAGE_THRESHOLD = 100_000


def run() -> None:
    """Run the command line, and end the process without freeing its objects."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
    status: list[int] = []
    atexit.register(_skip_teardown, status)  # the first function registered is the last one called
    try:
        _run_until_signal()
    except SystemExit as end:
        if isinstance(end.code, int):
            status.append(end.code)
        raise


def _skip_teardown(status: list[int]) -> None:
    """End the process with this status, if there is one. Otherwise Python frees each object, which takes as long as a query."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return  # Python flushes again, and reports the error
    if status:
        os._exit(status[0])


def _run_until_signal() -> None:
    """Run the command line. After a signal, remove unfinished files and exit with 128 + the number of the signal.

    `itasgraph.cli` reports an interrupt where it can. Code that loads modules or reads arguments may replace
    KeyboardInterrupt by another exception, so the number of the signal is stored and decides the exit code.
    """
    received: list[int] = []

    def interrupt(number: int, _: object) -> None:
        received.append(number)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    for number in numbers:
        if signal.getsignal(number) is _SIGNALS[number.name]:  # otherwise the caller wants the signal ignored
            signal.signal(number, interrupt)
    try:
        from itasgraph.cli import main

        if "_ITASGRAPH_COMPLETE" in os.environ:  # the variable by which click asks for completions
            from itasgraph.cli import completion

            completion.register()
        main(prog_name="itasgraph")
    except BaseException:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)  # a second signal must not interrupt the end
        if "itasgraph.util.files" in sys.modules:
            sys.modules["itasgraph.util.files"].remove_unfinished()
        if received:
            sys.exit(128 + received[0])
        raise


if __name__ == "__main__":
    run()
