"""Return whether a number may be said of a value, of a change or of a ratio."""

import math
from dataclasses import replace

from secondcar.charts.honesty.scene import Scene
from secondcar.charts.honesty.trials.answers import Answer, some
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import role_of, size_ratio, words_for
from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.phrases import stem
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import currencies_in

# So many powers of ten away from what is shown, a number counts something else.
_COUNTED = 3
_DEGREES = ("°C", "°F")
_OTHER_SCALES = (1e-12, 1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9)


def says(number: PrintedNumber, value: float, claim: Claim, scene: Scene) -> Answer:
    """Return whether a number may be said of a value, in the unit of its axis or with the factor of its clause."""
    number = in_points(number, scene)
    if value < 0 and is_open(number) and scene.readings[0].value_axis.unit in _DEGREES:
        return number.hedge in ("under", "at-most")  # -4 is below 10 and no more than 3
    if number.kind == "plain" and (ratio := _ratio(claim, scene)) != 1:
        return matches(number.times(ratio), value, claim, scene) if ratio else None
    if number.kind == "percent" and scene.in_percent:
        return number.fits(100 * value / scene.whole)
    if number.kind == "points" and scene.measure == "gap" and scene.in_percent:
        return number.fits(value)
    if number.kind == "plain" and scene.in_percent and (claim.noun or number.currency):
        return None  # "46 women" or "25 euros" where the axis counts in percent
    if number.kind == "points" and not scene.in_percent:
        return None  # "at one point of the glacier"
    if number.kind == "fraction" and scene.in_percent:
        return number.fits(value / scene.whole)
    return matches(number, value, claim, scene) if number.kind == "plain" else False


def _ratio(claim: Claim, scene: Scene) -> float:
    """Return how many units of the value axis one of a claim's is; 0 where it is one of the other axis."""
    axes = scene.readings[0].value_axis, scene.readings[0].category_axis
    number = claim.number or claim.end or claim.start
    if number and number.currency and not currencies_in(scene.words) and _in_hundredths(scene):
        return 100.0  # "£2" on an axis in pence
    if [size_ratio(claim.noun, axis.unit) is None for axis in axes] == [True, False]:
        return 0.0
    return unit_ratio(claim.noun, scene.words)


def _in_hundredths(scene: Scene) -> bool:
    return any(role_of(token.word, "hundredth") for token in tokens_of(scene.words))


def unit_ratio(noun: str, words: str) -> float:
    """Return how many units of the axis one of a number's is: 100 for metres on an axis in cm; 0 where it has none."""
    if role_of(noun, "hundredth") and currencies_in(words):
        return 0.01  # "60 cents" on an axis in euros
    if not role_of(noun, "size"):
        return 1.0
    units = [token.word for token in tokens_of(words) if role_of(token.word, "size")]
    ratios = [ratio for word in units if (ratio := size_ratio(noun, word))]
    return 1.0 if 1.0 in ratios or not units else ratios[0] if ratios else 0.0


def in_points(number: PrintedNumber, scene: Scene) -> PrintedNumber:
    """Return a number of points as a plain one where the axis counts points, as those of a league."""
    counted = mentions(scene.words, "points") or scene.base is not None
    counts_points = number.kind == "points" and not scene.in_percent and counted
    return replace(number, kind="plain") if counts_points else number


def matches(number: PrintedNumber, value: float, claim: Claim, scene: Scene) -> Answer:
    """Return whether a plain number is a quantity; it may leave out the factor that its axis or clause names."""
    factors = {1.0, scene.factor} if number.scale == 1 else {1.0}
    if not scene.readings[0].value_axis.unit and scene.factor == 1:
        factors.add(1 / max(number.scale, claim.scale))  # the axis does not say in what it counts
    if number.scale == 1 and not number.grouped:
        factors.add(claim.scale)
    if number.hedge:  # almost everything is less than a million: the factor is the one that comes near
        factors = {min(factors, key=lambda factor: _apart(number.value * factor, scene))}
    answer = some(number.times(factor).fits(value) for factor in factors)
    other = number.scale > 1 and not is_open(number)
    if answer is False and other and any(number.times(power).allows(value) for power in _OTHER_SCALES):
        return None  # millions for billions are a wrong unit, and that rule says so
    return answer


