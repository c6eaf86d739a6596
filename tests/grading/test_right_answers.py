"""A right answer has its mark whatever its type and whatever world its notebook is in, as nbgrader would give it."""

import json
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell

from tests.support.graded import marks_in
from tests.support.grading_courses import exercise_cells, hand_in_answers, release

_TYPES = """\
import array, collections, dataclasses, decimal, enum, fractions, functools, itertools, queue, random, types, typing
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
Node = collections.namedtuple('Node', 'value left right')
prices = pd.DataFrame({'price': [1.0, np.nan, 3.0, 8.0]})
wages = pd.DataFrame({'year': [2018, 2017], 'wage': [30.0, 20.0], 'cpi': [1.2, 1.0]})"""

_ROW = "class Row:\n    def __len__(self):\n        return 3\n    def __iter__(self):\n        return iter([3, 4, 5])\n"
# exercise: the teacher's answer, the visible test, the hidden one, and other right answers
VALUES = {
    # What a test hands over by chance, be it of a generator that nobody seeds.
    "invert": (
        "def invert(image):\n    return 255 - image",
        "image = np.random.default_rng().integers(0, 256, (4, 4), dtype=np.uint8)\n"
        "assert invert(image).shape == (4, 4)",
        "assert (invert(invert(image)) == image).all() and (invert(image) == 255 - image).all()",
        ["def invert(image):\n    return ~image", "def invert(image):\n    return 255 - image.astype(int)"],
    ),
    "above": (
        "def above(table):\n    return table[table.x > 0].reset_index(drop=True)",
        "table = pd.DataFrame({'x': np.random.randn(50)})\nassert (above(table).x > 0).all()",
        "assert above(table).x.tolist() == table.x[table.x > 0].tolist()",
        ["def above(table):\n    return table.query('x > 0')"],
    ),
    # By chance a function gives others for other arguments than the solution's, too.
    "draw": (
        "def deck():\n    return [(n, s) for s in 'SHDC' for n in range(13)]\n\ndef draw(cards):\n"
        "    return random.choice(cards)",
        "cards = deck()\nassert len(cards) == 52 and draw(cards) in cards",
        "assert len({str(draw(cards)) for _ in range(30)}) > 1",
        [
            "def deck():\n    return [f'{n}{s}' for s in 'SHDC' for n in '23456789TJQKA']\n\n"
            "def draw(cards):\n    return cards[random.randrange(52)]",
        ],
    ),
    # What a function says of an object changes with the object.
    "size": (
        "make = list\ndef push(stack, one):\n    stack.append(one)\n\ndef size(stack):\n    return len(stack)",
        "stack = make()\npush(stack, 1)\nassert size(stack) == 1",
        "push(stack, 2)\nassert size(stack) == 2",
        [
            "make = queue.LifoQueue\ndef push(stack, one):\n    stack.put(one)\n\ndef size(stack):\n"
            "    return stack.qsize()",
            "class make:\n    def __init__(self):\n        self.held = ()\n    def __len__(self):\n"
            "        return len(self.held)\n\n"
            "def push(stack, one):\n    stack.held += (one,)\n\nsize = len",
        ],
    ),
    "down": (
        "def down(n):\n    while n:\n        yield n\n        n -= 1",
        "left = down(3)\nassert next(left) == 3 and next(left) == 2",
        "assert list(down(4)) == [4, 3, 2, 1] and next(left) == 1",
        [
            "class down:\n    def __init__(self, n):\n        self.n = n + 1\n"
            "    def __iter__(self):\n        return self\n"
            "    def __next__(self):\n        self.n -= 1\n        if not self.n:\n"
            "            raise StopIteration\n        return self.n",
        ],
    ),
    # Where only whether something is true is asked, a container is or is not.
    "share_one": (
        "def share_one(some, others):\n    return any(one in others for one in some)",
        "assert share_one([1, 2], [2, 3])",
        "assert not share_one([1], [2]) and share_one('ab', 'bc')",
        [
            "def share_one(some, others):\n    return set(some) & set(others)",
            "def share_one(some, others):\n    return {one: True for one in some if one in others}",
            "def share_one(some, others):\n    return [one for one in some if one in others]",
        ],
    ),
    "goods": (
        "class Goods(dict):\n    def add(self, name, n):\n        self[name] = self.get(name, 0) + n",
        "goods = Goods()\ngoods.add('pen', 2)\nassert goods['pen'] == 2",
        "goods.add('pen', 1)\nassert goods['pen'] == 3 and len(goods) == 1 and list(goods) == ['pen']",
        [
            "class Goods:\n    def __init__(self):\n        self.held = {}\n    def add(self, name, n):\n"
            "        self.held[name] = self[name] + n\n    def __getitem__(self, name):\n"
            "        return self.held.get(name, 0)\n"
            "    def __len__(self):\n        return len(self.held)\n    def __iter__(self):\n"
            "        return iter(self.held)",
        ],
    ),
    # Rows in another order meet the others all the same.
    "worth": (
        "worth = wages.copy()\nworth['real'] = worth.wage / worth.cpi",
        "assert len(worth) == 2",
        "assert (worth['real'] - wages.wage / wages.cpi).abs().max() < 1e-9",
        ["worth = wages.sort_values('year').assign(real=lambda table: table.wage / table.cpi)"],
    ),
    "by_year": (
        "by_year = wages.groupby('year').agg({'wage': ['mean', 'max']})",
        "assert by_year.shape == (2, 2)",
        "assert by_year.loc[2017].iloc[0] == 20 and by_year.iloc[:, 1].max() == 30",
        [
            "by_year = wages.groupby('year').wage.agg(['mean', 'max'])",
            "by_year = wages.groupby('year').agg(mean=('wage', 'mean'), most=('wage', 'max')).astype('Float64')",
        ],
    ),
    # Where a test calls methods, an object of a dictionary's subclass is a dictionary still.
    "facts": (
        "class Bag:\n    n = 0\n    def add(self):\n        self.n += 1\n\ndef facts(bag):\n    return {'n': bag.n}",
        "bag = Bag()\nbag.add()\nassert 'n' in facts(bag) and facts(bag)['n'] == 1",
        "bag.add()\nassert 'm' not in facts(bag) and facts(bag)['n'] == 2 and len(facts(bag) | {'m': 1}) == 2",
        [
            "class Facts(dict):\n    def put(self, key, value):\n        self[key] = value\n        return self\n\n"
            "class Bag:\n    def __init__(self):\n        self.n = []\n    def add(self):\n        self.n.append(1)\n\n"
            "def facts(bag):\n    return Facts().put('n', len(bag.n))",
        ],
    ),
    # What satisfies a test of which nothing is hidden is what its teacher asks for, however much it holds.
    "tokens": (
        "def tokens(text):\n    return [text[k : k + 2] for k in range(0, len(text), 2)]",
        "found = tokens('neural network')\nassert all(len(one) <= 9 for one in found) and ''.join(found)[:2] == 'ne'",
        "",
        ["def tokens(text):\n    return text.split()", "tokens = list"],
    ),
    "items": (
        "def items(n):\n    return list(range(n))",
        "assert list(items(3)) == [0, 1, 2]",
        "assert list(items(5)) == [0, 1, 2, 3, 4]",
        [
            "items = range",
            "def items(n):\n    return reversed(range(n - 1, -1, -1))",
            "def items(n):\n    return itertools.chain(range(n - 1), [n - 1])",
            "def items(n):\n    return itertools.accumulate([0] + [1] * (n - 1))",
            "def items(n):\n    yield from range(n)",
            "def items(n):\n    return itertools.islice(itertools.count(), n)",
            "def items(n):\n    return itertools.filterfalse(lambda x: x < 0, range(n))",
            "def items(n):\n    return (a for a, b in itertools.pairwise(range(n + 1)))",
            "def items(n):\n    return itertools.starmap(max, zip(range(n), [0] * n))",
            "def items(n):\n    return array.array('i', range(n))",
            "def items(n):\n    return collections.UserList(range(n))",
            "def items(n):\n    return np.arange(n)",
            "def items(n):\n    return pd.Index(range(n))",
            "def items(n):\n    return iter({k: None for k in range(n)})",
            "class items:\n    def __init__(self, n):\n        self.n = n\n"
            "    def __len__(self):\n        return self.n\n"
            "    def __getitem__(self, k):\n        return range(self.n)[k]",
        ],
    ),
    "summary": (
        "def summary(x):\n    return {'mean': sum(x) / len(x), 'n': len(x)}",
        "r = summary([1, 2])\nassert r['mean'] == 1.5 and r['n'] == 2",
        "r = summary([1, 2, 6])\nassert abs(r['mean'] - 3) < 1e-9 and r['n'] == 3",
        [
            "def summary(x):\n    return collections.UserDict(mean=sum(x) / len(x), n=len(x))",
            "def summary(x):\n    return collections.ChainMap({'mean': sum(x) / len(x)}, {'n': len(x)})",
            "def summary(x):\n    return types.MappingProxyType({'mean': sum(x) / len(x), 'n': len(x)})",
            "def summary(x):\n    return pd.Series({'mean': sum(x) / len(x), 'n': len(x)})",
            "def summary(x):\n    return {'mean': fractions.Fraction(sum(x), len(x)), 'n': np.int8(len(x))}",
            "E = enum.Enum('E', 'A')\ndef summary(x):\n    return {'mean': np.mean(x), 'n': len(x), 'f': len, E: E.A}",
            "class Own(dict):\n    pass\ndef summary(x):\n    return Own(mean=sum(x) / len(x), n=len(x))",
        ],
    ),
    "limits": (
        "import collections\nlimits = collections.namedtuple('Limits', 'low high')(1, 2)",
        "assert limits.low == 1",
        "assert limits.high == 2",
        [
            "limits = types.SimpleNamespace(low=1, high=2)",
            "@dataclasses.dataclass\nclass L:\n    low: float\n    high: float\nlimits = L(1, 2.0)",
            "class L:\n    low = 1\n    @property\n    def high(self):\n        return 2\nlimits = L()",
            "limits = pd.Series({'low': 1, 'high': 2})",
            "limits = np.rec.array([(1, 2)], dtype=[('low', int), ('high', int)])[0]",
            "class Bunch(dict):\n    __getattr__ = dict.__getitem__\nlimits = Bunch(low=1, high=2)",
            "class L(typing.NamedTuple):\n    low: float\n    high = property(lambda self: 2)\nlimits = L(1)",
            "class limits(enum.IntEnum):\n    low = 1\n    high = 2",
        ],
    ),
    "share": (
        "share = 0.5",
        "assert float(share) == 0.5",
        "assert abs(float(share) - 0.5) < 0.01",
        [
            "share = np.float32(0.5)",
            "share = np.array(0.5)",
            "share = fractions.Fraction(1, 2)",
            "class Half:\n    def __float__(self):\n        return 0.5\nshare = Half()",
        ],
    ),
    "grid": (
        "grid = [[1, 2], [3, 4]]",
        "assert np.asarray(grid).shape == (2, 2)",
        "np.testing.assert_allclose(grid, [[1, 2], [3, 4]])",
        [
            "grid = np.matrix([[1, 2], [3, 4]])",
            "grid = pd.DataFrame([[1, 2], [3, 4]])",
            "grid = np.ma.array([[1, 2], [3, 4]])",
            "class Own(np.ndarray):\n    pass\ngrid = np.array([[1, 2], [3, 4]]).view(Own)",
        ],
    ),
    "points_of": (
        "def points_of(rows):\n    return np.array(rows, dtype=float)",
        "assert len(points_of([[1, 2]])) == 1",
        "found = points_of([[1, np.nan], [2, 3]])\nassert sum(len(row) for row in found) == 4",
        ["def points_of(rows):\n    return np.ma.masked_invalid(rows)"],
    ),
    "sorts": (
        "def sorts(x):\n    return sorted(x)",
        "data = [3, 1, 2]\nassert sorts(data) == [1, 2, 3]\nassert sorts(data) == [1, 2, 3]",
        "data = [2, 1]\nassert sorts(data) == sorted(data)",
        ["def sorts(x):\n    x.sort()\n    return x", "def sorts(x):\n    return list(np.sort(x))"],
    ),
    # Answers that are not copies, where the test does not mind.
    "joined": (
        "def joined(rows):\n    return [one for row in rows for one in row]",
        "assert joined([]) == []",
        "rows = [[1], [2, 3]]\nmade = joined(rows)\nassert made == [1, 2, 3]\nmade.append(4)\n"
        "assert made == [1, 2, 3, 4] and joined([[5]]) == [5]",
        [
            "def joined(rows, found=None):\n    found = [] if found is None else found\n"
            "    for row in rows:\n        found += row\n    return found",
            "seen = {}\ndef joined(rows):\n    return seen.setdefault(str(rows), sum(rows, []))",
            "joined = lambda rows: sum(rows, [])",
        ],
    ),
    "halves": (
        "def halves(table):\n    return table.assign(half=table['price'] / 2)",
        "assert len(halves(pd.DataFrame({'price': [1.0]}))) == 1",
        "given = pd.DataFrame({'price': [4.0, 6.0]})\nmade = halves(given)\nmade['third'] = made['price'] / 3\n"
        "assert list(made['half']) == [2, 3] and list(made['third'].round()) == [1, 2]",
        [
            "def halves(table):\n    table['half'] = table['price'] / 2\n    return table",
            "def halves(table):\n    table = table.head(9)\n    return table.assign(half=table.eval('price / 2'))",
        ],
    ),
    "corners": (
        "def corners(grid):\n    return {'first': grid[0].copy(), 'last': grid[-1].copy()}",
        "assert set(corners(np.eye(2))) == {'first', 'last'}",
        "grid = np.arange(4).reshape(2, 2)\nfound = corners(grid)\n"
        "assert list(found['first']) == [0, 1] and list(found['last']) == [2, 3] and grid.sum() == 6",
        ["def corners(grid):\n    return {'first': grid[0], 'last': grid[-1]}"],
    ),
    "diary": (
        "class Diary:\n    def __init__(self):\n        self.days = []\n    def write(self, text):\n"
        "        self.days.append(text)\n    def all(self):\n        return list(self.days)",
        "d = Diary()\nd.write('a')\nassert d.all() == ['a']",
        "d = Diary()\nd.write('a')\nd.write('b')\nassert d.all() == ['a', 'b'] == d.days\n"
        "d.write('c')\nassert len(d.all()) == 3 and sorted(d.all(), reverse=True)[0] == 'c'",
        [
            "class Diary:\n    def __init__(self):\n        self.days = []\n    def write(self, text):\n"
            "        self.days.append(text)\n        return self.days\n    def all(self):\n        return self.days",
        ],
    ),
    "tallies": (
        "def tallies(words):\n    return collections.Counter(words)",
        "assert tallies(['a', 'b', 'a'])['a'] == 2",
        "t = tallies(['x'])\nassert t['x'] == 1 and t['zzz'] == 0",
        [
            "def tallies(words):\n    return collections.defaultdict(int, collections.Counter(words))",
            "def tallies(words):\n    return collections.defaultdict(lambda: 0, collections.Counter(words))",
            "class Zero(dict):\n    def __missing__(self, word):\n        return 0\n"
            "def tallies(words):\n    return Zero(collections.Counter(words))",
        ],
    ),
    # Classes that learners write.
    "vector": (
        "class Vector:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
        "    def norm(self):\n        return (self.x**2 + self.y**2) ** 0.5",
        "v = Vector(3, 4)\nassert v.norm() == 5 and v.x == 3",
        "assert Vector(6, 8).norm() == 10 and Vector(6, 8).y == 8",
        [
            "class Vector(typing.NamedTuple):\n    x: float\n    y: float\n"
            "    def norm(self):\n        return (self.x**2 + self.y**2) ** 0.5",
            "class Vector(collections.namedtuple('V', 'x y')):\n    def norm(self):\n        return np.hypot(*self)",
            "@dataclasses.dataclass(frozen=True)\nclass Vector:\n    x: float\n    y: float\n"
            "    @functools.cache\n    def norm(self):\n        return (self.x**2 + self.y**2) ** 0.5",
            "class Vector(complex):\n    norm = complex.__abs__\n"
            "    x = property(lambda self: self.real)\n    y = property(lambda self: self.imag)",
        ],
    ),
    "stack": (
        "class Stack:\n    def __init__(self):\n        self.items = []\n"
        "    def push(self, one):\n        self.items.append(one)\n"
        "    def pop(self):\n        return self.items.pop()\n    def __len__(self):\n        return len(self.items)",
        "s = Stack()\ns.push(1)\ns.push(2)\nassert s.pop() == 2 and len(s) == 1",
        "t = Stack()\nt.push(5)\nt.push(6)\nt.pop()\nassert t.pop() == 5 and len(t) == 0",
        [
            "class Stack(list):\n    push = list.append",
            "class Stack(collections.deque):\n    push = collections.deque.append",
            "class Stack(collections.UserList):\n    push = collections.UserList.append",
        ],
    ),
    # Its objects change; so may others, in other ways.
    "gauge": (
        "class Gauge:\n    def __init__(self):\n        self.filled = 0\n"
        "    def fill(self):\n        self.filled += 1\n    def level(self):\n        return self.filled",
        "g = Gauge()\ng.fill()\nassert g.level() == 1 and g.level() < 2",
        "g, h = Gauge(), Gauge()\ng.fill()\ng.fill()\nassert g.level() == 2 and g.level() > h.level()\n"
        "h.fill()\ng.fill()\nassert h.level() == 1 and g.level() == 3",
        [
            "class Gauge:\n    def __init__(self):\n        self.drops = []\n"
            "    def fill(self):\n        self.drops.append(self)\n        return len(self.drops)\n"
            "    def level(self):\n        return len(self.drops)",
            "class Gauge:\n    filled = 0\n    def fill(self):\n        self.filled += 1\n        return self\n"
            "    level = lambda self: np.int64(self.filled)",
        ],
    ),
    # The solution's is a list, and the test would take anything that holds the same.
    "towns": (
        "towns = ['almaty', 'astana']",
        "assert len(towns) == 2",
        "assert set(towns) == {'almaty', 'astana'} and 'astana' in towns",
        [
            "towns = ('astana', 'almaty')",
            "towns = {'almaty', 'astana'}",
            "towns = {'almaty': 1, 'astana': 2}",
            "towns = {'almaty': 1, 'astana': 2}.keys()",
            "towns = pd.Series({'astana': 1, 'almaty': 2}).index",
        ],
    ),
    "row": (
        "row = [3, 4, 5]",
        "assert len(row) == 3",
        "assert sum(row) == 12 and list(row) == [3, 4, 5] and max(row) == 5",
        [
            f"{_ROW}    def __getitem__(self, k):\n        return range(3, 6)[k]\nrow = Row()",
            f"{_ROW}    def __getitem__(self, key):\n        return {{'a': 3, 'b': 4, 'c': 5}}[key]\nrow = Row()",
        ],
    ),
    "countdown": (
        "class Countdown:\n    def __init__(self, start):\n        self.start = start\n"
        "    def __iter__(self):\n        yield from range(self.start, 0, -1)",
        "assert list(Countdown(3)) == [3, 2, 1]",
        "c = Countdown(4)\nassert list(c) == [4, 3, 2, 1] and c.start == 4",
        [
            "class Countdown:\n    def __init__(self, start):\n        self.start = start\n"
            "    def __iter__(self):\n        self.left = self.start + 1\n        return self\n"
            "    def __next__(self):\n        self.left -= 1\n"
            "        if not self.left:\n            raise StopIteration\n        return self.left",
            "class Countdown:\n    def __init__(self, start):\n        self.start = start\n"
            "    def __getitem__(self, k):\n        return range(self.start, 0, -1)[k]",
        ],
    ),
    # What is read of an object is something else when a method has changed it.
    "Queue": (
        "class Queue:\n    def __init__(self):\n        self.things = []\n"
        "    def put(self, thing):\n        self.things.append(thing)\n"
        "    def get(self):\n        return self.things.pop(0)\n"
        "    def __iter__(self):\n        return iter([*self.things])",
        "q = Queue()\nq.put(1)\nq.put(2)\nassert list(q) == [1, 2]",
        "assert q.get() == 1 and list(q) == [2]\nq.put(5)\nassert list(q) == [2, 5] == list(q)",
        [
            "class Queue:\n    def __init__(self):\n        self.things = []\n"
            "    def put(self, thing):\n        self.things.insert(0, thing)\n"
            "    def get(self):\n        return self.things.pop()\n"
            "    def __getitem__(self, k):\n        return self.things[::-1][k]",
        ],
    ),
    # A later cell changes how decimals are counted.
    "third": (
        "def third():\n    return decimal.Decimal(1) / decimal.Decimal(3)",
        "assert third() is not None",
        "assert str(third()).startswith('0.3333333333')",
        ["D = decimal.Decimal\ndef third():\n    return D(1) / D(3)"],
    ),
    "rounded": (
        "rounded = 0.33",
        "assert rounded is not None",
        "assert abs(float(rounded) - 0.33) < 0.01",
        ["decimal.getcontext().prec = 2\nrounded = decimal.Decimal(1) / 3"],
    ),
    # A later cell changes what a module holds.
    "cube": (
        "import math\ndef cube(n):\n    return n**3",
        "assert cube(2) == 8",
        "assert cube(3) == 27",
        ["import math\ndef cube(n):\n    return math.prod([n] * 3)"],
    ),
    "cubes": (
        "cubes = [1, 8]",
        "assert len(cubes) == 2",
        "assert cubes == [1, 8]",
        ["math.prod = max\ncubes = [1, 8]"],
    ),
    "months": (
        "months = pd.Series([1, 2, 3], index=pd.date_range('2024-01-01', periods=3, freq='MS'))",
        "assert len(months) == 3",
        "assert months.index[2] == pd.Timestamp('2024-03-01') and months.iloc[2] == 3",
        [
            "months = pd.Series([1, 2, 3], index=pd.date_range('2024', periods=3, freq=pd.DateOffset(months=1)))",
            "months = pd.Series(pd.arrays.SparseArray([1, 2, 3]), index=pd.date_range('2024', periods=3, freq='MS'))",
        ],
    ),
    # Two calls of one function need not give the same.
    "estimate": (
        "def estimate(n):\n    return 3.14159",
        "assert estimate(10) >= 0",
        "assert estimate(1000) > 2.5 and estimate(1000) < 3.8",
        ["def estimate(n):\n    return 4 * (np.hypot(np.random.random(n), np.random.random(n)) < 1).mean()"],
    ),
    # The test goes through the answer and the right one side by side.
    "pairs": (
        "pairs = [3, 4, 5]",
        "assert pairs is not None",
        "for one, right in zip(pairs, [3, 4, 5]):\n    assert one == right\n"
        "assert all(map(lambda one, right: one == right, [1, 2], [1, 2]))",
        ["pairs = range(3, 6)", "pairs = (n for n in (3, 4, 5))", "pairs = itertools.count(3)"],
    ),
    # A library's object that is none of numpy's, and that numpy takes for an array.
    "grey": (
        "grey = np.full((2, 2), 128, dtype='uint8')",
        "assert np.asarray(grey).shape == (2, 2)",
        "assert np.asarray(grey).mean() == 128",
        ["import PIL.Image\ngrey = PIL.Image.new('L', (2, 2), 128)"],
    ),
    # The test compares with the answer of an earlier exercise, which this one need not use.
    "quads": (
        "def quads(n):\n    return [4 * k for k in items(n)]",
        "assert len(list(quads(2))) == 2",
        "assert list(quads(3)) == [4 * k for k in items(3)]",
        ["def quads(n):\n    return range(0, 4 * n, 4)", "def quads(n):\n    return 4 * np.arange(n)"],
    ),
    # Tables that are called otherwise, where the test goes by place or looks elsewhere.
    "places": (
        "places = pd.DataFrame({'town': ['x', 'y'], 'price': [3, 4], 'rank': [2, 1]})",
        "assert len(places) == 2",
        "assert list(places.iloc[:, 1]) == [3, 4] and 'x' in set(places.iloc[:, 0])\n"
        "assert not places.isna().any().any()",
        [
            "places = pd.DataFrame({'city': ['x', 'y'], 'cost': [3, 4]})",
            "places = pd.DataFrame({'town': ['x', 'y'], 'price': [3.0, 4.0]}, index=['a', 'b'])",
            "places = pd.DataFrame([['x', 3, 0, 1], ['y', 4, 0, 2]])",
        ],
    ),
    # An index that holds what the solution has in a column.
    "shops": (
        "shops = pd.DataFrame({'town': ['x', 'y'], 'price': [3, 4]})",
        "assert len(shops) == 2",
        "by_town = shops.set_index('town') if 'town' in shops else shops\n"
        "assert dict(by_town['price']) == {'x': 3, 'y': 4}",
        ["shops = pd.DataFrame({'price': [3, 4]}, index=['x', 'y'])"],
    ),
    "means": (
        "means = pd.Series({'almaty': 3.0, 'astana': 4.0})",
        "assert len(means) == 2",
        "assert np.allclose(means, [3, 4]) and abs(np.asarray(means).sum() - 7) < 0.01",
        [
            "means = pd.Series({'Almaty': 3, 'Astana': 4})",
            "means = pd.Series([3.0, 4.0])",
            "means = pd.Series({'astana': 3, 'x': 4}, index=['astana', 'x'])",
            "means = np.array([3, 4])",
        ],
    ),
    # What is missing, of another kind or of few digits where no test looks, or where it is near enough.
    "fares": (
        "fares = pd.DataFrame({'town': ['x', 'y'], 'fare': [0.1, 0.3]})",
        "assert len(fares) == 2",
        "assert list(fares['town']) == ['x', 'y'] and fares['fare'].iloc[0] == 0.1\n"
        "assert (fares['fare'] - pd.Series([0.1, 0.3])).abs().max() < 0.01",
        [
            "fares = pd.DataFrame({'town': ['x', 'y'], 'fare': [0.1, 0.3], 'note': [None, np.nan]})",
            "fares = pd.DataFrame({'town': pd.Categorical(['x', 'y']), 'fare': np.float32([0.1, 0.3])})",
            "fares = pd.DataFrame({'town': pd.Categorical(['x', 'y'], ordered=True), 'fare': [0.1, 0.3]})",
        ],
    ),
    # Categories without an order, where the solution's have one.
    "sizes": (
        "sizes = pd.Series(pd.Categorical(['s', 'l'], ['s', 'l'], ordered=True))",
        "assert len(sizes) == 2",
        "assert str(sizes.dtype) == 'category'",
        ["sizes = pd.Series(['s', 'l'], dtype='category')"],
    ),
    # A table of another kind, of which the test looks at the shape alone.
    "trips": (
        "trips = pd.DataFrame({'day': ['2018-09-21', '2018-09-22'], 'km': [3, 4]})\ndriven = 7",
        "assert len(trips) == 2",
        "assert trips.shape == (2, 2) and driven == 7",
        ["trips = pd.DataFrame({'day': pd.to_datetime(['2018-09-21', '2018-09-22']), 'km': [3, 4]})\ndriven = 7"],
    ),
    # A test of which another branch than with the solution's answer asks for the answer.
    "one": (
        "one = 1",
        "assert isinstance(one, (int, np.ndarray))",
        "if isinstance(one, np.ndarray):\n    assert one.shape == (1,)\n    assert one[0] == 1\n"
        "else:\n    assert one == 1",
        ["one = np.array([1])"],
    ),
    "year": (
        "year = 2024",
        "assert year is not None",
        "assert year - 2000 == 24 and 1024 < year < 10**6",
        ["year = np.int32(2024)", "year = np.uint16(2024)", "year = np.array(2024, dtype='uint32')"],
    ),
    "ages": (
        "ages = [30, 25]",
        "assert len(ages) == 2",
        "assert list(ages) == [30, 25] and sum(ages) == 55",
        [
            "ages = np.uint8([30, 25])",
            "ages = pd.Series([30, 25], dtype='int32')",
            "ages = pd.array([30, 25], 'UInt8')",
        ],
    ),
    # One exercise makes a table, and the next adds to it.
    "stays": (
        "stays = pd.DataFrame({'town': ['y', 'x'], 'nights': [3, 4]})",
        "assert len(stays) == 2",
        "assert set(stays['nights']) == {3, 4}",
        ["stays = pd.DataFrame({'nights': [4, 3], 'town': ['x', 'y']}, index=['a', 'b'])"],
    ),
    "costs": (
        "stays['cost'] = 2 * stays['nights']",
        "assert 'cost' in stays",
        "assert (stays['cost'] == 2 * stays['nights']).all()\n"
        "assert dict(zip(stays['town'], stays['cost'])) == {'x': 8, 'y': 6}",
        [
            "stays = stays.assign(cost=2 * stays['nights'])",
            "stays = stays.sort_values('town')\nstays['cost'] = 2 * stays.nights",
            "stays = stays.sort_values('town').reset_index(drop=True)\nstays['cost'] = stays.nights + stays.nights",
        ],
    ),
    # Tables with keys, of which a join needs some, in any order and beside anything.
    "by_town": (
        "by_town = pd.DataFrame({'town': ['Oral', 'Aktau'], 'price': [3.0, 5.0]})",
        "assert len(by_town) >= 2",
        "right = pd.DataFrame({'town': ['oral', 'aktau'], 'cost': [3, 5]})\n"
        "both = by_town.assign(town=by_town['town'].str.lower()).merge(right, on='town')\n"
        "assert (abs(both['price'] - both['cost']) < 0.01).all()",
        [
            "by_town = pd.DataFrame({'price': [5, 3], 'town': ['AKTAU', 'ORAL']}, index=['a', 'b'])",
            "by_town = pd.DataFrame({'town': ['oral', 'aktau', 'all'], 'price': [3, 5, 4], 'n': [None, '', 'mean']})",
            "by_town = pd.DataFrame({'town': ['Oral', 'Aktau'], 'price': np.float32([3, 5])})",
        ],
    ),
    "town_prices": (
        "def town_prices(prices):\n    return [(town, price) for town, price in prices.items()]",
        "assert len(list(town_prices({'x': 1}))) == 1",
        "right = {'x': 3, 'y': 4}\n"
        "assert all(price == right[town] for town, price in town_prices(right) if town in right)",
        [
            "def town_prices(prices):\n    return prices.items()",
            "def town_prices(prices):\n    return sorted(map(list, prices.items()), reverse=True)",
            "def town_prices(prices):\n    return pd.Series(prices).reset_index().to_numpy()",
            "def town_prices(prices):\n    return pd.Series(prices).reset_index().to_records(index=False)",
        ],
    ),
    # Objects of installed libraries, and what serves in their place.
    "drawn": (
        "def drawn(prices):\n    ax = plt.subplots()[1]\n    ax.bar(prices.index, prices)\n    ax.set_title('Price')\n"
        "    return ax",
        "assert drawn(pd.Series({'A': 1})).get_title() == 'Price'",
        "ax = drawn(pd.Series({'X': 3, 'Y': 10}))\n"
        "assert sorted(bar.get_height() for bar in ax.patches) == [3, 10] and ax.get_title() == 'Price'",
        [
            "def drawn(prices):\n    return prices.plot.bar(title='Price', ax=plt.figure().gca())",
            "import seaborn as sns\ndef drawn(prices):\n    plt.figure()\n    ax = sns.barplot(prices)\n"
            "    ax.set(title='Price')\n    return ax",
            "class Mine(plt.Axes):\n    def prices(self, prices):\n        self.bar(prices.index, prices)\n"
            "        self.set_title('Price')\ndef drawn(prices):\n    figure = plt.figure()\n"
            "    ax = figure.add_axes(Mine(figure, [0.1, 0.1, 0.8, 0.8]))\n    ax.prices(prices)\n    return ax",
        ],
    ),
    "line": (
        "def line(x, y):\n    return np.polynomial.Polynomial.fit(x, y, 1)",
        "assert line([0, 1], [1, 2])(0) is not None",
        "fitted = line([0, 1, 2], [1, 3, 5])\nassert abs(fitted(4) - 9) < 1e-6",
        [
            "def line(x, y):\n    return np.poly1d(np.polyfit(x, y, 1))",
            "def line(x, y):\n    slope = (y[-1] - y[0]) / (x[-1] - x[0])\n"
            "    return lambda at: y[0] + slope * (at - x[0])",
            "class line:\n    def __init__(self, x, y):\n        self.slope, self.start = np.polyfit(x, y, 1)\n"
            "    def __call__(self, at):\n        return self.start + self.slope * at",
        ],
    ),
    # A test may look at an answer for a part of what it asks: numpy's number there is as good as Python's.
    "stacks": (
        "def stacks(heights):\n    ax = plt.subplots()[1]\n"
        "    ax.bar([0.5 * n for n in range(len(heights))], heights)\n    return ax",
        "assert len(stacks([1, 2]).patches) == 2",
        "groups = {}\nfor bar in stacks([3, 4]).patches:\n"
        "    groups.setdefault(bar.get_x(), []).append(bar.get_height())\n"
        "assert len(groups) == 2 and sorted(groups.values()) == [[3], [4]]",
        [
            "def stacks(heights):\n    ax = plt.subplots()[1]\n"
            "    ax.bar(np.arange(len(heights)), heights, width=2, align='edge')\n    return ax"
        ],
    ),
    # What a test hands over is of the notebook's own class.
    "depth": (
        "def depth(tree):\n    return 0 if tree is None else 1 + max(depth(tree.left), depth(tree.right))",
        "assert depth(Node(1, None, None)) == 1",
        "assert depth(Node(1, Node(2, None, None), None)) == 2",
        [
            "def depth(tree):\n    return 1 + max(map(depth, tree[1:])) if isinstance(tree, Node) else 0",
            "def depth(tree):\n    match tree:\n        case Node(_, left, right):\n"
            "            return 1 + max(depth(left), depth(right))\n    return 0",
        ],
    ),
    "steps": (
        "def steps(n):\n    return 1 if n < 2 else steps(n - 1) + steps(n - 2)",
        "assert [steps(n) for n in range(4)] == [1, 1, 2, 3]",
        "assert steps(30) == 1346269",
        [
            "class Memo(dict):\n    def __missing__(self, n):\n        self[n] = self[n - 1] + self[n - 2]\n"
            "        return self[n]\n    def __call__(self, n):\n        return self[n]\nsteps = Memo({0: 1, 1: 1})"
        ],
    ),
    "columns": (
        "columns = {'a': [1, 2]}",
        "assert sum(columns['a']) == 3",
        "assert max(columns['a']) == 2",
        [
            "class Table(list):\n    def __getitem__(self, key):\n        return [row[key] for row in self]\n"
            "columns = Table([{'a': 1}, {'a': 2}])"
        ],
    ),
    "rises": (
        "rises = bool(wages['wage'][0] > wages['wage'][1])",
        "assert rises is not None",
        "assert bool(rises) == (30 > 20)",
        ["rises = 1", "rises = 'yes'", "rises = np.True_", "rises = np.int64(1)"],
    ),
    # Its answers lack what those of the solution lack, be it that other data were handed over.
    "filled": (
        "def copied(table):\n    return table.copy()\n\n\ndef filled(table):\n    return table.fillna(table.median())",
        "assert len(filled(prices)) == 4",
        "_x = copied(prices)\n_y = filled(_x)\nassert list(_y['price']) == "
        "[np.nanmedian(_x['price']) if np.isnan(p) else p for p in _x['price']]",
        [
            "prices['twice'] = 2 * prices['price']\ndef copied(table):\n    return table.copy()\n\n\n"
            "def filled(table):\n    return table.assign(price=table['price'].fillna(table['price'].median()))"
        ],
    ),
    "named": (
        "named = pd.DataFrame({'n': [1]}, index=pd.MultiIndex.from_tuples([('a', 'b')]))",
        "assert named.index.nlevels == 2",
        "assert named.loc[('a', 'b'), 'n'] == 1",
        ["named = pd.DataFrame({'n': [1]}, index=pd.MultiIndex.from_arrays([[*np.array([x])] for x in 'ab']))"],
    ),
    "real": (
        "wages['real'] = wages['wage'] / wages['cpi']",
        "assert 'real' in wages",
        "assert np.allclose(wages.sort_values('year')['real'], [20, 25])",
        [
            "wages = wages.set_index('year', drop=False).rename_axis(None)\n"
            "wages.insert(1, 'real', wages['wage'] / wages['cpi'])",
            "wages = wages.sort_values('year')\nwages['real'] = wages['wage'] / wages['cpi']",
        ],
    ),
    "squares": (
        "squares = [x * x for x in range(4)]",
        "assert sum(squares) == 14",
        "assert 2 + 2 == 4",
        ["squares = (x * x for x in range(4))", "squares = {0, 1, 4, 9}", "squares = map(lambda x: x * x, range(4))"],
    ),
}
# What a cell before the answers may do.
WORLDS = {
    "nothing": "",
    "another folder": "import os\nos.makedirs('data', exist_ok=True)\nos.chdir('data')",
    "the folder above": "%cd ..",
    "a figure left open": "import matplotlib.pyplot as plt\nplt.figure()",
    "options": "pd.set_option('display.precision', 1)\nnp.set_printoptions(precision=1)",
    "random numbers": "import random\nrandom.seed(1)\nnp.random.seed(1)",
    "a star import": "from math import *\nfrom matplotlib.pyplot import *",
    "shadowed builtins": "list_ = list\nlen = lambda x: sum(1 for _ in x)\nmax = np.max",
    "a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    "a frozen print": "print = lambda *args, **how: None",
}


