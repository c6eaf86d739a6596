"""Fills named quantities into texts, so that no number in them is typed by hand.

In Markdown cells, in answers.toml and in a unit's other files, ``{{ claim("output-units") }}`` is a figure of the
article, ``{{ fact("F020") }}`` a row of facts.csv, and both can be calculated with. ``{{ quote("cause-demand") }}`` is
the article's words of a claim. ``{{ python("print") }}`` shows a word of Python, and says that the text introduces it.
The syntax is Jinja's.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import jinja2

from secondcar.data import claim, fact, quote

# What a reference that cannot be filled raises.
Unfilled = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def fill(text: str, write: Callable[[object], object] | None = None, **names: Any) -> str:
    """Return `text` with every ``{{ expression }}`` replaced by its value.

    Args:
        text: prose with references.
        write: how a value is written; `write_number` if None.
        names: what else references may name: functions to call, or values.

    Raises:
        Exception: one of `Unfilled`, where a reference is misspelt or names an unknown claim or fact.

    >>> fill('{{ (claim("output-units") / 2.5) | round(-2) }} vehicles')
    '7,600 vehicles'
    """
    template = _template(text, write or write_number)
    return template.render(claim=claim, fact=fact, quote=quote, python=as_code, **names)


@cache  # a build fills each text several times, and nearly all of its time goes into compiling it
def _template(text: str, write: Callable[[object], object]) -> jinja2.Template:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, finalize=write, keep_trailing_newline=True)
    return environment.from_string(text)


def as_code(code: str) -> str:
    """Return a piece of Python as Markdown shows it.

    >>> as_code("print")
    '`print`'
    """
    return f"`{code}`"


def write_number(value: object) -> object:
    """Write a quantity as prose has it: thousands separated, whole numbers without a point.

    >>> write_number(19000.0), write_number(1.6)
    ('19,000', '1.6')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def write_raw_number(value: object) -> object:
    """Write a quantity as a program reads it: no separator, whole numbers without a point.

    >>> write_raw_number(19000.0), write_raw_number(1.6)
    ('19000', '1.6')
    """
    written = write_number(value)
    return written if written is value else str(written).replace(",", "")
