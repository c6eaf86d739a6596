# %% [markdown]
# # Unit 04: "Every second"
#
# > "Every third car sold in Kazakhstan in 2017 was produced by domestic enterprises"
# >
# > "this year every second car sold in Kazakhstan was produced by domestic enterprises"
# >
# > Kazinform, 21 September 2018
#
# **The question: half of what?**
#
# So far the article spoke of growth. This claim gives something else, a part of a whole: a [share](glossary.md#share).
# A share looks simple, and it hides more than any other number: it does not say of what whole it is a part.
#
# After this unit you can:
#
# - say of what whole a share is a part, and refuse to mix two wholes;
# - keep a ledger: a list of all that you take for granted;
# - tell *percentage points* from *percent*;
# - look at the other side of a share, and at the market behind it;
# - put two shares together with the right weights;
# - write a function that draws a chart.
#
# **Time:** {{ time }}. **You need:** units 00 to 03.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools. {{ python("format") }}, in its last line,
# writes a number into a text: here it says how tables show their numbers. And {{ python("taken") }} will read a list
# that you fill.

# %% nbgrader={"grade_id": "setup-04", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show
from secondcar.ledger import taken

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.6g}".format)  # tables show commas, and no endless digits

# %% [markdown]
# ## A part of a whole
#
# Here is a bakery again. We made it up. Of all the loaves it sold, some were rye:

# %%
rye_loaves = 20
all_loaves = 80
rye_loaves / all_loaves * 100

# %% [markdown]
# The part, divided by the whole, times one hundred: that is the share in percent. The whole counts as 100 %. A baker
# may also say it in words: "every fourth loaf is rye". Words and number say the same.
#
# You know from unit 02 how to write a function. Let us write one for shares:


# %%
def percent_of(part, whole):
    part / whole * 100


# %% [markdown]
# It looks fine. Twice a half of something should be all of it. Run it and look:

# %% tags=["raises-exception"]
percent_of(1, 2) * 2

# %% [markdown]
# Read the last line first. Python cannot multiply a `NoneType`, and `None` means "nothing there". The function did its
# sum, and then kept the result to itself: the word `return` is missing. It happens to everybody. Put it in, and run
# again:


# %%
def percent_of(part, whole):
    return part / whole * 100


percent_of(1, 2) * 2

# %% [markdown]
# ### Exercise: "every so-many-th", in percent
#
# {{ ask("every-nth") }}
#
# Write your line in place of the three dots, after `return`. The check tries your function on numbers that you do not
# see. If you are stuck, run `hint("every-nth")` in a cell of its own.


# %% nbgrader={"grade_id": "every-nth", "solution": true}
def every_nth(n):
    ### BEGIN SOLUTION
    return 1 / n * 100
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "every-nth-check", "grade": true, "points": 1}
check("every-nth", every_nth)

# %% [markdown]
# ## Points and percent
#
# A share can grow, too. Say rye was a fifth of all loaves last year, and is a quarter of them now:

# %%
rye_last_year = 1 / 5
rye_this_year = 1 / 4
print(rye_last_year * 100, "% ->", rye_this_year * 100, "%")

# %% [markdown]
# By how much did it rise? There are two honest answers, and you know both kinds from unit 02.
#
# The first is a **difference**. Take one share away from the other. Its unit is the
# [percentage point](glossary.md#percentage-point):

# %%
print(round((rye_this_year - rye_last_year) * 100, 1), "percentage points")

# %% [markdown]
# The second is a **change in percent**. Take the same difference, and compare it with the *old share*. Now the old
# share is the base, the 100 %. What do you expect? Write a number, or leave the dots.

# %%
guess = ...

# %%
beside(guess, round((rye_this_year - rye_last_year) / rye_last_year * 100, 1))

# %% [markdown]
# One bakery, two numbers, and both are right. Side by side:
#
# | words | what is meant | base |
# |---|---|---|
# | rose *by* so many **percentage points** | new share less old share | none: it is a difference |
# | rose *by* so many **percent** | that difference, compared with the old share | the old share |
# | rose *to* so many percent *of* all loaves | the new share itself | all loaves |
#
# Whoever writes "percent" and means points makes a rise look smaller than it is. The other way round, it looks larger.
#
# ## Back to the article
#
# Here are the two shares of the article, as plain numbers. The whole is named: *cars sold in Kazakhstan*.

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
share_2017 = claims["share-2017"]  # every third car sold, 2017
share_2018 = claims["share-2018"]  # every second car sold, "this year": January to August 2018
print(share_2017, share_2018)

