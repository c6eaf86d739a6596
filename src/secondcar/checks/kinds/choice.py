"""A choice: one option, several options, or one option for each item of a list."""

import difflib
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondcar.checks.exercise import Evaluate, Exercise, Label, Mistake, Written
from secondcar.checks.values import is_blank, plain, read_text, unwrap_single
from secondcar.checks.verdict import CannotRead, NotAttempted, Verdict, right, wrong
from secondcar.counting import counted

# What ``answer`` is decides the form: one option, several, or item -> option.
Chosen = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Choice(Exercise[Chosen]):
    """A choice. The value of a mistake is an option wrongly chosen, the whole wrong choice, or the wrong lines.

    Attributes:
        options: what can be chosen.
        right: what to say to a right answer.
        answer: what is right; its type decides in what form the answer is asked.
        says: option -> what it says of a line or a question, for the options that a course explains.

    >>> exercise = Choice(points=1, hints=[], mistakes=[], options=["target", "share"], answer="target")
    >>> exercise.judge("Target").state
    'right'
    """

    kind = "choice"
    needs_code = False

    options: Sequence[str]
    right: str = "Right."
    answer: Chosen
    says: Mapping[str, str] | None = None

    def judge(self, value: Any) -> Verdict:
        """Judge text; a list, tuple or set of texts; or a dict or Series from item to text. Case does not count."""
        if isinstance(self.answer, Mapping):
            return self._judge_items(self.answer, value)
        if isinstance(self.answer, str):
            return self._judge_one(self.answer, value)
        return self._judge_several(self.answer, value)

    def _judge_one(self, answer: str, value: Any) -> Verdict:
        option = _read_option(value, self.options)
        given = f'Your answer was read as "{option}".'
        if option == answer:
            return right(self.right, given)
        for mistake in self.mistakes:
            if mistake.value == option:
                return wrong(mistake.means, mistake=mistake.id, given=given)
        told = self._told(option) or "Read the words again, and look at a hint if you want one."
        return wrong(f"That is not the one. {told}", given=given)

    def _judge_several(self, answer: Sequence[str], value: Any) -> Verdict:
        if is_blank(value):
            raise NotAttempted
        if hasattr(value, "__next__"):
            # Reading would use it up, and the next check of the same answer would find nothing.
            raise CannotRead("This gives its words only once. Make it a list: list(...).")
        if isinstance(value, str):
            value = value.split(",")  # "nearly, about" names two options as plainly as a list does
        chosen = {_read_option(option, self.options) for option in (value if hasattr(value, "__iter__") else [value])}
        wanted = set(answer)
        listed = f"Your answer was read as: {', '.join(sorted(chosen)) or 'nothing'}."
        if chosen == wanted:
            return right(self.right, listed)
        for mistake in self.mistakes:
            if _is_this_mistake(mistake.value, chosen, wanted):
                return wrong(mistake.means, mistake=mistake.id, given=listed)
        extra, missing = sorted(chosen - wanted), len(wanted - chosen)
        if not extra:
            lacking = counted(missing, "is still missing", "are still missing")
            message = f"All that you chose fits, and {lacking}: go through the rest again."
        else:
            lacking = f" And {counted(missing, 'is still missing', 'are still missing')}." if missing else ""
            message = f'Look at "{extra[0]}" again: does it belong here?{lacking}'
        return wrong(message, given=listed)

    def _judge_items(self, answer: Mapping[str, str], value: Any) -> Verdict:
        given, unreadable, extra = _read_items(value, list(answer), self.options)
        fitting = [item for item in answer if given[item] == answer[item]]
        share = len(fitting) / (len(answer) + extra)
        if share == 1:
            return right(self.right, "Both fit." if len(answer) == 2 else f"All {len(answer)} fit.")
        of_all = f"of {len(answer)}"
        count = f"{counted(len(fitting), f'{of_all} fits', f'{of_all} fit')}."
        if unreadable:  # said first: no thought about the others helps a line that was not understood
            return wrong(unreadable, share=share, given=count)
        for mistake in self.mistakes:
            if isinstance(mistake.value, Mapping) and _agree(given, mistake.value):
                return wrong(mistake.means, mistake=mistake.id, share=share, given=count)
        again = next(item for item in answer if item not in fitting)
        if given[again] is None:
            return wrong(f'Still open: "{again}". What would you say there?', share=share, given=count)
        told = f'You chose "{given[again]}". {self._told(given[again]) or "What do its words say?"}'
        return wrong(f'Look at "{again}" again. {told}', share=share, given=count)

    def _told(self, option: str | None) -> str:
        """Return what an option says, and ask whether it is so; "" where the course does not say it."""
        told = (self.says or {}).get(option or "")
        return f"{told} Is it so here?" if told else ""

    def solution(self, written: Written, evaluate: Evaluate) -> Chosen:
        return self.answer

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        if isinstance(self.answer, Mapping):
            lines = [f'"{item}": {option}.' for item, option in self.answer.items()]
        else:
            chosen = self.answer if isinstance(self.answer, str) else ", ".join(self.answer)
            lines = [f"The answer: {chosen}."]
        return [*lines, self.right] if self.right != "Right." else lines

    def mistaken_source(self, mistake: Mistake[Chosen], written: Any) -> str:
        if isinstance(self.answer, Mapping) and isinstance(mistake.value, Mapping):
            return repr({**self.answer, **mistake.value})
        return repr(mistake.value)

    def other_forms(self, value: Any) -> list[object]:
        import pandas as pd

        if isinstance(value, dict):
            return [pd.Series(value), {item.upper(): option.upper() for item, option in value.items()}]
        if isinstance(value, list):
            return [tuple(value), set(value), [option.upper() for option in value]]
        return [value.upper(), f" {value}. ", [value]]


