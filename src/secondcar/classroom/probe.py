"""What one account finds when it uses the classroom: `python -m secondcar.classroom.probe`, in its own folder.

It prints one JSON object. The doctor runs it as the course's account and as a student.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.exchange.default import Exchange
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

# Another program may hold the gradebook for a moment.
SECONDS_TO_WAIT = 3


def main() -> None:
    """Print what this account finds."""
    app = NbGrader()
    app.initialize(["--log-level=ERROR"])
    exchange = Exchange(coursedir=app.coursedir, parent=app).root
    print(
        json.dumps(
            {
                "course_id": app.coursedir.course_id,
                "exchange": exchange,
                "missing_programs": [name for name in ("nbgrader", "alembic") if shutil.which(name) is None],
                "closed": [path for path in _class_folders(Path(exchange), app.coursedir.course_id)],
                "gradebook": gradebook_fault(app.coursedir.db_url),
            }
        )
    )


def _class_folders(exchange: Path, course_id: str) -> list[str]:
    """Return the folders of the exchange that this account cannot use as every student has to."""
    wanted = {"": os.W_OK | os.X_OK, "outbound": os.R_OK | os.X_OK, "inbound": os.W_OK | os.X_OK, "feedback": os.X_OK}
    places = {exchange / course_id / name if name else exchange: rights for name, rights in wanted.items()}
    return [str(place) for place, rights in places.items() if not os.access(place, rights)]


def gradebook_fault(db_url: str) -> str | None:
    """Return why the gradebook cannot be read and written, in the words of its own database; None if it can."""
    address = make_url(db_url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_fault(Path(address.database or ""))
    try:
        inspect(create_engine(address)).get_table_names()
    except (SQLAlchemyError, ImportError) as error:
        return str(error).splitlines()[0]
    return None


def _sqlite_fault(file: Path) -> str | None:
    if not file.is_file():
        return "there is no such file"
    try:
        with closing(sqlite3.connect(file, timeout=SECONDS_TO_WAIT)) as gradebook:
            gradebook.execute("BEGIN IMMEDIATE")
            gradebook.execute("PRAGMA user_version = 0")
            (verdict,) = gradebook.execute("PRAGMA quick_check(1)").fetchone()
            gradebook.rollback()
    except sqlite3.Error as error:
        return str(error)
    return None if verdict == "ok" else verdict


if __name__ == "__main__":
    main()