# %% [markdown]
# ### Exercise: from every third to every second, in points
#
# {{ ask("share-points") }}

# %% nbgrader={"grade_id": "share-points", "solution": true}
share_points = ...
### BEGIN SOLUTION
share_points = (share_2018 - share_2017) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "share-points-check", "grade": true, "points": 1}
check("share-points", share_points)

# %% [markdown]
# ### Exercise: the same rise, in percent
#
# {{ ask("share-percent") }}

# %% nbgrader={"grade_id": "share-percent", "solution": true}
share_percent = ...
### BEGIN SOLUTION
share_percent = (share_2018 - share_2017) / share_2017 * 100
### END SOLUTION

# %% nbgrader={"grade_id": "share-percent-check", "grade": true, "points": 1}
check("share-percent", share_percent)

# %% [markdown]
# Careful: two numbers can look alike by chance. Your result is also the new share in percent of all cars. It is another
# number with another base. And the growth of *output* is a third one: a share says nothing yet of how many cars there
# were.

# %% [markdown]
# ## When a newspaper mixes them up
#
# On the day of our article, Kazinform printed another one, with figures from the car makers' association KazAvtoProm.
# It counts the new cars that official dealers sold in January to August 2018, by price. "m KZT" is million tenge.
# (Two equals signs, {{ python("==") }}, ask of each row: is it the same? More on that in a moment.)

# %%
facts = load_dataset("facts").set_index("id")
by_price = facts[facts["measure"] == "sales_units_by_price_band"]
prices = pd.DataFrame({"price": by_price["scope"], "cars": by_price["quantity"]})
prices

# %% [markdown]
# Is the whole really the sum of its parts? The same text gives a total. Always ask:

# %%
print(f"sum of the parts: {prices['cars'].sum():,.0f}")
print(f"printed total:    {facts.loc['F009', 'quantity']:,.0f}")

# %% [markdown]
# It is, so we may calculate shares. Three little tools will help, and we show them on the bakery first:

# %%
loaves = pd.DataFrame(
    {
        "bread": ["light rye", "dark rye", "wheat", "oats"],
        "grain": ["rye", "rye", "other", "other"],
        "loaves": [15, 5, 40, 20],
    }
)
loaves.assign(percent=loaves["loaves"] / loaves["loaves"].sum() * 100)

# %% [markdown]
# First tool: {{ python("assign") }} gives you the table with a new column. You calculate with a whole column as if it
# were one number; each row gets its own result.
#
# Second tool: a question in square brackets keeps only the rows where the answer is yes. Two equals signs ask "is it
# the same?", as above:

# %%
loaves[loaves["grain"] == "rye"]

# %% [markdown]
# Third tool: {{ python("groupby") }} makes groups of rows that have the same word in a column, and `.sum()` adds up
# each group.

# %%
loaves.groupby("grain")["loaves"].sum()

# %% [markdown]
# Now we give each price band of the cars its group. (`* 4` writes the word four times.)

# %%
prices = prices.assign(group=["up to 10m KZT"] * 4 + ["over 10m KZT"] * 2)
prices

# %% [markdown]
# ### Exercise: the share of the expensive cars
#
# {{ ask("expensive-share") }}

# %% nbgrader={"grade_id": "expensive-share", "solution": true}
expensive_share = ...
### BEGIN SOLUTION
expensive_cars = prices[prices["group"] == "over 10m KZT"]["cars"].sum()
expensive_share = expensive_cars / prices["cars"].sum() * 100
### END SOLUTION

# %% nbgrader={"grade_id": "expensive-share-check", "grade": true, "points": 2}
check("expensive-share", expensive_share)

# %% [markdown]
# Of this very share the text says that it "has increased by 6.9 percent and now exceeds a quarter". Percent, or
# points? Walk back both ways. `round` keeps one digit after the point, as the text does:

# %%
cars_by_group = prices.groupby("group")["cars"].sum()
now = cars_by_group["over 10m KZT"] / cars_by_group.sum() * 100
rise = facts.loc["F019", "quantity"]
print("before, if points: ", round(now - rise, 1))
print("before, if percent:", round(now / (1 + rise / 100), 1))

# %% [markdown]
# If it was *percent*, the share stood above a quarter before. Why write that it exceeds a quarter *now*? So points
# make the better sense, although the text says percent. We cannot be certain. But see what we did: we tried both
# readings, and looked for a word in the text that fits only one.

