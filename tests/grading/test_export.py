"""Marks in the form of other systems: who is found there, what is left empty, and what is never written over."""

import csv
from datetime import timedelta

import pytest
from nbgrader.api import Gradebook

from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.grading.csv_tables import csv_text
from secondcar.grading.export import export_marks
from secondcar.grading.gradebook.marks import read_marks
from tests.support.graded_class import ASSIGNMENT, Submitted, make_class

FULL = {"undo": 2, "share": 1, "essay": 4}
LEARNERS = {
    "ada": Submitted(FULL, first_name="Zoë", last_name="O'\"Brien, jr.", email="ada@example.org", lms_user_id="4711"),
    "ben": Submitted(FULL | {"share": 0.1}, first_name="=cmd()", last_name="Ben", email="b@example.org"),
    "cem": Submitted({"undo": 2}, email="cem@example.org", lms_user_id="12b"),
    "dot": Submitted(FULL, late=timedelta(days=1), penalty=2.5, email="dot@example.org", lms_user_id="s-99"),
    "eve": None,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_class(tmp_path_factory.mktemp("course"), LEARNERS)


@pytest.fixture
def exported(course, tmp_path):
    """Export the marks and return the rows of the file and what is said of it."""

    def export(system, chosen=course):
        file, remarks = export_marks(chosen, system, [ASSIGNMENT], tmp_path / f"{system}.csv")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines)), " ".join(remarks)

    return export


def test_canvas_finds_each_learner_by_a_number_or_else_by_sis_ids(exported):
    rows, remarks = exported("canvas")
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT],
        ["    Points Possible", "", "", "", "", "7"],
        ["O'\"Brien, jr., Zoë", "4711", "", "ada", "", "7"],
        ["Ben, =cmd()", "", "", "ben", "", "6.1"],
        ["dot", "", "s-99", "dot", "", "4.5"],
    ]
    assert "1 learner has no lms_user_id" in remarks


def test_a_mark_that_waits_is_no_zero_and_is_counted(exported):
    rows, remarks = exported("canvas")
    assert "cem" not in [row[3] for row in rows]
    assert "1 mark waits for a person" in remarks and "2 learners have no mark yet" in remarks


def test_moodle_gets_only_identifiers_that_nobody_lacks(exported):
    rows, remarks = exported("moodle")
    assert rows == [
        ["Username", "Email address", "First name", "Last name", ASSIGNMENT],
        ["ada", "ada@example.org", "Zoë", "O'\"Brien, jr.", "7"],
        ["ben", "b@example.org", "'=cmd()", "Ben", "6.1"],
        ["dot", "dot@example.org", "", "", "4.5"],
    ]
    assert "The column ID number is left out: 1 learner has no lms_user_id" in remarks
    assert "its maximum: ps1 7." in remarks


def test_several_assignments_leave_no_grade_where_there_is_none_and_warn(tmp_path):
    course = make_class(tmp_path, LEARNERS)
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_assignment("ps2")
    for system, nothing in (("moodle", "-"), ("canvas", "")):
        file, remarks = export_marks(course, system, [ASSIGNMENT, "ps2"])
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        assert lines[-1].startswith("dot,") and lines[-1].split(",")[-2:] == ["4.5", nothing]
        assert "3 cells are empty, and the import takes away a mark" in " ".join(remarks)


