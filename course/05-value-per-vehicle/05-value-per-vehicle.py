# %% [markdown]
# # Unit 05: Value per vehicle
#
# > "the manufacture of cars has increased by 150% year-on-year, exceeding 19,000 motor vehicles"
# >
# > "nearly KZT 120 billion, i.e. 1.6 times more than in the comparable period of last year"
# >
# > Kazinform, 21 September 2018
#
# **The question: do these two claims fit together?**
#
# One claim counts vehicles, the other one counts money. Each can be read in two ways. So far you looked at one claim
# at a time. But the money was made with the vehicles: if you know how both grew, you also know what happened to the
# value of *one* vehicle. That is a new check, and it needs no second source.
#
# After this unit you can:
#
# - work out the value of one vehicle, and see at once if the unit is wrong;
# - combine two changes: ratios multiply, percents do not add;
# - set two readings against two readings in a small table, and draw it as a heatmap;
# - say what fits together, what needs a reason, and what stays open;
# - take rising prices out of a growth: nominal and real.
#
# **Time:** {{ time }}. **You need:** units 00 to 04.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools.

# %% nbgrader={"grade_id": "setup-05", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show

sns.set_theme(style="whitegrid")

# %% [markdown]
# ## Quantity times price is value
#
# Begin with a bakery that we made up. It sells loaves, and each loaf has its price. What it takes is the one times the
# other:

# %%
loaves_last_year = 100
price_last_year = 200  # tenge a loaf, invented
takings_last_year = loaves_last_year * price_last_year
print(takings_last_year, "tenge")

# %% [markdown]
# You can walk back, too. If you know the takings and the loaves, divide. Then you know what one loaf brought:

# %%
print(takings_last_year / loaves_last_year, "tenge a loaf")

# %% [markdown]
# If the bakery sells rolls and cakes as well, the same division gives an **average**: the takings, shared out evenly.
# No single roll need cost so much. Keep that in mind, since it comes back.
#
# Now the article. Both figures are for January to August 2018. We take the round numbers as they stand; unit 06 comes
# back to the words "nearly" and "exceeding".

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
million = 1_000_000
units_2018 = claims["output-units"]  # motor vehicles
value_2018 = claims["value-level"]  # tenge
print(f"{units_2018:,.0f} vehicles")
print(f"{value_2018:,.0f} tenge")

# %% [markdown]
# What is a vehicle worth: some "thousands" of tenge, some "millions", some "billions"? In 2018 one US dollar cost about
# {{ fact("F167") | round }} tenge (the World Bank's rate, from unit 03). Write one of the three words, in quotes. A guess
# like this is your alarm bell. If the result is far away from it, a unit has slipped.

# %%
guess = ...

# %%
beside(guess, "millions")

# %% [markdown]
# ### Exercise: the value of one vehicle
#
# {{ ask("value-per-vehicle") }}
#
# Write your answer in place of the three dots. Then run the cell, and the check below it. If you are stuck, run
# `hint("value-per-vehicle")` in a cell of its own.

# %% nbgrader={"grade_id": "value-per-vehicle", "solution": true}
value_per_vehicle = ...
### BEGIN SOLUTION
value_per_vehicle = value_2018 / million / units_2018
### END SOLUTION

# %% nbgrader={"grade_id": "value-per-vehicle-check", "grade": true, "points": 2}
check("value-per-vehicle", value_per_vehicle)

# %% [markdown]
# ## Ratios multiply, percents do not add
#
# A year later, the bakery sells one and a half times as many loaves as before, and each loaf costs a little more:

# %%
loaves_this_year = 150
price_this_year = 240  # tenge a loaf, invented
takings_this_year = loaves_this_year * price_this_year

# %% [markdown]
# The loaves rose *by* fifty percent, and the price rose *by* twenty. By how many percent did the money that it takes
# rise? Write your guess:

# %%
guess = ...

# %% [markdown]
# Now the three ratios, this year to last year:

