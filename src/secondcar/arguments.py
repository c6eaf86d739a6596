"""The parser of the command line, and its types of numbers; one sentence refuses what cannot be used."""

import argparse
import math
from collections.abc import Callable
from typing import NoReturn

MEGABYTE = 1_000_000
# A classroom uses the port that it is given and the three after it.
LAST_PORT = 65535 - 3
# Far beyond any use; the operating system cannot count beyond it.
MOST = 1_000_000_000


class Parser(argparse.ArgumentParser):
    """A parser that refuses what it cannot use in one sentence, without printing the usage first."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and exit."""
        self.exit(2, f"{self.prog}: {message.rstrip('.')}; `{self.prog} --help` shows what can be typed.\n")


def whole_number(text: str) -> int:
    """Return a count of one or more.

    Raises:
        argparse.ArgumentTypeError: it is anything else.

    >>> whole_number("200")
    200
    """
    return int(
        _number(text, lambda number: number >= 1 and number == int(number), f"a whole number from 1 to {MOST:,}")
    )


def positive_number(text: str) -> float:
    """Return a number above zero.

    Raises:
        argparse.ArgumentTypeError: it is anything else.

    >>> positive_number("0.5")
    0.5
    """
    return _number(text, lambda number: number > 0, f"a number above 0, up to {MOST:,}")


def amount(text: str) -> float:
    """Return a number that may be zero, such as a price.

    Raises:
        argparse.ArgumentTypeError: it is anything else.

    >>> amount("0")
    0.0
    """
    return _number(text, lambda number: number >= 0, f"a number from 0 to {MOST:,}")


def megabytes(text: str) -> int:
    """Return megabytes as bytes, one or more.

    Raises:
        argparse.ArgumentTypeError: it is anything else.

    >>> megabytes("0.5")
    500000
    """
    number = int(positive_number(text) * MEGABYTE)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} megabytes are less than one byte")
    return number


def port(text: str) -> int:
    """Return the first of four ports in a row.

    Raises:
        argparse.ArgumentTypeError: these four do not exist.

    >>> port("8000")
    8000
    """
    fits = range(1, LAST_PORT + 1).__contains__
    return int(_number(text, fits, f"a port from 1 to {LAST_PORT}"))


def _number(text: str, fits: Callable[[float], bool], what: str) -> float:
    """Return the number in a text if it fits and is no larger than `MOST`; else raise ArgumentTypeError: not `what`."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan  # which is in no range
    if not (abs(number) <= MOST and fits(number)):
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
    return number


class Version(argparse.Action):
    """Look up the version only on request, because that takes longer than the rest of ``--help``."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"{parser.prog} {version('secondcar')}")
        parser.exit()