def _is_this_mistake(mistaken: Chosen, chosen: set[str], wanted: set[str]) -> bool:
    """A mistake given as text is one option wrongly chosen; given as a list, the whole wrong choice."""
    if isinstance(mistaken, str):
        return mistaken in chosen - wanted
    return set(mistaken) == chosen


def _agree(given: Mapping[str, str | None], mistaken: Mapping[str, str]) -> bool:
    return all(given[item] == option for item, option in mistaken.items())


def _read_items(
    value: Any, items: Sequence[str], options: Sequence[str]
) -> tuple[dict[str, str | None], str | None, int]:
    """Return item -> option, None where it is open; a sentence on the last line that cannot be read; lines too many.

    A line that cannot be read must not cost the marks of the others.

    Raises:
        NotAttempted: every line is open.
        CannotRead: no line can be read.
    """
    if is_blank(value):
        raise NotAttempted
    if not hasattr(value, "items") or not hasattr(value, "keys"):
        raise CannotRead('I need a dictionary that gives each item its option: {"item": "option", ...}.')
    names = {plain(item): item for item in items}
    given: dict[str, str | None] = dict.fromkeys(items)
    unreadable, extra = None, 0
    for key, option in value.items():
        item = names.get(plain(key))
        if item is None:
            extra += 1
            unreadable = f'There is no line called "{key}". {_nearest(key, items, "The lines are")}'
        elif not is_blank(option):
            try:
                given[item] = _read_option(option, options)
            except CannotRead as problem:
                unreadable = f'In the line "{key}": {problem}'
    if any(given.values()):
        return given, unreadable, extra
    if unreadable:
        raise CannotRead(unreadable)
    raise NotAttempted


def _read_option(value: Any, options: Sequence[str]) -> str:
    """Read one option, and return it as the course writes it; a number, also one in quotes, stands for its option.

    The first words of one option alone stand for it, too: "cannot be checked" leaves no doubt which one is meant.

    >>> verdicts = ["consistent", "inconsistent", "cannot be checked with what we have"]
    >>> _read_option("Cannot be checked", verdicts)
    'cannot be checked with what we have'
    >>> _read_option("d", ["C", "D"])
    'D'
    """
    value = unwrap_single(value)
    is_number = isinstance(value, numbers.Number) and not isinstance(value, bool | complex)
    option = _as_written(value) if is_number else read_text(value)
    for known in options:
        if option in (plain(known), _as_written(known)) or _as_written(option) == known:
            return known
    begun = [known for known in options if option and plain(known).startswith(f"{option} ")]
    if len(begun) == 1:
        return begun[0]
    pair = next((f'"{one}" and "{two}"' for one in options for two in options if plain(one + two) == option), None)
    if pair:
        raise CannotRead(f"Python made one word of {pair}: a comma is missing between them.")
    in_quotes = "" if isinstance(value, str) else " Write it in quotes, letter by letter."
    raise CannotRead(f'"{option}" is not one of the options. {_nearest(option, options, "They are")}{in_quotes}')


def _nearest(typed: object, known: Sequence[str], all_of_them: str) -> str:
    """Return a question whether the nearest of some texts is meant, or all of them where none is near.

    >>> _nearest("shares", ["share", "target"], "They are"), _nearest("cars", ["share", "target"], "They are")
    ('Did you mean "share"?', 'They are: share, target.')
    """
    texts = {plain(text): text for text in known}
    begun = [text for text in texts if text.startswith(plain(typed))]
    near = begun if len(begun) == 1 else difflib.get_close_matches(plain(typed), texts, n=1, cutoff=0.6)
    return f'Did you mean "{texts[near[0]]}"?' if near else f"{all_of_them}: {', '.join(known)}."


def _as_written(number: Any) -> str | None:
    """Write a number in the short form, so that 2, 2.0 and "2.0" are the same option; None if it is not a number."""
    try:
        return f"{float(number):g}"
    except (TypeError, ValueError, OverflowError):
        return None
