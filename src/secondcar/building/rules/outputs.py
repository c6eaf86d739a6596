"""A teacher's notebook runs to its end, its own solutions are right, and its outputs can be read and published."""

import re
from collections.abc import Iterable

import nbformat

from secondcar.building.errors import Fault, Faults
from secondcar.building.execution import NotebookRun
from secondcar.building.notebook import written_cells
from secondcar.building.rules import access, charts
from secondcar.building.sources import SourceCell, Unit
from secondcar.note_format import NOTE_KEY, RIGHT

_MACHINE = re.compile(r"/(?:home|root|tmp|usr|opt|work|Users|var)/|site-packages|[A-Z]:\\|\b0x[0-9a-f]{6,}")


def in_run(unit: Unit, notebook: nbformat.NotebookNode, run: NotebookRun) -> Faults:
    """Yield what is wrong with the outputs of a unit's notebook, its charts included."""
    if run.failed:
        position, why = run.failed
        cell = unit.cells[position]
        yield Fault(unit.script, cell.line, f"{cell.id} fails when run: {why}", "Correct it")
        return
    for cell, made in zip(unit.cells, written_cells(notebook), strict=True):
        yield from _outputs(unit, cell, made.get("outputs", []))
    yield from charts.in_run(unit, [(unit.cells[position], shown) for position, shown in run.shown])


def _outputs(unit: Unit, cell: SourceCell, outputs: list[nbformat.NotebookNode]) -> Faults:
    for output in outputs:
        if output.output_type == "stream" and output.name == "stderr":
            what = f"{cell.id} writes to stderr: {output.text[:200]!r}"
            yield Fault(unit.script, cell.line, what, "Mend its cause")
        for what, fix in access.output_barriers(output):
            yield Fault(unit.script, cell.line, f"{cell.id}: in its output, {what}", fix)
    yield from charts.bare_pictures(unit, cell, outputs)
    yield from _machine_names(unit, cell, outputs)
    if cell.is_check:
        states = [output.metadata.get(NOTE_KEY, {}).get("state") for output in outputs if "metadata" in output]
        if states != [RIGHT]:
            found = ", ".join(map(str, states)) or "nothing"
            what = f"{cell.id} finds the teacher's own solution {found}"
            yield Fault(unit.script, cell.line, what, "Correct the solution")


def _machine_names(unit: Unit, cell: SourceCell, outputs: Iterable[nbformat.NotebookNode]) -> Faults:
    """Yield a fault if an output names a path or an address in memory, which differ on every machine."""
    for output in outputs:
        found = _MACHINE.search("\n".join(_texts(output)))
        if found:
            what = f"{cell.id} shows a path or an address in memory, {found[0]!r}"
            yield Fault(unit.script, cell.line, what, "Show what is the same on every machine")
            return


def _texts(output: nbformat.NotebookNode) -> list[str]:
    data = output.get("data", {})
    # A picture's letters may spell anything.
    html = re.sub(r'src="data:[^"]*"', "", data.get("text/html", ""))
    return [output.get("text", ""), data.get("text/plain", ""), html, *output.get("traceback", [])]
