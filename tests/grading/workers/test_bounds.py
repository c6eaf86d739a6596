"""What a worker does for one learner ends in time."""

import os
import time

import pytest
from nbconvert.filters import ansi2html

from secondcar.grading.workers.bounds import TookTooLong, bound_memory, bounded_time


def test_a_page_that_would_not_end_is_given_up():
    started = time.monotonic()
    with pytest.raises(TookTooLong, match=r"longer than 0\.5 seconds"), bounded_time(0.5):
        ansi2html("\x1b[1m" * 1_500_000)
    assert time.monotonic() - started < 20


def test_what_takes_less_is_left_alone():
    with bounded_time(0.05):
        done = "done"
    time.sleep(0.1)
    assert done == "done"


def test_memory_fails_one_learner_and_not_the_machine():
    child = os.fork()
    if child == 0:
        bound_memory()
        try:
            bytearray(20 << 30)
        except MemoryError:
            os._exit(3)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
