"""What a worker accepts as settings of a cell is what nbgrader accepts, the first time and the second."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.nbgraderformat import MetadataValidator, common

from secondcar.grading.workers.validation import compile_schemas_once

RIGHT = {"grade": True, "locked": True, "solution": False, "schema_version": 3, "grade_id": "a", "points": 1}


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"points": 1.0},
        {"points": True},
        {"points": -1},
        {"schema_version": 3.0},
        {"grade_id": "a b"},
        {"further": 1},
        {"checksum": "x" * 5000},
    ],
)
def test_settings_are_accepted_as_nbgrader_does(other: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = _said_of({**RIGHT, **other})
    # The module's own is put back when the test ends.
    monkeypatch.setattr(common, "jsonschema", common.jsonschema)
    compile_schemas_once()
    assert [_said_of({**RIGHT, **other}), _said_of({**RIGHT, **other})] == [theirs, theirs]


def _said_of(settings: dict) -> str:
    cell = new_code_cell()
    cell.metadata.nbgrader = NotebookNode(settings)
    try:
        MetadataValidator().validate_cell(cell)
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "accepted"
