"""Run Python in a sandbox: the cells of a notebook, or a program that can be talked to meanwhile."""

import subprocess
import sys
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from secondcar.grading.kernel.fork_server import ForkServer
from secondcar.grading.limits import Limits
from secondcar.grading.workers.execution import in_runner

_ENTER = """
import os, sys
from secondcar.grading.isolation.forking import fork_ready
from secondcar.grading.isolation.sandbox import drop_rights, isolate
from secondcar.grading.limits import Limits
limits = Limits()
place = isolate(sys.argv[1], limits)
notebook = fork_ready(lambda: drop_rights(place.user, limits.for_process()))
if notebook:
    os._exit(os.waitstatus_to_exitcode(os.waitpid(notebook, 0)[1]))
os.chdir(sys.argv[1])
os.execv(sys.executable, [sys.executable, "-c", sys.argv[2]])
"""


class InSandbox:
    """A Python program in a sandbox, with pipes to its stdin and stdout. Use it as a context manager."""

    def __init__(self, folder: Path, code: str) -> None:
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-c", _ENTER, str(folder), code]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self) -> str:
        """Return the next line that it prints, without its end."""
        return self._process.stdout.readline().rstrip("\n")

    def write(self, line: str = "") -> None:
        """Give it a line to read."""
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def __enter__(self) -> "InSandbox":
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()


def run_cells(
    fork_server: ForkServer, folder: Path, *cells: str, limits: Limits | None = None, kernel: str = "python3"
) -> list[str]:
    """Return what each cell of a notebook prints or, if it fails, the error."""
    folder.mkdir(exist_ok=True)
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    settings = {"timeout": 60, "allow_errors": True, "kernel_name": kernel}
    execute = in_runner(Execute, fork_server.address, limits or Limits())(**settings)
    execute.preprocess(notebook, {"metadata": {"path": str(folder)}, "nbgrader": {"notebook": "notebook"}})
    return ["".join(map(_text_of, cell.outputs)) for cell in notebook.cells]


def _text_of(output: dict) -> str:
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    return output.get("text") or output["data"]["text/plain"]
