"""Drawn questions: each can be solved from its words, has one answer, and could stand in a newspaper."""

import math
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcar.checks import judge
from secondcar.note_format import RIGHT, WRONG
from secondcar.practice.draw import Draw
from secondcar.practice.drawing import draw_question
from secondcar.practice.forms import TOPICS
from secondcar.practice.news import THINGS, News
from secondcar.practice.question import Question, Slip, is_sound
from tests.practice.solver import solve

drawn = given(st.sampled_from(list(TOPICS)), st.integers(0, 10**9))


@drawn
@settings(max_examples=300, deadline=None)
def test_a_drawn_question_is_good(topic, seed):
    assert faults(draw_question(topic, seed)) == []


@pytest.mark.long
@drawn
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_drawn_questions_are_good(topic, seed):
    assert faults(draw_question(topic, seed)) == []


def faults(question):
    """Return what is wrong with a question, each in a word or two."""
    found = [*answer_faults(question), *size_faults(question)]
    texts = [question.claim, question.ask, question.hint, question.right, *question.steps]
    for text in [*texts, *(slip.means for slip in question.slips)]:
        found += [f"{name}: {text}" for name, pattern in BAD_ENGLISH.items() if re.search(pattern, text)]
    if not re.fullmatch(r"[A-Z].*\.", question.claim) or not re.search(r"\?", question.ask):
        found.append("not a sentence and a question")
    if not all(slip.means.endswith("?") for slip in question.slips) or not question.hint.endswith("?"):
        found += [] if question.hint.endswith(("?", "root.")) else ["asks nothing back"]
    if len(question.claim) > 260 or len(question.ask) > 230:
        found.append("long")
    return found


def answer_faults(question):
    exercise, solution = question.exercise, question.solution
    for form in [solution, *exercise.other_forms(solution)]:
        if judge(exercise, form).state != RIGHT:
            yield f"{form!r} is not right"
    for mistake in exercise.mistakes:
        verdict = judge(exercise, mistake.value)
        if verdict.state != WRONG or verdict.mistake != mistake.id:
            yield f"{mistake.id} is {verdict.state} {verdict.mistake}"
    if not exercise.mistakes or len({mistake.means for mistake in exercise.mistakes}) < len(exercise.mistakes):
        yield "too few mistakes, or two of them say the same"
    if question.kind == "number":
        if judge(exercise, float(f"{solution:.2e}")).state != RIGHT:
            yield "three digits are not enough"
        yield from (f"derived {way}" for way, number in exercise.derived if judge(exercise, number).state != WRONG)
    if question.kind == "range":
        for end, (low, high), ways in zip(solution, exercise.accept, exercise.derived, strict=True):
            yield from (f"derived {way}" for way, number in ways if low <= number <= high)
            if not low <= end <= high:
                yield "end outside its band"
    if question.kind != "choice":
        answers = solve(question.claim, question.ask)
        if len(answers) != 1 or not same(answers[0], solution):
            yield f"reads as {answers}, and not as {solution}"


def size_faults(question):
    for count in re.findall(
        r"(?<![\d.,])(\d[\d,]*)(?= (?:" + "|".join(thing.many for thing in THINGS) + "))", question.claim
    ):
        if not 100 <= int(count.replace(",", "")) <= 500_000:
            yield f"{count} pieces"
    for percent in re.findall(r"(\d+) %", question.claim + question.ask):
        if not 2 <= int(percent) <= 400:
            yield f"{percent} %"
    if question.kind == "choice":
        return
    numbers = [question.solution] if question.kind == "number" else list(question.solution)
    if any(numbers) and sorted(numbers) != numbers:
        yield "ends the wrong way round"
    told = re.findall(r"\d[\d,.]*\d|\d", f"{question.claim} {question.ask}")
    if question.kind == "number" and f"{question.solution:,.10g}" in told:
        yield "the answer stands in the question"
    for number in numbers:
        if "%" in question.unit and not (-90 <= number <= 400 and math.isclose(number, round(number), abs_tol=1e-9)):
            yield f"{number} %"
        is_count = any(thing.many in question.unit for thing in THINGS)
        if is_count and (number < 90 or not math.isclose(number, round(number), rel_tol=1e-9)):
            yield f"{number} pieces"


def same(one, other):
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


BAD_ENGLISH = {
    "a word twice": r"\b(\w+) \1\b",
    "two spaces": r"  | [,.?;:]|[,;:][A-Za-z]|\.\.",
    "a or an": r"\b[Aa] [aeiou]|\b[Aa]n [^aeiouAEIOU*]",
    "a number as Python writes it": r"\d\.0\b|\d[eE][+-]?\d|\bNone\b|\bTrue\b|\binf\b|\d{5}",
    "a number without its comma": r"(?<![\d.,])(?!19\d\d|20[0-3]\d)\d{4}(?![\d,])",
    "a fraction of a thing": r"\d\.\d+ (?:" + "|".join(thing.many for thing in THINGS) + ")",
    "percent without its space": r"\d%|% %",
    "one of many": r"(?<![\d,.])1 (?:" + "|".join(thing.many for thing in THINGS) + ")",
    "stars": r"\*\w[^*]*$",
}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("made made 4,000 tents", "a word twice"),
        ("a umbrella", "a or an"),
        ("an tent", "a or an"),
        ("3,270.0 tents", "a number as Python writes it"),
        ("12400 tents", "a number as Python writes it"),
        ("4000 tents", "a number without its comma"),
        ("30.5 tents", "a fraction of a thing"),
        ("in 2024 , they", "two spaces"),
    ],
)
def test_bad_english_is_found(text, what):
    assert re.search(BAD_ENGLISH[what], text)


def test_the_wrong_answer_to_a_question_is_found():
    good = draw_question("by-and-to", 3)
    fields = {name: getattr(good, name) for name in Question.__dataclass_fields__}
    assert faults(good) == []
    assert faults(Question(**fields | {"answer": "2750 / 1.5"})) != []
    assert faults(Question(**fields | {"claim": good.claim.replace("rose by", "rose to")})) != []
    assert faults(Question(**fields | {"ask": good.ask.replace("How", "How How")})) != []


def test_a_draw_in_which_by_and_to_are_the_same_is_not_sound():
    def question(percent):
        return Question(
            claim="",
            ask="",
            answer=f"4000 * {percent} / 100",
            unit="tents",
            slips=[Slip("by", f"4000 * (1 - {percent} / 100)", "Read *to* as *by*?")],
            hint="",
            steps=[],
            right="",
        )

    assert is_sound(question(40)) and not is_sound(question(50))


def test_every_form_is_drawn():
    """A hundred draws of each topic meet each of its forms, and each form is mostly sound."""
    for topic, forms in TOPICS.items():
        met = Counter()
        for seed in range(100):
            draw = Draw(f"{topic} {seed} 0")
            form = draw.of(forms)
            met[form] += is_sound(form(News.drawn(draw)))
        assert set(met) == set(forms) and min(met.values()) > 3


def test_a_seed_draws_the_same_question_on_every_machine():
    """A change here changes the sheets that teachers have printed."""
    assert [draw_question(topic, 7).result for topic in TOPICS] == [
        "5,500 tractors",
        "26,000 electric scooters",
        "50 %",
        "684,000 thalers",
        "4,575 to 5,185 ovens",
        "1,800 violins",
    ]
    assert draw_question("targets", 7) != draw_question("targets", 8)
