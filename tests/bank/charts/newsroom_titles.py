"""Titles written by people who had seen the charts and not the grammar: half of them true, half of them false.

At their first runs, on the grammar as it then was, of 110 true titles over the first eight charts 61 were borne out,
39 not understood and 9 denied, and of 110 false ones 77 denied, 25 not understood and 8 borne out. Of 140 true ones
over the other charts 75 were borne out, 59 not understood and 6 denied, and of 140 false ones 84 denied, 55 not
understood and 1 borne out. The grammar was then mended in kinds, never for one title.
"""

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes


def _bars(labels: list[str], values: list[float], unit: str, about: str = "year\nSource: invented, AKAB") -> Axes:
    ax = plt.subplots()[1]
    ax.bar(labels, values, color="#0173b2")
    ax.set(ylabel=unit, xlabel=about, ylim=(min(0, 1.15 * min(values)), 1.15 * max(values)))
    return ax


def _lines(places: list[float] | list[str], series: dict[str, list[float]], unit: str, about: str) -> Axes:
    ax = plt.subplots()[1]
    for name, values in series.items():
        ax.plot(places, values, "o-", label=name)
    if len(series) > 1:
        ax.legend()
    ax.set(ylabel=unit, xlabel=about)
    return ax


def _groups(x: str, hue: str, unit: str, table: pd.DataFrame, about: str) -> Axes:
    ax = sns.barplot(table, x=x, y="value", hue=hue, errorbar=None, ax=plt.subplots()[1])
    ax.set(ylabel=unit, xlabel=about)
    return ax


def tractors() -> Axes:
    return _bars(["2017", "2018"], [7600, 19000], "tractors a year")


def output() -> Axes:
    return _bars(["2017", "2018"], [75, 120], "billion tenge")


def home_made() -> Axes:
    return _bars(["2016", "2017", "2018"], [25, 33, 50], "% of cars sold")


def museum() -> Axes:
    months, visitors = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"], [12000, 11500, 14200, 18900, 23400, 21000]
    return _bars(months, visitors, "visitors", "month of 2019\nSource: museum")


def loaf() -> Axes:
    return _bars(["Astana", "Almaty", "Shymkent", "Karaganda", "Aktobe"], [120, 135, 98, 105, 110], "tenge a loaf")


def exports() -> Axes:
    kinds = ["cars made"] * 2 + ["cars exported"] * 2
    table = pd.DataFrame({"year": ["2017", "2018"] * 2, "kind": kinds, "value": [19217, 31757, 1548, 329]})
    return _groups("year", "kind", "cars", table, "year\nSource: AKAB")


def jobless() -> Axes:
    rates = [5.0, 5.1, 5.0, 4.9, 4.9, 4.8]
    ax = _lines([*range(2014, 2020)], {"": rates}, "% of the labour force", "year\nSource: Statistics Committee")
    ax.set_xticks(range(2014, 2020))
    return ax


def target() -> Axes:
    return _bars(["target for 2020", "made in 2020"], [100000, 77471], "cars")


def loans() -> Axes:
    ax = plt.subplots()[1]
    ax.barh(["Cookbooks", "Poetry", "Travel", "Children's books", "Crime novels"], [1150, 240, 880, 5200, 3900])
    ax.set_xlabel("loans in 2023\nSource: city library")
    return ax


def wheat() -> Axes:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    prices = [245, 250, 262, 270, 281, 270, 262, 255, 268, 290, 310, 305]
    return _lines(months, {"": prices}, "US dollars a tonne of wheat", "month of 2021\nSource: FAO")


def drinks() -> Axes:
    drunk = {"Coffee": [4.1, 4.3, 4.4, 4.8, 5.2, 5.6], "Tea": [6.0, 5.8, 5.9, 5.5, 5.1, 4.6]}
    return _lines([*range(2010, 2016)], drunk, "kg a person", "year\nSource: Eurostat")


def power() -> Axes:
    sources = ["Coal", "Gas", "Wind", "Solar", "Nuclear", "Hydro"]
    return _bars(sources, [31, 16, 24, 11, 6, 12], "% of electricity in 2022", "Source: grid operator")


def beds() -> Axes:
    table = pd.DataFrame(
        {
            "region": ["North", "South", "East", "West"] * 2,
            "year": ["2010"] * 4 + ["2020"] * 4,
            "value": [4200, 3100, 2600, 5000, 3600, 3300, 1900, 4900],
        }
    )
    return _groups("region", "year", "hospital beds", table, "Source: ministry of health")


def inhabitants() -> Axes:
    years, millions = [2000, 2005, 2010, 2015, 2020], [3.2, 3.1, 3.4, 3.9, 4.8]
    return _lines(years, {"": millions}, "inhabitants, million", "year\nSource: Eurostat")


def budget() -> Axes:
    years = ["2017", "2018", "2019", "2020", "2021"]
    return _bars(years, [12, 8, -3, -41, -22], "budget balance, billion euros", "Source: treasury")


def flats() -> Axes:
    ax = plt.subplots()[1]
    bars = ax.bar(
        ["2021", "2022", "2023 (plan)"], [12400, 15800, 20000], color=["C0", "C0", "white"], edgecolor="black"
    )
    bars[2].set_hatch("//")
    ax.set(ylabel="flats built", xlabel="Source: building office")
    return ax


CHARTS = {
    draw.__name__: draw
    for draw in (
        *(tractors, output, home_made, museum, loaf, exports, jobless, target),
        *(loans, wheat, drinks, power, beds, inhabitants, budget, flats),
    )
}

TRUE: dict[str, str] = {
    "loans": """
        Children's books top the list of library loans
        Poetry is the least borrowed genre
        Crime novels outdo cookbooks by more than three to one
        Readers love a good murder: 3,900 crime novels lent
        Library lends 1,150 cookbooks in 2023
        More than 5,000 children's books borrowed
        Children's books borrowed more often than crime novels
        Almost half of the loans are children's books
        Poetry makes up just 2% of loans
        Travel guides lag behind cookbooks
        Two in five loans are children's books... and more
        Fewer than 300 poetry loans in the whole year
        Crime novels and children's books make up 80% of loans
        Over four times as many children's books as cookbooks
        Cookbooks beat travel
        Travel and cookbooks together: 2,030 loans
        Crime comes second
        The library lent 11,370 items in 2023
        Children's books lead with 5,200 loans, ahead of crime novels with 3,900
        A third of all loans are crime novels""",
    "wheat": """
        Wheat price hits 310 dollars in November
        Wheat is a quarter dearer at year end than in January
        Wheat price peaks in November
        Wheat up from 245 to 305 dollars in a year
        Wheat climbs above 300 dollars
        Bread flour to cost more: wheat up 60 dollars since January
        Wheat price fell from May to August
        Wheat ends 2021 at 305 dollars a tonne
        Wheat prices rose in the first five months
        A tonne of wheat cost 281 dollars in May
        Wheat dips in December
        After a summer lull wheat soars in autumn
        Wheat price never below 240 dollars
        Wheat price stays above 240 dollars all year
        Cheapest wheat of the year in January
        Wheat price jumps 22 dollars in October
        Dearest month for wheat: November
        Wheat down 10% between May and August
        Wheat price almost unchanged from March to July
        Wheat gained nearly 25% in 2021""",
    "drinks": """
        Coffee overtakes tea in 2014
        Coffee has overtaken tea
        Tea drinking falls by almost a quarter
        Coffee up 37% since 2010
        We now drink more coffee than tea
        Tea down, coffee up
        Tea was ahead of coffee until 2013
        Tea consumption slips to 4.6 kg a person
        Coffee: from 4.1 to 5.6 kg in five years
        A kilo more coffee than tea in 2015
        Coffee gains every year
        Tea loses 1.4 kg in five years
        In 2010, people drank nearly two kilos more tea than coffee
        Coffee rises, tea falls
        Coffee consumption at 5.6 kg in 2015, the highest since 2010
        Tea at its lowest in 2015
        Coffee up by a third
        Gap between coffee and tea closed in 2014
        Tea drops below 5 kg
        Coffee growing for five years in a row""",
    "power": """
        Coal still the biggest source of electricity
        Nearly a third of electricity comes from coal
        Wind delivers almost a quarter of our power
        Wind and solar together: 35%
        Wind beats gas
        Nuclear is the smallest source
        Half of the electricity from coal, gas and... little else: 47%
        Solar at 11%, close behind hydro
        Wind produces twice as much as hydro
        Coal makes 31% of electricity
        Gas supplies 16 percent of power
        More wind than gas power in 2022
        Wind and solar overtake coal
        Nuclear supplies only 6%
        Renewables' share: wind 24%, hydro 12%, solar 11%
        Four times as much wind as nuclear
        Every fourth kilowatt hour comes from wind
        Coal ahead of wind by 7 points
        Less than a tenth of power is nuclear
        Coal leads, wind second""",
    "beds": """
        North loses 600 hospital beds
        Fewer beds in the East: down from 2,600 to 1,900
        South the only region with more beds than in 2010
        West still has the most hospital beds
        Hospital beds cut by more than a quarter in the East
        13,700 hospital beds in 2020
        Beds in the West almost unchanged
        South adds 200 beds
        In 2010 the country had 14,900 hospital beds
        East has the fewest beds
        North had 4,200 beds in 2010, and has 3,600 now
        1,200 hospital beds fewer than ten years before
        East lost 700 beds
        West leads with 4,900 beds in 2020
        South overtakes nobody: 3,300 beds in 2020
        North's beds down by one in seven
        West had 5,000 beds in 2010
        The West has more than twice as many beds as the East
        Hospital beds: 3,600 in the North, 3,300 in the South in 2020
        Beds fell in three of four regions""",
    "inhabitants": """
        Population grows by half in twenty years
        Country has 4.8 million inhabitants
        Population up by 1.6 million since 2000
        Population dipped in 2005
        3.9 million people in 2015
        Population reaches 4.8 million
        Nearly five million inhabitants
        Population up 23% in five years
        Growth since 2005: 1.7 million more people
        From 3.2 million to 4.8 million inhabitants
        Population 50% larger than in 2000
        Population has grown since 2005
        900,000 more inhabitants than in 2015
        Fewer people in 2005 than in 2000
        The country is home to more than 4.5 million
        Population lowest in 2005
        Fastest growth between 2015 and 2020
        A million and a half more people in 20 years
        Population still below 5 million
        Population at record high of 4.8 million""",
    "budget": """
        Budget falls into deficit in 2019
        Budget balance drops to minus 41 billion euros in 2020
        Surplus of 12 billion euros in 2017
        Deficit of 22 billion in 2021
        Balance worst in 2020
        Budget balance improves in 2021
        Best balance in 2017
        Deficit nearly halves in 2021
        Balance below zero since 2019
        Budget balance down by 53 billion euros from 2017 to 2020""",
    "flats": """
        15,800 flats built in 2022
        Flat building up by more than a quarter in 2022
        20,000 flats planned for 2023
        3,400 more flats than in 2021
        Builders finish over 15,000 flats in 2022
        Output of flats rose from 12,400 to 15,800
        Fewer than 13,000 flats in 2021
        4,200 flats more planned for 2023 than built in 2022
        2022 beats 2021 by 3,400 flats
        Nearly 16,000 flats built in 2022""",
    "tractors": """
        Tractor output grows two and a half times in a year
        Tractor production up by 150% in 2018
        Plant built 11,400 more tractors in 2018 than in 2017
        Tractor plant more than doubles its output
        From 7,600 to 19,000: tractor plant's output soars in one year
        Plant's 2017 output was just 40% of what it made in 2018
        Nearly 20,000 tractors left the plant in 2018
        Tractor output climbs to 19,000 a year
        Did tractor output double? It did better than that: up 150%
        Fewer than 8,000 tractors in 2017, 19,000 a year later
        Tractor output did not triple in 2018, but it more than doubled
        For every two tractors built in 2017, the plant built five in 2018
        Plant made at least 18,000 tractors in 2018, figures show
        2017 tractor output was less than half the 2018 figure""",
    "output": """
        Value of output up by 45 billion tenge in a year
        Output value rises 60% to 120 billion tenge
        Output worth 120 billion tenge in 2018, against 75 billion in 2017
        Value of output climbs by more than half
        Output value grows 1.6 times in 2018
        Value of output tops 100 billion tenge in 2018
        Output value jumps, but falls short of doubling
        In 2017, output was worth less than two thirds of the 2018 figure
        Output gains at least 40 billion tenge in value, statistics show
        No decline in 2018: output value up from 75 to 120 billion tenge
        Output worth three quarters of 100 billion tenge in 2017, then 120 billion
        Value of output increases by three fifths in one year
        Output value adds nearly 50 billion tenge in a single year""",
    "home_made": """
        Every second car sold in 2018 was home-made
        Share of home-made cars doubles in two years
        One in three cars sold in 2017 was made at home
        Home-made cars reach half of all cars sold
        Three in four cars sold in 2016 were not home-made
        Home-made share up 25 percentage points since 2016
        Home-made cars gain 17 points in 2018
        Home-made share of car sales rises two years in a row
        Home-made cars: from a quarter of sales to half
        In 2017, about two thirds of cars sold were not home-made
        Home-made share grew faster in 2018 than in 2017
        Home-made cars did not yet make up half of sales in 2017
        2018 brings record share of home-made cars for 2016-2018
        Only one in four cars sold in 2016 was home-made""",
    "museum": """
        Museum visits peak in May with 23,400 people
        Museum's quietest month was February
        Visitor numbers slip in June after May peak
        May drew more than twice as many museum visitors as February
        Museum welcomes 101,000 visitors in first half of 2019
        Museum visitors up for three months in a row, from March to May
        June visitors down by 2,400 from May
        Museum had 75% more visitors in June than in January
        April overtakes March by 4,700 visitors
        May sets museum's record for first half of 2019
        Museum visits nearly double between January and May
        Museum drew more visitors in April to June than in January to March
        Fewer than 12,000 came to the museum in February
        Despite a June dip, the museum had more visitors than in April""",
    "loaf": """
        Bread dearest in Almaty at 135 tenge a loaf
        Shymkent has the cheapest bread of the five cities
        A loaf costs 37 tenge more in Almaty than in Shymkent
        Only in Shymkent does a loaf cost less than 100 tenge
        Bread in Astana 15 tenge cheaper than in Almaty
        Loaf costs over 100 tenge in four of five cities
        Astana's bread second most expensive at 120 tenge
        Aktobe bread costs 5 tenge more than in Karaganda
        Almaty's bread is more than a third dearer than Shymkent's
        Where is bread cheapest? In Shymkent, at 98 tenge
        No city pays more than 135 tenge for a loaf
        Karaganda's loaf at 105 tenge, second cheapest of five
        Widest gap in bread prices is between Almaty and Shymkent
        Bread in Astana dearer than in Aktobe by 10 tenge""",
    "exports": """
        Car output up by 65%, exports down by 79%
        More cars made, fewer exported
        Car exports fall from 1,548 to 329
        Car production grows by 12,540 in 2018
        Carmakers exported about 8% of the cars they made in 2017
        Car exports drop by more than three quarters
        Just one in a hundred cars made in 2018 was exported, roughly
        Car output tops 30,000 in 2018
        Car exports shrink to about a fifth of the 2017 level
        Exports fall by 1,219 cars as output rises
        Gap between cars made and cars exported widens in 2018
        Car output rises by almost two thirds
        Fewer than 400 cars went abroad in 2018
        Car output did not double in 2018, but grew by more than half""",
    "jobless": """
        Unemployment at 4.8% in 2019, lowest since at least 2014
        Unemployment peaks at 5.1% in 2015
        Unemployment never above 5.1% between 2014 and 2019
        Unemployment unchanged at 4.9% in 2018
        Jobless rate down 0.2 points since 2014
        Unemployment below 5% since 2017
        Jobless rate has not risen since 2015
        Unemployment back at 5.0% in 2016
        About one in twenty of the labour force unemployed in 2014
        Unemployment edges down to 4.8%
        Jobless rate slips 0.3 points from 2015 to 2019
        Unemployment rose only once from 2014 to 2019, in 2015
        Jobless rate dips below 5% in 2017
        Unemployment barely moves in six years, staying between 4.8% and 5.1%""",
    "target": """
        Car output falls short of 2020 plan by 22,529
        77,471 cars made in 2020, against a plan of 100,000
        Carmakers meet just over three quarters of the 2020 plan
        Car plan for 2020 missed by more than a fifth
        Car output reaches 77% of the 2020 target
        2020 car target missed
        Nearly one in four planned cars was not made in 2020
        Carmakers make fewer than 80,000 cars in 2020
        Was the 2020 plan met? No: 77,471 cars out of 100,000
        More than three in four planned cars were made in 2020
        Over 20,000 cars short: 2020 output below plan
        At least 75,000 cars made in 2020, still below the target
        Plan for 2020 was 100,000 cars; output did not reach it""",
}

