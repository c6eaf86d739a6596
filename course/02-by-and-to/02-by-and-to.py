# %% [markdown]
# # Unit 02: *by*, *to* and *of*
#
# > "the manufacture of cars has increased by 150% year-on-year, exceeding 19,000 motor vehicles"
# >
# > Kazinform, 21 September 2018
#
# **The question: increased by {{ claim("output-growth") }} % — from what?**
#
# The article gives this year's number. It does not give last year's. In this unit you work it out, and you find
# that one small word decides which number you get.
#
# After this unit you can:
#
# - tell a difference, a ratio and a change in percent from each other;
# - say what *by*, *to* and *of* mean in front of a percentage;
# - undo a percentage, so that you find the number it started from;
# - spot the trap that catches most of us: being off by the whole.
#
# **Time:** {{ time }}. **You need:** units 00 and 01.
#
# Run each cell with Shift + Enter. Start with the next one; it fetches the tools.

# %% nbgrader={"grade_id": "setup-02", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show

sns.set_theme(style="whitegrid")

# %% [markdown]
# ## One change, three ways to say it
#
# Let us leave cars alone for a moment. Here is a bakery. We made it up, so the numbers are easy.

# %%
loaves_last_year = 100
loaves_this_year = 250

# %% [markdown]
# First way: the **difference**. Take one number away from the other, and the result is in loaves.

# %%
loaves_this_year - loaves_last_year

# %% [markdown]
# Second way: the **ratio**. Divide the new number by the old one. The result has no unit, and says *how many times*
# the old number the new one is.

# %%
loaves_this_year / loaves_last_year

# %% [markdown]
# Third way: the **change in percent**. Take the difference, and compare it with the *old* number. The old number is
# called the **base**: it counts as 100 %.

# %%
(loaves_this_year - loaves_last_year) / loaves_last_year * 100

# %% [markdown]
# Stop for a moment and compare the last two results. The ratio and the change in percent describe the same bakery. But
# if you write the ratio as a percentage, the two are not the same number. ({{ python("pd.Series") }} makes one column
# of a dictionary: the items name the rows.)

# %%
ratio = loaves_this_year / loaves_last_year
pd.Series(
    {
        "this year, in percent OF last year": ratio * 100,
        "risen BY, in percent": (ratio - 1) * 100,
    }
)

# %% [markdown]
# The two differ by exactly one hundred. That is the old number itself, the whole.
#
# - **of** and **to** count the old number in: "this year is ... *of* last year", "sales rose *to* ... of last year".
# - **by** leaves it out: "sales rose *by* ...". It speaks only of what came on top.
#
# Mixing them up is the most common slip with percentages. It even has a size: you are always off by 100 %.

# %% [markdown]
# ## See the two meanings side by side
#
# What if we know only the words? Say the bakery sold a hundred loaves last year, and the news says
# "{{ claim("output-growth") }} %". How tall is the tallest bar? Write a number, and run both cells:

# %%
guess = ...

# %%
bakery_percent = 150
bakery = pd.DataFrame(
    {
        "meaning": ["last year", f"rose TO {bakery_percent} %", f"rose BY {bakery_percent} %"],
        "loaves": [
            loaves_last_year,
            loaves_last_year * bakery_percent / 100,
            loaves_last_year * (1 + bakery_percent / 100),
        ],
    }
)
beside(guess, bakery["loaves"].max())
ax = sns.barplot(data=bakery, x="meaning", y="loaves", errorbar=None, color="#0173b2")
ax.bar_label(ax.containers[0])
ax.set(
    title="The same percentage, two meanings",
    xlabel="",
    ylabel="loaves a year (an invented bakery)",
    ylim=(0, 290),
)
show(
    ax,
    alt="Bar chart of an invented bakery. Last year 100 loaves; a rise TO 150 % gives 150 loaves; "
    "a rise BY 150 % gives 250 loaves.",
)

# %% [markdown]
# Same percentage, one word changed, and a hundred loaves of difference.
#
# This is how the chart was made. {{ python("sns.barplot") }} draws a bar for each row of a table,
# {{ python("data") }}: {{ python("x") }} is the column that names the bars, {{ python("y") }} the one that gives their
# length. {{ python("color") }} is their colour, in a code of six signs, and {{ python("errorbar=None") }} leaves out a
# line that we do not need. `barplot` hands back the chart, which we call `ax`. {{ python("bar_label") }} writes the
# numbers on the bars; the bars lie in `ax`, in a list called {{ python("containers") }}. {{ python(".set()") }} writes
# the {{ python("title") }} and the names of the two axes, {{ python("xlabel") }} and {{ python("ylabel") }};
# {{ python("ylim") }} says where the axis of the numbers begins and ends. {{ python(".max()") }}, further up, found
# the largest number of a column. And {{ python("alt") }} is a sentence for people who do not see the picture. In the
# names of the bars an {{ python("f") }} stands before the quotes: there, Python puts in the value of what stands in
# curly brackets.

