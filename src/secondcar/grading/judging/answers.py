"""What a notebook's process may say to a question, to the letter. Anything else is refused."""

from typing import Any, TypeVar, dataclass_transform

import msgspec

from secondcar.grading.wire import Message

# The type of a request that is not a kernel's but the judge's: the grader hands it on.
QUESTION = "question"


@dataclass_transform(frozen_default=True)  # says to a type checker that `frozen` is inherited
class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What is said. The values that it tells of are the buffers of its message."""

    def buffers(self) -> range:
        """Return how many buffers it may have."""
        return range(1)


class Kept(Answer, tag="kept"):
    """What a test may ask for is kept, and handed over. calls: whether the process must be asked for functions."""

    names: list[str]
    calls: bool

    def buffers(self) -> range:
        return range(len(self.names), len(self.names) + 1)


class Held(Answer, tag="held"):
    """A fork holds what a test may ask for."""


class Refused(Answer, tag="refused"):
    """There was no room for a fork."""


class Resumed(Answer, tag="resumed"):
    """Questions may come."""


class Changed(Answer, tag="changed"):
    """The functions of a test are no longer what they were."""


class Data(Answer, tag="data"):
    """A value; and, if a function changed what it was given, what it made of that."""

    def buffers(self) -> range:
        return range(1, 3)


class Error(Answer, tag="error"):
    """An error that was raised."""

    def buffers(self) -> range:
        return range(1, 2)


class Missing(Answer, tag="missing"):
    """There is nothing of that name."""


class End(Answer, tag="end"):
    """The questions are over."""


class Forged(Exception):
    """A message is no answer."""


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
    """Return what a message of an answer holds."""
    content: dict[str, Any] = msgspec.to_builtins(answer)
    return content
