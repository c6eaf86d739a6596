"""The facts that the bank draws: small frames of the course's data, each with the words of an honest chart."""

from dataclasses import dataclass

import pandas as pd

from secondcar.data import claim, fact, load_dataset


@dataclass(frozen=True)
class Fact:
    """A small table and the words of an honest chart of it: title, value axis label, source line, alt text."""

    data: pd.DataFrame
    title: str
    unit: str
    source: str
    alt: str


def facts_by_year(measure: str, first: int, last: int) -> pd.DataFrame:
    """Return the whole-year facts of one measure, one row a year."""
    facts = load_dataset("facts").query("measure == @measure")
    years = facts["period_start"].dt.year
    whole = facts["period_end"] - facts["period_start"] > pd.Timedelta(days=360)
    chosen = facts[whole & years.between(first, last)]
    return pd.DataFrame({"year": chosen["period_start"].dt.year, "quantity": chosen["quantity"]}).reset_index(drop=True)


BILLION = 1e9
KAZINFORM = "Source: Kazinform, 21 September 2018"
AKAB = "Source: AKAB, reported by Azernews, 17 July 2018"

# The article gives 2018 and "1.6 times"; 2017 follows from them.
VALUE = Fact(
    pd.DataFrame(
        {
            "period": ["Jan-Aug 2017", "Jan-Aug 2018"],
            "billion": [claim("value-level") / claim("value-growth") / BILLION, claim("value-level") / BILLION],
        }
    ),
    title='Value of the cars made, if "times more" means "as much"',
    unit="Value of output (KZT billion)",
    source=f"{KAZINFORM}; 2017 computed from it",
    alt='Value of car output in January to August: KZT 120 billion in 2018 and 75 billion in 2017, if "1.6 times more" '
    "means 1.6 times as much.",
)

# What 2017 must have been, by each reading of "1.6 times more".
READINGS = Fact(
    pd.DataFrame(
        {
            "reading": ["1.6 times as much"] * 2 + ["1.6 times on top"] * 2,
            "period": ["Jan-Aug 2017", "Jan-Aug 2018"] * 2,
            "billion": [75, 120, 120 / 2.6, 120],
        }
    ),
    title="One sentence, two possible pasts",
    unit="Value of output (KZT billion)",
    source=f"{KAZINFORM}; 2017 computed from it",
    alt="Value of car output in January to August 2018: KZT 120 billion. In the same months of 2017 it was "
    "KZT 75 billion if 1.6 times as much is meant, and 46 billion if 1.6 times on top.",
)

# AKAB gives 2018 and the growth of each kind; 2017 follows from them.
GROWTH = {"F021": 1.764, "F022": 0.998, "F023": 0.489, "F024": 1.603, "F025": 1.603}
HALF_YEAR = Fact(
    pd.DataFrame(
        {
            "period": ["H1 2017", "H1 2018"],
            "vehicles": [round(sum(fact(kind) / growth for kind, growth in GROWTH.items())), fact("F020")],
            "billion": [fact("F027"), fact("F026")],
        }
    ),
    title="Vehicles made in the first half of the year, 2017 and 2018",
    unit="Vehicles made",
    source=f"{AKAB}; 2017 computed from growth rates",
    alt="Vehicles made in the first half of the year: about 8,765 in 2017 and 14,660 in 2018.",
)

KINDS = Fact(
    pd.DataFrame(
        {
            "kind": ["cars", "trucks", "buses", "trailers", "special"],
            "vehicles": [fact(name) for name in GROWTH],
        }
    ),
    title="Nearly all vehicles made in the first half of 2018 were cars",
    unit="Vehicles made",
    source=AKAB,
    alt="Vehicles made by kind in the first half of 2018: 13,725 cars, 486 trucks, 210 trailers, 153 buses "
    "and 86 special vehicles.",
)

SHARE = Fact(
    pd.DataFrame(
        {"period": ["2017", "Jan-Aug 2018"], "percent": [100 * claim("share-2017"), 100 * claim("share-2018")]}
    ),
    title="From every third car sold to every second",
    unit="Made in Kazakhstan (% of cars sold)",
    source=KAZINFORM,
    alt="Share of cars made in Kazakhstan among cars sold there: a third in 2017 and a half in January to August 2018.",
)

SALES = Fact(
    pd.DataFrame(
        {
            "origin": ["made in Kazakhstan", "imported"],
            "H1 2016": [fact("F142"), fact("F141") - fact("F142")],
            "H1 2018": [fact("F037"), fact("F036")],
        }
    )
    .set_index("origin")
    .T.rename_axis(columns=None),
    title="Sales of home-made cars caught up with imports",
    unit="Cars sold",
    source="Sources: AKAB (2016), KazAvtoProm (2018)",
    alt="Cars sold in the first half of 2016 and of 2018: 4,733 and 12,237 made in Kazakhstan, "
    "17,231 and 13,752 imported.",
)

PLANTS = Fact(
    pd.DataFrame(
        {
            "plant": ["Asia Auto", "SaryarkaAvtoProm"] * 2,
            "period": ["H1 2018"] * 2 + ["H1 2019"] * 2,
            "vehicles": [fact("F033"), fact("F032"), fact("F091"), fact("F090")],
        }
    ),
    title="Both plants made more in the first half of 2019",
    unit="Vehicles made",
    source="Source: AKAB, reported by Azernews (2018) and FBC (2019)",
    alt="Vehicles made in the first halves of 2018 and 2019: Asia Auto 8,573 and 9,999, "
    "SaryarkaAvtoProm 5,297 and 9,290.",
)

YEARLY = Fact(
    pd.DataFrame(
        {
            "year": [2017, 2018, 2019, 2020, 2021],
            "vehicles": [fact(f) for f in ("F054", "F055", "F093", "F098", "F108")],
        }
    ),
    title="Output grew every year from 2017 to 2021",
    unit="Vehicles made a year",
    source="Sources: AKAB via JETRO, FBC, ministry of industry, prime minister's office",
    alt="Vehicles made a year: from 19,217 in 2017 to 93,500 in 2021, more each year.",
)

TARGET = Fact(
    pd.DataFrame(
        {
            "year": ["2018", "2019", "2020", "2020 (target)"],
            "vehicles": [fact("F055"), fact("F093"), fact("F098"), claim("target-units")],
        }
    ),
    title="The plan for 2020 and what was made",
    unit="Vehicles made a year (2019: over so many)",
    source="Sources: Kazinform (target), AKAB, FBC, ministry of industry",
    alt="Vehicles made a year: 31,757 in 2018, over 50,000 in 2019 and 77,471 in 2020; the target for 2020 was "
    "100,000.",
)

RATES = Fact(
    facts_by_year("exchange_rate_avg", 2014, 2023),
    title="A dollar cost 179 tenge in 2014 and 456 in 2023",
    unit="Exchange rate (KZT per USD)",
    source="Source: World Bank, official exchange rate, yearly average",
    alt="Tenge per US dollar, yearly average: from 179 in 2014 to 456 in 2023, "
    "with a jump from 222 in 2015 to 342 in 2016.",
)

INFLATION = Fact(
    facts_by_year("cpi_inflation_annual_avg", 2014, 2023),
    title="Consumer prices in Kazakhstan, 2014 to 2023",
    unit="Inflation (% a year)",
    source="Source: World Bank, consumer prices",
    alt="Yearly inflation from 2014 to 2023: between 5 % and 8 % in most years, above 14 % in 2016, 2022 and 2023.",
)

PRICES = Fact(
    pd.DataFrame(
        {
            "band": ["up to 3.5", "3.5-5", "5-7", "7-10", "10-15", "over 15"],
            "cars": [fact(f"F{number:03}") for number in range(13, 19)],
        }
    ),
    title="Most new cars cost less than 7 million tenge",
    unit="New cars sold",
    source="Source: KazAvtoProm, reported by Kazinform, 21 September 2018",
    alt="New cars sold by price in January to August 2018: 6,294 up to 3.5 million tenge, 7,146 from 3.5 to 5, "
    "7,700 from 5 to 7, 5,348 from 7 to 10, 5,822 from 10 to 15 and 3,881 above 15 million.",
)


def monthly_index() -> pd.DataFrame:
    """Return the consumer price index of January-August 2017 and 2018, one row a month."""
    facts = load_dataset("facts").query("measure == 'cpi_index_same_month_prev_year'")
    months = facts["period_start"]
    chosen = facts[months.dt.year.isin([2017, 2018]) & (months.dt.month <= 8)]
    frame = pd.DataFrame({"month": chosen["period_start"], "index": chosen["quantity"]}).reset_index(drop=True)
    return frame.assign(
        period="Jan-Aug " + frame["month"].dt.year.astype(str),
        name=frame["month"].dt.strftime("%b"),
        inflation=frame["index"] - 100,
    )


MONTHLY = Fact(
    monthly_index(),
    title="Prices rose more slowly in 2018 than in 2017",
    unit="Price index (year before = 100)",
    source="Source: Bureau of National Statistics of Kazakhstan",
    alt="Consumer price index, January to August, same month of the year before = 100: from 107.9 to 107.0 in 2017, "
    "from 106.8 to 106.0 in 2018.",
)

PER_VEHICLE = Fact(
    pd.DataFrame(
        [[6.7, 73.3], [-36.0, 4.0]],
        index=["units to 150 %", "units by 150 %"],
        columns=["1.6 times as much", "1.6 times on top"],
    ),
    title="Only two readings keep the value per vehicle steady",
    unit="Change in value per vehicle (%)",
    source=f"{KAZINFORM}; computed from it",
    alt="Change in value per vehicle, January to August 2018 on 2017, by reading: +6.7 % and +4 % where both "
    "claims are read alike, +73.3 % and -36 % where they are mixed.",
)

_COUNTS = load_dataset("facts")["grade"].value_counts()
GRADES = Fact(
    load_dataset("facts")[["grade"]],
    title="Most of the course's figures are of good quality",
    unit="Number of facts",
    source="Source: facts.csv of this course",
    alt="Facts collected for 2010 to 2027 by grade: "
    f"{_COUNTS['good']} good, {_COUNTS['medium']} medium and {_COUNTS['weak']} weak.",
)
