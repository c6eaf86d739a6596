"""A table: rows found by their key, in any order of rows and columns."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks import derived, worked
from secondcar.checks.exercise import Evaluate, Exercise, Label, Mistake, Written
from secondcar.checks.kinds.number import not_the_number
from secondcar.checks.numbers import ROUND_OFF, describe_slip, find_slip, is_rounded_enough, is_rounding_of, kept
from secondcar.checks.values import as_text, describe_number, is_blank, plain, read_number
from secondcar.checks.verdict import UNIT_SLIP, CannotRead, NotAttempted, Verdict, right, wrong
from secondcar.counting import counted

# Column -> cell; an empty text is an empty cell.
Row = Mapping[str, float | str]
# What the learner's table holds: row key -> column -> cell.
Cells = dict[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Table(Exercise[Row]):
    """A table. The value of a mistake is a row's key and its wrong cells.

    Attributes:
        unit: the unit of its numbers.
        within: how far a number may be off, relative to the right one.
        key: the column that names a row.
        columns: the columns that are judged, each ``"number"`` or ``"text"``.
        right: what to say to a right answer.
        rows: the rows that are asked for.
        derived: row key -> column -> ways in which the cell's expression goes wrong, each with its number.
    """

    kind = "table"

    unit: str = ""
    within: float
    key: str
    columns: Mapping[str, str]
    right: str = "Right."
    rows: Sequence[Row]
    derived: Mapping[str, Mapping[str, Sequence[tuple[str, float]]]] | None = None

    def judge(self, value: Any) -> Verdict:
        """Judge a table; each cell that is asked for and right earns its share, rows too many lower it.

        Args:
            value: a DataFrame, a Series with the keys as index, or what `pandas.DataFrame` takes. The key may be the
                index. Other columns are left alone.
        """
        wanted = {plain(row[self.key]): row for row in self.rows}
        cells = _read_cells(_as_frame(value, self.key, self.columns), self.key, self.columns)
        given = f"Your table was read with {counted(len(cells), 'row')}."

        unfit = [(r, c) for c in self.columns for r in wanted if not self._cell_fits(cells, r, c, wanted[r][c])]
        asked, extra = len(wanted) * len(self.columns), len(cells.keys() - wanted.keys())
        share = (asked - len(unfit)) / (asked + extra * len(self.columns))
        if share == 1.0:
            return right(self.right, given)
        for mistake in self.mistakes:
            if _is_mistake(cells, mistake.value, self.key, self.columns):
                return wrong(mistake.means, mistake=mistake.id, share=share, given=given)
        problem = _shape_problem(cells, wanted, self.key, self.columns)
        if problem:
            return wrong(problem, share=share, given=given)
        row, column = unfit[0]
        message, shown = self._explain_cell(cells[row][column], row, column, wanted[row][column])
        return wrong(message, mistake=shown, share=share, given=given)

    def _explain_cell(self, cell: object, row: str, column: str, answer: float | str) -> tuple[str, str | None]:
        """Return what to say about a cell that does not fit, and the mistake that it shows, if it shows one."""
        slip = self._find_cell_slip(cell, column, answer)
        if slip:
            return f'Column "{column}": {describe_slip(slip, self.unit)}', f"{UNIT_SLIP}-{slip[0]}"
        number = _number_or_none(cell)
        ways = (self.derived or {}).get(row, {}).get(column, ())
        again = f'Look at column "{column}" again, in the row "{row}": it holds {_show(cell)}'
        if number is not None and not isinstance(answer, str):
            elsewhere = next((other for other in self.rows if self._value_fits(cell, column, other[column])), None)
            if elsewhere:
                return f'{again}, which belongs to the row "{elsewhere[self.key]}". Which rows changed places?', None
        way = None if number is None else derived.way_to(number, ways)
        if way:
            return f'Column "{column}", row "{row}": {derived.means(way)}', derived.mistake_id(way)
        if number is not None and not isinstance(answer, str):
            band = sorted((answer * (1 - self.within), answer * (1 + self.within)))
            return f"{again}. {not_the_number(number, band)}", None
        if isinstance(cell, str) and self.columns[column] == "number" and not _is_missing(cell):
            return f"{again}, which is text. A number stands there without quotes, words and units.", None
        return f"{again}.", None

    def _cell_fits(self, cells: Cells, row: str, column: str, answer: float | str) -> bool:
        return column in cells.get(row, {}) and self._value_fits(cells[row][column], column, answer)

    def _value_fits(self, cell: object, column: str, answer: float | str) -> bool:
        if _is_missing(answer):
            return _is_missing(cell)
        if isinstance(answer, str) or self.columns[column] == "text":
            return as_text(cell) == plain(answer)
        number = _number_or_none(cell)
        if number is None:
            return False
        near = abs(number - answer) <= max(self.within * abs(answer), ROUND_OFF)
        return near or is_rounded_enough(number, answer, self.unit)

    def _find_cell_slip(self, cell: object, column: str, answer: float | str) -> tuple[str, bool] | None:
        """Return the slip in size that a wrong number shows, or None."""
        number = _number_or_none(cell)
        if not number or _is_missing(answer) or self.columns[column] == "text":
            return None
        return find_slip(lambda factor: self._value_fits(number * factor, column, answer))

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        return {"rows": [_kept_cells(row, written["columns"], evaluate) for row in written["answer"]]}

    def with_derived(self, written: Written, evaluate: Evaluate) -> Self:
        def of_cell(expression: object, column: str, answer: float | str) -> list[tuple[str, float]]:
            return derived.numbers(
                expression,
                self.unit,
                evaluate,
                lambda number: self._value_fits(number, column, answer),
                lambda number: self._find_cell_slip(number, column, answer) is not None,
            )

        found = {
            plain(row[self.key]): {
                column: of_cell(cell, column, row[column])
                for column in self._numeric
                if isinstance(cell := expressions[column], str) and not _is_missing(cell)
            }
            for row, expressions in zip(self.rows, written["answer"], strict=True)
        }
        return dataclasses.replace(self, derived=found)

    def formula(self, written: Written, label: Label) -> str:
        first = written["answer"][0]
        formulas = {column: worked.formula(first[column], label) for column in self._numeric}
        named = [f"{column} = {formula}" for column, formula in formulas.items() if formula]
        return f"in the row {first[self.key]}, {'; '.join(named)}" if len(named) == 1 else ""

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        lines = []
        for row, expressions in zip(self.rows, written["answer"], strict=True):
            cells = [f"{column} = {_number_or_text(row[column])}" for column in self.columns]
            first = row is self.rows[0]
            for column in self._numeric if first else []:
                taken = worked.steps(expressions[column], evaluate, label)
                lines += ["\n".join([f"{column}, in the row {row[self.key]}:", *taken])] if taken else []
            lines.append(f"The row {row[self.key]}: {', '.join(cells)}.")
        return lines

    @property
    def _numeric(self) -> list[str]:
        return [column for column, kind in self.columns.items() if kind == "number"]

    def mistake_value(self, value: Any, evaluate: Evaluate) -> Row:
        return _kept_cells(value, self.columns, evaluate)

    def solution(self, written: Written, evaluate: Evaluate) -> Sequence[Row]:
        return self.rows

    def mistaken_source(self, mistake: Mistake[Row], written: Any) -> str:
        wrong_row = mistake.value[self.key]
        return repr([{**row, **mistake.value} if row[self.key] == wrong_row else row for row in self.rows])

    def other_forms(self, value: Any) -> list[object]:
        import pandas as pd

        frame = pd.DataFrame(value)
        shuffled = frame.sample(frac=1, random_state=2)
        return [frame, shuffled[frame.columns[::-1]], frame.to_dict("list")]

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        """Change one cell at a time: to another row's value, or a number by one in its last digit that is not zero."""
        import pandas as pd

        frame = solution.to_frame(next(iter(self.columns))) if isinstance(solution, pd.Series) else solution
        frame = frame if self.key in frame.columns else frame.rename_axis(index=self.key).reset_index()
        for column, kind in self.columns.items():
            cells = frame[column].tolist()
            for row, cell in enumerate(cells):
                others = {repr(other): other for other in cells if pd.notna(other) and other != cell}
                if kind == "number" and pd.notna(cell):
                    others["one off"] = cell + _last_digit(cell)
                for other_name, other in others.items():
                    changed = frame.astype({column: object})
                    changed.loc[changed.index[row], column] = other
                    yield f"{column} of {frame[self.key].iloc[row]}: {other_name}", changed


