"""`secondcar practice --sheet` writes questions for paper and, apart, their answers."""

import html
import re

import pytest

from secondcar.cli import main
from secondcar.practice.drawing import draw_question
from secondcar.unbroken import unbroken
from tests.support.some import some

QUESTIONS, ANSWERS = "practice-12-seed-7-questions.html", "practice-12-seed-7-answers.html"


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """A written sheet: its questions and its answers, as pages."""
    monkeypatch.chdir(tmp_path)
    assert main(["practice", "--sheet", "12", "--seed", "7"]) == 0
    return tuple((tmp_path / name).read_text("utf-8") for name in (QUESTIONS, ANSWERS))


def plain(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_both_files_are_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["practice", "--sheet", "12", "--seed", "7"]) == 0
    assert capsys.readouterr().out == f"{QUESTIONS} is written.\n{ANSWERS} is written.\n"


def test_each_question_has_its_answer_in_the_other_file_and_none_in_its_own(sheet):
    questions, answers = sheet
    drawn = [
        draw_question(topic, int(seed))
        for topic, seed in re.findall(r'practice\("([a-z-]+)", seed=(\d+)\)', html.unescape(answers))
    ]
    assert len(drawn) == 12 == len({question.claim for question in drawn}) == questions.count("<blockquote>")
    for question in some(drawn):
        assert question.claim in plain(questions) and question.claim not in plain(answers)
        assert question.result in plain(answers)
        assert not any(step in plain(questions) for step in (question.steps[-1], question.hint))
        assert all(
            unbroken(mistake.means.replace("*", "")) in plain(answers) for mistake in some(question.exercise.mistakes)
        )
    places = [plain(questions).index(question.claim) for question in drawn]
    assert places == sorted(places)


def test_the_topics_come_in_turn(sheet):
    topics = re.findall(r"practice\(&quot;([a-z-]+)|practice\(\"([a-z-]+)", sheet[1])
    assert len({one or other for one, other in topics[:6]}) == 6


def test_the_same_seed_writes_the_same_bytes_and_another_one_others(sheet, tmp_path):
    assert main(["practice", "--sheet", "12", "--seed", "7", "--folder", str(tmp_path / "again")]) == 0
    assert (
        (tmp_path / "again" / QUESTIONS).read_text("utf-8"),
        (tmp_path / "again" / ANSWERS).read_text("utf-8"),
    ) == sheet
    assert main(["practice", "--sheet", "12", "--seed", "7"]) == 0  # the same once more is no loss
    assert main(["practice", "--sheet", "12", "--seed", "8"]) == 0
    assert (tmp_path / "practice-12-seed-8-questions.html").read_text("utf-8") != sheet[0]


def test_a_file_that_a_teacher_changed_is_not_written_over(sheet, tmp_path, capsys):
    (tmp_path / QUESTIONS).write_text("with my own words")
    assert main(["practice", "--sheet", "12", "--seed", "7"]) == 2
    assert "is there already and holds something else" in capsys.readouterr().err
    assert (tmp_path / QUESTIONS).read_text() == "with my own words"


def test_two_hundred_questions_are_all_different(tmp_path):
    assert main(["practice", "--sheet", "200", "--folder", str(tmp_path)]) == 0
    claims = re.findall(r"<blockquote>(.*?)</blockquote>", next(tmp_path.glob("*questions*")).read_text("utf-8"))
    assert len(set(claims)) == 200


@pytest.mark.parametrize("arguments", [["--sheet", "0"], ["--sheet", "ten"], [], ["--sheet", "3", "--seed", "x"]])
def test_what_is_no_sheet_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["practice", *arguments])
    assert ended.value.code == 2 and capsys.readouterr().err.count("\n") == 1


def test_a_sheet_that_is_too_long_gets_one_sentence(tmp_path, capsys):
    assert main(["practice", "--sheet", "201", "--folder", str(tmp_path)]) == 2
    assert "up to 200 questions" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["practice", "--sheet", "3", "--folder", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
