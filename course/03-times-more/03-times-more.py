# %% [markdown]
# # Unit 03: *times as much* and *times more*
#
# > "nearly KZT 120 billion, i.e. 1.6 times more than in the comparable period of last year"
# >
# > Kazinform, 21 September 2018
#
# **The question: {{ claim("value-growth") }} times more — than what?**
#
# The article now speaks of money: the value of what the car industry made, in tenge (KZT), the money of Kazakhstan.
# Again it gives this year's figure and a growth, and leaves last year's figure to you. Its "i.e." means "that is". But a sum
# is not a growth, and neither follows from the other: these are two claims. And again there is a word that can be taken in
# two ways.
#
# After this unit you can:
#
# - tell *times as much* from *times more*, and say what to do when you cannot know which is meant;
# - keep millions and billions apart;
# - find the range that hides in a rounded number;
# - turn tenge into dollars, with the rate of the right year.
#
# **Time:** {{ time }}. **You need:** units 00 to 02.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools.

# %% nbgrader={"grade_id": "setup-03", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show

sns.set_theme(style="whitegrid")

# %% [markdown]
# ## Two wordings, side by side
#
# Cars can wait for a moment. Here is a market stall. We made it up, so the numbers are easy: it took a hundred
# thousand tenge last year.

# %%
stall_last_year = 100  # thousand tenge, invented
stall_times = 2

# %% [markdown]
# First wording: "this year it took two times **as much**". The old number, times two. Nobody argues about this one.

# %%
stall_last_year * stall_times

# %% [markdown]
# Second wording: "this year it took two times **more**". How much did the stall take, in thousand
# tenge? Write what you would say, in place of the three dots:

# %%
guess = ...

# %%
beside(guess, (stall_last_year * stall_times, stall_last_year * (1 + stall_times)))

# %% [markdown]
# Two numbers, and people give both. Some say the first, the same as above. To them, *times more* is just another way to
# say *times as much*.
#
# Other people take *more* at its word. *More* is what comes **on top** of the old number. So the old number is there,
# and two times the old number comes on top of it:

# %%
stall_last_year + stall_last_year * stall_times

# %% [markdown]
# You can also write it with one ratio. The old number counts once, and what comes on top is added to it:

# %%
stall_last_year * (1 + stall_times)

# %%
stall = pd.DataFrame(
    {
        "wording": ["last year", "2 times AS MUCH,\nor MORE read so", "2 times MORE,\nread as ON TOP"],
        "takings": [stall_last_year, stall_last_year * stall_times, stall_last_year * (1 + stall_times)],
    }
)
ax = sns.barplot(data=stall, x="wording", y="takings", errorbar=None, color="#0173b2")
ax.bar_label(ax.containers[0])
ax.set(
    title="Two wordings, three bars",
    xlabel="",
    ylabel="takings in thousand tenge (an invented stall)",
    ylim=(0, 340),
)
show(
    ax,
    alt="Bar chart of an invented market stall, in thousand tenge. Last year 100; 2 times as much gives 200, and so does "
    "2 times more if it is read so; 2 times more read as on top gives 300.",
)

# %% [markdown]
# Have you seen this before? It is the trap of unit 02 in other clothes. The two readings differ by exactly one old
# number.
#
# | words | is the old number counted in? | its relatives in unit 02 |
# |---|---|---|
# | *times as much* | yes | *to*, *of* |
# | *times more*, read as "as much" | yes | *to*, *of* |
# | *times more*, read as "on top" | no | *by* |
#
# *Times more* is read in both ways by real people, every day. Neither way is a slip. So when you meet it, you cannot
# tell from the words alone which one was meant. **In this course we keep both readings open**, and we
# always say which of them we are calculating with. To find out which one the world allows, we need more than the
# words. We get there, in unit 09.

# %% [markdown]
# ## Millions and billions
#
# The article's amount is in billions. Newspapers, tables and people all slip here, so let us write both words of
# the first unit as numbers, once:

# %%
million = 1_000_000
billion = 1_000 * million
billion

# %% [markdown]
# The course keeps the article's figures as a table. This one is kept in plain tenge:

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
print(claims["value-level"])

# %% [markdown]
# That is hard to read. So we go on in billions: divide by one billion, and remember the unit.

# %%
value_2018 = claims["value-level"] / billion  # billion KZT, January to August 2018
print(value_2018)

# %% [markdown]
# ### Exercise: the same amount in millions
#
# Write your answer in place of the three dots. Then run the cell, and the check below it. If you are stuck, run
# `hint("value-in-millions")` in a cell of its own.
#
# {{ ask("value-in-millions") }}

# %% nbgrader={"grade_id": "value-in-millions", "solution": true}
value_in_millions = ...
### BEGIN SOLUTION
value_in_millions = value_2018 * billion / million
### END SOLUTION

# %% nbgrader={"grade_id": "value-in-millions-check", "grade": true, "points": 1}
check("value-in-millions", value_in_millions)

