"""Lays out what Sphinx makes the site of: units from release/, with the outputs of source/, and the course's pages."""

import base64
import functools
import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from secondcar.files import write_whole
from secondcar.site import lite
from secondcar.units import unit_names

# Pages that stand in the repository as they are, with what is beside them.
DOCUMENTS = ("docs", "gallery", "hub")
# Of the teacher's guide: all other sections hold answers.
OPEN_SECTIONS = ("Who the course is for", "Plans", "How marking works")
# What one has to import a package for, as Pyodide calls it.
PACKAGES = ("matplotlib", "numpy", "pandas", "seaborn")
# A guess comes before its result; what is read from the learner's own folder is not the teacher's.
_NOT_SHOWN_YET = re.compile(r"\b(beside|progress|practice)\(")
# Code comes first, so that what looks like a link in it stays as it is.
_LINK = re.compile(
    r"^ *```.*?^ *```|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<!!)\[(?P<text>[^\]]+)\]\((?P<target>[^)#\s:]+)(?P<anchor>(?:#[^)\s]*)?)\)",
    re.DOTALL | re.MULTILINE,
)

Json = dict[str, Any]


def lay_out(root: Path, folder: Path, pyodide: str, python: Path) -> None:
    """Write all pages into a folder, with what makes them live.

    Args:
        root: the course's repository.
        folder: where Sphinx is to find them; written anew.
        pyodide: the address of Pyodide's core, as the site's top sees it.
        python: the folder that pages take their Python from.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "site" / "pages", folder / "_static", ignore=shutil.ignore_patterns("*.txt"))
    shutil.copy(root / "site" / "styles" / "site.css", folder / "_static")
    shutil.copy(root / "site" / "conf.py", folder)
    units = unit_names(root / "release")
    boot = _Boot(folder, pyodide, python)
    for unit in units:
        _write_unit(root, unit, folder, boot)
    _write_front(root, units[0], folder, boot)
    _write_practice(root, folder, boot)
    _write_lite(folder, boot)
    _write_documents(root, folder)
    write_whole(folder / "live-pages.json", json.dumps(boot.pages))


class _Boot:
    """Writes what a live page is told, one file a page."""

    def __init__(self, folder: Path, pyodide: str, python: Path):
        self.folder, self.pyodide, self.python = folder, pyodide, python
        lock = (python / "pyodide-lock.json").read_bytes()
        self.lock, self.made = json.loads(lock)["packages"], hashlib.sha256(lock).hexdigest()
        # A page of the site -> the file that makes it live.
        self.pages: dict[str, str] = {}

    def write(self, page: str, name: str, notebook: Json, cells: list[str], **told: Any) -> None:
        """Make a page live.

        Args:
            page: its name in the site.
            name: of the file that it is told by.
            notebook: the learner's notebook.
            cells: the ids of its code cells that stand in the page.
            told: more of what site/live/page.ts calls `Unit`.
        """
        source = "\n".join(_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
        packages = ["secondcar", *(package for package in PACKAGES if re.search(rf"\b{package}\b", source))]
        unit = {
            **self.source(packages),
            "cells": cells,
            "notebook": notebook,
            "release": hashlib.sha256(json.dumps(notebook, sort_keys=True).encode()).hexdigest()[:12],
            **told,
        }
        live = self.folder / "_static" / "live"
        live.mkdir(exist_ok=True)
        (live / f"{name}.json").write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
        self.pages[page] = f"_static/live/{name}.json"

    def source(self, packages: list[str]) -> Json:
        """Return what site/live/python.ts calls `Source`, for some packages and all that they need."""
        return {
            "pyodide": self.pyodide,
            "python": f"{self.python.name}/",
            "imports": packages,
            "wheels": {name: self._wheel(name) for name in sorted(self._needed(packages))},
            # A browser's saved memory is valid for exactly these files.
            "made": self.made,
        }

    def _wheel(self, name: str) -> dict[str, str]:
        """Return where a package's wheel lies, as the site's top sees it, and its hash as browsers write it."""
        entry = self.lock[name]
        place = entry["file_name"] if "://" in entry["file_name"] else f"{self.python.name}/{entry['file_name']}"
        digest = base64.b64encode(bytes.fromhex(entry["sha256"])).decode()
        return {"url": place, "integrity": f"sha256-{digest}"}

    def _needed(self, packages: list[str]) -> set[str]:
        found: set[str] = set()
        waiting = [*packages]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.lock[name]["depends"]
        return found


def page_of(root: Path, unit: str) -> Json:
    """Return a unit's page: the released notebook, with the outputs of cells that the teacher's has word for word.

    Cells that a learner answers, and their checks, stay without outputs: these are the teacher's solutions.
    """
    page, source = (_read(root / folder / unit / f"{unit}.ipynb") for folder in ("release", "source"))
    outputs = {(cell["id"], _source(cell)): cell.get("outputs", []) for cell in source["cells"]}
    for cell in page["cells"]:
        if cell["cell_type"] == "markdown":
            # Each unit is handed out with the glossary beside it; the site has one for all.
            cell["source"] = _source(cell).replace("](glossary.md", "](../../glossary.md")
        if cell["cell_type"] == "code":
            shown = "nbgrader" not in cell["metadata"] and not _NOT_SHOWN_YET.search(_source(cell))
            cell["outputs"] = outputs.get((cell["id"], _source(cell)), []) if shown else []
            cell["execution_count"] = None
            cell["metadata"] = {}
    return page


def first_exercise(notebook: Json) -> tuple[str, Json, Json]:
    """Return a notebook's first exercise: its words, the cell that it is answered in, and its check."""
    cells = notebook["cells"]
    number = next(i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("solution"))
    words = _source(cells[number - 1])
    return words[words.index("### ") + 1 :], cells[number], cells[number + 1]