def _apart(value: float, scene: Scene) -> float:
    """Return how many powers of ten lie between a number and the largest value of a chart."""
    largest = max(map(abs, scene.values), default=0.0)
    return abs(math.log10(abs(value) / largest)) if value and largest else math.inf


def speaks_of_values(claim: Claim, number: PrintedNumber, scene: Scene) -> bool:
    """Return whether a number is meant for the value axis, and not for something else that is counted."""
    rates = words_for("rate", claim.rate)
    if rates and not any(mentions(scene.words, word) for word in rates):
        return False  # cars a month, where the axis counts cars a year
    if number.currency:
        shown = currencies_in(scene.words)
        return number.currency in shown or (number.currency == "USD" and any(code.endswith("D") for code in shown))
    ratio = _ratio(claim, scene) or 1.0
    if min(_apart(number.value * factor, scene) for factor in (ratio, scene.factor)) > _COUNTED:
        return False  # 1,000 draws, where the axis shows shares of them
    if number.text.casefold() in scene.words:
        return False  # the axis itself says it, as in "households with two cars"
    if f"{abs(number.value):g}" in [token.text for token in tokens_of(scene.words) if token.kind == "numeral"]:
        return False  # the axis itself names it, as in "litres per 100 km"
    if number.kind != "plain":
        return number.kind in ("percent", "fraction") and scene.in_percent
    if "pairs" in claim.flags:
        return True
    stems = {stem(token.word) for token in tokens_of(scene.words) if token.kind == "word"}
    named = {stem(token.word) for labels in claim.names for label in labels for token in tokens_of(label)}
    if claim.noun and role_of(claim.noun, "unit") == scene.readings[0].value_axis.unit:
        return True  # "degrees" on an axis in °C
    if claim.noun and (stem(claim.noun) in stems | named or _ratio(claim, scene) not in (0, 1)):
        return True
    return (number.scale > 1 or number.grouped) and not claim.noun


def is_amount(claim: Claim, number: PrintedNumber, a: float, b: float, scene: Scene) -> Answer:
    """Return whether a value changed by a number: of percent, of points, so many times, or a difference."""
    number = in_points(number, scene)
    if number.kind == "plain":
        ratio = _ratio(claim, scene)
        return matches(number.times(ratio), abs(b - a), claim, scene) if ratio else None
    if number.kind == "points":
        return number.fits(b - a) if scene.in_percent else None
    if number.kind == "percent" and scene.base and number.fits(b - scene.base):
        return True
    if not a and b and not is_open(number):
        return False  # from nothing no number of times leads anywhere
    if not a or a * b < 0:
        return None
    ratio = b / a
    if number.kind == "multiple":
        return number.fits(ratio)
    if number.kind == "times":
        if claim.sign < 0:
            return number.fits(1 / ratio) if ratio else None
        return some([number.fits(ratio), number.fits(ratio - 1)]) if "by" in claim.flags else number.fits(ratio)
    if number.kind == "percent":
        if scene.in_percent and scene.is_rate and number.fits(b - a):
            return None  # of a rate, such as inflation, "two percent" may be points
        return number.fits(100 * (ratio - 1))
    return number.fits(ratio - 1)


def reaches(number: PrintedNumber, a: float, b: float, claim: Claim, scene: Scene) -> Answer:
    """Return whether a value rose or fell to a number: a level, or a part of what it was."""
    if number.kind == "plain" or (number.kind in ("percent", "fraction", "points") and scene.in_percent):
        # "A loss narrowed to 15 million", but "the surplus grows to 6 billion"
        return says(number, b, claim, scene) if a * b >= 0 or (scene.measure and b > 0) else None
    if not a or a * b < 0:
        return None
    return number.fits(100 * b / a if number.kind == "percent" else b / a)


def is_open(number: PrintedNumber | None) -> bool:
    """Return whether a number names a limit, so that many values fit it: "more than half", "at most 500"."""
    return number is not None and (number.low == 0 < number.high or number.high == math.inf)


def one_more(number: PrintedNumber) -> PrintedNumber:
    """Return the ratio that "three times more" may mean as well: four times as much."""
    return replace(number, value=number.value + 1, low=number.low + 1, high=number.high + 1)
