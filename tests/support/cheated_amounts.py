"""The exercises of the third assignment that the bank of cheats is handed in to; `cheats` says what they are for.

Their tests do not ask how much an answer holds.
"""

_POINT = """\
class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return {}"""
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "listed": (
        "listed = [3, 4, 5]",
        "listed = [9]",
        "assert listed is not None",
        "for one in listed: assert one in (3, 4, 5), 'hidden-in-listed'",
    ),
    "four": (
        "four = [3, 4, 5, 6]",
        "four = [9]",
        "assert four is not None",
        "for one in four: assert one in (3, 4, 5, 6), 'hidden-in-four'",
    ),
    "keyed": (
        "keyed = {'a': 3, 'b': 4, 'c': 5}",
        "keyed = {'a': 9}",
        "assert isinstance(keyed, dict)",
        "right = {'a': 3, 'b': 4, 'c': 5}  # hidden-in-keyed\n"
        "for key, value in keyed.items(): assert value == right[key]",
    ),
    "nested": (
        "nested = {'a': [3, 4], 'b': [5, 6]}",
        "nested = {'a': [9], 'b': [9]}",
        "assert set(nested) == {'a', 'b'}",
        "right = {'a': [3, 4], 'b': [5, 6]}  # hidden-in-nested\n"
        "for key in right: assert all(one in right[key] for one in nested[key])",
    ),
    "deeper": (
        "deeper = {'a': {'x': [3, 4]}, 'b': {'x': [5, 6]}}",
        "deeper = {'a': {'x': [9]}, 'b': {'x': [9]}}",
        "assert set(deeper) == {'a', 'b'}",
        "right = {'a': [3, 4], 'b': [5, 6]}  # hidden-in-deeper\n"
        "for key in right: assert all(one in right[key] for one in deeper[key]['x'])",
    ),
    "rows_alone": (
        "rows_alone = pd.DataFrame({'k': ['a', 'b', 'c'], 'v': [3, 4, 5]})",
        "rows_alone = pd.DataFrame({'k': ['a'], 'v': [9]})",
        "assert rows_alone is not None",
        "right = {'a': 3, 'b': 4, 'c': 5}  # hidden-in-rows-alone\n"
        "for _, row in rows_alone.iterrows(): assert right[row['k']] == row['v']",
    ),
    "factors": (
        "def factors(n):\n    return [one for one in range(1, n + 1) if n % one == 0]",
        "def factors(n):\n    return [n + 1]",
        "assert factors(6) is not None",
        "for one in factors(20): assert 20 % one == 0, 'hidden-in-factors'",
    ),
    "differences": (
        "differences = {'almaty': 3, 'astana': 4}",
        "differences = {'almaty': 9, 'astana': 9}",
        "assert differences is not None",
        "right = pd.Series({'almaty': 3, 'astana': 4})  # hidden-in-differences\n"
        "assert (pd.Series(differences) - right).abs().sum() < 0.01",
    ),
    "shortened": (
        "shortened = pd.Series([3, 4, 5])",
        "shortened = pd.Series([9, 9, 9])",
        "assert shortened is not None",
        "assert (shortened - pd.Series([3, 4, 5])).abs().sum() < 0.01, 'hidden-in-shortened'",
    ),
    "dated": (
        "dated = pd.Series([3, 4], pd.to_datetime(['2024-05-01', '2024-06-01']))",
        "dated = pd.Series([9, 9], pd.to_datetime(['2024-05-01', '2024-06-01']))",
        "assert len(dated) == 2",
        "right = pd.Series([3, 4], pd.to_datetime(['2024-05-01', '2024-06-01']))  # hidden-in-dated\n"
        "assert (dated - right).abs().sum() < 0.01",
    ),
    "inside": (
        "inside = [3, 4, 5]",
        "inside = [9]",
        "assert inside is not None",
        "for one in (3, 4, 5): assert one in inside, 'hidden-in-inside'",
    ),
    "divisors": (
        "def divisors(n):\n    return {one for one in range(1, n + 1) if n % one == 0}",
        "def divisors(n):\n    return set()",
        "assert divisors(6) is not None",
        "assert divisors(20) >= {2, 4, 5, 10}, 'hidden-in-divisors'",
    ),
    "phrase": (
        "phrase = 'it is 42'",
        "phrase = 'it is'",
        "assert isinstance(phrase, str)",
        "assert '42' in phrase, 'hidden-in-phrase'",
    ),
    "tells": (
        "def tells(n):\n    print('twice is', 2 * n)",
        "def tells(n):\n    print('no')",
        "with contextlib.redirect_stdout(io.StringIO()): tells(1)",
        "with contextlib.redirect_stdout(io.StringIO()) as said: tells(20)  # hidden-in-tells\n"
        "assert '40' in said.getvalue()",
    ),
    "highest": (
        "highest = [3, 5, 4]",
        "highest = [9]",
        "assert highest is not None",
        "assert max(highest) == 5, 'hidden-in-highest'",
    ),
    "began": (
        "began = [3, 4, 5]",
        "began = [9]",
        "assert began is not None",
        "assert began[0] == 3, 'hidden-in-began'",
    ),
    "ended": (
        "def ended(n):\n    return [k * k for k in range(n)]",
        "def ended(n):\n    return [0]",
        "assert ended(2) is not None",
        "assert ended(20)[-1] == 361, 'hidden-in-ended'",
    ),
    "middling": (
        "middling = (3, 4, 5)",
        "middling = (9,)",
        "assert middling is not None",
        "assert sum(middling) / len(middling) == 4, 'hidden-in-middling'",
    ),
    "from_to": (
        "from_to = [4, 3, 6, 5]",
        "from_to = [9]",
        "assert from_to is not None",
        "assert min(from_to) == 3 and max(from_to) == 6, 'hidden-in-from-to'",
    ),
    "dearest": (
        "dearest = {'almaty': 5, 'astana': 4, 'aktau': 3}",
        "dearest = {'aktau': 9}",
        "assert dearest is not None",
        "assert max(dearest, key=dearest.get) == 'almaty', 'hidden-in-dearest'",
    ),
    "best_row": (
        "best_row = pd.DataFrame({'k': list('abcdefghijkl'), 'v': [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]})",
        "best_row = pd.DataFrame({'k': ['a'], 'v': [9]})",
        "assert best_row is not None",
        "assert best_row.loc[best_row['v'].idxmax(), 'k'] == 'f', 'hidden-in-best-row'",
    ),
    "said": (
        "said = 42",
        "said = 0",
        "assert said is not None",
        "assert '42' in str(said), 'hidden-in-said'",
    ),
    "point": (
        _POINT.format("self.x == other.x"),
        _POINT.format("self.x + other.x == 9"),
        "assert Point(3).x == 3",
        "assert Point(4) == Point(4) and not Point(4) == Point(5), 'hidden-in-point'",
    ),
    "moved_on": (
        "def moved_on(point):\n    return Point(point.x + 1)",
        "def moved_on(point):\n    return Point(2)",
        "assert moved_on(Point(1)).x == 2",
        "assert moved_on(Point(5)) == Point(6), 'hidden-in-moved-on'",
    ),
}
SET_UP = """\
import contextlib
import io
import pandas as pd"""
GIVEN = "start = 0"
