"""Titles in the words of newspapers over nine small charts, each true or false of its chart.

They were written beside the grammar, so they try it and measure nothing: rates come from titles that others wrote.
"""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes


def _axes(label: str, across: bool = False) -> Axes:
    ax = plt.subplots()[1]
    (ax.set_xlabel if across else ax.set_ylabel)(label)
    return ax


def two() -> Axes:
    return _axes("Value of car output, KZT bn").bar(["2017", "2018"], [75, 120])[0].axes


def years() -> Axes:
    ax = _axes("New cars sold, thousand")
    return ax.plot([2014, 2015, 2016, 2017, 2018], [160.3, 97.4, 46.7, 49.1, 60.6], "o-")[0].axes


def kinds() -> Axes:
    ax = _axes("Vehicles made, January to June 2018", across=True)
    return ax.barh(["Cars", "Trucks", "Buses", "Trailers"], [13725, 486, 153, 210])[0].axes


def cities() -> Axes:
    names = ["Almaty", "Astana", "Shymkent", "Karaganda", "Atyrau"]
    return _axes("Cars sold in 2018").bar(names, [5400, 3600, 1500, 1200, 800])[0].axes


def share() -> Axes:
    ax = _axes("Share of cars made at home, % of sales")
    return ax.plot([2016, 2017, 2018, 2019, 2020], [34, 41, 49, 59, 73])[0].axes


def plants() -> Axes:
    table = pd.DataFrame({"Asia Auto": [8573, 9999], "SaryarkaAvtoProm": [5297, 9290]}, index=["H1 2018", "H1 2019"])
    return table.plot.bar(ax=_axes("Vehicles made"), ylabel="Vehicles made")


def months() -> Axes:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"]
    return _axes("Cars sold a month, thousand").plot(names, [2.1, 1.9, 2.4, 2.6, 2.55, 3.0, 3.05, 3.1])[0].axes


def bread() -> Axes:
    ax = _axes("Loaves and pieces sold on Saturday")
    return ax.bar(["White bread", "Rye bread", "Rolls", "Cakes"], [420, 310, 640, 130])[0].axes


def survey() -> Axes:
    return _axes("% of commuters").bar(["Car", "Bus", "Bicycle", "On foot"], [46, 31, 14, 9])[0].axes


CHARTS = {draw.__name__: draw for draw in (two, years, kinds, cities, share, plants, months, bread, survey)}

