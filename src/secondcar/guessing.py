"""A learner's guess beside the result: nobody marks it, and a guess that was written down is remembered."""

from numbers import Real


def beside(guess: object, result: object) -> None:
    """Print a guess and the result beside it; three dots are not a guess yet.

    >>> beside(70, 80)
    Your guess: 70. It is: 80.
    >>> beside(..., 19217.4)
    It is: 19,217.4.
    """
    said = "" if guess is ... else f"Your guess: {_in_words(guess)}. "
    print(f"{said}It is: {_in_words(result)}.")


def _in_words(value: object) -> str:
    # A truth value is a number to Python, and not to a reader.
    if isinstance(value, Real) and not isinstance(value, bool):
        return f"{float(value):,.6g}"
    return str(value)
