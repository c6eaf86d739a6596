"""A real JupyterHub with the exchange as its service, on loopback, for the tests of the exchange.

It has no proxy: tests speak to the hub, the service and the users' servers at their own ports.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import requests

from secondcar.exchange.client import Client

COURSE = "second-car"
GROUPS = {
    "nbgrader-second-car": {"users": ["ada", "ben"]},
    "formgrade-second-car": {"users": ["teacher"]},
    "nbgrader-other": {"users": ["cleo"]},
}
USE = "access:services!service=exchange"
ROLES = [
    {"name": "exchange-users", "groups": list(GROUPS), "scopes": [USE]},
    {"name": "server", "scopes": ["users:activity!user", "access:servers!server", USE]},
]
CONFIG = """
import json, os, sys
from pathlib import Path
from jupyterhub.proxy import Proxy

folder = Path({folder!r})


class PortsInAFile(Proxy):
    \"\"\"Writes down where each server is, and sends nothing anywhere.\"\"\"

    should_start = False
    routes = {{}}

    async def add_route(self, routespec, target, data):
        self.routes[routespec] = {{"routespec": routespec, "target": target, "data": data}}
        part = folder / "routes.part"
        part.write_text(json.dumps({{name: route["target"] for name, route in self.routes.items()}}))
        part.replace(folder / "routes.json")

    async def delete_route(self, routespec):
        self.routes.pop(routespec, None)

    async def get_all_routes(self):
        return self.routes


c = get_config()
c.JupyterHub.proxy_class = PortsInAFile
c.JupyterHub.hub_bind_url = {hub!r}
c.JupyterHub.db_url = "sqlite:///" + str(folder / "hub.sqlite")
c.JupyterHub.cookie_secret = b"0" * 32
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.load_groups = {groups}
c.JupyterHub.services = [{{"name": "tests", "api_token": "the-tests-own-token"}}, *{services}]
tests = ["admin:users", "admin:servers", "tokens", "access:servers"]
c.JupyterHub.load_roles = [{{"name": "tests", "services": ["tests"], "scopes": tests}}, *{roles}]
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "home/{{username}}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser", "--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.environment = {{
    "EXCHANGE_URL": {service!r} + "services/exchange/",
    "JUPYTER_CONFIG_PATH": str(folder / "config"),
    "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    "PATH": os.path.dirname(sys.executable) + ":" + os.environ["PATH"],
}}
"""


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def wait_for(done, what: str, process: subprocess.Popen):
    """Return what `done` returns, once that is true; fail if the process has ended or after two minutes."""
    for _ in range(600):
        if found := done():
            return found
        assert process.poll() is None, f"{what}: the process ended with {process.returncode}"
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come up in two minutes")


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code < 500
    except requests.ConnectionError:
        return False


class Hub:
    """A running hub.

    Args:
        folder: where it keeps all its files.
        groups, roles: as in JupyterHub's configuration. By default ada and ben learn in the course, teacher teaches
            it, and cleo is in another one.
        services: services that the test runs itself, in place of the exchange that the hub runs.
    """

    def __init__(self, folder: Path, groups: dict = GROUPS, roles: list = ROLES, services: list | None = None):
        self.folder = folder
        self.exchange = folder / "exchange"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.service = f"http://127.0.0.1:{free_port()}/"
        (folder / "config").mkdir(parents=True)
        (folder / "config" / "nbgrader_config.py").write_text(
            "from secondcar.exchange import use_service\nuse_service(get_config())\n"
        )
        config = folder / "jupyterhub_config.py"
        exchange = {
            "name": "exchange",
            "url": self.service,
            "command": [sys.executable, "-m", "secondcar.exchange.service", "--folder", str(self.exchange)],
            "environment": {"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        }
        config.write_text(
            CONFIG.format(
                folder=str(folder),
                hub=self.url,
                service=self.service,
                groups=groups,
                roles=roles,
                services=[exchange] if services is None else services,
            )
        )
        self.log = (folder / "hub.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", config],
            cwd=folder,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        wait_for(lambda: answers(f"{self.url}/hub/api/"), "the hub", self.process)
        if services is None:
            wait_for(lambda: answers(f"{self.service}services/exchange/"), "the exchange", self.process)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(300)  # it stops the servers of its users first
        self.log.close()

    def api(self, method: str, path: str, **body) -> requests.Response:
        headers = {"Authorization": "token the-tests-own-token"}
        answer = requests.request(method, f"{self.url}/hub/api/{path}", json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer

    def token(self, user: str) -> dict:
        """Return a new token like the one that a user's server gets: {"id": ..., "token": ...}."""
        return self.api("POST", f"users/{user}/tokens", scopes=["access:services!service=exchange"]).json()

    def serve(self, folder: Path, *options: str) -> tuple[subprocess.Popen, str]:
        """Run a second exchange, on another folder, and return it with its address."""
        port = free_port()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "secondcar.exchange.service",
                "--folder",
                folder,
                "--url",
                f"http://127.0.0.1:{port}",
                *options,
            ],
            env={**os.environ, "JUPYTERHUB_API_URL": f"{self.url}/hub/api", "JUPYTERHUB_SERVICE_NAME": "exchange"},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}/services/exchange/"
        wait_for(lambda: answers(address), "a second exchange", process)
        return process, address

    def start_server(self, user: str) -> str:
        """Start a user's JupyterLab and return its address."""
        self.api("POST", f"users/{user}/server")
        wait_for(
            lambda: self.api("GET", f"users/{user}").json()["servers"].get("", {}).get("ready"), user, self.process
        )
        return json.loads((self.folder / "routes.json").read_text())[f"/user/{user}/"] + f"/user/{user}/"

    def client(self, user: str) -> Client:
        return Client(f"{self.service}services/exchange/", self.token(user)["token"])


def write(folder: Path, **files: str) -> Path:
    """Make a folder of notebooks: `write(folder, one="{}")` makes one.ipynb."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.ipynb").write_text(textwrap.dedent(text))
    return folder
