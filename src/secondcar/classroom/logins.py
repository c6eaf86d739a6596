"""Log-ins of the classroom: JupyterHub's own kinds, each of which asks the rosters, at every log-in.

So people added to a roster can log in while the hub runs, and people taken out no longer can.
"""

import dbm
import hmac
from pathlib import Path
from typing import Any

import bcrypt
from firstuseauthenticator import FirstUseAuthenticator
from jupyterhub.auth import Authenticator
from jupyterhub.handlers import BaseHandler
from tornado import web

from secondcar.classroom.layout import STUDENTS_GROUP, TEACHERS_GROUP, Classroom
from secondcar.classroom.passwords import read_codes, write_codes
from secondcar.classroom.roster import log_in, student_ids, teacher_ids
from secondcar.errors import CourseError

# Pages of the hub that are ours.
TEMPLATES = Path(__file__).resolve().parent / "templates"


class Rosters:
    """The people of a classroom as its files name them now; as they last did, while a file cannot be used."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom = classroom
        self.groups: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        self.fault = self.read()

    def read(self) -> str | None:
        """Read the files again; return what cannot be used in them."""
        try:
            students, teachers = student_ids(self.classroom), teacher_ids(self.classroom)
        except CourseError as error:
            return str(error)
        self.groups = {log_in(name): STUDENTS_GROUP for name in students}
        self.groups |= {log_in(name): TEACHERS_GROUP for name in teachers}
        self.persons = {log_in(name): name for name in (*students, *teachers)}
        return None

    def group_of(self, name: str) -> str | None:
        """Return the group of a log-in name; None for whoever is in no roster."""
        self.read()
        return self.groups.get(name)


def from_rosters(base: type[Authenticator], rosters: Rosters) -> type[Authenticator]:
    """Return a kind of log-in that lets in those whom `base` knows and a roster names."""

    class FromRosters(base):
        manage_groups = True

        async def authenticate(self, handler: BaseHandler, data: dict[str, Any]) -> Any:
            # A stranger who types a name must not choose a password for it.
            if data and "username" in data and rosters.group_of(log_in(data["username"])) is None:
                return None
            # Of the demonstration's two passwords, these need the other.
            self.admin_users = {name for name, group in rosters.groups.items() if group == TEACHERS_GROUP}
            return await super().authenticate(handler, data)

        def check_allowed(self, username: str, authentication: dict[str, Any] | None = None) -> bool:
            return rosters.group_of(username) is not None

        def is_admin(self, handler: BaseHandler, authentication: dict[str, Any]) -> bool:
            return rosters.group_of(authentication["name"]) == TEACHERS_GROUP

        async def run_post_auth_hook(self, handler: BaseHandler, authentication: dict[str, Any]) -> dict[str, Any]:
            return {**authentication, "groups": [rosters.groups[authentication["name"]]]}

        async def refresh_user(self, user: Any, handler: BaseHandler | None = None) -> Any:
            return rosters.group_of(user.name) is not None and await super().refresh_user(user, handler)

    return FromRosters


class FirstUse(FirstUseAuthenticator):
    """The first password that someone types is theirs from then on; for some, only with a one-time code."""

    classroom: Classroom
    request_otp = True
    otp_prompt = "One-time code (only for the first log-in, if you were given one):"

    async def authenticate(self, handler: BaseHandler, data: dict[str, Any]) -> str | None:
        name, codes = self.normalize_username(data["username"]), read_codes(self.classroom)
        waits = name in codes and not self.knows(name)
        if waits and not hmac.compare_digest(data.get("otp", "").strip().lower().encode(), codes[name].encode()):
            handler.custom_login_error = "For your first log-in, type the one-time code that you were given, too."
            return None
        known: str | None = await super().authenticate(handler, data)
        if known and waits:
            write_codes(
                self.classroom, {other: code for other, code in read_codes(self.classroom).items() if other != name}
            )
        return known

    def knows(self, name: str) -> bool:
        """Return whether this person has chosen a password."""
        with dbm.open(self.dbm_path, "c", 0o600) as chosen:
            return name.encode() in chosen

    def is_password_of(self, name: str, password: str) -> bool:
        with dbm.open(self.dbm_path, "c", 0o600) as chosen:
            stored = chosen.get(name.encode())
        return stored is not None and bcrypt.checkpw(password.encode(), stored)

    def get_handlers(self, app: Any) -> list[tuple[str, type]]:
        (log_in_page, *_) = super().get_handlers(app)
        return [log_in_page, (r"/auth/change-password", ChangePassword)]


class ChangePassword(BaseHandler):
    """A page on which a person chooses another password."""

    @web.authenticated
    async def get(self) -> None:
        self.finish(await self.render_template("change-password.html"))

    @web.authenticated
    async def post(self) -> None:
        old, new, again = (self.get_body_argument(name, "", strip=False) for name in ("old", "new", "again"))
        name = self.current_user.name
        if not self.authenticator.is_password_of(name, old):
            fault = "The old password is not right, so nothing was changed."
        elif new != again:
            fault = "The two new passwords differ, so nothing was changed: type the same one twice."
        elif len(new) < self.authenticator.min_password_length:
            fault = (
                f"The new password is too short: it needs {self.authenticator.min_password_length} characters or more."
            )
        else:
            fault = None
            self.authenticator.reset_password(name, new)
        self.set_status(400 if fault else 200)
        self.finish(await self.render_template("change-password.html", fault=fault, changed=fault is None))
