"""Find what keeps a classroom from working, and say of each thing what is wrong, where, and what to do.

Each check is a function from a classroom to sentences; `CHECKS` lists them in the order in which a teacher should mend
what they find. `hub/README.md` explains them.
"""

import json
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import distributions
from ipaddress import ip_address
from pathlib import Path

import psutil
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from secondcar.classroom.accounts import find_account, run_as
from secondcar.classroom.layout import COURSE_ID, Classroom
from secondcar.classroom.roster import student_ids, teacher_ids
from secondcar.classroom.running import answers, check_ports, is_running, leftovers
from secondcar.errors import CourseError

AGAIN = "stop the classroom and start it again with `make classroom`, which mends this"
# A class of 30 hands in about 30 MB a unit; what counts is that nothing fails in mid-lesson.
FREE_BYTES, FREE_SHARE = 1_000_000_000, 0.05


def examine(classroom: Classroom) -> list[str]:
    """Return one sentence for each thing that is wrong; an empty list if all is well.

    Raises:
        CourseError: the folder holds no classroom, or only another account may look at it.

    >>> examine(Classroom(Path("/srv/second-car")))  # doctest: +SKIP
    []
    """
    if not classroom.hub.is_dir():
        raise CourseError(f"There is no classroom in {classroom.folder}: `make classroom` makes one.")
    if classroom.hub.stat().st_uid != os.geteuid():
        owner = pwd.getpwuid(classroom.hub.stat().st_uid).pw_name
        raise CourseError(f"The classroom in {classroom.folder} belongs to {owner}: run the doctor as {owner}.")
    unusable = list(school_settings(classroom))
    return unusable or [sentence for check in CHECKS for sentence in check(classroom)]


def versions(classroom: Classroom) -> Iterator[str]:
    """Find packages in another version than the one that was tested."""
    env = classroom.folder / "env"
    python = _python_of(env)
    installed = {
        canonicalize_name(found.metadata["Name"]): found.version
        for found in distributions(path=[str(path) for path in env.glob("lib/python3.*/site-packages")])
    }
    text = (env / "requirements.lock").read_text(encoding="utf-8")
    for line in text.replace("\\\n", " ").splitlines():
        wanted = Requirement(line.split("--hash")[0])
        if wanted.marker and not wanted.marker.evaluate(python):
            continue
        found = installed.get(canonicalize_name(wanted.name), "missing")
        if f"=={found}" != str(wanted.specifier):
            yield (
                f"{wanted.name} is {found} in {env}, and {wanted.specifier} was tried with the rest: "
                f"{_new_environment(classroom)}"
            )


def school_settings(classroom: Classroom) -> Iterator[str]:
    """Find a `classroom.toml` that cannot be used."""
    try:
        classroom.settings  # noqa: B018  reading it is the test
    except CourseError as error:
        yield str(error)


def rosters(classroom: Classroom) -> Iterator[str]:
    """Find rosters that cannot be used, and people without an account."""
    try:
        people = [*student_ids(classroom), *teacher_ids(classroom)]
    except CourseError as error:
        yield str(error)
        return
    for name in people if classroom.separate_accounts else ():
        if classroom.account_of(name) is None:
            yield (
                f"{name} is in a roster of {classroom.folder} and has no account on this machine: "
                "type `make classroom-update`."
            )
    for home in classroom.homes.iterdir():
        if home.stat().st_mode & 0o077:
            yield f"{home} is open to others (mode {_mode(home):o}): type `chmod 700 {home}`."


def course_folder(classroom: Classroom) -> Iterator[str]:
    """Find a course folder that its account cannot use, or that students can look into."""
    course, owner = classroom.course, classroom.course_account
    if course.stat().st_mode & 0o077:
        yield f"{course} is open to students (mode {_mode(course):o}), marks too: type `chmod 700 {course}`."
    foreign = [path for path in (course, *course.rglob("*")) if _owner(path) != owner]
    if foreign:
        yield (
            f"{foreign[0]} belongs to {_owner(foreign[0])}, so {owner}, who runs the course, cannot change it (nor "
            f"{len(foreign) - 1} more): type `chown -R {owner}: {course}`, and run nbgrader as {owner} alone."
        )


