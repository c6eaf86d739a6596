"""Passwords: those of the demonstration, and one-time codes for the first log-in with a password of one's own.

Without a code, an account belongs to whoever types its name first. A teacher's never does: the code is printed in the
terminal in which the classroom was started.
"""

import csv
import dbm
import io
import json
import secrets
from pathlib import Path

from secondcar.classroom.layout import Classroom
from secondcar.classroom.roster import log_in, student_ids, teacher_ids
from secondcar.classroom.settings import FIRST_USE, PAGE
from secondcar.errors import CourseError
from secondcar.files import whole

# Without letters and digits that are read as another: people type codes from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10


def demonstration_passwords(classroom: Classroom) -> dict[str, str]:
    """Return the password of all students and that of all teachers: the school's own, or those that were drawn once."""
    if not classroom.passwords.exists():
        # JupyterHub asks for 8 and 32 characters at least.
        drawn = {"students": secrets.token_urlsafe(8), "teachers": secrets.token_urlsafe(24)}
        _write_private(classroom.passwords, json.dumps(drawn, indent=1) + "\n")
    return {**json.loads(classroom.passwords.read_text(encoding="utf-8")), **classroom.settings.demonstration}


def read_codes(classroom: Classroom) -> dict[str, str]:
    """Return each log-in name that waits for its first log-in, and the code for it."""
    if not classroom.codes_file.exists():
        return {}
    with classroom.codes_file.open(encoding="utf-8-sig", newline="") as file:
        return {line["id"]: line["code"] for line in csv.DictReader(file)}


def write_codes(classroom: Classroom, codes: dict[str, str]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([("id", "code"), *codes.items()])
    _write_private(classroom.codes_file, written.getvalue())


def prepare_codes(classroom: Classroom) -> dict[str, str]:
    """Draw a code for everyone who needs one and has neither a code nor a password yet; return all codes.

    Who needs one is a setting: teachers alone, or everyone. A code given by `renew` stays for anyone.
    """
    codes, chosen = read_codes(classroom), have_passwords(classroom)
    people = {*teacher_ids(classroom), *(student_ids(classroom) if classroom.settings.codes == "everyone" else ())}
    needed = {name for name in map(log_in, people) if name not in codes and name not in chosen}
    if needed:
        codes |= {name: _draw() for name in sorted(needed)}
        write_codes(classroom, codes)
    return codes


def have_passwords(classroom: Classroom) -> set[str]:
    """Return the log-in names of those who chose a password."""
    try:
        with dbm.open(str(classroom.first_use_passwords), "r") as chosen:
            return {bytes(name).decode() for name in chosen.keys()}  # type: ignore[arg-type]  # noqa: SIM118
    except dbm.error:  # there is none yet
        return set()


def renew(classroom: Classroom, person: str) -> str:
    """Forget a person's password, and return the code with which they choose another.

    Raises:
        CourseError: people do not choose their passwords here, or nobody has this name.
    """
    if classroom.settings.login != FIRST_USE:
        raise CourseError(
            f'Passwords are chosen by people only with login = "{FIRST_USE}", and {classroom.settings_file} says '
            f'"{classroom.settings.login}": {PAGE} says where passwords are set then.'
        )
    if log_in(person) not in map(log_in, [*student_ids(classroom), *teacher_ids(classroom)]):
        raise CourseError(f'Nobody is named "{person}" in the rosters of {classroom.folder}.')
    forget(classroom, person)
    code = _draw()
    write_codes(classroom, {**read_codes(classroom), log_in(person): code})
    return code


def forget(classroom: Classroom, person: str) -> None:
    """Delete everything that lets a person in with a password."""
    name = log_in(person)
    if name in have_passwords(classroom):
        with dbm.open(str(classroom.first_use_passwords), "w") as chosen:
            del chosen[name.encode()]
    codes = read_codes(classroom)
    if codes.pop(name, None):
        write_codes(classroom, codes)


def _draw() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _write_private(file: Path, text: str) -> None:
    with whole(file) as part:
        part.touch(0o600)
        part.write_text(text, encoding="utf-8")