# %%
loaves_ratio = loaves_this_year / loaves_last_year
price_ratio = price_this_year / price_last_year
takings_ratio = takings_this_year / takings_last_year
print("loaves: ", loaves_ratio)
print("price:  ", price_ratio)
print("takings:", takings_ratio)
beside(guess, (takings_ratio - 1) * 100)

# %% [markdown]
# Many people say seventy. Look at the last line: it was eighty.
#
# Where do the other ten come from? The higher price is also paid for the *additional* loaves. Adding percents forgets
# that. Multiplying [ratios](glossary.md#ratio) does not. (`round` keeps two digits after the point: a computer often
# leaves a crumb in the last of many digits.)

# %%
print(round(loaves_ratio * price_ratio, 2))

# %% [markdown]
# So there is one rule, and it works every time: **turn each change into a ratio, multiply, and turn the result back
# into a change.** A fall is a ratio below one.
#
# ### Exercise: one rises, one falls
#
# {{ ask("takings-change") }}

# %% nbgrader={"grade_id": "takings-change", "solution": true}
takings_change = ...
### BEGIN SOLUTION
takings_change = ((1 + 40 / 100) * (1 - 10 / 100) - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "takings-change-check", "grade": true, "points": 1}
check("takings-change", takings_change)

# %% [markdown]
# ### The way back
#
# Now the other way round: you know how the takings changed, and how the loaves changed. What happened to one loaf? The
# ratios were multiplied, so the way back is to divide:

# %%
print(takings_ratio / loaves_ratio)

# %% [markdown]
# That is the price ratio again. As a change: up *by* twenty percent. If you subtract the percents, eighty less
# fifty, you get thirty. That is too much by half of the true change.

# %% [markdown]
# ## Two readings against two
#
# Back to the article. It says how the number of vehicles grew, and how their value grew. Units 02 and 03 found two
# readings for each:
#
# | claim | words | reading | ratio, 2018 to 2017 |
# |---|---|---|---|
# | vehicles | "increased by 150%" | *by* | {{ 1 + claim("output-growth") / 100 }} |
# | vehicles | "increased by 150%" | *to* | {{ claim("output-growth") / 100 }} |
# | value | "1.6 times more" | *as much* | {{ claim("value-growth") }} |
# | value | "1.6 times more" | *on top* | {{ 1 + claim("value-growth") }} |
#
# All four are for January to August 2018, and their base is January to August 2017. Let us give the ratios names:

# %%
growth = claims["output-growth"]  # percent
times = claims["value-growth"]
ratio_by = 1 + growth / 100  # vehicles, if they rose BY so many percent
ratio_to = growth / 100  # vehicles, if they rose TO so many percent
ratio_as_much = times  # value, if it is now so many times AS MUCH
ratio_on_top = 1 + times  # value, if so many times came ON TOP

# %% [markdown]
# Two readings and two readings make four pairs. You calculate two of them by hand. Before each, think: does the value
# of one vehicle rise or fall?
#
# ### Exercise: *by* with *as much*
#
# {{ ask("per-vehicle-by-as-much") }}

# %% nbgrader={"grade_id": "per-vehicle-by-as-much", "solution": true}
per_vehicle_by_as_much = ...
### BEGIN SOLUTION
per_vehicle_by_as_much = (ratio_as_much / ratio_by - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "per-vehicle-by-as-much-check", "grade": true, "points": 2}
check("per-vehicle-by-as-much", per_vehicle_by_as_much)

# %% [markdown]
# ### Exercise: *to* with *as much*
#
# {{ ask("per-vehicle-to-as-much") }}

# %% nbgrader={"grade_id": "per-vehicle-to-as-much", "solution": true}
per_vehicle_to_as_much = ...
### BEGIN SOLUTION
per_vehicle_to_as_much = (ratio_as_much / ratio_to - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "per-vehicle-to-as-much-check", "grade": true, "points": 2}
check("per-vehicle-to-as-much", per_vehicle_to_as_much)

