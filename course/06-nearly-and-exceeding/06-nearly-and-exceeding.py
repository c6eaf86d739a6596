# %% [markdown]
# # Unit 06: How sure is "nearly"?
#
# > "exceeding 19,000 motor vehicles"
# >
# > "nearly KZT 120 billion"
# >
# > Kazinform, 21 September 2018
#
# **The question: how far can a result move, if the figures behind it are loose?**
#
# So far you took the article's round numbers as they stand. But the article does not say that they are exact. It says
# *exceeding*, and *nearly*. Perhaps all our trouble comes from there: perhaps the two worlds you found are one world,
# seen through loose words. In this unit you find out.
#
# After this unit you can:
#
# - turn a loose word into a range, and say why the range ends where it does;
# - carry ranges through a calculation, by hand and by simulation;
# - see which loose number matters, and which does not;
# - say how many digits of a result are worth printing.
#
# **Time:** {{ time }}. **You need:** units 00 to 05.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools. There is a new one, numpy, called
# {{ python("np") }} for short. It calculates with many numbers at once, and it can draw numbers by chance.

# %% nbgrader={"grade_id": "setup-06", "locked": true}
import numpy as np
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show

sns.set_theme(style="whitegrid")

# %% [markdown]
# ## From a loose word to a range
#
# Here is a village fair that we made up. It tells the paper:
#
# > "We sold more than 40 jars of jam and took nearly 100 thousand tenge."
#
# In unit 01 you met the word for "more than" and "nearly": each is a [hedge](glossary.md#hedge). A hedge tells a
# direction. Now we want to know *how far*. A good question is: **what would the writer have written instead?**
#
# - With ten jars more, the fair would have said "50 jars". So the jars end there.
# - With a few thousand tenge less, it would have named a smaller round number. Say it counts in tens of thousands.
#   Then half such a step below its figure, it would have rounded down. So the takings begin there.
#
# Half a step is the rule for rounded numbers that you know from unit 03. In Python, a [range](glossary.md#range) is a
# pair, `(low, high)`:

# %%
jars_low = 40
jars_high = jars_low + 10
takings_high = 100  # thousand tenge
takings_low = takings_high - 10 / 2
print((jars_low, jars_high))
print((takings_low, takings_high))

# %% [markdown]
# Is this the only honest way? No. Somebody else may think that the fair counts in fives. Then both ranges are
# shorter. What matters is that you **say** which steps you have in mind. A range that nobody can explain is worth no
# more than a guess.
#
# ### Exercise: "exceeding"
#
# Now the article. Here are its two figures, for January to August 2018:

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
vehicles_printed = claims["output-units"]
value_printed = claims["value-level"] / 1_000_000_000  # billion KZT
print(f"exceeding {vehicles_printed:,.0f} vehicles")
print(f"nearly {value_printed:.0f} billion KZT")

# %% [markdown]
# {{ ask("exceeding-range") }}
#
# There is more than one right answer. If you are stuck, run `hint("exceeding-range")` in a cell of its own.

# %% nbgrader={"grade_id": "exceeding-range", "solution": true}
exceeding_range = ...
### BEGIN SOLUTION
step = 1_000  # vehicles, if the writer counts in thousands
exceeding_range = (vehicles_printed, vehicles_printed + step)
### END SOLUTION

# %% nbgrader={"grade_id": "exceeding-range-check", "grade": true, "points": 1}
check("exceeding-range", exceeding_range)

# %% [markdown]
# ### Exercise: "nearly"
#
# {{ ask("nearly-range") }}

# %% nbgrader={"grade_id": "nearly-range", "solution": true}
nearly_range = ...
### BEGIN SOLUTION
half_a_step = 10 / 2  # billion KZT, if the writer counts in tens
nearly_range = (value_printed - half_a_step, value_printed)
### END SOLUTION

# %% nbgrader={"grade_id": "nearly-range-check", "grade": true, "points": 1}
check("nearly-range", nearly_range)

