"""One person's server takes neither the memory nor the processors of the others."""

import signal
import subprocess
import sys

import pytest

from secondcar.classroom.bounds import join_own_group, unbounded

pytestmark = pytest.mark.skipif(bool(unbounded()), reason="no control groups can be made here")

TAKES_MEMORY = "kept = []\nfor _ in range({}): kept.append(bytearray(10_000_000))"
LOOPS = "while True: pass"
# Prints the processor's seconds that this process had of four.
COUNTS = "import time; end = time.monotonic() + 4\nwhile time.monotonic() < end: pass\nprint(time.process_time())"


def start(code, account, memory_mb=300):
    return subprocess.Popen(
        ["taskset", "-c", "0", sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: join_own_group(account, memory_mb),
    )


def test_who_takes_too_much_memory_is_stopped_and_nobody_else():
    greedy, modest = (start(TAKES_MEMORY.format(number), f"bounds-{number}") for number in (60, 10))
    for process in (greedy, modest):
        process.communicate(timeout=60)
    assert (greedy.returncode, modest.returncode) == (-signal.SIGKILL, 0)
    # More memory is a change of a setting and another start.
    again = start(TAKES_MEMORY.format(60), "bounds-60", memory_mb=1000)
    again.communicate(timeout=60)
    assert again.returncode == 0


def test_many_endless_loops_of_one_take_one_share_of_a_processor():
    loops = [start(LOOPS, "bounds-loops") for _ in range(15)]
    try:
        counted = start(COUNTS, "bounds-one")
        had = float(counted.communicate(timeout=60)[0])
    finally:
        for loop in loops:
            loop.kill()
            loop.communicate()
    # One of 16 processes without groups: a quarter of a second.
    assert had > 0.7
