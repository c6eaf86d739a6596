"""What the hub itself wrote of a person goes with the person, and nobody else's lines do."""

import pytest

from secondcar.classroom.layout import Classroom
from secondcar.classroom.removing import _forget_in_hub, demonstration_people


@pytest.mark.parametrize(
    "line",
    [
        "[I] User logged in: 2024001",
        "[I] 200 GET /user/2024001/lab (2024001@127.0.0.1)",
        "[W] cookie jupyterhub-user-2024001 is old",
        "[I] cwd=/srv/second-car/homes/2024001",
        "[I] user_2024001_token",
    ],
)
def test_each_line_of_the_log_that_names_a_person_goes(tmp_path, line):
    classroom = Classroom(tmp_path)
    classroom.hub.mkdir()
    log = classroom.hub / "jupyterhub.log"
    log.write_text(f"[I] starts\n{line}\n[I] 200 GET /user/20240012/lab (x2024001@127.0.0.1)\n", encoding="utf-8")
    _forget_in_hub(classroom, "2024001")
    assert log.read_text(encoding="utf-8") == "[I] starts\n[I] 200 GET /user/20240012/lab (x2024001@127.0.0.1)\n"


DEMONSTRATION = "id,first_name,last_name,email\nada,Ada,Aliyeva,ada@example.org\n"


@pytest.mark.parametrize(
    ("students", "invented"),
    [
        (DEMONSTRATION, ["ada"]),
        ("ID;last_name;First_name;email\nada;Aliyeva;Ada;ada@example.org\n", ["ada"]),
        ("id,first_name,last_name,email\nada,Ada,Lovelace,ada@example.org\n", []),
        ("id\nada\n", []),
    ],
)
def test_a_person_of_the_class_is_not_taken_for_an_invented_one_of_the_same_name(tmp_path, students, invented):
    hub = tmp_path / "repository" / "hub"
    hub.mkdir(parents=True)
    (hub / "roster.csv").write_text(DEMONSTRATION)
    (hub / "teachers.csv").write_text("id,first_name\nteacher,Tara\n")
    classroom = Classroom(tmp_path)
    classroom.students_file.write_text(students)
    classroom.teachers_file.write_text("id,first_name\nteacher,\n")
    assert demonstration_people(classroom, hub.parent) == invented
