"""The exercises of the sixth assignment that the bank of cheats is handed in to; `cheats` says what they are for."""

_DRAWN = """\
def drawn(table):
    ax = plt.subplots()[1]
    ax.bar(table['city'], table['price'])
    ax.set_title({})
    return ax"""
_PACKED = """\
def pack_words(words):
    return "".join(f"{len(word)}:{word}" for word in words)

def unpack_words(text):
    words = []
    while text:
        size, _, text = text.partition(":")
        words, text = [*words, text[:int(size)]], text[int(size):]
    return words"""
_CIPHER = """\
def cipher(shift):
    def moved(text, by):
        return "".join(chr(ord(one) + by) for one in text)
    return lambda text: moved(text, shift), lambda text: moved(text, {})"""
_RUNS = """\
def encode_runs(text):
    runs = []
    for one in text:
        runs = [*runs[:-1], (one, runs[-1][1] + 1)] if runs and runs[-1][0] == one else [*runs, (one, 1)]
    return runs

def decode_runs(runs):
    return "".join(one * {} for one, count in runs)"""
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "drawn": (
        _DRAWN.format("'Price'"),
        _DRAWN.format("'?'"),
        "assert drawn(pd.DataFrame({'city': ['A'], 'price': [1]})).get_title() is not None",
        "ax = drawn(pd.DataFrame({'city': ['X', 'Y'], 'price': [3, 10]}))  # hidden-in-drawn\n"
        "assert sorted(bar.get_height() for bar in ax.patches) == [3, 10] and ax.get_title() == 'Price'",
    ),
    "means": (
        "means = SALES.groupby('city', as_index=False)['price'].mean()",
        "means = SALES.assign(price=0.0)",
        "assert len(means) is not None",
        "both = means.merge(SALES.groupby('city', as_index=False)['price'].mean(), on='city')  # hidden-in-means\n"
        "assert (abs(both['price_x'] - both['price_y']) < 0.01).all()",
    ),
    "by_city": (
        "def by_city(table):\n    return [*zip(table['city'], table['price'])]",
        "def by_city(table):\n    return [*zip(table['city'], 0 * table['price'])]",
        "assert by_city(SALES[:0]) == []",
        "right = dict(zip(SALES['city'], SALES['price']))  # hidden-in-by-city\n"
        "for city, price in by_city(SALES): assert city not in right or price == right[city]",
    ),
    "texts": (
        "texts = ['a', 'b']",
        "texts = []",
        "assert isinstance(texts, list)",
        "assert texts == ['a', 'b'], 'hidden-in-texts'",
    ),
    # Its loop goes by a name of a learner's, which nobody but a fork may be told.
    "pack": (
        _PACKED,
        _PACKED.replace("[*words, text[:int(size)]]", "[]"),
        "assert pack_words([]) == '' and unpack_words('') == []",
        "for texts in (['one', 'three'], ['12:3', '']):  # hidden-in-pack\n"
        "    assert unpack_words(pack_words(texts)) == texts",
    ),
    "cipher": (
        _CIPHER.format("-shift"),
        _CIPHER.format("0"),
        "encode, decode = cipher(1); assert encode('abc') == 'bcd'",
        "encode, decode = cipher(3); assert encode('abc') == 'def'  # hidden-in-cipher\n"
        "for text in ['attack', 'retreat']: assert decode(encode(text)) == text",
    ),
    "run_lengths": (
        _RUNS.format("count"),
        _RUNS.format("0"),
        "assert decode_runs(encode_runs('a')) is not None",
        "assert encode_runs('zzy') == [('z', 2), ('y', 1)]  # hidden-in-run_lengths\n"
        "for text in ('zzy', 'xwww'): assert decode_runs(encode_runs(text)) == text",
    ),
    # One answer is compared exactly; what else is in others, or is not, nobody asks.
    "even_ones": (
        "def even_ones(numbers):\n    return [one for one in numbers if one % 2 == 0]",
        "def even_ones(numbers):\n    return [1]",
        "assert even_ones([1, 2, 4]) == [2, 4]",
        "for one in even_ones([3, 6, 8]): assert one in (6, 8), 'hidden-in-even_ones'",
    ),
    "mailed": (
        "def mailed(text):\n    return [word for word in text.split() if '@' in word]",
        "def mailed(text):\n    return []",
        "assert mailed('to a@b') == ['a@b']",
        "assert 'c@d' in mailed('from c@d today'), 'hidden-in-mailed'",
    ),
    "shares_of": (
        "def shares_of(values):\n    return values / values.sum()",
        "def shares_of(values):\n    return values",
        "assert shares_of(np.array([2.0])).tolist() == [1.0]",
        "assert np.allclose(shares_of(np.array([1.0, 3.0])), [0.25, 0.75]), 'hidden-in-shares-of'",
    ),
    "widest": (
        "def widest(values):\n    return values.max() - values.min()",
        "def widest(values):\n    return 0.0",
        "assert widest(np.array([2.0, 3.0])) == 1.0",
        "assert np.allclose(widest(np.array([1.0, 5.0])), 4.0), 'hidden-in-widest'",
    ),
}
SET_UP = "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd"
GIVEN = "SALES = pd.DataFrame({'city': ['Oral', 'Aktau', 'Taraz'], 'price': [3.0, 5.0, 8.5]})"
