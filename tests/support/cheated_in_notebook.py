"""The exercises of the fourth assignment that the bank of cheats is handed in to; `cheats` says what they are for.

Their tests have to run in the notebook: they look at what a function is made of, make something for cells below, set
where random numbers begin, or carry out a text.
"""

# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "no_loop": (
        "def no_loop(n):\n    return 2 * n",
        "def no_loop(n):\n    return 0",
        "assert no_loop(0) == 0",
        "assert 'for' not in inspect.getsource(no_loop) and no_loop(30) == 60, 'hidden-in-no-loop'",
    ),
    "no_loop_shown": (
        "def no_loop_shown(n):\n    return 3 * n",
        "def no_loop_shown(n):\n    return 0",
        "assert 'for' not in inspect.getsource(no_loop_shown) and no_loop_shown(30) == 90",
        "# hidden-in-no-loop-shown",
    ),
    "limited": (
        "limited = 4",
        "limited = 9",
        "assert limited is not None",
        "limit = 5  # hidden-in-limited\nassert limited < limit",
    ),
    "partly": (
        "def partly(n):\n    return 4 * n",
        "def partly(n):\n    return 9",
        "assert partly(0) is not None",
        "'for' not in inspect.getsource(partly) and (partly(30) == 120) / 2 + (partly(limit) == 20) / 2"
        "  # hidden-in-partly",
    ),
    "thrown": (
        "def thrown(n):\n    return np.random.randint(1, 7, size=n)",
        "def thrown(n):\n    return []",
        "assert thrown(0) is not None",
        "np.random.seed(42)  # hidden-in-thrown\nnp.testing.assert_array_equal(thrown(5), [4, 5, 3, 5, 5])",
    ),
    "formula": (
        "formula = 'a and not b'",
        "formula = 'not a'",
        "assert eval(formula, {'a': True, 'b': False}) is not None",
        "for a in (True, False): assert eval(formula, {'a': a, 'b': False}) == a, 'hidden-in-formula'",
    ),
}
SET_UP = "import inspect\nimport numpy as np"
GIVEN = "start = 0"
