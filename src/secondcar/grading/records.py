"""The records that pass between a run, its workers and its gradebook: plain data, so that any process can hold them."""

from dataclasses import dataclass, field
from typing import Any, Literal

from traitlets.config import Config

from secondcar.grading.limits import Limits

Files = dict[str, bytes]
# table of nbgrader's gradebook -> its rows, each column name -> value
Rows = dict[str, list[dict[str, Any]]]

# What becomes of a test on which the notebook and the judge disagree.
PERSON, ZERO, TRUST = "person", "zero", "trust"
# What became of its mark, if it was not given by the last two: a person has yet to decide, or did so before.
WAITS, BY_HAND = "waits", "by hand"


@dataclass(frozen=True)
class Amount:
    """How much an answer, or a part of it, holds.

    Attributes:
        count: how many items or rows; of a text, characters.
        kind: of "items" and "text", a test may look for what is in them, of a "table" for what is called so; an
            "object" cannot be counted, and a "number" is one. "some" is any of these that is not empty.
        different: how many of the items are different; 0 if that is not known.
        labels: what keys or rows are called, if that is known; of texts and numbers, the numbers in them.
    """

    count: int
    kind: Literal["items", "text", "table", "number", "object", "some"]
    different: int = 0
    labels: tuple[str, ...] = ()


AFTERWARDS, IN_COPY = "afterwards", "in a copy"

HeldBySolution = tuple[tuple[str, str], Amount]


# Not beside the judge, whose module has another name where bubblewrap starts it: msgspec could not read the types.
@dataclass(frozen=True)
class Blindness:
    """What a test does not look at in the solution's answers: as in `Needs`."""

    deaf: bool
    apart: tuple[str, ...]
    unseen: tuple[str, ...]
    least: tuple[HeldBySolution, ...]
    most: tuple[HeldBySolution, ...]


