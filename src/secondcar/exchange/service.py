"""The exchange as a service of a JupyterHub: ``python -m secondcar.exchange.service --folder FOLDER``.

The hub says who asks, by the token that comes with each request; nothing that the client says counts. For a
course named ``second-car``, members of the hub's group ``nbgrader-second-car`` are its learners; members of
``formgrade-second-car``, and a hub service named ``second-car``, are its teachers (nbgrader's own names for them).

=========================================  ==========================================  =========================
request, after the service's own prefix    learners                                    teachers
=========================================  ==========================================  =========================
GET /                                      their name, their courses                   the same
GET /COURSE/outbound                       assignments and their files                 the same
GET /COURSE/outbound/ASSIGNMENT            its files                                   the same
PUT, DELETE /COURSE/outbound/ASSIGNMENT    no                                          release it, take it back
GET /COURSE/inbound                        their own submissions                       all
POST /COURSE/inbound/ASSIGNMENT            hand in                                     hand in, as themselves
GET /COURSE/inbound/SUBMISSION             if it is their own                          yes
DELETE /COURSE/inbound/SUBMISSION          no                                          yes
GET /COURSE/feedback                       keys of pages on their own submissions      all
GET /COURSE/feedback/KEY                   if it is on their own submission            yes
PUT /COURSE/feedback/KEY                   no                                          yes
=========================================  ==========================================  =========================

Files go as an uncompressed tar archive, all else as JSON. ``?assignment=NAME`` narrows a list, ``?replace=1``
replaces a release. An error's answer is ``{"message": "one sentence"}``.
"""

import argparse
import asyncio
import errno
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlparse

from jupyterhub.services.auth import HubAuth
from tornado import web

from secondcar.arguments import MEGABYTE, Parser, megabytes
from secondcar.exchange.archive import ArchiveRefused
from secondcar.exchange.connections import BoundedServer, Seldom, allow_many_files, stream_of
from secondcar.exchange.store import Exists, NotInStore, Store

LEARNERS, TEACHERS = "nbgrader-", "formgrade-"
STATUS = {NotInStore: 404, Exists: 409, ArchiveRefused: 400}
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
HUB_SECONDS = 20
CHUNK = 1 << 20
# How many uploads and downloads of one user may be under way, and the seconds in which a chunk has to be read.
MOST_TRANSFERS, CHUNK_SECONDS = 4, 60

log = logging.getLogger(__name__)


class ClientError(web.HTTPError):
    """An error whose sentence goes to the client."""

    def __init__(self, status: int, sentence: str):
        super().__init__(status)
        self.sentence = sentence


@web.stream_request_body
class Handler(web.RequestHandler):
    """The base of all requests: who asks, for which course, and how errors are reported.

    Bodies are streams, because tornado would hold any other in memory before it is known who asks.
    """

    def initialize(self, store: Store, hub: HubAuth) -> None:
        self.store = store
        self.hub = hub

    async def prepare(self) -> None:
        token = self.hub.get_token(self)
        try:
            async with asyncio.timeout(HUB_SECONDS):
                user = await self.hub.user_for_token(token, sync=False) if token else None
        except (web.HTTPError, TimeoutError):
            raise ClientError(503, "The hub does not say whose token this is: try again in a minute.") from None
        if user is None:
            raise ClientError(401, "The hub does not know this token any more.")
        if not self.hub.check_scopes(self.hub.access_scopes, user):
            raise ClientError(403, f"{user['name']} may not use this service: the hub gives no access to it.")
        self.user = user["name"]
        self.settings["server"].is_of(self.request.connection, self.user)
        self.roles = roles(user)
        course = self.path_kwargs.get("course")
        if course is not None and course not in self.roles:
            raise ClientError(403, f"{self.user} is not in the course {course}: ask the teacher to be enrolled.")
        self.teaches = course is not None and self.roles.get(course) == "teacher"

    @property
    def own(self) -> str:
        """Whose submissions are shown: a learner's own, or all, which is the empty name."""
        return "" if self.teaches else self.user

    def only_for_teachers(self) -> None:
        if not self.teaches:
            raise ClientError(403, f"Only a teacher of the course may do this, and {self.user} is not one.")

    def data_received(self, chunk: bytes) -> None:
        """Take a part of the body: nobody has asked for one."""

    def begin_transfer(self, length: int = 0) -> int:
        """Count a transfer until the request ends, and return how many bytes of this user are on their way in all."""
        transfers = self.settings["transfers"].setdefault(self.user, {})
        if len(transfers) >= MOST_TRANSFERS:
            raise ClientError(
                429, f"{len(transfers)} uploads or downloads of yours are under way: wait until one of them is done."
            )
        transfers[self] = length
        return sum(transfers.values())

    def on_finish(self) -> None:
        self.settings["transfers"].get(getattr(self, "user", ""), {}).pop(self, None)

    def on_connection_close(self) -> None:
        self.on_finish()

    async def send_files(self, pack: Callable[[str, str, BinaryIO], None], course: str, name: str) -> None:
        self.begin_transfer()
        with tempfile.TemporaryFile() as archive:
            await asyncio.to_thread(pack, course, name, archive)
            archive.seek(0)
            self.set_header("Content-Type", "application/x-tar")
            while chunk := archive.read(CHUNK):
                self.write(chunk)
                try:
                    await asyncio.wait_for(self.flush(), CHUNK_SECONDS)
                except TimeoutError:
                    if stream := stream_of(self.request.connection):
                        stream.close()
                    return

    def log_exception(self, kind, error, traceback) -> None:
        if not isinstance(error, (ClientError, ArchiveRefused)):
            super().log_exception(kind, error, traceback)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs["exc_info"][1]
        if isinstance(error, ArchiveRefused):
            status_code, message = STATUS[type(error)], str(error)
        elif isinstance(error, OSError) and error.errno in DISK_FULL:
            status_code, message = 507, "The exchange's disk is full and nothing was stored: tell whoever runs the hub."
        elif isinstance(error, ClientError):
            message = error.sentence
        elif status_code < 500:
            message = f"The exchange knows no such request ({self._reason})."
        else:
            message = f"The exchange failed ({self._reason}): try again, then tell whoever runs the hub."
        self.set_status(status_code)
        self.finish({"message": message})


