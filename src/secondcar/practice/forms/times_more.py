"""So many times as much, and so many times more."""

from secondcar.practice.news import News, in_words
from secondcar.practice.question import Question, Slip

RATIOS = (1.2, 1.25, 1.4, 1.5, 1.6, 1.8, 2.5, 3, 3.5, 4)

# Times -> the step in which the old number, read as on top, makes all numbers round.
LOOSE = {1.5: 300, 2: 200, 3: 300, 4: 400}


def old_from_as_many(news: News) -> Question:
    times, old = news.draw.of(RATIOS), news.count()
    new = round(old * times)
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, {in_words(times)} times as many as in "
            f"{news.before}"
        ),
        ask=f"How many {news.many} were {news.did} there in {news.before}?",
        answer=f"{new} / {times:g}",
        unit=news.many,
        slips=[
            Slip(
                "as-many-read-as-on-top",
                f"{new} / (1 + {times:g})",
                "This is what *on top* leads to. Does *as many* speak of what came on top, or of the whole new number?",
            ),
            Slip(
                "multiplied",
                f"{new} * {times:g}",
                "This is larger than the new number. Was the old number larger or smaller?",
            ),
            Slip(
                "rise-alone",
                f"{new} / ({times:g} - 1)",
                "This is divided by the rise alone. What does *as many* count in?",
            ),
        ],
        hint="Write it forward first: the old number, times what, is the new number?",
        steps=[
            f"*As many* counts the old number in: the old number * {times:g} = {new:,}.",
            f"Undo the multiplication: {new:,} / {times:g}.",
        ],
        right="*As many* gives the ratio itself.",
    )


def old_from_on_top(news: News) -> Question:
    times, old = news.draw.of(RATIOS), news.count()
    new = round(old * (1 + times))
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, {in_words(times)} times more than in "
            f"{news.before}"
        ),
        ask=f'Asked what was meant, the writer says: "On top: {in_words(times)} times the number of {news.before} '
        "was added to "
        f'it." How many {news.many} were {news.did} there in {news.before}?',
        answer=f"{new} / (1 + {times:g})",
        unit=news.many,
        slips=[
            Slip(
                "on-top-read-as-as-many",
                f"{new} / {times:g}",
                "This is what *times as many* leads to. The writer means *on top*: what did it come on top of?",
            ),
            Slip(
                "multiplied",
                f"{new} * (1 + {times:g})",
                "This is larger than the new number. Was the old number larger or smaller?",
            ),
        ],
        hint="The old number counts once. How often was it added?",
        steps=[
            f"The old number counts once, and {times:g} times it comes on top: 1 + {times:g} = {1 + times:g} times.",
            f"Undo that: {new:,} / {1 + times:g}.",
        ],
        right="Once for itself, and what was added besides.",
    )


def rise_from_times(news: News) -> Question:
    times, were = news.draw.of(RATIOS), "were" if news.activity.name == "sales" else "was"
    return Question(
        claim=news.said(f"{news.name} in {news.year} {were} {in_words(times)} times as high as in {news.before}"),
        ask=f"By how many percent did {news.activity.name} rise from {news.before} to {news.year}?",
        answer=f"({times:g} - 1) * 100",
        unit="%",
        slips=[
            Slip(
                "ratio-called-rise",
                f"{times:g} * 100",
                "This is the ratio, as a percentage. How much of it was there before?",
            ),
            Slip(
                "ratio-itself",
                f"{times:g}",
                "This is the ratio itself. What is asked is the rise, in percent. "
                "What does the ratio hold besides the rise?",
            ),
            Slip(
                "ratio-off-a-hundred",
                f"100 - 100 / {times:g}",
                "The *new* number is the base here. Which of the two years counts as 100 %?",
            ),
        ],
        hint="Try it with one hundred in the first year. How many were there in the second, and how many more is that?",
        steps=[
            f"{times:g} times as high is {times * 100:g} % *of* the old number.",
            f"The old number is 100 % of that. The rise is what is left: ({times:g} - 1) * 100.",
        ],
        right="From ratio to rise: take the old number away.",
    )


def how_many_times(news: News) -> Question:
    times, old = news.draw.of(RATIOS), news.count()
    new = round(old * times)
    return Question(
        claim=news.said(f"{news.doers} {news.did} {old:,} {news.many} in {news.before} and {new:,} in {news.year}"),
        ask=f"The number of {news.year} is how many times the number of {news.before}? Give the ratio, a plain number.",
        answer=f"{new} / {old}",
        unit=f"times the number of {news.before}",
        slips=[
            Slip(
                "rise-for-ratio",
                f"({new} - {old}) / {old}",
                "This is the rise alone. The ratio counts the old number in: what is missing?",
            ),
            Slip(
                "upside-down",
                f"{old} / {new}",
                "This is the old number, divided by the new one. Which of them is the base?",
            ),
        ],
        hint="Which of the two numbers is the base, the one that you divide by?",
        steps=[f"The base is the number of {news.before}.", f"So {new:,} / {old:,}."],
        right="The ratio counts the old number in.",
    )


def open_or_decided(news: News) -> Question:
    """The words alone leave two readings; a second number may rule one out."""
    times = news.draw.of(tuple(LOOSE))
    on_top = news.count(LOOSE[times])
    new = round(on_top * (1 + times))
    as_many = round(new / times)
    decided = news.draw.of((True, False))
    first_half = (on_top + (as_many - on_top) * 2 // 5) // 100 * 100 + 100
    claim = news.said(
        f"{news.doers} {news.did} {new:,} {news.many} in {news.year}, {in_words(times)} times more than in "
        f"{news.before}"
    )
    more = (
        f" A report of {news.before} counts {first_half:,} {news.many} {news.did} there in January to June of that "
        "year."
        if decided
        else ""
    )
    either = "either of the two"
    ruled_out = (
        f"The first half of {news.before} alone had {first_half:,}. That is more than {on_top:,}, so only "
        f"{as_many:,} is left."
        if decided
        else "Nothing else is known, so both readings stay open. Ask the writer."
    )
    return Question(
        claim=claim + more,
        ask=f"How many were {news.did} in the whole of {news.before}, as far as these words tell: "
        f'"{as_many:,}", "{on_top:,}" or "{either}"?',
        answer=f"{as_many:,}" if decided else either,
        options=(f"{as_many:,}", f"{on_top:,}", either),
        slips=[
            Slip(
                "on-top-alone",
                f"{on_top:,}",
                "A whole year cannot have fewer than its first half. Which reading does that leave?"
                if decided
                else "That is one reading: so many times the old number on top. Do the words rule the other one out?",
            ),
            Slip(
                "left-open",
                either,
                "The words alone leave that open. What does the number of the first half rule out?",
            )
            if decided
            else Slip(
                "as-many-alone",
                f"{as_many:,}",
                "That is one reading: so many times as many. Do the words rule the other one out?",
            ),
        ],
        hint=f'"{in_words(times)} times more" can be the whole new number or what came on top. Which old number does '
        "each give?",
        steps=[
            f"Read as *times as many*: {new:,} / {times:g} = {as_many:,}.",
            f"Read as *on top*: {new:,} / {1 + times:g} = {on_top:,}.",
            ruled_out,
        ],
        right="A second number decided what the words leave open."
        if decided
        else "Where the words do not tell, saying so is the right answer.",
    )


FORMS = (old_from_as_many, old_from_on_top, rise_from_times, how_many_times, open_or_decided)