def exchange_folders(classroom: Classroom) -> Iterator[str]:
    """Find an exchange that is missing or has other permissions than nbgrader needs."""
    exchange = classroom.exchange / COURSE_ID
    wanted = {
        classroom.exchange: 0o1777,
        exchange: 0o755,
        exchange / "outbound": 0o755,
        exchange / "inbound": 0o3733,
        exchange / "feedback": 0o711,
    }
    for folder, mode in wanted.items():
        if not folder.is_dir():
            yield f"{folder} is missing, so nothing can be handed out or in: {AGAIN}."
        elif _mode(folder) != mode:
            yield f"{folder} has mode {_mode(folder):o} and needs {mode:o} for handing out and in: {AGAIN}."
        elif folder != classroom.exchange and _owner(folder) != classroom.course_account:
            yield f"{folder} belongs to {_owner(folder)} and not to {classroom.course_account}: {AGAIN}."
    for path in (exchange / "outbound").rglob("*") if exchange.is_dir() else ():
        if not path.stat().st_mode & stat.S_IROTH:
            yield f"Students cannot read {path}, which was handed out: type `chmod -R a+rX {exchange / 'outbound'}`."
            return


def clock(classroom: Classroom) -> Iterator[str]:
    """Find submissions from the future: the clock was wrong then or is wrong now."""
    now = datetime.now(UTC)
    inbound = classroom.exchange / COURSE_ID / "inbound"
    for submission in inbound.glob("*+*+*") if inbound.is_dir() else ():
        written = submission.name.split("+")[2].removesuffix(" UTC")
        try:
            handed_in = datetime.strptime(written, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
        except ValueError:
            yield f"{submission} has no timestamp that nbgrader reads, and stops `nbgrader collect`: move it elsewhere."
            continue
        if handed_in > now:
            yield (
                f"{submission.name} in {inbound} has a timestamp in the future (it is {now:%Y-%m-%d %H:%M} UTC here): "
                "set the clock (`timedatectl set-ntp true`), or later submissions stay behind it."
            )


def teachers_settings(classroom: Classroom) -> Iterator[str]:
    """Find settings that hide formgrader."""
    server_file = classroom.teacher_settings / "jupyter_server_config.json"
    page_file = classroom.teacher_settings / "labconfig" / "page_config.json"
    server, page = _read_json(server_file).get("ServerApp", {}), _read_json(page_file).get("disabledExtensions", {})
    if not server.get("jpserver_extensions", {}).get("nbgrader.server_extensions.formgrader"):
        yield f"Formgrader is off in {server_file}: {AGAIN}."
    if page.get("@jupyter/nbgrader:formgrader", True):
        yield f"Formgrader is hidden in {page_file}: {AGAIN}."
    policy = server.get("tornado_settings", {}).get("headers", {}).get("Content-Security-Policy", "")
    if "frame-ancestors 'self'" not in policy:
        yield (
            f"Formgrader would be an empty tab because {server_file} allows no "
            f"frames (Content-Security-Policy: frame-ancestors 'self'): {AGAIN}."
        )


def as_the_course(classroom: Classroom) -> Iterator[str]:
    """Find what stops nbgrader when a teacher runs it: course id, exchange, gradebook, programs."""
    found = _probe(classroom, classroom.course_account, classroom.course)
    if isinstance(found, str):
        yield f"The course's account {classroom.course_account} cannot run nbgrader in {classroom.course}: {found}"
        return
    configuration = classroom.course / "nbgrader_config.py"
    if found["course_id"] != COURSE_ID:
        yield (
            f'The course id is "{found["course_id"]}" in {configuration} and {COURSE_ID} for students, who see no '
            f'assignments then: set `c.CourseDirectory.course_id = "{COURSE_ID}"` there.'
        )
    if Path(found["exchange"]).resolve() != classroom.exchange:
        yield (
            f"The course hands out in {found['exchange']} and students look in {classroom.exchange}: take "
            f"Exchange.root out of {configuration}, and unset SECOND_CAR_EXCHANGE."
        )
    if found["gradebook"]:
        yield (
            f"The gradebook cannot be read and written ({found['gradebook']}): look at db_url in {configuration}; end "
            "a program that holds it, such as a grading that hangs; `make classroom` makes one that is missing."
        )
    for program in found["missing_programs"]:
        yield f"{program} is not in {classroom.programs}, and nbgrader runs it by name: {_new_environment(classroom)}"


def as_a_student(classroom: Classroom) -> Iterator[str]:
    """Find what stops nbgrader when a student runs it."""
    name, account = _first_student(classroom)
    if account is None:
        return
    found = _probe(classroom, account, Path(pwd.getpwnam(account).pw_dir))
    if isinstance(found, str):
        yield (
            f"Students cannot use the Python in {classroom.folder / 'env'} ({name}: {found}): type `chmod -R a+rX "
            f"{classroom.folder / 'env'}`; if that is not enough, delete it and start again with `make classroom`."
        )
        return
    if found["course_id"] != COURSE_ID or Path(found["exchange"]).resolve() != classroom.exchange:
        yield (
            f'For {name}, the course is "{found["course_id"]}" and its exchange {found["exchange"]}: look for a file '
            f"nbgrader_config.py in {classroom.homes / name} that says otherwise than {classroom.everyones_settings}."
        )
    for folder in found["closed"]:
        yield f"{name} cannot use {folder}, so that student cannot fetch or hand in: {AGAIN}."


def terminals(classroom: Classroom) -> Iterator[str]:
    """Find terminals that do not know the commands: those of teachers and of students start a log-in shell."""
    student = _first_student(classroom)[1]
    for who, account in (("teachers", classroom.course_account), ("students", student)):
        if account is None or find_account(account) is None:
            continue
        home = Path(pwd.getpwnam(account).pw_dir)
        done = run_as(account, ["bash", "-lc", "command -v secondcar"], home, classroom.path)
        if not done.stdout.startswith(f"{classroom.programs}/"):
            yield (
                f"The terminal of {who} does not find `secondcar` in {classroom.programs} ({account}): delete "
                f"{home / '.profile'} (or what else there sets PATH), then type `make classroom-update`."
            )


def processes(classroom: Classroom) -> Iterator[str]:
    """Find a hub that does not answer, what an earlier one left running, or a port that another program has."""
    if is_running(classroom):
        if not answers(classroom):
            yield (
                f"The classroom runs and does not answer at {classroom.address}: if `port` was changed in "
                f"{classroom.settings_file}, stop it and start it again; else look into its log."
            )
        return
    left = leftovers(classroom)
    for process in left:
        yield (
            f"Process {process.pid} ({Path(process.cmdline()[1]).name}) of an earlier classroom still runs: "
            f"`make classroom` stops it, or type `kill {process.pid}`."
        )
    if not left:
        try:
            check_ports(classroom)
        except CourseError as error:
            yield str(error)


def hub_runs(classroom: Classroom) -> Iterator[str]:
    """Find a classroom that is closed."""
    if not is_running(classroom):
        yield f"The classroom in {classroom.folder} is not running, so nobody can log in: type `make classroom`."


def reachable_ports(classroom: Classroom) -> Iterator[str]:
    """Find a port of the classroom's programs that other machines reach, past the web server in front."""
    for process in leftovers(classroom):
        with suppress(psutil.Error):
            for connection in process.net_connections("inet"):
                if connection.status == psutil.CONN_LISTEN and not ip_address(connection.laddr.ip).is_loopback:
                    yield (
                        f"Port {connection.laddr.port} (process {process.pid}) can be reached from other machines, "
                        f"without HTTPS: take the line with {connection.laddr.ip} out of {classroom.settings_file}, "
                        "and put a web server with HTTPS in front."
                    )


def disk(classroom: Classroom) -> Iterator[str]:
    """Find a disk on which the next submission may not fit."""
    seen = set()
    for folder in (classroom.folder, classroom.exchange, classroom.homes, classroom.course):
        if not folder.is_dir() or folder.stat().st_dev in seen:
            continue
        seen.add(folder.stat().st_dev)
        usage = shutil.disk_usage(folder)
        if usage.free < max(FREE_BYTES, FREE_SHARE * usage.total):
            yield (
                f"The disk of {folder} has {usage.free / 1e6:,.0f} MB left, and the next submission may be cut off: "
                "make room (old submissions, trash in the homes), or move the classroom to a larger disk."
            )


CHECKS: tuple[Callable[[Classroom], Iterable[str]], ...] = (
    disk,
    school_settings,
    hub_runs,
    processes,
    reachable_ports,
    versions,
    rosters,
    course_folder,
    exchange_folders,
    teachers_settings,
    as_the_course,
    as_a_student,
    terminals,
    clock,
)


def _first_student(classroom: Classroom) -> tuple[str, str | None]:
    """Return a student's name, and the account that is that student's."""
    try:
        name = student_ids(classroom)[0]
    except (CourseError, IndexError):
        return "", None  # `rosters` says so
    return name, classroom.account_of(name) if classroom.separate_accounts else None


def _probe(classroom: Classroom, account: str, folder: Path) -> dict | str:
    """Return what `probe` finds as an account, or why it could not run."""
    program = str(classroom.programs / "python")
    try:
        done = run_as(account, [program, "-m", "secondcar.classroom.probe"], folder, classroom.path)
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if done.returncode != 0:
        return (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
    return json.loads(done.stdout.splitlines()[-1])


def _python_of(env: Path) -> dict[str, str]:
    """Return what a requirement's marker may ask of the environment's Python, which need not be the one that runs."""
    lines = (env / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    version = next(value for name, _, value in (line.partition(" = ") for line in lines) if name == "version")
    return {"python_full_version": version, "python_version": ".".join(version.split(".")[:2])}


def _new_environment(classroom: Classroom) -> str:
    return f"stop the classroom, delete {classroom.folder / 'env'}, and start again with `make classroom`."


def _read_json(file: Path) -> dict:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _owner(path: Path) -> str:
    uid = path.lstat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"an unknown account ({uid})"