class UploadHandler(Handler):
    """A request whose body, if it has one, is written straight into a file without a name."""

    body: BinaryIO | None = None
    failure: OSError | None = None

    async def prepare(self) -> None:
        await super().prepare()
        if self.request.method not in ("PUT", "POST"):
            return
        said, most = self.request.headers.get("Content-Length", ""), self.settings["most_bytes"]
        if not (said.isascii() and said.isdigit()):
            raise ClientError(411, "The request does not say how long it is.")
        if int(said) > most:
            raise ClientError(413, f"This is more than {most / MEGABYTE:g} MB: delete large files from the folder.")
        coming = self.begin_transfer(int(said))
        if not self.teaches:
            await asyncio.to_thread(self.store.check_upload, self.path_kwargs["course"], self.user, coming)
        self.body = self.store.open_arriving()

    def data_received(self, chunk: bytes) -> None:
        # An error raised here would end the connection without an answer.
        if self.failure is None and self.body is not None:
            try:
                self.body.write(chunk)
            except OSError as error:
                self.failure = error

    def arrived(self) -> BinaryIO:
        """Return the whole body. Raises OSError if it could not be kept."""
        if self.failure is not None:
            raise self.failure
        if self.body is None:
            raise ClientError(411, "The request brings nothing.")
        self.body.flush()
        return self.body

    def on_finish(self) -> None:
        super().on_finish()
        if self.body is not None:
            with suppress(OSError):  # on a full disk, which the client has been told of
                self.body.close()


class Nowhere(Handler):
    """Whatever address the table above does not have."""

    async def prepare(self) -> None:
        raise ClientError(404, "The exchange has nothing at this address.")


class Courses(Handler):
    def get(self) -> None:
        self.write({"user": self.user, "courses": self.roles})


class ReleasedList(Handler):
    async def get(self, course: str) -> None:
        self.write(await asyncio.to_thread(self.store.released, course))


class ReleasedAssignment(UploadHandler):
    async def get(self, course: str, assignment: str) -> None:
        await self.send_files(self.store.fetch, course, assignment)

    async def put(self, course: str, assignment: str) -> None:
        self.only_for_teachers()
        replace = self.get_query_argument("replace", "0") == "1"
        await asyncio.to_thread(self.store.release, course, assignment, self.arrived(), replace)
        self.write({})

    async def delete(self, course: str, assignment: str) -> None:
        self.only_for_teachers()
        await asyncio.to_thread(self.store.withdraw, course, assignment)
        self.write({})


class SubmissionList(Handler):
    async def get(self, course: str) -> None:
        assignment = self.get_query_argument("assignment", "")
        found = await asyncio.to_thread(self.store.submissions, course, self.own, assignment)
        self.write({"submissions": [asdict(submission) for submission in found]})


class SubmittedAssignment(UploadHandler):
    """A submission by its name, or a new one of the assignment that is named."""

    async def post(self, course: str, name: str) -> None:
        submission = await asyncio.to_thread(self.store.submit, course, self.user, name, self.arrived())
        self.write(asdict(submission))

    async def get(self, course: str, name: str) -> None:
        if not self.teaches and not name.startswith(f"{self.user}+"):
            raise ClientError(403, f"{self.user} may not read the submissions of others.")
        await self.send_files(self.store.collect, course, name)

    async def delete(self, course: str, name: str) -> None:
        self.only_for_teachers()
        await asyncio.to_thread(self.store.remove_submission, course, name)
        self.write({})


