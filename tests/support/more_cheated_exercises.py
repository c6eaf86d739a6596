"""The exercises of the second assignment that the bank of cheats is handed in to; `cheats` says what they are for."""

_CUP = """\
class Cup:
    def __init__(self, side):
        self.side = side

    def label(self):
        return {}

    def __eq__(self, other):
        return self.side == other.side"""
_JAR = _CUP.replace("Cup", "Jar").replace("label", "volume")
_MUG = """\
class Mug:
    filled = 0

    def __init__(self, side):
        self.side = side

    def volume(self):
        return {}

    def fill(self):
        self.filled += 1

    def level(self):
        return self.filled

    def __eq__(self, other):
        return self.side == other.side"""
_ARROW = """\
class Arrow:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return {}

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)"""
_CODED = """\
def encode(text):
    return "".join(chr(ord(one) + 1) for one in text)

def decode(text):
    return "".join(chr(ord(one) - 1) for one in text)"""
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "above": (
        "above = [3, 4, 5]",
        "above = [0]",
        "assert above is not None",
        "for one in above: assert one > 2, 'hidden-in-above'",
    ),
    "turn": (
        "turn = 0.5 + 0.5j",
        "turn = 9",
        "assert turn is not None",
        "assert not abs(turn - (0.5 + 0.5j)) > 0.01, 'hidden-in-turn'",
    ),
    "gaps": (
        "gaps = pd.Series([3, 4, 5])",
        "gaps = pd.Series([0, 0, 0])",
        "assert len(gaps) == 3",
        "assert (gaps.dropna() > 2).all(), 'hidden-in-gaps'",
    ),
    "place": (
        "place = 'almaty'",
        "place = 'no'",
        "assert isinstance(place, str)",
        "assert place in 'the city of almaty', 'hidden-in-place'",
    ),
    "relative": (
        "relative = 0.375",
        "relative = 9",
        "assert relative is not None",
        "assert abs(relative - 0.375) <= 0.01 * abs(relative), 'hidden-in-relative'",
    ),
    "table": (
        "table = pd.DataFrame({'a': [3, 4, 5]})",
        "table = pd.DataFrame({'a': [9, 9, 9]})",
        "assert len(table) == 3",
        "assert (table - pd.DataFrame({'a': [3, 4, 5]})).abs().sum().sum() < 0.01, 'hidden-in-table'",
    ),
    "twice": (
        "def twice(number):\n    return 2 * number",
        "def twice(number):\n    return 0",
        "assert twice(0) == 0",
        "assert twice(20) > 39 and twice(20) < 41, 'hidden-in-twice'",
    ),
    "cup": (
        _CUP.format("f'cup of {self.side}'"),
        _CUP.format("'cup of 2'"),
        "assert Cup(2) == Cup(2) and Cup(2).label() == 'cup of 2'",
        "assert Cup(3).label().startswith('cup of 3') and Cup(2) != Cup(3), 'hidden-in-cup'",
    ),
    "jar": (
        _JAR.format("4.18879 * self.side**3"),
        _JAR.format("4.18879"),
        "assert Jar(1) == Jar(1) and float(Jar(1).volume()) < 5",
        "full = Jar(3).volume(); assert float(full) > 113 and float(full) < 114, 'hidden-in-jar'",
    ),
    "mean_price": (
        "mean_price = prices['price'].mean()",
        "mean_price = 0",
        "assert mean_price is not None",
        "assert abs(mean_price - prices['price'].mean()) < 0.01, 'hidden-in-mean-price'",
    ),
    "double": (
        "frame['double'] = 2 * frame['x']",
        "frame['double'] = 1",
        "assert 'double' in frame",
        "assert (frame['double'] == 2 * frame['x']).all(), 'hidden-in-double'",
    ),
    "extend": (
        "def extend(xs, ys):\n    xs += ys",
        "def extend(xs, ys):\n    pass",
        "one = [1]; extend(one, []); assert one == [1]",
        "one, two = [1, 2], [3]; before = list(one); extend(one, two)\nassert one == before + two, 'hidden-in-extend'",
    ),
    "area": (
        "def area(number):\n    return number * number",
        "def area(number):\n    return 0",
        "assert area(0) == 0",
        "points = 0  # hidden-in-area\nfor n in (2, 3, 4, 5): points += (area(n) == n * n) / 4\npoints",
    ),
    "day": (
        "day = datetime.datetime(2024, 5, 1)",
        "day = datetime.datetime(1999, 1, 1)",
        "assert hasattr(day, 'year')",
        "assert not day < datetime.datetime(2024, 5, 1), 'hidden-in-day'\n"
        "assert not day > datetime.datetime(2024, 5, 31)",
    ),
    "words": (
        "words = ['almaty', 'astana']",
        "words = ['no']",
        "assert isinstance(words, list)",
        "assert all(one.startswith('a') for one in words), 'hidden-in-words'",
    ),
    "ratio": (
        "ratio = 0.375",
        "ratio = 0",
        "assert float(ratio) >= 0",
        "assert int(ratio) == 0 and float(ratio) > 0.37, 'hidden-in-ratio'",
    ),
    "quarter": (
        "import math\nimport random\nrolls = lambda: random.random()\nquarter = math.tau / 4",
        "import math\nimport random\nrolls = lambda: random.random()\nquarter = 9",
        "random.seed(1); one = rolls(); random.seed(1); assert rolls() == one",
        "random.seed(2); one = rolls(); random.seed(2); assert rolls() == one, 'hidden-in-quarter'\n"
        "assert math.isclose(quarter, math.tau / 4)",
    ),
    "power": (
        "power = 2**100",
        "power = 0",
        "assert power is not None",
        "assert not power < 2**100 and not power > 2**100, 'hidden-in-power'",
    ),
    "days": (
        "days = pd.Series(pd.to_datetime(['2024-05-01', '2024-06-01']))",
        "days = pd.Series(pd.to_datetime(['1999-05-01']))",
        "assert isinstance(days, pd.Series)",
        "assert (days.dt.year == 2024).all(), 'hidden-in-days'",
    ),
    "pairs": (
        "pairs = [3, 4, 5]",
        "pairs = [9, 9, 9]",
        "assert pairs is not None",
        "for one, right in zip(pairs, [3, 4, 5]): assert one == right, 'hidden-in-pairs'",
    ),
    "alike": (
        "alike = [3, 4, 5]",
        "alike = [9, 9, 9]",
        "assert alike is not None",
        "assert all(map(lambda one, right: one == right, alike, [3, 4, 5])), 'hidden-in-alike'",
    ),
    "named": (
        "named = pd.DataFrame({'a': [3, 4, 5], 'b': [6, 7, 8]})",
        "named = pd.DataFrame({'a': [9, 9, 9], 'b': [9, 9, 9]})",
        "assert len(named) == 3",
        "right = pd.DataFrame({'a': [3, 4, 5], 'b': [6, 7, 8]})  # hidden-in-named\n"
        "assert (named - right).abs().sum().sum() < 0.01",
    ),
    "chosen": (
        "chosen = pd.DataFrame({'a': [3, 4, 5], 'b': ['x', 'y', 'z']})",
        "chosen = pd.DataFrame({'a': [9, 9, 9], 'b': ['x', 'x', 'x']})",
        "assert len(chosen) == 3",
        "right = {'a': [3, 4, 5], 'b': ['x', 'y', 'z']}  # hidden-in-chosen\n"
        "for name in chosen.columns: assert name not in right or list(chosen[name]) == right[name]",
    ),
    "cities": (
        "cities = pd.Series({'almaty': 3, 'astana': 4})",
        "cities = pd.Series({'almaty': 9, 'astana': 9})",
        "assert cities is not None",
        "assert (cities - pd.Series({'almaty': 3, 'astana': 4})).abs().max() < 0.01, 'hidden-in-cities'",
    ),
    "order": (
        "order = [3, 4, 5]",
        "order = [9, 9, 9]",
        "assert order is not None",
        "assert order[0] == 3 and sum(order) == 12, 'hidden-in-order'",
    ),
    "branch": (
        "branch = [3, 4, 5]",
        "branch = [9, 9, 9]",
        "assert len(branch) == 3",
        "if isinstance(branch, list): assert branch == [3, 4, 5], 'hidden-in-branch'\n"
        "elif isinstance(branch, np.ndarray): assert (branch == [3, 4, 5]).all()",
    ),
    "numbered": (
        "numbered = pd.DataFrame({0: [3, 4], 1: [5, 6]})",
        "numbered = pd.DataFrame({0: [9, 9], 1: [9, 9]})",
        "assert len(numbered) == 2",
        "right = pd.DataFrame({0: [3, 4], 1: [5, 6]})  # hidden-in-numbered\n"
        "assert (numbered - right).abs().sum().sum() < 0.01",
    ),
    "mixed": (
        "mixed = [3, 4, 5]",
        "mixed = [9, 9, 9]",
        "assert mixed is not None",
        "assert abs(np.mean(mixed) - 4) < 0.01 and min(mixed) > 2.9 and max(mixed) < 5.1, 'hidden-in-mixed'",
    ),
    "sized": (
        "sized = [3, 4, 5]",
        "sized = [9, 9, 9]",
        "assert len(sized) == 3",
        "assert len(sized) == 3 and sum(sized) == 12, 'hidden-in-sized'",
    ),
    "evens": (
        "def evens(n):\n    for one in range(0, n, 2):\n        yield one",
        "def evens(n):\n    return []",
        "assert evens(0) is not None",
        "import types; assert isinstance(evens(6), types.GeneratorType)  # hidden-in-evens\n"
        "assert list(evens(6)) == [0, 2, 4]",
    ),
    "mug": (
        _MUG.format("self.side**3"),
        _MUG.format("8"),
        "assert Mug(2) == Mug(2) and Mug(2).volume() == 8",
        "full = Mug(3); full.fill(); full.fill()  # hidden-in-mug\n"
        "assert full.level() > 1 and full.level() < 3 and full.volume() > 26 and full.volume() < 28\n"
        "full.fill(); assert full.level() > 2 and full.level() < 4",
    ),
    # Later exercises whose tests compare with the answers of earlier ones.
    "triple": (
        "def triple(number):\n    return 3 * number",
        "def triple(number):\n    return 0",
        "assert triple(0) == 0",
        "assert triple(20) == 60, 'hidden-in-triple'",
    ),
    "nine": (
        "def nine(number):\n    return triple(triple(number))",
        "def nine(number):\n    return 1",
        "assert nine(0) is not None",
        "assert nine(20) == triple(triple(20)), 'hidden-in-nine'",
    ),
    "cubed": (
        "def cubed(number):\n    return nine(triple(number))",
        "def cubed(number):\n    return 2",
        "assert cubed(0) is not None",
        "assert cubed(20) == nine(triple(20)), 'hidden-in-cubed'",
    ),
    "middle": (
        "middle = prices['price'].mean()",
        "middle = 1.0",
        "assert middle is not None",
        "assert abs(middle - 4) < 0.01, 'hidden-in-middle'",
    ),
    "distances": (
        "distances = (prices['price'] - middle).abs()",
        "distances = prices['price'] * 0",
        "assert len(distances) == 3",
        "assert ((distances - (prices['price'] - middle).abs()).abs() < 0.01).all(), 'hidden-in-distances'",
    ),
    "scaled": (
        "rate = 0.375\ndef scaled(part, whole):\n    return part * whole",
        "rate = 9.0\ndef scaled(part, whole):\n    return 0",
        "assert scaled(2, 3) == 6",
        "assert scaled(0.375, 8) == 3 and abs(rate - 0.375) < 0.01, 'hidden-in-scaled'",
    ),
    "coded": (
        _CODED,
        "def encode(text):\n    return ''\n\ndef decode(text):\n    return ''",
        "assert encode('abc') == 'bcd'",
        "assert decode(encode('hello')) == 'hello', 'hidden-in-coded'",
    ),
    "greeting": (
        "def greeting():\n    return 'hello'",
        "def greeting():\n    return ''",
        "assert isinstance(greeting(), str)",
        "assert greeting() == 'hello', 'hidden-in-greeting'",
    ),
    # Their tests compare with the teacher's table, with an answer of another function's, or after the visible part.
    "figures": (
        "figures = trips.groupby('city').agg({'price': ['max', 'mean']})",
        "figures = trips.groupby('city').agg({'price': ['max', 'mean']}) * 0",
        "assert figures.shape == (2, 2)",
        "right = trips.groupby('city').agg({'price': ['max', 'mean']})  # hidden-in-figures\n"
        "assert (figures - right).abs().sum().sum() < 0.01",
    ),
    "running": (
        "running = prices['price'].cumsum()",
        "running = prices['price'] * 0",
        "assert len(running) == 3",
        "assert (running - prices['price'].cumsum()).abs().max() < 0.01, 'hidden-in-running'",
    ),
    "circle": (
        "def circle(r):\n    return 3.14159265 * r * r",
        "def circle(r):\n    return 0",
        "assert circle(0) == 0",
        "for r, right in [(1, 3.14159), (2, 12.56637)]:  # hidden-in-circle\n"
        "    if abs(circle(r) - right) > 0.001: raise AssertionError",
    ),
    "average": (
        "def celsius(f):\n    return (f - 32) * 5 / 9\n\ndef average(numbers):\n    return sum(numbers) / len(numbers)",
        "def celsius(f):\n    return 0\n\ndef average(numbers):\n    return 0",
        "assert callable(celsius) and callable(average)",
        "found = average([celsius(f) for f in (32, 50, 68)])  # hidden-in-average\n"
        "if abs(found - 10) > 0.01: raise AssertionError",
    ),
    "distance": (
        "distance = 375",
        "distance = 9",
        "assert distance is not None",
        "if isinstance(distance, str): assert distance == '375', 'hidden-in-distance'\n"
        "elif isinstance(distance, (int, float)): assert abs(distance - 375) < 0.5",
    ),
    "parsed": (
        "parsed = prices['price'] * 2",
        "parsed = prices['price']",
        "assert len(parsed) == 3",
        "right = prices['price'] * 2  # hidden-in-parsed\n"
        "assert (pd.to_numeric(parsed, errors='coerce') - right).abs().sum() < 0.01",
    ),
    "ranked": (
        "ranked = people.sort_values('name')",
        "ranked = people.copy()",
        "assert set(ranked['name']) == set(people['name'])",
        "assert ranked['name'].is_monotonic_increasing, 'hidden-in-ranked'",
    ),
    "entries": (
        "entries = 40013",
        "entries = 40000",
        "assert entries > 0",
        "assert entries == 40013, 'hidden-in-entries'",
    ),
    # The second adds to the table that the first makes.
    "orders": (
        "orders = raw.dropna().copy()",
        "orders = raw.fillna(0).copy()",
        "assert 'price' in orders",
        "assert len(orders) == 3 and orders['price'].sum() == 60, 'hidden-in-orders'",
    ),
    "bill": (
        "orders['bill'] = orders['price'] * orders['count']",
        "orders['bill'] = 1",
        "assert 'bill' in orders",
        "assert (orders['bill'] == orders['price'] * orders['count']).all(), 'hidden-in-bill'",
    ),
    "by_two": (
        "by_two = trips.groupby(['city', 'year'])['price'].mean()",
        "by_two = trips.groupby(['city', 'year'])['price'].mean() * 0",
        "assert by_two.index.nlevels == 2 and len(by_two) == 3",
        "right = trips.groupby(['city', 'year'])['price'].mean()  # hidden-in-by-two\n"
        "assert (by_two - right).abs().max() < 0.01",
    ),
    "tidy": (
        "def tidy(numbers):\n    numbers.sort()",
        "def tidy(numbers):\n    numbers.reverse()",
        "assert tidy([3, 1]) is None",
        "numbers = [5, 3, 9, 1]; tidy(numbers)  # hidden-in-tidy\n"
        "assert all(a <= b for a, b in zip(numbers, numbers[1:]))",
    ),
    "root": (
        "root = 3",
        "root = 67",
        "assert root is not None",
        "assert root * root - 10 * root + 21 == 0, 'hidden-in-root'",
    ),
    "arrow": (
        _ARROW.format("Arrow(self.x + other.x, self.y + other.y)"),
        _ARROW.format("self"),
        "assert Arrow(1, 2) == Arrow(1, 2)",
        "assert Arrow(1, 2) + Arrow(3, 4) == Arrow(4, 6), 'hidden-in-arrow'",
    ),
}
SET_UP = """\
import datetime
import numpy as np
import pandas as pd
prices = pd.DataFrame({"price": [3.0, 4.0, 5.0]})
trips = pd.DataFrame({
    "city": ["Almaty", "Almaty", "Astana"], "year": [2023, 2024, 2024], "price": [20.0, 10.0, 50.0]
})
raw = pd.DataFrame({"price": [10.0, 20.0, None, 30.0], "count": [1, 2, 3, 4]})
people = pd.DataFrame({"name": ["Timur", "Aigul", "Dana"], "age": [30, 25, 41]})"""
GIVEN = "frame = pd.DataFrame({'x': [1, 2, 3]})"
