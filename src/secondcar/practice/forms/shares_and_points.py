"""Shares of a whole, percentage points and percent."""

from secondcar.practice.news import News
from secondcar.practice.question import Question, Slip

# Shares in percent that make a whole number of percent, first and last.
RISING = (
    (8, 12), (10, 14), (12, 18), (16, 20), (20, 25), (20, 30), (24, 36), (25, 30), (25, 40), (30, 45), (32, 40),
    (40, 50), (40, 60), (50, 60), (60, 75),
)  # fmt: skip
# The same for what is left of the whole.
LEAVING = ((10, 28), (20, 36), (20, 40), (25, 40), (36, 52), (40, 70), (50, 60), (60, 70), (75, 80))

NTH = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 8: "eighth", 10: "tenth"}


def _two_shares(news: News, first: int, last: int) -> str:
    return news.said(
        f"Of all {news.many} sold in {news.place}, {first} % were made there in {news.before} and {last} % in "
        f"{news.year}"
    )


def points(news: News) -> Question:
    first, last = _either_way(news)
    return Question(
        claim=_two_shares(news, first, last),
        ask="By how many percentage *points* did the share of locally made ones change? A fall is a negative number.",
        answer=f"{last} - {first}",
        unit="percentage points",
        slips=[
            Slip(
                "percent-for-points",
                f"({last} - {first}) / {first} * 100",
                "This is the change in percent of the old share. What is the plain distance between the two shares?",
            ),
            Slip(
                "the-new-share",
                f"{last}",
                "This is the new share itself. How far is it from the old one?",
            ),
        ],
        hint="Points are the plain distance between two percentages. What is taken away from what?",
        steps=["Points are a difference of two shares of the same kind of whole.", f"So {last} - {first}."],
        right="A plain difference of two shares.",
    )


def percent_of_a_share(news: News) -> Question:
    first, last = news.draw.of(RISING)
    return Question(
        claim=_two_shares(news, first, last),
        ask="By how many *percent* did the share of locally made ones rise? The base, 100 %, is the share of "
        f"{news.before}.",
        answer=f"({last} - {first}) / {first} * 100",
        unit="%",
        slips=[
            Slip(
                "points-for-percent",
                f"{last} - {first}",
                "These are percentage points. What are they in percent of the old share?",
            ),
            Slip(
                "change-over-new",
                f"({last} - {first}) / {last} * 100",
                "This compares with the *new* share. Which of the two is the base?",
            ),
            Slip(
                "ratio-called-rise",
                f"{last} / {first} * 100",
                "This is the new share in percent of the old one. How much of it was there before?",
            ),
        ],
        hint="How many points lie between the two shares, and of which share are they a part?",
        steps=[
            f"The base is the share of {news.before}: {first} %.",
            f"It rose by {last} - {first} = {last - first} percentage points.",
            f"In percent of the base: {last - first} / {first} * 100.",
        ],
        right="Points count the distance. Percent measures it in the old share.",
    )


def whole_from_share(news: News) -> Question:
    nth, part = news.draw.of(tuple(NTH)), news.count()
    return Question(
        claim=news.said(
            f"Every {NTH[nth]} {news.one} sold in {news.place} in {news.year} was made there, {part:,} altogether"
        ),
        ask=f"How many {news.many} were sold in {news.place} in {news.year}, wherever they were made?",
        answer=f"{part} * {nth}",
        unit=news.many,
        slips=[
            Slip(
                "share-of-the-part",
                f"{part} / {nth}",
                "This is a share of the part. Is the whole larger or smaller than its part?",
            ),
            Slip(
                "the-others",
                f"{part} * {nth} - {part}",
                "This is the number of those made elsewhere. What belongs to the whole besides them?",
            ),
            *_n_as_percent(nth, f"{part} / ({nth} / 10)"),
        ],
        hint=f"Every {NTH[nth]}: how many stand behind each one that was made there?",
        steps=[
            f'"Every {NTH[nth]}" is one of {nth}.',
            f"The {part:,} made there are that part. The whole is {nth} times as many: {part:,} * {nth}.",
        ],
        right="Take the share of your whole, and you are back at the part.",
    )


