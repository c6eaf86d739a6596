"""Judging a table: rows found by their key, in any order of rows and columns."""

from secondcar.checks.numbers import ROUND_OFF, describe_slip, find_slip, is_rounding_of
from secondcar.checks.values import is_blank, read_number
from secondcar.checks.verdict import UNIT_SLIP, NotAttempted, Unreadable, Verdict, right, wrong


def judge_table(exercise: dict, value: object) -> Verdict:
    """Judge a table; each column that is asked for and right earns its share.

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

    problem = _row_problem(cells, wanted, key)
    fitting = [c for c in columns if _column_fits(cells, wanted, c, exercise)]
    share = 0.0 if problem else len(fitting) / len(columns)
    if share == 1.0:
        return right(exercise.get("right", "Right."), given)
    for mistake in exercise["mistakes"]:
        if _is_mistake(cells, mistake["value"], key, columns):
            return wrong(mistake["means"], mistake=mistake["id"], share=share, given=given)
    if problem:
        return wrong(problem, given=given)
    column = next(c for c in columns if c not in fitting)
    slip = _find_column_slip(cells, wanted, column, exercise)
    if slip:
        message = f'Column "{column}": {describe_slip(slip, exercise.get("unit", ""))}'
        return wrong(message, mistake=f"{UNIT_SLIP}-{slip[0]}", share=share, given=given)
    row = next(r for r in wanted if not _cell_fits(cells[r][column], wanted[r][column], column, exercise))
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
        except (ValueError, TypeError) as error:
            raise Unreadable(f"I cannot make a table of this: {error}.") from None
    if not isinstance(value, pd.DataFrame):
        raise Unreadable(f"This is of the type {type(value).__name__}, and I need a table (a DataFrame).")
    frame = value.rename(columns=_as_text)
    if _as_text(key) not in frame.columns:
        names = [_as_text(name) for name in frame.index.names]
        if _as_text(key) in names or (names == ["none"] and not isinstance(frame.index, pd.RangeIndex)):
            frame = frame.rename_axis(index=_as_text(key) if names == ["none"] else _as_text).reset_index()
    for name in (key, *columns):
        count = list(frame.columns).count(_as_text(name))
        if count != 1:
            raise Unreadable(
                f'There is no column "{name}" in this table. Its columns are: {", ".join(map(str, value.columns))}.'
                if count == 0
                else f'The column "{name}" is there {count} times. Keep one.'
            )
    return frame


def _read_cells(frame, key: str, columns: dict) -> dict[str, dict]:
    """Return row key -> column -> cell; NotAttempted when every cell asked for is still ``...``."""
    cells: dict[str, dict] = {}
    for record in frame[[_as_text(name) for name in (key, *columns)]].to_dict("records"):
        row = _as_text(record[_as_text(key)])
        if row in cells:
            raise Unreadable(f'The row "{row}" is there more than once. Keep one.')
        cells[row] = {column: record[_as_text(column)] for column in columns}
    if cells and all(is_blank(cell) for row in cells.values() for cell in row.values()):
        raise NotAttempted
    return cells


def _row_problem(cells: dict, wanted: dict, key: str) -> str | None:
    missing = [row for row in wanted if row not in cells]
    extra = [row for row in cells if row not in wanted]
    if missing:
        return f'The row with {key} "{missing[0]}" is missing.'
    if extra:
        return f'The row with {key} "{extra[0]}" does not belong here. Which rows does the question ask for?'
    return None


def _column_fits(cells: dict, wanted: dict, column: str, exercise: dict) -> bool:
    return all(row in cells and _cell_fits(cells[row][column], wanted[row][column], column, exercise) for row in wanted)


def _cell_fits(cell: object, answer: object, column: str, exercise: dict) -> bool:
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
    return all(_is_wrong_cell(row[column], mistaken[column], columns[column]) for column in mistaken if column != key)


def _is_wrong_cell(cell: object, mistaken: object, kind: str) -> bool:
    if _is_missing(mistaken):
        return _is_missing(cell)
    if kind == "text":
        return _as_text(cell) == _as_text(mistaken)
    number = _number_or_none(cell)
    return number is not None and is_rounding_of(number, mistaken)


def _find_column_slip(cells: dict, wanted: dict, column: str, exercise: dict) -> tuple[str, bool] | None:
    """Return the slip in size that one wrong cell of a number column shows, or None."""
    if exercise["columns"][column] == "text":
        return None
    for row, answers in wanted.items():
        number = _number_or_none(cells[row][column])
        if number is None or _cell_fits(number, answers[column], column, exercise):
            continue

        def fits(factor: float, number=number, answer=answers[column]) -> bool:
            return not _is_missing(answer) and _cell_fits(number * factor, answer, column, exercise)

        return find_slip(fits) if number else None
    return None


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
