# %% [markdown]
# # Unit 10: What made it grow?
#
# > "the sharp output increase was caused by the recovery of the market demand, the opening of export markets, as well as
# > the Government's program of soft automotive lending and lease financing"
# >
# > Kazinform, 21 September 2018
#
# **The question: what made it grow?**
#
# The article does not only say that output grew. It says why: three causes, in one sentence, from a minister. A cause
# is the hardest kind of claim. All the same, there is more to check than you may think.
#
# After this unit you can:
#
# - set an upper bound to a cause with a simple count;
# - turn a claim round, and ask what would have to be true;
# - split a rise into a larger market and a larger share of it;
# - say what a comparison needs: a before, a control, and a look at other causes;
# - say "cannot be checked" of a cause, and name what is missing.
#
# **Time:** {{ time }}. **You need:** units 00 to 09.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools. There is no new tool in this unit.

# %% nbgrader={"grade_id": "setup-10", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show
from secondcar.charts import set_alt_text

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.1f}".format)  # tables show one digit after the point
pd.set_option("display.max_colwidth", None)
facts = load_dataset("facts").set_index("id")
count = facts["quantity"]

# %% [markdown]
# ## No more than there was
#
# An invented bakery sold fifty loaves more than last week. "It was the wedding!", says the baker. The wedding party
# bought thirty loaves. How many of the fifty can the wedding have brought, at most? Write a number, or leave the dots.

# %%
guess = ...

# %%
loaves_more = 50
loaves_for_wedding = 30
beside(guess, min(loaves_more, loaves_for_wedding))

# %% [markdown]
# A cause cannot have brought more than there was of it. That is its **upper bound**. Perhaps the wedding brought less:
# some guests would have bought bread anyway. But it cannot have brought all fifty.
#
# So a bound can say *no*. It cannot say *how much*. That is not everything, and it is often enough.
#
# ### Exercise: which count is the bound?
#
# {{ ask("cause-counts") }}

# %% nbgrader={"grade_id": "cause-counts", "solution": true}
cause_counts = {
    "the recovery of the market demand": ...,
    "the opening of export markets": ...,
    "the Government's program of soft automotive lending": ...,
}
### BEGIN SOLUTION
cause_counts = {
    "the recovery of the market demand": "new cars sold in the country",
    "the opening of export markets": "vehicles exported",
    "the Government's program of soft automotive lending": "cars bought with such a loan",
}
### END SOLUTION

# %% nbgrader={"grade_id": "cause-counts-check", "grade": true, "points": 1}
check("cause-counts", cause_counts)

# %% [markdown]
# ## What has to be explained
#
# First, the rise itself. For January to August 2017 no page has a count. So we take two rises that we do have, and keep
# them apart:

# %%
made_2017, made_2018 = count[["F054", "F055"]]  # vehicles of all kinds, whole years (AKAB)
rise_of_year = made_2018 - made_2017

cars_2018 = count["F021"]  # passenger cars, January to June 2018 (AKAB)
cars_2017 = cars_2018 / (1 + count["F225"] / 100)  # the walk back from unit 02: derived
rise_of_half = cars_2018 - cars_2017

print(f"all vehicles, 2017 to 2018: {rise_of_year:,.0f} more (counted)")
print(f"passenger cars, January-June 2017 to January-June 2018: {rise_of_half:,.0f} more (derived)")

# %% [markdown]
# Every bound has to be compared with the rise of its own kind: years with years, half-years with half-years.
#
# ## The opening of export markets
#
# Two reports give a count of exports, one for each year. Both name the ministry:

# %%
exports = facts.loc[["F042", "F065"], ["period_start", "quantity", "scope", "source_id"]]
publishers = load_dataset("sources")[["id", "publisher"]].rename(columns={"id": "source_id"})
exports.merge(publishers, on="source_id", how="left")

# %% [markdown]
# Nobody has set the two beside each other before us. Perhaps they were counted in two ways. That is a new row for the
# [ledger](glossary.md#ledger): *exports of both years are counted alike*.
#
# Is there another witness? In the middle of 2017 the head of KazAvtoProm said: "Every tenth car manufactured locally has
# been exported". (The year of that page is inferred.) A tenth of the half-year's cars:

# %%
tenth_of_half = cars_2017 * count["F251"] / 100
print(f"a tenth of January-June 2017: about {tenth_of_half:,.0f} cars; exported in all of 2017: {count['F042']:,.0f}")

# %% [markdown]
# Half a year has about half of the year's exports. The two witnesses for 2017 fit. For 2018 we have one.
#
# Now be as kind to the claim as you can. Suppose that *none* of the vehicles exported in 2018 would have been made
# without the opening of the markets.
#
# ### Exercise: exports, at most
#
# {{ ask("exports-part") }}

# %% nbgrader={"grade_id": "exports-part", "solution": true}
exports_part = ...
### BEGIN SOLUTION
exports_part = count["F065"] / rise_of_year * 100
### END SOLUTION

# %% nbgrader={"grade_id": "exports-part-check", "grade": true, "points": 2}
check("exports-part", exports_part)

# %% [markdown]
# And that was the kind way. What became of exports from the one year to the next? Here are the years after it, too:

