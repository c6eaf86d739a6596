"""Draws a question that is sound."""

from itertools import count

from secondcar.practice.draw import Draw
from secondcar.practice.forms import TOPICS
from secondcar.practice.news import News
from secondcar.practice.question import Question, is_sound


def draw_question(topic: str, seed: int) -> Question:
    """Return the question of a topic and a seed, the same on every machine.

    >>> draw_question("by-and-to", 7) == draw_question("by-and-to", 7)
    True
    """
    for attempt in count():
        draw = Draw(f"{topic} {seed} {attempt}")
        question = draw.of(TOPICS[topic])(News.drawn(draw))
        if is_sound(question):
            return question
    raise AssertionError("unreachable")
