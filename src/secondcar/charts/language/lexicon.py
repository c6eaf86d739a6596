"""Reads the lexicon, once, when a word is first asked for."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """Return the tables of lexicon.toml."""
    return tomllib.loads(files("secondcar.charts.language").joinpath("lexicon.toml").read_text("utf-8"))