# %% [markdown]
# ## Back to last year
#
# A second invented stall took a hundred and thirty thousand tenge this year, "1.3 times as much" as last year. You want
# last year's takings, in thousand tenge. (Write the ratio with a point, as in unit 00.)

# %%
130 / 1.3

# %% [markdown]
# We divided here. The old number was **multiplied** by the ratio, so the way back is to **divide** by it. That is
# the walk of unit 02.

# %% [markdown]
# ## Back to the article
#
# Here are the two figures, for January to August 2018. The article says *nearly* so much. In this unit we take the
# round number as it stands; unit 06 comes back to the word.

# %%
times = claims["value-growth"]
print(f"value: {value_2018:.0f} billion KZT")
print(f"growth: {times} times more")

# %% [markdown]
# ### Exercise: last year's value, if it is now *times as much*
#
# {{ ask("value-2017-as-much") }}

# %% nbgrader={"grade_id": "value-2017-as-much", "solution": true}
value_2017_as_much = ...
### BEGIN SOLUTION
value_2017_as_much = value_2018 / times
### END SOLUTION

# %% nbgrader={"grade_id": "value-2017-as-much-check", "grade": true, "points": 2}
check("value-2017-as-much", value_2017_as_much)

# %% [markdown]
# ### Exercise: last year's value, if *times more* came on top
#
# {{ ask("value-2017-more") }}

# %% nbgrader={"grade_id": "value-2017-more", "solution": true}
value_2017_more = ...
### BEGIN SOLUTION
value_2017_more = value_2018 / (1 + times)
### END SOLUTION

# %% nbgrader={"grade_id": "value-2017-more-check", "grade": true, "points": 2}
check("value-2017-more", value_2017_more)

# %% [markdown]
# Two readings, two years 2017. Put each result back in and go forward, to be sure that you land on the article's value.

# %% [markdown]
# ## How much more is that?
#
# For the next two exercises, stay with *times as much*. A ratio can be told as a rise, in percent or in money. Both
# leave the old number out.
#
# ### Exercise: the rise in percent
#
# {{ ask("value-rise-percent") }}

# %% nbgrader={"grade_id": "value-rise-percent", "solution": true}
value_rise_percent = ...
### BEGIN SOLUTION
value_rise_percent = (times - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "value-rise-percent-check", "grade": true, "points": 1}
check("value-rise-percent", value_rise_percent)

# %% [markdown]
# ### Exercise: the rise in tenge
#
# {{ ask("value-rise") }}

# %% nbgrader={"grade_id": "value-rise", "solution": true}
value_rise = ...
### BEGIN SOLUTION
value_rise = value_2018 - value_2018 / times
### END SOLUTION

# %% nbgrader={"grade_id": "value-rise-check", "grade": true, "points": 1}
check("value-rise", value_rise)

# %% [markdown]
# ## The range that hides in a rounded number
#
# A reporter does not write down every digit. Somebody calculated a ratio, and somebody rounded it to one digit after
# the point. Python's {{ python("round") }} does the same. Which of these four invented ratios become the same number?

# %%
pd.Series([3.44, 3.46, 3.54, 3.56]).round(1)

# %% [markdown]
# The two in the middle look alike once they are rounded. So, seen from behind, a rounded number is a whole **range**:
# everything from half a step below it to half a step above it. A step is one unit of the last digit you can see;
# here that is one tenth.

# %%
step = 0.1
3.5 - step / 2, 3.5 + step / 2

# %% [markdown]
# (Exactly at the upper end, the number would be rounded up. That is too fine to matter here.)
#
# In Python, a range can be written as a pair in brackets: `(low, high)`. This time the comma is right. If last year's
# figure comes out of a rounded ratio, it is a range too. One thing to think about: which end of the ratio gives the
# low end of the value?
#
# ### Exercise: last year's value as a range
#
# {{ ask("value-2017-range") }}

# %% nbgrader={"grade_id": "value-2017-range", "solution": true}
value_2017_range = ...
### BEGIN SOLUTION
value_2017_range = (value_2018 / (times + step / 2), value_2018 / (times - step / 2))
### END SOLUTION

# %% nbgrader={"grade_id": "value-2017-range-check", "grade": true, "points": 2}
check("value-2017-range", value_2017_range)

# %% [markdown]
# So do not print last year's value with five digits. The words carry no more than two.

# %% [markdown]
# ## Tenge and dollars
#
# A reader abroad asks: how much is that in dollars? You need a rate, and a rate belongs to a time. Here is what one
# dollar cost, on average, in each year up to the article's. (You need not understand the code of this cell yet: its tools
# come in units 04 and 08.)

