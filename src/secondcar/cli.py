"""The ``secondcar`` command. Each subcommand imports what it needs when it runs, so that ``--help`` is quick."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from secondcar.arguments import Parser, Version, megabytes, port, positive_number, whole_number
from secondcar.errors import CourseError

LEARNER_CONFIG = Path(__file__).resolve().parent / "learner_config"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: done. 1: some submissions could not be graded. 2: a sentence on stderr says why nothing was done.
    """
    parser = command_parser()
    arguments, others = parser.parse_known_args(argv)
    if others and arguments.run not in (_grade, _feedback):
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    arguments.others = others
    try:
        return _run(arguments)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2


def _run(arguments: argparse.Namespace) -> int:
    from secondcar.extras import advice_on, require_extra

    if arguments.extra:
        require_extra(arguments.extra, arguments.command)
    try:
        return arguments.run(arguments) or 0
    except ModuleNotFoundError as missing:
        if advice := advice_on(missing, arguments.command):
            raise CourseError(advice) from missing
        raise


def command_parser() -> Parser:
    """Return the parser of all commands."""
    parser = Parser(prog="secondcar", description="Every Second Car: check the numbers in the news.")
    parser.add_argument("--version", action=Version, nargs=0, help="print the version, and do nothing else")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    learn = commands.add_parser("learn", help="bring the units into my-work and open JupyterLab")
    learn.add_argument("--no-browser", action="store_true", help="print the address, open no browser")
    learn.add_argument("--no-start", action="store_true", help="only bring the units into the folder")
    learn.set_defaults(run=_learn, extra=None)  # --no-start is for whoever has another Jupyter

    fresh = commands.add_parser("fresh", help="start a unit or one exercise afresh; the old one is kept")
    fresh.add_argument("unit", metavar="UNIT", help="for example 02-by-and-to")
    fresh.add_argument("exercise", metavar="EXERCISE", nargs="?", help="for example units-2017-by")
    fresh.set_defaults(run=_fresh, extra=None)

    for command in (learn, fresh):
        command.add_argument("--folder", metavar="FOLDER", type=Path, help="the learner's folder (my-work)")

    build = commands.add_parser("build", help="make source/ and release/ from course/")
    build.add_argument("units", metavar="UNIT", nargs="*", help="only these units")
    build.add_argument("--answers", metavar="FOLDER", type=Path, help="keep all answers there, and out of release/")
    build.set_defaults(run=_build, extra="build")

    register = commands.add_parser("register", help="register the committed units in nbgrader's gradebook")
    register.add_argument("--new", action="store_true", help="only those that it does not know yet")
    register.set_defaults(run=_register, extra="teach")

    _add_grade(commands)
    _add_feedback(commands)

    class_demo = commands.add_parser("class-demo", help="grade a small invented class and print its marks")
    class_demo.add_argument("unit", metavar="UNIT", nargs="?", default="02-by-and-to", help="02-by-and-to by default")
    class_demo.set_defaults(run=_class_demo, extra="build")

    report = commands.add_parser("report", help="write a page and CSV files on how the class did; run it after grading")
    report.add_argument("assignment", metavar="ASSIGNMENT", help="for example 02-by-and-to")
    report.add_argument("--names", action="store_true", help="also a page and a CSV file with a table by learner")
    report.set_defaults(run=_report, extra="teach")

    export = commands.add_parser("export", help="write marks into a file that another system imports")
    export.add_argument("assignments", metavar="ASSIGNMENT", nargs="*", help="only these assignments")
    export.add_argument("--to", required=True, choices=("canvas", "moodle", "csv"), help="the system")
    export.add_argument("--file", metavar="FILE", type=Path, help="where to write (exports/ beside autograded/)")
    export.add_argument("--replace", action="store_true", help="write over a file that is there")
    export.set_defaults(run=_export, extra="teach")

    units = commands.add_parser("units", help="bring the units into another nbgrader course; never over what it has")
    units.add_argument("--into", metavar="FOLDER", type=Path, required=True, help="the folder of that course")
    units.set_defaults(run=_units, extra="teach")

    classroom = commands.add_parser("classroom", help="start JupyterHub with this course on this machine")
    classroom.add_argument("--port", metavar="PORT", type=port, default=8000, help="the first of four ports (8000)")
    classroom.add_argument("--no-start", action="store_true", help="only bring the folder up to date")
    classroom.set_defaults(run=_classroom, extra="classroom")

    doctor = commands.add_parser("doctor", help="find what keeps a classroom from working, and say what to do")
    doctor.add_argument("--port", metavar="PORT", type=port, default=8000, help="the first of its four ports (8000)")
    doctor.set_defaults(run=_doctor, extra="classroom")

    backup = commands.add_parser("backup", help="write all that a class has made into one file; it may run meanwhile")
    backup.add_argument("file", metavar="FILE", type=Path, help="a new file, such as monday.tar.gz")
    backup.set_defaults(run=_backup, extra="classroom")

    restore = commands.add_parser("restore", help="unpack a backup into a classroom's empty folder")
    restore.add_argument("file", metavar="FILE", type=Path, help="what `secondcar backup` wrote")
    restore.set_defaults(run=_restore, extra="classroom")

    for command in (classroom, doctor, backup, restore):
        command.add_argument("--folder", metavar="FOLDER", type=Path, required=True, help="where the classroom lies")
    return parser


