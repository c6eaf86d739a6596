"""Judges what a chart's words claim, by what the chart shows: borne out, denied or not understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondcar.charts.honesty.facts import Facts, gather_facts, labels_of, units_of
from secondcar.charts.honesty.statements import denied, tell_change, without_bands
from secondcar.charts.language.clauses import read_clauses
from secondcar.charts.reading.records import Reading

BORNE_OUT = "borne out"
DENIED = "denied"
NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True)
class JudgedClaim:
    """What one clause of a chart's words claims, and whether the chart bears it out.

    Attributes:
        place: where it stands: "title", "alt text", "annotation", "legend".
        clause: its words, as written.
        answer: "borne out", "denied" or "not understood".
        sentence: for a reader: what the chart shows beside a claim that is denied or not understood, "" for one that
            is borne out.
    """

    place: str
    clause: str
    answer: str
    sentence: str


def judge_words(readings: Sequence[Reading]) -> list[JudgedClaim]:
    """Judge every claim in the words of a chart: its title, alt text, annotations, legend and the text of the figure.

    A clause that claims nothing ("Cars made in 2018") or asks ("Did output double?") is left out. A claim is denied
    only where the whole clause was understood; what was not understood costs nothing, and its sentence asks the reader.

    Args:
        readings: what `read_all` returned for a figure.

    Returns:
        The judged claims, in the order of the places above; of one place in the order of the text.

    >>> [(claim.clause, claim.answer) for claim in judge_words(read_all(ax))]  # doctest: +SKIP
    [('Output doubled', 'denied'), ('as the minister promised', 'not understood')]
    """
    facts = gather_facts(readings)
    places = {"title": readings[0].title, "alt text": next((r.alt for r in readings if r.alt), "")}
    return [claim for place, text in places.items() for claim in _judge_text(place, text, facts, readings)]


def _judge_text(place: str, text: str, facts: Facts, readings: Sequence[Reading]) -> Iterator[JudgedClaim]:
    labels = labels_of(readings)
    for clause in read_clauses(text, labels):
        words = without_bands(clause.text, labels)
        if any(denied(words, facts, units_of(readings), any_scale=place == "alt text")):
            yield JudgedClaim(place, clause.text, DENIED, f'It says "{clause.text}", but {tell_change(facts)}.')