def _last_digit(number: float) -> float:
    """Return the size of a number's last digit that is not zero.

    >>> _last_digit(19000), _last_digit(1.6)
    (1000.0, 0.1)
    """
    from decimal import Decimal

    return 10.0 ** int(Decimal(f"{number:.4e}").normalize().as_tuple().exponent)


def _kept_cells(row: Mapping[str, Any], columns: Mapping[str, str], evaluate: Evaluate) -> Row:
    """Evaluate the number cells of a row; an empty text stays an empty cell."""
    return {
        column: kept(evaluate(cell)) if columns.get(column) == "number" and cell != "" else cell
        for column, cell in row.items()
    }


def _as_frame(value: Any, key: str, columns: Mapping[str, str]) -> Any:
    """Turn the learner's value into a DataFrame with plain text column names and the key as a column."""
    import pandas as pd  # only a learner who has a table needs pandas

    if is_blank(value):
        raise NotAttempted
    if isinstance(value, pd.Series):
        value = value.to_frame(value.name if value.name in columns else next(iter(columns)))
    if isinstance(value, list | dict):
        try:
            value = pd.DataFrame(value)
        except (ValueError, TypeError):
            raise CannotRead(
                "I cannot make a table of this. Give each column a list, and make all lists equally long, as in "
                f'pd.DataFrame({{"{key}": [...], ...}}).'
            ) from None
    if not isinstance(value, pd.DataFrame):
        raise CannotRead(f"This is of the type {type(value).__name__}, and I need a table (a DataFrame).")
    frame = value.rename(columns=plain)
    if plain(key) not in frame.columns:
        names = [plain(name) for name in frame.index.names]
        if plain(key) in names or (names == ["none"] and not isinstance(frame.index, pd.RangeIndex)):
            frame = frame.rename_axis(index=plain(key) if names == ["none"] else plain).reset_index()
    names = [plain(name) for name in (key, *columns)]
    for name in names:
        if list(frame.columns).count(name) > 1:
            raise CannotRead(f'The column "{name}" is there more than once. Keep one.')
    if names[0] not in frame.columns or not set(names[1:]) & set(frame.columns):
        asked, found = ", ".join(names), ", ".join(map(str, value.columns))
        raise CannotRead(f"I need a table with the columns {asked}, and this one has: {found}.")
    return frame


