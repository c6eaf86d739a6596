"""Judging a choice: one option, several options, or one option for each item of a list."""

import numbers

from secondcar.checks.values import is_blank, read_text, unwrap_single
from secondcar.checks.verdict import NotAttempted, Unreadable, Verdict, right, wrong


def judge_choice(exercise: dict, value: object) -> Verdict:
    """Judge a choice; what ``answer`` is decides the form: text, list of texts, or item -> text.

    Args:
        exercise: with ``options`` (texts), ``answer`` and ``mistakes``.
        value: text; list, tuple or set of texts; or a dict or Series from item to text. Case does not count.

    >>> judge_choice({"options": ["target", "share"], "answer": "target", "mistakes": []}, "Target").state
    'right'
    """
    answer = exercise["answer"]
    if isinstance(answer, dict):
        return _judge_items(exercise, value)
    if isinstance(answer, list):
        return _judge_several(exercise, value)
    return _judge_one(exercise, value)


def _judge_one(exercise: dict, value: object) -> Verdict:
    option = _read_option(value, exercise["options"])
    given = f'Your answer was read as "{option}".'
    if option == exercise["answer"].casefold():
        return right(exercise.get("right", "Right."), given)
    for mistake in exercise["mistakes"]:
        if mistake["value"].casefold() == option:
            return wrong(mistake["means"], mistake=mistake["id"], given=given)
    return wrong("That is not the one. Read the words again, and look at a hint if you want one.", given=given)


def _judge_several(exercise: dict, value: object) -> Verdict:
    options = exercise["options"]
    if is_blank(value):
        raise NotAttempted
    if hasattr(value, "__next__"):
        # Reading would use it up, and the next check of the same answer would find nothing.
        raise Unreadable("This gives its words only once. Make it a list: list(...).")
    if isinstance(value, str):
        value = value.split(",")  # "nearly, about" names two options as plainly as a list does
    chosen = {_read_option(option, options) for option in (value if hasattr(value, "__iter__") else [value])}
    wanted = {option.casefold() for option in exercise["answer"]}
    listed = f"Your answer was read as: {', '.join(sorted(chosen)) or 'nothing'}."
    if chosen == wanted:
        return right(exercise.get("right", "Right."), listed)
    for mistake in exercise["mistakes"]:
        if _is_this_mistake(mistake["value"], chosen, wanted):
            return wrong(mistake["means"], mistake=mistake["id"], given=listed)
    extra, missing = len(chosen - wanted), len(wanted - chosen)
    found = f"{extra} too many" if extra else ""
    lacking = f"{missing} still missing" if missing else ""
    return wrong(f"Not quite: {' and '.join(filter(None, [found, lacking]))}.", given=listed)


def _is_this_mistake(mistaken: str | list[str], chosen: set[str], wanted: set[str]) -> bool:
    """A mistake given as text is one option wrongly chosen; given as a list, the whole wrong choice."""
    if isinstance(mistaken, str):
        return mistaken.casefold() in chosen - wanted
    return {option.casefold() for option in mistaken} == chosen


def _judge_items(exercise: dict, value: object) -> Verdict:
    given, unreadable, extra = _read_items(value, exercise)
    answer = exercise["answer"]
    fitting = [item for item in answer if given[item] == answer[item].casefold()]
    share = len(fitting) / (len(answer) + extra)
    if share == 1:
        return right(exercise.get("right", "Right."), f"All {len(answer)} fit.")
    count = f"{len(fitting)} of {len(answer)} fit."
    for mistake in exercise["mistakes"]:
        if all(given[item] == option.casefold() for item, option in mistake["value"].items()):
            return wrong(mistake["means"], mistake=mistake["id"], share=share, given=count)
    if unreadable:
        return wrong(unreadable, share=share, given=count)
    again = next(item for item in answer if item not in fitting)
    if given[again] is None:
        return wrong(f'Still open: "{again}". What would you say there?', share=share, given=count)
    return wrong(f'Look at "{again}" again: what do its words say?', share=share, given=count)


def _read_items(value: object, exercise: dict) -> tuple[dict[str, str | None], str | None, int]:
    """Return item -> option, None where it is open; a sentence on the last line that cannot be read; lines too many.

    A line that cannot be read must not cost the marks of the others.

    Raises:
        NotAttempted: every line is open.
        Unreadable: no line can be read.
    """
    if is_blank(value):
        raise NotAttempted
    if not hasattr(value, "items") or not hasattr(value, "keys"):
        raise Unreadable('I need a dictionary that gives each item its option: {"item": "option", ...}.')
    names = {_plain(item): item for item in exercise["answer"]}
    given: dict[str, str | None] = dict.fromkeys(exercise["answer"])
    unreadable, extra = None, 0
    for key, option in value.items():
        item = names.get(_plain(key))
        if item is None:
            extra += 1
            unreadable = f'There is no line called "{key}". The lines are: {", ".join(names.values())}.'
        elif not is_blank(option):
            try:
                given[item] = _read_option(option, exercise["options"])
            except Unreadable as problem:
                unreadable = f'In the line "{key}": {problem}'
    if any(given.values()):
        return given, unreadable, extra
    if unreadable:
        raise Unreadable(unreadable)
    raise NotAttempted


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def _read_option(value: object, options: list[str]) -> str:
    """Read one option; a number, also one in quotes, stands for the option that is written so."""
    value = unwrap_single(value)
    is_number = isinstance(value, numbers.Number) and not isinstance(value, bool | complex)
    option = _as_written(value) if is_number else read_text(value)
    for known in options:
        if option in (known.casefold(), _as_written(known)) or _as_written(option) == known:
            return known.casefold()
    raise Unreadable(f'"{option}" is not one of the options: {", ".join(options)}.')


def _as_written(number: object) -> str | None:
    """Write a number in the short form, so that 2, 2.0 and "2.0" are the same option; None if it is no number."""
    try:
        return f"{float(number):g}"
    except (TypeError, ValueError, OverflowError):
        return None
