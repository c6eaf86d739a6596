"""Practice without end: new claims from invented news, checked and explained as the exercises are.

>>> practice()  # doctest: +SKIP
>>> practice(answer=7600)  # doctest: +SKIP
"""

import os

_NOTHING = object()  # `...` is an answer that is still open


def practice(
    topic: str = "", *, answer: object = _NOTHING, seed: int | None = None, hint: bool = False, solution: bool = False
) -> None:
    """Ask a new question, or check the answer to the one that is open.

    Args:
        topic: what to practise, such as ``"by-and-to"``; without it, what went wrong or is longest ago.
        answer: your answer to the question that was asked last.
        seed: a whole number; with the same topic and seed everybody gets the same question.
        hint: get a hint for the question that was asked last.
        solution: see the way to its answer, step by step.

    >>> practice("by-and-to", seed=7)  # doctest: +SKIP
    >>> practice(answer=7600)  # doctest: +SKIP
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        print("Practice rests while a notebook is graded.")
        return
    # Every notebook imports this package first: what practice needs is imported when somebody practises.
    from secondcar.practice import session

    if answer is not _NOTHING:
        session.check_answer(answer)
    elif hint:
        session.give_hint()
    elif solution:
        session.give_solution()
    else:
        session.ask(topic, seed)
