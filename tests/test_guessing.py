"""A guess stands beside the result, however it was written, and none is asked for."""

import numpy as np
import pytest

from secondcar import beside


@pytest.mark.parametrize(
    ("guess", "result", "said"),
    [
        (..., 250, "It is: 250.\n"),
        (70, 80, "Your guess: 70. It is: 80.\n"),
        (np.float64(2.5), 19217.4, "Your guess: 2.5. It is: 19,217.4.\n"),
        ("East", "West", "Your guess: East. It is: West.\n"),
        (True, False, "Your guess: True. It is: False.\n"),
        (None, (1, 2), "Your guess: None. It is: (1, 2).\n"),
    ],
)
def test_a_guess_stands_beside_the_result(capsys, guess, result, said):
    beside(guess, result)
    assert capsys.readouterr().out == said
