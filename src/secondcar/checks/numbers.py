"""What several kinds of exercise ask of a number: its band, its known mistakes, its slips in size."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from secondcar.checks.exercise import Mistake
from secondcar.checks.values import in_unit

# The lowest and the highest number that are right.
Band = Sequence[float]
KEPT_DIGITS = 12

# How far a result may be off through floating-point arithmetic alone, relative to the band's ends.
ROUND_OFF = 1e-9
# A wrong result this near a known mistake counts as that mistake: an intermediate step was rounded.
NEAR = 1e-3
# A wrong result this near the right one may be a slip in the arithmetic.
NEAR_MISS = 0.15

SLIPS = {
    "thousand": (1e3, "1,000 times too {}. Thousands, millions and billions are easily mixed up"),
    "million": (1e6, "a million times too {}. Thousands, millions and billions are easily mixed up"),
    "billion": (1e9, "a billion times too {}. Thousands, millions and billions are easily mixed up"),
    "ten": (1e1, "ten times too {}. A zero, or a decimal place, is easily lost"),
    "percent": (1e2, "100 times too {}. Decimal places are easily lost, and so is a percent sign"),
}


# Factors that learners take for one another: *by* 150 % is 2.5 times as much, *to* 150 % is 1.5 times.
CONFUSED_FACTORS = {1.5: 2.5, 2.5: 1.5, 1.6: 2.6, 2.6: 1.6}


def kept(value: Any) -> float:
    """Round a number as ``answers.json`` keeps it, so that every platform's arithmetic writes the same bytes."""
    return float(f"{float(value):.{KEPT_DIGITS}g}")


def read_as(number: float, unit: str) -> str:
    """Return a sentence on how a number was read, so that a typing slip shows."""
    return f"Your answer was read as {in_unit(number, unit)}."


def in_band(number: float, band: Band) -> bool:
    """Return whether a number lies in a band, both ends included, forgiving floating-point round-off."""
    low, high = band
    slack = ROUND_OFF * max(abs(low), abs(high))
    return low - slack <= number <= high + slack


def find_mistake(number: float, mistakes: Iterable[Mistake[Any]]) -> Mistake[float] | None:
    """Return the known mistake that gives this number, the nearest one if several could."""
    numeric = [mistake for mistake in mistakes if isinstance(mistake.value, int | float)]
    fitting = [mistake for mistake in numeric if is_rounding_of(number, mistake.value)]
    return min(fitting, key=lambda mistake: abs(mistake.value - number), default=None)


def is_rounding_of(number: float, exact: float, digits: Sequence[int] = (2, 3)) -> bool:
    """Return whether `number` is `exact`, rounded or cut to a few digits, or with a rounded step on the way.

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
    for count in digits:  # with four digits a rounding is nearer than NEAR anyway
        step = 10.0 ** (size - count + 1)
        if _is_multiple(number, step) and (abs(number - exact) <= step / 2 or 0 <= abs(exact) - abs(number) < step):
            return True
    return False


def is_rounded_enough(number: float, exact: float, unit: str) -> bool:
    """Return whether a number is another one, rounded to as many digits as the course asks for anywhere.

    Three digits that count are enough, and for a percentage one after the point, too. A whole number needs no rounding.

    >>> is_rounded_enough(36.4, 36.363636, "%"), is_rounded_enough(36.0, 36.363636, "%")
    (True, False)
    """
    if number == 0 or exact == round(exact):
        return number == exact
    third_digit = math.floor(math.log10(abs(exact))) - 2
    places = [third_digit, third_digit - 1] + ([-1] if is_percent(unit) else [])
    return any(_is_multiple(number, 10.0**place) and abs(number - exact) <= 0.501 * 10.0**place for place in places)


def is_percent(unit: str) -> bool:
    return "%" in unit or "percent" in unit


def _is_multiple(number: float, step: float) -> bool:
    return abs(number / step - round(number / step)) < 1e-6


def is_slip_of_the_pen(number: float, band: Band) -> bool:
    """Return whether a wrong number is near a band, has its digits in another order, or one digit that differs.

    >>> is_slip_of_the_pen(7400, (7550, 7650)), is_slip_of_the_pen(45.16, (46.15, 46.16))
    (True, True)
    >>> is_slip_of_the_pen(27, (16.6, 17)), is_slip_of_the_pen(5123, (7550, 7650))
    (True, False)
    """
    middle = (band[0] + band[1]) / 2
    if abs(number - middle) <= NEAR_MISS * abs(middle):
        return True
    return any(_differ_by_one_digit(number, right) for right in (*band, middle))


def _differ_by_one_digit(number: float, right: float) -> bool:
    """Return whether two numbers of two digits or more have the same ones in another order, or all the same but one."""
    (given, size), (wanted, right_size) = (f"{abs(each):.3e}".split("e") for each in (number, right))
    if min(len(digits.replace(".", "").rstrip("0")) for digits in (given, wanted)) < 2:
        return False
    unlike = sum(one != other for one, other in zip(given, wanted, strict=True))
    return sorted(given) == sorted(wanted) or (size == right_size and unlike == 1)


def is_rounder(number: float, right: float) -> bool:
    """Return whether a number is as round as a guess is, and rounder than the right one.

    >>> [is_rounder(guess, 64.5) for guess in (0, 50, 150, 48)], is_rounder(3, 2)
    ([True, True, True, False], False)
    """
    guessed, wanted = (f"{abs(each):.12g}".replace(".", "").strip("0") for each in (number, right))
    return len(guessed) < len(wanted) and (len(guessed) < 2 or guessed in ("15", "25", "75"))


def find_slip(fits: Callable[[float], bool]) -> tuple[str, bool] | None:
    """Return (name, too small?) of the slip in size that would make the answer fit, or None.

    Args:
        fits: takes a factor and returns whether the answer times that factor is right.
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


def confused() -> Iterator[tuple[str, float]]:
    """Yield factors by which a result is wrong after a slip in size or a confusion, each with its name."""
    yield "result times 100", 100
    yield "result over 100", 1 / 100
    for mistaken, meant in CONFUSED_FACTORS.items():
        yield f"result with {mistaken} for {meant}", mistaken / meant