# %% [markdown]
# ## Your turn: percent and ratio
#
# Write your answer in place of the three dots. Then run the cell, and the check below it. You may try as often as
# you like. If you are stuck, run `hint("ratio-of-by")` in a cell of its own.
#
# ### Exercise: from percent to ratio
#
# {{ ask("ratio-of-by") }}

# %% nbgrader={"grade_id": "ratio-of-by", "solution": true}
ratio_of_by = ...
### BEGIN SOLUTION
ratio_of_by = 1 + 150 / 100
### END SOLUTION

# %% nbgrader={"grade_id": "ratio-of-by-check", "grade": true, "points": 1}
check("ratio-of-by", ratio_of_by)

# %% [markdown]
# ### Exercise: from ratio to percent
#
# {{ ask("rise-of-ratio") }}

# %% nbgrader={"grade_id": "rise-of-ratio", "solution": true}
rise_of_ratio = ...
### BEGIN SOLUTION
rise_of_ratio = (3.5 - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "rise-of-ratio-check", "grade": true, "points": 1}
check("rise-of-ratio", rise_of_ratio)

# %% [markdown]
# ## Undoing a percentage
#
# The article gives us the *new* number and the change. We want the *old* number. So we have to walk back.
#
# Try it with the bakery. It rose *by* a percentage to the number of loaves this year. A tempting way back is to take
# the same percentage off again. Run it and look:

# %%
loaves_this_year - loaves_this_year * bakery_percent / 100

# %% [markdown]
# Fewer than no loaves at all! That cannot be last year's number, so what went wrong? The percentage was a share of the
# *old* number, and we took it from the *new* one.
#
# Going forward, the old number was **multiplied** by the ratio. So the way back is to **divide** by it:

# %%
loaves_this_year / (1 + bakery_percent / 100)

# %% [markdown]
# There are the hundred loaves again. This test is always open to you: put your result back in, go forward, and see
# whether you arrive where you started.

# %% [markdown]
# ## Back to the article
#
# Here are two figures as the article gives them. They are for January to August 2018. (In the curly brackets,
# `:,.0f` writes a number with commas, and without digits after the point.)

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
units_2018 = claims["output-units"]
growth = claims["output-growth"]
print(f"vehicles made: {units_2018:,.0f}")
print(f"growth: {growth:.0f} %")

# %% [markdown]
# The article says that the number *exceeded* this. In this unit we take the round number as it stands. Unit 06 comes
# back to the word.
#
# ### Exercise: last year's number, if the word is *by*
#
# {{ ask("units-2017-by") }}

# %% nbgrader={"grade_id": "units-2017-by", "solution": true}
units_2017_by = ...
### BEGIN SOLUTION
units_2017_by = units_2018 / (1 + growth / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "units-2017-by-check", "grade": true, "points": 2}
check("units-2017-by", units_2017_by)

# %% [markdown]
# ### Exercise: last year's number, if the word should have been *to*
#
# Perhaps the word is wrong. People often say *by* where they mean *to*.
#
# {{ ask("units-2017-to") }}

# %% nbgrader={"grade_id": "units-2017-to", "solution": true}
units_2017_to = ...
### BEGIN SOLUTION
units_2017_to = units_2018 / (growth / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "units-2017-to-check", "grade": true, "points": 2}
check("units-2017-to", units_2017_to)

# %% [markdown]
# ### Exercise: how many more, if *by*?
#
# {{ ask("increase-by") }}

# %% nbgrader={"grade_id": "increase-by", "solution": true}
increase_by = ...
### BEGIN SOLUTION
increase_by = units_2018 - units_2018 / (1 + growth / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "increase-by-check", "grade": true, "points": 1}
check("increase-by", increase_by)

# %% [markdown]
# ### Exercise: how many more, if *to*?
#
# {{ ask("increase-to") }}

# %% nbgrader={"grade_id": "increase-to", "solution": true}
increase_to = ...
### BEGIN SOLUTION
increase_to = units_2018 - units_2018 / (growth / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "increase-to-check", "grade": true, "points": 1}
check("increase-to", increase_to)

# %% [markdown]
# ## Let Python walk back for you
#
# You will need this walk again and again. So write it down once, as a **function**. After the word {{ python("def") }}
# it has a name, takes inputs in brackets, and gives a result back after the word {{ python("return") }}. Here is one
# that goes *forward*:


# %%
def rise_by(old, percent):
    return old * (1 + percent / 100)


