"""`secondcar grade` and `secondcar feedback`: nbgrader's own commands, with further options.

They are subclasses of nbgrader's applications, so that every option, alias, configuration file and exit code of
`nbgrader autograde` and `nbgrader generate_feedback` is theirs too. The further options may also stand in a course's
`nbgrader_config.py`, as in ``c.GradeCommand.workers = 4``.
"""

import argparse
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any, NoReturn

from jupyter_core.application import NoStart
from nbgrader.apps import AutogradeApp, GenerateFeedbackApp, NbGrader
from nbgrader.converters import Autograde
from traitlets import Bool, Enum, HasTraits, List, TraitError, TraitType, Unicode, default
from traitlets.config.loader import KVArgParseConfigLoader, _KVArgParser

from secondcar.arguments import MEGABYTE, Parser, positive_number, whole_number
from secondcar.errors import CourseError
from secondcar.grading import feedback
from secondcar.grading.assignment import converter_of
from secondcar.grading.feedback import give_feedback_with
from secondcar.grading.grade import grade_with
from secondcar.grading.isolation.sandbox import NONE, Sandbox
from secondcar.grading.limits import Limits
from secondcar.grading.progress import Progress, as_json, summary_of
from secondcar.grading.records import PERSON, TRUST, ZERO, GradingOptions


def run(command: type[NbGrader], arguments: Sequence[str]) -> int:
    """Run one of these commands and return its exit code, which is nbgrader's.

    0: done. 1: some submissions could not be dealt with, or nothing was done; a sentence on stderr says why.
    """
    app = command()
    try:
        app.initialize(list(arguments))
        return app.start()
    except NoStart:
        return 0
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1


class NumberTrait(TraitType):
    """A number that a function of `arguments` reads, on the command line and in a configuration file."""

    def __init__(self, read: Callable[[str], float], default_value: float | None, **kwargs: Any) -> None:
        super().__init__(default_value, allow_none=default_value is None, **kwargs)
        self._read = read

    def validate(self, obj: HasTraits, value: object) -> float:
        try:
            return self._read(str(value))
        except argparse.ArgumentTypeError as error:
            raise TraitError(f"{(self.name or '').replace('_', '-')}: {error}") from None

    def from_string(self, text: str) -> str:
        return text


class Choice(Enum):
    """One of several words."""

    def error(self, obj: HasTraits | None, value: object, *args: Any, **kwargs: Any) -> NoReturn:
        raise TraitError(f"{self.name}: {value!r} is not one of {', '.join(map(str, self.values or ()))}")


class _OneSentence(Parser, _KVArgParser):
    pass


class _Loader(KVArgParseConfigLoader):
    """What reads a command line for traitlets; what it cannot use, it refuses in one sentence."""

    parser_class = _OneSentence

    def _parse_args(self, args: Sequence[str]) -> None:
        typed = list(takewhile(lambda one: one != "--", args))
        # `nbgrader generate_feedback` takes --course, too, without effect.
        known = {*self.parser._option_string_actions, *(f"--{alias}" for alias in AutogradeApp.aliases)}
        takes_value = {f"--{alias}" for alias in self.aliases.keys() - self.flags.keys()}
        for option, following in pairwise([*typed, "--"]):
            name = option.partition("=")[0]
            # Traitlets would take any word for an option that has no effect, and call others by their inner names.
            if re.fullmatch(r"--?[A-Za-z]\w*", name) and name not in known:
                self.parser.error(f"unrecognized arguments: {name}")
            if option in takes_value and following.startswith("--"):
                self.parser.error(f"argument {option}: expected one argument")
        super()._parse_args(args)


def _with_options(command: type[NbGrader]) -> type[NbGrader]:
    """Give a command a short option for each trait of its own: a switch for a Bool, else one that takes a value."""
    own = {name.replace("_", "-"): trait for name, trait in command.class_own_traits(config=True).items()}
    switches = {name: trait for name, trait in own.items() if isinstance(trait, Bool)}
    section = command.__name__
    command.flags = command.flags | {
        name: ({section: {trait.name: True}}, trait.help) for name, trait in switches.items()
    }
    command.aliases = command.aliases | {
        name: f"{section}.{trait.name}" for name, trait in own.items() if name not in switches
    }
    return command


def _logfile_of(app: NbGrader) -> Callable[[str], None]:
    """Return what writes a text into the command's logfile, if it was given one: the terminal has it anyway."""
    log = logging.Logger(app.log.name, app.log_level)
    for handler in app.log.handlers:
        if isinstance(handler, logging.FileHandler):
            log.addHandler(handler)
    return lambda text: log.log(app.log_level, text) if log.handlers else None


def _bytes(megabytes: float) -> int:
    return max(1, int(megabytes * MEGABYTE))


class _Quiet(HasTraits):
    """An application that logs only what went wrong, unless it is told otherwise, and refuses what is misspelt."""

    def _create_loader(self: Any, argv: Any, aliases: Any, flags: Any, classes: Any) -> KVArgParseConfigLoader:
        typed = self.name.replace("-", " ")
        return _Loader(argv, aliases, flags, classes=classes, log=self.log, subcommands=self.subcommands, prog=typed)

    @default("log_level")
    def _log_level_default(self) -> int:
        return logging.WARNING