# %%
by_year = pd.DataFrame(
    {
        "year": ["2017", "2018", "2019", "2020"],
        "vehicles": count[["F042", "F065", "F095", "F100"]].to_numpy(),
    }
)
ax = sns.barplot(data=by_year, x="year", y="vehicles", color="#0173b2")
ax.bar_label(ax.containers[0], fmt="{:,.0f}")
ax.set(
    title="Exports were lowest in 2018, the year of the article",
    xlabel="\nSources: ministry, printed by FBC (2017), Times of Central Asia (2018) and CIODPA (2019, 2020)",
    ylabel="vehicles exported in the whole year",
    ylim=(0, 9_000),
)
bars = ", ".join(by_year["year"] + ": " + by_year["vehicles"].map("{:,.0f}".format))
show(ax, alt=f"Bar chart of vehicles exported from Kazakhstan in a year, by the ministry's counts. {bars}.")

# %% [markdown]
# The markets did open, *later*. In 2018 the counts say the opposite of what the sentence says. What falls cannot have
# pushed output up.
#
# ## The recovery of the market demand
#
# KazAvtoProm counted {{ fact("F034") }} new cars sold by dealers in January to June 2018. That was
# {{ fact("F252") }} % more than in January to June 2017. How many more cars were sold? Write a number, or leave the dots.

# %%
guess = ...

# %%
sold_2018 = count["F034"]
sold_2017 = sold_2018 / (1 + count["F252"] / 100)
extra_sales = sold_2018 - sold_2017
beside(guess, round(extra_sales))

# %% [markdown]
# So the market did grow, and by more cars than the factories made on top. The first cause is there, and its bound leaves
# room. But most of the cars sold were *imports*. Their makers are abroad, and their sales make no car in Kazakhstan.
#
# So ask a sharper question. What if the market had grown just as much, and home-made cars had kept their
# [share](glossary.md#share) of it? For the share of 2017 you have two sources, from unit 09: a third, and
# {{ fact("F052") }} %.
#
# ### Exercise: the market alone
#
# {{ ask("market-alone") }}

# %% nbgrader={"grade_id": "market-alone", "solution": true}
market_alone = ...
### BEGIN SOLUTION
market_alone = (extra_sales / 3, extra_sales * count["F052"] / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "market-alone-check", "grade": true, "points": 2}
check("market-alone", market_alone)

# %%
print(f"rise of passenger cars made, January-June: {rise_of_half:,.0f}")

# %% [markdown]
# The larger market alone brings about half of the rise: a little less with the one share, a little more with the other.
# The rest has to come from a *larger share*: buyers who turned from imports to cars made at home. Just that is what
# "every third" and "every second" tell.
#
# All this takes for granted that what was sold was made in the same months, and not taken from stock. Second row for the
# ledger.
#
# A larger market, a larger share: that is good bookkeeping. It is not a cause yet. *Why* did buyers turn: for better
# cars, because a weak tenge made imports expensive, or for the loans? The counts of sales do not say.
#
# ## The lending program
#
# On the third cause we found one number. It is from the same page of 2017: "More than 600 have been sold as part of
# subsidized lending program". For 2018 we found none.
#
# So there is no bound. But you can turn the claim round: *what would have to be true?*
#
# ### Exercise: how many loans would it take?
#
# {{ ask("loans-needed") }}

# %% nbgrader={"grade_id": "loans-needed", "solution": true}
loans_needed = ...
### BEGIN SOLUTION
loans_needed = (count["F250"] + rise_of_half) / count["F250"]
### END SOLUTION

# %% nbgrader={"grade_id": "loans-needed-check", "grade": true, "points": 2}
check("loans-needed", loans_needed)

# %% [markdown]
# Is that a lot? It is not impossible, for a program that is growing. But now you know what to ask the ministry: *how many
# cars were bought with such loans in January to June 2018?* One number, and the claim has a bound.
#
# Take care with one thing: **the bounds must not be added up.** A car bought with a loan is also a car sold in the
# country. The three causes are not three slices of one cake.

# %% [markdown]
# ## What a comparison needs
#
# A bound says at most how much. Whoever wants to know *how much* has to answer another question: what would have
# happened *without* it? Nobody has seen that. So one looks for something that comes near.
#
# Two invented bakeries. The first opened a coffee corner in March. The second has none:

# %%
bakeries = pd.DataFrame(
    {
        "bakery": ["with a coffee corner", "without one"],
        "february": [200, 180],
        "march": [290, 234],
    }
)
bakeries

# %% [markdown]
# The first bakery sold ninety loaves more. Was that the coffee? Before you say so, look at the other one:

# %%
bakeries.assign(times_as_many=bakeries["march"] / bakeries["february"])

# %% [markdown]
# The second bakery sold more as well, with no coffee at all. Perhaps it was the weather, or a holiday. So some of the
# ninety would have come anyway.
#
# ### Exercise: what is left for the coffee?
#
# {{ ask("left-for-coffee") }}

# %% nbgrader={"grade_id": "left-for-coffee", "solution": true}
left_for_coffee = ...
### BEGIN SOLUTION
without_coffee = 200 * 234 / 180
left_for_coffee = 290 - without_coffee
### END SOLUTION

