"""docs/add-a-unit.md leads to a unit that passes: its commands and edits are made in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from secondcar.building import keys
from secondcar.checks.kinds import KINDS
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "add-a-unit.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The last words before a block that goes to the end of a file.
AT_THE_END = re.compile(r"[Aa]t the end of\s+`([^`]+)`:\s*$")


@dataclass(frozen=True)
class Block:
    """A block of code of the page.

    Attributes:
        language: what stands behind its fence.
        text: what it holds.
        file: the file to whose end it goes; "" if it goes to none.
    """

    language: str
    text: str
    file: str


def blocks(page: str) -> list[Block]:
    found = []
    for fence in FENCE.finditer(page):
        target = AT_THE_END.search(page[: fence.start()].rstrip("\n") + "\n")
        found.append(Block(fence[1], fence[2], target[1] if target else ""))
    return found


BLOCKS = blocks(PAGE.read_text(encoding="utf-8"))


def change(root: Path, diff: str) -> None:
    """Make an edit: its first line names the file, `-` is taken out, `+` put in, a blank stays."""
    name, *lines = diff.splitlines()
    path = root / name.strip()
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} does not hold this once:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of what is committed, or would be."""
    root = tmp_path_factory.mktemp("fresh")
    listed = subprocess.run(["git", "ls-files", "-co", "-z", "--exclude-standard"], cwd=ROOT, capture_output=True)
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    return root


def run(root: Path, command: str) -> str:
    """Type a command in the copy, whose own package it uses."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, shell=True, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.long
def test_the_page_leads_to_a_unit_that_passes(copy):
    told = ""
    for block in BLOCKS:
        if block.language == "bash":
            for command in block.text.splitlines():
                told = run(copy, command)
        elif block.language == "diff":
            change(copy, block.text)
        elif block.file:
            with (copy / block.file).open("a", encoding="utf-8") as file:
                file.write(block.text)
        else:
            files = [path for path in (copy / "course" / "11-second-look").iterdir() if path.is_file()]
            assert any(block.text in path.read_text(encoding="utf-8") for path in files), block.text
    assert re.search(r"\b\d{2,} passed", told), told
    answers = (copy / "course" / "11-second-look" / "answers.toml").read_text(encoding="utf-8")
    assert {"number", *re.findall(r'^kind +?= "(\w+)"', answers, re.MULTILINE)} == set(KINDS) - {"elsewhere"}


def test_the_page_begins_with_its_command_and_ends_with_the_tests():
    commands = [line for block in BLOCKS if block.language == "bash" for line in block.text.splitlines()]
    assert commands[0].startswith("secondcar new-unit ")
    assert commands[-2:] == ["secondcar build 11-second-look", "pytest -k 11-second-look"]
    assert len([block for block in BLOCKS if block.file]) == 8
    assert len([block for block in BLOCKS if block.language == "diff"]) >= 4


def test_the_page_names_every_key_that_is_required():
    page = PAGE.read_text(encoding="utf-8")
    exercise = keys.SCHEMA["$defs"]["exercise"]
    required = set(exercise["required"])
    for rule in exercise["allOf"]:
        for branch in ("then", "else"):
            required |= set(rule.get(branch, {}).get("required", []))
    assert len(required) > 10
    assert [key for key in required if f"`{key}`" not in page] == []
