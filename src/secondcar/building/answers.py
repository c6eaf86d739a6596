"""Reads a unit's answers.toml, proves it right, and turns it into exercises for `answers.json`.

`answers.schema.json` beside this file documents every key.
"""

import json
import math
import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so

from secondcar.building.errors import BuildError
from secondcar.building.prose import fill
from secondcar.charts import set_alt_text
from secondcar.checks import judge
from secondcar.checks.numbers import NEAR, SLIPS, in_band
from secondcar.checks.verdict import NOT_ATTEMPTED, RIGHT
from secondcar.data import claim, fact

SCHEMA = json.loads(Path(__file__).with_name("answers.schema.json").read_text(encoding="utf-8"))
EXPRESSION_NAMES = {
    "claim": claim,
    "fact": fact,
    "inf": math.inf,
    "math": math,
    "np": np,
    "pd": pd,
    "plt": plt,
    "sns": sns,
    "so": so,
    "set_alt_text": set_alt_text,
    "Fraction": Fraction,
    "Decimal": Decimal,
}
# Values are rounded to this many digits, so that every platform's arithmetic writes the same bytes.
KEPT_DIGITS = 12


def read_answers(path: Path) -> dict[str, dict]:
    """Read an answers.toml and check that each exercise has all that its kind needs.

    Returns:
        Exercise id -> the exercise as written, texts filled, ``kind`` and ``mistakes`` always there.

    Raises:
        BuildError: the file is missing, is no TOML, or an exercise lacks something.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BuildError(f"{_name(path)} is missing: write it, with one table for each exercise.") from None
    except tomllib.TOMLDecodeError as error:
        raise BuildError(f"{_name(path)} cannot be read ({error}): correct it there.") from error
    problem = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(SCHEMA).iter_errors(written))
    if problem:
        exercise, *keys = [str(key) for key in problem.absolute_path] or ["?"]
        at = f" at {'.'.join(keys)}" if keys else ""
        raise BuildError(
            f"{_name(path)}: exercise {exercise}{at}: {problem.message[:200]}. "
            "Write it as building/answers.schema.json says."
        )
    return {name: _with_texts_filled(path, name, exercise) for name, exercise in written.items()}


def compile_exercise(path: Path, name: str, written: dict, points: float) -> dict:
    """Evaluate an exercise's expressions and prove that its answer, mistakes and bank behave.

    Args:
        path: its answers.toml, for errors.
        written: the exercise as `read_answers` returns it.
        points: nbgrader's points of its graded cell or its task.

    Returns:
        The exercise as `secondcar.checks.judge` takes it. Of a written answer, which is marked by hand, only what
        the learner may see: its points and hints.

    Raises:
        BuildError: the answer is outside its own band, a mistake inside it, or the like.
    """
    if written["kind"] == "text":
        _prove_levels(path, name, written["levels"], points)
        return {"kind": "text", "points": points, "hints": written["hints"], "mistakes": []}
    exercise = {
        "kind": written["kind"],
        "points": points,
        "hints": written["hints"],
        "mistakes": [],
        **{key: written[key] for key in ("unit", "within", "options", "key", "columns", "right") if key in written},
    }
    try:
        answer = _add_answer(exercise, written)
        exercise["mistakes"] = [
            {"id": m["id"], "value": _mistaken_value(m["value"], exercise), "means": m["means"]}
            for m in written["mistakes"]
        ]
    except Exception as error:
        raise _problem(path, name, f"an expression fails ({type(error).__name__}: {error})", "Correct it") from error
    _prove_answer(path, name, exercise, answer)
    _prove_mistakes(path, name, exercise, written)
    _prove_bank(path, name, exercise, written["bank"])
    return exercise


def evaluate(expression: object) -> object:
    """Return what a Python expression of answers.toml stands for; a number stands for itself.

    >>> evaluate("19000 / 2.5")
    7600.0
    """
    if not isinstance(expression, str):
        return expression
    if expression.lstrip().startswith("def "):
        namespace = dict(EXPRESSION_NAMES)
        exec(expression, namespace)
        return list(namespace.values())[-1]
    return eval(expression, dict(EXPRESSION_NAMES))


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _problem(path: Path, name: str, what: str, fix: str) -> BuildError:
    return BuildError(f"{_name(path)}: exercise {name}: {what}. {fix}.")


def _with_texts_filled(path: Path, name: str, written: dict) -> dict:
    where = f"{_name(path)}: exercise {name}"
    filled = {"kind": "number", "mistakes": [], **written}
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
        fill(f'{{{{ claim("{claim_id}") }}}}', where)
    return filled


def _number(expression: object) -> float:
    """Evaluate a number and round it to the digits that are kept."""
    value = float(evaluate(expression))
    return float(f"{value:.{KEPT_DIGITS}g}")


def _end(expression: object) -> float | None:
    """Evaluate one end of a range; None stands for an open end."""
    value = float(evaluate(expression))
    return None if math.isinf(value) else _number(value)


def _result(value: object) -> float | str:
    """Keep what a function of answers.toml gives in a form that JSON can hold."""
    return value if isinstance(value, str) else _number(value)


def _add_answer(exercise: dict, written: dict) -> object:
    """Put the evaluated answer into `exercise` in the form its judge takes, and return a right value to try."""
    answer = written["answer"]
    match exercise["kind"]:
        case "number":
            exercise["accept"] = [_number(end) for end in written["accept"]]
            return _number(answer)
        case "range":
            exercise["accept"] = [[_number(end) for end in band] or None for band in written["accept"]]
            return [_end(end) for end in answer]
        case "choice":
            exercise["answer"] = answer
            return answer
        case "function":
            function = evaluate(answer)
            exercise["cases"] = [{"args": args, "answer": _result(function(*args))} for args in written["cases"]]
            return function
        case "chart":
            return _add_chart(exercise, written)
        case "table":
            exercise["rows"] = [_cells(row, exercise["columns"]) for row in answer]
            return exercise["rows"]


def _add_chart(exercise: dict, written: dict) -> object:
    # A chart of free choice is judged by its honesty alone: there is nothing that it must show, or be near to.
    shows = evaluate(written["shows"]) if "shows" in written else None
    exercise["within"] = written.get("within", 0)
    frames = [evaluate(case) for case in written.get("cases", [])]
    exercise["ordered"], exercise["off"] = written.get("ordered", False), written.get("off", {})
    exercise["cases"] = [
        {"data": None if frame is None else frame.to_dict("list"), "shows": _shown(shows(frame)) if shows else None}
        for frame in frames or [None]
    ]
    draw = evaluate(written["answer"])
    return draw if frames else draw(None)


def _shown(table: dict) -> dict:
    """Keep what a chart must show in a form that JSON can hold: names as text, values as numbers."""
    return {str(key): _shown(value) if isinstance(value, dict) else _number(value) for key, value in table.items()}


def _cells(row: dict, columns: dict) -> dict:
    """Evaluate the number cells of a table's row; an empty text stays an empty cell."""
    return {
        column: _number(cell) if columns.get(column) == "number" and cell != "" else cell
        for column, cell in row.items()
    }


