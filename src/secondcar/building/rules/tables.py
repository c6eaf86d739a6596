"""The tables that a course brings hold what their columns promise."""

import math
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import Course
from secondcar.data.places import TABLES
from secondcar.data.schema import claims_schema, facts_schema, sources_schema

_DATES = ("period_start", "period_end", "published")
_FIX = "Correct it"


def in_course(course: Course) -> Faults:
    """Yield what is wrong with course/data/, if the course has one."""
    if not course.data.is_dir():
        return
    missing = [table for table in TABLES if not (course.data / f"{table}.csv").is_file()]
    for table in missing:
        yield Fault(
            f"course/data/{table}.csv", 0, "the file is missing", f"Write it: {', '.join(TABLES)} belong together"
        )
    if missing:
        return
    frames: dict[str, pd.DataFrame] = {}
    for table in TABLES:
        try:
            frames[table] = pd.read_csv(
                course.data / f"{table}.csv", dtype="str", keep_default_na=False, na_values=[""]
            )
        except (ValueError, UnicodeDecodeError) as error:
            yield Fault(f"course/data/{table}.csv", 0, f"the file cannot be read as a table ({error})", _FIX)
    if len(frames) < len(TABLES):
        return
    broken = [fault for table, frame in frames.items() for fault in _typed(table, frame)]
    yield from broken
    if not broken:
        yield from _against_schemas(frames)


def _typed(table: str, frame: pd.DataFrame) -> Faults:
    """Convert the days and numbers of a table, and yield those that cannot be converted."""
    for column in frame.columns:
        kind = "day, such as 2018-08-31" if column in _DATES else "number without separators, such as 19000 or 1.6"
        if column in _DATES:
            read = pd.to_datetime(frame[column], format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
        elif column == "quantity":
            read = pd.to_numeric(frame[column], errors="coerce").astype("float64")
        else:
            continue
        for row in frame.index[frame[column].notna() & read.isna()]:
            what = f"{column} is {frame.loc[row, column]!r}, which is not a {kind}"
            yield Fault(*_place(table, row), what, _FIX)
        frame[column] = read


def _place(table: str, row: int) -> tuple[str, int]:
    return f"course/data/{table}.csv", row + 2


def _against_schemas(frames: dict[str, pd.DataFrame]) -> Faults:
    for table in ("sources", "facts", "claims"):
        if "id" not in frames[table]:
            yield Fault(f"course/data/{table}.csv", 1, "there is no column id", "Add it")
            return
    schemas = {
        "sources": sources_schema(),
        "facts": facts_schema(frames["sources"]["id"], units=None),
        "claims": claims_schema(frames["facts"]["id"], units=None),
    }
    for table, schema in schemas.items():
        columns = list(schema.columns)
        if list(frames[table].columns) != columns:
            yield Fault(
                f"course/data/{table}.csv", 1, "the columns are not as they must be", f"Write {','.join(columns)}"
            )
            continue
        try:
            schema.validate(frames[table], lazy=True)
        except SchemaErrors as errors:
            yield from _told(table, schema, errors.failure_cases)


def _told(table: str, schema: pa.DataFrameSchema, cases: pd.DataFrame) -> Faults:
    rules = {check.name: check.description for check in schema.checks}
    seen = set()
    for case in cases.itertuples():
        row = int(case.index) if case.index is not None and not _is_missing(case.index) else -1
        what = rules.get(str(case.check)) or _of_cell(schema, case)
        if (row, what) not in seen:
            seen.add((row, what))
            yield Fault(*_place(table, row), what, _FIX)


def _is_missing(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _of_cell(schema: pa.DataFrameSchema, case: Any) -> str:
    if str(case.check) == "field_uniqueness":
        return f"{case.column} {case.failure_case!r} is there twice"
    given = "empty" if _is_missing(case.failure_case) or case.failure_case is None else repr(case.failure_case)
    return f"{case.column} is {given}; it must be {schema.columns[case.column].description}"
