"""Targets, paces and what they ask for."""

from secondcar.practice.news import News, in_words
from secondcar.practice.question import Question, Slip

YEARLY = (10, 20, 25, 30, 40, 50, 60)
RISES = (20, 25, 40, 50, 60, 75, 80, 120, 150, 180, 220, 250)


def required_rise(news: News) -> Question:
    rise, made, later = news.draw.of(RISES), news.count(), news.year + news.draw.between(2, 6)
    target = made * (100 + rise) // 100
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {made:,} {news.many} in {news.year}, and the target for {later} is {target:,}"
        ),
        ask=f"By how many percent would the number have to rise from {news.year} to {later} to meet the target?",
        answer=f"({target} / {made} - 1) * 100",
        unit="%",
        slips=[
            Slip(
                "ratio-called-rise",
                f"{target} / {made} * 100",
                "This is the target in percent *of* today's number. How much of it is there already?",
            ),
            Slip(
                "rise-over-target",
                f"({target} - {made}) / {target} * 100",
                "This compares the rise with the target. Which of the two counts as 100 %?",
            ),
            Slip(
                "count-for-percent",
                f"{target} - {made}",
                f"That is how many {news.many} are missing. How much is that in percent of what there is?",
            ),
        ],
        hint="The target is how many times the number of today, and what has to be added to today's?",
        steps=[
            f"The base is the number of {news.year}: {made:,}.",
            f"The target is {target:,} / {made:,} = {target / made:g} times as many.",
            f"As a rise: ({target / made:g} - 1) * 100.",
        ],
        right="The rise leaves out what is there already.",
    )


def pace_of_the_year(news: News) -> Question:
    months = news.draw.of((2, 3, 4, 5, 8, 9, 10))
    made = _monthly(news) * months
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {made:,} {news.many} in the first {in_words(months)} months of {news.year}"
        ),
        ask=f"How many {news.many} would be {news.did} in the whole of {news.year}, if the pace of these months stays?",
        answer=f"{made} / {months} * 12",
        unit=news.many,
        slips=[
            Slip(
                "months-taken-for-years",
                f"{made} * 12",
                f"This is the sum of all {months} months. How many is that in one month?",
            ),
            Slip(
                "doubled",
                f"{made} * 2",
                f"This is twice as many. Are {months} months half a year?",
            ),
            Slip(
                "one-month",
                f"{made} / {months}",
                "This is the number for one month. How many months are in a year?",
            ),
            Slip(
                "the-rest-alone",
                f"{made} / {months} * (12 - {months})",
                "This is what the other months would bring. What was there already?",
            ),
        ],
        hint="How many is that a month, and how many months are in a year?",
        steps=[
            f"In one month: {made:,} / {months} = {made / months:,g}.",
            f"In twelve: {made / months:,g} * 12.",
        ],
        right="It is calculated, not counted: it takes for granted that the pace stays.",
    )


def pace_of_the_rest(news: News) -> Question:
    months, rest = news.draw.of((3, 4, 6, 7, 8, 9, 10)), _monthly(news)
    made = rest * months * news.draw.of((5, 6, 7, 8)) // 1000 * 100
    target = made + rest * (12 - months)
    return Question(
        claim=news.said(
            f"{news.doers} set out to {news.activity.do} {target:,} {news.many} in {news.year}, and {made:,} were "
            f"{news.did} in the first {in_words(months)} months"
        ),
        ask="How many a month would have to follow, on average, for the target to be met at the end of the year?",
        answer=f"({target} - {made}) / (12 - {months})",
        unit=f"{news.many} a month",
        slips=[
            Slip(
                "pace-of-the-year",
                f"{target} / 12",
                "This is the pace of a whole year that begins at nothing. How many are there already?",
            ),
            Slip(
                "rest-over-twelve",
                f"({target} - {made}) / 12",
                "The rest is shared out over twelve months here. How many months are left?",
            ),
            Slip(
                "pace-so-far",
                f"{made} / {months}",
                "This is the pace so far. How many are still missing, and how many months are left?",
            ),
            Slip(
                "rest-over-months-gone",
                f"({target} - {made}) / {months}",
                "The rest is shared out over the months that are gone. How many are left?",
            ),
            Slip(
                "all-of-the-rest",
                f"{target} - {made}",
                "This is all that is still missing. How many months are left for it?",
            ),
        ],
        hint="How many are still missing, and how many months are left for them?",
        steps=[
            f"Still missing: {target:,} - {made:,} = {target - made:,}.",
            f"Months left: 12 - {months} = {12 - months}.",
            f"So {target - made:,} / {12 - months} a month.",
        ],
        right="What is missing, over the time that is left.",
    )


def rise_a_year(news: News) -> Question:
    yearly, made = news.draw.of(YEARLY), news.count(400)
    ratio = (100 + yearly) ** 2 / 10_000
    target = round(made * ratio)
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {made:,} {news.many} in {news.year}, and the target for {news.year + 2} is "
            f"{target:,}"
        ),
        ask="By how many percent *a year* would the number have to rise, if it is the same percentage in both years?",
        answer=f"(({target} / {made}) ** (1 / 2) - 1) * 100",
        unit="% a year",
        slips=[
            Slip(
                "half-of-the-rise",
                f"({target} / {made} - 1) * 100 / 2",
                "This is half of the rise of both years. In the second year the first "
                "year's rise grows as well: which ratio, times itself, makes the whole one?",
            ),
            Slip(
                "rise-of-both-years",
                f"({target} / {made} - 1) * 100",
                "This is the rise of both years together. Which ratio, times itself, makes the whole one?",
            ),
            Slip(
                "ratio-called-rise",
                f"({target} / {made}) ** (1 / 2) * 100",
                "This is the ratio of one year, in percent. How much of it was there before?",
            ),
        ],
        hint="Which ratio, times itself, makes the ratio of both years? In Python, ** (1 / 2) is the square root.",
        steps=[
            f"Both years together: {target:,} / {made:,} = {ratio:g} times as many.",
            f"The same ratio twice makes that: its square root, {ratio:g} ** (1 / 2) = {1 + yearly / 100:g}.",
            f"As a rise: ({1 + yearly / 100:g} - 1) * 100.",
        ],
        right="Growth grows, too: two years are not twice one year.",
    )


def missed_by(news: News) -> Question:
    missed, target = news.draw.of((5, 10, 15, 20, 25, 30, 35, 40, 45, 60)), news.count()
    made = target * (100 - missed) // 100
    return Question(
        claim=news.said(
            f"The target for {news.year} was {target:,} {news.many}, but {news.doers.lower().split()[0]} in "
            f"{news.place} {news.did} only {made:,}"
        ),
        ask="By how many percent was the target missed? Its base, 100 %, is the target. Give a plain number of "
        "percent, without a minus.",
        answer=f"({target} - {made}) / {target} * 100",
        unit="%",
        slips=[
            Slip(
                "share-that-was-met",
                f"{made} / {target} * 100",
                "This is the part of the target that was met. Which part does the question name?",
            ),
            Slip(
                "compared-with-what-was-made",
                f"({target} - {made}) / {made} * 100",
                "This compares with what was there in the end. Which number counts as 100 %?",
            ),
            Slip(
                "count-for-percent",
                f"{target} - {made}",
                f"That is how many {news.many} were missing. How much is that in percent of the target?",
            ),
        ],
        hint="How many were missing, and of which number are they a part?",
        steps=[
            f"The base is the target: {target:,}.",
            f"Missing: {target:,} - {made:,} = {target - made:,}.",
            f"In percent of the base: {target - made:,} / {target:,} * 100.",
        ],
        right="What was missing, measured in what was promised.",
    )


def _monthly(news: News) -> int:
    """Return a number for one month, with which a year has about as many as the thing allows."""
    return max(100, news.count() // 120 * 10)


FORMS = (required_rise, pace_of_the_year, pace_of_the_rest, rise_a_year, missed_by)
