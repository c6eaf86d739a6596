"""Judging a single number: its band, its known mistakes, its slips in size."""

import math

from secondcar.checks.values import describe_number, read_number
from secondcar.checks.verdict import UNIT_SLIP, Verdict, right, wrong

# How far a result may be off through floating-point arithmetic alone, relative to the band's ends.
ROUND_OFF = 1e-9
# A wrong result this near a known mistake counts as that mistake: an intermediate step was rounded.
NEAR = 1e-3

SLIPS = {
    "thousand": (1e3, "1,000 times too {}. Thousands, millions and billions are easily mixed up"),
    "million": (1e6, "a million times too {}. Thousands, millions and billions are easily mixed up"),
    "billion": (1e9, "a billion times too {}. Thousands, millions and billions are easily mixed up"),
    "percent": (1e2, "100 times too {}. Decimal places are easily lost, and so is a percent sign"),
}


def judge_number(exercise: dict, value: object) -> Verdict:
    """Judge a number against the exercise's band, then its mistakes, then slips of unit.

    Args:
        exercise: with ``accept`` (low, high), ``unit``, ``mistakes`` (each with id, value and means).
        value: what the learner gave, of any type that `read_number` takes.

    >>> judge_number({"accept": [7550, 7650], "unit": "vehicles", "mistakes": []}, 7.6).mistake
    'unit-slip-thousand'
    """
    number = read_number(value)
    unit = exercise.get("unit", "")
    given = read_as(number, unit)
    if in_band(number, exercise["accept"]):
        return right(exercise.get("right", "Right."), given)
    mistake = find_mistake(number, exercise["mistakes"])
    if mistake:
        return wrong(mistake["means"], mistake=mistake["id"], given=given)
    slip = find_slip(lambda factor: in_band(number * factor, exercise["accept"])) if number else None
    if slip:
        return wrong(describe_slip(slip, unit), mistake=f"{UNIT_SLIP}-{slip[0]}", given=given)
    return wrong(WRONG_NUMBER, given=given)


WRONG_NUMBER = (
    "This is not the number asked for. Check what is compared with what, and try the steps with easy numbers. "
    "A hint is there if you want one."
)


def read_as(number: float, unit: str) -> str:
    """Say how a number was read, so that a slip of the keyboard shows."""
    return f"Your answer was read as {describe_number(number)} {unit}".strip() + "."


def in_band(number: float, band: list[float]) -> bool:
    """Tell whether a number lies in a band, both ends included, forgiving floating-point round-off."""
    low, high = band
    slack = ROUND_OFF * max(abs(low), abs(high))
    return low - slack <= number <= high + slack


def find_mistake(number: float, mistakes: list[dict]) -> dict | None:
    """Return the known mistake that gives this number, the nearest one if several could."""
    numeric = [m for m in mistakes if isinstance(m["value"], int | float)]
    fitting = [m for m in numeric if is_rounding_of(number, m["value"])]
    return min(fitting, key=lambda m: abs(m["value"] - number), default=None)


def is_rounding_of(number: float, exact: float) -> bool:
    """Tell whether `number` is `exact`, rounded or cut to two digits or more, or with a rounded step on the way.

    >>> is_rounding_of(12700, 12666.67), is_rounding_of(12640, 12666.67)
    (True, False)
    """
    if exact == 0:
        return abs(number) <= ROUND_OFF
    if abs(number - exact) <= NEAR * abs(exact):
        return True
    if number == 0 or (number < 0) != (exact < 0):
        return False
    size = math.floor(math.log10(abs(exact)))
    for digits in (2, 3):  # with four digits a rounding is nearer than NEAR anyway
        step = 10.0 ** (size - digits + 1)
        steps = number / step
        is_whole = abs(steps - round(steps)) < 1e-6
        if is_whole and (abs(number - exact) <= step / 2 or 0 <= abs(exact) - abs(number) < step):
            return True
    return False


def find_slip(fits) -> tuple[str, bool] | None:
    """Return (name, too small?) of the slip in size that would make the answer fit, or None.

    Args:
        fits: takes a factor and tells whether the answer times that factor is right.
    """
    for name, (factor, _) in SLIPS.items():
        if fits(factor):
            return name, True
        if fits(1 / factor):
            return name, False
    return None


def describe_slip(slip: tuple[str, bool], unit: str) -> str:
    name, too_small = slip
    text = SLIPS[name][1].format("small" if too_small else "large")
    wanted = f"The answer is asked in {unit}. " if unit else ""
    return f"The digits fit, but the size does not: it is {text}. {wanted}Which unit are your inputs in?"
