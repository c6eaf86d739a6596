"""The base of all kinds of exercise. Each module of `secondcar.checks.kinds` holds one kind, a subclass of it."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from secondcar.checks.verdict import Verdict

# An exercise as a unit's answers.toml has it, its texts filled, and what an expression in it stands for.
Written = Mapping[str, Any]
Evaluate = Callable[[object], Any]
# What a number that an expression names, such as ``claim('output-units')``, stands for: kind and id in, words out.
Label = Callable[[str, str], str]

V = TypeVar("V", covariant=True)

FORMULA_HINT = "The formula, with a box for each number that you have to find: {}."


def _unnamed(kind: str, name: str) -> str:
    return name


@dataclass(frozen=True)
class Mistake(Generic[V]):
    """A mistake that learners are known to make.

    Attributes:
        id: its name in reports.
        value: an answer with this mistake; each kind says in what form.
        means: what to tell a learner who makes it.
    """

    id: str
    value: V
    means: str


@dataclass(frozen=True, kw_only=True)
class Exercise(ABC, Generic[V]):
    """One exercise as a check uses it, with its answer.

    A kind adds its own fields, in the order in which `to_json` writes them. What it must do is `judge`. All else
    serves whoever builds or tests a course, and has a default where most kinds do the same.

    Attributes:
        points: the marks for a right answer.
        hints: what `hint` gives, in this order.
        mistakes: the known mistakes.
        worked: the lines of its worked solution; none where a person marks it.
    """

    # The name of the kind in answers.toml; whether a person marks the answer; whether it takes more than a number from
    # a pocket calculator, two of them, or a word.
    kind: ClassVar[str]
    by_hand: ClassVar[bool] = False
    needs_code: ClassVar[bool] = True

    points: float
    hints: Sequence[str]
    mistakes: Sequence[Mistake[V]]
    worked: Sequence[str] = ()

    @abstractmethod
    def judge(self, value: Any) -> Verdict:
        """Judge what a learner's name holds.

        Raises:
            NotAttempted: it is ``...``.
            CannotRead: it has the wrong form.
        """

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the exercise that `to_json` wrote."""
        mistakes = [Mistake(**mistake) for mistake in stored["mistakes"]]
        return cls(**{name: value for name, value in stored.items() if name != "kind"} | {"mistakes": mistakes})

    def to_json(self) -> dict[str, Any]:
        """Return the exercise as ``answers.json`` holds it; a field that has its default is left out."""
        defaults = {field.name: field.default for field in dataclasses.fields(self)}
        values = dataclasses.asdict(self)
        return {"kind": self.kind} | {name: value for name, value in values.items() if value != defaults[name]}

    @classmethod
    def compile(cls, written: Written, points: float, evaluate: Evaluate, label: Label = _unnamed) -> Self:
        """Return the exercise that answers.toml describes."""
        names = {field.name for field in dataclasses.fields(cls)} & written.keys()
        own = {name: written[name] for name in names} | cls.evaluated(written, evaluate)
        bare = cls(**own | {"points": points, "mistakes": ()})
        mistakes = [
            Mistake(mistake["id"], bare.mistake_value(mistake["value"], evaluate), mistake["means"])
            for mistake in written["mistakes"]
        ]
        exercise = dataclasses.replace(bare, mistakes=mistakes).with_derived(written, evaluate)
        formula = exercise.formula(written, label)
        return dataclasses.replace(
            exercise,
            hints=[*exercise.hints, *([FORMULA_HINT.format(formula)] if formula else [])],
            worked=tuple(exercise.worked_lines(written, evaluate, label)),
        )

    def with_derived(self, written: Written, evaluate: Evaluate) -> Self:
        """Return the exercise with the mistakes that follow from its answer's expression, for a kind that has any."""
        return self

    def formula(self, written: Written, label: Label) -> str:
        """Return the formula of the answer, its numbers left out, as the last hint; "" where there is none."""
        return ""

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        """Return how the answer is worked out, step by step, with its result last."""
        return []

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        """Return the fields that are not copied from answers.toml as they stand there."""
        return {}

    def mistake_value(self, value: Any, evaluate: Evaluate) -> Any:
        """Return the value of a `Mistake` from what answers.toml says of it."""
        return value

    def solution(self, written: Written, evaluate: Evaluate) -> object:
        """Return a right answer, as a learner would hand it in."""
        return evaluate(written["answer"])

    def mistaken_source(self, mistake: Mistake[Any], written: Any) -> str:
        """Return as Python source what a learner who makes a mistake hands in.

        Args:
            mistake: one of `mistakes`.
            written: what answers.toml says of its value.
        """
        return repr(mistake.value)

    def objections(self, written: Written, solution: Any) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the exercise beside its answer, mistakes and bank, and how to put it right."""
        return iter(())

    def other_forms(self, value: Any) -> list[object]:
        """Return other values that say the same as this answer and must get the same verdict."""
        return []

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        """Yield small changes of a right answer that make it wrong, each with its name."""
        return iter(())
