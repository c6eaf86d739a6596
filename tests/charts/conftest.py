"""What all tests of charts share."""

import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def no_figure_left():
    """Close what a test drew: an open figure is what the next one would draw on."""
    yield
    plt.close("all")
