"""Run a command with a limit of time; print its exit code, seconds, seconds of processor time and greatest memory in MiB.

Run this file as a process of its own, without `site`: the system counts the memory of whoever starts a process to that process,
and the benchmark itself holds whole graphs. The exit code is empty for a command that was ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time


def main() -> None:
    """Run the command that follows the limit."""
    limit, *command = sys.argv[1:]
    ended = threading.Event()
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def end() -> None:
        ended.set()
        os.killpg(child.pid, signal.SIGKILL)

    clock = threading.Timer(float(limit), end)
    clock.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    clock.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    code = "" if ended.is_set() else child.returncode
    sys.stdout.write(f"{code};{seconds};{usage.ru_utime + usage.ru_stime};{usage.ru_maxrss / 1024}")


if __name__ == "__main__":
    main()
