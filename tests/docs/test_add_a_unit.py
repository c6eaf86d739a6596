"""docs/add-a-unit.md leads to a unit that passes: its edits are made in a copy of the repository."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from secondcar.building import build, keys
from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.checks import judge
from secondcar.checks.answers_file import FILE_NAME, decode
from secondcar.checks.kinds import KINDS
from tests.support.checkout import copied_checkout
from tests.support.paths import ROOT
from tests.support.some import some

UNIT = "13-second-look"
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


def run(root: Path, command: str) -> str:
    """Type a command in the copy, whose own package it uses."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, shell=True, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def follow(root: Path, commands: Callable[[str], bool]) -> str:
    """Do all that the page says, of its commands those that are wanted, and return what the last one says."""
    told = ""
    for block in BLOCKS:
        if block.language == "bash":
            for command in filter(commands, block.text.splitlines()):
                told = run(root, command)
        elif block.language == "diff":
            change(root, block.text)
        elif block.file:
            with (root / block.file).open("a", encoding="utf-8") as file:
                file.write(block.text)
        else:
            files = [path for path in (root / "course" / UNIT).iterdir() if path.is_file()]
            assert any(block.text in path.read_text(encoding="utf-8") for path in files), block.text
    return told


@pytest.mark.long
def test_the_page_leads_to_a_unit_that_passes(tmp_path):
    told = follow(copied_checkout(tmp_path), commands=bool)
    assert re.search(r"\b\d{2,} passed", told), told


def test_each_kind_of_exercise_on_the_page_is_built_and_judges_its_answers(tmp_path):
    follow(copied_checkout(tmp_path), commands=lambda command: command.startswith("secondcar new-unit "))
    assert build(tmp_path, [UNIT], target=tmp_path / "built", run=False) == [UNIT]
    exercises = decode((tmp_path / "built" / "release" / UNIT / FILE_NAME).read_text(encoding="utf-8"))
    assert {exercise.kind for exercise in exercises.values()} == set(KINDS) - {"elsewhere"}
    for name, written in some(read_answers(tmp_path / "course" / UNIT / "answers.toml").items()):
        exercise = exercises[name]
        if not exercise.by_hand:
            solution = exercise.solution(written, evaluate)
            assert judge(exercise, solution).state == "right", name
            assert judge(exercise, evaluate(written["bank"]["wrong"][0])).state != "right", name


def test_the_page_begins_with_its_command_and_ends_with_the_tests():
    commands = [line for block in BLOCKS if block.language == "bash" for line in block.text.splitlines()]
    assert commands[0].startswith("secondcar new-unit ")
    assert commands[-2:] == [f"secondcar build {UNIT}", f"pytest -k {UNIT}"]
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