# %% [markdown]
# ## A range without an end
#
# We found the upper end of "exceeding" by thinking about the writer. The *word* itself has none: any larger number
# exceeds a smaller one. If you trust nothing but the word, the range is **open**. numpy writes the open end as
# {{ python("np.inf") }}, short for *infinity*. The fair's jars, by the word alone:

# %%
(jars_low, np.inf)

# %% [markdown]
# What you calculate from an open range is open, too. Say a jar weighs half a kilo. Then the fair sold *at least* so
# many kilos:

# %%
kilos_a_jar = 0.5
(jars_low * kilos_a_jar, np.inf)

# %% [markdown]
# ### Exercise: last year's number, by the word alone
#
# In unit 02 you worked out last year's vehicles, and got one number. Did the article's words give you one number?
#
# {{ ask("exceeding-open") }}

# %% nbgrader={"grade_id": "exceeding-open", "solution": true}
exceeding_open = ...
### BEGIN SOLUTION
exceeding_open = (vehicles_printed / (1 + claims["output-growth"] / 100), np.inf)
### END SOLUTION

# %% nbgrader={"grade_id": "exceeding-open-check", "grade": true, "points": 2}
check("exceeding-open", exceeding_open)

# %% [markdown]
# ## Words that hide a range
#
# Some figures are loose without any hedge. "Every fourth visitor of the fair was a child": did somebody count, and
# find exactly a quarter? Hardly. Ask again what the writer would have written instead. With more children it would
# have been "every third", with fewer "every fifth". In percent, these three are:

# %%
pd.Series({"every fifth": 1 / 5, "every fourth": 1 / 4, "every third": 1 / 3}) * 100

# %% [markdown]
# So "every fourth" stands for something around a quarter, on both sides, well short of its two neighbours. Where
# exactly does it end? Some take half the way to each neighbour, others the nearest round percentages, and both can be
# explained. In unit 04 we chose five percentage points to each side, and said that we chose them. Now you choose.
#
# ### Exercise: "every second"
#
# {{ ask("second-range") }}

# %% nbgrader={"grade_id": "second-range", "solution": true}
second_range = ...
### BEGIN SOLUTION
half = claims["share-2018"] * 100
half_a_step = 10 / 2  # percentage points, if the writer thinks in tens
second_range = (half - half_a_step, half + half_a_step)
### END SOLUTION

# %% nbgrader={"grade_id": "second-range-check", "grade": true, "points": 1}
check("second-range", second_range)

# %% [markdown]
# ## Carrying two ranges through
#
# How much did the fair take for one jar? Takings divided by jars, but both are ranges now. Can Python divide a pair by
# a pair? Run it and look:

# %% tags=["raises-exception"]
(takings_low, takings_high) / (jars_low, jars_high)

# %% [markdown]
# Read the last line first. A pair is a `tuple`, a row of values, and Python does not divide one by the other. It is
# right not to: it cannot know which end goes with which.
#
# So which end goes with which? What is the *least* that the words allow for one jar, in thousand tenge? Write a number:

# %%
guess = ...

# %% [markdown]
# The tempting way is low with low, and high with high. Run it:

# %%
print(takings_low / jars_low, takings_high / jars_high)

# %% [markdown]
# That looks narrow and good, and it is wrong. Think of the **cheapest** jam the words allow: little money, spread over
# *many* jars. And the most expensive: much money, for *few* jars. To be sure, calculate all four corners:

# %%
corners = pd.Series(
    {
        "little money, few jars": takings_low / jars_low,
        "little money, many jars": takings_low / jars_high,
        "much money, few jars": takings_high / jars_low,
        "much money, many jars": takings_high / jars_high,
    }
)
corners

# %%
print(corners.min(), "to", corners.max())
beside(guess, corners.min())

# %% [markdown]
# {{ python("min") }} and `max` find the smallest and the largest of them. This is the honest range: for a division,
# **low by high, and high by low**. In life little money and few jars do go together: every jar brings money. But the
# two *words* do not say so. Each of them leaves its own room, and we do not know how the two are tied. So we take every
# mix that the words allow, and say that we did.
#
# ### Exercise: value per vehicle, from end to end
#
# In unit 05 you divided the article's value by its vehicles. Now do it with ranges. From here on we all take the same
# two, the longest that most of us would defend:

# %%
vehicles_low, vehicles_high = vehicles_printed, vehicles_printed + 1_000
value_low, value_high = value_printed - 5, value_printed  # billion KZT
print(f"{vehicles_low:,.0f} to {vehicles_high:,.0f} vehicles")
print(f"{value_low:.0f} to {value_high:.0f} billion KZT")

# %% [markdown]
# {{ ask("vehicle-value-range") }}

# %% nbgrader={"grade_id": "vehicle-value-range", "solution": true}
vehicle_value_range = ...
### BEGIN SOLUTION
vehicle_value_range = (value_low * 1_000 / vehicles_high, value_high * 1_000 / vehicles_low)
### END SOLUTION

# %% nbgrader={"grade_id": "vehicle-value-range-check", "grade": true, "points": 2}
check("vehicle-value-range", vehicle_value_range)

# %% [markdown]
# ## How many digits to print
#
# A computer prints every digit it has. Here is the middle of the fair's jars and takings:

# %%
(takings_low + takings_high) / (jars_low + jars_high)

# %% [markdown]
# So many digits look very exact. But the range above went from less than two thousand tenge a jar to two and a half
# thousand. Not even the first digit is sure! All digits behind it are noise.
#
# Two honest ways to print such a result:
#
# - as a **range**, each end rounded outwards, so that nothing is lost;
# - as **one number with a hedge** of your own, and only as many digits as the range can carry: "about 2 thousand
#   tenge".
#
# A number printed sharper than it is known is called [false precision](glossary.md#false-precision). It makes a reader
# trust what nobody knows.
#
# ### Exercise: honest, or too sharp?
#
# {{ ask("value-digits") }}
#
# Each line is worth a part of the marks. Lines with three dots count as open.

# %% nbgrader={"grade_id": "value-digits", "solution": true}
value_digits = {
    "6.315789 million tenge": ...,
    "6.32 million tenge": ...,
    "about 6 million tenge": ...,
    "5.7 to 6.4 million tenge": ...,
    "less than 6.4 million tenge": ...,
}
### BEGIN SOLUTION
value_digits = {
    "6.315789 million tenge": "too sharp",
    "6.32 million tenge": "too sharp",
    "about 6 million tenge": "honest",
    "5.7 to 6.4 million tenge": "honest",
    "less than 6.4 million tenge": "honest",
}
### END SOLUTION

# %% nbgrader={"grade_id": "value-digits-check", "grade": true, "points": 2}
check("value-digits", value_digits)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "From a loose word to a range" to "How many digits to print".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## Let chance try it out
#
# The two ends of a range are extremes: *both* figures have to lie at their worst at the same time. How often does that
# happen? We can let chance try. Draw a number of jars from its range, and some takings from theirs, and divide. Then
# draw again, thousands of times. This is called a [simulation](glossary.md#simulation).
#
# {{ python("np.random.default_rng") }} makes a source of random numbers. The number in its brackets is the **seed**.
# The same seed gives the same draws, so that somebody else can check your work. Any whole number will do.

# %%
rng = np.random.default_rng(2018)
print(rng.uniform(jars_low, jars_high, 3))

# %% [markdown]
# {{ python("uniform") }} draws from low to high, here three times, and each number between is as likely as any other.
# **That is an assumption.** We do not know it. And there is a second one: we will draw the jars and the takings
# **independently**, each without looking at the other. If many jars and much money go together, the price of a jar
# moves less than the draws say. Somebody who believes that the true number is near the low end would have to draw in
# another way. (A jar is a whole thing, and the draws have digits after the point. For so rough a sum that does not
# matter.)
#
# Now many draws, as the columns of a table. (`print` and `f` you know; {{ python("head") }}, further down, shows the
# first rows.)

# %%
number_of_draws = 10_000
fair = pd.DataFrame(
    {
        "jars": rng.uniform(jars_low, jars_high, number_of_draws),
        "takings": rng.uniform(takings_low, takings_high, number_of_draws),
    }
)
fair = fair.assign(thousand_tenge_a_jar=fair["takings"] / fair["jars"])
fair["thousand_tenge_a_jar"].describe().round(2)