class FeedbackList(Handler):
    async def get(self, course: str) -> None:
        assignment = self.get_query_argument("assignment", "")
        self.write(await asyncio.to_thread(self.store.feedback, course, self.own, assignment))


class FeedbackPage(UploadHandler):
    async def get(self, course: str, key: str) -> None:
        if not self.teaches and key not in await asyncio.to_thread(self.store.feedback, course, self.user):
            raise ClientError(403, f"This is not feedback on a submission of {self.user}.")
        self.set_header("Content-Type", "text/html")
        # The page is a learner's notebook: should a browser open it here, none of its scripts may run.
        self.set_header("Content-Security-Policy", "sandbox")
        self.write(await asyncio.to_thread(self.store.feedback_page, course, key))

    async def put(self, course: str, key: str) -> None:
        self.only_for_teachers()
        page = self.arrived()
        page.seek(0)
        await asyncio.to_thread(self.store.give_feedback, course, key, page.read())
        self.write({})


def roles(user: dict) -> dict[str, str]:
    """Return course -> "teacher" or "learner", from what the hub says about a user or a service.

    >>> roles({"name": "ada", "kind": "user", "groups": ["nbgrader-second-car", "formgrade-other"]})
    {'second-car': 'learner', 'other': 'teacher'}
    >>> roles({"name": "second-car", "kind": "service"})
    {'second-car': 'teacher'}
    """
    if user["kind"] == "service":
        return {user["name"]: "teacher"}
    found: dict[str, str] = {}
    for prefix, role in ((LEARNERS, "learner"), (TEACHERS, "teacher")):
        found |= {group.removeprefix(prefix): role for group in user["groups"] if group.startswith(prefix)}
    return found


def make_app(store: Store, hub: HubAuth, prefix: str, most_bytes: int) -> web.Application:
    """Return the service, to be run under a prefix such as /services/exchange/."""
    course, name = "(?P<course>[^/]+)", "[^/]+"
    settings = {"store": store, "hub": hub}
    return web.Application(
        [
            (f"{prefix}", Courses, settings),
            (f"{prefix}{course}/outbound", ReleasedList, settings),
            (f"{prefix}{course}/outbound/(?P<assignment>{name})", ReleasedAssignment, settings),
            (f"{prefix}{course}/inbound", SubmissionList, settings),
            (f"{prefix}{course}/inbound/(?P<name>{name})", SubmittedAssignment, settings),
            (f"{prefix}{course}/feedback", FeedbackList, settings),
            (f"{prefix}{course}/feedback/(?P<key>{name})", FeedbackPage, settings),
        ],
        default_handler_class=Nowhere,
        default_handler_args=settings,
        most_bytes=most_bytes,
        transfers={},
        log_function=log_failures,
    )


def log_failures(handler: web.RequestHandler) -> None:
    """Log a request that failed here, and no other: the log grows with faults, not with requests."""
    if handler.get_status() >= 500:
        log.error("%d %s %s", handler.get_status(), handler.request.method, handler.request.uri)


async def serve(arguments: argparse.Namespace) -> None:
    url = urlparse(arguments.url)
    store = Store(arguments.folder, arguments.learner_bytes)
    # Within half a minute the service knows that a learner was enrolled, or that a token ended.
    app = make_app(store, HubAuth(cache_max_age=30), arguments.prefix, arguments.upload_bytes)
    allow_many_files()
    server = BoundedServer(app, max_body_size=app.settings["most_bytes"])
    app.settings["server"] = server
    server.listen(url.port, address=url.hostname)
    log.info("The exchange in %s answers at %s", arguments.folder, arguments.url)
    await asyncio.Event().wait()


def main() -> None:
    """Run the service. A hub that starts it says where, by the variables that it sets for every service."""
    arguments = parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(Seldom())
    asyncio.run(serve(arguments))


def parser() -> Parser:
    """Return the parser of the service's options."""
    parser = Parser(description="An exchange of assignments over HTTP, for nbgrader and JupyterHub.")
    parser.add_argument("--folder", type=Path, required=True, help="where everything is kept")
    parser.add_argument("--url", default=os.environ.get("JUPYTERHUB_SERVICE_URL", "http://127.0.0.1:10101"))
    parser.add_argument("--prefix", default=os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/services/exchange/"))
    for name, default, what in (
        ("upload", 100, "the largest upload"),
        ("learner", 500, "all uploads of one learner in a course"),
    ):
        parser.add_argument(
            f"--{name}-megabytes",
            type=megabytes,
            metavar="MB",
            dest=f"{name}_bytes",
            default=default * MEGABYTE,
            help=f"{what} ({default})",
        )
    return parser


if __name__ == "__main__":
    main()