@_with_options
class GradeCommand(_Quiet, AutogradeApp):
    name = "secondcar-grade"
    description = """Grade an assignment of any nbgrader course, in place of `nbgrader autograde`.

    It reads the same configuration, takes the same options, and leaves the same gradebook and files. It differs from
    nbgrader in these points:

    - Submissions are graded side by side, each in a sandbox without network, where no other submission, gradebook or
      hidden test can be seen, and within limits (the options below). A submission that is too large, or in which a
      notebook is a link, is not read.
    - A notebook's kernel is the one that its source names. It gets only those environment variables that say how to
      run, and those that --env names. Files that its cells make are kept up to --disk-mb, except links, a
      timestamp.txt, and what a hidden test has its functions write.
    - The teacher's own solution is graded first. Tests that it does not pass are named in the last lines, and the exit
      code is 1 (--accept-failing-solution: 0).
    - Each test is judged twice: by a process that runs nothing of the learner's, and in the notebook, where all of it
      runs once nothing more is shown. Where the two disagree, its marks wait for a person, like those of an answer
      that is marked by hand (--disputes=zero: it gets no marks; --disputes=trust: the notebook is right). The run
      lists these tests as DISPUTED, with what became of the mark, and Formgrader shows why above what the cell put out.
      Each run ends with the marks that wait, whose they are, and where to decide them. A hidden test that fails shows
      one sentence, and nothing of itself. Tests that can be judged only in the notebook are named, and run there and in
      a copy of it; their hidden parts in the copy alone, if no cell below needs what they do (--tests-in-reach: all
      tests run as nbgrader runs them).
    - What a check could not judge costs no marks: it is listed at the end, and shown above the note of its answer.
    - Points that a test works out wait for a person if they are negative, more than its marks or not a number:
      nbgrader gives full marks for them, or fails the submission. Those of a test that runs in a copy of the notebook
      count in hundredths.
    - Cells that were deleted, copied, moved, merged, split or retyped are mended, and a cell at the top says what was
      mended; roles, points and tags of cells are the source's (--no-repair: cells are taken as handed in).
    - What a graded cell writes to stderr costs nothing (--warnings-cost-marks: it costs the cell its marks); a notebook
      whose process ends keeps the marks of all cells that ran (--ended-notebooks-fail: the submission fails).
    - What the gradebook does not know is graded, whatever lies in the folder of graded submissions. A mark that a
      person gave waits for one again only where the learner's text changed. Late penalties of what was graded before
      are recalculated from the current marks, extensions and dates.
    - Notebooks under another name or in a folder are found by their cells (--no-repair: they fail the submission);
      their bytes are mended where there is only one way to do so. A timestamp that cannot be read does not fail a
      submission. A sentence reports each of these.
    - Only what went wrong is logged, one line each, and a summary; --log-level=INFO brings back what nbgrader
      logs of the course, not of each submission. Results are written when a submission is done, all or nothing.
    """

    workers = NumberTrait(whole_number, None, help="How many to grade at a time; one per core by default.").tag(
        config=True
    )
    scheduler = Unicode("", help="Grade on the Dask cluster with this scheduler.").tag(config=True)
    json = Bool(False, help="Print the results as JSON.").tag(config=True)
    preload = Unicode(
        "",
        help="Modules to import once for all notebooks, separated by commas. By default numpy, pandas, matplotlib "
        "and seaborn, if the teacher's files name them.",
    ).tag(config=True)
    answers = Unicode("", help="The private answer store: FOLDER/ASSIGNMENT/...").tag(config=True)
    changed = Bool(False, help="Also grade again what was graded with outdated answers or tests, or by nbgrader.").tag(
        config=True
    )

    disputes = Choice(
        (PERSON, ZERO, TRUST),
        PERSON,
        help="What a test earns if the notebook and the judge disagree: person (a teacher decides), zero, or trust "
        "(what the notebook says).",
    ).tag(config=True)
    accept_failing_solution = Bool(
        False, help="Exit with 0 even if the teacher's own solution does not pass all tests."
    ).tag(config=True)

    like_nbgrader = Bool(
        False,
        help="As strict as nbgrader with marks: --no-repair, --warnings-cost-marks, --ended-notebooks-fail and "
        "--tests-in-reach. Bytes and timestamps that nbgrader cannot read are mended all the same.",
    ).tag(config=True)
    no_repair = Bool(
        False, help="Take cells and names of notebooks as they were handed in: a copied cell fails the submission."
    ).tag(config=True)
    warnings_cost_marks = Bool(False, help="A graded cell that writes to stderr has no marks.").tag(config=True)
    ended_notebooks_fail = Bool(False, help="A notebook whose process ends loses all its marks.").tag(config=True)
    tests_in_reach = Bool(False, help="Tests run in the learner's process.").tag(config=True)

    notebook_seconds = NumberTrait(positive_number, 600, help="Time for all of one notebook.").tag(config=True)
    output_mb = NumberTrait(positive_number, 50, help="The output of all its cells.").tag(config=True)
    memory_mb = NumberTrait(positive_number, 4294.967296, help="Memory of all its processes together.").tag(config=True)
    processes = NumberTrait(whole_number, 200, help="How many processes and threads it may have.").tag(config=True)
    disk_mb = NumberTrait(positive_number, 200, help="All files that it makes.").tag(config=True)

    require_sandbox = Bool(False, help="Grade nothing where there is no sandbox.").tag(config=True)
    no_sandbox = Bool(False, help="Use no sandbox: learners' code has all your rights.").tag(config=True)
    readable = List(Unicode(), help="Further files and folders that notebooks may read.").tag(config=True)
    env = List(Unicode(), help="Environment variables that notebooks get; no others of yours.").tag(config=True)
    writable_home = Bool(False, help="Give notebooks a home folder that they can write to.").tag(config=True)

    def start(self) -> int:
        super(AutogradeApp, self).start()
        if not self.scheduler and "scheduler" in self.config[type(self).__name__]:
            raise CourseError("No scheduler is named: give its address, such as tcp://10.0.0.5:8786, or leave it out.")
        note = _logfile_of(self)
        progress = Progress(note=note)
        summary = grade_with(
            converter_of(self, Autograde),
            workers=self.workers,
            options=self._kindness(),
            limits=self._limits(),
            modules=tuple(self.preload.split(",")) if self.preload else None,
            sandbox=Sandbox(NONE, "It was switched off.") if self.no_sandbox else None,
            require_sandbox=self.require_sandbox,
            answers=Path(self.answers) if self.answers else None,
            changed=self.changed,
            scheduler=self.scheduler or None,
            on_sandbox=progress.show_sandbox,
            on_outcome=progress.show,
        )
        print(as_json(summary) if self.json else summary_of(summary))
        note(summary_of(summary))
        return int(bool(summary.failed or (summary.solution_fails and not self.accept_failing_solution)))

    def _kindness(self) -> GradingOptions:
        strict = self.like_nbgrader
        return GradingOptions(
            repair=not (strict or self.no_repair),
            warnings_cost_nothing=not (strict or self.warnings_cost_marks),
            keep_cells_before_the_end=not (strict or self.ended_notebooks_fail),
            tests_out_of_reach=not (strict or self.tests_in_reach),
            disputes=self.disputes,
        )

    def _limits(self) -> Limits:
        return Limits(
            notebook_seconds=self.notebook_seconds,
            output_bytes=_bytes(self.output_mb),
            memory_bytes=_bytes(self.memory_mb),
            processes=self.processes,
            disk_bytes=_bytes(self.disk_mb),
            readable=tuple(str(Path(path).resolve()) for path in self.readable),
            variables=tuple((name, os.environ[name]) for name in self.env if name in os.environ),
            writable_home=self.writable_home,
        )


