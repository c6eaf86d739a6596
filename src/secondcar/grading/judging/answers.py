"""The answers that a notebook's process may give to a question. Anything else is refused."""

from typing import Annotated, Any, TypeVar, dataclass_transform

import msgspec

from secondcar.grading.wire import Message

# The type of a request that is not a kernel's but the judge's: the grader hands it on.
QUESTION = "question"


@dataclass_transform(frozen_default=True)  # tells a type checker that `frozen` is inherited
class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An answer. Its values are the buffers of its message."""

    def buffers(self) -> range:
        """Return how many buffers the answer may have."""
        return range(1)


Number = Annotated[int, msgspec.Meta(ge=0)]


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of the containers in a value that may be changed, in the order of `pack`: one for each object.

    Attributes:
        first: the first container's number; the others' follow.
        others: the places of those that have another one, and which: they were told before.
        named: the numbers of those that are in what a name holds, and where: the places in list after list.
    """

    first: Number
    others: list[tuple[Number, Number]] = []
    named: list[tuple[Number, str, list[Number]]] = []


class Kept(Answer, tag="kept"):
    """What a test may ask for is kept and handed over.

    Attributes:
        calls: whether functions must be called in that process.
        numbers: those in the value of each name.
    """

    names: list[str]
    calls: bool
    numbers: list[Numbers] = []

    def buffers(self) -> range:
        return range(len(self.names), len(self.names) + 1)


class Held(Answer, tag="held"):
    """A fork holds what a test may ask for."""


class Refused(Answer, tag="refused"):
    """The process could not be forked."""


class Resumed(Answer, tag="resumed"):
    """The process is ready for questions."""


class Changed(Answer, tag="changed"):
    """The functions of a test have changed since the test."""


# What a function prints, up to this many characters.
MOST_PRINTED = 100_000


class Spoken(Answer):
    """An answer to which something was done.

    Attributes:
        printed: what that printed.
        late: whether it read a file that has changed since the notebook came to the test.
    """

    printed: Annotated[str, msgspec.Meta(max_length=MOST_PRINTED)] = ""
    late: bool = False


class Data(Spoken, tag="data"):
    """A value and, if a function changed its arguments, the arguments as it left them.

    Attributes:
        numbers: those in each of them.
        given: the number of the first container in the arguments; the others' follow.
        shares: whether it has a container that was told, or handed over, before.
        remembers: whether it has a function that could remember what it is asked.
    """

    numbers: list[Numbers] = []
    given: Number = 0
    shares: bool = False
    remembers: bool = False

    def buffers(self) -> range:
        return range(1, 3)


class Error(Spoken, tag="error"):
    """An error that was raised."""

    def buffers(self) -> range:
        return range(1, 2)


class Missing(Answer, tag="missing"):
    """The notebook has nothing under that name."""


class Ran(Answer, tag="ran"):
    """A test ran to its end.

    Attributes:
        passed: whether it ended without an error.
        points: the number it ended with.
        late: whether it failed and read a file that has changed since the notebook came to it.
        line: in which of its lines it failed, if that is known.
    """

    passed: bool
    points: float | None = None
    late: bool = False
    line: Number | None = None


class End(Answer, tag="end"):
    """The test has no more questions."""


class Forged(Exception):
    """A message is not an answer."""


A = TypeVar("A", bound=Answer)


def heard(message: Message, *kinds: type[A]) -> A:
    """Return the answer in a message, if it is of one of the kinds. Raises Forged."""
    try:
        answer: A = msgspec.convert(message["content"], type=kinds[0] if len(kinds) == 1 else _union(kinds))
    except (msgspec.ValidationError, KeyError):
        raise Forged from None
    if len(message.get("buffers", ())) not in answer.buffers():
        raise Forged
    return answer


def _union(kinds: tuple[type, ...]) -> object:
    found: object = kinds[0]
    for kind in kinds[1:]:
        found = found | kind
    return found


def content_of(answer: Answer) -> dict[str, Any]:
    """Return the contents of a message that carries an answer."""
    content: dict[str, Any] = msgspec.to_builtins(answer)
    return content