TRUE = {
    "two": """
        Output up 60% in a year
        Car output rises by more than half
        Car output jumps 60 percent
        A 60% jump in output
        Value of output climbs from 75 to 120 billion tenge
        Output worth KZT 120 billion, 45 billion more than a year before
        Output 1.6 times as high as in 2017
        Carmakers earn more: output up by three fifths
        Car industry grows in 2018
        2018 beats 2017
        15 billion tenge a month
        Output less than doubled
        Output surpasses 100 billion
        Output hits 120 billion tenge
        In 2017 output was less than two thirds of that of 2018
        Car output soared in 2018
        195 billion tenge in two years
        Growth of 60 percent
        More cars than ever
        A third less in 2017 than in 2018
        KZT 45 billion more in 2018
        Kazakhstan's car makers turn out goods worth 120 billion tenge
        Carmaking: KZT 120bn in 2018, after KZT 75bn in 2017
        Value of cars made rises sharply
        Car output: +60%
        A big year for car factories: value up from 75 to 120 billion
        The value of output was 37.5% lower in 2017
        Value of output reaches 160 percent of 2017
        Factories produced cars for more than 100 billion tenge in 2018
        Output up by 45 billion
        Growth continues, minister says
        Last year's output beaten by 45 billion tenge
        In one year, output rose by more than a third
    """,
    "years": """
        Car sales have collapsed since 2014
        Car sales fell by 70% between 2014 and 2016
        Sales recover after 2016
        Sales up again since 2016
        2014 was the best year for car dealers
        Fewest cars sold in 2016
        Sales bottomed out in 2016
        More than 60,000 cars sold in 2018
        Car sales rose for the second year in a row
        In 2018, 60,600 new cars were sold
        Car sales down by almost two thirds since 2014
        Dealers sold 11,500 more cars in 2018 than in 2017
        Sales plunged in 2015 and 2016
        A fall until 2016, then a slow recovery
        Down by 39 % in 2015, down by 52 % in 2016
        Lowest sales in 2016
        Sales highest in 2014
        Car sales still far below 2014
        Fewer than 50,000 cars sold in 2016
        From 160,000 to 60,000 cars in four years
        Car market has lost more than half of its sales since 2014
        Sales grew by 23% last year
        Highest sales since 2015
        Sales more than halved in 2016
        Fewer than a third of the cars of 2014 were sold in 2016
        Car dealers sell 60 percent fewer cars than in 2014
        The worst year was 2016
        Down for two years, up for two years
        Sales picked up in 2017
        New car sales tumble from 160,300 to 60,600
        113,600 fewer cars in 2016 than in 2014
        After the crash of 2015, sales are slowly rising
        Sales dropped below 50,000 in 2016
        Sales stayed under 100,000 after 2014
        97,400 cars in 2015, 46,700 in 2016
        Car sales in free fall until 2016
        Sales at 38 percent of the 2014 level
        Only 46,700 cars found a buyer in 2016
        The slump ended in 2016
        2018: a quarter more than the year before
    """,
    "kinds": """
        Almost all vehicles made are cars
        Cars make up 94% of vehicles
        Buses come last
        More trucks than buses
        Three times as many trucks as buses
        Cars outnumber all other vehicles
        Nearly 14,000 cars in half a year
        Only 153 buses made
        Cars dominate
        Fewer buses than trailers
        Trucks in second place
        Trucks are the second largest group
        Fewest of all: buses
        19 in 20 vehicles are cars
        Kazakhstan makes mostly cars
        Less than 4% are trucks
        Passenger cars rule: 13,725 of 14,574 vehicles
        Cars: 94%, trucks: 3%
        Hardly any buses
        Trucks are the biggest group after cars
        Buses, the smallest group
        More than 90 in 100 vehicles are cars
        Fewer than 500 trucks left the factories
        57 more trailers than buses
        Car production dwarfs everything else
        28 times as many cars as trucks
        All other vehicles together: under 1,000
        Trucks, buses and trailers together make up 6 percent
    """,
    "cities": """
        Almaty sells the most cars
        Almaty ahead of Astana
        Almaty leads with 5,400 cars
        Two cities, 72% of sales
        More cars sold in Astana than in Shymkent and Karaganda together
        Almaty sells 50% more cars than Astana
        Atyrau sells fewest
        43% of cars were sold in Almaty
        Astana sells three times as many cars as Karaganda
        Almaty sells 1,800 more than Astana
        Almaty tops the list
        Astana is second
        Almaty beats the capital
        Atyrau at the bottom
        12,500 cars in five cities
        Not one city above 6,000
        Capital sells 3,600 cars, Almaty 5,400
        Almaty is the biggest market
        Shymkent and Karaganda sell fewer cars than Astana
        More than 40 percent of all cars go to Almaty
        Almaty, Astana and Shymkent account for 84% of sales
        Only 800 cars in Atyrau
        Atyrau brings up the rear
        Astana outsells Shymkent by 2,100 cars
        Shymkent third
        Nearly three in four cars are sold in Almaty or Astana
        Almaty sells more than six times as many cars as Atyrau
        Where cars are sold: Almaty first, Astana second
        Karaganda sells a third of what Astana sells
    """,
    "share": """
        Share of home-made cars has doubled since 2016
        Home-made cars gain 14 points in 2020
        Nearly three in four cars are made at home
        Every second car in 2018 was made at home
        Home-made cars: from a third to almost three quarters
        Share rises every year
        Share rose by 39 percentage points in four years
        More than half since 2019
        73 % of cars sold in 2020 were made at home
        The share of home-made cars has never been higher
        The majority of cars were made at home in 2020
        Home share at 59% in 2019
        Home-made cars take over: 73 percent in 2020
        Imports lose: home-made cars at 73 percent
        Share of home-made cars up 8 points in 2018
        From 34 to 73 percent
        In 2016 every third car was made at home
        Home-made cars pass the 50 percent mark in 2019
        Steady rise of home-made cars
        Biggest jump in 2020
        Two thirds of cars were imported in 2016
        Fewer than half of all cars were made at home in 2018
        Almost three quarters of the cars sold in 2020 are home-made
    """,
    "plants": """
        Asia Auto still ahead of SaryarkaAvtoProm
        SaryarkaAvtoProm grew faster than Asia Auto
        SaryarkaAvtoProm up by 75%
        Asia Auto makes 17 % more vehicles
        The gap between the plants has narrowed
        Both plants made more
        Together the plants made 19,289 vehicles in the first half of 2019
        Asia Auto made nearly 10,000 vehicles in the first half of 2019
        SaryarkaAvtoProm almost caught up
        SaryarkaAvtoProm made 3,993 vehicles more
        Asia Auto makes more than SaryarkaAvtoProm in both years
        SaryarkaAvtoProm: 75 percent up, Asia Auto: 17 percent up
        SaryarkaAvtoProm closes in on Asia Auto
        Only 709 vehicles between the two plants in 2019
        Asia Auto made 3,276 vehicles more than SaryarkaAvtoProm in the first half of 2018
        Output of both plants grew by 39% in total
        5,419 more vehicles in the first half of 2019
        SaryarkaAvtoProm adds almost 4,000 vehicles
    """,
    "months": """
        Sales rise from 2,100 in January to 3,100 in August
        Best month: August
        February was the weakest month
        Sales up by almost half since January
        A dip in February, then steady growth
        Sales fell in February
        More than 3,000 cars a month since June
        Sales jumped in June
        Summer months strongest
        Car sales climb to 3,100 in August
        Low point in February
        More cars sold in August than in any other month
        Sales in August 48 percent higher than in January
        20,700 cars in eight months
        Sales cross 3,000 in June
        Sales edge down in May
        1,900 cars in February, 3,100 in August
    """,
    "bread": """
        Rolls sell best
        More white bread than rye bread
        Twice as many rolls as rye loaves
        1,500 pieces sold on Saturday
        Cakes sell worst
        Rolls make up 43% of sales
        White bread beats rye by 110 loaves
        Rolls are the customers' favourite
        Saturday's bestseller: rolls
        Customers bought 640 rolls
        White bread sells better than rye
        Cakes are bought least
        One in eleven items is a cake
        Rolls sell five times as well as cakes
        Half as many rye loaves as rolls
        The bakery sold 110 more white loaves than rye loaves
    """,
    "survey": """
        Most commuters take the car or the bus
        Nearly half drive to work by car
        31 percent go by bus
        More people cycle than walk
        Fewer than one in ten go on foot
        Almost every second commuter takes the car
        The car is the most popular way to work
        Bus ahead of bicycle
        The bicycle is more popular than walking
        Three in ten take the bus
        Car beats bus
        46% drive
        Cars are used by 46 percent, buses by 31 percent
        Few people walk to work
        Bicycles beat walking
        Twice as many take the bus as the bicycle
        The car leads by 15 points
        Just under half of commuters use the car
        Less than a third go by bus
    """,
}

