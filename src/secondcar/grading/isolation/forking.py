"""Forks, and waits until the child is ready."""

import os
from collections.abc import Callable

_READY = b"ready"


def fork_ready(prepare: Callable[[], None]) -> int:
    """Fork, have the child call `prepare`, and return when it has: 0 in the child, its process number in the parent.

    Raises OSError in the parent, with the child's message, if `prepare` raised one in the child, or if it ended.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            prepare()
            # This fails if the parent has ended.
            os.write(writing, _READY)
            os.close(writing)
        except OSError as fault:
            os.write(writing, str(fault).encode())
            os._exit(1)
        return 0
    os.close(writing)
    with open(reading, "rb") as told:
        word = told.read()
    if word != _READY:
        os.waitpid(child, 0)
        raise OSError(word.decode() or "the process ended before it was ready")
    return child
