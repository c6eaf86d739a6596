"""What a learner and nbgrader see of `check`, `hint` and `require`."""

import itertools
import os
import re
from collections import Counter
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from secondcar import check, hint
from secondcar.checks import NotRightYet, Verdict, require, session
from secondcar.checks.answers_file import FILE_NAME, encode
from secondcar.checks.kinds import from_json
from secondcar.checks.note import LOOKS, as_html, as_text
from secondcar.checks.verdict import NOTHING_YET
from tests.support.some import some

EXERCISES = {
    "private": {"kind": "elsewhere", "hints": [], "mistakes": [], "points": 1},
    "vehicles": {
        "kind": "number",
        "accept": [7550, 7650],
        "unit": "vehicles",
        "right": "Go forward once more to be sure.",
        "hints": ["What is 100 % here?", "Undo the *rise*."],
        "mistakes": [{"id": "by-read-as-to", "value": 12666.67, "means": "One common way is *to*. Which word is it?"}],
        "points": 2,
    },
    "words": {
        "kind": "choice",
        "options": ["2.5", "1.5"],
        "answer": {"by 150 %": "2.5", "to 150 %": "1.5", "of 150 %": "1.5"},
        "hints": ["Begin with one hundred."],
        "mistakes": [],
        "points": 3,
    },
    "double": {
        "kind": "function",
        "cases": [{"args": [3], "answer": 6}, {"args": [5], "answer": 10}],
        "within": 0.001,
        "unit": "",
        "hints": ["Add it to itself."],
        "mistakes": [],
        "points": 1,
    },
    "ratios": {
        "kind": "table",
        "key": "word",
        "columns": {"ratio": "number", "rise": "number"},
        "rows": [{"word": "by", "ratio": 2.5, "rise": 150}, {"word": "to", "ratio": 1.5, "rise": 50}],
        "within": 0.001,
        "hints": ["Begin with one hundred."],
        "mistakes": [],
        "points": 4,
    },
    "notice": {"kind": "text", "hints": ["Name the base."], "mistakes": [], "points": 4},
}
PARTLY = {"by 150 %": 2.5, "to 150 %": 2.5, "of 150 %": 1.5}
PARTLY_TABLE = pd.DataFrame({"word": ["by", "to"], "ratio": [2.5, 1.5], "rise": [250, 150]})
NOTES = {
    "right": ("vehicles", 7600),
    "partly": ("words", PARTLY),
    "mistake": ("vehicles", 12667),
    "unit-slip": ("vehicles", 7.6),
    "wrong": ("vehicles", 1),
    "cannot-read": ("vehicles", "7600"),
    "not-attempted": ("vehicles", ...),
    "checked-later": ("private", 7600),
}
NO_MARKS = ["mistake", "unit-slip", "wrong", "cannot-read", "not-attempted"]


def write_answers(folder):
    (folder / FILE_NAME).write_text(
        encode("small", {name: from_json(exercise) for name, exercise in EXERCISES.items()}), encoding="utf-8"
    )


