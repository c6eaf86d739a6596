"""Python expressions of answers.toml, and the names that they may use."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so

from secondcar.charts import set_alt_text
from secondcar.data import claim, fact

EXPRESSION_NAMES = {
    "claim": claim,
    "fact": fact,
    "inf": math.inf,
    "math": math,
    "np": np,
    "pd": pd,
    "plt": plt,
    "sns": sns,
    "so": so,
    "set_alt_text": set_alt_text,
    "Fraction": Fraction,
    "Decimal": Decimal,
}


def evaluate(expression: object) -> Any:
    """Return what a Python expression of answers.toml stands for; a number stands for itself.

    >>> evaluate("19000 / 2.5")
    7600.0
    """
    if not isinstance(expression, str):
        return expression
    if expression.lstrip().startswith("def "):
        namespace = dict(EXPRESSION_NAMES)
        exec(expression, namespace)
        return list(namespace.values())[-1]
    return eval(expression, dict(EXPRESSION_NAMES))