# %% [markdown]
# {{ python("describe") }} sums a column up. `count` is the number of draws, `mean` is their average. You need not mind
# `std`. `min` and `max` lie close to our two extremes. `25%` means: a quarter of the draws lie below this number. So
# half of all draws lie between `25%` and `75%`.
#
# {{ python("quantile") }} asks for any such place, as a share. Leave out the lowest twentieth of the draws and the
# highest twentieth. What remains is the middle nine tenths:

# %%
price = fair["thousand_tenge_a_jar"]
print(price.quantile(0.05).round(2), "to", price.quantile(0.95).round(2))

# %% [markdown]
# It is narrower than the range from end to end, since the extremes are rare. Which of the two should you print? Both
# are honest, if you say which it is: *the least and the most the words allow*, or *nine of ten draws, if all values
# are equally likely*.
#
# ### Exercise: simulate the value per vehicle
#
# {{ ask("simulated-range") }}
#
# The check does not ask for our seed, nor for our number of draws. Take a thousand draws or more.

# %% nbgrader={"grade_id": "simulated-range", "solution": true}
simulated_range = ...
### BEGIN SOLUTION
rng = np.random.default_rng(1983)
simulated_vehicles = rng.uniform(vehicles_low, vehicles_high, number_of_draws)
simulated_value = rng.uniform(value_low, value_high, number_of_draws)  # billion KZT
simulated = pd.Series(simulated_value * 1_000 / simulated_vehicles)
simulated_range = (simulated.quantile(0.05), simulated.quantile(0.95))
### END SOLUTION

# %% nbgrader={"grade_id": "simulated-range-check", "grade": true, "points": 3}
check("simulated-range", simulated_range)

# %% [markdown]
# ## The shape of the draws
#
# A range has two ends. It does not say what happens between them. A **histogram** does: it cuts the axis into steps of
# the same width, and counts how many draws fall into each. {{ python("sns.histplot") }} draws one. {{ python("binwidth") }} is
# the width of a step, and {{ python("binrange") }} says where the first step begins and where the last one ends.
#
# Here are the fair's prices. As always, the chart needs a title, an axis that says what is counted, and a line that
# begins with "Source:", or the word "invented". The `\n` starts a new line.

# %%
ax = sns.histplot(data=fair, x="thousand_tenge_a_jar", binwidth=0.1, binrange=(1.9, 2.5), color="#0173b2")
ax.set(
    title="Simulated price of a jar at the fair",
    xlabel="thousand tenge a jar\nInvented fair; jars and takings equally likely over their ranges",
    ylabel="number of draws",
)
show(
    ax,
    alt="Histogram of the simulated price of a jar at an invented fair: the steps in the middle hold more draws than "
    "the first step and the last one.",
)

# %% [markdown]
# The bars in the middle are tall, the first and the last are short. Jars and takings were drawn evenly, and still
# their quotient is not even: many mixes lead to the middle, only a few to the end.
#
# ### Exercise: a histogram of the value per vehicle
#
# Now the article, with a thousand draws:

# %%
rng = np.random.default_rng(2018)
drawn_vehicles = rng.uniform(vehicles_low, vehicles_high, 1_000)
drawn_value = rng.uniform(value_low, value_high, 1_000)  # billion KZT
draws = pd.DataFrame({"m_kzt_a_vehicle": drawn_value * 1_000 / drawn_vehicles})
draws.head()

# %% [markdown]
# (`head` shows the first rows of a long table.)
#
# {{ ask("draws-histogram") }}
#
# The check calls your function with these draws, and with others that you do not see. To look at your chart, call the
# function in a cell of your own: `draws_histogram(draws)`.


# %% nbgrader={"grade_id": "draws-histogram", "solution": true}
def draws_histogram(data):
    ### BEGIN SOLUTION
    ax = sns.histplot(data=data, x="m_kzt_a_vehicle", binwidth=0.1, binrange=(5.7, 6.4), color="#0173b2")
    ax.set(
        title="Value per vehicle, January to August 2018, simulated",
        xlabel="million tenge a vehicle\nSource: Kazinform, 21 September 2018; simulated from it",
        ylabel="number of draws",
    )
    return ax
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "draws-histogram-check", "grade": true, "points": 3}
check("draws-histogram", draws_histogram)

