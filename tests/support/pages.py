"""What the pages for people tell their readers to type, and where.

A block names its language and then the place where it is typed: "```sh teacher". A rendered page shows the language's
colours, and nothing of the place.
"""

import shlex
from dataclasses import dataclass

from markdown_it import MarkdownIt

from tests.support.paths import ROOT

PAGES = (
    "README.md",
    "hub/README.md",
    "hub/kubernetes/README.md",
    "docs/learners.md",
    "docs/teachers.md",
    "docs/operators.md",
    "docs/classroom-settings.md",
    "docs/maintainers.md",
    "source/teaching.md",
)
# Where the lines of a block are typed, and which test types them there.
RUN = {
    "machine": "a shell of the machine, in the folder of this repository",
    "environment": "the same, with the environment of this repository active",
    "own": "a shell with the reader's own Python environment active",
    "teacher": "a terminal of the teachers' server, in the browser",
    "student": "a terminal of a student's server, in the browser",
    "notebook": "a cell of a notebook",
    "settings": "classroom.toml",
    "nbgrader": "nbgrader_config.py",
}
NOT_RUN = {
    "windows": "there is no Windows here; tools/learner_path.py goes the same way on it",
    "conda": "there is no conda here; a test compares environment.yml with pyproject.toml",
    "cluster": "there is no cluster here; tests/hub/ holds its files against schemas, and looks up what lines name",
    "machines": "there is one machine here; tests/grading/workers/ grades on a Dask cluster of its own",
}
# Shown, and not typed anywhere.
FIGURE = "text"


@dataclass(frozen=True)
class Block:
    """A block of a page.

    Attributes:
        page: its path in the repository.
        line: where it begins.
        language: what it is written in; "" if it does not say.
        place: where it is typed; "" if it does not say.
        text: what it holds.
    """

    page: str
    line: int
    language: str
    place: str
    text: str

    @property
    def lines(self) -> list[str]:
        """What is typed, line by line, with the page's remarks."""
        return [line for line in self.text.splitlines() if line.strip()]


def blocks_of(page: str, text: str) -> list[Block]:
    r"""Return the blocks of a page.

    >>> blocks_of("a.md", "Type:\n\n```sh machine\nmake learn   # starts it\n```\n")[0].lines
    ['make learn   # starts it']
    """
    found = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("code_block", "fence") and token.map:
            language, _, place = token.info.strip().partition(" ")
            found.append(Block(page, token.map[0] + 1, language, place.strip(), token.content))
    return found


def blocks(*pages: str) -> list[Block]:
    return [block for page in pages for block in blocks_of(page, (ROOT / page).read_text(encoding="utf-8"))]


def words_of(line: str) -> list[str]:
    """Return the words of a line of shell, without its remark."""
    return shlex.split(line, comments=True)