rise_by(80, 25)

# %% [markdown]
# ### Exercise: a function that undoes *by*
#
# {{ ask("undo-by") }}
#
# The check tries your function on numbers that you do not see. So use the inputs' names, `new` and `percent`, and no
# number of the article.


# %% nbgrader={"grade_id": "undo-by", "solution": true}
def undo_by(new, percent):
    ### BEGIN SOLUTION
    return new / (1 + percent / 100)
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "undo-by-check", "grade": true, "points": 2}
check("undo-by", undo_by)

# %% [markdown]
# ### Exercise: a function that undoes *to*
#
# {{ ask("undo-to") }}


# %% nbgrader={"grade_id": "undo-to", "solution": true}
def undo_to(new, percent):
    ### BEGIN SOLUTION
    return new / (percent / 100)
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "undo-to-check", "grade": true, "points": 2}
check("undo-to", undo_to)

# %% [markdown]
# ## Which words go with which ratio?
#
# Reporters use many wordings. A careful reader turns each of them into a ratio, and only then compares.
#
# ### Exercise: wording and ratio
#
# {{ ask("wording-ratio") }}
#
# Each line is worth a part of the marks. Lines with three dots count as open.

# %% nbgrader={"grade_id": "wording-ratio", "solution": true}
wording_ratio = {
    "rose by 150 %": ...,
    "rose to 150 % of last year": ...,
    "rose by 50 %": ...,
    "rose by 100 %": ...,
    "fell by 50 %": ...,
    "fell to 40 % of last year": ...,
}
### BEGIN SOLUTION
wording_ratio = {
    "rose by 150 %": 2.5,
    "rose to 150 % of last year": 1.5,
    "rose by 50 %": 1.5,
    "rose by 100 %": 2,
    "fell by 50 %": 0.5,
    "fell to 40 % of last year": 0.4,
}
### END SOLUTION

# %% nbgrader={"grade_id": "wording-ratio-check", "grade": true, "points": 3}
check("wording-ratio", wording_ratio)

# %% [markdown]
# ## The same trap elsewhere
#
# Ten minutes on another subject. A town's paper writes about prices and about its hospital. All of it is invented:
#
# > "Rents have risen by 120 % in ten years, and a flat now costs 440 a month. At the hospital, complaints have fallen to
# > 40 % of last year's number: there were only 60."
#
# ### Exercise: the rent of ten years ago
#
# {{ ask("rent-before") }}

# %% nbgrader={"grade_id": "rent-before", "solution": true}
rent_before = ...
### BEGIN SOLUTION
rent_before = 440 / (1 + 120 / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "rent-before-check", "grade": true, "points": 1}
check("rent-before", rent_before)

# %% [markdown]
# ### Exercise: last year's complaints
#
# {{ ask("complaints-before") }}

# %% nbgrader={"grade_id": "complaints-before", "solution": true}
complaints_before = ...
### BEGIN SOLUTION
complaints_before = 60 / (40 / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "complaints-before-check", "grade": true, "points": 1}
check("complaints-before", complaints_before)

# %% [markdown]
# On the next day, four readers write to the paper. Each has turned its words into other ones.
#
# ### Exercise: who has understood it?
#
# {{ ask("town-readers") }}

# %% nbgrader={"grade_id": "town-readers", "solution": true}
town_readers = {
    "Rents are now 120 % of what they were.": ...,
    "Rents are now 2.2 times what they were.": ...,
    "Complaints have fallen by 60 %.": ...,
    "Complaints have fallen by 40 %.": ...,
}
### BEGIN SOLUTION
town_readers = {
    "Rents are now 120 % of what they were.": "wrong",
    "Rents are now 2.2 times what they were.": "right",
    "Complaints have fallen by 60 %.": "right",
    "Complaints have fallen by 40 %.": "wrong",
}
### END SOLUTION

# %% nbgrader={"grade_id": "town-readers-check", "grade": true, "points": 1}
check("town-readers", town_readers)

# %% [markdown]
# ## What we found, and what is still open
#
# - A percentage means nothing without its base. The base counts as 100 %.
# - *By* speaks of what came on top. *To* and *of* count the base in.
# - To undo a change, divide by the ratio. Never take the percentage off the new number.
#
# The article says *by*. Taken at its word, it describes one year 2017; if *to* was meant, it describes quite another.
# Both are possible sums. **Arithmetic alone does not tell us which of them is true**, and saying so is a right answer.
#
# Still open: the article makes a second claim about growth, this time about money. Does it fit one of our two
# readings better than the other? Unit 03 takes it up.
#
# **Talk about it:** find a headline of this week that says "by", "to" or "of" before a percentage. Can you tell its
# base? What would the other word make of it?
