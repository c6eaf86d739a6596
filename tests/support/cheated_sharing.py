"""The exercises of the fifth assignment that the bank of cheats is handed in to; `cheats` says what they are for.

Their tests change what they were given, or what they gave, to see whether something else changes with it.
"""

_ACCOUNT = """\
class Account:
    def __init__(self):
        self._paid = []

    def pay(self, amount):
        self._paid.append(amount)

    def history(self):
        return {}"""
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
}
SET_UP = """\
import numpy as np
import pandas as pd"""
GIVEN = "GRID = [[1, 2], [3, 4]]\nPRICES = np.array([10, 20, 30])"
