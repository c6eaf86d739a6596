"""What learners handed in, found and looked over before anything of it is opened or parsed."""

import os
import re
from glob import escape, glob
from itertools import accumulate

from nbgrader.converters.base import BaseConverter, NbGraderException

# A notebook of 5,000 cells has a tenth of these. Each value costs up to a hundred bytes of memory.
MOST_VALUES, MOST_NESTING = 1_000_000, 100

# The last one may be cut off: looking for its end from each quote in it would take hours.
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


class FindsFolders(BaseConverter):
    """Mixed into nbgrader's converters: a folder is found whatever its name holds, and notebooks come in order.

    nbgrader reads brackets in a learner's folder as a pattern, and takes a folder called x.ipynb for a notebook.
    """

    def init_notebooks(self) -> None:
        wanted = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        folders = {*glob(wanted), *filter(os.path.isdir, [wanted])}
        named = {folder: sorted(glob(f"{escape(folder)}/{self.coursedir.notebook_id}.ipynb")) for folder in folders}
        found = {folder: list(filter(os.path.isfile, paths)) for folder, paths in named.items()}
        self.assignments = {folder: notebooks for folder, notebooks in found.items() if notebooks}
        self.notebooks: list[str] = []
        if not self.assignments:
            raise NbGraderException(f"No notebooks were matched by {wanted!r}")


def too_much_json(text: bytes) -> str | None:
    """Return why a JSON text is not to be parsed: it would take too much memory, or is nested too deep.

    >>> too_much_json(b'{"cells": []}')
    >>> too_much_json(b"[" * 200)
    'is nested more than 100 deep'
    """
    if text.count(b"[") + text.count(b"{") + text.count(b",") <= MOST_NESTING:
        return None
    bare = _STRINGS.sub(b"", text)
    if bare.count(b"[") + bare.count(b"{") + bare.count(b",") > MOST_VALUES:
        return f"holds more than {MOST_VALUES:,} values"
    nesting = accumulate(step for byte in bare if (step := _STEPS.get(byte)))
    return f"is nested more than {MOST_NESTING} deep" if max(nesting, default=0) > MOST_NESTING else None