# %% [markdown]
# ## The other side of a share
#
# If a share of the cars sold is made at home, the rest comes from abroad. Cars from abroad that are sold here are
# called **imports**. Both shares together make 100 %. So when one rises, the other has to fall, by as many *points*.
# And in *percent*?
#
# In the bakery, rye rose from a fifth to a quarter of the loaves. All other bread fell, from four fifths to three
# quarters:

# %%
other_last_year = 1 - rye_last_year
other_this_year = 1 - rye_this_year
print(round((other_this_year - other_last_year) * 100, 1), "percentage points")
print(round((other_this_year - other_last_year) / other_last_year * 100, 1), "percent")

# %% [markdown]
# As many points as rye, with a minus. But far fewer percent, since the base is another one.
#
# ### Exercise: the imports' share
#
# {{ ask("imports-share") }}

# %% nbgrader={"grade_id": "imports-share", "solution": true}
imports_share = ...
### BEGIN SOLUTION
imports_2017 = 1 - share_2017
imports_2018 = 1 - share_2018
imports_share = (imports_2018 - imports_2017) / imports_2017 * 100
### END SOLUTION

# %% nbgrader={"grade_id": "imports-share-check", "grade": true, "points": 2}
check("imports-share", imports_share)

# %% [markdown]
# ## A smaller share, and more of them?
#
# The *share* of the imports fell. Did fewer imported cars come? Before you say yes, look at two invented villages,
# East and West. In both, the village baker sold every tenth loaf last year, and sells two fifths of all loaves now.
# The other loaves come from outside:

# %%
villages = pd.DataFrame(
    {
        "village": ["East", "East", "West", "West"],
        "year": ["last year", "this year", "last year", "this year"],
        "all_loaves": [300, 500, 300, 300],
        "baker_share": [1 / 10, 2 / 5, 1 / 10, 2 / 5],
    }
)
villages = villages.assign(baker=villages["all_loaves"] * villages["baker_share"])
villages = villages.assign(from_outside=villages["all_loaves"] - villages["baker"])
villages

# %% [markdown]
# Write down before you look: in which village do more loaves come from outside than before, "East", "West" or "both"?

# %%
guess = ...

# %% [markdown]
# {{ python("hue") }} gives each year a colour of its own, and {{ python('palette="colorblind"') }} takes colours that
# nearly everybody can tell apart.

# %%
ax = sns.barplot(data=villages, x="village", y="from_outside", hue="year", palette="colorblind")
ax.set(
    title="The same shares, and two different stories",
    xlabel="\nSource: invented for this course",
    ylabel="loaves from outside",
    ylim=(0, 400),
)
outside = villages["from_outside"]
beside(guess, "East")
show(
    ax,
    alt=f"Bar chart of loaves from outside in two invented villages. East: {outside[0]:.0f} last year, "
    f"{outside[1]:.0f} this year. West: {outside[2]:.0f} last year, {outside[3]:.0f} this year.",
)

# %% [markdown]
# The shares are the same in both villages. In East, people buy more bread altogether, and more of it comes from
# outside. In West the whole stayed as it was, so less comes from outside. **A share alone does not tell you the
# number. You need the whole.**

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "A part of a whole" to "A smaller share, and more of them?".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## The market behind the share
#
# The whole behind the article's share is the *market*: all cars sold. The article does not give it. Can we work it
# out? If a part and its share are known, then so is the whole: divide the part by the share. With the first bakery:

# %%
rye_loaves / (1 / 4)

# %% [markdown]
# There are all the loaves again. For cars, the part would be the cars *made at home and sold at home*. What we have is
# something else: the vehicles *made*. To go on, we have to take some things for granted. A careful checker writes each
# such [assumption](glossary.md#assumption) down once, in a list: the [ledger](glossary.md#ledger). Here are its first
# rows. Two of them you know from unit 01, and for two others we found no number. The last three are yours:
#
# | words | what it may mean |
# |---|---|
# | motor vehicles | "cars alone", or "cars and others": trucks and buses are motor vehicles, too |
# | made at home | "all sold at home", or "one in ten sold abroad" |
# | car sold | "a new car", or "any car": many buyers take a used one |
#
# Write your choice in place of each row of three dots, in quotes. Nobody marks it. Two charts in the last part of this
# unit read it, and where the dots stay, they take the first choice.

# %%
my_ledger = pd.DataFrame(
    {
        "words": [
            "eight months",
            "products made",
            "sold",
            "every third in 2017",
            "motor vehicles",
            "made at home",
            "car sold",
        ],
        "I_take_it_to_mean": [
            "January to August, in both years",
            "the motor vehicles of the claim before",
            "sold in the months in which it was made",
            "in its January to August, too",
            ...,
            ...,
            ...,
        ],
    }
)
my_ledger.set_index("words")

# %% [markdown]
# Not one row is quite true, whatever you write. That is why the result is called an [implied
# market](glossary.md#implied-market): it follows *if* all this holds. The ledger does not make it right. It shows
# everybody where to press. In what follows we calculate with the first choices: they are the simplest.
#
# So let us press. What happens to the implied market of 2018 if a row of the ledger is wrong?
#
# ### Exercise: where the ledger gives way
#
# {{ ask("ledger-market") }}

# %% nbgrader={"grade_id": "ledger-market", "solution": true}
ledger_market = {
    "some of the vehicles made were sold abroad": ...,
    "some of the vehicles made are trucks and buses": ...,
    "some home-made cars sold in 2018 had been made in 2017": ...,
    "\"every third\" holds for all of 2017, but not for its January to August": ...,
}
### BEGIN SOLUTION
ledger_market = {
    "some of the vehicles made were sold abroad": "smaller",
    "some of the vehicles made are trucks and buses": "smaller",
    "some home-made cars sold in 2018 had been made in 2017": "larger",
    "\"every third\" holds for all of 2017, but not for its January to August": "unchanged",
}
### END SOLUTION

# %% nbgrader={"grade_id": "ledger-market-check", "grade": true, "points": 2}
check("ledger-market", ledger_market)

# %% [markdown]
# Here is the article's count for January to August 2018. We take the round number, as before.

# %%
vehicles_2018 = claims["output-units"]
growth = claims["output-growth"]
print(f"vehicles made: {vehicles_2018:,.0f}")

# %% [markdown]
# ### Exercise: the implied market of 2018
#
# {{ ask("market-2018") }}

# %% nbgrader={"grade_id": "market-2018", "solution": true}
market_2018 = ...
### BEGIN SOLUTION
market_2018 = vehicles_2018 / share_2018
### END SOLUTION

# %% nbgrader={"grade_id": "market-2018-check", "grade": true, "points": 1}
check("market-2018", market_2018)

# %% [markdown]
# For 2017 there are two worlds, as you know from unit 02: output rose *by* the article's percentage, or *to* it. Here
# are the vehicles made in January to August 2017, in each world:

# %%
made_2017_by = vehicles_2018 / (1 + growth / 100)
made_2017_to = vehicles_2018 / (growth / 100)
worlds = pd.DataFrame({"reading": ["by", "to"], "made_2017": [made_2017_by, made_2017_to]})
worlds

# %% [markdown]
# ### Exercise: two worlds, two markets
#
# {{ ask("implied-worlds") }}
#
# Do it in steps, with `assign`, one column after the other. For the imports of 2018 you need a step outside the
# table.

# %% nbgrader={"grade_id": "implied-worlds", "solution": true}
implied_worlds = ...
### BEGIN SOLUTION
imported_2018 = vehicles_2018 / share_2018 - vehicles_2018
implied_worlds = worlds.assign(market_2017=worlds["made_2017"] / share_2017)
implied_worlds = implied_worlds.assign(imported_2017=implied_worlds["market_2017"] - implied_worlds["made_2017"])
imported_2017 = implied_worlds["imported_2017"]
implied_worlds = implied_worlds.assign(
    imports_change_percent=(imported_2018 - imported_2017) / imported_2017 * 100,
)
### END SOLUTION

# %% nbgrader={"grade_id": "implied-worlds-check", "grade": true, "points": 3}
check("implied-worlds", implied_worlds)

# %% [markdown]
# Look at your last column. One world is East, the other one is West. In one of them buyers took many more cars than
# the year before. In the other the market stood still, and home-made cars took the place of imported ones. A reporter
# would tell two quite different stories, and the article's words fit both.
#
# Is that a proof for one of them? No. It is a **hint**, it hangs on the ledger, and it leads to a question: *how many
# cars were sold in 2017?* The article does not say. At the end of this unit, another source says something about it.

# %% [markdown]
# ## A function that draws
#
# Time for a picture. You will draw many charts in this course, and often the same one for other numbers. So we put
# the drawing into a function. Its input is a table. What it returns is the chart, which people call `ax`.
#
# Here is one for the bakery. Read it line by line:


# %%
def draw_shares(data):
    with_shares = data.assign(percent=data["loaves"] / data["loaves"].sum() * 100)
    ax = sns.barplot(data=with_shares, x="bread", y="percent", color="#0173b2")
    ax.set(
        title="What the bakery sells",
        xlabel="\nSource: invented for this course",
        ylabel="% of all loaves",
    )
    return ax


# %% [markdown]
# - The first line makes the column that we want to show.
# - `sns.barplot` draws it: `x` names the column of words, `y` the column of numbers.
# - `ax.set` writes on the chart. Every chart needs three things in words: a **title**, a **unit** on the axis of the
#   numbers, and a line that begins with **"Source:"**. (`\n` begins a new line.)
# - `return ax` hands the chart out. Without it, nobody gets to see it.
#
# Now the function can draw any table that has these two columns. `show` puts the chart on the page. Its `alt` is a
# sentence for people who do not see the picture; unit 07 says more about it.

# %%
show(
    draw_shares(loaves),
    alt="Bar chart of an invented bakery: wheat bread is half of all loaves, more than any other bread.",
)

# %%
fair = pd.DataFrame({"bread": ["light rye", "wheat"], "loaves": [30, 90]})  # the bakery at a fair, invented, too
show(
    draw_shares(fair),
    alt="Bar chart of the invented bakery at a fair: most loaves sold there are of wheat, the rest are light rye.",
)

# %% [markdown]
# The same function, another table, another chart. This works because the function takes *every number from its
# input*.
#
# Here is the table for your own chart. Each row is one time and one world. The column `made` holds the vehicles made
# in January to August; `share` is their share of all cars sold, a plain number between zero and one.

# %%
sides = pd.DataFrame(
    {
        "when": ["2017, if by", "2017, if to", "2018"],
        "made": [made_2017_by, made_2017_to, vehicles_2018],
        "share": [share_2017, share_2017, share_2018],
    }
)
sides

# %% [markdown]
# ### Exercise: the chart of the imports
#
# {{ ask("imports-chart") }}
#
# The check goes through this list, line by line, and asks nothing else. It calls your function twice: with the table
# you see, and with one **that you do not see**. To look at your chart, write in a cell of your own:
# `show(imports_chart(sides), alt="My chart")`.


# %% nbgrader={"grade_id": "imports-chart", "solution": true}
def imports_chart(data):
    ### BEGIN SOLUTION
    with_imports = data.assign(imported_cars=data["made"] / data["share"] - data["made"])
    ax = sns.barplot(data=with_imports, x="when", y="imported_cars", color="#0173b2")
    ax.set(
        title="Imported cars, if all vehicles made were sold at home",
        xlabel="\nSource: Kazinform, 21 September 2018; imports calculated by each reading",
        ylabel="imported cars, January to August",
    )
    return ax
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "imports-chart-check", "grade": true, "points": 3}
check("imports-chart", imports_chart)

# %% [markdown]
# ## Two shares in one
#
# A reader asks: "every third, then every second: how much is that over both years together?" It is tempting to take
# the middle of the two shares. Let us test this in the village of East. What is the baker's share of *all* loaves of
# both years?

# %%
east = villages[villages["village"] == "East"]
print("middle of the two shares:", round(east["baker_share"].mean() * 100, 1))
print("share of all loaves:     ", round(east["baker"].sum() / east["all_loaves"].sum() * 100, 1))

# %% [markdown]
# ({{ python(".mean()") }} gives the average of a column.) The two differ. This year more loaves were sold in East, so
# this year's share counts for more: it has more **weight**. A [weighted share](glossary.md#weighted-share) needs no new
# formula. Add up the parts, add up the wholes, and divide once.
#
# ### Exercise: both years together
#
# {{ ask("both-years-share") }}

# %% nbgrader={"grade_id": "both-years-share", "solution": true}
both_years_share = ...
### BEGIN SOLUTION
made_in_both = made_2017_by + vehicles_2018
sold_in_both = made_2017_by / share_2017 + vehicles_2018 / share_2018
both_years_share = made_in_both / sold_in_both * 100
### END SOLUTION

# %% nbgrader={"grade_id": "both-years-share-check", "grade": true, "points": 2}
check("both-years-share", both_years_share)

# %% [markdown]
# In the other world, the one of *to*, the two markets are equally large. There the middle of the two shares would be
# right. So the middle is not always wrong. It is right when the wholes are equal, and that has to be checked first.

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "The market behind the share" to "Two shares in one".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## How exactly is "every second"?
#
# "Every second" sounds like exactly one half. It would be a great chance if it came out even. It is a rounded share,
# in words.
#
# For the first half of 2018 there is a count. KazAvtoProm gave it to Kazinform, which printed it on 13 July 2018: new
# cars sold by official dealers, January to June 2018.

# %%
half_year = facts.loc[["F037", "F036"], ["scope", "quantity"]]
half_year = half_year.rename(columns={"scope": "origin", "quantity": "cars"})
half_year

# %% [markdown]
# ({{ python("rename") }} gave two columns a better name: its {{ python("columns") }} holds the old names and the new.)
#
# ### Exercise: the counted share of the half-year
#
# {{ ask("half-year-share") }}

# %% nbgrader={"grade_id": "half-year-share", "solution": true}
half_year_share = ...
### BEGIN SOLUTION
home_made = half_year[half_year["origin"] == "domestically made"]["cars"].sum()
half_year_share = home_made / half_year["cars"].sum() * 100
### END SOLUTION

# %% nbgrader={"grade_id": "half-year-share-check", "grade": true, "points": 1}
check("half-year-share", half_year_share)

# %% [markdown]
# Not quite a half, and yet nobody would call "every second" a lie for it. So, for 2018, the claim has its first
# [verdict](glossary.md#verdict): it is **consistent** with the count of the half-year. Look the word up in the glossary.
# There are four such verdicts in this course, and they mean the same in each unit.
#
# How much room do the words have? The article does not say, so **we** choose: five percentage points, down and up. And
# we say that we chose it.

# %%
lowest_percent = 45
highest_percent = 55
cars_sold = facts.loc["F009", "quantity"]  # new cars sold by official dealers, January to August 2018, KazAvtoProm
print(f"{cars_sold:,.0f}")

# %% [markdown]
# ### Exercise: "every second", as a range
#
# {{ ask("every-second-range") }}

# %% nbgrader={"grade_id": "every-second-range", "solution": true}
every_second_range = ...
### BEGIN SOLUTION
every_second_range = (cars_sold * lowest_percent / 100, cars_sold * highest_percent / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "every-second-range-check", "grade": true, "points": 2}
check("every-second-range", every_second_range)

# %% [markdown]
# ## Two numbers that do not belong together
#
# Now we have a count of cars sold, and the article's count of vehicles made, both for January to August 2018. A
# colleague divides one by the other:

# %%
print(f"{vehicles_2018 / cars_sold * 100:.1f} %")

# %% [markdown]
# "Every second", he says, "it is proven." Is it? Before you answer, think of four vehicles that were *made* at home:
#
# - one was driven over the border and sold abroad;
# - one still stands in the factory's yard;
# - one is a truck, and trucks are not cars;
# - one was sold by somebody who is not an official dealer.
#
# And of a fifth, which was made in December, and sold in January.
#
# ### Exercise: is that the share?
#
# {{ ask("made-by-sold") }}

# %% nbgrader={"grade_id": "made-by-sold", "solution": true}
made_by_sold = ...
### BEGIN SOLUTION
made_by_sold = "these two counts do not tell"
### END SOLUTION

# %% nbgrader={"grade_id": "made-by-sold-check", "grade": true, "points": 1}
check("made-by-sold", made_by_sold)

# %% [markdown]
# So what we called the implied market is not a count of the market either. How far from the count is it? That depends on
# the ledger, and the ledger is yours. For two rows we have a number, from other counts: in January to June 2018
# {{ (fact("F021") / fact("F020") * 100) | round | int }} of a hundred vehicles made were passenger cars (AKAB), and a
# year before, every tenth car was exported (KazAvtoProm).
#
# `taken` looks up what you wrote. Change your ledger, run its cell and this one again: which ledger comes nearest to the
# count?

# %%
my_vehicles = taken(my_ledger, "motor vehicles", ["cars alone", "cars and others"])
my_made = taken(my_ledger, "made at home", ["all sold at home", "one in ten sold abroad"])
passenger_cars = facts.loc["F021", "quantity"] / facts.loc["F020", "quantity"]
are_cars = pd.Series({"cars alone": 1, "cars and others": passenger_cars})
stay_here = pd.Series({"all sold at home": 1, "one in ten sold abroad": 9 / 10})
sold_here = vehicles_2018 * are_cars[my_vehicles] * stay_here[my_made]
two_markets = pd.DataFrame(
    {"market": ["implied, by my ledger", "counted, by dealers"], "cars": [sold_here / share_2018, cars_sold]}
)
ax = sns.barplot(data=two_markets, x="cars", y="market", color="#0173b2")
ax.set(
    title=f"The market, if: {my_vehicles}, {my_made}",
    xlabel="cars, January to August 2018\nSource: Kazinform, 21 September 2018; the implied market calculated",
    ylabel="",
)
show(
    ax,
    alt=f"Bar chart of the market of January to August 2018. Implied by my ledger: {sold_here / share_2018:,.0f} cars; "
    f"counted by dealers: {cars_sold:,.0f}.",
)