# %% [markdown]
# ### Exercise: a function for any pair
#
# {{ ask("per-item-change") }}
#
# Try it on the bakery when you are done. The check tries it on numbers that you do not see.


# %% nbgrader={"grade_id": "per-item-change", "solution": true}
def per_item_change(value_ratio, quantity_ratio):
    ### BEGIN SOLUTION
    return (value_ratio / quantity_ratio - 1) * 100
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "per-item-change-check", "grade": true, "points": 2}
check("per-item-change", per_item_change)

# %% [markdown]
# ## All four at once
#
# A table can hold all pairs. First an easy one. A kiosk says: "We sold two times more ice creams, and took two times
# more money." (We made it up.) You know by now that "two times more" is read in two ways: *as many*, or *on top*. Two
# words, two readings each, four rows:

# %%
kiosk = pd.DataFrame(
    {
        "sold": ["as many", "as many", "on top", "on top"],
        "takings": ["as much", "on top", "as much", "on top"],
        "sold_ratio": [2, 2, 3, 3],
        "takings_ratio": [2, 3, 2, 3],
    }
)
kiosk

# %% [markdown]
# One calculation does for all rows: `assign` adds a column, and the names of two columns stand for all their numbers.

# %%
kiosk = kiosk.assign(each_ratio=kiosk["takings_ratio"] / kiosk["sold_ratio"])
kiosk

# %% [markdown]
# In the first and in the last row, each ice cream brought the same as before. In the two rows between,
# something must have changed a lot: the prices, perhaps, or the kinds of ice cream. The kiosk said nothing of that.
#
# Now the same for the article. Here are its four pairs:

# %%
readings = pd.DataFrame(
    {
        "pair": ["by + as much", "by + on top", "to + as much", "to + on top"],
        "vehicles": ["by", "by", "to", "to"],
        "value": ["as much", "on top", "as much", "on top"],
        "vehicles_ratio": [ratio_by, ratio_by, ratio_to, ratio_to],
        "value_ratio": [ratio_as_much, ratio_on_top, ratio_as_much, ratio_on_top],
    }
)
readings

# %% [markdown]
# ### Exercise: the table of the four pairs
#
# {{ ask("readings-table") }}

# %% nbgrader={"grade_id": "readings-table", "solution": true}
readings_table = ...
### BEGIN SOLUTION
readings_table = readings.assign(change_percent=(readings["value_ratio"] / readings["vehicles_ratio"] - 1) * 100)
### END SOLUTION

# %% nbgrader={"grade_id": "readings-table-check", "grade": true, "points": 2}
check("readings-table", readings_table)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Quantity times price is value" to "All four at once".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## From a list to a square
#
# Four rows can be read one after the other. But they are really a square: two readings down, two readings across.
# {{ python("pivot") }} turns the list into the square. It wants to know which column gives the rows
# ({{ python("index") }}), which one gives the columns ({{ python("columns") }}), and which one fills the cells
# ({{ python("values") }}). For the kiosk:

# %%
kiosk = kiosk.assign(change_percent=(kiosk["each_ratio"] - 1) * 100)
kiosk_square = kiosk.pivot(index="sold", columns="takings", values="change_percent")
kiosk_square.round(1)

# %% [markdown]
# `round` shows one digit after the point. Read the square like a map: the row says how you read "sold", the column
# says how you read "took".
#
# The names of the columns are text, so they stand in quotes. It is easy to forget them. The next cell stops with an
# error, and it is meant to:

# %% tags=["raises-exception"]
kiosk.pivot(index=sold, columns=takings, values=change_percent)

# %% [markdown]
# Go to the last line. A `NameError` says: nothing is called `sold`. Without quotes, Python looks for a name that
# somebody gave with `=`, as in `million = ...`. We gave no such name. With quotes, it is a word, and pandas looks for
# the column that is called so.
#
# ## A picture of the square: the heatmap
#
# A **heatmap** gives each cell a colour for its number; {{ python("sns.heatmap") }} draws one. A small number is pale,
# a large one strong. How many of the four cells will be pale? Write a number:

# %%
guess = ...

# %%
beside(guess, (kiosk_square == 0).sum().sum())
ax = sns.heatmap(
    kiosk_square,
    annot=True,
    annot_kws={"size": 18},
    fmt="+.0f",
    cmap="vlag",
    center=0,
    cbar_kws={"label": "change in takings per ice cream, in %"},
)
ax.set(
    title='"Two times more": what one ice cream brought (invented)',
    xlabel='takings "two times more", read as',
    ylabel='sold "two times more", read as',
)
show(
    ax,
    alt="Heatmap of an invented kiosk: change in takings per ice cream, in percent. If both claims are read in the "
    "same way, it is 0. Sold as many and takings on top gives +50; sold on top and takings as much gives -33.",
)

# %% [markdown]
# This is what the words in the call do:
#
# - {{ python("annot=True") }} writes the number into each cell, and {{ python("annot_kws") }} makes it large. seaborn writes dark on pale cells and
#   white on strong ones, so that everybody can read it.
# - {{ python('fmt="+.0f"') }} is how the number is written: with its sign, and no digit after the point.
# - {{ python('cmap="vlag"') }} chooses the colours: blue for one side, red for the other, pale between them. People who do not see
#   red and green apart can still tell blue from red.
# - {{ python("center=0") }} puts the pale middle at zero. So pale means "no change", blue means "down", and red means "up".
# - {{ python("cbar_kws") }} writes a label beside the colour bar. It names **what is shown, and in which unit**.
#
# And a chart of real numbers needs two more things: a title, and a line that begins with "Source:". You may put that
# line below the label of the x axis. `\n` begins a new line: `xlabel="read as\nSource: ..."`.
#
# ### Exercise: the square of the article
#
# {{ ask("readings-heatmap") }}
#
# The check goes through this list. It calls your function twice: with the table `readings`, and with a table you do
# not see. So take every number from the input `data`, and type none in.
#
# To look at your chart, run `show(readings_heatmap(readings), alt="My heatmap")` in a cell of your own.


# %% nbgrader={"grade_id": "readings-heatmap", "solution": true}
def readings_heatmap(data):
    ### BEGIN SOLUTION
    changes = data.assign(change_percent=(data["value_ratio"] / data["vehicles_ratio"] - 1) * 100)
    square = changes.pivot(index="vehicles", columns="value", values="change_percent")
    ax = sns.heatmap(
        square,
        annot=True,
        annot_kws={"size": 18},
        fmt="+.0f",
        cmap="vlag",
        center=0,
        cbar_kws={"label": "change in value per vehicle, in %"},
    )
    ax.set(
        title="Value per vehicle under each pair of readings",
        xlabel="value, read as\nSource: Kazinform, 21 September 2018; changes calculated",
        ylabel="vehicles, read as",
    )
    return ax
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "readings-heatmap-check", "grade": true, "points": 3}
check("readings-heatmap", readings_heatmap)

# %% [markdown]
# ## What fits, and what would need a reason?
#
# Vehicles do not become much more expensive or much cheaper within one year for no reason at all. So let us call a pair
# *fitting* if the value per vehicle changed by less than a tenth, up or down. The tenth is our choice, not a law. It
# can be wrong: in another mix of vehicles the value of one can move by more. We say it openly, so that others can
# choose another one, and we use it to ask questions, not to give verdicts.
#
# ### Exercise: the fitting pairs
#
# {{ ask("fitting-pairs") }}
#
# Give a **list**: square brackets, and in them the names of the pairs in quotes, with commas between them.

# %% nbgrader={"grade_id": "fitting-pairs", "solution": true}
fitting_pairs = ...
### BEGIN SOLUTION
fitting_pairs = ["by + on top", "to + as much"]
### END SOLUTION

