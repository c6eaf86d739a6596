"""hub/kubernetes/README.md: its lines name what there is, in our files and in the chart; no cluster is here."""

import importlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.docs.test_pages import tokens
from tests.hub.test_kubernetes_values import CHART, FILES, FOLDER, OBJECTS, VALUES
from tests.support.pages import blocks, blocks_of, words_of
from tests.support.paths import ROOT
from tests.support.some import some

PAGE = "hub/kubernetes/README.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
PROGRAMS = ("kubectl", "helm", "docker", "sed", "python")
# What the chart makes, besides our files.
OF_THE_CHART = {
    ("deployment", "hub"),
    ("deployment", "proxy"),
    ("deployment", "autohttps"),
    ("service", "proxy-public"),
}
OURS = {(each["kind"].lower(), each["metadata"]["name"]) for each in OBJECTS}
KINDS = {"pods", "pvc", "service", "deployment", "storageclass", "namespace", "secret"}
VERBS = {"create", "config", "label", "apply", "delete", "get", "logs", "scale"}


def typed() -> list[list[str]]:
    """Return the words of each line on the page that is for a shell, in a block or in a sentence."""
    lines = [line for block in blocks(PAGE) if block.language == "sh" for line in block.lines]
    spans = [token.content for token in tokens(TEXT) if token.type == "code_inline"]
    return [words_of(line) for line in lines] + [
        shlex.split(span) for span in spans if span.split()[0] in PROGRAMS and " " in span
    ]


LINES = typed()


def of(program: str, *verb: str) -> list[list[str]]:
    return some([words for words in LINES if words[: 1 + len(verb)] == [program, *verb]])


def options(words: list[str], *names: str) -> list[str]:
    """Return what follows options such as --filename, or `--filename=...`."""
    told = [word.partition("=")[::2] if word.startswith("--") and "=" in word else (word, "") for word in words]
    return [value or words[number + 1] for number, (name, value) in enumerate(told) if name in names]


def fault_of(words: list[str]) -> str:
    """Return what a line of kubectl names that does not exist; "" if all of it does."""
    if words[1] not in VERBS:
        return f"kubectl has no {words[1]}"
    for file in options(words, "-f", "--filename"):
        if not (ROOT / file).is_file():
            return f"there is no {file}"
    named = [word.split("/") for word in words if re.fullmatch(r"deployment/\S+", word)]
    if words[1] in ("get", "scale") and len(words) > 3 and not words[3].startswith("-"):
        named.append(words[2:4])
    for kind, name in named:
        if (kind, name) not in OURS | OF_THE_CHART:
            return f"there is no {kind} {name}"
    if words[1] == "get" and words[2] not in KINDS:
        return f"nothing is a {words[2]}"
    return ""


def test_lines_are_found():
    assert len(LINES) >= 20
    assert {words[0] for words in LINES} == set(PROGRAMS)


@pytest.mark.parametrize("words", of("kubectl"), ids=" ".join)
def test_kubectl_is_given_what_there_is(words):
    assert fault_of(words) == ""


@pytest.mark.parametrize(
    "line",
    [
        "kubectl use -f hub/kubernetes/course.yaml",
        "kubectl apply -f hub/kubernetes/courses.yaml",
        "kubectl scale deployment grading-workers --replicas 8",
        "kubectl logs deployment/exchanges",
        "kubectl get pod",
    ],
)
def test_a_line_that_names_what_there_is_not_is_found(line):
    assert fault_of(shlex.split(line))


def test_one_namespace_one_secret_and_one_registry():
    [namespace] = [words[3] for words in of("kubectl", "create", "namespace")]
    assert [options(words, "--namespace") for words in of("kubectl", "config")] == [[namespace]]
    assert [words[3] for words in of("kubectl", "label")] == [namespace]
    [secret] = of("kubectl", "create", "secret", "docker-registry")
    assert VALUES["imagePullSecrets"] == [secret[4]]
    pods = [each["spec"]["template"]["spec"] for each in OBJECTS if each["kind"] == "Deployment"]
    assert all(pod["imagePullSecrets"] == [{"name": secret[4]}] for pod in some(pods))
    assert VALUES["singleuser"]["image"]["name"].startswith(f"{options(secret, '--docker-server')[0]}/")


