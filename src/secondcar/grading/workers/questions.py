"""What a test asked a notebook, and what that answered: so the same can be asked once more, or answered otherwise."""

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from secondcar.grading.judging import answers, forms
from secondcar.grading.judging.garbling import tokens_in, with_tokens, without_tokens

# An answer of the notebook's process, and the values in it.
Said = tuple[answers.Answer, list[bytes]]

# What a question asks: a name, or what is done with which of the objects that stay in the notebook.
Asked = tuple[object, ...]


@dataclass(frozen=True)
class Call:
    """A call of a learner's function that can be repeated.

    Attributes:
        origin, place: the name that has the function, or the call that returned it; and where in what that gave.
        question: what it is.
        arguments: as a message.
    """

    origin: "str | Call"
    place: int
    question: Asked
    arguments: bytes

    @property
    def name(self) -> str:
        """Return the name that it goes back to."""
        return self.origin if isinstance(self.origin, str) else self.origin.name


@dataclass(frozen=True)
class Questions:
    """What a test asked a notebook, what that answered each time, and the calls among it."""

    answers: dict[Asked, list[Said]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def note(self, message: dict, said: Said, origins: dict[int, tuple[str | Call, int]]) -> None:
        """Note a question and its answer. origins: where numbers came from that stand for what is in the notebook."""
        content, asked = message["content"], asked_in(message)
        self.answers.setdefault(asked, []).append(said)
        origin = content.get("name")
        if content.get("how") == "__call__" and content["token"] in origins:
            (arguments,) = message["buffers"]
            # Only data can be handed over again.
            if not tokens_in(arguments):
                origin = Call(*origins[content["token"]], asked, arguments)
                self.calls.append(origin)
        for place, number in enumerate(tokens_of(said) if origin is not None else ()):
            origins.setdefault(number, (origin, place))

    def said_to_calls(self) -> list[Said]:
        """Return what was answered to each call."""
        known = {asked: iter(said) for asked, said in self.answers.items()}
        return [next(known[call.question]) for call in self.calls]

    def answered_anew(self, said: Sequence[Said]) -> "Questions":
        """Return the same with other answers to the calls."""
        anew: dict[Asked, list[Said]] = {}
        for call, before, one in zip(self.calls, self.said_to_calls(), said, strict=True):
            anew.setdefault(call.question, []).append(_with_tokens_of(before, one))
        return Questions({**{asked: list(known) for asked, known in self.answers.items()}, **anew}, self.calls)

    def answer(self, asked: Asked) -> Said:
        """Return what was answered to a question, each time the next. Raises FunctionsGone if it was never asked."""
        known = self.answers.get(asked)
        if not known:
            raise FunctionsGone
        return known.pop(0) if len(known) > 1 else known[0]


class FunctionsGone(Exception):
    """The functions that a test calls are gone, or depend on something that has changed since."""


def asked_in(message: dict) -> Asked:
    """Return what a message of the judge's asks."""
    content = message["content"]
    return content.get("name"), content.get("token"), content.get("how"), *message.get("buffers", ())


def questions_in(log: Sequence[tuple[dict, Said]]) -> Questions:
    """Return what the judge's messages asked. log: each of them with its answer."""
    questions, origins = Questions(), dict[int, tuple[str | Call, int]]()
    for message, said in log:
        questions.note(message, said, origins)
    return questions


def tokens_of(said: Said) -> Sequence[int]:
    """Return the numbers in what was asked for that stand for what stays in the notebook."""
    with contextlib.suppress(forms.NotPlain, IndexError):
        return tokens_in(said[1][0])
    return ()


def _with_tokens_of(before: Said, said: Said) -> Said:
    """Return an answer with the numbers of another one for what stays in the notebook."""
    tokens = tokens_of(before)
    with contextlib.suppress(forms.NotPlain, IndexError):
        first, *others = said[1]
        return said[0], [forms.encode(with_tokens(first, tokens)), *others] if tokens else said[1]
    return said


def told(said: Said) -> object:
    """Return what an answer says, whatever numbers stand for what stays in the notebook."""
    answer, values = said
    if not isinstance(answer, answers.Data):
        return type(answer)
    with contextlib.suppress(forms.NotPlain):
        values = [forms.encode(without_tokens(value)) for value in values]
    return answer.printed, [hashlib.sha256(value).digest() for value in values]