# %% [markdown]
# ## Which loose number matters?
#
# Suppose you can call the fair and ask for *one* exact number. Which would you ask for? Write "jars" or
# "takings":

# %%
guess = ...

# %% [markdown]
# Try it out: let one of them move from its low end to its high end, and hold the other in the middle. Then change places.

# %%
jars_middle = (jars_low + jars_high) / 2
takings_middle = (takings_low + takings_high) / 2
moved_fair = pd.DataFrame(
    {
        "input": ["jars", "takings"],
        "at_low": [takings_middle / jars_low, takings_low / jars_middle],
        "at_high": [takings_middle / jars_high, takings_high / jars_middle],
    }
)
moved_fair = moved_fair.assign(width=(moved_fair["at_high"] - moved_fair["at_low"]).abs())
moved_fair.round(2)

# %% [markdown]
# More jars make each jar *cheaper*. So for the jars, the result is larger at the low end, and the difference comes
# out negative. A width has no sign. {{ python("abs") }} takes the minus away.
#
# The next cell draws the widths. For the alt text it needs them in words: {{ python(".map()") }} writes each number of
# a column as a text, here with two digits after the point, and {{ python(".join()") }} strings the texts together, with
# the text before it between them.

# %%
ax = sns.barplot(data=moved_fair, y="input", x="width", color="#0173b2")
ax.set(
    title="The jars matter more than the takings",
    xlabel="how far the price of a jar moves, in thousand tenge\nInvented fair",
    ylabel="",
)
beside(guess, "jars")
widths = ", ".join(moved_fair["input"] + " " + moved_fair["width"].map("{:.2f}".format))
show(
    ax,
    alt=f"Bar chart, invented fair: how far the price of a jar moves when one number alone moves over its range, in "
    f"thousand tenge. {widths}.",
)

# %% [markdown]
# Ask for the jars.
#
# ### Exercise: what the value of 2017 depends on
#
# In unit 03 you worked out the value of January to August 2017, by dividing this year's value by a ratio. Three
# things are loose in it: the word "nearly", the rounding of "1.6", and the *reading* of "times more": *as much*, or
# *on top*. The next cell moves one at a time and holds the other two still. The value and the ratio rest in the
# middle, the reading on *as much*.

# %%
times = claims["value-growth"]
times_low, times_high = times - 0.05, times + 0.05  # what rounds to the printed ratio
value_middle = (value_low + value_high) / 2
moved = pd.DataFrame(
    {
        "input": ["nearly", "rounded ratio", "reading"],
        "at_low_bn_kzt": [value_low / times, value_middle / times_low, value_middle / times],
        "at_high_bn_kzt": [value_high / times, value_middle / times_high, value_middle / (1 + times)],
    }
)
moved.round(1)

# %% [markdown]
# {{ ask("input-widths") }}
#
# The check calls your function with this table, and with another one that you do not see.


# %% nbgrader={"grade_id": "input-widths", "solution": true}
def input_widths(data):
    ### BEGIN SOLUTION
    widths = data.assign(width_bn_kzt=(data["at_high_bn_kzt"] - data["at_low_bn_kzt"]).abs())
    ax = sns.barplot(data=widths, y="input", x="width_bn_kzt", color="#0173b2")
    ax.set(
        title="What the value of January to August 2017 depends on",
        xlabel="how far it moves, in billion tenge\nSource: Kazinform, 21 September 2018; calculated from it",
        ylabel="",
    )
    return ax
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "input-widths-check", "grade": true, "points": 3}
check("input-widths", input_widths)

# %% [markdown]
# Look at your bars once more. If you could call the minister and ask *one* question, which would it be?
#
# ## Do the two worlds stay apart?
#
# Now to our suspicion. Perhaps the hedges are so loose that the two worlds touch. Then there would be nothing to
# explain. What do you think, with all ranges as long as they can be? Write "apart" or "touching":