@dataclass(frozen=True)
class Needs:
    """What the teacher's own answers need of a test. No learner's answers may need more.

    Attributes:
        changed: names of the teacher's whose values the answers change.
        drawn: of these, the ones to which locked cells give something else each time.
        worked: what is done with their objects, as `abilities.family` calls it.
        deaf: whether the test passes with any other values in place of the answers'.
        apart: if it is deaf, questions of whose answers one column or field alone may not have other values.
        unseen: the names whose values alone may be any others, while those of other names may not.
        spots: what they hold because of which a test may compare nothing with it, as `unpacking.blind_spots` says.
        points: whether the test ends with a number, a part of the marks.
        varies: what it needs other answers to when it asks the same again, as `Asking.deed_of` calls it.
        by_place: whether the items of objects may be those at their places, however they are asked for.
        arguments: places or names of the arguments that their functions change.
        alike: whether their objects that say that they are equal hold the same.
        modules: names of the modules that have to be the notebook's own.
        given: what they leave of the teacher's data, as (name, part, digest); the part is "" for all of it.
        earlier: names of earlier exercises' answers that it may take from the solution, each with its value's digest,
            which is "" if it has none.
        transcript: what stands for all that the test asked for, and for what it was told.
        shares: whether what is one object in the notebook may be one in the judge.
        not_taken: names of others that it asks for, and that it cannot have from the solution.
        still_right: those of them that pass their own test when it is run here, as they have to.
        least, most: what answers hold of which a test does not see whether they hold less, or more; as ((question
            as `Asking` calls it, place of a part in the answer), amount).
        set_by_calls: names that their functions set when the test calls them.
        self_contained: whether their functions depend on nothing that calls could change.
        methods: the questions for methods of an installed library's that the test calls and hands nothing.
        there: where all of the test passes in the notebook itself: `AFTERWARDS`, once nothing more is shown, or only
            `IN_COPY` of it that is made at the test; "": nowhere, or that is not known.
        compared: whether a test in a fork fails with other numbers in its last comparison, as its control has to.
        seed: where the random numbers begin that the test itself draws out of the notebook's reach.
    """

    changed: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    deaf: bool = False
    apart: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()
    points: bool = False
    varies: tuple[str, ...] = ()
    by_place: bool = True
    arguments: tuple[int | str, ...] = ()
    alike: bool = True
    modules: tuple[str, ...] = ()
    given: tuple[tuple[str, str, str], ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    transcript: str = ""
    shares: bool = True
    not_taken: tuple[str, ...] = ()
    still_right: tuple[str, ...] = ()
    least: tuple[HeldBySolution, ...] = ()
    most: tuple[HeldBySolution, ...] = ()
    set_by_calls: tuple[str, ...] = ()
    self_contained: bool = False
    methods: tuple[str, ...] = ()
    there: str = ""
    compared: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Way:
    """How a test is judged. needs: None while they are being found out, and all may be needed."""

    kind: str
    needs: Needs | None = None


@dataclass(frozen=True)
class GradingOptions:
    """Where grading is kinder than nbgrader; each False does as nbgrader does.

    ==============================  =========================================  ===============================
    option                          True                                       False, as nbgrader
    ==============================  =========================================  ===============================
    repair                          cells that were deleted, copied, moved,    they lose marks; a copied one fails
                                    merged, split or retyped are mended;       the grading of the class; roles and
                                    notebooks are found by their cells         tags are the submission's; another
                                                                               name fails the submission
    warnings_cost_nothing           what a graded cell writes to stderr is     it gets no marks
                                    ordinary output
    keep_cells_before_the_end       a notebook whose process ends keeps the    the submission fails; every
                                    marks of all cells that did run            cell needs manual marking
    tests_out_of_reach              another process, which runs nothing of     tests run in the learner's
                                    the learner's, has the last word on each   process, and its outputs say
                                    test; a hidden test that fails shows one   what they earn
                                    sentence, and nothing of itself
    ==============================  =========================================  ===============================

    Attributes:
        disputes: what a test earns if the notebook and that other process disagree: "person", a teacher decides;
            "zero", nothing; "trust", what the notebook says.
    """

    repair: bool = True
    warnings_cost_nothing: bool = True
    keep_cells_before_the_end: bool = True
    tests_out_of_reach: bool = True
    disputes: str = PERSON


@dataclass(frozen=True)
class Bundle:
    """What an assignment is.

    Attributes:
        key: stands for the content.
        config: nbgrader's configuration, as its commands load it.
        rows: the gradebook's rows of the assignment.
        source: the files of source/<assignment>/, by their path in it.
        answers: likewise those of the private answer store.
        ways: notebook -> test -> how it is judged, once a dry run has found it out.
    """

    key: str
    assignment: str
    config: Config
    rows: Rows
    source: Files
    options: GradingOptions
    limits: Limits
    answers: Files = field(default_factory=dict)
    ways: dict[str, dict[str, tuple[Way, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """What a student handed in.

    Attributes:
        files: by their path in the folder, timestamp.txt included.
        refused: why it cannot be graded, if it cannot.
        notes: file -> how it was found or read, as a sentence, where that is not as usual.
    """

    student: str
    files: Files
    refused: str | None = None
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """Something that a teacher must know about a test. test: None for the whole notebook. why: half a sentence."""

    notebook: str
    test: str | None
    why: str


@dataclass(frozen=True)
class Dispute:
    """A test on which a learner's notebook and the judge disagree.

    Attributes:
        sentence: what each said, with nothing of a learner's in it.
        fault: more about it, which may quote a learner's code.
        became: what became of the mark: `WAITS`, `BY_HAND`, `ZERO` or `TRUST`; "" until it is in the gradebook.
        points: the mark; None while it waits.
    """

    notebook: str
    test: str
    sentence: str
    fault: str = ""
    became: str = ""
    points: float | None = None


@dataclass(frozen=True)
class WaitingMark:
    """A mark that a person has yet to decide."""

    student: str
    notebook: str
    test: str


@dataclass(frozen=True)
class OpenQuestion:
    """Something in an answer that no machine could judge: it cost no marks, and a person reads it.

    Attributes:
        sentence: what the check asks, which may quote a learner.
    """

    notebook: str
    test: str
    exercise: str
    sentence: str


@dataclass(frozen=True)
class GradingResult:
    """The result of grading a submission.

    Attributes:
        rows: the student's rows, as nbgrader leaves them; of `grade` and `comment` those that grading touched, and all
            of them if this is the student's first submission.
        missing: notebooks that were not handed in.
        penalised: those that came as far as the late penalty.
        files: those of autograded/<student>/<assignment>/, or None if the submission could not be graded.
        notes: sentences on what went wrong.
        disputes: tests that wait for a person, or would.
        questions: what its checks left to a person; nothing waits for them.
        seconds: wall time.
        cells: the name and wall time of each graded cell that ran.
        processor: processor seconds of the "notebook", the "judge" and the "grader".
    """

    student: str
    rows: Rows
    files: Files | None
    missing: tuple[str, ...] = ()
    penalised: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    seconds: float = 0.0
    cells: tuple[tuple[str, float], ...] = field(default=(), repr=False)
    processor: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def graded(self) -> bool:
        return self.files is not None
