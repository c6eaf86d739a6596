"""What readers of the pages type: each block says where, and each line is one that can be typed there.

Here they are read; tests/docs/test_typed.py and tests/classroom/test_typed.py type them.
"""

import os
import re
import subprocess
import tomllib

import pytest
from distributed.cli import dask_scheduler, dask_worker
from nbgrader.apps import NbGrader, NbGraderApp

from secondcar.classroom.settings import read_settings
from secondcar.cli import command_parser
from secondcar.grading.commands import FeedbackCommand, GradeCommand
from tests.docs.test_pages import commands
from tests.support.pages import FIGURE, NOT_RUN, PAGES, RUN, Block, blocks, blocks_of, words_of
from tests.support.paths import ROOT
from tests.support.some import some

BLOCKS = blocks(*PAGES)
SHELLS = ("sh", "bat")
LINES = [(block, line) for block in BLOCKS if block.language in SHELLS for line in block.lines]
BEFORE = re.compile(r"^(?:sudo |py -m |\.venv/bin/|/srv/[a-z-]+/env/bin/)+")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
TRAITLETS = {"grade": GradeCommand, "feedback": FeedbackCommand}
DASK = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}


def fault_of(block: Block) -> str:
    """Return what a block does not say; "" if it says all."""
    if block.language == FIGURE:
        return ""
    if not block.place:
        return "it does not say where it is typed"
    return "" if block.place in RUN | NOT_RUN else f"{block.place} is not a place"


def make_fault(words: list[str], folder) -> str:
    """Let make say what it would run for a line, and look at the commands in that."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for word in words[1:]:
        name, is_one, value = word.partition("=")
        if is_one and f"$({name}" not in makefile:
            return f"the Makefile knows no {name}"
        if value.endswith((".csv", ".gz")):
            (folder / value).touch()
    for name in ("pyproject.toml", "requirements.lock", "requirements-learn.lock"):
        (folder / name).touch()
    command = ["make", "--dry-run", "--file", ROOT / "Makefile", *words[1:]]
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # not `make test ARGS=`
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        return done.stderr
    ours = re.findall(r"(?:^|[\s@])\S*bin/secondcar (.*)", done.stdout.replace("\\\n", " "))
    return next(filter(None, (secondcar_fault(["secondcar", *words_of(one)]) for one in ours)), "")


def secondcar_fault(words: list[str]) -> str:
    if words[1] in TRAITLETS:
        return traitlets_fault(TRAITLETS[words[1]], words[2:])
    try:
        command_parser().parse_args(words[1:])
    except SystemExit as end:
        return f"secondcar refuses it: {end}"
    return ""


def nbgrader_fault(words: list[str]) -> str:
    application, arguments = NbGraderApp, words[1:]
    # The class of a command that has no others in it holds a description in place of a dict.
    while isinstance(application.subcommands, dict):
        if not arguments or arguments[0] not in application.subcommands:
            return f"nbgrader has no {' '.join(words[1:])}"
        application = application.subcommands[arguments.pop(0)][0]
    return traitlets_fault(application, arguments)


def traitlets_fault(application: type[NbGrader], arguments: list[str]) -> str:
    known = {f"--{name}" for name in (*application.flags, *application.aliases)}
    options = [argument.partition("=")[0] for argument in arguments if argument.startswith("-")]
    return " ".join(option for option in options if option not in known)


def line_fault(line: str, folder) -> str:
    """Return why a line cannot be typed as it stands; "" if it can."""
    words = words_of(BEFORE.sub("", line))
    for word in words[1:]:
        if re.match(r"(?:hub|docs|src|course|release)/", word) and not (ROOT / word).exists():
            return f"there is no {word}"
        extras = re.findall(r"\[(\w+)\]$", word)
        if extras and extras[0] not in EXTRAS:
            return f"there is no extra {extras[0]}"
    if words[0] == "make":
        return make_fault(words, folder)
    if words[0] == "secondcar":
        return secondcar_fault(words)
    if words[0] == "nbgrader":
        return nbgrader_fault(words)
    if words[0] == "dask":
        DASK[words[1]].make_context("dask", words[2:])
        return ""
    if words[0] == "docker" and "--target" in words:
        target = words[words.index("--target") + 1]
        found = re.search(rf"^FROM .* AS {target}$", (ROOT / "hub" / "Dockerfile").read_text(), re.MULTILINE)
        return "" if found else f"the Dockerfile has no {target}"
    return "" if words[0] in ("pip", "rm", "source", "conda", "docker", "kubectl", "helm") else f"what is {words[0]}?"


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_where_it_is_typed(page):
    assert [f"{page}:{block.line}: {fault_of(block)}" for block in blocks(page) if fault_of(block)] == []


def test_there_are_blocks_of_every_place():
    assert {block.place for block in BLOCKS} == {*RUN, *NOT_RUN, ""}
    assert len(LINES) >= 50


@pytest.mark.parametrize(("block", "line"), [pytest.param(b, line, id=f"{b.page}: {line[:50]}") for b, line in LINES])
def test_every_line_can_be_typed(block, line, tmp_path):
    assert line_fault(line, tmp_path) == ""


@pytest.mark.parametrize(
    "line",
    [
        "make nothing",
        "make backup NAME=monday.tar.gz",
        "make fresh ARGS=--too",
        "sudo make classroom PORT=yes",
        "sudo /srv/second-car/env/bin/secondcar classroom nothing",
        "secondcar export --too csv",
        "secondcar grade 02-by-and-to --nothing",
        "nbgrader collect 02-by-and-to --newest",
        "nbgrader grade 02-by-and-to",
        "nbgrader db assignment delete 02-by-and-to",
        'pip install ".[nothing]"',
        "kubectl apply --filename hub/kubernetes/nothing.yaml",
        "docker build --file hub/Dockerfile --target nothing .",
        "nothing at all",
    ],
)
def test_a_line_that_cannot_be_typed_is_found(line, tmp_path):
    assert line_fault(line, tmp_path)


@pytest.mark.parametrize(
    "text",
    ["Type:\n\n    make learn\n", "```\nmake learn\n```\n", "```sh\nmake learn\n```\n", "```sh nowhere\na\n```\n"],
)
def test_a_block_without_a_place_is_found(text):
    [block] = blocks_of("page.md", text)
    assert fault_of(block)


def test_settings_on_the_pages_can_be_used(tmp_path):
    for block in some([block for block in BLOCKS if block.place == "settings"]):
        file = tmp_path / "classroom.toml"
        file.write_text(block.text)
        assert read_settings(file)


def test_lines_of_configuration_on_the_pages_can_be_read():
    for block in some([block for block in BLOCKS if block.place == "nbgrader"]):
        compile(block.text, block.page, "exec")
        assert all(line.startswith(("c.", "from ")) for line in some(block.lines))


def test_a_line_of_a_sentence_stands_in_a_block_or_names_a_command():
    """Commands in sentences are looked at by tests/docs/test_pages.py; with paths or files in them they are lines."""
    typed = {" ".join(words_of(BEFORE.sub("", line))) for _, line in LINES}
    sentences = [(page, commands((ROOT / page).read_text(encoding="utf-8"))) for page in PAGES]
    for page, line in some([(page, " ".join(words)) for page, found in sentences for words in found]):
        assert line in typed or not re.search(r"\.csv|\.gz|/srv/", line), f"{page}: {line}"