def _read_cells(frame: Any, key: str, columns: Mapping[str, str]) -> Cells:
    """Return row key -> column -> cell, for the columns that are there.

    Raises:
        NotAttempted: every cell is still ``...``.
        CannotRead: two rows have the same key.
    """
    there = [column for column in columns if plain(column) in frame.columns]
    cells: Cells = {}
    for record in frame[[plain(name) for name in (key, *there)]].to_dict("records"):
        row = plain(record[plain(key)])
        if row in cells:
            raise CannotRead(f'The row "{row}" is there more than once. Keep one.')
        cells[row] = {column: record[plain(column)] for column in there}
    if cells and all(is_blank(cell) for row in cells.values() for cell in row.values()):
        raise NotAttempted
    return cells


def _shape_problem(cells: Cells, wanted: Mapping[str, Row], key: str, columns: Mapping[str, str]) -> str | None:
    """Return which row or column is missing or too many, or None if the table has the shape asked for."""
    for row in wanted:
        if row not in cells:
            return f'The row with {key} "{row}" is missing.'
    for row in cells:
        if row not in wanted:
            return f'The row with {key} "{row}" does not belong here. Which rows does the question ask for?'
    for column in columns:
        if column not in next(iter(cells.values())):
            return f'There is no column "{column}" yet.'
    return None


def _is_mistake(cells: Cells, mistaken: Row, key: str, columns: Mapping[str, str]) -> bool:
    row = cells.get(plain(mistaken[key]))
    if row is None:
        return False
    return all(
        column in row and _is_wrong_cell(row[column], mistaken[column], columns[column])
        for column in mistaken
        if column != key
    )


def _is_wrong_cell(cell: object, mistaken: float | str, kind: str) -> bool:
    if _is_missing(mistaken):
        return _is_missing(cell)
    if isinstance(mistaken, str) or kind == "text":
        return as_text(cell) == plain(mistaken)
    number = _number_or_none(cell)
    return number is not None and is_rounding_of(number, mistaken)


def _number_or_none(cell: object) -> float | None:
    try:
        return read_number(cell)
    except (CannotRead, NotAttempted):
        return None


def _is_missing(cell: object) -> bool:
    """Return whether a cell is empty: None, NaN, NA or an empty text."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    return type(cell).__name__ in ("NAType", "NaTType") or (isinstance(cell, float) and cell != cell)


def _number_or_text(cell: float | str) -> str:
    return cell or "an empty cell" if isinstance(cell, str) else describe_number(cell)


def _show(cell: object) -> str:
    if is_blank(cell):
        return "nothing yet"
    if _is_missing(cell):
        return "an empty cell"
    return f'"{cell}"' if isinstance(cell, str) else f"{cell}"
