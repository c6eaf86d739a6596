"""What the course quotes of the article stands there, character by character, and no claim of it is left out."""

import difflib
import re
import tomllib

import pandas as pd
import pytest

from secondcar.building import answers
from secondcar.building.sources import Unit
from secondcar.data import load_dataset
from tests.support.course_files import ALL_EXERCISES, UNITS, written
from tests.support.paths import ROOT

ARTICLE = tomllib.loads((ROOT / "course" / "claim-sentences.toml").read_text(encoding="utf-8"))
SENTENCES: list[str] = ARTICLE["sentences"]
PAGES = sorted((ROOT / "course").glob("*.md"))

QUOTED = re.compile(r'"((?:[^"\n]|\n(?!\s*\n))*)"|“([^”]*)”')
# A quotation set apart, with the article's agency and date below it.
MOTTO = re.compile(r"((?:^>.*\n)+?)^>\n^>.*Kazinform, 21 September 2018", re.MULTILINE)


def quotations(text: str) -> list[str]:
    """Return the quoted strings of a text, each on one line, in the pieces between dots of omission.

    >>> quotations('The page says "one\\n> two ... three".')
    ['one two', 'three']
    """
    quoted = [found[1] or found[2] or "" for found in QUOTED.finditer(text)]
    lines = [re.sub(r"\s*\n>?\s*", " ", quote) for quote in quoted]
    return [piece.strip() for line in lines for piece in re.split(r"\.\.\.|…", line) if piece.strip()]


def stands_in_the_article(quotation: str) -> bool:
    return any(quotation.rstrip(",.") in sentence for sentence in SENTENCES)


def means_the_article(quotation: str) -> bool:
    """Return whether a quotation is the article's, or nearly: four words of five stand there in this order.

    >>> means_the_article("every second car bought by citizens was assembled in the country")
    True
    >>> means_the_article("every second book lent to a child was a new one")
    False
    """
    words = re.findall(r"\w+", quotation.lower())
    return len(words) >= 4 and any(shared(words, sentence) >= 0.8 for sentence in SENTENCES)


def shared(words: list[str], sentence: str) -> float:
    matcher = difflib.SequenceMatcher(None, words, re.findall(r"\w+", sentence.lower()), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words)


def misquotations(text: str) -> list[str]:
    of_mottos = [quote for motto in MOTTO.finditer(text) for quote in quotations(motto[1])]
    meant = [quote for quote in quotations(text) if means_the_article(quote)]
    return [quote for quote in [*of_mottos, *meant] if not stands_in_the_article(quote)]


def texts_of(unit: str) -> list[str]:
    source = Unit(ROOT / "course", unit)
    cells = [cell.source for cell in source.cells if cell.kind == "markdown"]
    return [*cells, *(text for each in source.answers.tables.values() for _, text in answers.texts_of(each))]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_quotes_the_article_letter_by_letter(unit):
    assert [quote for text in texts_of(unit) for quote in misquotations(text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_quotes_the_article_letter_by_letter(page):
    assert misquotations(page.read_text(encoding="utf-8")) == []


def test_each_unit_but_the_first_and_the_last_quotes_the_article():
    quoting = {unit for unit in UNITS for text in texts_of(unit) for q in quotations(text) if means_the_article(q)}
    assert set(UNITS) - quoting == {"00-start", "12-your-own-text"}


def test_the_tables_quote_the_article_letter_by_letter():
    facts = load_dataset("facts").query(f"source_id == '{ARTICLE['source']}'")
    quotes = pd.concat([load_dataset("claims")["quote"], facts["quote"]])
    assert len(quotes) > 20
    assert [quote for quote in quotes if not stands_in_the_article(quote)] == []


def test_the_title_is_the_pages():
    sources = load_dataset("sources").set_index("id")
    assert sources.loc[ARTICLE["source"], "title"] == SENTENCES[0]


def test_every_sentence_has_a_claim_in_the_table():
    quotes = list(load_dataset("claims")["quote"])
    assert [sentence for sentence in SENTENCES if not any(quote in sentence for quote in quotes)] == []


def test_every_claim_has_an_exercise_or_a_reason_why_not():
    worked_on = {claim for unit, name in ALL_EXERCISES for claim in written(unit)[name]["claims"]}
    assert set(load_dataset("claims")["id"]) - worked_on == set(ARTICLE["no_exercise"])


@pytest.mark.parametrize(
    "text",
    [
        '> "every second car bought by citizens was assembled in the country"\n>\n> Kazinform, 21 September 2018',
        '> "nearly KZT 12 billion"\n>\n> Kazinform, 21 September 2018',
        'It says "the manufacture of cars increased by 150% year-on-year".',
        'It says "Exceeding 19,000 motor vehicles".',
        'It says "this year every second car sold\nin the country was produced by domestic enterprises".',
        "It says “nearly KZT 120 billion, that is 1.6 times more”.",
    ],
)
def test_a_misquotation_is_found(text):
    assert len(set(misquotations(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '> "exceeding 19,000\n> motor vehicles"\n>\n> Kazinform, 21 September 2018',
        'It says "the manufacture of cars has increased by 150% ... exceeding 19,000 motor vehicles".',
        'We made up "every second book lent to a child was a new one".',
        'It says "every second", and an invented paper "rose by 150 %".',
    ],
)
def test_the_articles_own_words_and_those_of_others_pass(text):
    assert misquotations(text) == []
