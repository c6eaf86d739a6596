"""The rule forecast: what is planned must not look as if it had happened."""

from secondcar.charts.honesty.colours import DISTANCE, closest_pair
from secondcar.charts.honesty.rules import MISLEADING, Asked, Found, each_panel, name_of, notes_of
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.numbers import PrintedNumber, numbers_in
from secondcar.charts.language.periods import read_period
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.reading.records import Mark, Reading

_FOOTNOTE_SIGNS = "*\u2020\u2021\u00b9\u00b2\u00b3"


@each_panel
def find_plans_like_facts(panel: Reading, asked: Asked) -> Found:
    planned = plans_of(panel, asked)
    if not planned:
        return
    with_plans = {mark.series for mark in planned}
    # A dashed line to a target begins at the last fact, which another line shows as a fact.
    elsewhere = {(mark.category, mark.value) for mark in panel.marks if mark.series not in with_plans}
    plans = set(map(id, planned))
    facts = [
        mark
        for mark in panel.marks
        if id(mark) not in plans and not (mark.series in with_plans and (mark.category, mark.value) in elsewhere)
    ]
    one_colour_each = len({mark.colour for mark in facts}) > 1
    looks = {(m.kind, m.series, m.colour, m.hatch, m.linestyle, m.marker, m.edge): m for m in reversed(facts)}
    for plan in planned:
        for fact in looks.values():
            if _look_alike(plan, fact, one_colour_each):
                sentence = (
                    f'"{name_of(plan, panel)}" is a plan or a forecast, and is drawn like "{name_of(fact, panel)}", '
                    "which is a fact: set it apart by hatching, an outline or dashes, and say so."
                )
                yield MISLEADING, sentence, None
                return


def plans_of(panel: Reading, asked: Asked = Asked()) -> list[Mark]:  # noqa: B008 - a frozen record
    """Return the marks that show a plan or a forecast, as the chart's own words say."""
    named = {text for text in (*panel.categories, *panel.series) if isinstance(text, str) and _says_plan(text, panel)}
    years = _planned_years(panel, asked)
    if not named and not years:
        return []
    return [
        mark
        for mark in panel.marks
        if mark.category in named
        or mark.series in named
        or any(not numbers or any(n.allows(mark.value) for n in numbers) for numbers in years.get(_year_of(mark), []))
    ]


def _year_of(mark: Mark) -> int | None:
    period = read_period(mark.category)
    return period.year if period else None


def _says_plan(label: str, panel: Reading) -> bool:
    return _is_planned(label) or _is_planned(_footnote_of(label, panel))


def _is_planned(text: str) -> bool:
    return any(map(str.isalpha, text)) and mentions(text, "planned") and text.strip().casefold() not in ("e", "f")


def _planned_years(panel: Reading, asked: Asked) -> dict[int | None, list[list[PrintedNumber]]]:
    """Return the years that the chart's words call planned, each with the numbers that a clause gives for it."""
    labels = [category for category in panel.categories if isinstance(category, str)]
    shown = {period.year for label in panel.categories if (period := read_period(label)) and period.year}
    told: dict[int | None, list[list[PrintedNumber]]] = {}
    for year in shown:
        if asked.now and year > asked.now:
            told.setdefault(year, []).append([])
    # Where one category is called the plan of the year, another of that year is not a plan.
    taken = {y for text in (*labels, *panel.series) if _is_planned(text) for y in shown if str(y) in text}
    for clause in _clauses(panel.source):
        if _is_planned(clause) and not mentions(clause, "settled"):
            for year in _years_in(clause, shown) - taken:
                told.setdefault(year, []).append(list(numbers_in(clause)))
    others = " ".join([*labels, *panel.series, *notes_of(panel)])
    if not _is_planned(others):  # the title alone may tell it: "output in 2019, and the target for 2020"
        for year in _years_behind_plan(panel.title, shown):
            told.setdefault(year, []).append([])
    return told


def _clauses(text: str) -> list[str]:
    for sign in ";()":
        text = text.replace(sign, "\n")
    return text.replace(", ", "\n").replace(". ", "\n").split("\n")


def _years_in(clause: str, shown: set[int]) -> set[int]:
    """Return the years a clause names: by itself, within "2019 to 2021", or after "from 2021"."""
    tokens = tokens_of(clause)
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind != "numeral" or read_period(token.word) is None:
            continue
        before = tokens[place - 1].word if place else ""
        if read_period(before) and not before.isdigit():
            continue  # when it was published: "September 2018"
        behind = [other.word for other in tokens[place + 1 : place + 3]]
        year = int(token.word)
        if behind[:1] in (["to"], ["-"]) and behind[1:] and behind[1].isdigit():
            found |= set(range(year, int(behind[1]) + 1))
        elif before in ("from", "since", "after"):
            found |= {other for other in shown if other >= year}
        else:
            found.add(year)
    return found & shown


def _years_behind_plan(title: str, shown: set[int]) -> set[int]:
    """Return the years of "the target for 2020", unless the title says that it was missed or reached."""
    words = [token.word for token in tokens_of(title)]
    found = set()
    for place, word in enumerate(words):
        if _is_planned(word):
            rest = words[place + 1 : place + 5]
            behind = [word for word in rest if word not in ("for", "of", "in", "by", "the", "year")]
            linked = rest[:1] and rest[0] in ("for", "of", "in", "by")
            settled = mentions(" ".join(words[place:]), "settled")
            found |= {year for year in shown if linked and not settled and behind[:1] == [str(year)]}
    return found


def _footnote_of(label: str, panel: Reading) -> str:
    """Return the note that a sign at the end of a label points to: "2020*" to "* planned"; "" if none does."""
    stripped = label.rstrip(_FOOTNOTE_SIGNS)
    sign = label[len(stripped) :]
    if not sign:
        return ""
    for note in (*panel.annotations, panel.category_axis.label, panel.value_axis.label):
        before, found, text = note.partition(sign)
        if found and text.strip() and (not before or before[-1].isspace()):
            return text.strip()
    return ""


def _look_alike(plan: Mark, fact: Mark, colours_vary: bool) -> bool:
    if plan.kind != fact.kind or (plan.hatch, plan.linestyle) != (fact.hatch, fact.linestyle):
        return False
    if plan.kind != "line" and (plan.marker != fact.marker or plan.edge != fact.edge):
        return False
    closest = closest_pair([plan.colour, fact.colour])
    return (colours_vary and plan.series == fact.series) or (closest is not None and closest[0] < DISTANCE)
