"""A gradebook in memory, for one process, opened once and emptied for each submission.

nbgrader's preprocessors open the gradebook nine times a submission and commit 39 times. In a grading process they
all get this one: `Gradebook(URL)` returns at once, what it reads it reads for a whole notebook, and nothing is written
to a disk.
"""

from typing import Any

from nbgrader.api import Base, Gradebook
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlalchemy.pool import StaticPool

from secondcar.grading.gradebook.reading_ahead import ReadingAhead
from secondcar.grading.gradebook.rows import insert
from secondcar.grading.records import Rows

URL = "sqlite://"

_engine: Engine | None = None


def fill(rows: Rows) -> Engine:
    """Empty the gradebook, put rows into it, and return its engine. From now on `Gradebook(URL)` opens it."""
    global _engine
    if _engine is None:
        _engine = create_engine(URL, poolclass=StaticPool)
        Gradebook.__new__ = staticmethod(_new_gradebook)
    with _engine.begin() as connection:
        if not inspect(connection).has_table("assignment"):
            Base.metadata.create_all(connection)
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        insert(connection, rows)
    return _engine


def let_fork() -> None:
    """Let processes that are forked from this one open a gradebook each, for which all statements are compiled."""
    if _engine is not None:
        _engine.dispose(close=False)


def _new_gradebook(kind: type[Gradebook], db_url: str, *args: Any, **kwargs: Any) -> Gradebook:
    if db_url == URL:
        # A course's own kind of gradebook stays one.
        kind = _PrivateGradebook if kind is Gradebook else type(kind.__name__, (kind, _PrivateGradebook), {})
    return object.__new__(kind)


class _PrivateGradebook(ReadingAhead):
    def __init__(self, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
        self.engine = _engine
        self.db = scoped_session(sessionmaker(autoflush=True, bind=_engine, future=True))
        self.course_id, self.authenticator = course_id, authenticator
        self._forget()
