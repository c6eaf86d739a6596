"""Rounded and uncertain numbers as ranges, and what follows from them."""

from secondcar.practice.news import CURRENCY, News, money, money_unit
from secondcar.practice.question import Question, Slip


def rounded(news: News) -> Question:
    number = news.count()
    step = 1000 if number >= 10_000 and number % 1000 == 0 else 100
    word = {100: "hundred", 1000: "thousand"}[step]
    half = step // 2
    return Question(
        claim=news.said(f"{news.doers} {news.did} about {number:,} {news.many} in {news.year}"),
        ask=f"The number is rounded to the nearest {word}. Between which two numbers does the true one lie?",
        answer=[f"{number} - {step} / 2", f"{number} + {step} / 2"],
        unit=news.many,
        slips=[
            Slip(
                "a-whole-step",
                [f"{number} - {step}", f"{number} + {step}"],
                f"This goes a whole {word} down and up. At what point would another {word} be nearer?",
            ),
            Slip(
                "only-up",
                [f"{number}", f"{number} + {step}"],
                "This is what is possible if numbers are only ever cut. Could the true number be larger, and "
                "could it be smaller?",
            ),
            Slip(
                "up-by-half",
                [f"{number}", f"{number} + {step} / 2"],
                "The number may have been rounded up as well as down. What is the least that is possible?",
            ),
            Slip(
                "down-by-half",
                [f"{number} - {step} / 2", f"{number}"],
                "The number may have been rounded down as well as up. What is the most that is possible?",
            ),
            Slip(
                "number-itself",
                f"{number}",
                "This is the rounded number itself. How far off may the true one be, on either side?",
            ),
        ],
        hint=f"How far may a number be from the nearest full {word}?",
        steps=[
            f"A rounded number is off by half a {word} at most: {half}.",
            f"The low end is {number:,} - {half}, the high end {number:,} + {half}.",
        ],
        right="A round number stands for a whole range.",
        off_by=1,
    )


def product(news: News) -> Question:
    fewest, cheapest = news.count(), news.price()
    most, dearest = _more(news, fewest), _more(news, cheapest)
    unit, over = money_unit(fewest * cheapest)
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} between {fewest:,} and {most:,} {news.many} in {news.year}, at {cheapest:,} to "
            f"{dearest:,} {CURRENCY} each on average"
        ),
        ask=f"Between which two values were they worth together, in {unit}?",
        answer=[f"{fewest} * {cheapest}{over}", f"{most} * {dearest}{over}"],
        unit=unit,
        slips=[
            Slip(
                "ends-crossed",
                [f"{fewest} * {dearest}{over}", f"{most} * {cheapest}{over}"],
                "The fewest are paired with the most expensive here. When is the whole value smallest?",
            ),
            _middle(f"({fewest} + {most}) / 2 * ({cheapest} + {dearest}) / 2{over}"),
        ],
        hint="When is the whole value smallest, and when is it largest?",
        steps=[
            f"Smallest: the fewest and the cheapest, {fewest:,} * {cheapest:,} = {money(fewest * cheapest)}.",
            f"Largest: the most and the most expensive, {most:,} * {dearest:,} = {money(most * dearest)}.",
        ],
        right="In a product, small goes with small and large with large.",
    )


def quotient(news: News) -> Question:
    fewest, cheapest = news.count(), news.price()
    most, dearest = _more(news, fewest), _much_more(news, cheapest)
    low, high = cheapest * most, dearest * fewest
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} between {fewest:,} and {most:,} {news.many} in {news.year}, worth between "
            f"{money(low)} and {money(high)} together"
        ),
        ask=f"Between which two values does the average value of one {news.one} lie, in {CURRENCY}?",
        answer=[f"{low} / {most}", f"{high} / {fewest}"],
        unit=f"{CURRENCY} each",
        slips=[
            Slip(
                "like-with-like",
                [f"{low} / {fewest}", f"{high} / {most}"],
                "Low is divided by low here, and high by high. When is the value of one "
                "smallest: when there are few of them, or many?",
            ),
            _middle(f"({low} + {high}) / ({fewest} + {most})"),
        ],
        hint="When is the value of one smallest: when there are few of them, or many?",
        steps=[
            f"Smallest: the least value over the most {news.many}, {low:,} / {most:,}.",
            f"Largest: the most value over the fewest {news.many}, {high:,} / {fewest:,}.",
        ],
        right="In a quotient, small goes with large.",
    )


