"""What a unit hands out beside its notebook: the glossary, tables, and whatever else lies in its folder."""

from pathlib import Path

from secondcar.building.prose import fill, write_number, write_raw_number
from secondcar.building.sources import GLOSSARY, Course, Unit
from secondcar.data.places import FOLDER as DATA_FOLDER
from secondcar.data.places import TABLES


def write_other_files(unit: Unit, source: Path) -> None:
    """Write every other file of a unit, references filled in, to the teacher's folder.

    With it go the tables that the course brings. Markdown is prose, where numbers have their thousands separated; in
    any other text a number stands as a program reads it. Files that are not UTF-8 are copied unchanged.

    Args:
        unit: a unit in whose files no rule found a fault.
        source: the folder of the unit's notebook.
    """
    written = {path.relative_to(unit.folder): _filled(path) for path in unit.other_files()}
    if unit.brings_tables:
        for table in TABLES:
            name = Path(DATA_FOLDER, f"{table}.csv")
            written[name] = (unit.course / name).read_bytes()
    for name, content in written.items():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def write_glossary(course: Course, source: Path) -> None:
    """Write the course's glossary beside a unit's notebook, so that its links work wherever the notebook is.

    Args:
        course: a course in whose pages no rule found a fault.
        source: the folder of the unit's notebook.
    """
    (source / GLOSSARY).write_bytes(_filled(course.folder / GLOSSARY))


def _filled(path: Path) -> bytes:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    return fill(text, write_number if path.suffix == ".md" else write_raw_number).encode("utf-8")
