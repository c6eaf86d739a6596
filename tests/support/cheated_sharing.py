"""The exercises of the fifth assignment that the bank of cheats is handed in to; `cheats` says what they are for.

Their tests change what they were given, what they gave, or what functions find around them, to see what comes of it; or
they compare with data that stand where a learner can put others.
"""

_ACCOUNT = """\
class Account:
    def __init__(self):
        self._paid = []

    def pay(self, amount):
        self._paid.append(amount)

    def history(self):
        return {}"""
_TILL = """\
class Till:
    def __init__(self, prices):
        self.prices = {}

    def total(self):
        return sum(self.prices)"""
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "deep_copy": (
        "def deep_copy(rows):\n    return [list(row) for row in rows]",
        "def deep_copy(rows):\n    return []",
        "assert deep_copy([]) == []",
        "own = [[0, 0], [0, 0]]; copied = deep_copy(own); copied[0][0] = 9  # hidden-in-deep-copy\n"
        "assert copied == [[9, 0], [0, 0]] and own == [[0, 0], [0, 0]]",
    ),
    "board": (
        "def board(n):\n    return [['.'] * n for _ in range(n)]",
        "def board(n):\n    return []",
        "assert board(0) == []",
        "made = board(2); made[0][0] = 'x'  # hidden-in-board\nassert made == [['x', '.'], ['.', '.']]",
    ),
    "basket": (
        "def basket():\n    return ['bread', 'milk']",
        "def basket():\n    return []",
        "assert basket() is not None",
        "mine = basket(); mine.append('tea')  # hidden-in-basket\nassert basket() == ['bread', 'milk']",
    ),
    "account": (
        _ACCOUNT.format("list(self._paid)"),
        _ACCOUNT.format("[]"),
        "assert Account().history() == []",
        "account = Account(); account.pay(3); account.history().append(9)  # hidden-in-account\n"
        "assert account.history() == [3]",
    ),
    "cloned": (
        "cloned = [list(row) for row in GRID]",
        "cloned = []",
        "assert isinstance(cloned, list)",
        "cloned[0][0] = 5  # hidden-in-cloned\nassert cloned[1] == GRID[1] and GRID[0][0] == 1",
    ),
    "dearer": (
        "dearer = PRICES.copy()",
        "dearer = PRICES * 0",
        "assert len(dearer) == 3",
        "dearer[0] += 5  # hidden-in-dearer\nassert dearer[0] == 15 and PRICES[0] == 10",
    ),
    "halves": (
        "def halves(table):\n    return table.assign(half=table['price'] / 2)",
        "def halves(table):\n    return table",
        "assert halves(pd.DataFrame({'price': [2.0]})) is not None",
        "given = pd.DataFrame({'price': [4.0, 6.0]}); made = halves(given); made['price'] = 0.0  # hidden-in-halves\n"
        "assert list(made['half']) == [2, 3] and list(given['price']) == [4, 6]",
    ),
    "till": (
        _TILL.format("list(prices)"),
        _TILL.format("[]"),
        "assert Till([1, 2]).total() is not None",
        "given = [5, 7]; till = Till(given); given.append(100)  # hidden-in-till\nassert till.total() == 12",
    ),
    "in_stock": (
        "def in_stock(stock):\n    return list(stock)",
        "def in_stock(stock):\n    return []",
        "assert in_stock({}) is not None",
        "stock = {'plum': 3}; found = in_stock(stock); stock['pear'] = 2  # hidden-in-in_stock\n"
        "assert list(found) == ['plum']",
    ),
    "raised": (
        "def raised(marks, by):\n    return {name: mark + by for name, mark in marks.items()}",
        "def raised(marks, by):\n    return {}",
        "assert raised(marks={}, by=1) == {}",
        "marks = {'ada': 50}; found = raised(marks=marks, by=5)  # hidden-in-raised\n"
        "assert found == {'ada': 55} and marks == {'ada': 50}",
    ),
    "merged": (
        "def merged(lists):\n    return sorted(sum(lists, []))",
        "def merged(lists):\n    return []",
        "assert merged([]) == []",
        # What only hides warnings is no reason to run it in the notebook.
        "one, two = [3, 1], [2]; warnings.simplefilter('ignore'); found = merged([one, two])  # hidden-in-merged\n"
        "assert found == [1, 2, 3] and one == [3, 1] and two == [2]",
    ),
    "quotients": (
        "def quotients(a, b):\n    return np.divide(a, b, out=np.zeros(len(a)), where=b != 0)",
        "def quotients(a, b):\n    return np.zeros(0)",
        "assert quotients(np.array([1.0]), np.array([2.0])) is not None",
        "with warnings.catch_warnings():\n    warnings.simplefilter('error')  # hidden-in-quotients\n"
        "    found = quotients(np.array([1.0, 2.0]), np.array([2.0, 0.0]))\nassert list(found) == [0.5, 0]",
    ),
    "in_order": (
        "def in_order(numbers):\n    found = list(numbers)\n    found.sort()\n    return found",
        "def in_order(numbers):\n    return []",
        "assert in_order([1]) is not None",
        "with mock.patch('builtins.sorted', side_effect=ValueError):  # hidden-in-in-order\n"
        "    found = in_order([3, 1, 2])\nassert list(found) == [1, 2, 3]",
    ),
    "mildest": (
        "days = [12.5, 14.0, 9.5]\n### BEGIN SOLUTION\nmildest = max(days)",
        "days = [12.5, 14.0, 9.5]\nmildest = 0.0",
        "assert isinstance(mildest, float)",
        "assert mildest == max(days), 'hidden-in-mildest'",
    ),
    "span": (
        "span = DRAWN.max() - DRAWN.min()",
        "span = 1.0",
        "assert span > 0",
        "assert abs(span - (DRAWN.max() - DRAWN.min())) < 1e-9, 'hidden-in-span'",
    ),
    "twofold": (
        "ROLLS['twofold'] = 2 * ROLLS['a']",
        "ROLLS['twofold'] = -1",
        "assert 'twofold' in ROLLS",
        "assert (ROLLS['twofold'] == 2 * ROLLS['a']).all(), 'hidden-in-twofold'",
    ),
    "passed": (
        "passed = [one for one in limits if one > 5]",
        "passed = [0]",
        "assert len(passed) > 0",
        "assert passed == [one for one in limits if one > 5], 'hidden-in-passed'",
    ),
}
SET_UP = """\
import warnings
from unittest import mock

import numpy as np
import pandas as pd

limits = []
for k in range(3):
    limits.append(10 * k)"""
GIVEN = """\
GRID = [[1, 2], [3, 4]]
PRICES = np.array([10, 20, 30])
DRAWN = np.random.default_rng().normal(50, 10, 200)
ROLLS = pd.DataFrame({'a': np.random.default_rng().integers(1, 7, 50)})"""
