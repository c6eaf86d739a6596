"""Rises and falls *by* and *to* so many percent."""

from secondcar.practice.news import News
from secondcar.practice.question import Question, Slip

RISES = (20, 25, 40, 50, 60, 75, 80, 120, 140, 150, 180, 220, 240, 250)
LEVELS_UP = (120, 125, 140, 150, 160, 180, 220, 250)
LEVELS_DOWN = (25, 40, 60, 75, 80)
FALLS = (20, 25, 30, 40, 60, 70, 75, 80)

COUNT = "This takes the percentage for a count of {}. Of what is it a share?"


def old_from_by(news: News) -> Question:
    rise, old = news.draw.of(RISES), news.count()
    new = old * (100 + rise) // 100
    claim = news.draw.of(
        (
            f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, {rise} % more than in {news.before}",
            f"{news.name} rose by {rise} % in {news.year}, to {new:,}",
        )
    )
    return Question(
        claim=news.said(claim),
        ask=f"How many {news.many} were {news.did} there in {news.before}?",
        answer=f"{new} / (1 + {rise} / 100)",
        unit=news.many,
        slips=[
            Slip(
                "by-read-as-to",
                f"{new} / ({rise} / 100)",
                f"This is what *to* {rise} % leads to. The rise comes on top "
                "of the old number: how many times the old number is the new one?",
            ),
            Slip(
                "percent-off-the-new",
                f"{new} - {new} * {rise} / 100",
                f"Here {rise} % of the *new* number is taken away. Of which year's number is the percentage a share?",
            ),
            Slip("percent-as-count", f"{new} - {rise}", COUNT.format(news.many)),
            Slip(
                "forward",
                f"{new} * (1 + {rise} / 100)",
                "Here the rise is added once more. Which year do you start from, and which one do you want?",
            ),
        ],
        hint=f"The number of {news.before} counts as 100 %. How many percent of it is the number of {news.year}?",
        steps=[
            f"The base is the number of {news.before}: it counts as 100 %.",
            f"The rise comes on top: 100 % + {rise} % = {100 + rise} %, which is {(100 + rise) / 100:g} times the "
            "base.",
            f"Undo that: {new:,} / {(100 + rise) / 100:g}.",
        ],
        right="The old number counts once, and the rise comes on top of it.",
    )


def old_from_to(news: News) -> Question:
    level, old = news.draw.of(LEVELS_UP + LEVELS_DOWN), news.count()
    new = old * level // 100
    rose = level > 100
    moved = "rose" if rose else "fell"
    return Question(
        claim=news.said(
            f"{news.name} {moved} to {level} % of the {news.before} level in {news.year} and reached {new:,}"
            if rose
            else f"{news.name} {moved} to {level} % of the {news.before} level in {news.year}, or {new:,}"
        ),
        ask=f"How many {news.many} were {news.did} there in {news.before}?",
        answer=f"{new} / ({level} / 100)",
        unit=news.many,
        slips=[
            Slip(
                "to-read-as-by",
                f"{new} / (1 + {level} / 100)" if rose else f"{new} / (1 - {level} / 100)",
                f"This is what *by* {level} % leads to. Is the percentage "
                "here the whole new number, or the change alone?",
            ),
            Slip(
                "forward",
                f"{new} * {level} / 100",
                "This is larger than the new number. Should the number of "
                f"{news.before} be larger or smaller than that of {news.year}?",
            ),
            Slip("percent-as-count", f"{new} - {level}", COUNT.format(news.many)),
        ],
        hint=f"The new number is {level} % *of* the old one. How do you undo a share of something?",
        steps=[
            f"The base is the number of {news.before}: it counts as 100 %.",
            f"*To* {level} % says what the new number is of the old one: {level / 100:g} times the base.",
            f"Undo that: {new:,} / {level / 100:g}.",
        ],
        right="*To* and *of* give the whole new number, and *by* the change alone.",
    )


def new_from_rise(news: News) -> Question:
    rise, old = news.draw.of(RISES), news.count()
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {old:,} {news.many} in {news.before}, and in {news.year} the number rose by "
            f"{rise} %"
        ),
        ask=f"How many {news.many} were {news.did} there in {news.year}?",
        answer=f"{old} * (1 + {rise} / 100)",
        unit=news.many,
        slips=[
            Slip(
                "rise-alone",
                f"{old} * {rise} / 100",
                "This is the rise alone. What was there already, before it rose?",
            ),
            Slip("percent-as-count", f"{old} + {rise}", COUNT.format(news.many)),
            Slip(
                "backward",
                f"{old} / (1 + {rise} / 100)",
                "This goes back a year, with the right ratio. Which year do you start from?",
            ),
        ],
        hint=f"How many {news.many} are {rise} % of the old number, and what do they come on top of?",
        steps=[
            f"The base is the number of {news.before}: {old:,} {news.many} count as 100 %.",
            f"*By* {rise} % comes on top: 100 % + {rise} % = {100 + rise} %.",
            f"So {old:,} * {(100 + rise) / 100:g}.",
        ],
        right="The old number counts once, and the rise comes on top of it.",
    )


