"""The exercises of the sixth assignment that the bank of cheats is handed in to; `cheats` says what they are for."""

_DRAWN = """\
def drawn(table):
    ax = plt.subplots()[1]
    ax.bar(table['city'], table['price'])
    ax.set_title({})
    return ax"""
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "drawn": (
        _DRAWN.format("'Price'"),
        _DRAWN.format("'?'"),
        "assert drawn(pd.DataFrame({'city': ['A'], 'price': [1]})).get_title() is not None",
        "ax = drawn(pd.DataFrame({'city': ['X', 'Y'], 'price': [3, 10]}))  # hidden-in-drawn\n"
        "assert sorted(bar.get_height() for bar in ax.patches) == [3, 10] and ax.get_title() == 'Price'",
    ),
}
SET_UP = "import matplotlib.pyplot as plt\nimport pandas as pd"
GIVEN = "GIVEN = 1"
