"""The conversation of practice: a question, answers, a hint, the way to the answer."""

import dataclasses
import difflib
import functools
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fsrs import Rating

from secondcar.checks import judge, record, stopped
from secondcar.checks.answers_file import unit_folder
from secondcar.checks.session import publish
from secondcar.checks.verdict import Verdict
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, RIGHT, WRONG
from secondcar.practice import showing
from secondcar.practice.draw import Draw
from secondcar.practice.drawing import draw_question
from secondcar.practice.forms import TAUGHT_IN, TOPICS
from secondcar.practice.memory import Keeper, Memory, Open
from secondcar.practice.question import Question
from secondcar.practice.showing import Shown

# After this many different wrong answers the way to the right one is shown.
TRIES = 3
# The largest seed that is drawn: short enough to be typed.
_LARGEST_SEED = 99_999
NEXT = "`practice()` asks the next question."
STUCK = "Try again, or ask: `practice(hint=True)` gives a hint, and `practice(solution=True)` shows the way."

_NO_QUESTION = showing.sentence("No question yet", "No question is open. `practice()` asks one.")


def ask(topic: object, seed: object) -> None:
    """Ask a question: of the topic, or of the one that is due; with a seed, the same for everybody."""
    said = _objection(topic, seed)
    if said is not None:
        _show([said])
        return
    keeper, memory = _keeper(_folder()), _recall()
    number = seed if isinstance(seed, int) else 1 + secrets.randbelow(_LARGEST_SEED)
    if not isinstance(topic, str) or not topic:
        topic = (
            memory.next_topic(_most_mistaken_first(_folder()), _now())
            if seed is None
            else Draw(str(number)).of(list(TOPICS))
        )
    keeper.keep(dataclasses.replace(memory, last=topic, open=Open(topic, number)))
    problem = [showing.sentence("Practice", keeper.problem)] if keeper.problem else []
    _show([*problem, showing.question(draw_question(topic, number), topic, number)])


def check_answer(value: object) -> None:
    """Check an answer to the open question, and once it is right, or after three tries, show the way to it."""
    memory = _recall()
    if memory.open is None:
        _show([_NO_QUESTION])
        return
    opened, asked = memory.open, _question(memory.open)
    found = judge(asked.exercise, value)
    if found.state == NOT_ATTEMPTED:
        found = dataclasses.replace(
            found, message="Put your answer in place of the three dots, and run the cell again."
        )
    parts = [showing.verdict(_name(opened), found)]
    if found.state in (RIGHT, WRONG):
        memory = _after_try(memory, opened, found)
        _keeper(_folder()).keep(memory)
        if memory.open is None:
            parts += [showing.solution(asked), showing.sentence("Go on", NEXT)]
        else:
            parts.append(showing.sentence("Once more", STUCK))
    _show(parts, {"exercise": _name(opened), "state": found.state, "mistake": found.mistake})


def give_hint() -> None:
    """Give the next hint of the open question; after the last one, give that again."""
    memory = _recall()
    if memory.open is None:
        _show([_NO_QUESTION])
        return
    hints = _question(memory.open).exercise.hints
    number = min(memory.open.hints + 1, len(hints))
    _keeper(_folder()).keep(dataclasses.replace(memory, open=dataclasses.replace(memory.open, hints=number)))
    _show([showing.sentence(f"Hint {number} of {len(hints)}", hints[number - 1])])


def give_solution() -> None:
    """Show the way to the answer of the open question, which is closed with that and comes back soon."""
    memory = _recall()
    if memory.open is None:
        _show([_NO_QUESTION])
        return
    opened = memory.open
    if not opened.tries:
        memory = memory.rated(opened.topic, Rating.Again, _now())
    _keeper(_folder()).keep(dataclasses.replace(memory, open=None))
    _show([showing.solution(_question(opened)), showing.sentence("Go on", NEXT)])


def _after_try(memory: Memory, opened: Open, found: Verdict) -> Memory:
    """Return the memory after a right or wrong answer; the first one alone says how well the topic is known."""
    right = found.state == RIGHT
    if not opened.tries:
        known = Rating.Hard if opened.hints else Rating.Good
        memory = memory.rated(opened.topic, known if right else Rating.Again, _now())
    tries = [*opened.tries, *({found.given} - set(opened.tries))]
    still_open = None if right or len(tries) >= TRIES else dataclasses.replace(opened, tries=tries)
    return dataclasses.replace(memory, open=still_open)


def _objection(topic: object, seed: object) -> Shown | None:
    """Return what to say of a topic or a seed that does not exist, or None."""
    if not isinstance(topic, str):
        return showing.sentence("Practice", "Give your answer by its name: `practice(answer=...)`.")
    if topic and topic not in TOPICS:
        close = difflib.get_close_matches(topic, TOPICS, n=1)
        advice = f'Did you mean "{close[0]}"?' if close else f"The topics are: {', '.join(TOPICS)}."
        return showing.sentence("Practice", f'There is no topic "{topic}". {advice}')
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool)):
        return showing.sentence("Practice", "The seed is a whole number, such as `seed=7`.")
    return None


def _most_mistaken_first(folder: Path | None) -> list[str]:
    """Return the topics, those first in whose units most mistakes were met, else in the course's order."""
    units = record.read_record(folder) if folder else {}
    met = {
        topic: sum(len(tried.mistakes) for tried in units.get(unit, {}).values()) for topic, unit in TAUGHT_IN.items()
    }
    return sorted(TOPICS, key=lambda topic: -met[topic])


def _question(opened: Open) -> Question:
    return draw_question(opened.topic, opened.seed)


def _name(opened: Open) -> str:
    return f"{opened.topic}, seed {opened.seed}"


def _recall() -> Memory:
    """Return what is remembered; a topic that this version does not have cannot be open."""
    memory = _keeper(_folder()).recall()
    return memory if memory.open is None or memory.open.topic in TOPICS else dataclasses.replace(memory, open=None)


@functools.cache
def _keeper(folder: Path | None) -> Keeper:
    return Keeper(folder)


def _folder() -> Path | None:
    """Return the folder that holds a learner's units, or else this one; None beside a course's own units."""
    unit = unit_folder()
    return record.learners_folder(unit) if unit else Path.cwd()


def _now() -> datetime:
    return datetime.now(UTC)


def _after_cell(outcome: stopped.Outcome) -> None:
    """Show what is wrong with an answer that Python cannot read, below what Python says."""
    error, source = outcome.error_before_exec or outcome.error_in_exec, outcome.info.raw_cell
    opened = _recall().open
    if error is not None and opened is not None and source.lstrip().startswith("practice("):
        why = f"The cell stopped with {stopped.cause(error, source)} Mend it and run it again."
        _show([showing.verdict(_name(opened), Verdict(CANNOT_READ, why))])


stopped.watch(_after_cell)


def _show(parts: Sequence[Shown], metadata: dict[str, object] | None = None) -> None:
    shown = showing.together(parts)
    publish(shown.text, shown.html, metadata or {})