# %%
guess = ...

# %% [markdown]
# To give the suspicion its best chance, we make every range as long as we can defend. "150%" has no hedge, but
# it is a round number. Perhaps somebody rounded it to tens. Then half a step is five percentage points:

# %%
growth = claims["output-growth"]
growth_low, growth_high = growth - 10 / 2, growth + 10 / 2
print(f"{growth_low:.0f} to {growth_high:.0f} %")

# %% [markdown]
# Here is the world of *by*: last year's vehicles are this year's, divided by one plus the growth. Fewest vehicles
# last year: few this year, and a *large* growth.

# %%
by_low = vehicles_low / (1 + growth_high / 100)
by_high = vehicles_high / (1 + growth_low / 100)
print(f"by: {by_low:,.0f} to {by_high:,.0f} vehicles")

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Let chance try it out" to "Which loose number matters?".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### Exercise: the world of *to*
#
# {{ ask("units-to-range") }}

# %% nbgrader={"grade_id": "units-to-range", "solution": true}
units_to_range = ...
### BEGIN SOLUTION
units_to_range = (vehicles_low / (growth_high / 100), vehicles_high / (growth_low / 100))
### END SOLUTION

# %% nbgrader={"grade_id": "units-to-range-check", "grade": true, "points": 2}
check("units-to-range", units_to_range)

# %% [markdown]
# Let us look at both ranges together. A point plot suits a range: {{ python("sns.pointplot") }} draws the average of
# the rows as a point, and with `errorbar=("pi", 100)` a line from the lowest row to the highest. Each world has two
# rows here, its two ends, so the line is the range. {{ python('linestyle="none"') }} leaves the two worlds unjoined, and
# {{ python("capsize") }} draws a short stroke at each end. A point needs no zero: it speaks with its place, not with its
# length. All the same, {{ python("xlim") }} begins the axis at zero here.

# %%
worlds = pd.DataFrame(
    {
        "reading": ["by", "by", "to", "to"],
        "vehicles": [by_low, by_high, vehicles_low / growth_high * 100, vehicles_high / growth_low * 100],
    }
)
ax = sns.pointplot(
    data=worlds, y="reading", x="vehicles", errorbar=("pi", 100), linestyle="none", capsize=0.1, color="#0173b2"
)
ax.set(
    title="Vehicles made in January to August 2017: two worlds",
    xlabel="vehicles, lowest to highest\nSource: Kazinform, 21 September 2018; calculated from it",
    ylabel="reading of the growth",
    xlim=(0, None),
)
middles = worlds.groupby("reading")["vehicles"].mean()
beside(guess, "apart")
show(
    ax,
    alt=f"Point chart of the vehicles made in January to August 2017, by two readings. The middle is "
    f"{middles['by']:,.0f} if read as by, and {middles['to']:,.0f} if read as to. The two ranges do not touch.",
)

# %% [markdown]
# There is much empty space between the two lines. No vehicle count fits both readings.
#
# ### Exercise: the gap between the two worlds of value
#
# Is it the same with the money? To measure a gap, take the two ends that face each other: the highest of the lower
# world, and the lowest of the higher one.
#
# {{ ask("value-gap") }}

# %% nbgrader={"grade_id": "value-gap", "solution": true}
value_gap = ...
### BEGIN SOLUTION
as_much_lowest = value_low / times_high
on_top_highest = value_high / (1 + times_low)
value_gap = as_much_lowest - on_top_highest
### END SOLUTION

# %% nbgrader={"grade_id": "value-gap-check", "grade": true, "points": 2}
check("value-gap", value_gap)

# %% [markdown]
# ### Exercise: what do the ranges tell?
#
# {{ ask("worlds-verdict") }}

