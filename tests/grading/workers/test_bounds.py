"""What a worker does for one learner ends in time, and takes no more memory than it may."""

import os
import signal
import threading
import time

import pytest
from nbconvert.filters import ansi2html

from secondcar.grading.workers.bounds import TookTooLong, bounded, ended_after


def give_up() -> None:
    started = time.monotonic()
    with pytest.raises(TookTooLong, match=r"longer than 0\.5 seconds"), bounded(0.5):
        ansi2html("\x1b[1m" * 1_500_000)
    assert time.monotonic() - started < 20


def test_a_page_that_would_not_end_is_given_up():
    give_up()


def test_what_would_not_end_in_a_thread_is_given_up():
    # As in a Dask worker.
    ended = []
    thread = threading.Thread(target=lambda: ended.append(give_up()))
    thread.start()
    thread.join()
    assert ended == [None]


def test_what_catches_every_error_is_told_again():
    started, caught = time.monotonic(), 0
    with pytest.raises(TookTooLong), bounded(0.2):
        while True:
            try:
                while True:
                    pass
            except Exception:
                caught += 1
                if caught == 2:
                    raise
    assert time.monotonic() - started < 20


def test_what_takes_less_is_left_alone():
    for _ in range(100):
        with bounded(0.05):
            done = "done"
    time.sleep(0.2)
    assert done == "done"


def test_a_busy_machine_costs_nobody_anything():
    with bounded(0.1, of_processor=True), ended_after(0.2, of_processor=True):
        time.sleep(0.5)
    with pytest.raises(TookTooLong), bounded(0.1, of_processor=True):
        while True:
            pass


def test_memory_fails_one_learner_and_not_the_machine():
    child = os.fork()
    if child == 0:
        failed = False
        try:
            with bounded(60):
                bytearray(20 << 30)
        except MemoryError:
            failed = True
        # The next one is not bounded by this one.
        bytearray(7 << 30)
        os._exit(3 if failed else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3


def test_what_computes_in_a_library_for_ever_ends_with_its_process():
    child = os.fork()
    if child == 0:
        with ended_after(0.5):
            # Nothing but a signal reaches it.
            sum(range(10**13))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGALRM
