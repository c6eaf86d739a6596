"""Reads a drawn question as a reader would, and works its answer out from the words alone."""

import math
import re

NUMBER = r"(-?[\d,]+(?:\.\d+)?(?: million)?)"
WORDS = dict(enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine"), start=2))
ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "eighth": 8, "tenth": 10}

# What the claim and the question say -> how to work it out. `#` stands for a number, `_` for any words.
READINGS = [
    (r"(?:made|sold) # _ in _, # % more than _ How many", lambda new, by: new / (1 + by / 100)),
    (r"rose by # % in _, to #, _ How many", lambda by, new: new / (1 + by / 100)),
    (r"(?:rose|fell) to # % of the _ level in _(?: and reached|, or) #, _ How many", lambda to, new: new / (to / 100)),
    (r"(?:made|sold) # _ the number rose by # %_ How many", lambda old, by: old * (1 + by / 100)),
    (r"(?:made|sold) # _ the number fell by # %_ How many", lambda old, by: old * (1 - by / 100)),
    (r"(?:made|sold) # _ the number fell to # % of that_ How many", lambda old, to: old * to / 100),
    (r"(?:made|sold) # _, after # in _ By how many percent", lambda new, old: (new / old - 1) * 100),
    (r"(?:made|sold) # _, # times as many as in _ How many", lambda new, times: new / times),
    (r"(?:made|sold) # _ times more than_On top: # times _ How many", lambda new, times: new / (1 + times)),
    (r"# times as high as _ By how many percent", lambda times: times * 100 - 100),
    (r"(?:made|sold) # _ and # in _ The number of _ is how many times the number", lambda old, new: new / old),
    (r", # % were made there in _ and # % in _points\* did", lambda first, last: last - first),
    (r", # % were made there in _ and # % in _ locally made ones rise", lambda first, last: (last / first - 1) * 100),
    (
        r", # % were made there in _ and # % in _ made elsewhere change",
        lambda first, last: ((100 - last) / (100 - first) - 1) * 100,
    ),
    (r"Every @ _ was made there, # altogether_ wherever", lambda nth, part: nth * part),
    (r"sold # _ every @ one _elsewhere", lambda whole, nth: whole * (nth - 1) / nth),
    (r"share of # % _ rose by # percentage points in", lambda share, points: share + points),
    (r"share of # % _ rose by # percent in", lambda share, by: share * (1 + by / 100)),
    (r"(?:made|sold) # \D+ worth # thalers in _ What was one", lambda count, value: value / count),
    (r"(?:made|sold) # _, at # thalers each _ in thalers\?", lambda count, price: count * price),
    (r"(?:made|sold) # _, at # thalers each _ in million thalers\?", lambda count, price: count * price / 1e6),
    (r"rose by # % _ value rose by # %", lambda by, value: ((100 + value) / (100 + by) - 1) * 100),
    (r"rose by # % _ value fell by # %", lambda by, value: ((100 - value) / (100 + by) - 1) * 100),
    (r"rose by # % _ price rose by # %", lambda by, price: (100 + by) * (100 + price) / 100 - 100),
    (r"rose by # % _ price fell by # %", lambda by, price: (100 + by) * (100 - price) / 100 - 100),
    (r"about # _ nearest hundred", lambda number: (number - 50, number + 50)),
    (r"about # _ nearest thousand", lambda number: (number - 500, number + 500)),
    (r"between # and # \D+ in \d+, at # to # thalers _ in thalers\?", lambda a, b, c, d: (a * c, b * d)),
    (r"between # and # \D+ in \d+, at # to # thalers _ million", lambda a, b, c, d: (a * c / 1e6, b * d / 1e6)),
    (r"between # and # \D+ in \d+, worth between # thalers and # thalers", lambda a, b, c, d: (c / b, d / a)),
    (r"between # and # _ and sold between # and # of them", lambda a, b, c, d: (a - d, b - c)),
    (
        r"sold # _ between # % and # % _elsewhere",
        lambda whole, a, b: (whole * (100 - b) / 100, whole * (100 - a) / 100),
    ),
    (r"(?:made|sold) # _ target for \d+ is #, _ By how many percent would", lambda now, goal: (goal / now - 1) * 100),
    (r"(?:made|sold) # _ first # months _ the pace", lambda made, months: made * 12 / months),
    (
        r"set out to \w+ # _, and # were _ first # months _ a month",
        lambda goal, made, months: (goal - made) / (12 - months),
    ),
    (r"(?:made|sold) # _ target for \d+ is #, _ \*a year\*", lambda now, goal: (math.sqrt(goal / now) - 1) * 100),
    (r"target for \d+ was # _ only #, _ missed", lambda goal, made: (1 - made / goal) * 100),
]


def solve(claim: str, ask: str) -> list[object]:
    """Return the answer in each reading that the words allow: there should be one."""
    text = f"{claim} {ask}"
    for number, word in WORDS.items():
        text = re.sub(rf"\b{word}\b", str(number), text)
    text = text.replace("In whole", "in whole")
    answers = []
    for pattern, work_out in READINGS:
        pattern = pattern.replace("#", NUMBER).replace("@", f"({'|'.join(ORDINALS)})")
        found = re.search(pattern.replace(" _", ".*").replace("_", ".*"), text)
        if found:
            answers.append(work_out(*map(_value, found.groups())))
    return answers


def _value(text: str) -> float:
    if text in ORDINALS:
        return ORDINALS[text]
    number = float(text.replace(",", "").removesuffix(" million"))
    return number * 1e6 if text.endswith(" million") else number