# %% nbgrader={"grade_id": "fitting-pairs-check", "grade": true, "points": 2}
check("fitting-pairs", fitting_pairs)

# %% [markdown]
# ### Is a pair that does not fit impossible?
#
# Look at an invented workshop that makes trucks and cars. This year it makes as many trucks as last year, and more
# cars. **No price moves.** What happens to the value per vehicle? Write "up", "down", or "the same":

# %%
guess = ...

# %%
workshop = pd.DataFrame(
    {
        "year": ["last year", "last year", "this year", "this year"],
        "kind": ["truck", "car", "truck", "car"],
        "vehicles": [2, 2, 2, 8],
        "price_m_kzt": [20, 5, 20, 5],
    }
)
workshop = workshop.assign(value_m_kzt=workshop["vehicles"] * workshop["price_m_kzt"])
workshop

# %% [markdown]
# `groupby` adds up each year, as in unit 04. The double brackets ask for two columns:

# %%
by_year = workshop.groupby("year")[["vehicles", "value_m_kzt"]].sum()
by_year = by_year.assign(value_per_vehicle_m_kzt=by_year["value_m_kzt"] / by_year["vehicles"])
beside(guess, "down")
by_year

# %% [markdown]
# Now the ratios, this year to last year. `.loc` finds a row by its name, and one row divided by another divides each
# column:

# %%
by_year.loc["this year"] / by_year.loc["last year"]

# %% [markdown]
# Do you know these ratios? The vehicles and the value grew exactly as in one of the pairs that do not fit. The average
# fell by more than a third, and yet no price fell. The **mix** changed: more of the cheap kind.
#
# So such a pair is not impossible. It only would need a *reason*: another mix of trucks and cars, or new prices. The
# article gives none, which makes the pair doubtful, not false.
#
# ### Exercise: what follows?
#
# {{ ask("what-follows") }}
#
# Use the four [verdicts](glossary.md#verdict) that you met in unit 04. What you may use is the article alone, and what
# you found in this unit. All lines speak of the article's January to August, 2018 against 2017. Each line is worth a
# part of the marks.

# %% nbgrader={"grade_id": "what-follows", "solution": true}
what_follows = {
    "The two claims can be read so that they fit together.": ...,
    "Only one pair of readings fits.": ...,
    "The pair by + as much is impossible.": ...,
    "The article's words say by 150 % and nothing else can be meant.": ...,
    "One and the same car became more expensive.": ...,
}
### BEGIN SOLUTION
what_follows = {
    "The two claims can be read so that they fit together.": "consistent",
    "Only one pair of readings fits.": "inconsistent",
    "The pair by + as much is impossible.": "inconsistent",
    "The article's words say by 150 % and nothing else can be meant.": "ambiguous",
    "One and the same car became more expensive.": "cannot be checked with what we have",
}
### END SOLUTION

# %% nbgrader={"grade_id": "what-follows-check", "grade": true, "points": 3}
check("what-follows", what_follows)

# %% [markdown]
# ## Nominal and real
#
# There is one more reason why a value may rise: money itself buys less. If everything becomes more expensive, a value in
# tenge grows although nothing else does.
#
# A change in plain money is called [nominal](glossary.md#nominal). If the rise of prices is taken out, what is left is
# called [real](glossary.md#real). To take it out, you need to know how prices rose. That is what a **price index**
# tells.
#
# An [index](glossary.md#index) is a number that says: the base counts as a hundred. Here is the index of consumer
# prices for each month that the article speaks of. Its base is the *same month of the year before*. It was published by
# Kazakhstan's Bureau of National Statistics; we took it from a public copy of its figures. {{ python("between") }}
# keeps the rows from one date to another. (`cpi` is short for *consumer price index*.)

# %%
facts = load_dataset("facts")
cpi = facts[facts["measure"] == "cpi_index_same_month_prev_year"]
cpi = cpi[cpi["period_start"].between("2018-01-01", "2018-08-31")]
cpi[["period_start", "quantity"]]