def safe_guide(text: str) -> str:
    """Return the teacher's guide without the sections that hold answers.

    >>> print(safe_guide("# Guide\\n\\n## Plans\\n\\nFive weeks.\\n\\n## Unit 00\\n\\nThe answer."))
    # Guide
    <BLANKLINE>
    For everybody who teaches the course. The whole guide, with answers, lies in the repository.
    <BLANKLINE>
    ## Plans
    <BLANKLINE>
    Five weeks.
    <BLANKLINE>
    """
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title = head.splitlines()[0]
    kept = [f"## {section.rstrip()}\n" for section in sections if section.splitlines()[0] in OPEN_SECTIONS]
    said = "For everybody who teaches the course. The whole guide, with answers, lies in the repository."
    # What leads to a section that is left out is not a link.
    anchors = {title.lower().replace(" ", "-") for title in OPEN_SECTIONS}
    text = "\n".join([title, "", said, "", *kept])
    return re.sub(r"\[([^\]]+)\]\(#([\w-]+)\)", lambda link: link[0] if link[2] in anchors else link[1], text)


def _write_unit(root: Path, unit: str, folder: Path, boot: _Boot) -> None:
    place = folder / "units" / unit
    place.mkdir(parents=True)
    (place / f"{unit}.ipynb").write_text(json.dumps(page_of(root, unit)), encoding="utf-8")
    released = root / "release" / unit
    notebook = _read(released / f"{unit}.ipynb")
    cells = [cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    boot.write(f"units/{unit}/{unit}", unit, notebook, cells, unit=unit, files=_files(released), setup="", waits=False)


def _write_front(root: Path, unit: str, folder: Path, boot: _Boot) -> None:
    released = root / "release" / unit
    notebook = _read(released / f"{unit}.ipynb")
    words, answer, check = first_exercise(notebook)
    text = (root / "site" / "pages" / "front.txt").read_text(encoding="utf-8")
    before, _, after = text.replace("FIRST_UNIT", f"units/{unit}/{unit}.ipynb").partition("EXERCISE")
    page = [_markdown(before), _markdown(words), _plain(answer), _plain(check), _markdown(after)]
    page.append(_markdown(_contents(root)))
    _write_notebook(folder / "index.ipynb", page)
    setup = next(_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    cells = [answer["id"], check["id"]]
    boot.write("index", "front", notebook, cells, unit=unit, files=_files(released), setup=setup, waits=True)


def _write_practice(root: Path, folder: Path, boot: _Boot) -> None:
    text = (root / "site" / "pages" / "practice.txt").read_text(encoding="utf-8")
    parts = re.split(r"^CELL (.*)$", text, flags=re.MULTILINE)
    cells = [_code(part, f"practice-{i}") if i % 2 else _markdown(part) for i, part in enumerate(parts)]
    notebook = _write_notebook(folder / "practice.ipynb", cells)
    names = [cell["id"] for cell in cells if cell["cell_type"] == "code"]
    setup = "from secondcar import practice"
    boot.write("practice", "practice", notebook, names, unit="practice", files={}, setup=setup, waits=False)


def _write_lite(folder: Path, boot: _Boot) -> None:
    """Write what JupyterLite's kernel starts with."""
    told = {**boot.source([*lite.PACKAGES, *PACKAGES]), "imports": ["IPython", "secondcar", *PACKAGES]}
    (folder / "_static" / "live" / "lite.json").write_text(json.dumps(told), encoding="utf-8")


def _write_documents(root: Path, folder: Path) -> None:
    """Copy the pages of the repository; a link to all but these leads to the repository."""
    pages = {
        path: path.read_text(encoding="utf-8") for name in DOCUMENTS for path in sorted((root / name).rglob("*.md"))
    }
    guide = root / "source" / "teaching.md"
    pages[guide] = safe_guide(guide.read_text(encoding="utf-8"))
    for path, text in pages.items():
        place = folder / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_LINK.sub(functools.partial(_link, path, root, pages), text), encoding="utf-8")
        for picture in path.parent.glob("*.png"):
            shutil.copy(picture, place.parent)
    shutil.copytree(root / "docs" / "pictures", folder / "docs" / "pictures")
    shutil.copy(root / "course" / "glossary.md", folder / "glossary.md")


def _link(path: Path, root: Path, pages: Mapping[Path, str], link: re.Match[str]) -> str:
    """Return a link of a page as it stands, or the same into the repository, for all but pages of the site."""
    text, target, anchor = link["text"], link["target"], link["anchor"]
    if target is None:
        return link.group()
    aim = Path(os.path.normpath(path.parent / target))
    if aim in pages or not aim.is_relative_to(root):
        return link.group()
    inside = aim.relative_to(root).as_posix()
    return f"[{text}]({_repository()}/blob/main/{inside}{anchor})"


def _repository() -> str:
    urls = dict(str(line).split(", ", 1) for line in metadata("secondcar").get_all("Project-URL") or ())
    return urls["Repository"]


def _contents(root: Path) -> str:
    """Return the site's table of contents, which stands at the left of each page."""
    teaching, operating = ["source/teaching", "docs/teachers", "docs/learners"], ["docs/operators"]
    operating += [path.relative_to(root).with_suffix("").as_posix() for path in sorted((root / "hub").rglob("*.md"))]
    others = [f"docs/{path.stem}" for path in sorted((root / "docs").glob("*.md"))]
    trees = {
        "Units": [f"units/{unit}/{unit}" for unit in unit_names(root / "release")],
        "More": ["practice", "glossary", "gallery/README"],
        "Teaching": teaching,
        "Operating": operating,
        "Making": [page for page in others if page not in (*teaching, *operating)],
    }
    blocks = (
        "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"])
        for caption, pages in trees.items()
    )
    return "\n\n".join(blocks)


def _files(released: Path) -> dict[str, str]:
    """Return what lies beside a unit's notebook, for its page's Python."""
    return {
        path.relative_to(released).as_posix(): base64.b64encode(path.read_bytes()).decode()
        for path in sorted(released.rglob("*"))
        if path.is_file() and path.suffix not in (".ipynb", ".md")
    }


def _read(path: Path) -> Json:
    notebook: Json = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _source(cell: Json) -> str:
    return "".join(cell["source"])


def _markdown(text: str) -> Json:
    return {
        "cell_type": "markdown",
        "id": hashlib.sha256(text.encode()).hexdigest()[:8],
        "metadata": {},
        "source": text,
    }


def _code(text: str, name: str) -> Json:
    return {"cell_type": "code", "id": name, "metadata": {}, "source": text, "outputs": [], "execution_count": None}


def _plain(cell: Json) -> Json:
    return _code(_source(cell), cell["id"])


def _write_notebook(path: Path, cells: list[Json]) -> Json:
    python = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    known = {"kernelspec": python, "language_info": {"name": "python"}}
    notebook: Json = {"cells": cells, "metadata": known, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return notebook
