"""What the tests of a classroom share."""

import pytest


@pytest.fixture(scope="module")
def browser():
    browsing = pytest.importorskip("tests.support.classroom_browser")
    with browsing.started_browser() as started:
        yield started
