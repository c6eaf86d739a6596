"""hub/kubernetes: the chart takes the values, Kubernetes the files, and a real JupyterHub works with both."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlparse

import jsonschema
import kubernetes_validate
import pytest
import requests
import yaml

from secondcar.exchange.client import Client
from tests.support.exchange_hub import COURSE, Hub, answers, free_port, wait_for, write
from tests.support.paths import ROOT
from tests.support.some import some

FOLDER = ROOT / "hub" / "kubernetes"
# As `helm upgrade --version` in README.md gets it.
CHART = "https://hub.jupyter.org/helm-chart/jupyterhub-4.4.0.tgz"
OLDEST_KUBERNETES = "1.28"  # what the chart asks for
VALUES = yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8"))
FILES = ("exchange.yaml", "course.yaml", "grading.yaml")
OBJECTS = [each for name in FILES for each in yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8"))]


def one(kind, name):
    [found] = [each for each in OBJECTS if each["kind"] == kind and each["metadata"]["name"] == name]
    return found


def pod(name):
    return one("Deployment", name)["spec"]["template"]


@pytest.fixture(scope="module")
def chart(tmp_path_factory):
    """The chart's folder: the one that SECOND_CAR_HELM_CHART names, or else fetched from where Helm gets it."""
    if folder := os.environ.get("SECOND_CAR_HELM_CHART"):
        return Path(folder)
    try:
        answer = requests.get(CHART, timeout=10)
        answer.raise_for_status()
    except requests.RequestException as fault:
        pytest.skip(f"{CHART} is out of reach ({type(fault).__name__}); SECOND_CAR_HELM_CHART may name its folder")
    folder = tmp_path_factory.mktemp("chart")
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "jupyterhub"


def test_the_chart_takes_the_values(chart):
    """Helm merges the chart's own values with ours, and holds the whole against the chart's schema."""
    [schema, *_] = sorted(chart.glob("values.schema.*"))
    whole = merged(yaml.safe_load((chart / "values.yaml").read_text(encoding="utf-8")), VALUES)
    schema = yaml.safe_load(schema.read_text(encoding="utf-8"))
    assert [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(whole)] == []
    wrong = merged(whole, {"singleuser": {"memory": {"guarante": "300M"}}})
    assert [error.json_path for error in validator(schema).iter_errors(wrong)] == ["$.singleuser.memory"]


def validator(schema):
    return jsonschema.validators.validator_for(schema)(schema)


def merged(theirs, ours):
    if not (isinstance(theirs, dict) and isinstance(ours, dict)):
        return ours
    return theirs | {name: merged(theirs.get(name), value) for name, value in ours.items()}


@pytest.mark.parametrize("kubernetes", [OLDEST_KUBERNETES, kubernetes_validate.latest_version()])
@pytest.mark.parametrize("found", OBJECTS, ids=lambda each: f"{each['kind']} {each['metadata']['name']}")
def test_kubernetes_takes_the_files(found, kubernetes):
    kubernetes_validate.validate(found, kubernetes, strict=True)


def test_one_image_is_used_everywhere_and_another_for_the_course():
    image = f"{VALUES['singleuser']['image']['name']}:{VALUES['singleuser']['image']['tag']}"
    containers = [
        each for name in ("exchange", "grading", "grading-worker") for each in pod(name)["spec"]["containers"]
    ]
    assert {container["image"] for container in containers} == {image}
    course = pod("course")["spec"]
    name, tag = image.split(":")
    assert {c["image"] for c in course["initContainers"] + course["containers"]} == {f"{name}-course:{tag}"}


def test_addresses_and_labels_lead_where_they_should():
    for name, value in some(VALUES["hub"]["services"].items()):
        url = urlparse(value["url"])
        service = one("Service", url.hostname)
        labels = pod(url.hostname)["metadata"]["labels"]
        assert service["spec"]["ports"] == [{"port": url.port}], name
        assert service["spec"]["selector"].items() <= labels.items()
        # The chart lets pods with this label reach the hub.
        assert labels["hub.jupyter.org/network-access-hub"] == "true"
    allowed = VALUES["singleuser"]["networkPolicy"]["egress"][0]
    assert allowed["to"][0]["podSelector"]["matchLabels"].items() <= pod("exchange")["metadata"]["labels"].items()
    exchange = urlparse(VALUES["singleuser"]["extraEnv"]["EXCHANGE_URL"])
    assert (exchange.hostname, exchange.port) == ("exchange", allowed["ports"][0]["port"])
    # Each network policy applies to a pod, and lets in and out only pods that are here or that the chart makes.
    known = [pod(each["metadata"]["name"])["metadata"]["labels"] for each in OBJECTS if each["kind"] == "Deployment"]
    known.append({"app": "jupyterhub", "component": "singleuser-server"})
    for policy in some(each["spec"] for each in OBJECTS if each["kind"] == "NetworkPolicy"):
        rules = [*policy.get("ingress", []), *policy.get("egress", [])]
        selectors = [peer["podSelector"] for rule in rules for peer in rule.get("from", []) + rule.get("to", [])]
        for selector in (policy["podSelector"], *selectors):
            assert any(selector["matchLabels"].items() <= labels.items() for labels in known), selector