def _mistaken_value(value: object, exercise: dict) -> object:
    match exercise["kind"]:
        case "number":
            return _number(value)
        case "range":
            return [_end(end) for end in value] if isinstance(value, list) else _number(value)
        case "function":
            function = evaluate(value)
            return [_result(function(*case["args"])) for case in exercise["cases"]]
        case "chart":
            shows = evaluate(value)
            frames = [None if case["data"] is None else pd.DataFrame(case["data"]) for case in exercise["cases"]]
            return [_shown(shows(frame)) for frame in frames]
        case "table":
            return _cells(value, exercise["columns"])
        case _:
            return value


def _prove_levels(path: Path, name: str, levels: list[dict], points: float) -> None:
    given = [level["points"] for level in levels]
    if given[0] != points:
        raise _problem(
            path, name, f"its best level is worth {given[0]:g}, its task {points:g} points", "Make them agree"
        )
    if given != sorted(set(given), reverse=True):
        raise _problem(path, name, "the points of its levels do not fall", "Put the best level first")


def _prove_answer(path: Path, name: str, exercise: dict, answer: object) -> None:
    verdict = judge(exercise, answer)
    if verdict.state != RIGHT:
        raise _problem(
            path,
            name,
            f"its own answer is judged {verdict.state} ({verdict.message})",
            "Make answer and accept agree",
        )
    if exercise["kind"] != "number":
        return
    for slip, (factor, _) in SLIPS.items():
        for scaled in (answer * factor, answer / factor):
            if answer and in_band(scaled, exercise["accept"]):
                raise _problem(path, name, f"a slip by a {slip} lies in its band", "Make the band narrower")
    for text in [*exercise["hints"], *(m["means"] for m in exercise["mistakes"])]:
        _prove_text_keeps_answer(path, name, exercise, text)