def difference(news: News) -> Question:
    fewest_sold = news.count()
    most_sold = _more(news, fewest_sold)
    fewest_made = _more(news, most_sold)
    most_made = _more(news, fewest_made)
    return Question(
        claim=news.said(
            f"Workshops in {news.place} made between {fewest_made:,} and {most_made:,} {news.many} in {news.year} "
            f"and sold between {fewest_sold:,} and {most_sold:,} of them"
        ),
        ask=f"Between which two numbers does the number of {news.many} lie that were made and not sold?",
        answer=[f"{fewest_made} - {most_sold}", f"{most_made} - {fewest_sold}"],
        unit=news.many,
        slips=[
            Slip(
                "like-with-like",
                [f"{fewest_made} - {fewest_sold}", f"{most_made} - {most_sold}"],
                "Low is taken from low here, and high from high. When are the fewest left: when few are sold, or many?",
            ),
            Slip(
                "added",
                [f"{fewest_made} + {fewest_sold}", f"{most_made} + {most_sold}"],
                "Both are added here. What is left when something is sold?",
            ),
        ],
        hint="When are the fewest left: when few are sold, or many?",
        steps=[
            f"Fewest left: few made and many sold, {fewest_made:,} - {most_sold:,}.",
            f"Most left: many made and few sold, {most_made:,} - {fewest_sold:,}.",
        ],
        right="In a difference, small goes with large.",
    )


def part(news: News) -> Question:
    whole, low = news.count(), news.draw.of((10, 15, 20, 25, 30, 40))
    high = low + news.draw.of((5, 10))
    return Question(
        claim=news.said(
            f"Shops in {news.place} sold {whole:,} {news.many} in {news.year}, and between {low} % and {high} % of "
            "them were made there"
        ),
        ask=f"Between which two numbers does the number of {news.many} lie that were made *elsewhere*?",
        answer=[f"{whole} * (100 - {high}) / 100", f"{whole} * (100 - {low}) / 100"],
        unit=news.many,
        slips=[
            Slip(
                "the-local-ones",
                [f"{whole} * {low} / 100", f"{whole} * {high} / 100"],
                "These are the ones made in the town. Which ones does the question ask for?",
            ),
        ],
        hint="How large is the share of the others, at least and at most?",
        steps=[
            f"The others are the rest: between 100 - {high} = {100 - high} % and 100 - {low} = {100 - low} %.",
            f"So {whole:,} * {100 - high} / 100 and {whole:,} * {100 - low} / 100.",
        ],
        right="The most local ones leave the fewest others.",
    )


def _more(news: News, number: int) -> int:
    """Return a number that is up to a third larger, and as round."""
    return _rounded_like(number, number * (1 + news.draw.of((10, 15, 20, 25, 30)) / 100))


def _much_more(news: News, number: int) -> int:
    """Return a number that is so much larger that it stays larger when divided by what `_more` returns."""
    return _rounded_like(number, number * news.draw.of((1.6, 1.8, 2.0)))


def _rounded_like(number: int, larger: float) -> int:
    step = int(10 ** (len(str(number)) - 2))
    return max(round(larger / step), number // step + 1) * step


def _middle(middle: str) -> Slip:
    return Slip("the-middle", middle, "This is the middle. What is the least that is possible, and what is the most?")


FORMS = (rounded, product, quotient, difference, part)