def _add_grade(commands: argparse._SubParsersAction) -> None:
    grade = commands.add_parser(
        "grade",
        help="grade an assignment of any nbgrader course, in place of `nbgrader autograde`",
        allow_abbrev=False,  # nbgrader's --notebook is not short for --notebook-seconds
        epilog="Any other option is passed on to nbgrader: --student=ada, --force, --db=URL, --Execute.timeout=60 ...",
    )
    grade.add_argument("assignment", metavar="ASSIGNMENT", help="for example 02-by-and-to")
    grade.add_argument("--workers", type=whole_number, metavar="N", help="how many to grade at a time (one a core)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")
    grade.add_argument("--json", action="store_true", help="print what came of it as JSON")
    grade.add_argument("--preload", metavar="MODULES", help="modules to import once, comma between (pandas, seaborn)")
    grade.add_argument("--answers", metavar="FOLDER", type=Path, help="private answer store: FOLDER/ASSIGNMENT/...")
    like = grade.add_argument_group("to be as strict as nbgrader")
    like.add_argument("--like-nbgrader", action="store_true", help="all four of these")
    like.add_argument("--copied-cells-fail", action="store_true", help="a copied cell fails the submission")
    like.add_argument("--warnings-cost-marks", action="store_true", help="so does anything a graded cell warns of")
    like.add_argument("--ended-notebooks-fail", action="store_true", help="a notebook that ends loses all its marks")
    like.add_argument("--tests-in-reach", action="store_true", help="tests run in the learner's process")
    limits = grade.add_argument_group("limits for one notebook")
    size = {"type": megabytes, "metavar": "MB"}
    limits.add_argument("--notebook-seconds", type=positive_number, metavar="S", help="time for all of it (600)")
    limits.add_argument("--output-mb", dest="output_bytes", **size, help="all that its cells put out (50)")
    limits.add_argument("--memory-mb", dest="memory_bytes", **size, help="of all its processes together (4295)")
    limits.add_argument("--processes", type=whole_number, metavar="N", help="how many, threads counted (200)")
    limits.add_argument("--disk-mb", dest="disk_bytes", **size, help="all files that it makes (200)")
    sandbox = grade.add_argument_group("the sandbox that notebooks run in")
    sandbox.add_argument("--require-sandbox", action="store_true", help="grade nothing where none can be had")
    sandbox.add_argument("--no-sandbox", action="store_true", help="use none: learners' code has all your rights")
    sandbox.add_argument("--readable", action="append", default=[], metavar="PATH", help="let notebooks read this too")
    grade.set_defaults(run=_grade, extra="teach")


