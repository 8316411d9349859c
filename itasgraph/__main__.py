"""Where the program starts: a signal ends it with 128 + its number and no traceback, even while its parts are being loaded."""

from __future__ import annotations

import os
import signal
import sys

# Ctrl-C, and what the system or a closed terminal sends (POSIX), with what each does before anybody has changed it.
_SIGNALS = {"SIGINT": signal.default_int_handler, "SIGTERM": signal.SIG_DFL, "SIGHUP": signal.SIG_DFL}


def run() -> None:
    """Run the command line; ended by a signal, it tidies up and exits with 128 + its number wherever it was.

    `itasgraph.cli` says so where it can. What loads modules or reads arguments may turn an interrupt into something
    else: that one came is noted here, and decides.
    """
    came: list[int] = []

    def interrupt(number: int, _: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    for number in numbers:
        if signal.getsignal(number) is _SIGNALS[number.name]:  # else whoever started it wants it ignored
            signal.signal(number, interrupt)
    try:
        from itasgraph.cli import main

        if "_ITASGRAPH_COMPLETE" in os.environ:  # a shell asks what may come next (click)
            from itasgraph.cli import completion

            completion.install()
        main(prog_name="itasgraph")
    except BaseException:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)  # it ends already
        if "itasgraph.util.files" in sys.modules:
            sys.modules["itasgraph.util.files"].remove_unfinished()
        if came:
            sys.exit(128 + came[0])
        raise


if __name__ == "__main__":
    run()
