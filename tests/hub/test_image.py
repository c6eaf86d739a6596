"""hub/Dockerfile: linted, and its steps run in a bare Debian without a container engine."""

import itertools
import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from tests.support.paths import ROOT
from tests.support.some import some

DOCKERFILE = ROOT / "hub" / "Dockerfile"
README = ROOT / "hub" / "kubernetes" / "README.md"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
UNIT = "02-by-and-to"


@dataclass
class Stage:
    """One target of the Dockerfile: its base, and its steps in order, each a name such as RUN and what follows it."""

    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def copied(self):
        """Yield each source of a COPY with its destination."""
        for name, value in self.steps:
            if name == "COPY":
                *sources, destination = shlex.split(value)
                yield from ((source, destination) for source in sources)


def stages() -> dict[str, Stage]:
    found = {}
    for step in DockerfileParser(str(DOCKERFILE)).structure:
        if step["instruction"] == "FROM":
            base, _, name = step["value"].split()
            found[name] = Stage(base)
        elif step["instruction"] != "COMMENT":
            found[name].steps.append((step["instruction"], step["value"]))
    return found


def test_a_linter_finds_nothing():
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, "--no-color", DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_learners_get_no_answers():
    """Everything that learners' servers run from is readable to them."""
    for source, _ in some(stages()["learner"].copied()):
        assert not source.startswith(("source", "course", "hub/settings/teacher", "tests"))


def test_what_is_copied_is_here_and_is_sent_to_the_builder():
    lines = DOCKERFILE.with_name("Dockerfile.dockerignore").read_text().splitlines()
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    for stage in some(stages().values()):
        for source, _ in some(stage.copied()):
            assert (ROOT / source).exists(), source
            assert any(source == path or source.startswith(f"{path}/") for path in sent), source


def test_the_images_run_as_no_root():
    steps = dict(stages()["learner"].steps)
    assert steps["USER"] == "1000"


class Image:
    """A bare Debian in a folder, to which the steps of a stage are done."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        sources = Path("/etc/apt/sources.list.d/debian.sources").read_text()
        mirror = next(line.split()[1] for line in sources.splitlines() if line.startswith("URIs:"))
        run("debootstrap", "--variant=minbase", "bookworm", folder, mirror)

    def build(self, stage: Stage) -> None:
        for name, value in stage.steps:
            if name == "RUN":
                self._run_with_network(value)
            elif name == "ENV":
                self.environment |= dict(pair.split("=", 1) for pair in shlex.split(value))
            elif name == "COPY":
                *sources, destination = shlex.split(value)
                for source in sources:
                    self._copy(ROOT / source, destination)

    def _copy(self, source: Path, destination: str) -> None:
        """Copy as a builder does: a folder's contents, or a file into a folder whose name ends in a slash."""
        target = self.folder / destination.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            assert destination.endswith("/")
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)

    def _run_with_network(self, command: str) -> None:
        # The machine's own certificates and index, if it has any, for it may reach no other.
        index = {name: value for name, value in os.environ.items() if name == "PIP_INDEX_URL"}
        run(
            *["bwrap", "--bind", self.folder, "/", "--proc", "/proc", "--dev", "/dev", "--cap-add", "ALL"],
            *["--ro-bind", CERTIFICATES, "/run/certificates", "--chdir", "/", "--clearenv"],
            *_settings({**self.environment, **index, "PIP_CERT": "/run/certificates"}),
            *["sh", "-c", command],
        )

    def run(self, *command: str, **environment: str) -> str:
        """Run a command as the image's user, without a network, and return what it prints."""
        return run(
            *["bwrap", "--bind", self.folder, "/", "--proc", "/proc", "--dev", "/dev"],
            # As in a container: everybody may write there.
            *["--perms", "1777", "--tmpfs", "/dev/shm", "--perms", "1777", "--tmpfs", "/tmp"],
            *["--unshare-net", "--unshare-pid", "--die-with-parent", "--cap-add", "ALL"],
            *["--chdir", "/home/jovyan", "--clearenv"],
            *_settings({**self.environment, "HOME": "/home/jovyan", **environment}),
            *["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", *command],
        )


