"""What JupyterLab's Assignment List says where the exchange does not answer."""

from types import SimpleNamespace

import pytest
from nbgrader.apps import NbGrader
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from urllib3.util import Retry

from secondcar.exchange import client
from secondcar.exchange.panel import _load_jupyter_server_extension


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """The list of a server in a folder whose exchange is a service that does not answer."""
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "a-token")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    monkeypatch.setattr(client, "Retry", lambda **settings: Retry(0))
    (tmp_path / "nbgrader_config.py").write_text(
        "from secondcar.exchange import use_service\nuse_service(get_config(), 'http://127.0.0.1:1/exchange/')\n"
    )
    theirs = AssignmentList(parent=NbGrader())
    theirs.root_dir = str(tmp_path)
    app = SimpleNamespace(web_app=SimpleNamespace(settings={"assignment_list_manager": theirs}))
    _load_jupyter_server_extension(app)
    return app.web_app.settings["assignment_list_manager"]


def test_the_list_says_that_the_exchange_does_not_answer(listed):
    for answer in (listed.list_released_assignments(), listed.list_assignments(), listed.list_courses()):
        assert answer == {
            "success": False,
            "value": "The exchange at http://127.0.0.1:1/exchange/ does not answer (ConnectionError): try again in a "
            "minute.",
        }


def test_a_server_without_the_list_is_left_alone():
    app = SimpleNamespace(web_app=SimpleNamespace(settings={}))
    _load_jupyter_server_extension(app)
    assert app.web_app.settings == {}