class Cluster:
    """The hub as the chart configures it from our values, and containers as our files say, all on loopback."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {urlparse(each["url"]).netloc: free_port() for each in VALUES["hub"]["services"].values()}
        values = VALUES["hub"]
        self.tokens = {name: f"token-of-{name}-{'0' * 32}" for name in values["services"]}
        services = [
            {"name": name, "api_token": self.tokens[name], **service, "url": self.here(service["url"])}
            for name, service in values["services"].items()
        ]
        roles = [{"name": name, **role} for name, role in values["loadRoles"].items()]
        self.hub = Hub(folder, values["config"]["JupyterHub"]["load_groups"], roles, services)
        self.ports["hub:8081"] = urlparse(self.hub.url).port
        self.processes = []

    def here(self, text):
        for address, port in self.ports.items():
            _, theirs = address.split(":")
            for name in (address, f"0.0.0.0:{theirs}"):
                text = text.replace(name, f"127.0.0.1:{port}")
        return text

    def start(self, name, path, **changed):
        """Run a deployment's container, and return its address and environment once it answers."""
        [container] = pod(name)["spec"]["containers"]
        environment = {each["name"]: self.here(each["value"]) for each in container["env"] if "value" in each}
        for each in some(container["env"]):
            if "valueFrom" in each:  # the chart's secret has the services' tokens
                secret = each["valueFrom"]["secretKeyRef"]
                service = secret["key"].removeprefix("hub.services.").removesuffix(".apiToken")
                assert secret["name"] == "hub"
                environment[each["name"]] = self.tokens[service]
        command = [changed.get(part, self.here(part)) for part in container["args"]]
        [port] = [port for address, port in self.ports.items() if address.startswith(f"{name}:")]
        process = subprocess.Popen(
            [sys.executable, *command[1:]] if command[0] == "python" else [*command, "--allow-root"],
            cwd=self.folder,
            env={**os.environ, **environment},
            stdout=self.hub.log,
            stderr=subprocess.STDOUT,
        )
        self.processes.append(process)
        address = f"http://127.0.0.1:{port}{path}"
        wait_for(lambda: answers(address), name, process)
        return address, environment

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait(60)
        self.hub.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


def test_learners_and_the_course_meet_in_the_exchange(cluster, tmp_path):
    address, _ = cluster.start("exchange", "/services/exchange/", **{"/srv/exchange": str(tmp_path / "exchange")})
    course = Client(address, cluster.tokens[COURSE])
    assert course.courses() == {COURSE: "teacher"}
    course.release(COURSE, "unit", write(tmp_path / "released", unit="released"), replace=False)
    ada = Client(address, cluster.hub.token("ada")["token"])
    kept = ada.submit(COURSE, "unit", write(tmp_path / "ada", unit="ada's"))
    assert [each["name"] for each in course.submissions(COURSE)] == [kept["name"]]


def test_the_course_lets_teachers_in_and_learners_not(cluster):
    address, environment = cluster.start("course", "/services/second-car/api")
    assert environment["EXCHANGE_URL"].startswith("http://127.0.0.1:")
    scopes = json.loads(environment["JUPYTERHUB_OAUTH_ACCESS_SCOPES"])

    def status(user, scopes):
        token = cluster.hub.api("POST", f"users/{user}/tokens", scopes=scopes).json()["token"]
        contents = address.removesuffix("api") + "api/contents"
        return requests.get(contents, headers={"Authorization": f"token {token}"}, timeout=60).status_code

    assert status("teacher", scopes) == 200
    assert status("ada", []) == 403


def test_the_table_of_costs_is_what_the_arithmetic_gives():
    done = subprocess.run([sys.executable, FOLDER / "costs.py"], capture_output=True, text=True, check=True)
    assert done.stdout in (FOLDER / "README.md").read_text(encoding="utf-8")
