"""Right answers pass in any form, wrong ones never: every entry of every bank goes through the real `check`.

How many were refused or accepted by mistake is printed after the run, exercise by exercise.
"""

import functools
import math
import random

import numpy as np
import pandas as pd
import pytest

from secondcar.building.answers import read_answers
from secondcar.building.compiling import mistaken_answers
from secondcar.building.expressions import evaluate
from secondcar.checks.answers_file import FILE_NAME, encode
from secondcar.checks.numbers import SLIPS
from tests.support.course_files import EXERCISES, built, compiled, written
from tests.support.paths import BANK_FOLDER, ROOT
from tests.support.some import some

BANK = "bank of right and wrong answers"
FORMS_FILE = BANK_FOLDER / "forms.toml"
FORMS = read_answers(FORMS_FILE)
SMALL_EXERCISES = [("forms", name) for name in FORMS]
FORM_ENTRIES = [
    pytest.param(name, state, entry, id=f"{name}-{state}-{entry[:40]}")
    for name, exercise in FORMS.items()
    for state, entries in exercise["bank"].items()
    for entry in entries
]


@pytest.fixture
def forms(tmp_path, monkeypatch):
    """Work in the folder of a unit that holds the small exercises of forms.toml."""
    (tmp_path / FILE_NAME).write_text(encode("forms", built_forms()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@functools.cache
def built_forms():
    return {name: compiled(FORMS_FILE, name, exercise) for name, exercise in FORMS.items()}


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_the_bank_of_an_exercise(unit, name, notebook, monkeypatch, count):
    monkeypatch.chdir(ROOT / "source" / unit)
    bank, mistakes = written(unit)[name]["bank"], built(unit)[name].mistakes
    notes = {entry: notebook.check(name, evaluate(entry)) for entry in [*bank["right"], *bank["wrong"]]}
    refused = [entry for entry in bank["right"] if notes[entry].state != "right"]
    accepted = [entry for entry in bank["wrong"] if notes[entry].state in ("right", "not-attempted")]
    unexplained = [
        mistake.id
        for mistake, answer in mistaken_answers(built(unit)[name], written(unit)[name])
        if not is_explained(notebook.check(name, answer), mistake)
    ]
    count(
        BANK,
        f"{unit[:2]} {name}",
        right_forms=len(bank["right"]),
        refused=len(refused),
        wrong_answers=len(bank["wrong"]),
        accepted=len(accepted),
        mistakes=len(mistakes),
        with_their_message=len(mistakes) - len(unexplained),
    )
    assert not refused, f"right answers refused: {refused}"
    assert not accepted, f"wrong answers accepted: {accepted}"
    assert not unexplained, f"mistakes without their message: {unexplained}"


def is_explained(note, mistake):
    return note.state == "wrong" and note.mistake == mistake.id and first_words(mistake.means) in note.text


def first_words(text):
    return text.replace("*", "")[:30]


@pytest.mark.parametrize(("name", "state", "entry"), FORM_ENTRIES)
def test_a_form_of_the_general_bank(name, state, entry, forms, notebook, count):
    note = notebook.check(name, evaluate(entry))
    if state == "right":
        count(BANK, f"any {name}", right_forms=1, refused=int(note.state != "right"))
        assert note.state == "right", note.text
    else:
        count(BANK, f"any {name}", wrong_answers=1, accepted=int(note.state not in ("wrong", "cannot-read")))
        assert note.state in ("wrong", "cannot-read"), note.text


MISTAKEN = [(unit, name) for unit, name in EXERCISES if built(unit)[name].mistakes]


@pytest.mark.parametrize(("unit", "name"), MISTAKEN)
def test_a_mistake_gets_its_message_in_any_form(unit, name, notebook, monkeypatch):
    monkeypatch.chdir(ROOT / "source" / unit)
    exercise = built(unit)[name]
    for mistake, answer in some(mistaken_answers(exercise, written(unit)[name])):
        for form in some(exercise.other_forms(answer)):
            assert notebook.check(name, form).mistake == mistake.id, f"{mistake.id} as {form!r}"


NUMBERS = [(unit, name) for unit, name in EXERCISES if built(unit)[name].kind == "number"]


@pytest.mark.parametrize(("unit", "name"), NUMBERS)
def test_a_rounded_mistake_gets_a_message_that_fits(unit, name, notebook, monkeypatch):
    monkeypatch.chdir(ROOT / "source" / unit)
    rounded = {mistake.id: float(f"{mistake.value:.3g}") for mistake in built(unit)[name].mistakes}
    for number in some(rounded.values()):
        # Two mistakes may round to the same number, which then cannot tell them apart.
        fitting = [mistake for mistake in rounded if rounded[mistake] == number]
        assert notebook.check(name, number).mistake in fitting, number


@pytest.mark.parametrize(("unit", "name"), NUMBERS)
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_size_is_named(unit, name, slip, notebook, monkeypatch):
    monkeypatch.chdir(ROOT / "source" / unit)
    answer, factor = float(evaluate(written(unit)[name]["answer"])), SLIPS[slip][0]
    if answer == 0:
        pytest.skip("zero has no size to slip in")
    for slipped in (answer * factor, answer / factor):
        # An exercise may list this very slip as a mistake with a message of its own, which then goes first.
        listed = [m.id for m in built(unit)[name].mistakes if math.isclose(m.value, slipped, rel_tol=0.02)]
        note = notebook.check(name, slipped)
        assert note.state == "wrong"
        assert note.mistake in [f"unit-slip-{slip}", *listed]


class Refusing:
    """An object that raises at whatever is asked of it."""

    def refuse(self, *_):
        raise RuntimeError("I refuse")

    __float__ = __int__ = __index__ = __len__ = __iter__ = __getitem__ = refuse
    __bool__ = __eq__ = __repr__ = __str__ = __hash__ = __call__ = __getattr__ = refuse


class Agreeing:
    """An object that says it is equal to anything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return random.randrange(10)

    __le__ = __ge__ = __lt__ = __gt__ = __eq__


class AgreeingNumber(Agreeing, float):
    """A number that says it is equal to anything."""


def nothing(*_):
    return None


UNANSWERED = {
    "NaN": math.nan,
    "None": None,
    "text": "seven thousand and some",
    "an empty text": "",
    "a table": pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "an empty table": pd.DataFrame(),
    "a list of many": [1, 2, 3, 4, 5],
    "an empty list": [],
    "a column": pd.Series([1.5, 2.5, 3.5]),
    "an array": np.arange(12).reshape(3, 4),
    "a function": nothing,
    "a class": int,
    "infinity": math.inf,
    "a missing value": pd.NA,
    "a missing date": pd.NaT,
    "a complex number": 3 + 4j,
    "bytes": b"7600",
    "a dictionary": {"a": 1},
    "what refuses": Refusing(),
    "what agrees": Agreeing(),
    "a NaN that agrees": AgreeingNumber("nan"),
    "a list that holds itself": (itself := []) or itself.append(itself) or itself,
}


# These raise when they are looked at, whoever looks.
RAISING = {"what refuses", "a list that holds itself"}
UNANSWERED_PARAMETERS = [
    pytest.param(value, id=name, marks=[pytest.mark.value_raises] * (name in RAISING))
    for name, value in UNANSWERED.items()
]


@pytest.mark.parametrize("value", UNANSWERED_PARAMETERS)
@pytest.mark.parametrize(("unit", "name"), [*SMALL_EXERCISES, *EXERCISES])
def test_what_is_no_answer_is_never_right(unit, name, value, notebook, monkeypatch, forms):
    if unit != "forms":
        monkeypatch.chdir(ROOT / "source" / unit)
    note = notebook.check(name, value)
    assert note.state != "right"
    assert "Traceback" not in note.text
    assert len(note.text) < 600


@pytest.mark.parametrize(("unit", "name"), [*SMALL_EXERCISES, *EXERCISES])
def test_three_dots_are_not_attempted(unit, name, notebook, monkeypatch, forms):
    if unit != "forms":
        monkeypatch.chdir(ROOT / "source" / unit)
    assert notebook.check(name, ...).state == "not-attempted"
    assert notebook.check(name).state == "not-attempted"


@pytest.mark.parametrize("kind", ["number", "range", "function", "table"])
def test_yes_or_no_is_no_number(kind, forms, notebook):
    for name, exercise in FORMS.items():
        if exercise["kind"] == kind:
            assert notebook.check(name, True).state == "cannot-read"


def test_a_function_that_still_gives_three_dots_is_not_attempted(forms, notebook):
    for name in ("number-function", "word-function"):
        assert notebook.check(name, lambda *_: ...).state == "not-attempted"
