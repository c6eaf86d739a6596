"""How many, what they are worth together, and what one is worth."""

from secondcar.practice.news import CURRENCY, News, a, money, money_unit
from secondcar.practice.question import Question, Slip

# Rise of the number and change of the value of one, both in percent, that make a whole number of percent together.
CHANGES = (
    (20, 10), (20, 25), (20, -10), (25, 20), (25, 40), (25, -12), (40, 25), (50, 20), (50, 40), (50, -20), (60, 25),
    (60, -25), (80, 25), (150, 4),
)  # fmt: skip


def value_of_one(news: News) -> Question:
    count, price = news.count(), news.price()
    value = count * price
    return Question(
        claim=news.said(f"{news.doers} {news.did} {count:,} {news.many} worth {money(value)} in {news.year}"),
        ask=f"What was one {news.one} worth on average, in {CURRENCY}?",
        answer=f"{value} / {count}",
        unit=f"{CURRENCY} {a(news.one).split()[0]} {news.one}",
        slips=[
            Slip(
                "upside-down",
                f"{count} / {value}",
                f"This is how many {news.many} one thaler pays for. What is shared out over what?",
            ),
            Slip(
                "multiplied",
                f"{value} * {count}",
                "Here the two are multiplied. Is one of them worth more or less than all together?",
            ),
        ],
        hint=f"The whole value is shared out over all {news.many}. What is divided by what?",
        steps=[
            f"Write the value out in {CURRENCY}: {value:,}.",
            f"Share it out over all {news.many}: {value:,} / {count:,}.",
        ],
        right="Times the number, and you are back at the value.",
    )


def value_together(news: News) -> Question:
    count, price = news.count(), news.price()
    unit, over = money_unit(count * price)
    return Question(
        claim=news.said(
            f"{news.doers} {news.did} {count:,} {news.many} in {news.year}, at {price:,} {CURRENCY} each on average"
        ),
        ask=f"What were they worth together, in {unit}?",
        answer=f"{count} * {price}{over}",
        unit=unit,
        slips=[
            Slip(
                "divided",
                f"{count} / {price}",
                "Here one is divided by the other. Are all of them worth more or less than one?",
            ),
            Slip(
                "added",
                f"({count} + {price}){over}",
                "Here the two are added. What does each of them add to the whole value?",
            ),
        ],
        hint="What do all of them cost, if each costs as much as the average?",
        steps=[
            f"Each of them adds {price:,} {CURRENCY} to the whole value.",
            f"All together: {count:,} * {price:,} = {money(count * price)}.",
        ],
        right="Number times the value of one.",
    )


def change_of_one(news: News) -> Question:
    rise, change = news.draw.of(CHANGES)
    grown = round((100 + rise) * (100 + change) / 100 - 100)
    return Question(
        claim=news.said(
            f"The number of {news.many} {news.did} in {news.place} rose by {rise} % in {news.year}, and their total "
            f"value {'rose' if grown > 0 else 'fell'} by {abs(grown)} %"
        ),
        ask=f"By how many percent did the average value of one {news.one} change? A fall is a negative number.",
        answer=f"((1 + {grown} / 100) / (1 + {rise} / 100) - 1) * 100",
        unit="%",
        slips=[
            Slip(
                "percentages-subtracted",
                f"{grown} - {rise}",
                "This is one percentage, less the other. Value is number times value of one: "
                "what undoes a multiplication?",
            ),
            Slip(
                "upside-down",
                f"((1 + {rise} / 100) / (1 + {grown} / 100) - 1) * 100",
                "This is divided the other way round. What is shared out over what?",
            ),
            Slip(
                "ratio-called-change",
                f"(1 + {grown} / 100) / (1 + {rise} / 100) * 100",
                "This is the ratio, in percent. How much of it was there before?",
            ),
            Slip(
                "percentages-divided",
                f"{grown} / {rise}",
                "The percentages divide here as they stand. Turn each into a ratio "
                "first: how many times the old one is the new one?",
            ),
        ],
        hint="Turn both changes into ratios. Which ratio is shared out over which?",
        steps=[
            f"As ratios: the number is {1 + rise / 100:g} times the old one, the value {1 + grown / 100:g} times.",
            f"Value for one is value over number: {1 + grown / 100:g} / {1 + rise / 100:g} = {1 + change / 100:g}.",
            f"As a change: ({1 + change / 100:g} - 1) * 100.",
        ],
        right="Ratios divide. Percentages do not subtract.",
    )


def change_of_the_value(news: News) -> Question:
    rise, change = news.draw.of(CHANGES)
    moved = "rose" if change > 0 else "fell"
    return Question(
        claim=news.said(
            f"The number of {news.many} {news.did} in {news.place} rose by {rise} % in {news.year}, and the average "
            f"price {moved} by {abs(change)} %"
        ),
        ask="By how many percent did their total value change? A fall is a negative number.",
        answer=f"((1 + {rise} / 100) * (1 {'+' if change > 0 else '-'} {abs(change)} / 100) - 1) * 100",
        unit="%",
        slips=[
            Slip(
                "percentages-added",
                f"{rise} + {change}",
                "This is the sum of the percentages. The new price is paid for the new ones "
                "as well: what happens to the ratios?",
            ),
            Slip(
                "ratio-called-change",
                f"(1 + {rise} / 100) * (1 + {change} / 100) * 100",
                "The ratio stands here in percent. How much of it was there before?",
            ),
            Slip(
                "percentages-multiplied",
                f"{rise} * {change}",
                "Here the percentages are multiplied as they stand. Turn each into a "
                "ratio first: how many times the old one is the new one?",
            ),
        ],
        hint="Turn both changes into ratios. Value is number times price: what happens to the ratios?",
        steps=[
            f"As ratios: the number is {1 + rise / 100:g} times the old one, the price {1 + change / 100:g} times.",
            f"Value is number times price: {1 + rise / 100:g} * {1 + change / 100:g} = "
            f"{(100 + rise) * (100 + change) / 10000:g}.",
            f"As a change: ({(100 + rise) * (100 + change) / 10000:g} - 1) * 100.",
        ],
        right="Ratios multiply. Percentages do not add.",
    )


FORMS = (value_of_one, value_together, change_of_one, change_of_the_value)
