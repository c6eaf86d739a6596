"""nbgrader's exchange classes, working through the service.

Each one is nbgrader's own class for a shared disk. It runs on a temporary folder of the same layout: what the service
lets the user see stands in it as empty files, whose contents are fetched when they are copied. So nbgrader's rules,
options, messages and lists hold here too.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import traitlets
from nbgrader.exchange import default
from nbgrader.utils import get_username

from secondcar.exchange.client import Client, ServiceError
from secondcar.exchange.store import SECRET_FILE, TIME_FILE, feedback_key
from secondcar.files import whole


class Exchange(default.Exchange):
    """The base of the seven others: the client, and the folder that stands in for the shared disk."""

    # What the service's last failure was; "" if it did what was asked.
    failure: ClassVar[str] = ""

    url = traitlets.Unicode(
        help="Where the service is, for example http://exchange:10101/services/exchange/ (default: $EXCHANGE_URL)"
    ).tag(config=True)

    @traitlets.default("url")
    def _url_default(self):
        return os.environ.get("EXCHANGE_URL", "")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.root = self.url  # nbgrader's messages and pages name the exchange by this

    def start(self):
        with tempfile.TemporaryDirectory() as folder:
            self.root = folder
            Exchange.failure = ""
            try:
                self.client = Client(self.url)
                return super().start()
            except ServiceError as error:
                Exchange.failure = str(error)
                self.fail(str(error))
            finally:
                self.root = self.url

    def ensure_root(self):
        """Check nothing: there is only the service, which is asked when it is needed."""

    @property
    def course(self) -> str:
        if self.coursedir.course_id == "":
            self.fail("No course id specified. Re-run with --course flag.")
        return self.coursedir.course_id

    def place(self, kind: str, *names: str, course: str = "") -> Path:
        """Return a folder of the stand-in, which exists from then on."""
        folder = Path(self.root, course or self.course, kind, *names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def show_released(self, course: str = "") -> None:
        for assignment, files in self.client.released(course or self.course).items():
            folder = self.place("outbound", assignment, course=course)
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).touch()

    def show_submissions(self, course: str = "") -> None:
        for submission in self.client.submissions(course or self.course, _one(self.coursedir.assignment_id)):
            folder = self.place("inbound", submission["name"], course=course)
            (folder / SECRET_FILE).write_text(submission["secret"])
            for notebook in submission["notebooks"]:
                (folder / f"{notebook}.ipynb").touch()

    def show_feedback(self, course: str = "") -> dict[str, str]:
        """Return key -> MD5 of each page that stands in the folder."""
        pages = self.client.feedback(course or self.course, _one(self.coursedir.assignment_id))
        folder = self.place("feedback", course=course)
        for key in pages:
            (folder / f"{key}.html").touch()
        return pages


class ExchangeReleaseAssignment(Exchange, default.ExchangeReleaseAssignment):
    def init_dest(self):
        self.show_released()
        super().init_dest()

    def do_copy(self, src, dest, log=None):
        super().do_copy(src, dest, log)
        self.client.release(self.course, self.coursedir.assignment_id, Path(dest), replace=self.force)


class ExchangeFetchAssignment(Exchange, default.ExchangeFetchAssignment):
    def init_src(self):
        self.place("outbound")
        self.show_released()
        super().init_src()

    def do_copy(self, src, dest):
        shutil.rmtree(src)
        os.mkdir(src)
        self.client.fetch(self.course, self.coursedir.assignment_id, Path(src))
        super().do_copy(src, dest)


class ExchangeSubmit(Exchange, default.ExchangeSubmit):
    def init_dest(self):
        if self.coursedir.student_id not in ("*", os.environ.get("JUPYTERHUB_USER", get_username())):
            self.fail("You can hand in for yourself only: leave out --student.")
        self.place("inbound")
        self.show_released()
        super().init_dest()

    def copy_files(self):
        self.init_release()
        self.check_filename_diff()
        course, assignment = self.course, self.coursedir.assignment_id
        handed_in = self.place("inbound") / "handed-in"
        self.do_copy(self.src_path, handed_in)
        kept = self.client.submit(course, assignment, handed_in)
        # nbgrader finds a learner's own submissions, and the feedback on them, by this copy.
        copy = Path(self.cache_path, f"{kept['student']}+{assignment}+{kept['time']}")
        if copy.exists():
            self.log.warning(f"You have handed in these very files already, at {kept['time']}; that stands.")
            return
        (handed_in / TIME_FILE).write_text(kept["time"])
        (handed_in / SECRET_FILE).write_text(kept["secret"])
        with whole(copy) as part:
            shutil.copytree(handed_in, part)
        self.log.info(f"Submitted as: {course} {assignment} {kept['time']}")


class ExchangeCollect(Exchange, default.ExchangeCollect):
    def init_src(self):
        # The service has checked whose each submission is; the owner of a file in the stand-in means nothing.
        self.check_owner = False
        self.place("inbound")
        self.show_submissions()
        super().init_src()

    def do_copy(self, src, dest, log=None):
        shutil.rmtree(src)
        os.mkdir(src)
        self.client.collect(self.course, Path(src).name, Path(src))
        super().do_copy(src, dest, log)


class ExchangeReleaseFeedback(Exchange, default.ExchangeReleaseFeedback):
    def copy_files(self):
        super().copy_files()
        given = self.client.feedback(self.course, self.coursedir.assignment_id)
        for path in sorted(self.place("feedback").glob("*.html")):
            page = path.read_bytes()
            if given.get(path.stem) != hashlib.md5(page).hexdigest():
                self.client.give_feedback(self.course, path.stem, page)


class ExchangeFetchFeedback(Exchange, default.ExchangeFetchFeedback):
    def init_src(self):
        self.show_feedback()
        super().init_src()

    def do_copy(self, src, dest):
        for _, _, path in self.feedback_files:
            Path(path).write_bytes(self.client.feedback_page(self.course, Path(path).stem))
        super().do_copy(src, dest)


class ExchangeList(Exchange, default.ExchangeList):
    def init_dest(self):
        self.pages: dict[str, str] = {}
        only = self.coursedir.course_id
        for course in [only] if only else self.client.courses():
            if self.inbound:
                self.show_submissions(course)
            elif not self.cached:
                self.show_released(course)
            if self.inbound or self.cached:
                self.pages |= self.show_feedback(course)
        super().init_dest()

    def parse_assignments(self):
        assignments = super().parse_assignments()
        if self.remove:
            return assignments
        for submission in (s for assignment in assignments for s in assignment.get("submissions", [])):
            self._mark_updated_feedback(submission)
        return assignments

    def _mark_updated_feedback(self, submission: dict) -> None:
        """Compare pages by what the service says about them, because those in the stand-in are empty."""
        secret = Path(submission["path"], SECRET_FILE).read_text()
        for notebook in submission["notebooks"]:
            if notebook["has_local_feedback"] and notebook["has_exchange_feedback"]:
                local = hashlib.md5(Path(notebook["local_feedback_path"]).read_bytes()).hexdigest()
                notebook["feedback_updated"] = local != self.pages[feedback_key(secret, notebook["notebook_id"])]
        submission["feedback_updated"] = any(notebook["feedback_updated"] for notebook in submission["notebooks"])

    def remove_files(self):
        if self.cached:
            return super().remove_files()
        assignments = self.parse_assignments()
        for path in map(Path, self.assignments):
            remove = self.client.remove_submission if self.inbound else self.client.withdraw
            remove(path.parents[1].name, path.name)
            self.log.info(f"Removed: {path.name}")
        return assignments


def _one(assignment: str) -> str:
    """Return the name of one assignment, or nothing for all of them: nbgrader writes "" or "*" for that."""
    return "" if assignment == "*" else assignment