# %% [markdown]
# One of the four ways to fill those two rows lands within a thousand cars of the count. That does not make its
# rows true. It shows how little it takes.
#
# ## How many cars were sold in 2017?
#
# The text that counted the half-year of 2018 also says how sales had changed: official dealers sold {{ fact("F034") }}
# new cars, "37.8% higher than in 2017". No page that we found prints the number of 2017. But the way back is the one
# you know:

# %%
sold_half_2018 = facts.loc["F034", "quantity"]
sold_half_2017 = sold_half_2018 / (1 + facts.loc["F252", "quantity"] / 100)
print(f"{sold_half_2017:,.0f} new cars, January to June 2017, derived")

# %% [markdown]
# So the market grew by that much from one half-year to the other. And what do the two worlds ask for, from January to
# August of one year to the same months of the next?

# %%
implied_growth = pd.Series(
    {
        "by": (vehicles_2018 / share_2018) / (made_2017_by / share_2017) * 100 - 100,
        "to": (vehicles_2018 / share_2018) / (made_2017_to / share_2017) * 100 - 100,
    }
)
implied_growth.round(1)

# %% [markdown]
# The count lies between the two, and near to neither. So in **both** worlds something in the ledger gives way: not all
# that was made was sold at home, or "every third" was not the share of these months, or both. That is worth knowing. It
# does not choose a world for us, and the half-year is not the eight months. But it says that the tidy picture, in which
# everything holds, is not the true one.
#
# ## Cars sold, or *new* cars sold?
#
# One "of what?" is left, and it is the largest. KazAvtoProm counts **new** cars at official dealers. Most cars that
# change hands in a country are not new. In June 2018 the agency Trend reported, citing the same association, how many
# vehicles the police had registered in January to May 2018. Cars of all ages are in it, and a car that is sold twice is
# registered twice:

# %%
registered = facts.loc["F247", "quantity"]  # vehicles of all ages, January to May 2018
sold_new = facts.loc["F034", "quantity"]  # new cars of official dealers, January to June 2018: one month more
home_made_new = facts.loc["F037", "quantity"]  # of these, made at home
print(f"{registered:,.0f} registered; {sold_new:,.0f} sold new, of these {home_made_new:,.0f} home-made")

# %% [markdown]
# The periods differ by a month, so we must be careful. But which way does the difference work? The new cars have *one
# month more*. So the share of the home-made new cars in all registrations is, at the very most, this:
#
# ### Exercise: at most how much of all?
#
# {{ ask("share-of-registered") }}

# %% nbgrader={"grade_id": "share-of-registered", "solution": true}
share_of_registered = ...
### BEGIN SOLUTION
share_of_registered = home_made_new / registered * 100
### END SOLUTION

# %% nbgrader={"grade_id": "share-of-registered-check", "grade": true, "points": 2}
check("share-of-registered", share_of_registered)

# %% [markdown]
# The article says "car sold". Whoever reads it may think of all cars that people buy. Of these, the home-made new ones
# are a small part, and "every second" would be far off. Here is the whole that *your* ledger names, and the home-made
# new cars in it:

# %%
my_car_sold = taken(my_ledger, "car sold", ["a new car", "any car"])
wholes = pd.Series({"a new car": sold_new, "any car": registered})
part_and_whole = pd.DataFrame({"what": ["all sold", "new, made at home"], "cars": [wholes[my_car_sold], home_made_new]})
ax = sns.barplot(data=part_and_whole, x="cars", y="what", color="#0173b2")
ax.set(
    title=f'If "car sold" is {my_car_sold}: the whole, and its part',
    xlabel="cars, January to June 2018 (registrations: January to May)\nSources: KazAvtoProm, by Kazinform and Trend, 2018",
    ylabel="",
)
show(
    ax,
    alt=f'Bar chart: if "car sold" is {my_car_sold}, {wholes[my_car_sold]:,.0f} in all, and {home_made_new:,.0f} new '
    "cars made at home.",
)

# %% [markdown]
# The claim stands only if "sold" means *sold new, by dealers*. From here on the course takes that: **"car sold" is a new
# car, sold by an official dealer.**

