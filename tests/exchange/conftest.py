"""A hub with the exchange's service, for each module that asks for one."""

import pytest

from tests.support.exchange_hub import Hub


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"))
    yield hub
    hub.stop()
