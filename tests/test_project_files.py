"""The files that set the project up agree with each other and name no machine."""

import itertools
import re
import subprocess
import sys
import tomllib
import warnings
import zipfile
from collections import Counter

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT
from tests.support.some import some

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, BUILD_SYSTEM = PYPROJECT["project"], PYPROJECT["build-system"]
# Each lock, with the extras that it pins.
LOCKS = {
    "requirements.lock": sorted(PROJECT["optional-dependencies"]),
    "requirements-learn.lock": ["learn"],
    "hub/requirements.lock": ["classroom", "cluster", "postgresql"],
}
MEGABYTE = 1_000_000

# The brackets keep this file from naming what it looks for.
REGISTRY_HOST = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(org|com)|conda\.ana[c]onda\.org|\b(artifact|nex)(ory|us)[\w.]*/|/[s]imple/"
)
# Every Jupyter image has its user's home at /home/jovyan.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(home(?!/jovyan\b)|Users|root|work)/\w|\b[A-Z]:\\\\?Users\\")


def requirements_of(extras):
    """Return what the package asks for with some extras, in the order of pyproject.toml."""
    lines, waiting = list(PROJECT["dependencies"]), list(extras)
    for extra in waiting:
        for requirement in map(Requirement, PROJECT["optional-dependencies"][extra]):
            if requirement.name == PROJECT["name"]:
                waiting += requirement.extras - set(waiting)
            else:
                lines.append(str(requirement))
    return list(map(Requirement, lines))


def locked_packages(lock):
    """Each entry of a lock: its requirement, as name, version and marker, and the number of its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
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


def test_a_package_has_one_bound():
    lines = [*PROJECT["dependencies"], *itertools.chain(*PROJECT["optional-dependencies"].values())]
    names = Counter(canonicalize_name(Requirement(line).name) for line in [*lines, *BUILD_SYSTEM["requires"]])
    assert [name for name, times in names.items() if times > 1 and name != PROJECT["name"]] == []


# The tests' own packages may be imported by the tests alone; and what is imported is declared, by the tests too.
@pytest.mark.parametrize("arguments", [["src"], [".", "--ignore", "DEP002,DEP004"]], ids=["package", "all"])
def test_what_is_imported_is_declared(arguments):
    command = [sys.executable, "-m", "deptry", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("kind", "copies"), [("editable", 0), ("wheel", 1)])
def test_a_wheel_holds_the_courses_configuration_and_an_editable_install_leaves_none(kind, copies, tmp_path):
    build = f"import sys, hatchling.build; hatchling.build.build_{kind}(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, tmp_path], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert sum(name.endswith("/nbgrader_config.py") for name in zipfile.ZipFile(wheel).namelist()) == copies


def test_conda_gives_what_a_learner_needs():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    [pip] = [line["pip"] for line in conda if not isinstance(line, str)]
    asked = {Requirement(line) for line in [*conda, *pip] if isinstance(line, str) and line != "-e ."}
    python = Requirement(f"python{PROJECT['requires-python']}")
    assert asked == {python, Requirement("pip"), *requirements_of(["learn"])}
    assert "-e ." in pip


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_every_requirement(lock):
    versions = {}
    for requirement, _ in some(locked_packages(lock)):
        [pin] = requirement.specifier
        assert pin.operator == "=="
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for requirement in [*requirements_of(LOCKS[lock]), *map(Requirement, BUILD_SYSTEM["requires"])]:
        assert versions.get(canonicalize_name(requirement.name)), f"{requirement.name} is not in {lock}"
        for version in some(versions[canonicalize_name(requirement.name)]):
            assert requirement.specifier.contains(version), f"{lock} has {requirement.name} {version}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    packages = list(locked_packages(lock))
    assert len(packages) > 50
    assert [str(requirement) for requirement, hashes in packages if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_leaves_out_what_slows_jupyter(lock):
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
    assert "rfc3987-syntax" not in {canonicalize_name(requirement.name) for requirement, _ in locked_packages(lock)}


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_tried_together_is_installed_everywhere(lock):
    """A learner and a classroom get the versions that the tests ran with."""
    pins, tried = (
        {(each.name, each.specifier) for each, _ in locked_packages(name)} for name in (lock, "requirements.lock")
    )
    assert pins <= tried


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


def test_a_warning_of_our_own_code_is_an_error():
    with pytest.raises(DeprecationWarning, match="planted"):
        warnings.warn("planted", DeprecationWarning, stacklevel=1)
