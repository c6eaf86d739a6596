"""What a learner sees of `practice()`, and what it remembers."""

import itertools
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

import secondcar
from secondcar import practice
from secondcar.checks import record
from secondcar.practice import session
from secondcar.practice.drawing import draw_question
from secondcar.practice.forms import TAUGHT_IN, TOPICS
from secondcar.practice.memory import FILE_NAME, Memory
from secondcar.units import unit_names, units_folder
from tests.support.some import some

RISE = draw_question("by-and-to", 3)  # 2,750 camper vans, 150 % more


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A new learner's folder, and a kernel that has not practised."""
    monkeypatch.chdir(tmp_path)
    session._keeper.cache_clear()
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when it is told to."""

    class Clock:
        now = datetime(2026, 5, 4, 9, tzinfo=UTC)

        def after(self, **time):
            self.now += timedelta(**time)

    clock = Clock()
    monkeypatch.setattr(session, "_now", lambda: clock.now)
    return clock


@pytest.fixture
def said(capsys):
    def said(*arguments, **named):
        capsys.readouterr()
        assert practice(*arguments, **named) is None
        return capsys.readouterr().out

    return said


def stored(folder):
    return Memory.from_json((folder / FILE_NAME).read_text("utf-8"))


def test_a_question_is_asked_and_says_how_to_answer_it(said):
    text = said("by-and-to", seed=3)
    assert text.splitlines()[:3] == ["[Practice: by and to]", RISE.claim, RISE.ask]
    assert "practice(answer=...)" in text and 'practice("by-and-to", seed=3)' in text and "invented" in text
    assert RISE.result not in text


def test_everybody_gets_the_same_question_for_a_seed(said):
    assert said("targets", seed=7) == said("targets", seed=7)
    said("ranges")
    assert said(seed=7) == said(seed=7) != said(seed=8)
    assert said("targets") != said("targets")


def test_a_wrong_answer_gets_the_note_of_the_check_and_a_right_one_the_way_to_it(said):
    said("by-and-to", seed=3)
    wrong = said(answer=2750 / 1.5)
    assert wrong.startswith("[? Not yet: one way this happens] by-and-to, seed 3: This is what to")
    assert "practice(hint=True)" in wrong and "Step by step" not in wrong
    right = said(answer=1100)
    assert right.startswith("[✓ Right] by-and-to, seed 3") and "[Step by step]\n1. " in right
    assert "The answer: 1,100 camper vans." in right and "`practice()` asks the next question." in right
    assert "No question is open" in said(answer=1100)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("seed", range(8))
def test_every_question_is_answered_in_the_same_way(said, topic, seed):
    said(topic, seed=seed)
    assert said(answer=draw_question(topic, seed).solution).startswith("[✓ Right]")


def test_an_answer_that_cannot_be_read_is_not_a_try(said, folder):
    said("by-and-to", seed=3)
    assert "text" in said(answer="1,100 vans") and "run the cell again" in said(answer=...)
    assert stored(folder).cards == {} and not stored(folder).open.tries


def test_after_three_different_tries_the_way_is_shown(said):
    said("by-and-to", seed=3)
    for answer in (1, 2, 2, 2.0):
        assert "Step by step" not in said(answer=answer)
    assert "The answer: 1,100 camper vans." in said(answer=3)
    assert "No question is open" in said(answer=1100)


def test_a_hint_and_the_way_are_there_for_the_asking(said):
    said("by-and-to", seed=3)
    assert said(hint=True) == f"[Hint 1 of 2] {RISE.hint}\n"
    formula = said(hint=True)
    assert formula.startswith("[Hint 2 of 2] The formula") and "1,100" not in formula and said(hint=True) == formula
    assert "The answer: 1,100 camper vans." in said(solution=True)
    for help_of_none in ({"hint": True}, {"solution": True}, {"answer": 1}):
        assert "No question is open" in said(**help_of_none)


@pytest.mark.parametrize(
    ("arguments", "named", "sentence"),
    [
        ((7600,), {}, "practice(answer=...)"),
        (("by-an-to",), {}, 'Did you mean "by-and-to"?'),
        (("geometry",), {}, "The topics are: by-and-to, times-more"),
        ((), {"seed": 7.5}, "whole number"),
        ((), {"seed": True}, "whole number"),
    ],
)
def test_what_there_is_not_gets_one_sentence(said, folder, arguments, named, sentence):
    text = said(*arguments, **named)
    assert sentence in text and text.count("\n") == 1
    assert not (folder / FILE_NAME).exists()


def test_a_topic_that_went_wrong_comes_back_before_one_that_went_right(said, clock, folder):
    for topic in TOPICS:
        said(topic, seed=1)
        said(answer=-1 if topic == "times-more" else draw_question(topic, 1).solution)
        clock.after(seconds=5)
    assert min(stored(folder).cards, key=lambda topic: stored(folder).cards[topic].due) == "times-more"
    clock.after(minutes=2)
    said()
    assert stored(folder).open.topic == "times-more"


def test_new_topics_come_in_the_order_of_the_course_and_none_twice_in_a_row(said, clock, folder):
    asked = []
    for _ in range(40):
        said()
        opened = stored(folder).open
        asked.append(opened.topic)
        said(answer=draw_question(opened.topic, opened.seed).solution)
        clock.after(seconds=30)
    assert asked[:6] == list(TOPICS)
    assert all(one != other for one, other in some(itertools.pairwise(asked)))
    assert set(asked[6:]) == set(TOPICS)


def test_what_went_wrong_in_the_units_is_practised_first(said, folder):
    unit = folder / TAUGHT_IN["shares-and-points"]
    unit.mkdir()
    with record.changing(unit, "points") as known:
        known.add("wrong", 0, "percent-for-points", "50")
    said()
    assert stored(folder).open.topic == "shares-and-points"


def test_each_topic_is_taught_in_a_unit():
    assert list(TAUGHT_IN) == list(TOPICS) and set(TAUGHT_IN.values()) <= set(unit_names(units_folder()))


def test_only_the_first_try_counts_and_a_hint_makes_it_count_less(said, clock, folder):
    dues = {}
    for name, steps in {"right": [], "after a hint": [{"hint": True}], "after a try": [{"answer": 1}]}.items():
        (folder / FILE_NAME).unlink(missing_ok=True)
        session._keeper.cache_clear()
        said("by-and-to", seed=3)
        for step in steps:
            said(**step)
        said(answer=1100)
        dues[name] = stored(folder).cards["by-and-to"].due
    assert dues["after a try"] < dues["after a hint"] < dues["right"]


def test_the_open_question_outlives_the_kernel(said):
    said("by-and-to", seed=3)
    said(answer=1)
    session._keeper.cache_clear()
    assert said(answer=1100).startswith("[✓ Right] by-and-to, seed 3")


def test_another_notebook_has_a_question_of_its_own(said, folder):
    """Both write the same file; each answers its own question, and both count."""
    said("by-and-to", seed=3)
    first = session._keeper(folder)
    session._keeper.cache_clear()
    said("targets", seed=3)
    second = session._keeper(folder)
    assert first is not second and second.recall().open.topic == "targets"
    assert first.recall().open.topic == "by-and-to"
    said(answer=draw_question("targets", 3).solution)
    assert set(first.recall().cards) == {"targets"} and first.recall().open.topic == "by-and-to"


def test_the_file_lies_beside_the_units(said, folder, monkeypatch):
    unit = folder / "02-by-and-to"
    unit.mkdir()
    (unit / "answers.json").write_text("{}")
    monkeypatch.chdir(unit)
    said()
    assert (folder / FILE_NAME).is_file() and not (unit / FILE_NAME).exists()


def test_nothing_is_written_beside_a_courses_own_units(said, folder, monkeypatch):
    unit = folder / "release" / "02-by-and-to"
    unit.mkdir(parents=True)
    (folder / "course").mkdir()
    (unit / "answers.json").write_text("{}")
    monkeypatch.chdir(unit)
    said("by-and-to", seed=3)
    assert said(answer=1100).startswith("[✓ Right]")
    assert not list(folder.rglob(FILE_NAME))


DAMAGED = ["", "{", "[]", "null", '{"format": 2}', '{"format": 1, "cards": {"a": 1}, "last": "", "open": null}', "\x00"]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_file_gets_a_sentence_and_stays_as_it_is(said, folder, text):
    (folder / FILE_NAME).write_text(text)
    first, *_ = said("by-and-to", seed=3).splitlines()
    assert re.fullmatch(rf"\[Practice\] .*{FILE_NAME} is damaged, so practice goes on without it: .*\.", first)
    said(answer=1)
    assert said(answer=1100).startswith("[✓ Right]")
    assert (folder / FILE_NAME).read_text() == text


def test_a_file_with_times_of_no_zone_is_damaged(said, folder):
    said("by-and-to", seed=3)
    said(answer=1100)
    text = (folder / FILE_NAME).read_text()
    (folder / FILE_NAME).write_text(text.replace("+00:00", ""))
    session._keeper.cache_clear()
    assert "is damaged" in said()


def test_bytes_that_are_no_text_are_damage(said, folder):
    (folder / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    assert "is damaged" in said()


def test_a_file_that_cannot_be_written_gets_a_sentence_and_practice_goes_on(said, folder, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    text = said("by-and-to", seed=3)
    assert "cannot be written" in text and RISE.claim not in text.splitlines()[0]
    assert said(answer=1100).startswith("[✓ Right]")


def test_a_topic_of_another_version_is_kept_and_not_asked(said, folder):
    said("by-and-to", seed=3)
    text = json.loads((folder / FILE_NAME).read_text())
    text["open"]["topic"] = text["last"] = "medians"
    (folder / FILE_NAME).write_text(json.dumps(text))
    session._keeper.cache_clear()
    assert "No question is open" in said(answer=1)
    said()
    assert stored(folder).open.topic in TOPICS


def test_practice_rests_while_a_notebook_is_graded(said, folder, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert said("by-and-to", seed=3) == "Practice rests while a notebook is graded.\n"
    assert list(folder.iterdir()) == []


def test_a_notebook_shows_html_that_says_what_its_text_says(notebook):
    practice("by-and-to", seed=3)
    practice(answer=1100)
    asked, found = notebook.displayed[-2:]
    assert found["metadata"]["secondcar"] == {"exercise": "by-and-to, seed 3", "state": "right", "mistake": None}
    for output in (asked, found):
        page, text = output["data"]["text/html"], output["data"]["text/plain"]
        assert words(re.sub(r"<[^>]+>", " ", page)) >= words(re.sub(r"[\[\]]", "", text)) - {"✓", "right", "step", "go"}
        assert 'role="note"' in page and "color: inherit" in page and "<script" not in page


def words(text):
    return set(re.findall(r"[^\W\d_]{2,}|\d[\d,.]*\d", text.replace("&quot;", '"').lower()))


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("practice(answer=7,600)", "without commas"),
        ("practice(answer=1 100)", "without spaces"),
        ("practice(answer=25 %)", "without its percent sign"),
        ("practice(answer=1100 camper vans)", "without words and units"),
        ("practice(answer=thousand)", "NameError"),
    ],
)
def test_an_answer_that_python_cannot_read_is_explained(shell, notebook, cell, advice):
    practice("by-and-to", seed=3)
    outcome = shell.run_cell(cell)
    session._after_cell(outcome)
    text = notebook.displayed[-1]["data"]["text/plain"]
    assert text.startswith("[! I cannot read this answer] by-and-to, seed 3: The cell stopped with ")
    assert advice in text


def test_the_first_import_brings_nothing_that_only_practice_needs():
    code = "import sys, secondcar; print([m for m in ('fsrs', 'secondcar.practice.session') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout == "[]\n"
    assert callable(secondcar.practice) and "practice" in secondcar.__all__
