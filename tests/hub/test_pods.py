"""What surrounds a pod of hub/kubernetes: the policies of its network, and a /proc that a container runtime masks."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.grading_courses import make_tiny_course
from tests.support.paths import ROOT
from tests.support.some import some

pytestmark = pytest.mark.long

OBJECTS = [
    each
    for name in ("course.yaml", "grading.yaml")
    for each in yaml.safe_load_all((ROOT / "hub" / "kubernetes" / name).read_text(encoding="utf-8"))
]
PODS = {each["metadata"]["name"]: each["spec"]["template"] for each in OBJECTS if each["kind"] == "Deployment"}
POLICIES = [each["spec"] for each in OBJECTS if each["kind"] == "NetworkPolicy"]
# Which pods stand in the network here, by the deployment that makes them.
MACHINES = {"course": "course", "grading": "grading", "worker1": "grading-worker", "worker2": "grading-worker"}


def may_connect(one: str, other: str) -> bool:
    """Return whether the policies let a pod of one deployment open a connection to one of another."""
    return lets(one, "Egress", "to", other) and lets(other, "Ingress", "from", one)


def lets(pod: str, direction: str, key: str, peer: str) -> bool:
    own = [each for each in POLICIES if direction in each["policyTypes"] and selects(each["podSelector"], pod)]
    rules = [rule for policy in own for rule in policy.get(direction.lower(), [])]
    # A rule that names nobody is about one port for all: that of names.
    return not own or any(selects(each["podSelector"], peer) for rule in rules for each in rule.get(key, []))


def selects(selector: dict, pod: str) -> bool:
    return selector["matchLabels"].items() <= PODS[pod]["metadata"]["labels"].items()


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)


class Network:
    """A network namespace for each pod, and a wire between two that may talk in one direction or the other."""

    def __init__(self) -> None:
        self.names = {machine: f"sc{os.getpid()}{machine}" for machine in MACHINES}
        for name in self.names.values():
            run("ip", "netns", "add", name, check=True)
            run("ip", "-n", name, "link", "set", "lo", "up", check=True)
        self.addresses: dict[tuple[str, str], str] = {}
        for number, (one, other) in enumerate(itertools.combinations(MACHINES, 2)):
            pods = MACHINES[one], MACHINES[other]
            if may_connect(*pods) or may_connect(*reversed(pods)):
                self.connect(number, one, other)

    def connect(self, number: int, one: str, other: str) -> None:
        ends = [(one, other, f"10.77.{number}.1"), (other, one, f"10.77.{number}.2")]
        names = [self.names[one], self.names[other]]
        wire = [f"w{number}a", "netns", names[0], "type", "veth", "peer", "name", f"w{number}b", "netns", names[1]]
        run("ip", "link", "add", *wire, check=True)
        for (machine, seen_from, address), end in zip(ends, "ab", strict=True):
            self.addresses[machine, seen_from] = address
            run("ip", "-n", self.names[machine], "addr", "add", f"{address}/30", "dev", f"w{number}{end}", check=True)
            run("ip", "-n", self.names[machine], "link", "set", f"w{number}{end}", "up", check=True)

    def inside(self, machine: str, *command: str | Path) -> list[str]:
        return ["ip", "netns", "exec", self.names[machine], *map(str, command)]

    def start(self, machine: str, folder: Path) -> subprocess.Popen:
        """Run what the pod's container runs."""
        [container] = PODS[MACHINES[machine]]["spec"]["containers"]
        program, *arguments = container["args"]
        here = [word.replace("//grading:", f"//{self.addresses.get(('grading', machine))}:") for word in arguments]
        folder.mkdir()
        with (folder / "log").open("w") as log:
            command = self.inside(machine, Path(sys.executable).with_name(program), *here)
            return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    def remove(self) -> None:
        for name in self.names.values():
            run("ip", "netns", "delete", name)


@pytest.fixture
def network() -> Iterator[Network]:
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("network namespaces need root and iproute2")
    made = Network()
    yield made
    made.remove()


def test_a_class_is_graded_where_the_policies_keep_the_workers_apart(network, tmp_path):
    assert not any(may_connect("grading-worker", pod) for pod in ("grading-worker", "course"))
    course = tmp_path / "tiny"
    course.mkdir()
    make_tiny_course(course, 12)
    processes = [network.start(machine, tmp_path / machine) for machine in ("grading", "worker1", "worker2")]
    try:
        scheduler = f"tcp://{network.addresses['grading', 'course']}:8786"
        grade = ["grade", "tiny", "--preload", "json", "--scheduler", scheduler]
        command = network.inside("course", sys.executable, "-m", "secondcar", *grade)
        done = run(*command, cwd=course, timeout=400)
    finally:
        for process in processes:
            process.terminate()
            process.wait(60)
    assert done.stdout.startswith("12 graded"), done.stdout + done.stderr


# What container runtimes do to /proc, and a notebook's sandbox then cannot mount its own.
MASKED = """
mount -t tmpfs tmpfs /proc/acpi || mount -t tmpfs tmpfs /proc/irq
mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys
exec "$@"
"""


def line_of_the_images(trait: str) -> str:
    configuration = (ROOT / "hub" / "exchange" / "nbgrader_config.py").read_text(encoding="utf-8")
    [line] = [line for line in configuration.splitlines() if trait in line]
    return line


def test_nbgraders_own_grading_refuses_because_it_has_no_sandbox(tmp_path):
    make_tiny_course(tmp_path, 1, line_of_the_images("pre_convert_hook"))
    refused = run(sys.executable, "-m", "nbgrader", "autograde", "tiny", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("and type secondcar grade tiny")
    bolt = "import json; from nbgrader.apps import NbGraderAPI, NbGraderApp\n"
    bolt += "app = NbGraderApp(); app.load_config_file(); api = NbGraderAPI(config=app.config)\n"
    bolt += "print(json.dumps(api.autograde('tiny', 's0000')))"
    said = run(sys.executable, "-c", bolt, cwd=tmp_path)
    assert '"success": false' in said.stdout and "type secondcar grade tiny" in said.stdout, said.stderr
    assert not list((tmp_path / "autograded").glob("*/tiny"))
    graded = run(sys.executable, "-m", "secondcar", "grade", "tiny", "--preload", "json", cwd=tmp_path)
    assert graded.stdout.startswith("1 graded"), graded.stdout + graded.stderr


def test_a_pod_with_a_masked_proc_refuses_to_grade(tmp_path):
    make_tiny_course(tmp_path, 1, line_of_the_images("require_sandbox"))
    masked = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MASKED, "sh"]
    if run(*masked, "true").returncode != 0:
        pytest.skip("this machine lets nobody mask /proc")
    grade = [sys.executable, "-m", "secondcar", "grade", "tiny"]
    refused = run(*masked, *grade, cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Nothing was graded because there is no sandbox.")
    assert not list((tmp_path / "autograded").glob("*/tiny"))


def test_pods_that_grade_ask_for_a_proc_without_masks():
    for name in some(["course", "grading-worker"]):
        pod = PODS[name]["spec"]
        assert pod["hostUsers"] is False
        assert {each["securityContext"]["procMount"] for each in pod["containers"]} == {"Unmasked"}
