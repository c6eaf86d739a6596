"""How far a learner has come: what is right, partly right, tried and open in each unit, and what to do next."""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from secondcar.checks import record
from secondcar.checks.answers_file import decode, file_in, unit_folder
from secondcar.counting import counted
from secondcar.files import write_whole
from secondcar.note_format import RIGHT

START_PAGE = "start-here.md"
STATES = (RIGHT, record.PARTLY, record.TRIED, record.OPEN)
# Each with its own pattern of light and dark, so that no state is told by colour alone.
_FILLS = {
    RIGHT: "background: #2e8b57",
    record.PARTLY: "background: repeating-linear-gradient(45deg, #2f86b8 0 4px, transparent 4px 8px)",
    record.TRIED: "background: repeating-linear-gradient(90deg, #b8741a 0 2px, transparent 2px 6px)",
    record.OPEN: "background: transparent",
}


@dataclass(frozen=True)
class UnitProgress:
    """One unit: exercise -> state, in the order of the unit, and the mistakes met there and cured."""

    name: str
    states: dict[str, str]
    met: int
    cured: int

    def count(self, state: str) -> int:
        return list(self.states.values()).count(state)


def progress(only: str | None = None) -> None:
    """Show how far you are, unit by unit, and what to do next. It is read from your own folder and sent nowhere.

    Args:
        only: "no-code" lists the exercises that need no code: a number, a range or a choice.

    >>> progress()  # doctest: +SKIP
    >>> progress(only="no-code")  # doctest: +SKIP
    """
    from secondcar.checks.session import publish

    unit = unit_folder()
    if unit is None:
        publish("There is no unit in this folder: run progress() in a unit's notebook.", "", {})
        return
    folder = unit.parent
    units = read_progress(folder, only)
    publish(as_text(units), as_html(units), {"progress": {u.name: u.count(RIGHT) for u in units}})


