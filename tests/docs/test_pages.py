"""The pages for people: every link arrives, and every command on them is one that exists."""

import itertools
import re
import shlex
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from nbgrader.apps import NbGraderApp

from secondcar.cli import command_parser
from tests.support.paths import ROOT

NOT_OURS = {".venv", ".git", "node_modules", "build", "my-work", "grading", "source", "release", "course"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not NOT_OURS & set(path.relative_to(ROOT).parts) and not path.relative_to(ROOT).parts[0].startswith(".venv")
)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
MARKDOWN = MarkdownIt("commonmark").enable("table")
names = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


def tokens(text):
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def anchors(page: Path) -> set[str]:
    """Return where a link into a page may point, as GitHub names its headings."""
    pairs = itertools.pairwise(tokens(page.read_text(encoding="utf-8")))
    headings = [inline.content for opening, inline in pairs if opening.type == "heading_open"]
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def lost_links(page: Path) -> list[str]:
    lost = []
    for token in tokens(page.read_text(encoding="utf-8")):
        link = token.attrGet("href") or token.attrGet("src")
        if link and "://" not in link and not link.startswith("mailto:"):
            file, _, anchor = str(link).partition("#")
            target = page.parent / file if file else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                lost.append(link)
    return lost


def commands(text: str) -> list[list[str]]:
    """Return the commands of `make`, `secondcar` and `nbgrader` that a page tells its readers to type, as words.

    >>> commands("Type `sudo make learn` or\\n\\n    py -m secondcar fresh 00-start   # again\\n")
    [['make', 'learn'], ['secondcar', 'fresh', '00-start']]
    """
    found = []
    for token in tokens(text):
        if token.type in ("code_inline", "code_block", "fence") and token.info.partition(" ")[0] in (
            "",
            "bash",
            "sh",
            "bat",
        ):
            for line in token.content.splitlines():
                line = re.sub(r"^(?:sudo |\$ |py -m |python3? -m |\.venv/bin/)+", "", line.strip())
                if re.match(r"(?:make|secondcar|nbgrader) (?!is )[a-z]", line):
                    found.append(shlex.split(line, comments=True))
    return found


def is_a_command(words: list[str]) -> bool:
    program, name, *arguments = words
    if program == "make":
        return name in TARGETS
    if program == "nbgrader":
        return name in NbGraderApp.subcommands
    parser = command_parser()
    if not arguments:  # a page that speaks of a command, and shows no use of it
        [choices] = [action.choices for action in parser._actions if action.dest == "command"]
        return name in choices
    try:
        _, unknown = parser.parse_known_args([name, *arguments])
    except SystemExit:
        return False
    return not unknown or name in ("grade", "feedback")


def test_all_pages_are_here():
    assert {"README.md", "learners.md", "teachers.md", "operators.md", "maintainers.md", "style.md"} <= {
        page.name for page in PAGES
    }
    assert len(PAGES) >= 18


@names
def test_every_link_arrives(page):
    assert lost_links(page) == []


@names
def test_every_command_exists(page):
    wrong = [" ".join(words) for words in commands(page.read_text(encoding="utf-8")) if not is_a_command(words)]
    assert wrong == []


@pytest.mark.parametrize(("page", "least"), [("README.md", 8), ("docs/learners.md", 8), ("docs/teachers.md", 14)])
def test_commands_are_found(page, least):
    assert len(commands((ROOT / page).read_text(encoding="utf-8"))) >= least


@pytest.mark.parametrize(
    "typed",
    ["make nothing", "secondcar nothing", "secondcar export --too csv", "nbgrader grade x", "secondcar fresh -x"],
)
def test_a_command_that_does_not_exist_is_found(typed):
    [words] = commands(f"`{typed}`")
    assert not is_a_command(words)


def test_a_lost_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A heading\n\n[a](#a-heading) [b](#b) [c](c.md) [d](https://example.org) ![e](e.png)\n")
    assert lost_links(page) == ["#b", "c.md", "e.png"]
