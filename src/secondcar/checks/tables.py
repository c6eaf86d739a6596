"""Judging a table: rows found by their key, in any order of rows and columns."""

from secondcar.checks.numbers import ROUND_OFF, describe_slip, find_slip, is_rounding_of
from secondcar.checks.values import is_blank, read_number
from secondcar.checks.verdict import UNIT_SLIP, NotAttempted, Unreadable, Verdict, right, wrong


def judge_table(exercise: dict, value: object) -> Verdict:
    """Judge a table; each cell that is asked for and right earns its share, rows too many lower it.

    Args:
        exercise: with ``key`` (the column that names a row), ``columns`` (name -> ``"number"`` or ``"text"``),
            ``rows`` (list of column -> value), ``within`` (how far a number may be off, relative to the right one),
            ``unit``, and ``mistakes`` whose ``value`` is a row's key plus the wrong cell, as column -> value.
        value: a DataFrame, a Series with the keys as index, or what `pandas.DataFrame` takes. The key may be the
            index. Other columns are left alone.
    """
    import pandas as pd  # only a learner who has a table needs pandas

    key, columns = exercise["key"], exercise["columns"]
    wanted = {_as_text(row[key]): row for row in exercise["rows"]}
    cells = _read_cells(_as_frame(value, key, columns, pd), key, columns)
    given = f"Your table was read with {len(cells)} rows."

    unfit = [(r, c) for c in columns for r in wanted if not _cell_fits(cells, r, c, wanted[r][c], exercise)]
    asked, extra = len(wanted) * len(columns), len(cells.keys() - wanted.keys())
    share = (asked - len(unfit)) / (asked + extra * len(columns))
    if share == 1.0:
        return right(exercise.get("right", "Right."), given)
    for mistake in exercise["mistakes"]:
        if _is_mistake(cells, mistake["value"], key, columns):
            return wrong(mistake["means"], mistake=mistake["id"], share=share, given=given)
    problem = _shape_problem(cells, wanted, key, columns)
    if problem:
        return wrong(problem, share=share, given=given)
    row, column = unfit[0]
    slip = _find_cell_slip(cells, row, column, wanted[row][column], exercise)
    if slip:
        message = f'Column "{column}": {describe_slip(slip, exercise.get("unit", ""))}'
        return wrong(message, mistake=f"{UNIT_SLIP}-{slip[0]}", share=share, given=given)
    return wrong(
        f'Look at column "{column}" again, in the row "{row}": it holds {_show(cells[row][column])}.',
        share=share,
        given=given,
    )


def _as_frame(value: object, key: str, columns: dict, pd):
    """Turn the learner's value into a DataFrame with plain text column names and the key as a column."""
    if is_blank(value):
        raise NotAttempted
    if isinstance(value, pd.Series):
        value = value.to_frame(value.name if value.name in columns else next(iter(columns)))
    if isinstance(value, list | dict):
        try:
            value = pd.DataFrame(value)
        except (ValueError, TypeError):
            raise Unreadable(
                "I cannot make a table of this. Give each column a list, and make all lists equally long, as in "
                f'pd.DataFrame({{"{key}": [...], ...}}).'
            ) from None
    if not isinstance(value, pd.DataFrame):
        raise Unreadable(f"This is of the type {type(value).__name__}, and I need a table (a DataFrame).")
    frame = value.rename(columns=_as_text)
    if _as_text(key) not in frame.columns:
        names = [_as_text(name) for name in frame.index.names]
        if _as_text(key) in names or (names == ["none"] and not isinstance(frame.index, pd.RangeIndex)):
            frame = frame.rename_axis(index=_as_text(key) if names == ["none"] else _as_text).reset_index()
    names = [_as_text(name) for name in (key, *columns)]
    for name in names:
        if list(frame.columns).count(name) > 1:
            raise Unreadable(f'The column "{name}" is there more than once. Keep one.')
    if names[0] not in frame.columns or not set(names[1:]) & set(frame.columns):
        asked, found = ", ".join(names), ", ".join(map(str, value.columns))
        raise Unreadable(f"I need a table with the columns {asked}, and this one has: {found}.")
    return frame


def _read_cells(frame, key: str, columns: dict) -> dict[str, dict]:
    """Return row key -> column -> cell, for the columns that are there.

    Raises:
        NotAttempted: every cell is still ``...``.
        Unreadable: two rows have the same key.
    """
    there = [column for column in columns if _as_text(column) in frame.columns]
    cells: dict[str, dict] = {}
    for record in frame[[_as_text(name) for name in (key, *there)]].to_dict("records"):
        row = _as_text(record[_as_text(key)])
        if row in cells:
            raise Unreadable(f'The row "{row}" is there more than once. Keep one.')
        cells[row] = {column: record[_as_text(column)] for column in there}
    if cells and all(is_blank(cell) for row in cells.values() for cell in row.values()):
        raise NotAttempted
    return cells


def _shape_problem(cells: dict, wanted: dict, key: str, columns: dict) -> str | None:
    """Say which row or column is missing or too many, or None if the table has the shape asked for."""
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


def _cell_fits(cells: dict, row: str, column: str, answer: object, exercise: dict) -> bool:
    if column not in cells.get(row, {}):
        return False
    return _value_fits(cells[row][column], answer, column, exercise)


def _value_fits(cell: object, answer: object, column: str, exercise: dict) -> bool:
    if _is_missing(answer):
        return _is_missing(cell)
    if exercise["columns"][column] == "text":
        return _as_text(cell) == _as_text(answer)
    number = _number_or_none(cell)
    return number is not None and abs(number - answer) <= max(exercise["within"] * abs(answer), ROUND_OFF)


def _is_mistake(cells: dict, mistaken: dict, key: str, columns: dict) -> bool:
    row = cells.get(_as_text(mistaken[key]))
    if row is None:
        return False
    return all(
        column in row and _is_wrong_cell(row[column], mistaken[column], columns[column])
        for column in mistaken
        if column != key
    )


def _is_wrong_cell(cell: object, mistaken: object, kind: str) -> bool:
    if _is_missing(mistaken):
        return _is_missing(cell)
    if kind == "text":
        return _as_text(cell) == _as_text(mistaken)
    number = _number_or_none(cell)
    return number is not None and is_rounding_of(number, mistaken)


def _find_cell_slip(cells: dict, row: str, column: str, answer: object, exercise: dict) -> tuple[str, bool] | None:
    """Return the slip in size that a wrong number shows, or None."""
    number = _number_or_none(cells[row][column])
    if not number or _is_missing(answer) or exercise["columns"][column] == "text":
        return None
    return find_slip(lambda factor: _value_fits(number * factor, answer, column, exercise))


def _number_or_none(cell: object) -> float | None:
    try:
        return read_number(cell)
    except (Unreadable, NotAttempted):
        return None


def _is_missing(cell: object) -> bool:
    """Tell whether a cell is empty: None, NaN, NA or an empty text."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    return type(cell).__name__ in ("NAType", "NaTType") or (isinstance(cell, float) and cell != cell)


def _as_text(cell: object) -> str:
    return " ".join(str(cell).split()).casefold()


def _show(cell: object) -> str:
    if is_blank(cell):
        return "nothing yet"
    if _is_missing(cell):
        return "an empty cell"
    return f'"{cell}"' if isinstance(cell, str) else f"{cell}"
