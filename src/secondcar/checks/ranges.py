"""Judging a range: two ends, one of which may be open."""

from secondcar.checks.numbers import describe_slip, find_mistake, find_slip, in_band, is_rounding_of, read_as
from secondcar.checks.values import describe_number, read_number, read_pair
from secondcar.checks.verdict import UNIT_SLIP, Unreadable, Verdict, right, wrong

Ends = tuple[float | None, float | None]


def judge_range(exercise: dict, value: object) -> Verdict:
    """Judge a range: both ends must lie in their bands; None in a band stands for an open end.

    Args:
        exercise: with ``accept`` = [band of the low end or None, band of the high end or None], ``unit``,
            ``mistakes`` (a value is a pair, or one number where the range was missed altogether).
        value: what the learner gave, of any type that `read_pair` takes.

    >>> exercise = {"accept": [[7600, 7600], None], "unit": "vehicles", "mistakes": []}
    >>> judge_range(exercise, (7600, float("inf"))).state
    'right'
    """
    unit = exercise.get("unit", "")
    try:
        ends = read_pair(value)
    except Unreadable:
        return _judge_single_number(exercise, value, unit)
    given = f"Your answer was read as {_describe(ends, unit)}."
    bands = exercise["accept"]
    if _fits(ends, bands):
        return right(exercise.get("right", "Right."), given)
    for mistake in exercise["mistakes"]:
        if isinstance(mistake["value"], list) and _is_mistake(ends, mistake["value"]):
            return wrong(mistake["means"], mistake=mistake["id"], given=given)
    slip = find_slip(lambda factor: _fits(_scaled(ends, factor), bands))
    if slip:
        return wrong(describe_slip(slip, unit), mistake=f"{UNIT_SLIP}-{slip[0]}", given=given)
    return wrong(_which_end(ends, bands), given=given)


def _judge_single_number(exercise: dict, value: object, unit: str) -> Verdict:
    """A known mistake may be one number where a range is asked; any other single number is unreadable."""
    try:
        number = read_number(value)
    except Unreadable:
        number = None
    if number is None:
        read_pair(value)  # raises the sentence that says what is wrong with it
    mistake = find_mistake(number, exercise["mistakes"])
    if mistake is None:
        raise Unreadable("This is one number, and I need a range: a pair, (low, high).")
    return wrong(mistake["means"], mistake=mistake["id"], given=read_as(number, unit))


def _end_fits(end: float | None, band: list[float] | None) -> bool:
    if end is None or band is None:
        return end is band
    return in_band(end, band)


def _fits(ends: Ends, bands: list) -> bool:
    return all(_end_fits(end, band) for end, band in zip(ends, bands, strict=True))


def _is_mistake(ends: Ends, wrong_ends: list) -> bool:
    return all(
        end is wrong_end if end is None or wrong_end is None else is_rounding_of(end, wrong_end)
        for end, wrong_end in zip(ends, wrong_ends, strict=True)
    )


def _scaled(ends: Ends, factor: float) -> Ends:
    return tuple(None if end is None else end * factor for end in ends)


def _describe(ends: Ends, unit: str) -> str:
    low, high = (None if end is None else f"{describe_number(end)} {unit}".strip() for end in ends)
    if high is None:
        return "open at both ends" if low is None else f"{low} or more"
    return f"{high} or less" if low is None else f"{describe_number(ends[0])} to {high}"


def _which_end(ends: Ends, bands: list) -> str:
    low_fits, high_fits = _end_fits(ends[0], bands[0]), _end_fits(ends[1], bands[1])
    if low_fits:
        return "The low end fits. Look at the high end again: what is the most that is possible?"
    if high_fits:
        return "The high end fits. Look at the low end again: what is the least that is possible?"
    return "Neither end fits yet. What is the least, and what is the most, that is possible?"