# %% nbgrader={"grade_id": "left-for-coffee-check", "grade": true, "points": 2}
check("left-for-coffee", left_for_coffee)

# %% [markdown]
# A comparison of this kind needs three pieces:
#
# | piece | the question | in the bakery |
# |---|---|---|
# | a **before** | How was it before the cause was there? | February |
# | a **control** | How did it go where the cause was not? | the second bakery |
# | a look at **other causes** | What else changed at the same time? | a new road past one of the two |
#
# A control is only as good as it is alike. If the second bakery lies on a mountain, it tells little.
#
# ### Exercise: which piece is it?
#
# {{ ask("comparison-pieces") }}

# %% nbgrader={"grade_id": "comparison-pieces", "solution": true}
comparison_pieces = {
    "how many cars were sold each month before the program began": ...,
    "cars too expensive for such a loan: did they sell better, too?": ...,
    "the tenge fell, so imports became more expensive": ...,
    "a country much like this one, without such a program": ...,
    "five papers print the minister's sentence": ...,
}
### BEGIN SOLUTION
comparison_pieces = {
    "how many cars were sold each month before the program began": "a before",
    "cars too expensive for such a loan: did they sell better, too?": "a control",
    "the tenge fell, so imports became more expensive": "another cause",
    "a country much like this one, without such a program": "a control",
    "five papers print the minister's sentence": "none of these",
}
### END SOLUTION

# %% nbgrader={"grade_id": "comparison-pieces-check", "grade": true, "points": 2}
check("comparison-pieces", comparison_pieces)

# %% [markdown]
# The article has none of the pieces. And its last words on the matter, that the three "together have made a positive
# impact", promise nothing that anybody could count.
#
# ## Your verdicts
#
# ### Exercise: five verdicts on causes
#
# {{ ask("three-causes") }}

# %% nbgrader={"grade_id": "three-causes", "solution": true}
three_causes = {
    "the opening of export markets made output grow from 2017 to 2018": ...,
    "the market recovered: more new cars were sold than a year before": ...,
    "the larger market alone, at an unchanged share, made the whole rise": ...,
    "without the lending program, output would have grown less": ...,
    "exports alone made the whole rise of the year 2018": ...,
}
### BEGIN SOLUTION
three_causes = {
    "the opening of export markets made output grow from 2017 to 2018": "inconsistent",
    "the market recovered: more new cars were sold than a year before": "consistent",
    "the larger market alone, at an unchanged share, made the whole rise": "inconsistent",
    "without the lending program, output would have grown less": "cannot be checked with what we have",
    "exports alone made the whole rise of the year 2018": "inconsistent",
}
### END SOLUTION

# %% nbgrader={"grade_id": "three-causes-check", "grade": true, "points": 2}
check("three-causes", three_causes)

# %% [markdown]
# ### Exercise: draw the bounds
#
# A reader sees it faster than you can say it. Here is the rise, and beside it the bounds of two causes. For the market we
# take all the additional cars, imports included, and for the exports all of them, of the whole year. So both bars are as
# long as one can make them:

# %%
bounds = pd.DataFrame(
    {
        "what": ["rise of cars made", "more cars sold, imports included", "all exports of the year 2018"],
        "vehicles": [rise_of_half, extra_sales, count["F065"]],
    }
)
bounds

# %% [markdown]
# {{ ask("bounds-chart") }}
#
# To look at it: `show(bounds_chart(bounds))`.


# %% nbgrader={"grade_id": "bounds-chart", "solution": true}
def bounds_chart(data):
    ### BEGIN SOLUTION
    ax = sns.barplot(data=data, x="vehicles", y="what", color="#0173b2")
    ax.set(
        title="What can each cause have brought, at most?",
        xlabel="vehicles, January-June 2018 against 2017 (exports: all of 2018)\nSources: AKAB, KazAvtoProm and the ministry; calculated",
        ylabel="",
    )
    bars = ", ".join(data["what"] + ": " + data["vehicles"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of vehicles, January-June 2018 against January-June 2017. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "bounds-chart-check", "grade": true, "points": 3}
check("bounds-chart", bounds_chart)

# %% [markdown]
# ## What we found, and what is still open
#
# - **Exports:** even all of them are a small part of the rise, and from 2017 to 2018 they fell. *Inconsistent*, as long as
#   both years were counted alike.
# - **Demand:** more new cars were sold. *Consistent.* With an unchanged share, that brings about half of the rise of cars
#   made. The rest is a larger share for home-made cars.
# - **Lending:** nobody printed a number for 2018. *Cannot be checked with what we have.* You know which number to ask for.
# - A bound can say no. To say how much, one needs a before, a control and a look at other causes.
#
# The [ledger](glossary.md#ledger) has two new rows: exports of both years are counted alike, and what was sold was made
# in the same months.
#
# Still open: why buyers turned to home-made cars. And the verdict on the whole article, in unit 11.
#
# **Talk about it:** "Crime fell after the new mayor came." Which bound, which before, which control would you ask for?
# And which other cause would you look at first?