FALSE = {
    "two": """
        A 900% jump in output
        A 160% jump
        Output doubles
        Output more than doubled, ministry says
        Nearly twice as much: car output in 2018
        Value of output climbs from 75 to 130 billion tenge
        Output worth KZT 120 billion, 120 billion more than a year before
        Output 2.6 times as high as in 2017
        Output down by a third
        Car industry shrinks in 2018
        2017 beats 2018
        nearly doubles
        Output up a quarter
        Output stagnates
        Output surpasses 130 billion
        Output falls short of 100 billion
        Output hits 150 billion tenge
        Output slides to 75 billion
        Output soared 85% in 2018
        Output three and a half times as large
        300 billion tenge in two years
        The rise: 45 percent
        Growth of 37 percent
        Twice the output of 2017
        Half as much in 2017 as in 2018
        KZT 60 billion more in 2018
        Carmaking: KZT 75bn in 2018, after KZT 120bn in 2017
        Value of cars made edges up slightly
        Output more than triples
        Car output: +16%
        The value of output was 60% lower in 2017
        Value of output reaches 160 percent more than in 2017
        Cars worth half as much as in 2017
        Output falls back
        Factories produced cars for less than 100 billion tenge in 2018
        Output up by 45 percent
        No change in output
        The value has quadrupled
        In one year, output fell by more than a third
    """,
    "years": """
        Car sales fell by half between 2014 and 2016
        Car sales have risen every year since 2014
        2018 was the best year for car sales
        Fewest cars sold in 2018
        Sales peaked in 2015
        More than 70,000 cars sold in 2018
        Car sales fell for the third year in a row
        In 2018, 160,300 new cars were sold
        Car sales down by a third since 2014
        Dealers sold 21,500 more cars in 2018 than in 2017
        Sales plunged in 2017 and 2018
        Down by 39 % in 2016
        Car sales back above 2014
        From 60,000 to 160,000 cars in four years
        Sales grew by 32% last year
        Record sales in 2018
        Highest sales since 2014
        Sales more than halved in 2015
        Car sales are stable
        More cars were sold in 2018 than in 2014
        Twice as many cars were sold in 2014 as in 2018
        Car dealers sell 40 percent fewer cars than in 2014
        The worst year was 2015
        Four years of growth
        Sales slipped in 2017
        63,600 fewer cars in 2016 than in 2014
        Sales have been falling since 2016
        Best sales in five years
        Sales dropped below 40,000 in 2016
        Sales stayed above 50,000
        97,400 cars in 2016, 46,700 in 2015
        Sales hit bottom in 2017
        Sales at 62 percent of the 2014 level
        2018: half more than the year before
    """,
    "kinds": """
        Cars make up 75% of vehicles
        Trailers come last
        More buses than trucks
        Five times as many trucks as buses
        Trucks lead
        Nearly 18,000 cars in half a year
        Only 210 buses made
        Trailers in second place
        One in five vehicles is a truck
        Half of all vehicles are trucks
        More than 10% are trucks
        Cars: 84%, trucks: 13%
        Buses are more common than trucks
        Trailers are the smallest group
        Fewer than 400 trucks left the factories
        Twice as many trucks as trailers
        Twice as many buses as trailers
        157 more trailers than buses
        12 times as many cars as trucks
        Trucks, buses and trailers together make up 16 percent
    """,
    "cities": """
        Astana sells the most cars
        Almaty leads with 3,600 cars
        Two cities, 85% of sales
        Almaty sells twice as many cars as Astana
        Shymkent sells fewest
        Every third car sold in Almaty
        54% of cars were sold in Almaty
        Astana sells three times as many cars as Shymkent
        Almaty sells 2,800 more than Astana
        Karaganda is ahead of Shymkent
        Shymkent in second place
        Almaty sells more than all other cities combined
        15,500 cars in five cities
        Almaty sells 3,600 cars, Astana 5,400
        Astana is the biggest market
        More than 50 percent of all cars go to Almaty
        Almaty, Astana and Shymkent account for 94% of sales
        Karaganda brings up the rear
        Astana outsells Shymkent by 1,100 cars
        Every second car is sold in Almaty
        Almaty sells ten times as many cars as Atyrau
        Where cars are sold: Astana first, Almaty second
    """,
    "share": """
        Share of home-made cars has tripled since 2016
        Home-made cars gain 14 percent in 2020
        Nine in ten cars are made at home
        Every second car in 2017 was imported from home
        Home-made cars lose ground
        Share rose by 39 percent in four years
        More than half since 2017
        37 % of cars sold in 2020 were made at home
        The majority of cars were made at home in 2016
        Home share at 59% in 2018
        Share of home-made cars up 18 points in 2018
        From 34 to 63 percent
        In 2016 every second car was made at home
        Home-made cars pass the 50 percent mark in 2018
        A dip in 2019
        Biggest jump in 2018
        Fewer than half of all cars were made at home in 2019
    """,
    "plants": """
        SaryarkaAvtoProm overtakes Asia Auto
        Asia Auto grew faster than SaryarkaAvtoProm
        SaryarkaAvtoProm up by 57%
        The gap between the plants has widened
        Both plants made less
        Together the plants made 29,289 vehicles in the first half of 2019
        SaryarkaAvtoProm made nearly 10,000 vehicles in the first half of 2018
        SaryarkaAvtoProm doubled its output
        SaryarkaAvtoProm: 17 percent up, Asia Auto: 75 percent up
        Asia Auto has doubled its lead
        Asia Auto made 3,276 vehicles more than SaryarkaAvtoProm in the first half of 2019
        Output of both plants grew by 59% in total
        SaryarkaAvtoProm is now the larger plant
        Asia Auto adds almost 4,000 vehicles
    """,
    "months": """
        Sales rise from 2,100 in January to 4,100 in August
        Best month: July
        January was the weakest month
        Sales have doubled since January
        Sales fell in June
        More than 3,000 cars a month since April
        Sales peaked in June
        Car sales climb to 3,500 in August
        Low point in May
        More cars sold in June than in any other month
        Sales in August 28 percent higher than in January
        30,700 cars in eight months
        Sales edge up in May
        1,900 cars in August, 3,100 in February
    """,
    "bread": """
        Cakes sell best
        Rye outsells white
        Three times as many rolls as rye loaves
        2,500 pieces sold on Saturday
        Rolls make up 64% of sales
        White bread beats rye by 210 loaves
        Saturday's bestseller: white bread
        Customers bought 460 rolls
        Rye sells better than white
        One in four items is a cake
        Rolls sell three times as well as cakes
    """,
    "survey": """
        Most commuters take the bus
        41 percent go by bus
        One in four go on foot
        Every third commuter takes the car
        The bus is the most popular way to work
        Half as many take the bus as the car
        Cars are used by 31 percent, buses by 46 percent
        The car leads by 25 points
        More than half of commuters use the car
        Most commuters cycle
        More than a third go by bus
    """,
}


def titles_of(table: dict[str, str]) -> list[tuple[str, str]]:
    """Return each title with the name of its chart."""
    return [(chart, title.strip()) for chart, titles in table.items() for title in titles.strip().splitlines()]