def _add_feedback(commands: argparse._SubParsersAction) -> None:
    feedback = commands.add_parser(
        "feedback",
        help="make the feedback pages of any nbgrader course, in place of `nbgrader generate_feedback`",
        allow_abbrev=False,
        epilog="Any other option is passed on to nbgrader: --student=ada, --force, --notebook=problem1, --db=URL ...",
    )
    feedback.add_argument("assignment", metavar="ASSIGNMENT", help="for example 02-by-and-to")
    feedback.add_argument("--workers", type=whole_number, metavar="N", help="how many at a time (at most one a core)")
    feedback.add_argument("--json", action="store_true", help="print what came of it as JSON")
    feedback.add_argument("--show-hidden-tests", action="store_true", help="show what nbgrader would show")
    feedback.set_defaults(run=_feedback, extra="teach")


def _learn(arguments: argparse.Namespace) -> None:
    from secondcar.workspace import unit_names, units_folder, update_workspace

    units, work = units_folder(), _workspace(arguments)
    for sentence in update_workspace(units, work):
        print(sentence)
    print(f"Your work is in {work}.", flush=True)
    if not arguments.no_start:
        _start_jupyterlab(work, first_unit=unit_names(units)[0], browser=not arguments.no_browser)


def _start_jupyterlab(work: Path, first_unit: str, browser: bool) -> None:
    """Run JupyterLab in this process, with the learner's configuration, until it is stopped."""
    from jupyterlab.labapp import LabApp

    print("JupyterLab is starting. Stop it with Ctrl-C.", flush=True)
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(LEARNER_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    # JupyterLab's terminal then knows the `secondcar` command.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    options = [
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{first_unit}/{first_unit}.ipynb",
        "--log-level=WARN",
    ]
    if not browser:
        options.append("--no-browser")
    # Containers run as root, where Jupyter refuses to start without this.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    LabApp.launch_instance(options)


def _fresh(arguments: argparse.Namespace) -> None:
    from secondcar.workspace import start_exercise_afresh, start_unit_afresh, units_folder

    units, work = units_folder(), _workspace(arguments)
    if arguments.exercise is None:
        print(start_unit_afresh(units, work, arguments.unit))
    else:
        print(start_exercise_afresh(units, work, arguments.unit, arguments.exercise))


def _workspace(arguments: argparse.Namespace) -> Path:
    from secondcar.workspace import find_workspace

    return arguments.folder.resolve() if arguments.folder else find_workspace(Path.cwd())


def _build(arguments: argparse.Namespace) -> None:
    from secondcar.building import build

    root = Path.cwd()
    if not (root / "course").is_dir():
        raise CourseError(f"There is no course/ in {root}: run this in the course's folder.")
    for unit in build(root, arguments.units or None, answers=arguments.answers):
        print(f"{unit} is built.")


def _register(arguments: argparse.Namespace) -> None:
    from secondcar.grading.gradebook import register

    register.main(only_new=arguments.new)


