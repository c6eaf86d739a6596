"""A gradebook in memory, for one process, opened once and emptied for each submission.

nbgrader's preprocessors open the gradebook nine times a submission and commit 39 times. In a grading process they
all get this one: `Gradebook(URL)` returns at once, and nothing is written to a disk.
"""

from nbgrader.api import Base, Gradebook
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlalchemy.pool import StaticPool

from secondcar.grading.gradebook.rows import insert
from secondcar.grading.records import Rows

URL = "sqlite://"

_engine: Engine | None = None


def fill(rows: Rows) -> Engine:
    """Empty the gradebook, put rows into it, and return its engine. From now on `Gradebook(URL)` opens it."""
    global _engine
    if _engine is None:
        _engine = create_engine(URL, poolclass=StaticPool)
        Base.metadata.create_all(_engine)
        _open_ours_under_its_url()
    with _engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        insert(connection, rows)
    return _engine


def _open_ours_under_its_url() -> None:
    open_any, close_any = Gradebook.__init__, Gradebook.close

    def open_gradebook(self, db_url, course_id="default_course", authenticator=None):
        if db_url != URL:
            open_any(self, db_url, course_id, authenticator)
            return
        self.engine = _engine
        self.db = scoped_session(sessionmaker(autoflush=True, bind=_engine, future=True))
        self.course_id, self.authenticator = course_id, authenticator

    def close_gradebook(self):
        if self.engine is _engine:
            self.db.remove()
        else:
            close_any(self)

    Gradebook.__init__, Gradebook.close = open_gradebook, close_gradebook