def read_progress(folder: Path, only: str | None = None) -> list[UnitProgress]:
    """Return the progress in each unit that lies in a folder; exercises that a person marks are left out.

    Versions that were put beside a unit do not count.

    Raises:
        ValueError: `only` is neither None nor "no-code".
    """
    if only not in (None, "no-code"):
        raise ValueError(f'There is no choice "{only}": leave it out, or write only="no-code".')
    known = record.read_record(folder)
    units = []
    for path in filter(Path.is_file, map(file_in, sorted(folder.glob("*/")))):
        try:
            text = path.read_text(encoding="utf-8")
            exercises, unit = decode(text), json.loads(text)["unit"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # a damaged unit says so itself when it is opened
        if unit != path.parent.name and file_in(folder / unit).is_file():
            continue  # an old version that was kept, or a newer one, beside the learner's own
        asked = [n for n, e in exercises.items() if not e.by_hand and not (only and e.needs_code)]
        tried = {name: known.get(path.parent.name, {}).get(name, record.Tried()) for name in asked}
        met = [name for name, entry in tried.items() for _ in entry.mistakes]
        cured = [name for name in met if tried[name].state == RIGHT]
        states = {name: entry.state for name, entry in tried.items()}
        units.append(UnitProgress(path.parent.name, states, len(met), len(cured)))
    return units


def write_start_page(work: Path) -> Path:
    """Write the page that JupyterLab opens with: where the learner left off, and all units, each with its link.

    Raises:
        CourseError: it cannot be written.
    """
    units = read_progress(work)
    todo = next_exercise(units)
    go_on = f"**Go on here: [{todo[0]}]({todo[0]}/{todo[0]}.ipynb)**, at `{todo[1]}`." if todo else _next(units)
    lines = ["# Every Second Car", "", go_on, "", "| unit | right | of |", "|---|---|---|"]
    lines += [f"| [{u.name}]({u.name}/{u.name}.ipynb) | {u.count(RIGHT)} | {len(u.states)} |" for u in units]
    lines += ["", f"{_total(units)} {_mistakes(units)}", ""]
    lines += [
        "`progress()` in any unit shows this anew. This page is written at each start: keep your notes elsewhere.",
        "",
    ]
    page = work / START_PAGE
    write_whole(page, "\n".join(lines))
    return page


def next_exercise(units: Sequence[UnitProgress]) -> tuple[str, str] | None:
    """Return the unit and the exercise to go on with: the first not yet right, in the last unit begun."""
    begun = [unit for unit in units if any(state != record.OPEN for state in unit.states.values())]
    for unit in [*reversed(begun), *units]:
        for exercise, state in unit.states.items():
            if state != RIGHT:
                return unit.name, exercise
    return None


def as_text(units: Sequence[UnitProgress]) -> str:
    """Return the progress as a table in plain text, with the next step."""
    width = max((len(unit.name) for unit in units), default=0)
    lines = [f"[Progress] {_total(units)}"]
    for unit in units:
        counts = ", ".join(f"{unit.count(state)} {state}" for state in STATES if unit.count(state))
        lines.append(f"{unit.name:{width}}  {counts or 'no exercise'}")
    return "\n".join([*lines, _mistakes(units), f"Next: {_next(units)}"])


def as_html(units: Sequence[UnitProgress]) -> str:
    """Return the progress as a table with a bar for each unit, all to one scale from zero, and a link to go on."""
    longest = max((len(unit.states) for unit in units), default=1) or 1
    rows = "".join(_row(unit, longest) for unit in units)
    heads = "".join(f'<th scope="col" style="text-align: right; padding: 0 0.6em">{state}</th>' for state in STATES)
    todo = next_exercise(units)
    link = f'<a href="../{todo[0]}/{todo[0]}.ipynb">{todo[0]}</a>, <code>{todo[1]}</code>' if todo else _next(units)
    return (
        '<div role="note" aria-label="Progress" style="border-left: 0.4em solid #2f86b8; padding: 0.5em 0.9em; '
        f'color: inherit; max-width: 52em"><p style="margin: 0"><strong>Progress.</strong> {_total(units)}</p>'
        '<table style="border-collapse: collapse; margin: 0.4em 0"><thead><tr><th scope="col" '
        f'style="text-align: left">unit</th><th scope="col" style="text-align: left">exercises</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        f'<p style="margin: 0">{_mistakes(units)}</p><p style="margin: 0">Next: {link}</p></div>'
    )


def _row(unit: UnitProgress, longest: int) -> str:
    parts = "".join(
        f'<span style="display: inline-block; height: 0.9em; width: {unit.count(state) / longest * 12:.2f}em; '
        f'{_FILLS[state]}; border: 1px solid currentColor; box-sizing: border-box"></span>'
        for state in STATES
        if unit.count(state)
    )
    cells = "".join(f'<td style="text-align: right; padding: 0 0.6em">{unit.count(state)}</td>' for state in STATES)
    name = html.escape(unit.name)
    return (
        f'<tr><th scope="row" style="text-align: left; font-weight: normal; padding-right: 0.8em">'
        f'<a href="../{name}/{name}.ipynb">{name}</a></th>'
        f'<td aria-hidden="true" style="white-space: nowrap; text-align: left; min-width: 12em">{parts}</td>{cells}'
        "</tr>"
    )


def _total(units: Sequence[UnitProgress]) -> str:
    right, asked = sum(u.count(RIGHT) for u in units), sum(len(u.states) for u in units)
    return f"{right} of {counted(asked, 'exercise')} right."


def _mistakes(units: Sequence[UnitProgress]) -> str:
    met, cured = sum(u.met for u in units), sum(u.cured for u in units)
    return f"Mistakes met: {met}; cured: {cured}." if met else "No known mistake met so far."


def _next(units: Sequence[UnitProgress]) -> str:
    todo = next_exercise(units)
    return f"{todo[0]}, {todo[1]}" if todo else "all is right. Take a text of your own."
