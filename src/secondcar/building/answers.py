"""Reads a unit's answers.toml; `answers.schema.json` beside this file documents every key."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema

from secondcar.building.errors import BuildError
from secondcar.building.prose import fill
from secondcar.checks.exercise import Written

SCHEMA = json.loads(Path(__file__).with_name("answers.schema.json").read_text(encoding="utf-8"))


def read_answers(path: Path) -> dict[str, Written]:
    """Read an answers.toml and check that each exercise has all that its kind needs.

    Returns:
        Exercise id -> the exercise as written, texts filled, ``kind`` and ``mistakes`` always there.

    Raises:
        BuildError: the file is missing, is no TOML, or an exercise lacks something.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BuildError(f"{named(path)} is missing: write it, with one table for each exercise.") from None
    except tomllib.TOMLDecodeError as error:
        raise BuildError(f"{named(path)} cannot be read ({error}): correct it there.") from error
    problem = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(SCHEMA).iter_errors(written))
    if problem:
        exercise, *keys = [str(key) for key in problem.absolute_path] or ["?"]
        at = f" at {'.'.join(keys)}" if keys else ""
        raise BuildError(
            f"{named(path)}: exercise {exercise}{at}: {problem.message[:200]}. "
            "Write it as building/answers.schema.json says."
        )
    return {name: _with_texts_filled(path, name, exercise) for name, exercise in written.items()}


def named(path: Path) -> str:
    """Return a file's name with its two folders, as errors give it."""
    return "/".join(path.parts[-3:])


def _with_texts_filled(path: Path, name: str, written: Written) -> Written:
    where = f"{named(path)}: exercise {name}"
    filled: dict[str, Any] = {"kind": "number", "mistakes": [], **written}
    for key in ("ask", "right"):
        if key in filled:
            filled[key] = fill(filled[key], where)
    filled["hints"] = [fill(text, where) for text in filled["hints"]]
    filled["mistakes"] = [{**m, "means": fill(m["means"], where)} for m in filled["mistakes"]]
    if "levels" in filled:
        filled["levels"] = [
            {**level, "when": fill(level["when"], where), "example": fill(level["example"], where)}
            for level in filled["levels"]
        ]
    for claim_id in filled["claims"]:
        fill(f'{{{{ quote("{claim_id}") }}}}', where)
    return filled