@_with_options
class FeedbackCommand(_Quiet, GenerateFeedbackApp):
    name = "secondcar-feedback"
    description = """Make the feedback pages of any nbgrader course, in place of `nbgrader generate_feedback`.

    It reads the same configuration, takes the same options, and makes the same pages. It differs from nbgrader in this:

    - No page shows a line of a hidden test, nor does a traceback in it (--show-hidden-tests: as nbgrader).
    - No script of a notebook runs in a page, and a page asks no other server for anything: HTML is cleaned, formulas
      are MathML, and a policy in each page has the browser enforce that (--active-pages: as nbgrader).
    - A page says which marks a person has yet to decide (--scores-alone: as nbgrader, which shows them as 0).
    - Pages are made side by side, and a learner gets all new ones at once or keeps none.
    - Pages are made again where marks, comments or what was graded changed since, without --force.
    - Only what went wrong is logged, one line each, and a summary.
    """

    workers = NumberTrait(whole_number, None, help="How many to work on at a time; at most one per core.").tag(
        config=True
    )
    json = Bool(False, help="Print the results as JSON.").tag(config=True)
    active_pages = Bool(False, help="Let scripts in notebooks run in the pages, as nbgrader does.").tag(config=True)
    show_hidden_tests = Bool(False, help="Show hidden tests, as nbgrader would.").tag(config=True)
    scores_alone = Bool(False, help="Say nothing of marks that wait for a person, as nbgrader does.").tag(config=True)

    def start(self) -> int:
        super(GenerateFeedbackApp, self).start()
        note = _logfile_of(self)
        summary = give_feedback_with(
            converter_of(self, feedback.PageMaker),
            workers=self.workers,
            options=feedback.FeedbackOptions(
                hide_tests=not self.show_hidden_tests,
                no_scripts=not self.active_pages,
                say_what_waits=not self.scores_alone,
            ),
            on_outcome=Progress(note=note).show,
        )
        print(as_json(summary) if self.json else summary)
        note(str(summary))
        return int(bool(summary.failed))
