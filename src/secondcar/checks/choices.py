"""Judging a choice: one option, several options, or one option for each item of a list."""

import numbers

from secondcar.checks.values import is_blank, read_text
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
    given = [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)
    chosen = {_read_option(v, options) for v in given}
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
    given = _read_items(value, exercise)
    answer = exercise["answer"]
    fitting = [item for item in answer if given.get(item) == answer[item].casefold()]
    if len(fitting) == len(answer):
        return right(exercise.get("right", "Right."), f"All {len(answer)} fit.")
    share = len(fitting) / len(answer)
    count = f"{len(fitting)} of {len(answer)} fit."
    for mistake in exercise["mistakes"]:
        if all(given.get(item) == option.casefold() for item, option in mistake["value"].items()):
            return wrong(mistake["means"], mistake=mistake["id"], share=share, given=count)
    again = next(item for item in answer if item not in fitting)
    if given[again] is None:
        return wrong(f'Still open: "{again}". What would you say there?', share=share, given=count)
    return wrong(f'Look at "{again}" again: what do its words say?', share=share, given=count)


def _read_items(value: object, exercise: dict) -> dict[str, str | None]:
    """Read item -> option; an item still left as ``...``, or left out, is None."""
    if is_blank(value):
        raise NotAttempted
    if not hasattr(value, "items") or not hasattr(value, "keys"):
        raise Unreadable('I need a dictionary that gives each item its option: {"item": "option", ...}.')
    names = {item.casefold(): item for item in exercise["answer"]}
    given: dict[str, str | None] = dict.fromkeys(exercise["answer"])
    for key, option in value.items():
        item = names.get(str(key).strip().casefold())
        if item is None:
            raise Unreadable(f'There is no item called "{key}". The items are: {", ".join(names.values())}.')
        if not is_blank(option):
            given[item] = _read_option(option, exercise["options"])
    if not any(given.values()):
        raise NotAttempted
    return given


def _read_option(value: object, options: list[str]) -> str:
    """Read one option; a number stands for the option that is written so."""
    is_number = isinstance(value, numbers.Number) and not isinstance(value, bool | complex)
    option = f"{float(value):g}" if is_number else read_text(value)
    if option not in [known.casefold() for known in options]:
        raise Unreadable(f'"{option}" is not one of the options: {", ".join(options)}.')
    return option
