"""Counts in sentences: one learner, two learners."""


def counted(number: float, one: str, many: str | None = None) -> str:
    """Return a number with the words that fit it.

    Args:
        number: how many.
        one: what follows 1, such as a noun, or a noun and its verb.
        many: what follows any other number; `one` with an s if None.

    >>> counted(1, "learner"), counted(0, "learner"), counted(19000, "copy", "copies")
    ('1 learner', '0 learners', '19,000 copies')
    """
    return f"{number:,.10g} {one if number == 1 else many or f'{one}s'}"