FALSE: dict[str, str] = {
    "loans": """
        Crime novels top the list of library loans
        Travel is the least borrowed genre
        Children's books outdo crime novels by two to one
        5,200 crime novels lent
        Library lends 1,510 cookbooks in 2023
        More than 6,000 children's books borrowed
        Crime novels borrowed more often than children's books
        Over half of the loans are children's books
        Poetry makes up 10% of loans
        Cookbooks lag behind travel guides
        Poetry loans exceed 500
        Crime novels and children's books make up less than half of loans
        Twice as many crime novels as children's books
        Travel beats cookbooks
        Cookbooks come second
        Children's books lead with 3,900 loans
        Nearly as many cookbooks as crime novels
        A quarter of all loans are poetry
        Travel books lent ten times as often as poetry
        Poetry is the second most popular genre""",
    "wheat": """
        Wheat price hits 340 dollars in November
        Wheat is cheaper at year end than in January
        Wheat price peaks in May
        Wheat up from 245 to 350 dollars in a year
        Wheat price falls below 200 dollars
        Wheat up 100 dollars since January
        Wheat price rose from May to August
        Wheat ends 2021 at 270 dollars a tonne
        Wheat prices fell in the first five months
        A tonne of wheat cost 310 dollars in May
        Wheat rises in December
        Wheat price doubles in 2021
        Wheat price stays below 300 dollars all year
        Cheapest wheat of the year in August
        Wheat price jumps 60 dollars in October
        Dearest month for wheat: May
        Wheat down 30% between May and August
        Wheat price rises every month
        Wheat gained more than half in 2021
        Wheat lost a fifth of its value in 2021""",
    "drinks": """
        Coffee overtakes tea in 2012
        Tea has overtaken coffee
        Tea drinking falls by half
        Coffee up 60% since 2010
        We still drink more tea than coffee
        Coffee down, tea up
        Coffee was ahead of tea until 2013
        Tea consumption slips to 3.6 kg a person
        Coffee: from 4.1 to 6.6 kg in five years
        Two kilos more coffee than tea in 2015
        Tea gains every year
        Tea loses 2.4 kg in five years
        In 2010, people drank more coffee than tea
        Coffee falls, tea rises
        Coffee consumption at its lowest in 2015
        Tea at its highest in 2015
        Coffee doubles in five years
        Coffee falls below 4 kg
        Tea falls every single year
        Tea and coffee level in 2015""",
    "power": """
        Wind is the biggest source of electricity
        Nearly half of electricity comes from coal
        Wind delivers almost half of our power
        Wind and solar together: 45%
        Gas beats wind
        Solar is the smallest source
        Solar at 21%
        Hydro produces twice as much as wind
        Coal makes 41% of electricity
        Gas supplies 26 percent of power
        More gas than wind power in 2022
        Nuclear supplies 16%
        Solar ahead of hydro
        Every second kilowatt hour comes from wind
        Coal ahead of wind by 17 points
        More than a tenth of power is nuclear
        Gas leads, coal second
        Solar overtakes wind
        Three quarters of electricity come from coal
        Nuclear as large as hydro""",
    "beds": """
        North gains 600 hospital beds
        Fewer beds in the East: down from 2,600 to 1,600
        North still has the most hospital beds
        Hospital beds cut by more than half in the East
        15,700 hospital beds in 2020
        Beds in the North almost unchanged
        South loses 200 beds
        In 2010 the country had 12,900 hospital beds
        South has the fewest beds
        North had 3,600 beds in 2010, and has 4,200 now
        2,200 hospital beds fewer than ten years before
        East lost 1,700 beds
        North leads with 4,900 beds in 2020
        North's beds down by half
        South had 5,000 beds in 2010
        The West has three times as many beds as the North
        More beds in every region
        East's beds rise by a quarter
        Hospital beds: 3,300 in the North, 3,600 in the South in 2020
        East has more beds than the South""",
    "inhabitants": """
        Population doubles in twenty years
        Country has 5.8 million inhabitants
        Population up by 2.6 million since 2000
        Population peaked in 2005
        4.9 million people in 2015
        Population reaches 5 million
        Population up 43% in five years
        Growth since 2005: 3.7 million more people
        From 3.2 million to 6.8 million inhabitants
        Population 80% larger than in 2000
        Population has shrunk since 2005
        1.9 million more inhabitants than in 2015
        More people in 2005 than in 2000
        The country is home to more than 5.5 million
        Population highest in 2005
        Population falls by a third
        Population above 5 million
        Population at record low of 4.8 million
        Population unchanged between 2010 and 2020
        Inhabitants: 3.4 million in 2000""",
    "budget": """
        Budget in surplus in 2020
        Budget balance drops to minus 61 billion euros in 2020
        Surplus of 22 billion euros in 2017
        Deficit of 12 billion in 2021
        Balance worst in 2021
        Budget balance worsens in 2021
        Best balance in 2018
        Deficit doubles in 2021
        Balance above zero every year
        Budget balance up from 2017 to 2020""",
    "flats": """
        18,500 flats built in 2022
        Flat building up by more than half in 2022
        25,000 flats planned for 2023
        5,400 more flats than in 2021
        Builders finish over 17,000 flats in 2022
        Output of flats rose from 12,400 to 18,500
        Fewer than 12,000 flats in 2021
        Flat building fell in 2022
        2021 beats 2022
        Nearly 20,000 flats built in 2022""",
    "tractors": """
        Tractor output triples in a year
        Tractor production up by 250% in 2018
        Plant built 12,400 more tractors in 2018 than in 2017
        Tractor output falls by more than half
        Tractor plant's output rises by just 50%
        Plant fails to double its tractor output in 2018
        More than 20,000 tractors left the plant in 2018
        Tractor output slips from 19,000 in 2017 to 7,600 in 2018
        Tractor output virtually unchanged between 2017 and 2018
        Plant made barely 6,000 tractors in 2017, figures show
        Plant's 2017 output was more than half of what it made in 2018
        Tractor output four times higher in 2018 than a year before
        Tractor output peaks in 2017, then drops
        Plant added fewer than 10,000 tractors to its yearly output in 2018""",
    "output": """
        Value of output up by 55 billion tenge in a year
        Output value rises 45% to 120 billion tenge
        Output value doubles in 2018
        Value of output falls to 75 billion tenge in 2018
        Output worth 150 billion tenge in 2018
        Output value more than doubles, according to plant figures
        Value of output grows by less than half in a year
        Output value stays below 100 billion tenge in both years
        Value of output already over 80 billion tenge in 2017
        Output value up 160% in 2018
        Output was worth less in 2018 than in 2017
        Value of output inches up by a tenth
        2017 output was worth just half of the 2018 figure""",
    "home_made": """
        Three in four cars sold in 2018 were home-made
        Share of home-made cars triples in two years
        One in two cars sold in 2017 was made at home
        Home-made cars make up two thirds of sales in 2018
        Home-made share of car sales falls for a second year
        Home-made cars lose ground in 2017
        Home-made share up by just 10 percentage points since 2016
        Home-made cars' gain in 2017 was bigger than in 2018
        Only one in five cars sold in 2016 was home-made
        Home-made cars never got past 40% of sales
        Record year for home-made cars' share was 2016
        Home-made cars gain 27 points in 2018
        Home-made cars less than a third of sales in all three years
        Home-made share stuck at a quarter from 2016 to 2018""",
    "museum": """
        Museum visits peak in June
        January was the museum's quietest month
        Visitor numbers rise every month from January to June
        May drew three times as many museum visitors as February
        Museum welcomes more than 120,000 visitors in first half of 2019
        Museum visitors down in March
        June visitors down by 4,200 from May
        Museum visitors halve between May and June
        April drew fewer visitors than March
        March brings museum's biggest monthly crowd of early 2019, ahead of April and May
        Museum had twice as many visitors in June as in January
        Fewer than 10,000 came to the museum in February
        Museum busier in winter: January beats April
        May visitors fall short of 20,000""",
    "loaf": """
        Bread dearest in Astana
        Karaganda has the cheapest bread of the five cities
        A loaf costs 47 tenge more in Almaty than in Shymkent
        A loaf costs more than 100 tenge in all five cities
        Bread in Astana 25 tenge cheaper than in Almaty
        Almaty's bread twice as dear as Shymkent's
        Loaf costs less than 100 tenge in three of five cities
        Bread costs the same in Aktobe and Karaganda
        Bread cheaper in Almaty than in Astana
        Shymkent pays the most for bread, price survey shows
        Aktobe has the second most expensive bread of the five cities
        A loaf in Almaty costs 150 tenge
        Karaganda's bread dearer than Aktobe's
        Bread prices nearly equal in five cities, with no more than 10 tenge between them""",
    "exports": """
        Car output and exports both rise in 2018
        Car output down, exports up
        Car exports quadruple in 2018
        Car production doubles in 2018
        Carmakers exported a quarter of the cars they made in 2017
        Car exports halve: 774 cars sent abroad in 2018
        One in ten cars made in 2018 was exported
        Car output falls short of 30,000 in 2018
        Car exports overtake 2,000 in 2017
        Exports fall by just 219 cars
        Gap between cars made and cars exported narrows in 2018
        Car output rises by less than a third
        More cars exported than made in 2017
        Car production grows by 15,240 in 2018, industry data show""",
    "jobless": """
        Unemployment in 2019 highest since 2014
        Unemployment peaks at 5.1% in 2017
        Unemployment climbs above 6% in 2015
        Unemployment rises in 2018
        Jobless rate down a full point since 2014
        Unemployment below 5% in every year since 2014
        Jobless rate halves in five years
        Unemployment up for a third year in a row in 2019
        One in ten of the labour force unemployed in 2014
        Unemployment edges up to 5.2% in 2019
        Jobless rate falls every year from 2014 to 2019
        Unemployment lowest in 2015, official figures show
        Jobless rate never drops below 5%
        Unemployment unchanged between 2018 and 2019""",
    "target": """
        Car output beats 2020 plan
        Carmakers meet the target of 100,000 cars in 2020
        Carmakers make just half of the cars planned for 2020
        Car plan for 2020 missed by 32,529 cars
        Car output reaches 90% of the 2020 target
        2020 car output exceeds plan by 22,529
        Only one in ten planned cars was not made in 2020
        More than 80,000 cars made in 2020
        Car output less than two thirds of the 2020 plan
        Plan for 2020 called for 77,471 cars, but 100,000 were made
        Carmakers fall short of 2020 plan by more than a third
        Car target for 2020 missed by fewer than 20,000 cars
        Fewer than three in four planned cars were made in 2020, ministry figures show""",
}
