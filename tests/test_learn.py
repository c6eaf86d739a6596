"""`secondcar learn` really starts JupyterLab, set up for a learner."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

NBGRADER_FOR_TEACHERS = ["assignment-list", "course-list", "create-assignment", "formgrader", "menu"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start the learner's JupyterLab in an empty home; give the address it prints and its access token."""
    home = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    server = subprocess.Popen(
        [sys.executable, "-m", "secondcar", "learn", "--no-browser", "--folder", str(home / "my-work")],
        cwd=home,
        env=environment | {"HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed = ""
        for line in server.stdout:
            printed += line
            if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
                _wait_until_it_listens(found[1])
                yield found.groups()
                break
        else:
            pytest.fail(f"JupyterLab did not start:\n{printed}")
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()


def _wait_until_it_listens(address):
    """JupyterLab prints its address a moment before it listens there."""
    deadline = time.monotonic() + 20
    while True:
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(address, timeout=20):
            return
        assert time.monotonic() < deadline, f"Nobody listens at {address}."
        time.sleep(0.1)


def get(lab, path):
    address, _, token = lab
    with urllib.request.urlopen(f"{address}{path}?token={token}", timeout=20) as answer:
        return answer.read().decode("utf-8")


def test_the_address_opens_the_first_unit(lab):
    _, path, _ = lab
    assert path == "/lab/tree/00-start/00-start.ipynb"
    assert "jupyter-config-data" in get(lab, path)
    assert "00-start" in [entry["name"] for entry in json.loads(get(lab, "/api/contents"))["content"]]


def test_the_teachers_tools_and_the_news_are_off(lab):
    data = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', get(lab, "/lab"), re.DOTALL).group(1)
    config = json.loads(data)
    disabled = set(config["disabledExtensions"])
    assert {f"@jupyter/nbgrader:{name}" for name in NBGRADER_FOR_TEACHERS} <= disabled
    assert "@jupyter/nbgrader:validate-assignment" not in disabled
    assert "@jupyterlab/apputils-extension:announcements" in disabled
    assert config["extensionManager"]["can_install"] is False


def test_a_markdown_file_opens_as_a_page(lab):
    settings = json.loads(get(lab, "/lab/api/settings/@jupyterlab/docmanager-extension:plugin"))
    assert settings["schema"]["properties"]["defaultViewers"]["default"] == {"markdown": "Markdown Preview"}


@pytest.mark.parametrize("path", ["/assignments", "/formgraders", "/formgrader"])
def test_the_teachers_pages_are_not_served(lab, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(lab, path)
