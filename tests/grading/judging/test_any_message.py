"""Any bytes in: a value of a listed kind or a plain refusal out, and nothing else happens."""

import datetime
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from secondcar.grading.judging import forms
from secondcar.grading.judging.answers import Data, End, Error, Forged, Held, Kept, Missing, Refused, Resumed, heard
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.packing import pack
from secondcar.grading.judging.unpacking import unpack, unpack_error
from tests.support.paths import ROOT

_QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck)}

FORMS = [form for form in get_args(forms.Value) if isinstance(form, type) and issubclass(form, forms.Form)]
_WORDS = st.sampled_from(
    [
        *("list", "dict", "array", "scalar", "matrix", "object", "text", "recarray", "iterator", "defaultdict", "set"),
        *("<f8", "|b1", "<i8", "<M8[ns]", "|S3", "|O", "<U3", "V8", "ns", "str", "category", "UTC", "Asia/Almaty"),
        *("datetime", "2018-09-21", "PosixPath", "/etc/passwd", "d", "M", "both", "__class__", "eval", "0x1f", "1e999"),
    ]
)
_SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=5) | _WORDS
_PARTS = _SCALARS | st.integers(0, 4) | st.binary(max_size=24)


def _whole(inner: st.SearchStrategy) -> st.SearchStrategy:
    """Return messages that say what form they are, with parts that may or may not fit it."""
    named = st.sampled_from([form.__name__ for form in FORMS]).flatmap(
        lambda name: st.lists(inner, max_size=4).map(lambda parts: [name, *parts])
    )
    return named | st.lists(inner, max_size=4)


ANYTHING = st.recursive(_PARTS, _whole, max_leaves=20)


def look_at(message: bytes) -> None:
    """Read a message as the judge does; look at what comes of it as a test may."""
    for read in (lambda: unpack(message, lambda form: ...), lambda: unpack_error(message)):
        try:
            value = read()
        except NotPlain:
            continue
        assert type(value).__module__.partition(".")[0] in _MODULES or isinstance(value, tuple)
        repr(value)


_MODULES = {
    "builtins",
    "numpy",
    "pandas",
    "datetime",
    "decimal",
    "fractions",
    "collections",
    "pathlib",
    "uuid",
    "array",
}


# What learners compute.
_KEYS = st.integers() | st.text() | st.booleans() | st.tuples(st.integers(), st.text())
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary()
    | st.dates() | st.datetimes() | st.timedeltas(datetime.timedelta(-1000), datetime.timedelta(1000)) | st.decimals()
    | st.fractions() | st.sampled_from([..., int, range(3), np.float32(1.5), pd.NA, pd.NaT, pd.Timestamp("2018-09-21")])
)  # fmt: skip
VALUES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner) | st.dictionaries(_KEYS, inner) | st.tuples(inner, inner) | st.sets(_KEYS, max_size=1)
    ),
    max_leaves=20,
)


@given(VALUES)
@settings(max_examples=300, **_QUICK)
def test_any_value_arrives_as_it_was(value):
    try:
        message = pack(value, keep=lambda value: pytest.fail(f"{value!r} stays"))
    except NotPlain:
        # Half of a character.
        assert "\\ud" in repr(value)
        return
    arrived = unpack(message)
    assert (type(arrived), repr(arrived)) == (type(value), repr(value))
    assert pack(arrived, keep=id) == message or "{" in repr(value)


@given(st.sets(_KEYS))
@settings(max_examples=100, **_QUICK)
def test_any_set_arrives_as_it_was(value):
    if "\\ud" not in repr(value):
        message = pack(value, keep=id)
        assert unpack(message) == value
        assert pack(set(sorted(value, key=repr)), keep=id) == message


@given(
    st.dictionaries(
        st.sampled_from(["kind", "names", "calls", "numbers", "sentence", "kept"]), _SCALARS | st.lists(st.text())
    ),
    st.lists(st.binary(), max_size=3),
)
@settings(max_examples=300, **_QUICK)
def test_any_answer(content, buffers):
    try:
        answer = heard(
            {"content": content, "buffers": buffers}, Kept, Held, Refused, Resumed, Data, Error, Missing, End
        )
    except Forged:
        return
    assert set(content) <= {"kind", "names", "calls", "numbers"} and len(buffers) in answer.buffers()


@pytest.mark.parametrize("buffers", [0, 3])
def test_an_answer_carries_what_was_asked_for_and_nothing_else(buffers):
    with pytest.raises(Forged):
        heard({"content": {"kind": "data"}, "buffers": [b""] * buffers}, Data)
    with pytest.raises(Forged):
        heard({"content": {"kind": "data", "arguments": []}, "buffers": [b""]}, Data)
    with pytest.raises(Forged):
        heard({"content": {"kind": "held"}, "buffers": []}, Data, Missing)


def _mutated(message: bytes, changes: list[tuple[int, int, int]]) -> bytes:
    found = bytearray(message)
    for place, byte, what in changes:
        place %= len(found) + 1
        if what == 0:
            found[place:place] = bytes([byte])
        elif what == 1:
            del found[place : place + byte % 8]
        else:
            found[place : place + 1] = bytes([byte])
    return bytes(found)


_CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255), st.integers(0, 2)), min_size=1, max_size=6)
SAMPLES = [
    pd.DataFrame(
        {"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"])}, index=pd.date_range("2018", periods=2)
    ),
    pd.Series([1, None], dtype="Int64", index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    [np.arange(3.0), np.array(["a", "b"]), np.array([(1, 2.5)], dtype=[("a", int), ("b", float)]), {"k": {1, 2}}],
    {"when": [datetime.datetime(2018, 9, 21), pd.Period("2018-09"), pd.Interval(1, 2)], 1: 2**70},
]


MESSAGES = {
    "any bytes": st.binary(max_size=200),
    "like a form": ANYTHING.map(forms._encoder.encode),
    "changed": st.builds(
        lambda value, changes: _mutated(pack(value, keep=id), changes), st.sampled_from(SAMPLES), _CHANGES
    ),
}


def look_at_messages(kind: str, many: int) -> None:
    settings(max_examples=many, phases=[Phase.generate], database=None, **_QUICK)(given(MESSAGES[kind])(look_at))()


@pytest.mark.parametrize("kind", MESSAGES)
def test_any_message(kind: str):
    look_at_messages(kind, 500)


@pytest.mark.long
@pytest.mark.parametrize("kind", MESSAGES)
def test_any_message_for_minutes(kind: str):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        look_at_messages(kind, 5000)


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not available for this machine")
@pytest.mark.parametrize("seconds", [5, pytest.param(10 * 60, marks=pytest.mark.long)])
def test_no_bytes_that_a_fuzzer_makes_up_do_anything_else(seconds, tmp_path):
    command = [sys.executable, "-m", "tests.support.fuzz_messages", str(seconds), str(tmp_path / "found")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    runs = int(re.search(r"number_of_executed_units: *(\d+)", done.stderr)[1])
    assert runs > 100 * seconds, done.stderr[-1000:]
    print(f"{runs:,} runs")