# %% tags=["to-look-at"]
facts = load_dataset("facts")
rates = facts[facts["measure"] == "exchange_rate_avg"]
rates = rates.assign(year=rates["period_start"].dt.year)
rates = rates[rates["year"] <= 2018]
ax = sns.lineplot(data=rates, x="year", y="quantity", marker="o", color="#0173b2")
ax.set(
    title="What one dollar cost in Kazakhstan",
    xlabel="year\nSource: World Bank, official rate, average of the year",
    ylabel="tenge for one US dollar",
    xticks=rates["year"],
    ylim=(0, 400),
)
show(
    ax,
    alt=f"Line chart: tenge for one US dollar, averages of the years 2014 to 2018. It goes from "
    f"{rates['quantity'].min():.0f} in 2014 to {rates['quantity'].max():.0f} in 2018, with a jump from 2015 to 2016. "
    "Source: World Bank.",
)

# %% [markdown]
# The rate moves a lot. So an amount has to be turned into dollars with **the rate of its own time**. The best would be
# the average of just these eight months. We have that of each whole year. Let us keep the two that we need:

# %%
tenge_a_dollar = rates.set_index("year")["quantity"]
rate_2017 = tenge_a_dollar[2017]
rate_2018 = tenge_a_dollar[2018]
print(rate_2017, rate_2018)

# %% [markdown]
# How many dollars are a thousand tenge of 2018? For each dollar you need a pile of tenge as high as the rate. So the
# question is how many such piles there are. That is a division:

# %%
print(1_000 / rate_2018)

# %% [markdown]
# ### Exercise: the value in dollars
#
# {{ ask("value-in-dollars") }}

# %% nbgrader={"grade_id": "value-in-dollars", "solution": true}
value_in_dollars = ...
### BEGIN SOLUTION
value_in_dollars = value_2018 * billion / rate_2018 / million
### END SOLUTION

# %% nbgrader={"grade_id": "value-in-dollars-check", "grade": true, "points": 2}
check("value-in-dollars", value_in_dollars)

# %% [markdown]
# How much hangs on the rate? A report of July 2018 gives a sum in both currencies, for January to June:
# "KZT 214.3 billion ($653.3 million)". So a dollar cost this much in those months:

# %%
rate_half_2018 = facts.set_index("id").loc["F035", "quantity"] * billion / (653.3 * million)
print(round(rate_half_2018, 1), "tenge for one dollar, January to June 2018")

# %% [markdown]
# That is less than the average of the year. With it, the value would be some twenty million dollars more. So print it
# with a hedge and with the rate: "about so many million dollars, at the year's average rate".
#
# A growth changes, too, when the currency does. If the value in tenge is now so many times *as much*, what is it in
# dollars? Each year's value is divided by its own rate. Will it have grown "more", or "less"? Write one of the two
# words, in quotes:

# %%
guess = ...

# %%
print(times * rate_2017 / rate_2018)
beside(guess, "less")

# %% [markdown]
# Less. A dollar cost more tenge in 2018 than in 2017, so some of the growth is gone once you count in dollars. "Times
# as much" needs its currency, just as it needs its base.

# %% [markdown]
# ## Which words go with which ratio?
#
# One more wording. A number with *-fold* at its end is a ratio: a "twofold" number is times two, the old number counted
# in. (But people argue about "a twofold *rise*". So we leave that one out.)
#
# ### Exercise: times, fold, percent
#
# {{ ask("times-wording") }}
#
# Each line is worth a part of the marks. Lines with three dots count as open.

# %% nbgrader={"grade_id": "times-wording", "solution": true}
times_wording = {
    "1.6 times as much": ...,
    "1.6 times more": ...,
    "1.6-fold what it was": ...,
    "rose by 60 %": ...,
    "rose to 160 % of last year": ...,
    "rose by 160 %": ...,
    "fell to 60 % of last year": ...,
}
### BEGIN SOLUTION
times_wording = {
    "1.6 times as much": "1.6",
    "1.6 times more": "1.6 or 2.6",
    "1.6-fold what it was": "1.6",
    "rose by 60 %": "1.6",
    "rose to 160 % of last year": "1.6",
    "rose by 160 %": "2.6",
    "fell to 60 % of last year": "0.6",
}
### END SOLUTION

# %% nbgrader={"grade_id": "times-wording-check", "grade": true, "points": 3}
check("times-wording", times_wording)

# %% [markdown]
# ## What we found, and what is still open
#
# - *Times as much* counts the old number in. *Times more* can mean that too, or it can mean *on top*.
# - A billion is a thousand millions. Name the unit each time.
# - A rounded number is a range. What you calculate from it is a range too.
# - An amount in another currency needs the rate of its own year.
#
# Unit 02 left us with two worlds for the number of vehicles. Now there are two worlds for their value as well: one
# where the article's words mean *as much*, and one where they mean *on top*. Each is a possible sum. **The words alone
# do not choose**, and saying so is a right answer.
#
# Still open: two worlds and two worlds make four pairs. Do all four fit together, if you think of what one car would
# then be worth? Unit 05 takes that up. First, unit 04 looks at the article's third claim: "every second car".
#
# **Talk about it:** ask three people what "three times more" than ten is. Do not say why you ask. How many answers do
# you get?