def part_of_a_whole(news: News) -> Question:
    nth, part = news.draw.of(tuple(NTH)), news.count()
    whole = part * nth
    return Question(
        claim=news.said(
            f"Shops in {news.place} sold {whole:,} {news.many} in {news.year}, and every {NTH[nth]} one was made there"
        ),
        ask=f"How many of the {news.many} were made elsewhere?",
        answer=f"{whole} - {whole} / {nth}",
        unit=news.many,
        slips=[
            Slip(
                "the-local-ones",
                f"{whole} / {nth}",
                "This is the number of those made in the town. Which ones does the question ask for?",
            ),
            *_n_as_percent(nth, f"{whole} * (1 - {nth} / 10)"),
        ],
        hint=f"How many were made in the town, if every {NTH[nth]} one was? Which ones are left?",
        steps=[
            f'"Every {NTH[nth]}" is one of {nth}: {whole:,} / {nth} = {part:,} were made there.',
            f"The others are the rest of the whole: {whole:,} - {part:,}.",
        ],
        right="A share has another side: the rest of the whole.",
    )


def the_other_side(news: News) -> Question:
    first, last = news.draw.of(LEAVING)
    rest_first, rest_last = 100 - first, 100 - last
    return Question(
        claim=_two_shares(news, first, last),
        ask="By how many *percent* did the share of those made elsewhere change? The base, 100 %, is *their* share of "
        f"{news.before}. A fall is a negative number.",
        answer=f"((100 - {last}) - (100 - {first})) / (100 - {first}) * 100",
        unit="%",
        slips=[
            Slip(
                "points-for-percent",
                f"{first} - {last}",
                "That is the distance in percentage points. What is it in percent of the old share of the others?",
            ),
            Slip(
                "the-local-ones",
                f"({last} - {first}) / {first} * 100",
                "This is what happened to the share of the locally made ones. Which share does the question ask for?",
            ),
            Slip(
                "fall-of-the-local-ones",
                f"({first} - {last}) / {first} * 100",
                "Here the others fall by as many percent as the locally made ones rise. "
                "How large was the others' share to begin with?",
            ),
            Slip(
                "change-over-new",
                f"({first} - {last}) / (100 - {last}) * 100",
                "The *new* share is the base here. Which of the two is the base?",
            ),
        ],
        hint="How large is the share of the others in each year, if both sides together are 100 %?",
        steps=[
            f"The others' share was 100 - {first} = {rest_first} %, and is 100 - {last} = {rest_last} %.",
            f"It changed by {rest_last} - {rest_first} = {rest_last - rest_first} percentage points.",
            f"In percent of their old share: {rest_last - rest_first} / {rest_first} * 100.",
        ],
        right="The same points on both sides, and each side has its own base.",
    )


def points_or_percent(news: News) -> Question:
    share, rise = news.draw.of((20, 30, 40, 50)), news.draw.of((10, 20))
    word = news.draw.of(("percentage points", "percent"))
    by_points = word == "percentage points"
    as_points, as_percent = f"{share} + {rise}", f"{share} * (1 + {rise} / 100)"
    return Question(
        claim=news.said(
            f"Locally made {news.many} had a share of {share} % of sales in {news.place} in {news.before}, and the "
            f"share rose by {rise} {word} in {news.year}"
        ),
        ask=f"How large was the share in {news.year}, in percent of sales? Take the words as they stand.",
        answer=as_points if by_points else as_percent,
        unit="%",
        slips=[
            Slip(
                "points-read-as-percent",
                as_percent,
                "This reads the points as percent of the old share. What are points added to?",
            )
            if by_points
            else Slip(
                "percent-read-as-points",
                as_points,
                "Here the percent are added to the share as if they were points. Percent of what did it rise by?",
            ),
            Slip("fell", f"{share} - {rise}", "This is smaller than before. Which way did it go?"),
        ],
        hint="Points are added to a share. Percent are a part of the share itself. Which of them is written here?",
        steps=[
            "Percentage points are the plain distance between two shares, so they are added to the old one."
            if by_points
            else f"Percent are a part of the old share: {rise} % of {share} % is {share * rise / 100:g} percentage "
            "points.",
            f"So {share} + {rise}." if by_points else f"So {share} + {share * rise / 100:g}.",
        ],
        right="One word more or less, and another number.",
    )


def _n_as_percent(nth: int, value: str) -> list[Slip]:
    """Return the slip of reading "every third" as 30 %; nobody reads "every tenth" as 100 %."""
    means = f'Here "every {NTH[nth]}" is {nth}0 %. How many of ten would that be?'
    return [Slip("n-read-as-percent", value, means)] if nth <= 5 else []


def _either_way(news: News) -> tuple[int, int]:
    first, last = news.draw.of(RISING)
    return news.draw.of(((first, last), (last, first)))


FORMS = (points, percent_of_a_share, whole_from_share, part_of_a_whole, the_other_side, points_or_percent)
