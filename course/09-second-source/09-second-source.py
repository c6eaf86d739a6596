# %% [markdown]
# # Unit 09: A second source
#
# > "the manufacture of cars has increased by 150% year-on-year"
# >
# > "nearly KZT 120 billion, i.e. 1.6 times more than in the comparable period of last year"
# >
# > Kazinform, 21 September 2018
#
# **The question: which reading does the world allow?**
#
# About the growth you have had one witness so far, the article. You found two worlds for the vehicles and two for
# their value, and no sum could choose between them. That was the right answer, as long as nobody else was asked. Now
# we ask somebody else.
#
# After this unit you can:
#
# - read a messy table from a file, and tidy it;
# - rebuild a number that nobody printed, from the growth rates that somebody did print;
# - use one simple law, that a running total cannot fall, to rule out a reading;
# - catch a unit slip, and parts that do not add up;
# - join two tables without losing rows;
# - give each reading its verdict, and say beside it how sure you are.
#
# **Time:** {{ time }}. **You need:** units 00 to 08.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools.

# %% nbgrader={"grade_id": "setup-09", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show
from secondcar.charts import set_alt_text
from secondcar.ledger import taken

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.1f}".format)  # tables show one digit after the point

# %% [markdown]
# ## The law of the running total
#
# First the law, on a bakery. We made it up. For each month of last year it wrote down its loaves. `cumsum` adds up as
# it goes down the column: each row holds all loaves *since the first of January*. Such a sum is called a [running
# total](glossary.md#running-total).

# %%
bakery = pd.DataFrame(
    {
        "month": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"],
        "loaves": [90, 80, 120, 100, 110, 100, 60, 95],  # invented
    }
)
bakery = bakery.assign(loaves_so_far=bakery["loaves"].cumsum())
bakery

# %% [markdown]
# The bakery had a poor July. Will its line fall anywhere because of that? Write "yes" or "no", with the quotes.

# %%
guess = ...

# %%
ax = sns.lineplot(data=bakery, x="month", y="loaves_so_far", marker="o", color="#0173b2")
ax.set(
    title="A running total goes up, or it waits",
    xlabel="end of month\nSource: invented for this course",
    ylabel="loaves since 1 January",
    ylim=(0, 800),
)
in_june = bakery["loaves_so_far"].iloc[5]
in_august = bakery["loaves_so_far"].iloc[7]
beside(guess, "no")
show(
    ax,
    alt=f"Line chart of an invented bakery's running total of loaves. It never falls: {in_june} by the end of June, "
    f"{in_august} by the end of August.",
)

# %% [markdown]
# A poor month makes the line flatter. Nothing can make it fall, since nobody bakes fewer than no loaves.
# ({{ python(".iloc") }} counts the rows from zero. So `.iloc[5]` is the sixth row, June.)
#
# So the total of June is a **floor** for the total of August. Say somebody claims five hundred loaves for January to
# August. You need not know July and August at all:

# %%
claimed_by_august = 500  # invented
claimed_by_august - in_june

# %% [markdown]
# July and August together would have to be *less than nothing*. The claim is not unlikely. It is impossible.
#
# Do you see what we are after? Each reading of the article needs its own number for January to August 2017. One good
# number for January to *June* 2017 would be a floor under all of them.

# %% [markdown]
# ## A witness who did not know our question
#
# Azernews printed a report on 17 July 2018, two months before the article. Its numbers are from AKAB, the Association
# of Kazakhstan's Automotive Business. They are for January to June 2018, and beside them stands the change *on
# January to June 2017*. Nobody wrote it to settle our case. That makes it a good witness.
#
# We copied its numbers into a file. Its commas are the page's own; for the words "percent" and "percent more" we wrote
# the sign. `pd.read_csv` reads the file, as in unit 08:

# %%
half_year = pd.read_csv("half-year-2018.csv")
half_year

# %% [markdown]
# `made` is the number of vehicles made in January to June 2018, and `change` is the change on the same months of
# 2017. It looks like a table of numbers, so let us add up a column. The first row is the total, {{ fact("F020") }}.
#       About how large will the sum of the whole column be? Write a number:

# %%
guess = ...

# %%
beside(guess, half_year["made"].sum())

# %% [markdown]
# That is not a sum. Python has glued texts together, end to end. So make numbers of the texts? {{ python("float") }}
# makes a number with a point of a text, if it can. Try the first one. The next cell is meant to fail:

# %% tags=["raises-exception"]
float(half_year.loc[0, "made"])

# %% [markdown]
# Read the last line: it could not make a number of this text. The comma is in the way. It was put there for people.
# {{ python(".str.replace") }} changes each text of a column, and `.astype(float)` then makes numbers of the whole
# column. Two invented ones:

# %%
texts = pd.Series(["1,250", "940"])
texts.str.replace(",", "").astype(float)

# %% [markdown]
# Simple? Look at the column `change` before you go on. Here, too, are two invented ones, which need another cure:

# %%
changes = pd.Series(["+12.5%", "-3,4%"])
changes.str.replace("%", "").str.replace(",", ".").astype(float)

# %% [markdown]
# In one column a comma marks the thousands, in the other it stands for the *point*, as in many languages. No program
# can know that. You can: nothing falls by more than 100 %.
#
# One thing more is messy here. The rows are of three sorts: the total, the kinds of vehicles, and the plants that
# made them. Whoever adds up the whole column counts each vehicle three times.
#
# A table is [tidy](glossary.md#tidy-data) when each row is one thing of one sort, each column holds one kind of
# figure, and each cell one value. Then `sum` means what you think it means.
#
# ### Exercise: tidy the kinds
#
# {{ ask("clean-kinds") }}
#
# If you are stuck, run `hint("clean-kinds")` in a cell of its own.

# %% nbgrader={"grade_id": "clean-kinds", "solution": true}
clean_kinds = ...
### BEGIN SOLUTION
only_kinds = half_year[half_year["split"] == "kind"]
clean_kinds = pd.DataFrame(
    {
        "part": only_kinds["part"],
        "made_2018": only_kinds["made"].str.replace(",", "").astype(float),
        "change_percent": only_kinds["change"].str.replace("%", "").str.replace(",", ".").astype(float),
    }
)
### END SOLUTION

# %% nbgrader={"grade_id": "clean-kinds-check", "grade": true, "points": 2}
check("clean-kinds", clean_kinds)

# %% [markdown]
# ## Do the parts add up?
#
# Never trust a table before you have added it up. The course keeps the same figures, as numbers, among its facts. The
# page says it names all "six Kazakh production sites". So both splits should give the page's total. Do they?

# %%
facts = load_dataset("facts").set_index("id")
kind_ids = ["F021", "F022", "F023", "F024", "F025"]
plant_ids = ["F032", "F033", "F232", "F233", "F234", "F235"]
parts = facts.loc[kind_ids + plant_ids, ["scope", "quantity"]]
parts = parts.assign(split=["kind"] * 5 + ["plant"] * 6)
print("the page's total:", facts.loc["F020", "quantity"])
parts.groupby("split")["quantity"].sum()

# %% [markdown]
# `groupby` made a group of each split, as in unit 04. The kinds add up to the last vehicle. The plants do not. How
# large is the gap, in vehicles and in percent of the total?

# %%
total_2018 = facts.loc["F020", "quantity"]
gap = total_2018 - facts.loc[plant_ids, "quantity"].sum()
print(gap, round(gap / total_2018 * 100, 1))

# %% [markdown]
# Why, we do not know. Such a gap is no scandal. You write it down, you ask how much it could change, and you go on
# with the split that adds up.

# %% [markdown]
# ## Rebuild January to June 2017
#
# Here are the kinds as a tidy table. {{ python(".to_numpy()") }} takes the numbers of a column without the names of
# their rows.

# %%
growth_ids = ["F225", "F226", "F227", "F228", "F229"]
kinds = pd.DataFrame(
    {
        "kind": ["passenger cars", "trucks", "buses", "trailers", "special vehicles"],
        "made_2018": facts.loc[kind_ids, "quantity"].to_numpy(),  # January to June
        "change_percent": facts.loc[growth_ids, "quantity"].to_numpy(),  # on January to June 2017
    }
)
kinds

# %% [markdown]
# The page gives no number for 2017. But a change on 2017 is a path back to it, and you know that path from unit 02:
# the old number was *multiplied* by the ratio, so *divide*.
#
# But which ratio? You know the trap: could these percentages be *of* the year before, an index? Here we can tell. They
# have signs, and one of them is "-51,1". Nothing can be minus fifty-one percent *of* anything. So the plus and the minus
# mark *changes*: *by* so much up, *by* so much down.
#
# An invented one first. A shop sold eighty lamps, a change of minus twenty percent. How many did it sell before?

# %%
lamps_now = 80
lamps_change = -20  # percent
lamps_now / (1 + lamps_change / 100)

# %% [markdown]
# Forward again: a hundred less twenty percent is eighty. The minus simply goes along in the formula.
#
# ### Exercise: the buses of 2017
#
# One row first, the one with the largest fall:

# %%
by_kind = kinds.set_index("kind")
buses_2018 = by_kind.loc["buses", "made_2018"]
buses_change = by_kind.loc["buses", "change_percent"]
print(buses_2018, buses_change)

# %% [markdown]
# {{ ask("buses-2017") }}

# %% nbgrader={"grade_id": "buses-2017", "solution": true}
buses_2017 = ...
### BEGIN SOLUTION
buses_2017 = buses_2018 / (1 + buses_change / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "buses-2017-check", "grade": true, "points": 1}
check("buses-2017", buses_2017)

# %% [markdown]
# ### Exercise: all vehicles of the half-year
#
# Now the whole column at once. This is the number that the case hangs on.
#
# {{ ask("vehicles-half-2017") }}

# %% nbgrader={"grade_id": "vehicles-half-2017", "solution": true}
vehicles_half_2017 = ...
### BEGIN SOLUTION
vehicles_half_2017 = (kinds["made_2018"] / (1 + kinds["change_percent"] / 100)).sum()
### END SOLUTION

# %% nbgrader={"grade_id": "vehicles-half-2017-check", "grade": true, "points": 2}
check("vehicles-half-2017", vehicles_half_2017)

# %% [markdown]
# ### How sure is that?
#
# Nobody printed this number. We derived it, and we say so. Before a case hangs on it, try to shake it.
#
# **Rounding.** The changes are rounded to one digit after the point. So each is a range, half a step to either side:

# %%
half_step = 0.05
lowest = (kinds["made_2018"] / (1 + (kinds["change_percent"] + half_step) / 100)).sum()
highest = (kinds["made_2018"] / (1 + (kinds["change_percent"] - half_step) / 100)).sum()
print(f"{highest - lowest:,.0f} vehicles from the lowest to the highest")

# %% [markdown]
# A handful of vehicles. Rounding does not matter here.
#
# **A weak row.** The change of the special vehicles is the same figure as that of the trailers. Perhaps somebody
# copied it, so it is marked *weak* in our facts. How much hangs on that row?

# %%
kinds = kinds.assign(made_2017=kinds["made_2018"] / (1 + kinds["change_percent"] / 100))
kinds[kinds["kind"] == "special vehicles"]

# %% [markdown]
# Fewer than a hundred vehicles. Throw the row away, and you lose nothing that we need.
#
# **Another voice.** The head of KazAvtoProm, the car makers' association, spoke on Kazakh TV about "half a year":

# %%
for column in ["quote", "caution", "grade"]:
    print(facts.loc["F050", column])

# %% [markdown]
# About the same number. But the page has no date; that it speaks of 2017 is *inferred*. So we are glad that it agrees,
# and rest nothing on it. ({{ python("for") }} runs the line below once for each thing {{ python("in") }} the list. Such
# a line is moved to the right.)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "The law of the running total" to "Rebuild January to June 2017".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## Long form, and a chart of the kinds
#
# How did each kind change? To draw it, every bar needs a row of its own: kind, period, number. That is the *long form*.
# Ours is *wide*: two columns are the same figure for two periods. {{ python("melt") }} turns wide into long. With two
# invented breads:

# %%
breads = pd.DataFrame({"bread": ["rye", "wheat"], "last year": [40, 90], "this year": [60, 85]})
breads.melt(id_vars="bread", var_name="year", value_name="loaves")

# %% [markdown]
# {{ python("id_vars") }} is what names a row and stays. The names of the other columns move into one new column
# ({{ python("var_name") }}), and their numbers into another ({{ python("value_name") }}). Now our kinds:

# %%
wide = kinds.rename(columns={"made_2017": "January-June 2017", "made_2018": "January-June 2018"})
long = wide.melt(
    id_vars="kind",
    value_vars=["January-June 2017", "January-June 2018"],
    var_name="period",
    value_name="vehicles",
)
trucks = long[long["kind"] == "trucks"]
trucks

# %% [markdown]
# Those are the rows of one kind. {{ python("value_vars") }} names the columns that move; the others are left behind. The way back is
# `pivot`, from unit 05:

# %%
trucks.pivot(index="kind", columns="period", values="vehicles")

# %% [markdown]
# With long data, seaborn can draw a panel for each kind: {{ python("catplot") }}, with {{ python('row="kind"') }} for a row of
# panels, one below the other. (`col` would set them side by side.) {{ python('kind="bar"') }} asks for bars,
# {{ python("height") }} and {{ python("aspect") }} say how high and how wide a panel is. Such panels are called *facets*.
# The lines after the call give them titles: {{ python("set_titles") }} one to each panel, {{ python("set_axis_labels") }} the names of the
# axes, and {{ python(".figure.suptitle") }} one to the whole figure. {{ python(".text") }} writes the source below it.

# %%
grid = sns.catplot(
    data=long,
    x="vehicles",
    y="period",
    row="kind",
    kind="bar",
    color="#0173b2",
    height=1.3,
    aspect=5,
)
grid.set_titles("{row_name}")
grid.set_axis_labels("vehicles made", "")
grid.figure.suptitle("Vehicles made in Kazakhstan, by kind", y=1.03)
source = "Source: Azernews, 17 July 2018, citing AKAB; 2017 rebuilt from its growth rates"
grid.figure.text(0, -0.03, source)
cars_2017, cars_2018 = wide.loc[0, ["January-June 2017", "January-June 2018"]]
show(
    grid.figure,
    alt="Bar charts in five panels, one for each kind of vehicle, January-June 2017 and January-June 2018. Passenger "
    f"cars rose from {cars_2017:,.0f} to {cars_2018:,.0f}; trucks, buses, trailers and special vehicles are so few "
    "that their bars hardly show.",
)

# %% [markdown]
# All panels share one axis. That is honest: you see at once that the growth is a growth of passenger cars. But it
# hides the small kinds.
#
# ### Exercise: the small kinds
#
# {{ ask("small-kinds-chart") }}
#
# To look at your chart: `show(small_kinds_chart(long))`. To leave rows out, {{ python("!=") }} means *is not*:
# `long[long["kind"] != "trucks"]` are the rows of all kinds but the trucks.


# %% nbgrader={"grade_id": "small-kinds-chart", "solution": true}
def small_kinds_chart(data):
    ### BEGIN SOLUTION
    small = data[data["kind"] != "passenger cars"]
    ax = sns.barplot(data=small, x="vehicles", y="kind", hue="period", palette="colorblind")
    ax.set(
        title="Vehicles made, all kinds but passenger cars",
        xlabel="vehicles made\nSource: Azernews, 17 July 2018, citing AKAB; 2017 rebuilt from its growth rates",
        ylabel="",
    )
    sns.move_legend(ax, "upper left", bbox_to_anchor=(1.02, 1.02))
    bars = ", ".join(small["kind"] + " in " + small["period"] + ": " + small["vehicles"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of the vehicles made, all kinds but passenger cars. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "small-kinds-chart-check", "grade": true, "points": 3}
check("small-kinds-chart", small_kinds_chart)

# %% [markdown]
# ## The money: million or billion?
#
# The same page gives the value of what was made in January to June, for both years. This time it is stated, not
# rebuilt:

# %%
print(facts.loc["F026", "quote"])

# %% [markdown]
# Take the first figure at its word, and share it out over the vehicles of January to June 2018:

# %%
value_2018_printed = facts.loc["F026", "quantity"]
vehicles_half_2018 = facts.loc["F020", "quantity"]
million = 1_000_000
print(f"{value_2018_printed * million / vehicles_half_2018:,.0f} tenge a vehicle")

# %% [markdown]
# In 2018 a dollar cost about {{ fact("F167") | round | int }} tenge. So that is a vehicle for less than twenty
# dollars. Somebody slipped, and here is how to prove it. Two more figures, one of the same page and one from
# elsewhere:

# %%
print("June 2018, the same page:", facts.loc["F029", "quote"])
print("January to May 2018, the ministry, by FBC:", facts.loc["F040", "quote"])
print(f"both together: {facts.loc['F040', 'quantity'] + facts.loc['F029', 'quantity']:.2f}")

# %% [markdown]
# The ministry's figure is printed in Japanese, and the sign "億" means a hundred million. So it is {{ fact("F040") }}
# *billion*. With June on top, it gives the page's digits for January to June, nearly to the last one; and the
# ministry's word names the size. (Our facts keep the page's figures in billions, with a note of the slip.)
#
# Are these two witnesses? Not quite. June is AKAB's in both sums, so it cannot disagree. And the ministry may have its
# number from AKAB. For the *word* it does not matter: whoever wrote it down second wrote billions. For the *number*,
# count them as one witness.
#
# ### Exercise: what speaks for what?
#
# {{ ask("million-or-billion") }}

# %% nbgrader={"grade_id": "million-or-billion", "solution": true}
million_or_billion = {
    "the word that the page prints": ...,
    "what one vehicle would be worth": ...,
    "the ministry's value for January to May": ...,
    "the growth of the value, in percent": ...,
}
### BEGIN SOLUTION
million_or_billion = {
    "the word that the page prints": "million",
    "what one vehicle would be worth": "billion",
    "the ministry's value for January to May": "billion",
    "the growth of the value, in percent": "neither",
}
### END SOLUTION

# %% nbgrader={"grade_id": "million-or-billion-check", "grade": true, "points": 2}
check("million-or-billion", million_or_billion)

# %% [markdown]
# ### Exercise: the value of one vehicle
#
# {{ ask("tenge-a-vehicle") }}

# %% nbgrader={"grade_id": "tenge-a-vehicle", "solution": true}
tenge_a_vehicle = ...
### BEGIN SOLUTION
billion = 1_000 * million
tenge_a_vehicle = value_2018_printed * billion / vehicles_half_2018
### END SOLUTION

# %% nbgrader={"grade_id": "tenge-a-vehicle-check", "grade": true, "points": 1}
check("tenge-a-vehicle", tenge_a_vehicle)

# %% [markdown]
# ## Put the readings to the test
#
# Now we have a floor for the vehicles and one for the value. And we have the four readings of the article. For each
# of them, ask: **what would be left for July and August 2017?**
#
# With the bakery: this year, January to August, it baked nine hundred and sixty loaves, "two times as many as last
# year". Last year's books say four hundred for January to June:

# %%
loaves_2 = 960  # January to August this year, invented
print(loaves_2 / 2)  # January to August last year
print(loaves_2 / 2 - 400)  # left for July and August of last year

# %% [markdown]
# ### Exercise: a function for what is left
#
# {{ ask("left-over") }}


# %% nbgrader={"grade_id": "left-over", "solution": true}
def left_over(new, ratio, part):
    ### BEGIN SOLUTION
    return new / ratio - part
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "left-over-check", "grade": true, "points": 2}
check("left-over", left_over)