def test_helm_gets_the_chart_that_the_values_are_for():
    [add], [upgrade, *_] = of("helm", "repo", "add"), of("helm", "upgrade")
    assert f"{add[4]}jupyterhub-{options(upgrade, '--version')[0]}.tgz" == CHART
    assert upgrade[4] == f"{add[3]}/jupyterhub"
    assert [(ROOT / file).is_file() for file in options(upgrade, "--values")] == [True]
    assert f"version {options(upgrade, '--version')[0]} " in (FOLDER / "values.yaml").read_text().splitlines()[0]
    for words in some(of("helm", "uninstall")):
        assert words[2] == upgrade[3]


def test_the_images_that_are_built_are_pushed_and_used():
    built = {options(words, "--tag")[0] for words in of("docker", "build")}
    assert built == {words[2] for words in of("docker", "push")}
    of_pods = re.findall(r"image: (\S+)", "".join((FOLDER / name).read_text() for name in FILES))
    image = VALUES["singleuser"]["image"]
    assert {*of_pods, f"{image['name']}:{image['tag']}"} == built


def test_another_registry_is_put_into_every_file(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "hub" / "kubernetes")
    for words in of("sed"):
        line = (
            shlex.join(words).replace("YOUR-REGISTRY", "ghcr.io/my-university").replace("'hub/kubernetes/*.yaml'", "")
        )
        subprocess.run(f"{line} hub/kubernetes/*.yaml", shell=True, cwd=tmp_path, check=True)
    for name in some(("values.yaml", *FILES)):
        text = (tmp_path / "hub" / "kubernetes" / name).read_text()
        assert "registry.example.org" not in text and "ghcr.io/my-university/second-car" in text
        assert list(yaml.safe_load_all(text))


@pytest.mark.parametrize("words", of("python"), ids=" ".join)
def test_the_costs_can_be_asked_for(words):
    done = subprocess.run([sys.executable, *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_disk_for_each_learner_fewer_machines_do():
    said = re.search(
        r"`(--node-disks \d+)`: ([\d,]+) learners then need (\d+) machines in place of (\d+)", TEXT.replace("\n", " ")
    )
    assert said
    for more, machines in some([(said[1].split(), said[3]), ([], said[4])]):
        done = subprocess.run([sys.executable, FOLDER / "costs.py", *more], capture_output=True, text=True, check=True)
        [row] = [line for line in done.stdout.splitlines() if line.startswith("| machines while the class works")]
        assert row.split("|")[4].strip().startswith(f"{machines} x ")


def test_pods_disks_and_addresses_have_the_names_that_the_page_says():
    running = re.search(r"`kubectl get pods`: (.*) are \*Running\*", TEXT.replace("\n", " "))
    assert running
    of_page = set(re.findall(r"`([a-z-]+)`", running[1]))
    assert of_page == {name for kind, name in OURS | OF_THE_CHART if kind == "deployment"} - {
        "grading",
        "grading-worker",
    }
    claims = {name for kind, name in OURS if kind == "persistentvolumeclaim"}
    assert all(f"`{claim}` (" in TEXT for claim in some(claims))
    [host] = VALUES["proxy"]["https"]["hosts"]
    addresses = re.findall(rf"https://{re.escape(host)}(/[\w/-]*)", TEXT)
    assert {path.split("/")[2] for path in addresses if path.startswith("/services/")} <= {*VALUES["hub"]["services"]}
    scheduler = re.search(r"--scheduler tcp://([a-z]+):(\d+)", TEXT)
    assert scheduler
    [service] = [each for each in OBJECTS if each["kind"] == "Service" and each["metadata"]["name"] == scheduler[1]]
    assert service["spec"]["ports"] == [{"port": int(scheduler[2])}]


def test_log_ins_are_set_by_names_that_their_authenticators_read():
    """Keys that the hub does not know are passed over without a word, and then nobody gets in."""
    found = [yaml.safe_load(block.text) for block in blocks_of(PAGE, TEXT) if block.language == "yaml"]
    assert len(found) == 2
    classes = {
        "LTI13Authenticator": "ltiauthenticator.lti13.auth",
        "GitHubOAuthenticator": "oauthenticator.github",
    }
    for settings in some(found):
        [(name, told)] = [(key, value) for key, value in settings.items() if isinstance(value, dict)]
        module = pytest.importorskip(classes[name], reason=f"{classes[name]} is not installed here")
        assert importlib.import_module(classes[name]) is module
        assert set(told) <= set(getattr(module, name).class_trait_names(config=True))