def test_the_plain_file_has_every_learner_and_nbgraders_columns(exported, course):
    rows, _ = exported("csv")
    table = {row[3]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert list(table) == list(LEARNERS)
    assert (table["dot"]["raw_score"], table["dot"]["late_submission_penalty"], table["dot"]["score"]) == (
        "7",
        "2.5",
        "4.5",
    )
    assert table["cem"]["score"] == table["eve"]["score"] == ""
    assert (table["cem"]["waits_for_a_hand"], table["eve"]["waits_for_a_hand"]) == ("yes", "no")


def test_an_id_that_is_a_formula_is_left_out_and_told(tmp_path, exported):
    rows, remarks = exported("canvas", make_class(tmp_path, {"=1+1": Submitted(FULL), "ada": Submitted(FULL)}))
    assert [row[3] for row in rows[2:]] == ["ada"]
    assert "would run the id as a formula: =1+1" in remarks


def test_a_file_is_written_over_only_when_asked(course, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("my own notes")
    with pytest.raises(CourseError, match="is there already"):
        export_marks(course, "csv", target=file)
    assert file.read_text() == "my own notes"
    export_marks(course, "csv", target=file, replace=True)
    assert file.read_text(encoding="utf-8-sig").startswith("assignment,")


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(course, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="cannot be written"):
        export_marks(course, "csv", target=tmp_path / "file" / "marks.csv")


def test_an_extension_is_not_late_and_a_missing_due_date_no_error(tmp_path):
    given = Submitted(FULL, late=timedelta(days=1), extension=timedelta(days=2))
    course = make_class(tmp_path, {"ada": given, "ben": Submitted(FULL, late=timedelta(days=1))})
    with Gradebook(course.db_url) as gradebook:
        assert [mark.late for mark in read_marks(gradebook, ASSIGNMENT).values()] == [None, timedelta(days=1)]
        gradebook.find_assignment(ASSIGNMENT).duedate = None
        assert [mark.late for mark in read_marks(gradebook, ASSIGNMENT).values()] == [None, None]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_a_formula_to_a_spreadsheet(text):
    ((cell,),) = csv.reader([csv_text(["a"], [[text]]).split("\r\n", 1)[1].removesuffix("\r\n")])
    assert cell.startswith("'")


def test_numbers_and_ordinary_texts_stay_as_they_are():
    assert csv_text(["a"], [[-1.5], [0.1 + 0.2], ["a-b"], ["-"], ['"']]) == 'a\r\n-1.5\r\n0.3\r\na-b\r\n-\r\n""""\r\n'


CANVAS = f"""\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (7),{ASSIGNMENT} (1234),Final Score
    Points Possible,,,,,5,7,(read only)
"O'Brien, Zoë",4711,,zoe@uni.example,Monday,1,,90
"Ben, B.",12,,ben,Tuesday,2,EX,80
"Dot, D.",13,s-99,,Tuesday,2,3,80
"Student, Test",99,,test,Monday,,2.5,
Nobody
"""


def test_canvass_own_gradebook_keeps_its_names_sections_titles_and_excused(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8-sig")
    file, remarks = export_marks(course, "canvas", [ASSIGNMENT], tmp_path / "new.csv", like=tmp_path / "canvas.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{ASSIGNMENT} (1234)"],
            ["    Points Possible", "", "", "", "", "7"],
            ["O'Brien, Zoë", "4711", "", "zoe@uni.example", "Monday", "7"],
            ["Ben, B.", "12", "", "ben", "Tuesday", "EX"],
            ["Dot, D.", "13", "s-99", "", "Tuesday", "4.5"],
            ["Student, Test", "99", "", "test", "Monday", "2.5"],
            ["Nobody", "", "", "", "", ""],
        ]
    assert "Not in the course, and so with the row as it was: test, Nobody." in remarks
    assert not any("no row" in remark or "no column" in remark for remark in remarks)


def test_a_name_that_learners_chose_does_not_command_the_terminal(course, tmp_path, monkeypatch, capsys):
    (tmp_path / "canvas.csv").write_text(CANVAS.replace("Nobody", "No\x1b[2Jbody"), encoding="utf-8-sig")
    monkeypatch.chdir(course.root)
    told = ["--file", str(tmp_path / "new.csv"), "--like", str(tmp_path / "canvas.csv")]
    assert main(["export", "--to", "canvas", ASSIGNMENT, *told]) == 0
    assert "No\\x1b[2Jbody" in (said := capsys.readouterr().out) and "\x1b" not in said


def test_moodles_own_gradebook_keeps_its_titles_and_names_who_is_missing(course, tmp_path):
    moodle = (
        f"First name,Last name,ID number,Email address,Assignment: {ASSIGNMENT} (Real),Course total (Real)\n"
        "Zoë,O'Brien,,ada@example.org,-,-\nDot,D.,s-99,,-,-\n"
    )
    (tmp_path / "moodle.csv").write_text(moodle, encoding="utf-8")
    file, remarks = export_marks(course, "moodle", [ASSIGNMENT], tmp_path / "new.csv", like=tmp_path / "moodle.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["First name", "Last name", "ID number", "Email address", f"Assignment: {ASSIGNMENT} (Real)"],
            ["Zoë", "O'Brien", "", "ada@example.org", "7"],
            ["Dot", "D.", "s-99", "", "4.5"],
        ]
    assert f"Not in {tmp_path / 'moodle.csv'}, and so without a row: ben." in remarks


@pytest.mark.parametrize(("system", "content"), [("canvas", "a,b\n1,2\n"), ("moodle", ""), ("csv", CANVAS)])
def test_what_is_no_gradebook_of_the_platform_is_told_in_a_sentence(course, tmp_path, system, content):
    (tmp_path / "like.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match=r"is not a gradebook that canvas exported|is empty|--like is for"):
        export_marks(course, system, [ASSIGNMENT], tmp_path / "new.csv", like=tmp_path / "like.csv")


def test_only_what_somebody_handed_in_has_a_column(tmp_path):
    course = make_class(tmp_path, LEARNERS)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.add_assignment("never-handed-out")
    file, _ = export_marks(course, "canvas", target=tmp_path / "canvas.csv")
    assert "never-handed-out" not in file.read_text(encoding="utf-8-sig")
