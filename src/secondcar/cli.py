"""The ``secondcar`` command. Each subcommand imports what it needs when it runs, so that ``--help`` is quick."""

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from secondcar.arguments import Parser, Version, port, whole_number
from secondcar.checks.answers_file import SOLUTIONS
from secondcar.errors import CourseError

if TYPE_CHECKING:
    from secondcar.classroom.layout import Classroom

LEARNER_CONFIG = Path(__file__).resolve().parent / "learner_config"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: done. 2: not done; a sentence on stderr says why. `grade` and `feedback` have nbgrader's codes.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that a console cannot show must not stop a command
            stream.reconfigure(errors="replace")
    parser = command_parser()
    arguments, others = parser.parse_known_args(argv)
    if others and arguments.run not in (_grade, _feedback):
        parser.prog += f" {arguments.command}"
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    arguments.others = others
    try:
        return _run(arguments)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:  # a folder that may not be entered or is a file, a full disk: any command may meet it
        what = f"{error.filename} cannot be used ({error.strerror})" if error.filename else str(error)
        print(f"{what}: look at it, or name another place.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _run(arguments: argparse.Namespace) -> int:
    from secondcar.extras import advice_on, require_extra

    if arguments.extra:
        require_extra(arguments.extra, arguments.command)
    os.environ.setdefault("PGCONNECT_TIMEOUT", "20")  # else a silent PostgreSQL server takes minutes to fail
    try:
        return arguments.run(arguments) or 0
    except ModuleNotFoundError as missing:
        if advice := advice_on(missing, arguments.command):
            raise CourseError(advice) from missing
        raise
    except Exception as fault:
        database = sys.modules.get("sqlalchemy.exc")
        if database is None or not isinstance(fault, database.OperationalError):
            raise
        raise CourseError(
            f"The gradebook's database does not answer ({str(fault.orig).strip()}): check that it runs, and type this "
            "again. Nothing that was graded is lost."
        ) from None


def command_parser() -> Parser:
    """Return the parser of all commands."""
    parser = Parser(prog="secondcar", description="Every Second Car: check the numbers in the news.")
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    learn = commands.add_parser("learn", help="bring the units into my-work and open JupyterLab")
    learn.add_argument("--no-browser", action="store_true", help="print the address and do not open a browser")
    learn.add_argument("--no-start", action="store_true", help="only bring the units into the folder")
    learn.set_defaults(run=_learn, extra=None)  # --no-start is for people who use another Jupyter

    fresh = commands.add_parser("fresh", help="start a unit or one exercise afresh; the old one is kept")
    fresh.add_argument("unit", metavar="UNIT", help="for example 02-by-and-to")
    fresh.add_argument("exercise", metavar="EXERCISE", nargs="?", help="for example units-2017-by")
    fresh.set_defaults(run=_fresh, extra=None)

    progress = commands.add_parser("progress", help="say what is right, tried and open in each unit, and what is next")
    progress.add_argument("--only", choices=["no-code"], help="only the exercises that need no code")
    progress.set_defaults(run=_progress, extra=None)

    for command in (learn, fresh, progress):
        command.add_argument("--folder", metavar="FOLDER", type=Path, help="the learner's folder (my-work)")

    solutions = commands.add_parser(
        "solutions", help="say when a class may see worked solutions, before it is handed out"
    )
    solutions.add_argument("when", choices=SOLUTIONS, help="closed; after the right answer; or also after three tries")
    solutions.add_argument("units", metavar="UNIT", nargs="*", help="only these units of release/")
    solutions.set_defaults(run=_solutions, extra=None)

    practice = commands.add_parser("practice", help="write questions for paper and, in a separate file, their answers")
    practice.add_argument("--sheet", metavar="NUMBER", type=whole_number, required=True, help="how many questions")
    practice.add_argument("--seed", metavar="SEED", type=whole_number, default=1, help="which sheet to draw (1)")
    practice.add_argument("--folder", metavar="FOLDER", type=Path, default=Path("."), help="where to write (here)")
    practice.set_defaults(run=_practice, extra=None)

    build = commands.add_parser("build", help="make source/ and release/ from course/")
    build.add_argument("units", metavar="UNIT", nargs="*", help="only these units")
    where = build.add_mutually_exclusive_group()
    where.add_argument("--answers", metavar="FOLDER", type=Path, help="keep all answers there, and out of release/")
    where.add_argument(
        "--public-answers", action="store_true", help="put answers that were kept elsewhere into release/"
    )
    build.set_defaults(run=_build, extra="build")

    new_unit = commands.add_parser("new-unit", help="start a unit with a complete example; see docs/add-a-unit.md")
    new_unit.add_argument("name", metavar="NAME", help="two digits and words, for example 11-trams")
    new_unit.add_argument("--claim", metavar="ID", help="the claim that the example is about (the first)")
    new_unit.set_defaults(run=_new_unit, extra="build")

    new_course = commands.add_parser("new-course", help="start a course on another text, and build its example")
    new_course.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder")
    new_course.set_defaults(run=_new_course, extra="build")

    register = commands.add_parser("register", help="register the committed units in nbgrader's gradebook")
    register.add_argument("--new", action="store_true", help="only those that it does not know yet")
    register.set_defaults(run=_register, extra="teach")

    # nbgrader's own parser reads what follows these two.
    grade = commands.add_parser("grade", add_help=False, help="grade an assignment of any nbgrader course")
    grade.set_defaults(run=_grade, extra="teach")

    feedback = commands.add_parser("feedback", add_help=False, help="make the feedback pages of any nbgrader course")
    feedback.set_defaults(run=_feedback, extra="teach")

    examine = commands.add_parser("examine", help="try the assignments of any nbgrader course before a class does")
    examine.add_argument("assignments", metavar="ASSIGNMENT", nargs="*", help="only these assignments")
    examine.add_argument("--strict", action="store_true", help="compare all outputs that the teacher's notebooks hold")
    examine.set_defaults(run=_examine, extra="examine")

    collect = commands.add_parser("collect", help="sort downloads from Moodle, Canvas or e-mail into submitted/")
    collect.add_argument("downloads", metavar="FOLDER", type=Path, help="what was downloaded: a folder, or a zip file")
    collect.add_argument("--roster", metavar="FILE", type=Path, help="the class, as CSV (the gradebook's learners)")
    collect.add_argument("--replace", action="store_true", help="put another version in its place; the old one is kept")
    collect.set_defaults(run=_collect, extra="teach")

    class_demo = commands.add_parser("class-demo", help="grade a small invented class and print its marks")
    class_demo.add_argument("unit", metavar="UNIT", nargs="?", default="02-by-and-to", help="02-by-and-to by default")
    class_demo.set_defaults(run=_class_demo, extra="build")

    report = commands.add_parser("report", help="write a page and CSV files on how the class did, after grading")
    report.add_argument("assignment", metavar="ASSIGNMENT", help="for example 02-by-and-to")
    report.add_argument("--names", action="store_true", help="also a page and a CSV file with a table by learner")
    report.set_defaults(run=_report, extra="teach")

    export = commands.add_parser("export", help="write marks into a file that another system imports")
    export.add_argument("assignments", metavar="ASSIGNMENT", nargs="*", help="only these assignments")
    export.add_argument("--to", required=True, choices=("canvas", "moodle", "csv"), help="the system")
    export.add_argument("--file", metavar="FILE", type=Path, help="where to write (exports/ beside autograded/)")
    export.add_argument("--replace", action="store_true", help="overwrite an existing file")
    export.add_argument("--like", metavar="FILE", type=Path, help="what canvas or moodle exported: its columns stay")
    export.set_defaults(run=_export, extra="teach")

    units = commands.add_parser("units", help="bring the units into another nbgrader course; overwrite nothing")
    units.add_argument("--into", metavar="FOLDER", type=Path, required=True, help="the folder of that course")
    units.set_defaults(run=_units, extra="teach")

    classroom = commands.add_parser(
        "classroom", help="JupyterHub with this course on this machine: start it, or change it"
    )
    classroom.add_argument(
        "action",
        nargs="?",
        default="start",
        choices=CLASSROOM_ACTIONS,
        metavar="ACTION",
        help=(
            "start (the default); update: add new people and units while it runs; password: give a "
            "person a one-time code for a new one; dismiss: take people out and keep their files aside; forget: delete "
            "people and all their files; service: run it as a service of the machine; remove: take it off this machine"
        ),
    )
    classroom.add_argument("people", nargs="*", metavar="NAME", help="for password, dismiss and forget: log-in names")
    classroom.add_argument("--demonstration", action="store_true", help="for dismiss and forget: the invented people")
    classroom.add_argument("--yes", action="store_true", help="for dismiss, forget and remove: do not ask first")
    classroom.add_argument("--no-start", action="store_true", help="only bring the folder up to date")
    classroom.add_argument("--roster", metavar="FILE", type=Path, help="the class, for a classroom that has none yet")
    classroom.add_argument("--teachers", metavar="FILE", type=Path, help="its teachers, in the same way")
    classroom.set_defaults(run=_classroom, extra="classroom")

    doctor = commands.add_parser("doctor", help="find what keeps a classroom from working, and say what to do")
    doctor.set_defaults(run=_doctor, extra="classroom")

    backup = commands.add_parser("backup", help="write all that a class has made into one file, even during class")
    backup.add_argument("file", metavar="FILE", type=Path, help="a new file, such as monday.tar.gz")
    backup.set_defaults(run=_backup, extra="classroom")

    restore = commands.add_parser("restore", help="unpack a backup into a classroom's empty folder")
    restore.add_argument("file", metavar="FILE", type=Path, help="what `secondcar backup` wrote")
    restore.set_defaults(run=_restore, extra="classroom")

    for command in (classroom, restore):
        command.add_argument("--port", metavar="PORT", type=port, help="the first of its four ports from now on (8000)")
    for command in (classroom, doctor, backup, restore):
        command.add_argument(
            "--folder", metavar="FOLDER", type=Path, help="the classroom's folder (this program's own)"
        )
    return parser


def _learn(arguments: argparse.Namespace) -> None:
    from secondcar.progress import write_start_page
    from secondcar.units import units_folder
    from secondcar.workspace import update_workspace

    units, work = units_folder(Path.cwd()), _workspace(arguments)
    for sentence in update_workspace(units, work):
        print(sentence)
    page = write_start_page(work)
    print(f"Your work is in {work}.", flush=True)
    if not arguments.no_start:
        _start_jupyterlab(work, page.name, browser=not arguments.no_browser)


def _start_jupyterlab(work: Path, page: str, browser: bool) -> None:
    """Run JupyterLab in this process, with the learner's configuration, until it is stopped."""
    from jupyterlab.labapp import LabApp

    print("JupyterLab is starting. Stop it with Ctrl-C, twice.", flush=True)
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(LEARNER_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    # JupyterLab's terminal then knows the `secondcar` command.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    options = [
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{page}",
        "--log-level=WARN",
    ]
    if not browser:
        options.append("--no-browser")
    # Containers run as root, where Jupyter refuses to start without this.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    LabApp.launch_instance(options)


def _fresh(arguments: argparse.Namespace) -> None:
    from secondcar.units import units_folder
    from secondcar.workspace import HANDED_OUT, start_exercise_afresh, start_unit_afresh

    work = _workspace(arguments)
    units = work / HANDED_OUT  # in a class, a teacher may hand out another version than the package has
    if not (units / arguments.unit).is_dir():
        units = units_folder(Path.cwd())
    if arguments.exercise is None:
        print(start_unit_afresh(units, work, arguments.unit))
    else:
        print(start_exercise_afresh(units, work, arguments.unit, arguments.exercise))


def _progress(arguments: argparse.Namespace) -> None:
    from secondcar.progress import as_text, read_progress

    work = _workspace(arguments)
    units = read_progress(work, arguments.only)
    if not units:
        raise CourseError(
            f"There are no units in {work}: run `secondcar learn` first, or name the folder with --folder."
        )
    print(as_text(units))


def _solutions(arguments: argparse.Namespace) -> None:
    from secondcar.checks.answers_file import FILE_NAME, set_solutions
    from secondcar.units import unit_names

    units = arguments.units or unit_names(Path("release"))
    if not units:
        raise CourseError(f"There is no release/ with units in {Path.cwd()}: run this in the course's folder.")
    for unit in units:
        for folder in ("source", "release"):  # the build keeps what source/ says, and nbgrader hands out release/
            set_solutions(Path(folder) / unit / FILE_NAME, arguments.when)
        print(f"{unit}: worked solutions are {arguments.when}. Hand the unit out (again) for this to reach a class.")


def _practice(arguments: argparse.Namespace) -> None:
    from secondcar.practice.sheet import write_sheet

    for file in write_sheet(arguments.folder, arguments.sheet, arguments.seed):
        print(f"{file} is written.")


def _workspace(arguments: argparse.Namespace) -> Path:
    from secondcar.workspace import find_workspace

    return arguments.folder.resolve() if arguments.folder else find_workspace(Path.cwd())


def _build(arguments: argparse.Namespace) -> None:
    from secondcar.building import build, store_of

    root = Path.cwd()
    if not (root / "course").is_dir():
        raise CourseError(f"There is no course/ in {root}: run this in the course's folder.")
    for unit in build(root, arguments.units, answers=arguments.answers, public=arguments.public_answers):
        store = store_of(root, unit)
        print(f"{unit} is built{f'; its answers are in {store} alone' if store else ''}.")


def _new_unit(arguments: argparse.Namespace) -> None:
    from secondcar.building.starting import new_unit

    for file in new_unit(Path.cwd(), arguments.name, arguments.claim):
        print(f"{file} is written.")
    print(f"It is a whole example: `secondcar build {arguments.name}` builds it as it is.")


def _new_course(arguments: argparse.Namespace) -> None:
    from secondcar.building import build
    from secondcar.building.starting import new_course

    new_course(arguments.folder)
    print(f"{arguments.folder} holds a course with one unit. It is being built.", flush=True)
    build(arguments.folder)
    print(f"{arguments.folder}/README.md says how to go on.")


def _register(arguments: argparse.Namespace) -> None:
    from secondcar.grading.gradebook import register

    register.main(only_new=arguments.new)


def _grade(arguments: argparse.Namespace) -> int:
    if not sys.platform.startswith("linux"):
        raise CourseError("`secondcar grade` needs Linux (on Windows: WSL): use `nbgrader autograde` here.")
    with _importing_much():
        from secondcar.grading.commands import GradeCommand, run

    return run(GradeCommand, arguments.others)


@contextlib.contextmanager
def _importing_much() -> Iterator[None]:
    """Look for no garbage in what is imported, since it never becomes any: that would take a seventh of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _examine(arguments: argparse.Namespace) -> int:
    if not sys.platform.startswith("linux"):
        raise CourseError("`secondcar examine` needs Linux (on Windows: WSL), as grading does.")
    from secondcar.counting import counted
    from secondcar.grading.examining import examine

    found = examine(Path.cwd(), arguments.assignments, strict=arguments.strict)
    for assignment, faults in found.items():
        print(f"{assignment}: {counted(len(faults), 'fault')}." if faults else f"{assignment} is sound.")
        for fault in faults:
            print(f"  {fault}")
    return int(any(found.values()))


def _feedback(arguments: argparse.Namespace) -> int:
    if not sys.platform.startswith("linux"):
        raise CourseError("`secondcar feedback` needs Linux (on Windows: WSL): use `nbgrader generate_feedback` here.")
    with _importing_much():
        from secondcar.grading.commands import FeedbackCommand, run

    return run(FeedbackCommand, arguments.others)


def _collect(arguments: argparse.Namespace) -> int:
    from secondcar.classroom.roster import read_people
    from secondcar.counting import counted
    from secondcar.grading.collecting import collect, learner_from, learners_of
    from secondcar.grading.course import load_course

    course = load_course()
    roster = arguments.roster
    learners = [learner_from(person) for _, person in read_people(roster)] if roster else learners_of(course)
    done = collect(course, arguments.downloads, learners, replace=arguments.replace)
    for sentence in done.placed:
        print(sentence)
    for sentence in done.left:
        print(f"Not placed: {sentence}")
    print(f"{counted(len(done.placed), 'notebook')} placed, {counted(len(done.left), 'file')} not.")
    return 1 if done.left else 0


def _class_demo(arguments: argparse.Namespace) -> None:
    from secondcar import demonstration

    demonstration.main(arguments.unit)


def _report(arguments: argparse.Namespace) -> None:
    from secondcar.grading.course import load_course
    from secondcar.grading.reporting import write_report
    from secondcar.misconceptions import misconceptions_of
    from secondcar.report_charts import draw_pictures

    known = misconceptions_of(Path.cwd(), arguments.assignment)
    pages = write_report(
        load_course(), arguments.assignment, names=arguments.names, misconceptions=known, draw=draw_pictures
    )
    for page in pages:
        print(f"{page} is written; its tables stand beside it as CSV files.")


def _export(arguments: argparse.Namespace) -> None:
    from secondcar.grading.course import load_course
    from secondcar.grading.export import export_marks
    from secondcar.grading.progress import printable

    file, remarks = export_marks(
        load_course(),
        arguments.to,
        arguments.assignments,
        arguments.file,
        replace=arguments.replace,
        like=arguments.like,
    )
    print(f"{file} is written.")
    for remark in remarks:
        print(printable(remark))


def _units(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.units import units_into

    for sentence in units_into(arguments.into.resolve(), Path.cwd()):
        print(sentence)


def _classroom(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.layout import Classroom

    if arguments.people and arguments.action not in ("password", "dismiss", "forget"):
        raise CourseError(f"`secondcar classroom {arguments.action}` takes no names: leave them out.")
    classroom = Classroom(_classroom_folder(arguments))
    if arguments.action != "start" and not classroom.hub.is_dir():
        raise CourseError(f"There is no classroom in {classroom.folder}: `make classroom` makes one.")
    for sentence in CLASSROOM_ACTIONS[arguments.action](classroom, arguments):
        print(sentence, flush=True)


def _classroom_folder(arguments: argparse.Namespace) -> Path:
    """Return the named folder, or the one whose env/ holds this program."""
    own = Path(sys.prefix).parent
    if arguments.folder is None and not (own / "proxy").is_dir():
        raise CourseError("Say which classroom, as in `--folder /srv/second-car`.")
    return Path(arguments.folder or own).resolve()


def _start_classroom(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.preparing import prepare
    from secondcar.classroom.running import run

    repository = Path.cwd()
    yield from prepare(classroom, repository, arguments.roster, arguments.teachers, arguments.port)
    if not arguments.no_start:
        run(classroom, repository)


def _update_classroom(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.preparing import update
    from secondcar.classroom.roster import student_ids, teacher_ids
    from secondcar.classroom.running import announce_codes

    yield from update(classroom, Path.cwd())
    students, teachers = student_ids(classroom), teacher_ids(classroom)
    yield f"Students: {len(students)}, teachers: {len(teachers)}. All of them may log in now."
    yield from announce_codes(classroom)


def _renew_passwords(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.passwords import renew

    for person in arguments.people or _no_names("password ada"):
        yield f"{person} chooses a new password at the next log-in, with this one-time code: {renew(classroom, person)}"


def _take_people_out(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.removing import demonstration_people, remove_people

    invented = demonstration_people(classroom, Path.cwd()) if arguments.demonstration else []
    people = arguments.people or invented or (None if arguments.demonstration else _no_names(f"{arguments.action} ada"))
    yield from remove_people(classroom, people or [], arguments.action == "dismiss", _agreed(arguments))


def _remove_classroom(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.removing import remove_classroom

    yield from remove_classroom(classroom, _agreed(arguments))


def _install_service(classroom: "Classroom", arguments: argparse.Namespace) -> Iterator[str]:
    from secondcar.classroom.service import write_unit

    yield from write_unit(classroom, Path.cwd())


CLASSROOM_ACTIONS = {
    "start": _start_classroom,
    "update": _update_classroom,
    "password": _renew_passwords,
    "dismiss": _take_people_out,
    "forget": _take_people_out,
    "service": _install_service,
    "remove": _remove_classroom,
}


def _no_names(example: str) -> NoReturn:
    raise CourseError(f"Say whom, as in `secondcar classroom {example}`.")


def _agreed(arguments: argparse.Namespace) -> Callable[[str], bool]:
    """Return a function that shows a list of things to be removed, and asks whether they may be."""

    def ask(listed: str) -> bool:
        print(listed, flush=True)
        if arguments.yes:
            return True
        try:
            return input("Type yes to go on: ").strip().lower() == "yes"
        except EOFError:
            print()
            return False

    return ask


def _backup(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.backup import back_up
    from secondcar.classroom.layout import Classroom

    back_up(Classroom(_classroom_folder(arguments)), arguments.file.resolve())


def _restore(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.backup import restore
    from secondcar.classroom.layout import Classroom

    restore(arguments.file.resolve(), Classroom(_classroom_folder(arguments)), arguments.port)


def _doctor(arguments: argparse.Namespace) -> int:
    from secondcar.classroom.doctor import examine
    from secondcar.classroom.layout import Classroom

    found = examine(Classroom(_classroom_folder(arguments)))
    for sentence in found:
        print(f"- {sentence}")
    print(f"Things to mend: {len(found)}." if found else "All is well.")
    return 1 if found else 0
