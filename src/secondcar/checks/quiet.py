"""Keeps a learner's function quiet while a check tries it out."""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Let nothing print, warn, log or write to stderr: nbgrader takes any stderr output of a test cell as a failure."""
    silence = io.StringIO()
    before = logging.root.manager.disable
    # A log's handler keeps the stderr that it was made with, so redirecting stderr does not silence it.
    logging.disable()
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
