"""The forms of questions, one module a topic. A form draws its numbers and words a question; some draws are unlucky."""

from collections.abc import Callable, Mapping, Sequence

from secondcar.practice.forms import by_and_to, ranges, shares_and_points, targets, times_more, value_per_piece
from secondcar.practice.news import News
from secondcar.practice.question import Question

# Topic -> its forms, in the course's order.
TOPICS: Mapping[str, Sequence[Callable[[News], Question]]] = {
    "by-and-to": by_and_to.FORMS,
    "times-more": times_more.FORMS,
    "shares-and-points": shares_and_points.FORMS,
    "value-per-piece": value_per_piece.FORMS,
    "ranges": ranges.FORMS,
    "targets": targets.FORMS,
}

# Topic -> the unit that teaches it.
TAUGHT_IN: Mapping[str, str] = {
    "by-and-to": "02-by-and-to",
    "times-more": "03-times-more",
    "shares-and-points": "04-every-second",
    "value-per-piece": "05-value-per-vehicle",
    "ranges": "06-nearly-and-exceeding",
    "targets": "08-hundred-thousand",
}
