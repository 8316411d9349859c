"""Where the program starts: Ctrl-C ends it with 130 and no traceback, even while its parts are still being loaded."""

from __future__ import annotations

import os
import signal
import sys


def run() -> None:
    """Run the command line; interrupted, it exits with 130 wherever it was.

    `itasgraph.cli` says so where it can. What loads modules or reads arguments may turn an interrupt into something
    else: that one came is noted here, and decides.
    """
    came: list[int] = []

    def interrupt(number: int, _: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started it wants it ignored
        signal.signal(signal.SIGINT, interrupt)
    try:
        from itasgraph.cli import main

        if "_ITASGRAPH_COMPLETE" in os.environ:  # a shell asks what may come next (click)
            from itasgraph.cli import completion

            completion.install()
        main(prog_name="itasgraph")
    except BaseException:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends already
        if came:
            sys.exit(130)
        raise


if __name__ == "__main__":
    run()
