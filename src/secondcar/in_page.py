"""Runs the cells of a notebook where there is no Jupyter: in a web page, whose one Python keeps all names between them.

>>> page = Page()
>>> page.run("cars = 19_000 / 2.5")
[]
>>> page.run("cars")
[{'output_type': 'execute_result', 'data': {'text/plain': '7600.0'}, 'metadata': {}, 'execution_count': 2}]
"""

import ast
import base64
import builtins
import contextlib
import io
import json
import linecache
import os
import random
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

from secondcar.checks import stopped

# An output, as a notebook's file holds it.
Output = dict[str, Any]
# What stands in for the alt text of a chart that was drawn without `show`.
NO_ALT = "A chart that has no description yet. show(ax, alt=...) gives it one."
RESOLUTION = 110
_CELL = "<cell"


@dataclass
class Ran:
    """What is known of a cell that has run: see `stopped.Outcome`."""

    info: Any
    success: bool = True
    error_before_exec: BaseException | None = None
    error_in_exec: BaseException | None = None


@dataclass
class Page:
    """One Python and what its cells have set.

    Attributes:
        names: what cells set and use.
        count: how many cells have run.
    """

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    count: int = 0
    _outputs: list[Output] = field(default_factory=list)

    def run(self, source: str) -> list[Output]:
        """Run a cell and return its outputs, as a notebook's file holds them."""
        self.count += 1
        self._outputs = []
        ran = Ran(SimpleNamespace(raw_cell=source))
        with self._shown():
            try:
                parts = self._compile(source)
            except (SyntaxError, ValueError) as error:
                ran.success, ran.error_before_exec = False, error
                self._add_error(error)
            else:
                ran.error_in_exec = self._execute(*parts, quiet=source.rstrip().endswith(";"))
                ran.success = ran.error_in_exec is None
            self._show_open_figures()
            stopped.cell_has_run(ran)
        return self._outputs

    def display(self, *objects: Any, raw: bool = False, metadata: Any = None, **_: Any) -> None:
        """Show objects; IPython's function of this name takes more options, which change nothing here."""
        for each in objects:
            data = dict(each) if raw else _data_of(each)
            self._outputs.append({"output_type": "display_data", "data": data, "metadata": dict(metadata or {})})

    def write(self, text: str, name: str = "stdout") -> None:
        """Add printed text to the output before it, if that was printed, too."""
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") == name:
            last["text"] += text
        elif text:
            self._outputs.append({"output_type": "stream", "name": name, "text": text})

    def _compile(self, source: str) -> tuple[CodeType, CodeType | None]:
        """Return the code of a cell, and that of the expression in its last line, if there is one."""
        file = f"{_CELL} {self.count}>"
        # Tracebacks find the lines there.
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        tree = ast.parse(source, file)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        code = compile(tree, file, "exec")
        return code, compile(ast.Expression(last.value), file, "eval") if isinstance(last, ast.Expr) else None

    def _execute(self, code: CodeType, last: CodeType | None, *, quiet: bool) -> BaseException | None:
        try:
            exec(code, self.names)
            result = eval(last, self.names) if last else None
            if result is not None and not quiet:
                data = _data_of(result)
                self._outputs.append(
                    {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": self.count}
                )
        except BaseException as error:
            self._add_error(error)
            return error
        return None

    def _add_error(self, error: BaseException) -> None:
        told = traceback.TracebackException.from_exception(error)
        for part in (told, told.__cause__, told.__context__):
            if part is not None:  # a learner can mend only what stands in cells
                part.stack = traceback.StackSummary.from_list(
                    [frame for frame in part.stack if frame.filename.startswith(_CELL)]
                )
        lines = "".join(told.format()).rstrip().split("\n")
        self._outputs.append(
            {"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": lines}
        )

    def _show_open_figures(self) -> None:
        """Show the charts that were drawn and not shown, as a notebook does."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        from secondcar.charts.images import as_image

        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            if figure.axes:
                try:
                    data = {"text/plain": repr(figure), "text/html": as_image(figure, NO_ALT, RESOLUTION)}
                except Exception as error:
                    self._add_error(error)
                else:
                    self.display(data, raw=True)
        pyplot.close("all")

    @contextlib.contextmanager
    def _shown(self) -> Iterator[None]:
        """Make this page show what is displayed and printed inside the block."""
        vars(builtins)["display"] = self.display
        out, err = _Stream(self, "stdout"), _Stream(self, "stderr")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                yield
            finally:
                del vars(builtins)["display"]


class Workspace:
    """The folder of a unit as a web page opens it, and the Python in it. The two exchange JSON.

    Args:
        told: `unit`, its name; `files`, in base64; `kept`, what an earlier visit left above it; `setup`, a first cell.
        root: the folder above the unit's.
    """

    def __init__(self, told: str, root: str = "/work"):
        boot = json.loads(told)
        self.root = Path(root)
        folder = self.root / boot["unit"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in boot["files"].items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(base64.b64decode(content))
        for name, text in boot["kept"].items():
            (self.root / name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        # A browser may restore this Python from saved memory: random numbers must differ on each visit.
        random.seed()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
        self.page = Page()
        self.page.run(boot["setup"])

    def run(self, source: str) -> str:
        """Run a cell; return its outputs, and what is to be kept for the next visit."""
        outputs = self.page.run(source)
        # Progress and practice lie there, for all units.
        kept = {file.name: file.read_text("utf-8") for file in self.root.glob(".*.json")}
        return json.dumps({"outputs": outputs, "kept": kept})


class _Stream(io.TextIOBase):
    def __init__(self, page: Page, name: str):
        self._page, self._name = page, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._page.write(text, self._name)
        return len(text)


def _data_of(value: Any) -> dict[str, str]:
    """Return an object as text and, where it can be, as HTML."""
    data = {"text/plain": repr(value)}
    as_html = getattr(value, "_repr_html_", None)
    html = as_html() if callable(as_html) and not isinstance(value, type) else None
    return {**data, "text/html": html} if isinstance(html, str) else data