# %% [markdown]
# ## A share of a share
#
# One more trap: shares may be multiplied, and sometimes it is right. In the bakery a quarter of *all loaves* is rye.
# Say half of *the rye loaves* are sliced. Then the part that is both:

# %%
print(1 / 4 * 1 / 2 * 100, "% of all loaves are sliced rye")

# %% [markdown]
# This works because the second whole, the rye loaves, *is* the first part. The two shares stand one inside the other.
#
# The article has a second half in it: the aim of "achieving a 50% localization of production in Kazakhstan in the
# next 2-3 years". [Localisation](glossary.md#localisation) is about how much of the making of a car is done at home.
# In unit 01 you saw that the article does not say half of *what*: of the parts, of the value, of the cars?
#
# ### Exercise: half times half
#
# {{ ask("half-times-half") }}

# %% nbgrader={"grade_id": "half-times-half", "solution": true}
half_times_half = ...
### BEGIN SOLUTION
half_times_half = "the article does not tell"
### END SOLUTION

# %% nbgrader={"grade_id": "half-times-half-check", "grade": true, "points": 1}
check("half-times-half", half_times_half)

# %% [markdown]
# ## The same trap elsewhere
#
# Ten minutes on another subject, to see whether you can carry it over. A town's hospital reports, and all of it is
# invented:
#
# > "Two years ago every fifth patient waited longer than an hour, last year every fourth. Long waits have risen by five
# > percent."
#
# ### Exercise: the hospital's rise, in percent
#
# {{ ask("waiting-percent") }}

# %% nbgrader={"grade_id": "waiting-percent", "solution": true}
waiting_percent = ...
### BEGIN SOLUTION
waiting_percent = (1 / 4 - 1 / 5) / (1 / 5) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "waiting-percent-check", "grade": true, "points": 1}
check("waiting-percent", waiting_percent)

# %% [markdown]
# The town's paper adds that there were eight thousand patients two years ago, and six thousand last year.
#
# ### Exercise: more of them waiting?
#
# {{ ask("waiting-number") }}

# %% nbgrader={"grade_id": "waiting-number", "solution": true}
waiting_number = ...
### BEGIN SOLUTION
waiting_number = 6_000 / 4 - 8_000 / 5
### END SOLUTION

# %% nbgrader={"grade_id": "waiting-number-check", "grade": true, "points": 1}
check("waiting-number", waiting_number)

# %% [markdown]
# ### Exercise: four verdicts on the hospital
#
# {{ ask("waiting-verdicts") }}

# %% nbgrader={"grade_id": "waiting-verdicts", "solution": true}
waiting_verdicts = {
    "\"risen by five percent\", of the share": ...,
    "\"risen by five percentage points\", of the share": ...,
    "more patients waited longer than an hour than the year before": ...,
    "the hospital became worse at its work": ...,
}
### BEGIN SOLUTION
waiting_verdicts = {
    "\"risen by five percent\", of the share": "inconsistent",
    "\"risen by five percentage points\", of the share": "consistent",
    "more patients waited longer than an hour than the year before": "inconsistent",
    "the hospital became worse at its work": "cannot be checked with what we have",
}
### END SOLUTION

# %% nbgrader={"grade_id": "waiting-verdicts-check", "grade": true, "points": 2}
check("waiting-verdicts", waiting_verdicts)

# %% [markdown]
# ## What we found, and what is still open
#
# - A share needs its whole. "Half" is no information; "half of the cars sold" is.
# - Points are a difference of shares. Percent compare that difference with the old share.
# - The imports' *share* fell by a part of itself. Whether their *number* fell depends on the market.
# - Shares are put together by adding parts and adding wholes. Multiply them only if one stands inside the other.
# - "Every second" is a rounded word. For the first half of 2018 a count comes close to it, of *new* cars at dealers.
# - What we take for granted stands in the ledger, once. Whoever doubts a result looks there first.
#
# And the two worlds? In the world of *by*, the implied market grew a lot in one year. In the world of *to* it stood
# still. The dealers' sales grew by something in between. So the ledger does not hold as it is, in either world.
#
# Still open: does the claim about the vehicles fit the claim about their value? Unit 05 puts the two side by side.
# And whether 2017 really was a year of "every third" is a question for a second source, in unit 09.
#
# **Talk about it:** find a share in today's news, such as "market share" or "a third of young people". What is the
# whole? What happened to the other side? Did the number rise as well, or only the share?