@pytest.fixture
def unit(tmp_path, monkeypatch):
    """Work, as a learner, in a unit with five small exercises of which no hint has been given."""
    write_answers(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(session, "_hints_given", Counter())
    return tmp_path


class Page(HTMLParser):
    """What is to be seen and to be found in a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def words(self):
        return Counter(re.findall(r"\w+", " ".join(self.texts)))


@pytest.mark.parametrize(("name", "value"), NOTES.values(), ids=NOTES)
def test_a_learner_gets_a_note_and_never_an_error(name, value, unit, capfd):
    assert check(name, value) is None
    out, err = capfd.readouterr()
    assert name in out
    assert err == ""


@pytest.mark.parametrize("run_by", ["autograde", "validate"])
@pytest.mark.parametrize("note", NO_MARKS)
def test_nbgrader_gets_an_error_for_an_answer_that_is_not_right(note, run_by, unit, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", run_by)
    with pytest.raises(NotRightYet, match=NOTES[note][0]):
        check(*NOTES[note])


@pytest.mark.parametrize("run_by", ["autograde", "validate"])
def test_nbgrader_gets_no_error_for_a_right_answer(run_by, unit, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", run_by)
    assert check("vehicles", 7600) is None


VERDICTS = {
    "kind": "choice",
    "options": ["consistent", "more is known", "more than one", "cannot be checked with what we have"],
    "answer": {"the first": "cannot be checked with what we have", "the second": "consistent"},
    "hints": [],
    "mistakes": [{"id": "careless", "value": {"the second": "more is known"}, "means": "Is it known?"}],
    "points": 1,
}


@pytest.mark.parametrize("begun", ["cannot be checked", "Cannot be", "cannot be checked with what we have."])
def test_the_first_words_of_one_option_stand_for_it(begun):
    assert from_json(VERDICTS).judge({"the first": begun, "the second": "consistent"}).state == "right"


@pytest.mark.parametrize("begun", ["more", "cannot be check", "checked with what we have", "cannot be known"])
def test_what_may_be_two_options_or_none_is_told_before_any_mistake(begun):
    verdict = from_json(VERDICTS).judge({"the first": begun, "the second": "more is known"})
    assert verdict.state != "right"
    assert f'"{begun}" is not one of the options' in verdict.message


@pytest.mark.parametrize("answer", [("words", PARTLY), ("ratios", PARTLY_TABLE)], ids=["choice", "table"])
def test_a_partly_right_answer_fails_validation_but_not_grading(answer, unit, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotRightYet):
        check(*answer)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check(*answer) is None


@pytest.mark.parametrize("value", [{"word": "by", "ratio": 2.5}, {"word": ["by", "to"], "ratio": [2.5]}])
def test_what_is_no_table_gets_our_sentence_not_that_of_pandas(value, unit, capsys):
    check("ratios", value)
    said = capsys.readouterr().out
    assert 'Give each column a list, and make all lists equally long, as in pd.DataFrame({"word": [...]' in said


def test_require_gives_part_of_the_points_for_a_partly_right_answer(unit):
    assert require("words", PARTLY) == 2
    assert require("words", {"by 150 %": 2.5}) == 1
    assert require("ratios", PARTLY_TABLE) == 2


def test_require_gives_nothing_for_a_right_answer_which_nbgrader_takes_as_full_marks(unit):
    assert require("vehicles", 7600) is None
    assert require("words", {"by 150 %": 2.5, "to 150 %": 1.5, "of 150 %": 1.5}) is None


@pytest.mark.parametrize("note", NO_MARKS)
def test_require_raises_whatever_the_environment_says(note, unit):
    assert "NBGRADER_EXECUTION" not in os.environ
    with pytest.raises(NotRightYet):
        require(*NOTES[note])


@pytest.mark.parametrize(("kind", "answer"), NOTES.items(), ids=NOTES)
def test_a_note_carries_exercise_state_and_mistake(kind, answer, unit, notebook):
    note = notebook.check(*answer)
    states = {"partly": "wrong", "mistake": "wrong", "unit-slip": "wrong"}
    mistakes = {"mistake": "by-read-as-to", "unit-slip": "unit-slip-thousand"}
    assert (note.exercise, note.state, note.mistake) == (answer[0], states.get(kind, kind), mistakes.get(kind))


def test_each_kind_of_note_has_its_own_words_and_sign(unit, notebook):
    assert set(LOOKS) == set(NOTES)
    notes = {kind: notebook.check(*answer) for kind, answer in NOTES.items()}
    for kind, look in LOOKS.items():
        assert f"{look.sign} {look.heading}" in notes[kind].text
        assert look.heading in notes[kind].html
        assert look.colour in notes[kind].html
    for one, other in some(itertools.combinations(LOOKS.values(), 2)):
        assert one.sign != other.sign
        assert one.heading != other.heading


@pytest.mark.parametrize(("name", "value"), NOTES.values(), ids=NOTES)
def test_the_plain_text_says_all_that_the_html_says(name, value, unit, notebook):
    note = notebook.check(name, value)
    assert Counter(re.findall(r"\w+", note.text)) >= Page(note.html).words


@pytest.mark.parametrize(("name", "value"), NOTES.values(), ids=NOTES)
def test_a_note_is_readable_by_a_screen_reader(name, value, unit, notebook):
    html = notebook.check(name, value).html
    assert f'role="note" aria-label="Check of {name}"' in html
    assert re.search(r'<span aria-hidden="true">\S </span>', html), "the sign is not hidden"


def relative_luminance(colour):
    """Return WCAG 2.2's relative luminance of a ``#rrggbb`` colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return WCAG 2.2's contrast ratio of two colours.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    dark, light = sorted([relative_luminance(one), relative_luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
@pytest.mark.parametrize("kind", LOOKS)
def test_an_edge_can_be_seen_on_a_light_and_on_a_dark_page(kind, page):
    assert contrast(LOOKS[kind].colour, page) >= 3


@pytest.mark.parametrize("answer", [("vehicles", "<script>alert(1)</script>"), ("<script>alert(1)</script>", 1)])
def test_what_a_learner_wrote_is_shown_and_never_run(answer, unit, notebook):
    note = notebook.check(*answer)
    assert "<script>alert(1)" in note.text
    assert "script" not in Page(note.html).tags
    assert "<script>alert(1)" in "".join(Page(note.html).texts)


def test_every_part_of_a_note_is_escaped():
    html = as_html("<b>", Verdict("wrong", "<i>", given="<u>"))
    assert set(Page(html).tags).isdisjoint({"b", "i", "u"})


def test_emphasis_is_marked_up_in_html_and_gone_from_plain_text():
    verdict = Verdict("wrong", "Read *by* again: 2 * 3 * 4.", mistake="by-read-as-to")
    assert "Read <em>by</em> again: 2 * 3 * 4." in as_html("vehicles", verdict)
    assert "Read by again: 2 * 3 * 4." in as_text("vehicles", verdict)


def test_not_attempted_says_so_once():
    assert as_text("vehicles", NOTHING_YET).lower().count("not attempted yet") == 1


def test_hints_come_one_by_one_and_then_no_more(unit, capsys):
    shown = []
    for _ in range(4):
        hint("vehicles")
        shown.append(capsys.readouterr().out)
    assert "1 of 2" in shown[0] and "What is 100 % here?" in shown[0]
    assert "2 of 2" in shown[1]
    assert "No more hints" in shown[2]
    assert shown[3] == shown[2]


def test_a_written_answer_has_hints_and_no_check(unit, capsys):
    hint("notice")
    hint("notice")
    assert "Read the note of the check" not in capsys.readouterr().out
    check("notice", "We sold more.")
    assert "marked by hand" in capsys.readouterr().out


def test_hints_of_one_exercise_do_not_use_up_those_of_another(unit, capsys):
    hint("vehicles")
    hint("double")
    assert "Add it to itself." in capsys.readouterr().out


@pytest.mark.parametrize("ask", [check, hint])
def test_an_unknown_exercise_gets_the_closest_name(ask, unit, capsys):
    ask("vehicle")
    assert 'There is no exercise called "vehicle"' in (out := capsys.readouterr().out)
    assert 'Did you mean "vehicles"?' in out
    ask("xyz")
    assert "This unit has: private, vehicles, words, double, ratios, notice." in capsys.readouterr().out


@pytest.mark.parametrize("name", [None, 7, ["vehicles"], pd.DataFrame({"a": [1]}), lambda: None, ...])
@pytest.mark.parametrize("ask", [check, hint])
def test_what_is_no_name_gets_a_sentence(ask, name, unit, capsys):
    ask(name)
    assert 'in quotes, as it stands above it, such as "private"' in capsys.readouterr().out


def test_a_check_without_an_answer_and_a_hint_without_a_name_say_what_is_missing(unit, capsys):
    check("vehicles")
    assert 'Put your answer behind the id: check("vehicles", vehicles).' in capsys.readouterr().out
    hint()
    assert "The brackets begin with an exercise's id in quotes" in capsys.readouterr().out


@pytest.mark.parametrize("ask", [check, hint])
def test_a_missing_answers_file_gets_a_sentence(ask, unit, capsys):
    (unit / FILE_NAME).unlink()
    ask("vehicles")
    assert f"There is no {FILE_NAME} in the folder" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"exercises": 1}', '{"exercises": {"vehicles": "%%%"}}', "\x00\xff", '{"format": 9}']
)
@pytest.mark.parametrize("ask", [check, hint])
def test_a_damaged_answers_file_gets_a_sentence(ask, content, unit, capsys):
    (unit / FILE_NAME).write_text(content, encoding="latin-1")
    ask("vehicles")
    assert f"The file {FILE_NAME} beside this notebook is damaged" in capsys.readouterr().out


def test_a_damaged_answers_file_earns_nothing(unit, monkeypatch):
    (unit / FILE_NAME).write_text("{", encoding="utf-8")
    with pytest.raises(NotRightYet, match="damaged"):
        require("vehicles", 7600)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(NotRightYet, match="damaged"):
        check("vehicles", 7600)


def test_a_mended_answers_file_is_read_again(unit, capsys):
    (unit / FILE_NAME).write_text("{", encoding="utf-8")
    check("vehicles", 7600)
    write_answers(unit)
    capsys.readouterr()
    check("vehicles", 7600)
    assert "Right" in capsys.readouterr().out


LOUD_FUNCTION = """
import logging, sys, warnings
log = logging.getLogger("a learner's log")
log.addHandler(logging.StreamHandler())
def double(x):
    warnings.warn("about to double")
    print("doubling", file=sys.stderr)
    log.warning("doubled")
    logging.warning("doubled again")
    return 2 * x
"""
KERNEL_CELLS = {
    "set-up": "import os\nfrom secondcar import check, hint\nfrom secondcar.checks import require",
    "loud": LOUD_FUNCTION,
    "loud-check": 'check("double", double)',
    "mistake-check": 'check("vehicles", 12667)',
    "hint": 'hint("vehicles")',
    "graded-check": 'os.environ["NBGRADER_EXECUTION"] = "autograde"\ncheck("vehicles", 12667)',
    "graded-require": 'require("vehicles", 12667)',
    "partly-require": f'require("words", {PARTLY})',
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Run `KERNEL_CELLS` in a kernel and return each cell's outputs."""
    folder = tmp_path_factory.mktemp("small")
    write_answers(folder)
    cells = [new_code_cell(source, id=name) for name, source in KERNEL_CELLS.items()]
    ran = NotebookClient(
        new_notebook(cells=cells), allow_errors=True, timeout=60, resources={"metadata": {"path": str(folder)}}
    ).execute()
    nbformat.validate(ran)
    return {cell.id: cell.outputs for cell in ran.cells}


def test_in_a_kernel_a_check_shows_one_note_and_nothing_else(outputs):
    (note,) = outputs["mistake-check"]
    assert note.output_type == "display_data"
    assert set(note.data) == {"text/plain", "text/html"}
    assert note.metadata.secondcar == {"exercise": "vehicles", "state": "wrong", "mistake": "by-read-as-to"}


def test_in_a_kernel_a_loud_function_writes_nothing_to_stderr(outputs):
    (note,) = outputs["loud-check"]
    assert note.metadata.secondcar.state == "right"


def test_in_a_kernel_a_hint_is_a_note_too(outputs):
    (note,) = outputs["hint"]
    assert "What is 100 % here?" in note.data["text/plain"]


@pytest.mark.parametrize("cell", ["graded-check", "graded-require"])
def test_in_a_kernel_nbgrader_sees_an_error_of_one_line(cell, outputs):
    error = outputs[cell][-1]
    assert (error.output_type, error.ename) == ("error", "NotRightYet")
    assert " ".join(error.traceback) == error.evalue, "more than the one sentence is shown"
    assert error.evalue.startswith("vehicles: Not yet: one way this happens. One common way is")
    assert "\n" not in error.evalue


def test_in_a_kernel_partial_credit_is_the_cells_result(outputs):
    (result,) = outputs["partly-require"]
    assert (result.output_type, result.data["text/plain"]) == ("execute_result", "2.0")


@pytest.mark.parametrize(
    ("kind", "unit", "value", "read"),
    [
        ("number", "tractors", 1, "read as 1 (tractors)."),
        ("number", "people", -1, "read as -1 (people)."),
        ("number", "%", 1, "read as 1 %."),
        ("number", "tractors", 2, "read as 2 tractors."),
        ("range", "tractors", (1, float("inf")), "read as 1 (tractors) or more."),
        ("range", "tractors", (0, 1), "read as 0 to 1 (tractors)."),
    ],
)
def test_one_is_not_given_a_unit_in_the_plural(kind, unit, value, read):
    accept = [5, 6] if kind == "number" else [[5, 6], [7, 8]]
    exercise = from_json({"kind": kind, "accept": accept, "unit": unit, "hints": [], "mistakes": [], "points": 1})
    assert exercise.judge(value).given.endswith(read)


def test_one_line_that_fits_is_told_in_the_singular(unit, capsys):
    check("words", {"by 150 %": 2.5, "to 150 %": 2.5, "of 150 %": 2.5})
    assert "1 of 3 fits." in capsys.readouterr().out