def _prove_text_keeps_answer(path: Path, name: str, exercise: dict, text: str) -> None:
    for numeral in re.findall(r"\d[\d,]*\.?\d*", text):
        if in_band(float(numeral.replace(",", "")), exercise["accept"]):
            raise _problem(path, name, f'"{numeral}" gives the answer away in a hint or message', "Take it out")


def mistaken_answer(exercise: dict, mistake: dict, written: dict) -> object:
    """Return what a learner who makes a listed mistake would hand in.

    Args:
        exercise: as `compile_exercise` returns it.
        mistake: one of its mistakes.
        written: the same mistake as it stands in answers.toml.
    """
    match exercise["kind"]:
        case "function":
            return evaluate(written["value"])
        case "table":
            key = exercise["key"]
            return [
                {**row, **mistake["value"]} if row[key] == mistake["value"][key] else row for row in exercise["rows"]
            ]
        case "choice" if isinstance(exercise["answer"], dict):
            return {**exercise["answer"], **mistake["value"]}
        case _:
            return mistake["value"]


def _prove_mistakes(path: Path, name: str, exercise: dict, written: dict) -> None:
    if len(exercise["mistakes"]) < 3 and "few_mistakes" not in written:
        raise _problem(
            path,
            name,
            f"it lists {len(exercise['mistakes'])} mistakes",
            "List three, or say why in few_mistakes",
        )
    for position, mistake in enumerate(exercise["mistakes"]):
        for earlier in exercise["mistakes"][:position]:
            if earlier["id"] == mistake["id"]:
                raise _problem(path, name, f"the mistake {mistake['id']} is there twice", "Give each its own id")
            if _same_value(earlier["value"], mistake["value"]):
                raise _problem(
                    path,
                    name,
                    f"the mistakes {earlier['id']} and {mistake['id']} give the same answer",
                    "Make them one, with a message that names both ways",
                )
        if exercise["kind"] == "chart":
            if mistake["value"] == [case["shows"] for case in exercise["cases"]]:
                raise _problem(path, name, f"the mistake {mistake['id']} shows what is right", "Change its value")
            _prove_message(path, name, mistake)
            continue
        verdict = judge(exercise, mistaken_answer(exercise, mistake, written["mistakes"][position]))
        if verdict.state == RIGHT:
            raise _problem(path, name, f"the mistake {mistake['id']} is judged right", "Make accept narrower")
        if verdict.mistake != mistake["id"]:
            raise _problem(
                path,
                name,
                f"the mistake {mistake['id']} gets the message of {verdict.mistake or 'no mistake'}",
                "Change its value, or the order of the mistakes",
            )
        _prove_message(path, name, mistake)


def _prove_message(path: Path, name: str, mistake: dict) -> None:
    if "common way" not in mistake["means"] or not mistake["means"].rstrip().endswith("?"):
        raise _problem(
            path,
            name,
            f"the message of {mistake['id']} must say 'one common way' and end with a question",
            "Reword it: a number never proves how somebody got it",
        )


def _same_value(one: object, other: object) -> bool:
    """Tell whether a learner could not tell two mistaken answers apart, numbers up to a rounded step."""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return all(map(_same_value, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=NEAR)
    return one == other


def _prove_bank(path: Path, name: str, exercise: dict, bank: dict[str, list[str]]) -> None:
    for expected, entries in bank.items():
        for entry in entries:
            try:
                verdict = judge(exercise, evaluate(entry))
            except Exception as error:
                raise _problem(
                    path, name, f"the bank entry {entry!r} cannot be evaluated ({error})", "Correct it"
                ) from error
            if expected == "right" and verdict.state != RIGHT:
                raise _problem(
                    path,
                    name,
                    f"the bank's right answer {entry!r} is judged {verdict.state}",
                    "Correct it or the band",
                )
            if expected == "wrong" and verdict.state in (RIGHT, NOT_ATTEMPTED):
                raise _problem(
                    path,
                    name,
                    f"the bank's wrong answer {entry!r} is judged {verdict.state}",
                    "Correct it or the band",
                )
            if expected == "wrong" and verdict.mistake in [m["id"] for m in exercise["mistakes"]]:
                raise _problem(
                    path,
                    name,
                    f"the bank's wrong answer {entry!r} is the listed mistake {verdict.mistake}",
                    "Put another in its place",
                )