# %% [markdown]
# Try your function on the article, in a cell of your own. The ratios are those of units 02 and 03, and the part is the
# number that you rebuilt, or the value that the page states.
#
# ### Exercise: what is left for July and August 2017?
#
# {{ ask("what-is-left") }}

# %% nbgrader={"grade_id": "what-is-left", "solution": true}
what_is_left = {
    "vehicles of all kinds, BY 150 %": ...,
    "vehicles of all kinds, TO 150 %": ...,
    "value, 1.6 times ON TOP": ...,
    "value, 1.6 times AS MUCH": ...,
}
### BEGIN SOLUTION
what_is_left = {
    "vehicles of all kinds, BY 150 %": "less than nothing",
    "vehicles of all kinds, TO 150 %": "something is left",
    "value, 1.6 times ON TOP": "less than nothing",
    "value, 1.6 times AS MUCH": "something is left",
}
### END SOLUTION

# %% nbgrader={"grade_id": "what-is-left-check", "grade": true, "points": 2}
check("what-is-left", what_is_left)

# %% [markdown]
# ### Exercise: the value's floor
#
# For one reading of the value, how much is it? Here is the value that the page states for January to June 2017, in
# billion tenge; the article's value of 2018 is "nearly" {{ claim("value-level") / 10**9 }}.
#
# {{ ask("value-left") }}

# %% nbgrader={"grade_id": "value-left", "solution": true}
value_left = ...
### BEGIN SOLUTION
value_left = 120 / (1 + 1.6) - facts.loc["F027", "quantity"]
### END SOLUTION

# %% nbgrader={"grade_id": "value-left-check", "grade": true, "points": 2}
check("value-left", value_left)

# %% [markdown]
# Here it is as a picture. The first bar is *stated* by the page, the other two are what each reading needs:

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
value_2018 = claims["value-level"] / 1_000_000_000  # billion KZT, January to August 2018
times = claims["value-growth"]
value_totals = pd.DataFrame(
    {
        "total": ["on 30 June 2017, stated", "on 31 August 2017, if ON TOP", "on 31 August 2017, if AS MUCH"],
        "bn_kzt": [facts.loc["F027", "quantity"], value_2018 / (1 + times), value_2018 / times],
    }
)
ax = sns.barplot(data=value_totals, x="bn_kzt", y="total", color="#0173b2")
ax.set(
    title="Value of the vehicles made since 1 January 2017",
    xlabel="billion tenge\nSources: Azernews (AKAB) and Kazinform, 2018; the two of August calculated",
    ylabel="",
)
bars = ", ".join(value_totals["total"] + ": " + value_totals["bn_kzt"].map("{:.1f}".format))
show(ax, alt=f"Bar chart of the value of the vehicles made since 1 January 2017, in billion tenge. {bars}.")

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Long form, and a chart of the kinds" to "Put the readings to the test".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### Exercise: the bar that cannot be smaller
#
# A reader should see the vehicles, too. The next cell makes the table for the chart, and shows the names of its rows.
# The first two are rebuilt, the other two are what each reading needs. Their numbers, a running total since 1 January
# 2017, stand in the column `vehicles`. Your chart will show them.

# %%
units_2018 = claims["output-units"]
growth = claims["output-growth"]
rebuilt = kinds["made_2017"].sum()
rebuilt_cars = kinds["made_2017"].iloc[0]
totals = pd.DataFrame(
    {
        "total": [
            "on 30 June 2017, all kinds, rebuilt",
            "on 30 June 2017, cars alone, rebuilt",
            f"on 31 August 2017, if BY {growth:.0f} %",
            f"on 31 August 2017, if TO {growth:.0f} %",
        ],
        "vehicles": [rebuilt, rebuilt_cars, units_2018 / (1 + growth / 100), units_2018 / (growth / 100)],
    }
)
totals["total"]

# %% [markdown]
# {{ ask("floor-chart") }}


