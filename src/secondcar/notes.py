"""Where notes and charts are shown: by ``display`` among Python's builtins, or as text where there is none.

IPython puts it there in every notebook. Whatever else runs cells, such as a web page, puts its own there.
"""

import builtins
import contextlib
import sys
from collections.abc import Iterator, Mapping


def publish(text: str, html: str, metadata: Mapping[str, object] | None = None) -> None:
    """Show a note where cells run, or print its text where none do.

    Args:
        text: the note in plain text.
        html: the same as HTML.
        metadata: what programs may read of it.

    >>> publish("7,600 vehicles", "<b>7,600 vehicles</b>")
    7,600 vehicles
    """
    display = getattr(builtins, "display", None)
    if display is None:
        print(text)
    else:
        display({"text/plain": text, "text/html": html}, raw=True, metadata=metadata)


def is_shown() -> bool:
    """Return whether notes are shown as more than text."""
    return getattr(builtins, "display", None) is not None


@contextlib.contextmanager
def nothing_shown() -> Iterator[None]:
    """Drop whatever is shown inside the block."""
    if "IPython" in sys.modules:
        from IPython.utils.capture import capture_output

        with capture_output():
            yield
        return
    before = getattr(builtins, "display", None)
    vars(builtins)["display"] = lambda *objects, **options: None
    try:
        yield
    finally:
        if before is None:
            del vars(builtins)["display"]
        else:
            vars(builtins)["display"] = before