def _cells():
    cells = [new_code_cell(_TYPES, id="set-up"), new_code_cell("", id="world")]
    for name, (answer, visible, hidden, _) in VALUES.items():
        cells += exercise_cells(name, answer, visible, hidden)
    return cells


def _class() -> dict[str, dict[str, str]]:
    """Return student -> exercise -> answer; under "world", what the cell before does."""
    students = {f"other{number}": {} for number in range(max(len(others) for *_, others in VALUES.values()))}
    for name, (*_, others) in VALUES.items():
        for number, answers in enumerate(students.values()):
            answers[name] = others[number % len(others)]
    worlds = {f"in {world}".replace(" ", "-"): {"world": source} for world, source in WORLDS.items()}
    return {**students, **{student: {"share": "share = 0.5", **answers} for student, answers in worlds.items()}}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("right") / "course"
    release(root, "ps1", _cells(), "c.Execute.timeout = 60")
    right = {name: answer for name, (answer, *_) in VALUES.items()}
    for student, answers in _class().items():
        folder = hand_in_answers(root, student, "ps1", right | answers)
        path = folder / "ps1.ipynb"
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            if cell["id"] == "world":
                cell["source"] = answers.get("world", "")
        path.write_text(json.dumps(notebook))
    return root


@pytest.fixture(scope="module")
def graded(course):
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--json"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    return done, marks_in(course)


@pytest.mark.parametrize("student", _class())
def test_a_right_answer_has_its_mark(graded, student):
    assert graded[1][student] == dict.fromkeys(VALUES, 1.0)


def test_the_teachers_solution_is_judged_out_of_reach(graded):
    told = json.loads(graded[0].stdout)
    assert graded[0].returncode == 0
    assert told["solution_fails"] == [] and told["in_notebook"] == []