# %% nbgrader={"grade_id": "floor-chart", "solution": true}
def floor_chart(data):
    ### BEGIN SOLUTION
    ax = sns.barplot(data=data, x="vehicles", y="total", color="#0173b2")
    ax.set(
        title="A running total cannot fall: which reading keeps the law?",
        xlabel="vehicles made since 1 January\nSources: Azernews (AKAB) and Kazinform, 2018; all calculated",
        ylabel="",
    )
    bars = ", ".join(data["total"] + ": " + data["vehicles"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of the vehicles made since 1 January, as a running total. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "floor-chart-check", "grade": true, "points": 3}
check("floor-chart", floor_chart)

# %% [markdown]
# ### Join two tables
#
# Four readings, two floors. They stand in two tables, and we want them side by side. {{ python("merge") }} joins two
# tables by a column that both have, named by {{ python("on") }}. Two invented ones:

# %%
prices = pd.DataFrame({"bread": ["rye", "wheat", "oat"], "price_tenge": [300, 250, 350]})
sold = pd.DataFrame({"bread": ["Rye", "wheat", "oat"], "loaves": [40, 60, 20]})
prices.merge(sold, on="bread")

# %% [markdown]
# Three breads went in, two came out. Did you see why? To Python, "Rye" is not the same as "rye". There was **no error
# and no warning**: a merge drops each row that finds no partner. So count the rows, before and after. With
# {{ python('how="left"') }} every row of the left table stays, and a hole shows where the partner is missing:

# %%
prices.merge(sold, on="bread", how="left")

# %% [markdown]
# `NaN` marks the hole. Now you know what to mend. {{ python(".str.lower()") }} writes a text in small letters:

# %%
prices.merge(sold.assign(bread=sold["bread"].str.lower()), on="bread", how="left")

# %% [markdown]
# Now the case itself. `needed` is what a reading needs for January to August 2017. `january_june` is the floor. Both
# are in the unit that the row names.

# %%
readings = pd.DataFrame(
    {
        "what": ["vehicles", "vehicles", "value", "value"],
        "wording": ["by", "to", "on top", "as much"],
        "needed": [
            units_2018 / (1 + growth / 100),
            units_2018 / (growth / 100),
            value_2018 / (1 + times),
            value_2018 / times,
        ],
        "unit": ["vehicles", "vehicles", "bn KZT", "bn KZT"],
    }
)
readings

# %%
floors = pd.DataFrame({"what": ["Vehicles", "Value"], "january_june": [rebuilt, facts.loc["F027", "quantity"]]})
floors["what"]

# %% [markdown]
# ### Exercise: how much is used up by June?
#
# {{ ask("readings-used") }}

# %% nbgrader={"grade_id": "readings-used", "solution": true}
readings_used = ...
### BEGIN SOLUTION
joined = readings.merge(floors.assign(what=floors["what"].str.lower()), on="what", how="left")
readings_used = joined.assign(percent_used=joined["january_june"] / joined["needed"] * 100)
### END SOLUTION

# %% nbgrader={"grade_id": "readings-used-check", "grade": true, "points": 3}
check("readings-used", readings_used)

# %% [markdown]
# There it is. Two readings would have used up *more than all* of their eight months by the end of June.
#
# ## How much does that rest on?
#
# The law of the running total is certain, but what we put into it is not. Before you print a verdict, open the ledger.
# Six rows are filled. The other three are yours, and their last column says what you may write in place of the dots.
# Nobody marks it. A chart below reads it, and where the dots stay, it takes the first choice.

# %%
my_ledger = pd.DataFrame(
    {
        "words": [
            "over the past eight months",
            "year-on-year",
            "the products made",
            "the minister's counter",
            "what was counted in 2017",
            "million, in the Azernews report",
            "cars",
            "exceeding 19,000",
            "150%",
        ],
        "I_take_it_to_mean": [
            "January to August",
            "compared with the same months of 2017",
            "the same vehicles",
            "counts as AKAB does",
            "was not revised later",
            "billion",
            ...,
            ...,
            ...,
        ],
        "or_else": [
            "to the middle of September: more months, and a higher floor",
            "another base: then nothing here applies",
            "other machines, too: it was a forum of machine builders",
            "another count: see below",
            "a revised number: no page speaks of one",
            "a vehicle for less than twenty dollars",
            '"all kinds", "without trailers", "two plants alone" or "passenger cars alone"',
            '"hardly more" or "up to a thousand more"',
            '"as printed" or "rounded to tens"',
        ],
    }
)
pd.set_option("display.max_colwidth", None)
my_ledger.set_index("words")

# %% [markdown]
# Press on it, one row at a time.
#
# **The hedges.** "Exceeding" and "nearly" do stretch a number. How far would they have to stretch it? What would 2018
# have to be, at the very least, if those two readings were true?

# %%
print(f"vehicles: more than {rebuilt * (1 + growth / 100):,.0f}, and the article says {units_2018:,.0f}")
print(f"value: more than {floors.loc[1, 'january_june'] * (1 + times):,.0f} bn KZT, and it says {value_2018:,.0f}")

# %% [markdown]
# Nobody calls that "exceeding" or "nearly".
#
# **The counter.** The floor was counted by AKAB, the article's number comes from a minister. What if the two count
# differently? For the whole of 2017 we know AKAB's count and the ministry's. Compare their gap with the gap that the
# reading *by* needs:

# %%
akab_2017, ministry_2017 = facts.loc[["F054", "F041"], "quantity"]
print(f"gap between the two counts of 2017: {abs(ministry_2017 / akab_2017 - 1) * 100:.1f} %")
print(f"gap needed: {(rebuilt / (units_2018 / (1 + growth / 100)) - 1) * 100:.1f} %")

# %% [markdown]
# The objection is fair, and too small.
#
# **The word "cars".** This is the row that hurts. The article says that "the manufacture of cars" rose; AKAB's total
# holds trucks, buses and trailers as well. A trailer is not even a motor vehicle. So lay the floor again, for each
# meaning:

# %%
plants = facts.loc[["F032", "F033"], "quantity"].to_numpy() / (1 + facts.loc[["F230", "F231"], "quantity"].to_numpy() / 100)
meanings = pd.DataFrame(
    {
        "meaning": ["all kinds", "without trailers", "two plants alone", "passenger cars alone"],
        "made_by_june_2017": [rebuilt, rebuilt - kinds["made_2017"].iloc[3], plants.sum(), rebuilt_cars],
    }
)
needed_by = units_2018 / (1 + growth / 100)
meanings = meanings.assign(percent_above_by=meanings["made_by_june_2017"] / needed_by * 100 - 100)
meanings[["meaning", "percent_above_by"]]

# %% [markdown]
# (The plants come from another part of the same page, with growth rates of their own. So that is a second way to nearly
# the same floor.)
#
# Whatever the word means, the floor lies *above* what *by* needs. But for passenger cars alone it lies only a little
# above. There the hedges can close the gap. Take the widest ranges of unit 06: up to a thousand more vehicles than
# {{ claim("output-units") }}, and a growth that was rounded to tens. Then *by* is *just* possible for cars.
#
# ### Exercise: what would be left for the cars?
#
# How just? `rebuilt_cars` are the passenger cars of January to June 2017.
#
# {{ ask("cars-left-at-most") }}

# %% nbgrader={"grade_id": "cars-left-at-most", "solution": true}
cars_left_at_most = ...
### BEGIN SOLUTION
cars_left_at_most = 20_000 / (1 + 145 / 100) - rebuilt_cars
### END SOLUTION

# %% nbgrader={"grade_id": "cars-left-at-most-check", "grade": true, "points": 2}
check("cars-left-at-most", cars_left_at_most)

# %% [markdown]
# And how many cars were made in two months before that?

# %%
print(f"{rebuilt_cars / 6 * 2:,.0f} cars in two months, at the pace of January to June 2017")

# %% [markdown]
# So for passenger cars alone, *by* is not impossible by law. It only asks that car making nearly stopped for two
# months, in a year in which it was growing. That is another kind of "no", and you say it in other words: *impossible*
# for vehicles of all kinds, *as good as impossible* for cars alone.
#
# Now your own ledger. The chart sets the floor for what you take "cars" to mean beside the number that *by* needs, with
# what you take "exceeding" and "150%" to mean. Go back, fill the three rows in another way, and run that cell and this
# one again. Is there any way to fill them in which the floor is the shorter bar?

# %%
my_cars = taken(my_ledger, "cars", meanings["meaning"])
my_vehicles = taken(my_ledger, "exceeding 19,000", ["hardly more", "up to a thousand more"])
my_growth = taken(my_ledger, "150%", ["as printed", "rounded to tens"])
my_floor = meanings.set_index("meaning").loc[my_cars, "made_by_june_2017"]
most_vehicles = pd.Series({"hardly more": units_2018, "up to a thousand more": units_2018 + 1_000})
least_growth = pd.Series({"as printed": growth, "rounded to tens": growth - 5})
my_needed = most_vehicles[my_vehicles] / (1 + least_growth[my_growth] / 100)
my_case = pd.DataFrame(
    {"total": ["made by 30 June", "needed by 31 August, if BY"], "vehicles": [my_floor, my_needed]}
)
ax = sns.barplot(data=my_case, x="vehicles", y="total", color="#0173b2")
ax.set(
    title=f'Could BY be true, if "cars" means {my_cars}?',
    xlabel="vehicles made since 1 January 2017\nSources: Azernews (AKAB) and Kazinform, 2018; both calculated",
    ylabel="",
)
show(
    ax,
    alt=f"Bar chart of vehicles made since 1 January 2017, by my ledger. Made by 30 June: {my_floor:,.0f}; needed by "
    f"31 August if BY: {my_needed:,.0f}.",
)

# %% [markdown]
# Of the sixteen ways to fill the three rows, three let *by* stand. Each of them counts only a part of the vehicles, and
# stretches "exceeding" to its end. An airtight verdict does not say "we are sure". It says what one would have to take for
# granted to escape it.
#
# **For the value,** the ledger has one weak row: "the products made" could be more than these vehicles. Then the floor of
# the value would not be theirs. All the same, the rest of the claim speaks of cars, and the sums fit them.

# %% [markdown]
# ## Possible is not yet proved
#
# Two readings are left: vehicles *to* so many percent, and value so many times *as much*. Surviving a test is not the
# same as being true. What would be *likely* for July and August 2017?
#
# ### The vehicles
#
# The whole year 2017 was counted as well, by AKAB and by the ministry, and they differ a little. What is left of the
# year after June was made in six months. Take two of them. ({{ python(".tolist()") }} makes a plain list of a column.)

# %%
year_2017 = pd.DataFrame({"counted_by": ["AKAB", "ministry"], "vehicles": facts.loc[["F054", "F041"], "quantity"]})
paces = year_2017.assign(
    a_month_after_june=(year_2017["vehicles"] - rebuilt) / 6,
    january_august=rebuilt + (year_2017["vehicles"] - rebuilt) / 6 * 2,
)
paces

# %%
print("needed, if TO:", round(units_2018 / (growth / 100)))
print("ratios at that pace:", (units_2018 / paces["january_august"]).round(2).tolist())
print("ratio at the pace of January to June:", round(units_2018 / (rebuilt / 6 * 8), 2))

# %% [markdown]
# Three estimates, three ratios. Each takes something for granted: that the months went on evenly. But unit 08 showed
# that the end of 2018 was busier than its beginning. If 2017 had the *same seasons* as 2018, there is a fourth estimate.
# AKAB counted all of 2017 and all of 2018:
#
# {{ fact("F054") }} vehicles in the one year, and {{ fact("F055") }} in the other:

# %%
made_2017, made_2018 = facts.loc[["F054", "F055"], "quantity"]
print(made_2017, made_2018)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Exercise: the bar that cannot be smaller" to three of the estimates for vehicles.
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### Exercise: the ratio, by season
#
# {{ ask("ratio-by-season") }}

# %% nbgrader={"grade_id": "ratio-by-season", "solution": true}
ratio_by_season = ...
### BEGIN SOLUTION
ratio_by_season = units_2018 / (made_2017 * units_2018 / made_2018)
### END SOLUTION

# %% nbgrader={"grade_id": "ratio-by-season-check", "grade": true, "points": 2}
check("ratio-by-season", ratio_by_season)

# %% [markdown]
# Look at all four together. **Each lies above the ratio of the reading *to*.** And "exceeding" would push it up further.
# So *to* is possible, and nearer than *by*. It is not confirmed: every estimate that we can make points to a somewhat
# larger ratio. Say it as a range: "about one and a half to one and two thirds times as many".

# %% [markdown]
# ### Exercise: the value, at the same pace
#
# For the value we have no total of the year. We do have the half-year:

# %%
value_half_2017 = facts.loc["F027", "quantity"]  # billion KZT, January to June 2017
print(value_half_2017, value_2018)

# %% [markdown]
# {{ ask("value-at-pace") }}

# %% nbgrader={"grade_id": "value-at-pace", "solution": true}
value_at_pace = ...
### BEGIN SOLUTION
value_at_pace = value_2018 / (value_half_2017 / 6 * 8)
### END SOLUTION

# %% nbgrader={"grade_id": "value-at-pace-check", "grade": true, "points": 2}
check("value-at-pace", value_at_pace)

# %% [markdown]
# Compare it with the article's ratio. For *as much* to be right, July and August 2017 must have been weak months for
# value: about half the pace of the months before. That can be. We have not seen it.
#
# So the two readings that are left stand alike: possible, and not confirmed. For one the estimates are too high, for the
# other too low. Treat them by the same rule. One verdict for both, and one "how sure".
#
# ### Exercise: five verdicts
#
# The scale is that of the [glossary](glossary.md#verdict). *Inconsistent* is the word for all that cannot stand,
# whether a law forbids it or common sense. How strong the "no" is belongs to the second scale, in unit 11.
#
#
# {{ ask("readings-verdict") }}

# %% nbgrader={"grade_id": "readings-verdict", "solution": true}
readings_verdict = {
    "vehicles of all kinds, BY 150 %": ...,
    "passenger cars alone, BY 150 %": ...,
    "vehicles, TO 150 %": ...,
    "value, 1.6 times ON TOP": ...,
    "value, 1.6 times AS MUCH": ...,
}
### BEGIN SOLUTION
readings_verdict = {
    "vehicles of all kinds, BY 150 %": "inconsistent",
    "passenger cars alone, BY 150 %": "inconsistent",
    "vehicles, TO 150 %": "consistent",
    "value, 1.6 times ON TOP": "inconsistent",
    "value, 1.6 times AS MUCH": "consistent",
}
### END SOLUTION

# %% nbgrader={"grade_id": "readings-verdict-check", "grade": true, "points": 3}
check("readings-verdict", readings_verdict)

# %% [markdown]
# ### Exercise: a cross-check with whole years
#
# The counts of the whole years, `made_2017` and `made_2018`, were printed by JETRO, the Japanese trade organisation.
#
# {{ ask("year-growth") }}

# %% nbgrader={"grade_id": "year-growth", "solution": true}
year_growth = ...
### BEGIN SOLUTION
year_growth = (made_2018 / made_2017 - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "year-growth-check", "grade": true, "points": 1}
check("year-growth", year_growth)

# %% [markdown]
# And the half-year? Its vehicles of 2018, divided by those that we rebuilt:

# %%
print(round(vehicles_half_2018 / rebuilt, 2))

# %% [markdown]
# Whole years and half-years, each [like for like](glossary.md#like-for-like), tell much the same story. Neither is
# near two and a half. (The page itself begins with "has doubled", and its own details say less.)
#
# One more look back. In unit 05 we called a pair of readings fitting if the value of one vehicle changed by less than a
# tenth. In this half-year, which was counted, it *fell by far more*, since the vehicles grew so much faster than their
# value. So our tenth would have called the truth doubtful. That is what rules of thumb are worth: they raise questions.

# %% [markdown]
# ## Sources that disagree
#
# The article also says that "Every third car sold in Kazakhstan in 2017" was made at home. Who else says something
# about that year? `merge` finds us the publisher of each fact:

# %%
sources = load_dataset("sources").rename(columns={"id": "source_id"})
said = facts.loc[["F005", "F047", "F052", "F037"]].merge(sources, on="source_id", how="left")
said[["period_start", "period_end", "quantity_as_printed", "publisher", "published_note"]]

# %%
for quote in said["quote"]:
    print("-", quote)

# %% [markdown]
# Look at the second and third row. The same association says one third for January to March 2017, and
# {{ fact("F052") }} % for January to June. The fourth row is a count of cars a year later, printed by Kazinform in
# July 2018: it comes to {{ (fact("F037") / (fact("F036") + fact("F037")) * 100) | round(1) }} % of the cars sold.
#
# Which of the two fits what else we know? In unit 04 you found how many new cars were sold in January to June 2017, and
# now you know how many were *made*:

# %%
sold_half_2017 = facts.loc["F034", "quantity"] / (1 + facts.loc["F252", "quantity"] / 100)
print(f"sold: {sold_half_2017:,.0f} new cars; made: {rebuilt_cars:,.0f} passenger cars")

# %% [markdown]
# ### Exercise: how many would that be?
#
# {{ ask("home-made-half-2017") }}

# %% nbgrader={"grade_id": "home-made-half-2017", "solution": true}
home_made_half_2017 = ...
### BEGIN SOLUTION
home_made_half_2017 = sold_half_2017 * facts.loc["F052", "quantity"] / 100
### END SOLUTION

# %% nbgrader={"grade_id": "home-made-half-2017-check", "grade": true, "points": 2}
check("home-made-half-2017", home_made_half_2017)

# %% [markdown]
# That is more than all the passenger cars that were made in these months, before a single one was exported or put into
# stock. A third of the cars sold would be well below. So the evidence **leans to "every third"**. It does not settle
# it: cars of last year's stock may have been sold, the two may count different wholes ("car sold" and "the total car
# market"), and the page with the {{ fact("F052") }} % has no date. Print both, with their names, and say to which side
# the counts lean.

# %% [markdown]
# ## What, then, was the "150%"?
#
# Your verdict says: not *by*. Then how did the word get there? Here we leave what we know and come to
# [hypotheses](glossary.md#hypothesis): possible explanations, each with evidence for it and against it.
#
# ### A habit of speech
#
# Statistics offices like an [index](glossary.md#index): the year before counts as a hundred, and the new year is told
# *in percent of* it. An invented town:

# %%
town_index = pd.Series({"bread": 104, "milk": 97})  # the year before = 100
town_index - 100  # the change, in percent

# %% [markdown]
# Now read what officials said in those years, as the press printed it. For each row, ask: can the number be a
# *change*?

# %%
facts.loc[["F067", "F068", "F070", "F066"], ["period_end", "scope", "quote"]]

# %% [markdown]
# The speaker of all four is Kassymbek, the minister whom our article quotes; by 2019 he was a vice prime minister.
#
# ### Exercise: a "downfall"
#
# {{ ask("index-change") }}

# %% nbgrader={"grade_id": "index-change", "solution": true}
index_change = ...
### BEGIN SOLUTION
index_change = facts.loc["F068", "quantity"] - 100
### END SOLUTION

# %% nbgrader={"grade_id": "index-change-check", "grade": true, "points": 1}
check("index-change", index_change)

# %% [markdown]
# The last row of the four is about cars: January to July 2019, "growth has reached 156%". Our law can test it.
# January to July 2018 is at least January to June 2018, a floor again. If output had risen *by* so much, then January
# to July 2019 was at least:

# %%
by_156 = vehicles_half_2018 * (1 + facts.loc["F066", "quantity"] / 100)
made_half_2019 = facts.loc["F088", "quantity"]  # AKAB, printed by FBC
print(f"needed by the end of July 2019: at least {by_156:,.0f}")
print(f"made by the end of June 2019: {made_half_2019:,.0f}")
print(f"so July 2019 alone: at least {by_156 - made_half_2019:,.0f}")

# %% [markdown]
# One month almost as large as six. No. There, too, the words say a growth and the number is *of* the year before.
#
# ### The other side
#
# So does the press of the region always mean *to*? Look at our own witness, the Azernews report: one plant made
# "123 percent more". Suppose that meant *to* {{ fact("F230") }} %. We add just one other plant, with its change:

# %%
two_plants = pd.DataFrame(
    {
        "plant": ["SaryarkaAvtoProm", "Asia Auto"],
        "made_2018": facts.loc[["F032", "F033"], "quantity"].to_numpy(),
        "change_percent": facts.loc[["F230", "F231"], "quantity"].to_numpy(),
    }
).set_index("plant")
asia_2017 = two_plants.loc["Asia Auto", "made_2018"] / (1 + two_plants.loc["Asia Auto", "change_percent"] / 100)
saryarka, change = two_plants.loc["SaryarkaAvtoProm"]
print(f"if TO: the two plants made {(saryarka / (change / 100) + asia_2017) / rebuilt * 100:.0f} % of all")
print(f"if BY: the two plants made {(saryarka / (1 + change / 100) + asia_2017) / rebuilt * 100:.0f} % of all")

# %% [markdown]
# Two parts cannot be more than their whole. So here "more" means just what it says: *by*. It is the same year and the
# same trade, with the other meaning. **Wording alone never settles it.** Counts can.

# %% [markdown]
# ### Four hypotheses
#
# | | hypothesis | what it would mean |
# |---|---|---|
# | A | vehicles rose *to* the one figure, value in tenge to the other | one vehicle is worth a little more |
# | B | the "150%" is an index of *real* output: value with the rise of prices taken out | of vehicles it says nothing |
# | C | the two numbers were swapped | vehicles rose more than value: one vehicle is worth less |
# | D | the words changed in *translation* | both phrases count the old number in, as they did in the language of the speech |
#
# For D you need a little Russian. "В 1,6 раза", with "more" or without, is so many times *as much*; nobody reads it as
# *on top*. A report of 2017 in our facts has such a phrase ({{ fact("F043") }} cars in January 2017, F043). A hurried
# translation turns it into "1.6 times more". But we found no report of *this* speech in Russian or in Kazakh. So D is a
# guess about words that we have not seen.
#
# And here is the evidence on the others. Half of it you can calculate from what you have; take your time.

# %%
prices_up = facts.loc["F012", "quantity"]
print(f"A: value a vehicle, times {times / (growth / 100):.3f}")
print(f"   average price of a new car sold, KazAvtoProm, imports included: up {prices_up:.0f} %")

# %%
index_ids = ["F203", "F204", "F205", "F206", "F207", "F208", "F209", "F210"]  # consumer prices, January to August 2018
price_index = facts.loc[index_ids, "quantity"].mean()
print(f"B: consumer prices, the same months of 2017 = 100: {price_index:.1f}")
print(f"   {times} with the rise of prices taken out: {times / (price_index / 100):.3f}")

# %%
vehicles_ratio = vehicles_half_2018 / rebuilt
value_ratio = facts.loc["F026", "quantity"] / facts.loc["F027", "quantity"]
print(f"C: January to June, vehicles times {vehicles_ratio:.2f}, value times {value_ratio:.2f}")
print(f"   so the value of one vehicle, times {value_ratio / vehicles_ratio:.2f}")

# %% [markdown]
# None of the four is silly, and each has a hole. A's price is that of cars *sold*, foreign ones too. B takes the prices
# of bread and rent for those of cars. C's half-year is not eight months. D has no original. And D can be true together
# with any of the others.
#
# ### Exercise: which hypothesis does it fit best?
#
# {{ ask("evidence-fits") }}

# %% nbgrader={"grade_id": "evidence-fits", "solution": true}
evidence_fits = {
    "the average price of a new car sold rose by 7 %": ...,
    "1.6 with the rise of prices taken out is 1.505": ...,
    "officials call a volume index a growth": ...,
    "in January to June, one vehicle was worth 18 % less": ...,
    "a common Russian phrase with 1.6 means 1.6 times as much, and no other": ...,
    "in the Azernews report, 123 percent more is a true increase": ...,
}
### BEGIN SOLUTION
evidence_fits = {
    "the average price of a new car sold rose by 7 %": "A",
    "1.6 with the rise of prices taken out is 1.505": "B",
    "officials call a volume index a growth": "B",
    "in January to June, one vehicle was worth 18 % less": "C",
    "a common Russian phrase with 1.6 means 1.6 times as much, and no other": "D",
    "in the Azernews report, 123 percent more is a true increase": "all alike",
}
### END SOLUTION

# %% nbgrader={"grade_id": "evidence-fits-check", "grade": true, "points": 2}
check("evidence-fits", evidence_fits)

# %% [markdown]
# ### Exercise: which one is it?
#
# {{ ask("hypothesis-verdict") }}

# %% nbgrader={"grade_id": "hypothesis-verdict", "solution": true}
hypothesis_verdict = ...
### BEGIN SOLUTION
hypothesis_verdict = "the sources do not decide"
### END SOLUTION

# %% nbgrader={"grade_id": "hypothesis-verdict-check", "grade": true, "points": 1}
check("hypothesis-verdict", hypothesis_verdict)

# %% [markdown]
# ## What we found, and what is still open
#
# - A running total cannot fall. January to June is a floor for January to August.
# - *By* {{ claim("output-growth") }} % is **inconsistent** with the counts: for vehicles of all kinds January to June 2017
#   alone had more than this reading needs for January to August. For passenger cars alone, next to nothing would be left
#   for July and August. That is as good as impossible.
# - {{ claim("value-growth") }} times *on top* is **inconsistent**: the value of January to June 2017 was larger.
# - *To* {{ claim("output-growth") }} % and {{ claim("value-growth") }} times *as much* are **consistent**: nothing rules them
#   out. They are not confirmed. The estimates for the vehicles are higher than *to*, the one for the value is lower than
#   *as much*.
# - All of this holds as long as the ledger holds. What rests on our own arithmetic is derived, and we said so.
#
# So of the two worlds for vehicles and the two for value, the counts leave one each. The article's words, taken
# literally, are not among them.
#
# Still open, and it stays open: *why* "150%" was printed. Four hypotheses, and the sources do not decide. On the share of
# 2017 they disagree, and the counts lean to one side.
#
# And why did output grow? The article names three causes, and unit 10 checks them. Unit 11 then writes the verdict, and
# the corrected sentence.
#
# **Talk about it:** which would you rather print: "The minister's figure is wrong", or "The figure cannot mean what
# the sentence says"? What would each need as proof?