# %% nbgrader={"grade_id": "worlds-verdict", "solution": true}
worlds_verdict = {
    "The two worlds of vehicles overlap, with all ranges as long as above.": ...,
    "Hedges and rounding explain the gap in the value.": ...,
    "If by is meant, there were 8,000 vehicles in 2017.": ...,
    "A vehicle of 2018 was worth more than 5 million tenge.": ...,
    "A vehicle of 2018 was worth less than 5 million tenge.": ...,
    "The world of to is the true one.": ...,
}
### BEGIN SOLUTION
worlds_verdict = {
    "The two worlds of vehicles overlap, with all ranges as long as above.": "inconsistent",
    "Hedges and rounding explain the gap in the value.": "inconsistent",
    "If by is meant, there were 8,000 vehicles in 2017.": "consistent",
    "A vehicle of 2018 was worth more than 5 million tenge.": "consistent",
    "A vehicle of 2018 was worth less than 5 million tenge.": "inconsistent",
    "The world of to is the true one.": "ambiguous",
}
### END SOLUTION

# %% nbgrader={"grade_id": "worlds-verdict-check", "grade": true, "points": 3}
check("worlds-verdict", worlds_verdict)

# %% [markdown]
# ## The same trap elsewhere
#
# Ten minutes on another subject. A city reports about its money, and all of it is invented:
#
# > "The new bridge cost nearly 90 million, and more than 30,000 cars use it every day."
#
# ### Exercise: the bridge as a range
#
# {{ ask("bridge-range") }}

# %% nbgrader={"grade_id": "bridge-range", "solution": true}
bridge_range = ...
### BEGIN SOLUTION
bridge_range = (85, 90)
### END SOLUTION

# %% nbgrader={"grade_id": "bridge-range-check", "grade": true, "points": 1}
check("bridge-range", bridge_range)

# %% [markdown]
# The city has two hundred and fifty thousand people. Large numbers are easier to grasp *per head*:
#
# ### Exercise: per head, from end to end
#
# {{ ask("bridge-per-head") }}

# %% nbgrader={"grade_id": "bridge-per-head", "solution": true}
bridge_per_head = ...
### BEGIN SOLUTION
people = 250_000
bridge_per_head = (85 * 1_000_000 / people, 90 * 1_000_000 / people)
### END SOLUTION

# %% nbgrader={"grade_id": "bridge-per-head-check", "grade": true, "points": 1}
check("bridge-per-head", bridge_per_head)

# %% [markdown]
# ### Exercise: which numbers may be printed?
#
# {{ ask("bridge-digits") }}

# %% nbgrader={"grade_id": "bridge-digits", "solution": true}
bridge_digits = {
    "360 a head": ...,
    "340 to 360 a head": ...,
    "347.22 a head": ...,
    "about 350 a head": ...,
}
### BEGIN SOLUTION
bridge_digits = {
    "360 a head": "too sharp",
    "340 to 360 a head": "honest",
    "347.22 a head": "too sharp",
    "about 350 a head": "honest",
}
### END SOLUTION

# %% nbgrader={"grade_id": "bridge-digits-check", "grade": true, "points": 1}
check("bridge-digits", bridge_digits)

# %% [markdown]
# ## What we found, and what is still open
#
# - A loose word is a range. You find its ends by asking what the writer would have written instead.
# - To carry ranges through a division, pair low with high, and high with low. If in doubt, calculate every corner.
# - A simulation shows what lies between the extremes. It rests on an assumption, and you have to say which.
# - Print only the digits that the range can carry.
# - Move one input at a time, and you see which question is worth asking.
#
# **Hedges do not rescue the article.** With every range as long as we would defend, the two worlds stay apart, in
# vehicles and in money. (By the word "exceeding" alone they would not: an open range has no end. It takes the question
# what a writer would have written instead.) The large doubt does not come from *nearly* and *exceeding*. It comes from
# the little words before the numbers: *by* or *to*, *as much* or *on top*. And which of those is true, no range can
# tell us.
#
# The [ledger](glossary.md#ledger) has three new rows: "exceeding" is up to a thousand more, "nearly" is up to five
# billion less, and "150%" may have been rounded to tens. The simulation adds its own: all values equally likely, and
# drawn independently.
#
# Still open: exactly that. It takes a second source, in unit 09. But first, unit 07 asks how to draw all this without
# fooling anybody.
#
# **Talk about it:** find "nearly", "over" or "about" in today's news. Which range does the word stand for? Ask two
# others whether you agree on both ends.
