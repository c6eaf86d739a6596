"""A learner who is asked to guess has a cell to write the guess in, and sees it beside the result."""

import re

import pytest

from tests.support.course_names import UNITS

# How a text asks for a guess.
ASKS = re.compile(
    r"\b(?:do you (?:expect|think)\b.*\?|(?:think|guess|count) first|your guess\b(?! beside)"
    r"|(?:decide|down) before you)",
    re.IGNORECASE,
)
GUESS = "guess = ..."


def asks_for_a_guess(text: str) -> bool:
    return bool(ASKS.search(re.sub(r"\s+", " ", text)))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_text_that_asks_for_a_guess_has_its_cell(unit):
    texts = (cell for cell in unit.cells if cell.kind == "markdown")
    asking = [cell for cell in texts if asks_for_a_guess(cell.source)]
    assert [cell.id for cell in asking if unit.cells[cell.position + 1].source != GUESS] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_guess_stands_beside_its_result_before_the_next_is_asked(unit):
    code = [cell.source for cell in unit.cells if cell.kind == "code"]
    answered = [source == GUESS for source in code if source == GUESS or "beside(guess, " in source]
    assert answered == [True, False] * (len(answered) // 2)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_text_before_a_guess_says_what_to_write(unit):
    guesses = [cell for cell in unit.cells if cell.source == GUESS]
    texts = {cell.id: unit.cells[cell.position - 1].source for cell in guesses}
    assert [name for name, text in texts.items() if not re.search(r"\b[Ww]rite\b", text)] == []


@pytest.mark.parametrize("text", ["What do you\nexpect?", "Think first. Then read on.", "Decide before you read on."])
def test_a_question_for_a_guess_is_recognised(text):
    assert asks_for_a_guess(text)
