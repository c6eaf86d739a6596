"""What the project's users run elsewhere: workflows, GitLab's template, Binder, a development container."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.grading.test_examining import ANSWER, SETUP, TEST, cell, write_course
from tests.support.paths import ROOT
from tests.support.some import some

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
GITLAB = ROOT / ".gitlab" / "examine.yml"


def read(path):
    """Return a workflow; YAML takes its word `on` for a truth value."""
    return yaml.safe_load(path.read_text("utf-8"))


def commands(workflow):
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


def github():
    """The last command of the reusable workflow."""
    return commands(read(ROOT / ".github" / "workflows" / "examine.yml"))[-1]


def gitlab():
    """The last command of the template, with its variables as GitLab gives them."""
    _, jobs = yaml.safe_load_all(GITLAB.read_text("utf-8"))
    return jobs["examine"]["script"][-1]


def run(command, folder, **variables):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, **variables}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_calls_targets_that_there_are(path):
    for command in some(commands(read(path))):
        made = re.findall(r"\bmake ([\w-]+)", command)
        assert set(made) <= TARGETS
        assert run(f"bash -n <<< {json.dumps(command)}", ROOT).returncode == 0


@pytest.mark.long
@pytest.mark.parametrize("last_command", [github, gitlab])
@pytest.mark.parametrize(("test", "code"), [(TEST, 0), ("assert total == 4", 1)], ids=["sound", "broken"])
def test_a_course_is_examined_as_the_workflow_and_the_template_do(last_command, test, code, tmp_path):
    write_course(tmp_path / "course", cell(SETUP), cell(ANSWER, "total"), cell(test, "test", 2))
    done = run(last_command(), tmp_path, FOLDER="course", ASSIGNMENTS="")
    assert done.returncode == code, done.stdout + done.stderr
    assert ("ps1 is sound." in done.stdout) == (code == 0)


def test_both_hand_the_same_inputs_to_the_same_commands():
    inputs, jobs = yaml.safe_load_all(GITLAB.read_text("utf-8"))
    workflow = read(ROOT / ".github" / "workflows" / "examine.yml")
    asked = workflow[True]["workflow_call"]["inputs"]
    assert inputs["spec"]["inputs"] == {
        name: {key: told[key] for key in ("description", "default")} for name, told in asked.items()
    }
    assert [line.replace("sudo ", "") for line in commands(workflow)] == jobs["examine"]["script"]
    assert list(jobs["examine"]["variables"]) == list(workflow["jobs"]["examine"]["env"])


def assert_fits(schema, *paths):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_template_is_one_that_gitlab_takes(tmp_path):
    (tmp_path / "jobs.yml").write_text(GITLAB.read_text("utf-8").split("\n---\n")[1], encoding="utf-8")
    assert_fits("vendor.gitlab-ci", tmp_path / "jobs.yml")


def test_the_workflows_are_ones_that_github_takes():
    assert_fits("vendor.github-workflows", *some(WORKFLOWS))


def opened_pages():
    """What Binder and the development container open first, by who opens it."""
    [link] = re.findall(r"\]\((https://mybinder\.org/v2[^)]*)\)", (ROOT / "README.md").read_text("utf-8"))
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    return {
        "Binder": parse_qs(urlsplit(link).query)["urlpath"][0].removeprefix("lab/tree/"),
        "container": container["customizations"]["codespaces"]["openFiles"][0],
    }


def test_binder_and_the_container_open_the_released_units(tmp_path):
    shutil.copytree(ROOT / "release", tmp_path / "release")
    done = run(str(ROOT / "postBuild"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert {name: (tmp_path / page).is_file() for name, page in opened_pages().items()} == {
        "Binder": True,
        "container": True,
    }
    assert len(list((tmp_path / "my-work").glob("*/*.ipynb"))) == len(list(ROOT.glob("release/*/*.ipynb")))
    # Binder reads these two; the container's command is the README's own.
    assert (ROOT / "environment.yml").is_file() and os.access(ROOT / "postBuild", os.X_OK)