# %% [markdown]
# Read the first row with the words of unit 02. In January 2018, consumer prices were at {{ fact("F203") }} % *of* those
# of January 2017. They had risen *to* {{ fact("F203") }} %, that is, *by* {{ (fact("F203") - 100) | round(1) }} %. An
# index counts the base in. That makes it a ratio, written with a hundred in place of one.
#
# We need one number for all these months. `mean` gives their average. No statistics office printed it: it is
# **derived**, by us, and it gives each month the same weight.

# %%
price_index = cpi["quantity"].mean()
print(round(price_index, 2))

# %% [markdown]
# Now an easy, invented example. Somebody's wage becomes a fifth higher, but prices rise by a quarter. Can she buy more
# than before, or less?
#
# A wage is prices times things: what you can buy, times what it costs. So **ratios multiply** here, too, and to take
# the prices out we **divide** by their ratio:

# %%
wage_ratio = 1.20
prices_ratio = 125 / 100  # an index of 125, as a ratio
real_ratio = wage_ratio / prices_ratio
print("real ratio: ", round(real_ratio, 3))
print("real change:", round((real_ratio - 1) * 100, 1), "%")

# %% [markdown]
# Less. Her nominal wage rose, her real wage fell. If you subtract the percents, twenty less twenty-five, you get a
# fall of five. The true fall is four. With small changes the slip is small, but it is still a slip, and it grows with
# the numbers.
#
# ### Exercise: a rise that is none?
#
# {{ ask("real-by-on-top") }}

# %% nbgrader={"grade_id": "real-by-on-top", "solution": true}
real_by_on_top = ...
### BEGIN SOLUTION
nominal_ratio = ratio_on_top / ratio_by
real_by_on_top = (nominal_ratio / (price_index / 100) - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "real-by-on-top-check", "grade": true, "points": 2}
check("real-by-on-top", real_by_on_top)

# %% [markdown]
# ### Exercise: a function that takes prices out
#
# {{ ask("real-change") }}
#
# You will use this tool again, and not only on a vehicle.


# %% nbgrader={"grade_id": "real-change", "solution": true}
def real_change(nominal_ratio, index):
    ### BEGIN SOLUTION
    return (nominal_ratio / (index / 100) - 1) * 100
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "real-change-check", "grade": true, "points": 2}
check("real-change", real_change)

# %% [markdown]
# Try your function on both fitting pairs, in a cell of your own. Neither result is anything but ordinary. Once more,
# neither pair can be ruled out.
#
# Be careful with this step. The index is about what *consumers* buy: bread, rent, shoes. Cars are only a small part of
# that. We use it because it is known, and we say so.

# %% [markdown]
# ## What we found, and what is still open
#
# - Quantity times price is value. So two growths tell a third one: what happened to one vehicle, on average.
# - Ratios multiply and divide. Percents do not add and do not subtract.
# - Of the four pairs, two fit together: *by* with *on top*, and *to* with *as much*.
# - The two mixed pairs would need a reason, such as another mix of trucks and cars. The article gives none. That makes
#   them doubtful, not impossible.
# - Whether a growth is nominal or real has to be said. To take prices out, divide by their ratio.
#
# Do the claims fit together? Yes, in two ways, and the two ways tell two very different stories. **The article does not
# contradict itself, and that does not tell us which story is true.** Both are still open. And the
# [ledger](glossary.md#ledger) has grown by two rows: "cars" and "motor vehicles" are the same things, and "the products
# made" are these vehicles. If the money was made with other machines as well, a value per vehicle means nothing.
#
# Still open, too: we took the numbers as they stand. But the article says "nearly" and "exceeding". Do the two stories
# still keep apart if these words are taken seriously? Unit 06 tries.
#
# **Talk about it:** a town says that its museum had more visitors than last year, and took less money. Name three
# reasons that could make both true. Which of them could you check, and with which number?