def _grade(arguments: argparse.Namespace) -> int:
    if not sys.platform.startswith("linux"):
        raise CourseError("`secondcar grade` needs Linux (on Windows: WSL): use `nbgrader autograde` here.")
    from secondcar.grading.grade import grade
    from secondcar.grading.isolation.sandbox import NONE, Sandbox
    from secondcar.grading.kernel.fork_server import USUAL_MODULES
    from secondcar.grading.limits import Limits
    from secondcar.grading.progress import Progress, as_json, summary_of
    from secondcar.grading.records import Options

    strict = arguments.like_nbgrader
    options = Options(
        copied_cells_count_once=not (strict or arguments.copied_cells_fail),
        warnings_cost_nothing=not (strict or arguments.warnings_cost_marks),
        keep_cells_before_the_end=not (strict or arguments.ended_notebooks_fail),
        tests_out_of_reach=not (strict or arguments.tests_in_reach),
    )
    bounds = ("notebook_seconds", "output_bytes", "memory_bytes", "processes", "disk_bytes")
    given = {name: bound for name in bounds if (bound := getattr(arguments, name)) is not None}
    readable = tuple(str(Path(path).resolve()) for path in arguments.readable)
    progress = Progress()
    summary = grade(
        [arguments.assignment, *arguments.others],
        workers=arguments.workers,
        options=options,
        limits=Limits(**given, readable=readable),
        modules=tuple(arguments.preload.split(",")) if arguments.preload else USUAL_MODULES,
        sandbox=Sandbox(NONE, "It was switched off.") if arguments.no_sandbox else None,
        require_sandbox=arguments.require_sandbox,
        answers=arguments.answers,
        scheduler=arguments.scheduler,
        on_sandbox=progress.show_sandbox,
        on_outcome=progress.show,
    )
    print(as_json(summary) if arguments.json else summary_of(summary))
    return 1 if summary.failed else 0


def _feedback(arguments: argparse.Namespace) -> int:
    if not sys.platform.startswith("linux"):
        raise CourseError("`secondcar feedback` needs Linux (on Windows: WSL): use `nbgrader generate_feedback` here.")
    from secondcar.grading.feedback import Options, give_feedback
    from secondcar.grading.progress import Progress, as_json

    summary = give_feedback(
        [arguments.assignment, *arguments.others],
        workers=arguments.workers,
        options=Options(hide_tests=not arguments.show_hidden_tests),
        on_outcome=Progress().show,
    )
    print(as_json(summary) if arguments.json else summary)
    return 1 if summary.failed else 0


def _class_demo(arguments: argparse.Namespace) -> None:
    from secondcar import demonstration

    demonstration.main(arguments.unit)


def _report(arguments: argparse.Namespace) -> None:
    from secondcar.grading.course import load_course
    from secondcar.grading.reporting import write_report
    from secondcar.misconceptions import misconceptions_of

    known = misconceptions_of(Path.cwd(), arguments.assignment)
    for page in write_report(load_course(), arguments.assignment, names=arguments.names, misconceptions=known):
        print(f"{page} is written; its tables stand beside it as CSV files.")


def _export(arguments: argparse.Namespace) -> None:
    from secondcar.grading.course import load_course
    from secondcar.grading.export import export_marks

    file, remarks = export_marks(
        load_course(), arguments.to, arguments.assignments, arguments.file, replace=arguments.replace
    )
    print(f"{file} is written.")
    for remark in remarks:
        print(remark)


def _units(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.units import units_into

    for sentence in units_into(arguments.into.resolve(), Path.cwd()):
        print(sentence)


def _classroom(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.layout import Classroom
    from secondcar.classroom.preparing import prepare
    from secondcar.classroom.running import run

    classroom, repository = Classroom(arguments.folder.resolve(), arguments.port), Path.cwd()
    for sentence in prepare(classroom, repository):
        print(sentence)
    if not arguments.no_start:
        run(classroom, repository)


def _backup(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.backup import back_up
    from secondcar.classroom.layout import Classroom

    back_up(Classroom(arguments.folder.resolve()), arguments.file.resolve())


def _restore(arguments: argparse.Namespace) -> None:
    from secondcar.classroom.backup import restore
    from secondcar.classroom.layout import Classroom

    restore(arguments.file.resolve(), Classroom(arguments.folder.resolve()), Path.cwd())


def _doctor(arguments: argparse.Namespace) -> int:
    from secondcar.classroom.doctor import examine
    from secondcar.classroom.layout import Classroom

    found = examine(Classroom(arguments.folder.resolve(), arguments.port))
    for sentence in found:
        print(f"- {sentence}")
    print(f"Things to mend: {len(found)}." if found else "All is well.")
    return 1 if found else 0
