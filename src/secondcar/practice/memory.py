"""The memory of practice for one learner: when each topic comes back, and the question that is open."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fsrs import Card, Rating, Scheduler

from secondcar.errors import CourseError
from secondcar.files import write_whole

FILE_NAME = ".second-car-practice.json"
FORMAT = 1

# Not random, so that the same answers bring the same topics back at the same time.
_SCHEDULER = Scheduler(enable_fuzzing=False)


@dataclass(frozen=True)
class Open:
    """The question that is open.

    Attributes:
        topic: its topic.
        seed: its seed.
        tries: how each wrong answer was read, each once.
        hints: how many hints were given.
    """

    topic: str
    seed: int
    tries: Sequence[str] = ()
    hints: int = 0


@dataclass(frozen=True)
class Memory:
    """Topic -> when it comes back, as fsrs keeps it, the topic that was asked last, and the question that is open."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    last: str = ""
    open: Open | None = None

    def rated(self, topic: str, rating: Rating, now: datetime) -> "Memory":
        """Return the memory after a first answer: a wrong one brings its topic back within minutes."""
        card = self.cards.get(topic) or Card(card_id=0, due=now)
        reviewed, _ = _SCHEDULER.review_card(card, rating, now)
        return dataclasses.replace(self, cards={**self.cards, topic: reviewed})

    def next_topic(self, topics: Sequence[str], now: datetime) -> str:
        """Return what to practise: what is due, the longest first, then what is new, then what is due next.

        The topic that was asked last waits for another one to be asked.
        """
        others = [topic for topic in topics if topic != self.last]
        known = sorted((topic for topic in others if topic in self.cards), key=lambda topic: self.cards[topic].due)
        due = [topic for topic in known if self.cards[topic].due <= now]
        new = [topic for topic in others if topic not in self.cards]
        return [*due, *new, *known][0]

    def to_json(self) -> str:
        """Return the memory as its file holds it."""
        cards = {topic: card.to_dict() for topic, card in self.cards.items()}
        opened = dataclasses.asdict(self.open) if self.open else None
        return json.dumps({"format": FORMAT, "cards": cards, "last": self.last, "open": opened}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Memory":
        """Return the memory that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: it wrote something else.
        """
        stored = json.loads(text)
        if stored["format"] != FORMAT:
            raise ValueError(stored["format"])
        cards = {str(topic): _card(card) for topic, card in stored["cards"].items()}
        return cls(cards, str(stored["last"]), _open(stored["open"]))


class Keeper:
    """Keeps the memory in a file; where that cannot be, in this process alone, and says so in `problem`."""

    def __init__(self, folder: Path | None):
        self._path = folder / FILE_NAME if folder else None
        self._memory = Memory()
        self._asked_here = False
        self.problem = ""

    def recall(self) -> Memory:
        """Return the memory; another notebook may have changed it, except for the question that is open here."""
        if self.problem or not self._path or not self._path.exists():
            return self._memory
        try:
            found = Memory.from_json(self._path.read_text(encoding="utf-8"))
            self._memory = dataclasses.replace(found, open=self._memory.open) if self._asked_here else found
        except OSError as error:
            self._without(f"cannot be read ({error.strerror})", "make it readable")
        except (ValueError, KeyError, TypeError, AttributeError):
            self._without("is damaged", "delete it to begin a new one")
        return self._memory

    def keep(self, memory: Memory) -> None:
        """Write the memory into its file; a damaged one is left as it is."""
        self._memory, self._asked_here = memory, True
        if self._path and not self.problem:
            try:
                write_whole(self._path, memory.to_json())
            except CourseError:
                self._without("cannot be written", "make room, or make its folder writable")

    def _without(self, what: str, do: str) -> None:
        self.problem = f"{self._path} {what}, so practice goes on without it: {do}."


def _card(stored: Any) -> Card:
    card = Card.from_dict(stored)
    if card.due.tzinfo != UTC or (card.last_review and card.last_review.tzinfo != UTC):
        raise ValueError("a time without its zone")
    return card


def _open(stored: Any) -> Open | None:
    if stored is None:
        return None
    return Open(
        str(stored["topic"]), int(stored["seed"]), [str(each) for each in stored["tries"]], int(stored["hints"])
    )