def new_from_fall(news: News) -> Question:
    percent, old, word = news.draw.of(FALLS), news.count(), news.draw.of(("by", "to"))
    left = percent if word == "to" else 100 - percent
    other = "by" if word == "to" else "to"
    told = f"fell by {percent} %" if word == "by" else f"fell to {percent} % of that"
    how = (
        f"*To* {percent} % says what is left of the base: {left} %."
        if word == "to"
        else f"*By* {percent} % is taken away: 100 % - {percent} % = {left} %."
    )
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {old:,} {news.many} in {news.before}, and in {news.year} the number {told}"
        ),
        ask=f"How many {news.many} were {news.did} there in {news.year}?",
        answer=f"{old} * {percent} / 100" if word == "to" else f"{old} * (1 - {percent} / 100)",
        unit=news.many,
        slips=[
            Slip(
                f"{word}-read-as-{other}",
                f"{old} * {100 - left} / 100",
                f"This is what *{other}* {percent} % leads to. Does the percentage say what is left, or what is gone?",
            ),
            Slip(
                "rose-for-fell",
                f"{old} * (1 + {percent} / 100)",
                "Here the number rises. Which way did it go?",
            ),
            Slip("percent-as-count", f"{old} - {percent}", COUNT.format(news.many)),
        ],
        hint="How many percent of the old number are left?",
        steps=[
            f"The base is the number of {news.before}: {old:,} {news.many} count as 100 %.",
            how,
            f"So {old:,} * {left / 100:g}.",
        ],
        right="After a fall, ask what is left.",
    )


def rise_in_percent(news: News) -> Question:
    rise, old = news.draw.of(RISES), news.count()
    new = old * (100 + rise) // 100
    return Question(
        claim=news.said(f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, after {old:,} in {news.before}"),
        ask="By how many percent did the number rise?",
        answer=f"({new} - {old}) / {old} * 100",
        unit="%",
        slips=[
            Slip(
                "change-over-new",
                f"({new} - {old}) / {new} * 100",
                "This compares the rise with the *new* number. Which of the two years counts as 100 %?",
            ),
            Slip(
                "ratio-called-rise",
                f"{new} / {old} * 100",
                "This is the ratio, as a percentage. How much of it was there before?",
            ),
            Slip(
                "count-for-percent",
                f"{new} - {old}",
                f"That is how many more {news.many} there were. How much is that in percent of the old number?",
            ),
        ],
        hint="How many more were there, and which year's number is that to be compared with?",
        steps=[
            f"The base is the number of {news.before}: {old:,}.",
            f"The rise is {new:,} - {old:,} = {new - old:,} {news.many}.",
            f"In percent of the base: {new - old:,} / {old:,} * 100.",
        ],
        right="The rise is measured in the old number.",
    )


def which_word(news: News) -> Question:
    percent, old, word = news.draw.of((140, 150, 160, 180, 220, 240, 250)), news.count(), news.draw.of(("by", "to"))
    ratio = percent if word == "to" else 100 + percent
    new = old * ratio // 100
    other = "by" if word == "to" else "to"
    return Question(
        claim=news.said(f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, after {old:,} in {news.before}"),
        ask=f"One headline says that the number rose *by* {percent} %, another that it rose *to* {percent} % of the "
        "old "
        'one. Which word fits the two numbers, "by" or "to"?',
        answer=word,
        options=("by", "to"),
        slips=[
            Slip(
                f"{other}-for-{word}",
                other,
                f"With that word the new number would be another one. What is {percent} % of the old number, and is "
                "that the new number or what came on top?",
            )
        ],
        hint="Divide the new number by the old one. How many percent of the old number is it?",
        steps=[
            f"The new number is {new:,} / {old:,} = {ratio / 100:g} times the old one, or {ratio} % *of* it.",
            f"Without the old number's own 100 %, the rise is {ratio - 100} %: it rose *by* {ratio - 100} %, *to* "
            f"{ratio} %.",
        ],
        right="*To* counts the old number in, and *by* leaves it out.",
    )


FORMS = (old_from_by, old_from_to, new_from_rise, new_from_fall, rise_in_percent, which_word)