def _settings(environment):
    return [part for name, value in environment.items() for part in ("--setenv", name, value)]


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{shlex.join(map(str, command))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def learner(tmp_path_factory):
    if os.geteuid() != 0 or not all(map(shutil.which, ("debootstrap", "bwrap"))):
        pytest.skip("this needs root, and Debian's packages debootstrap and bubblewrap")
    image = Image(tmp_path_factory.mktemp("image") / "root")
    image.build(stages()["learner"])
    return image


@pytest.fixture(scope="module")
def course(learner):
    """The second image; it goes on from the first, so tests of that one come before."""
    image = object.__new__(Image)
    image.folder, image.environment = learner.folder, dict(learner.environment)
    image.build(stages()["course"])
    return image


# Starts JupyterLab and prints whether the formgrader answers in it.
HAS_FORMGRADER = """
import subprocess, time, urllib.error, urllib.request

def status(path):
    try:
        return urllib.request.urlopen("http://127.0.0.1:8888" + path).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None

server = subprocess.Popen(["jupyter", "lab", "--no-browser", "--ServerApp.token="], stderr=subprocess.DEVNULL)
while status("/api") != 200:
    assert server.poll() is None
    time.sleep(0.5)
print(status("/formgrader"))
server.terminate()
"""

REGISTERED = """
from nbgrader.api import Gradebook

with Gradebook("sqlite:///course/grading/gradebook.db", "second-car") as gradebook:
    print(*[assignment.name for assignment in gradebook.assignments])
"""

MISCONCEPTIONS = f"""
from pathlib import Path
from secondcar.misconceptions import misconceptions_of

print(*misconceptions_of(Path("course"), "{UNIT}").values())
"""


@pytest.mark.long
def test_a_unit_runs_in_it_without_a_network(learner):
    folder = "/opt/second-car/env/lib/python3.11/site-packages/secondcar/units"
    learner.run("cp", "-r", f"{folder}/{UNIT}", "/home/jovyan/unit")
    learner.run("jupyter", "execute", f"unit/{UNIT}.ipynb")


def started_by_kubernetes() -> list[list[str]]:
    """Return what the containers of hub/kubernetes run."""
    folder = ROOT / "hub" / "kubernetes"
    objects = [each for file in sorted(folder.glob("*.yaml")) for each in yaml.safe_load_all(file.read_text())]
    pods = [each["spec"]["template"]["spec"] for each in objects if each.get("kind") == "Deployment"]
    return [container["args"] for pod in pods for container in pod["containers"]]


@pytest.mark.long
def test_everything_that_kubernetes_starts_is_in_it(learner):
    for arguments in some(started_by_kubernetes()):
        program = itertools.takewhile(lambda word: not word.startswith("--") and "://" not in word, arguments)
        assert learner.run(*program, "--help")
    for program in ("nbgrader", "tini", "bwrap"):
        assert learner.run(program, "--version")


@pytest.mark.long
def test_its_servers_have_the_version_of_the_charts_hub(learner):
    assert f"(JupyterHub {learner.run('jupyterhub', '--version').strip()})" in README.read_text(encoding="utf-8")


# Starts each process of grading as a pod does, here on one machine, and has a worker work.
GRADING = """
import json, subprocess, sys
from distributed import Client

for arguments in json.loads(sys.argv[1]):
    subprocess.Popen([word.replace("//grading:", "//127.0.0.1:") for word in arguments])
with Client("tcp://127.0.0.1:8786", timeout=300) as client:
    client.wait_for_workers(1, timeout=300)
    print(client.submit(sum, [1, 2]).result(300))
"""


@pytest.mark.long
def test_the_scheduler_and_a_worker_meet(learner):
    grading = [arguments for arguments in started_by_kubernetes() if arguments[0] == "dask"]
    assert len(grading) == 2
    assert learner.run("python", "-c", GRADING, json.dumps(grading)).splitlines()[-1] == "3"


@pytest.mark.long
def test_its_user_can_write_at_home_only_and_finds_byte_code(learner):
    learner.run("touch", "/home/jovyan/mine")
    learner.run("sh", "-c", "! touch /opt/second-car/env/mine 2> /dev/null")
    find = "import importlib.util as u; print(u.cache_from_source(u.find_spec('secondcar.checks.note').origin))"
    learner.run("test", "-f", learner.run("python", "-c", find).strip())


@pytest.mark.long
def test_learners_have_no_formgrader_and_no_answers(learner):
    assert learner.run("python", "-c", HAS_FORMGRADER).strip() == "404"
    assert learner.run("find", "/opt/second-car", "-name", "source", "-path", "*second-car/course*") == ""


@pytest.mark.long
def test_teachers_have_the_formgrader_and_a_course_that_is_registered(course):
    """The set-up command is the one of course.yaml; a second run of it leaves what a teacher changed."""
    manifests = yaml.safe_load_all((ROOT / "hub" / "kubernetes" / "course.yaml").read_text())
    pod = next(each for each in manifests if each["kind"] == "Deployment")["spec"]["template"]["spec"]
    set_up = ["sh", "-c", f"mkdir -p course && cd course && {pod['initContainers'][0]['args'][0]}"]
    course.run(*set_up)
    course.run("sh", "-c", f"echo changed > course/release/{UNIT}/{UNIT}.ipynb")
    course.run(*set_up)
    assert course.run("cat", f"course/release/{UNIT}/{UNIT}.ipynb") == "changed\n"
    assert UNIT in course.run("python", "-c", REGISTERED)
    assert "M01: " in course.run("python", "-c", MISCONCEPTIONS)
    assert course.run("python", "-c", HAS_FORMGRADER).strip() == "200"
