"""Rosters name who may log in; what cannot be a log-in name is refused in one sentence that says where."""

import pytest

from secondcar.classroom.layout import Classroom
from secondcar.classroom.roster import as_nbgrader_reads, former_ids, student_ids, teacher_ids, without
from secondcar.errors import CourseError

HEAD = "id,first_name,last_name,email\n"


@pytest.fixture
def classroom(tmp_path):
    made = Classroom(tmp_path / "algebra")
    made.homes.mkdir(parents=True)
    made.students_file.write_text(HEAD + "ada,Ada,Aliyeva,\nboris,,,\n", encoding="utf-8")
    made.teachers_file.write_text(HEAD + "tara,Tara,Teacher,\n", encoding="utf-8")
    return made


def test_the_names_are_read_in_their_order(classroom):
    assert student_ids(classroom) == ["ada", "boris"]
    assert teacher_ids(classroom) == ["tara"]


def test_a_spreadsheets_byte_order_mark_is_no_harm(classroom):
    classroom.students_file.write_text(HEAD + "ada,Ada,Aliyeva,\n", encoding="utf-8-sig")
    assert student_ids(classroom) == ["ada"]


@pytest.mark.parametrize("name", ["2024001", "Aigerim.B", "a@uni.kz", "1", "first-last_2", "a" * 64])
def test_numbers_and_addresses_are_log_in_names(classroom, name):
    classroom.students_file.write_text(f"{HEAD}ada,,,\n{name},,,\n", encoding="utf-8")
    assert student_ids(classroom) == ["ada", name]
    assert f"\n{name},,,," in as_nbgrader_reads(classroom.students_file)


@pytest.mark.parametrize("name", ["ada lovelace", "-rf", "../hub", "a+b", "a/b", "a:b", "a*", "ada.", "@uni", "a" * 65])
def test_a_name_that_cannot_be_one_is_refused_with_its_line(classroom, name):
    classroom.students_file.write_text(f"{HEAD}ada,,,\n{name},,,\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r'roster\.csv, line 3: ".*" cannot be a log-in name'):
        student_ids(classroom)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD + "ada,,,\nada,,,\n", "line 3: ada is there twice"),
        (HEAD + "ada,,,\nAda,,,\n", "line 3: Ada is there twice"),
        (HEAD + "Tara,,,\n", "tara is in roster.csv and in teachers.csv"),
        (HEAD + "ada,,,\n,Boris,,\n", 'line 3: "" cannot be a log-in name'),
        ("name,email\nada,\n", "has no column `id`"),
        ("", "has no column `id`"),
        (HEAD + "tara,,,\n", "tara is in roster.csv and in teachers.csv"),
    ],
)
def test_other_faults_are_one_sentence(classroom, content, sentence):
    classroom.students_file.write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match=sentence):
        student_ids(classroom)


def test_a_file_in_another_encoding_is_one_sentence(classroom):
    classroom.students_file.write_bytes(HEAD.encode() + "jos\xe9,,,\n".encode("latin-1"))
    with pytest.raises(CourseError, match="save it as a CSV file in UTF-8"):
        student_ids(classroom)


def test_a_class_without_a_teacher_is_refused(classroom):
    classroom.teachers_file.write_text(HEAD, encoding="utf-8")
    with pytest.raises(CourseError, match="names no teacher"):
        teacher_ids(classroom)


def test_who_left_the_rosters_is_known(classroom):
    for name in ("ada", "tara", "dana"):
        (classroom.homes / name).mkdir()
    assert former_ids(classroom) == {"dana"}


@pytest.mark.parametrize(
    "written",
    [
        "id;first_name;last_name;email\nada;Ada;Aliyeva;a@example.org\nboris;;;\n",
        "sep=;\r\nid;first_name;last_name;email\r\nada;Ada;Aliyeva;a@example.org\r\nboris;;;\r\n",
        "id\tfirst_name\tlast_name\temail\nada\tAda\tAliyeva\ta@example.org\nboris\n",
        " ID ,First_Name,Last_Name,Email\nada, Ada,Aliyeva,a@example.org\n\n,,,\nboris,,,\n,,,\n",
        '"id","first_name","last_name","email"\n"ada","Ada","Aliyeva","a@example.org"\nboris\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_roster_may_be_as_any_spreadsheet_writes_it(classroom, written, encoding):
    classroom.students_file.write_bytes(written.encode(encoding))
    assert student_ids(classroom) == ["ada", "boris"]
    assert as_nbgrader_reads(classroom.students_file) == (
        "id,first_name,last_name,email,lms_user_id\nada,Ada,Aliyeva,a@example.org,\nboris,,,,\n"
    )


def test_an_unclosed_quote_hides_nobody(classroom):
    classroom.students_file.write_text(HEAD + 'ada,"Ada,,\nboris,,,\n', encoding="utf-8")
    with pytest.raises(CourseError, match="a quote that is opened and not closed"):
        student_ids(classroom)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_line_is_taken_out_and_no_other_changed(classroom, encoding):
    text = 'sep=;\r\nid;first_name\r\nada;"Ada\r\nMaria"\r\n\r\nadam;"A;B"\r\n'
    classroom.students_file.write_bytes(text.encode(encoding))
    left = without(classroom.students_file, "ada").decode(encoding)
    assert left == 'sep=;\r\nid;first_name\r\n\r\nadam;"A;B"\r\n'
    assert without(classroom.students_file, "nobody") == text.encode(encoding)
