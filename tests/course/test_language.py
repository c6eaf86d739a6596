"""The course speaks plain English of today: words that readers stumbled over do not come back."""

import re

import pytest

from secondcar.building.answers import texts_of
from secondcar.building.sources import Course
from tests.support.course_files import UNITS, written
from tests.support.paths import ROOT
from tests.support.some import some

COURSE = Course(ROOT)
# A third sentence as short as this, one after the other, is too much.
SHORT_SENTENCE, TOO_MANY = 6, 3
# What to write in place of each: readers who learn English took these for something else, or did not know them.
STUMBLED_OVER = {
    r"\bshall\b": "is to, will, or a plain verb",
    r"\bone common way\b": "what is known of the answer, first",
    r"\bnought\b": "zero",
    r"\blorr(?:y|ies)\b": "truck",
    r"\bdear(?:er|est)?\b": "expensive",
    r"\bbears? out\b": "can carry, or fits",
    r"\bto be had\b": "available",
    r"\bhalf (?:as (?:much|many|tall|large|long)(?: \w+)? again|too much)\b": "one and a half times",
    r"\b(?:a|one) third as \w+ again\b": "one and a third times",
    # "Who copies the figure makes it sharper": whoever does; a question may begin so.
    r"(?:^|(?<=[.!:;] )|(?<=\n\n))(?:But |And |So )?[Ww]ho\b(?!,)[^.?!]*\.": "Whoever, or anyone who",
}


def found_in(text: str) -> list[str]:
    """Return what stands in a text that readers stumbled over; quoted words and code may say anything."""
    plain = re.sub(r"`[^`]*`|^> .*$", "", text, flags=re.MULTILINE)
    plain = re.sub(r"(?<!\n)\n(?!\n)", " ", plain)
    return [match[0] for each in STUMBLED_OVER for match in re.finditer(each, plain, re.IGNORECASE)]


def staccato_in(text: str) -> list[str]:
    """Return the runs of very short sentences in a text; a heading, a table and words quoted whole may be short."""
    found = []
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", re.sub(r"\{\{.*?\}\}", "it", text))
    for paragraph in paragraphs:
        if re.match(r"\s*(?:[#>|]|\*\*Time)", paragraph):
            continue
        sentences = re.split(
            r"(?<=[.!?])[*\"')]*\s+(?=[*\"'(`]*[A-Z0-9])", re.sub(r"^\s*(?:[-*]|\d+\.) ", "", paragraph)
        )
        short = [len(re.findall(r"[\w%'-]+", sentence)) <= SHORT_SENTENCE for sentence in sentences]
        if any(all(short[at : at + TOO_MANY]) for at in range(len(short) - TOO_MANY + 1)):
            found.append(paragraph)
    return found


@pytest.mark.parametrize("unit", COURSE.units, ids=UNITS)
def test_no_text_of_a_unit_chops_its_sentences(unit):
    prose = [(cell.id, cell.source) for cell in unit.cells if cell.kind == "markdown"]
    answers = [(name, text) for name, exercise in written(unit.name).items() for _, text in texts_of(exercise)]
    assert [(place, staccato_in(text)) for place, text in some(prose) + some(answers) if staccato_in(text)] == []


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("It is late. We go home. She stays here.", 1),
        ("It is late. We go home. She stays here because of the rain.", 0),
        ("It is late. We go home.\n\nShe stays here.", 0),
        ("- It is late.\n- We go home.\n- She stays here.", 0),
        ("# It. Is. Late.", 0),
        ('"It is late." We go home. **She stays.**', 1),
    ],
)
def test_three_very_short_sentences_are_found(text, runs):
    assert len(staccato_in(text)) == runs


@pytest.mark.parametrize("unit", COURSE.units, ids=UNITS)
def test_no_text_of_a_unit_has_words_that_readers_stumbled_over(unit):
    prose = [(cell.id, cell.source) for cell in unit.cells if cell.kind == "markdown"]
    answers = [(name, text) for name, exercise in written(unit.name).items() for _, text in texts_of(exercise)]
    assert len(prose) > 5
    assert len(answers) > 5
    assert [(place, found_in(text)) for place, text in prose + answers if found_in(text)] == []


def test_no_page_has_words_that_readers_stumbled_over():
    pages = dict(COURSE.pages())
    assert len(pages) == 2
    assert {name: found_in(text) for name, text in pages.items() if found_in(text)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "How much room shall we give?",
        "It is true. But who copies the figure makes it sharper.",
        "One thing:\n\nWho adds up the whole column counts each vehicle three times.",
        "It costs half as much\nagain.",
        "One common way to get here is to divide.",
    ],
)
def test_a_word_that_readers_stumbled_over_is_found(text):
    assert len(found_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Who says so?",
        "> I shall return.",
        "Anyone who copies it makes it sharper.",
        "People who do not see the picture.",
    ],
)
def test_plain_english_passes(text):
    assert found_in(text) == []


@pytest.mark.parametrize("unit", UNITS)
def test_the_notes_of_a_unit_do_not_all_begin_alike(unit):
    notes = [mistake["means"] for exercise in written(unit).values() for mistake in exercise["mistakes"]]
    openings = [" ".join(note.split()[:3]) for note in notes]
    assert all(openings.count(opening) <= max(5, 0.4 * len(notes)) for opening in some(openings))
