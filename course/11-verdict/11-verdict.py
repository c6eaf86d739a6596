# %% [markdown]
# # Unit 11: The verdict
#
# > "the manufacture of cars has increased by 150% year-on-year, exceeding 19,000 motor vehicles"
# >
# > Kazinform, 21 September 2018
#
# **The question: what do we tell the reader?**
#
# You have taken the article apart, claim by claim. You have followed two worlds through it, and a second source has shown
# what each of them asks for. Now comes the part that readers see: a verdict for each claim, a sentence that says it
# right, and one chart. And then a test. You get a text that you have never seen, and you check it alone.
#
# After this unit you can:
#
# - give a verdict that says no more than you know, and no less, and say beside it how sure you are;
# - show the ledger it rests on;
# - write the sentence that should have been printed;
# - draw one chart that carries your verdict;
# - do all of it with another text.
#
# **Time:** {{ time }}. **You need:** units 00 to 10.
#
# Run each cell with Shift + Enter. Start with this one. There is no new tool in this unit.

# %% nbgrader={"grade_id": "setup-11", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show
from secondcar.charts import check_honesty, set_alt_text
from secondcar.ledger import taken

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.1f}".format)  # tables show one digit after the point
pd.set_option("display.max_colwidth", None)

# %% [markdown]
# ## Four verdicts
#
# A verdict is not "true" or "false". Often nobody can know that much. There are four, the same as in all units, and each
# answers the question: *how does this claim stand beside everything we may use?*
#
# | verdict | say it when |
# |---|---|
# | consistent | there is something to check the claim with, and nothing in it rules the claim out |
# | inconsistent | there is something to check it with, and the claim cannot stand beside it |
# | ambiguous | the words leave readings that differ in the result, and what you may use does not choose |
# | cannot be checked with what we have | nothing you may use could show the claim right or wrong |
#
# "Consistent" does not say "proved". It says that we looked, and found nothing against it. And the last two are not
# failures. They tell a reader what is still missing.
#
# Ask in this order: *Is there anything to check it with? Do the words leave one reading? Does that reading fit?*
#
# Let us try it on the village library of unit 01. It is invented, and so are its numbers. This is what it told the
# paper about March:

# %%
library_says = pd.Series(
    {
        "A": "We lent nearly four hundred books.",
        "B": "That is a rise by 150 %, compared with February.",
        "C": "Children borrowed two times more books than in February.",
        "D": "The coffee corner brought the readers in.",
    }
)
library_says

# %% [markdown]
# And this is what its box of lending cards says. It is our second source. Some of February's cards are smudged: for the
# children, the box gives the fewest and the most that it can have been.

# %%
cards = pd.DataFrame(
    {
        "month": ["February", "March"],
        "all_books": [260, 391],
        "children_at_least": [20, 60],
        "children_at_most": [30, 60],
    }
).set_index("month")
cards

# %% [markdown]
# Which of the four verdicts would you give to A, B, C and D? Write four words in quotes, separated by commas, or leave
# the dots. Then run the cell after it.

# %%
guess = ...

# %%
february, march = cards.loc["February"], cards.loc["March"]
print(f"A: {march['all_books']} books were lent in March")
print(f"B: {march['all_books'] / february['all_books']:.1f} times as many; BY 150 % would be {1 + 150 / 100} times")
children = march["children_at_least"]
print(f"C: February had {children / 2:.0f} if AS MANY, {children / (1 + 2):.0f} if ON TOP")
print(f"C: the cards say {february['children_at_least']} to {february['children_at_most']}")
print("D: the cards say nothing about coffee")
beside(guess, ("consistent", "inconsistent", "ambiguous", "cannot be checked"))

# %% [markdown]
# - A is **consistent**. The count is a little below the round number, as "nearly" says.
# - B is **inconsistent**. A rise *to* that percentage would fit, but the claim says *by*.
# - C is **ambiguous**. It means *as many*, or it means *on top*, and the smudged cards allow both.
# - D **cannot be checked with what we have**. It names a cause. There was no March without the coffee corner. One could
#   look for another way: a library like this one without coffee, or the months before and after. The cards have neither.

# %% [markdown]
# ## What we know
#
# Before the verdicts, all the evidence on one page. The first table is the heart of unit 09. The half-year figures come
# from the association AKAB; Azernews printed them on 17 July 2018. They count the vehicles of January to
# June 2018, and beside each count stands the change on the year before, in percent:

# %%
facts = load_dataset("facts").set_index("id")
count = facts["quantity"]
half_year = pd.DataFrame(
    {
        "kind": ["cars", "trucks", "buses", "trailers", "special vehicles"],
        "made_2018": count[["F021", "F022", "F023", "F024", "F025"]].to_numpy(),
        "rose_by_percent": count[["F225", "F226", "F227", "F228", "F229"]].to_numpy(),
    }
)
half_year = half_year.assign(made_2017=half_year["made_2018"] / (1 + half_year["rose_by_percent"] / 100))
half_year

# %% [markdown]
# The last column is our own arithmetic: the walk back from unit 02. (The last row is weak. Its percentage is the same
# as the row's above, so one may be a copy. It is a small row.) Its sum is what January to June 2017 had. For the
# value, the source states the figure of that half-year itself.
#
# Now each reading of the article, and what it needs for January to August 2017. There are four. How many of them will
# leave *less than nothing* for July and August? Write a number, or leave the dots.

# %%
guess = ...

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
billion = 1_000_000_000
vehicles = claims["output-units"]
value = claims["value-level"] / billion
percent = claims["output-growth"]
times = claims["value-growth"]

vehicles_half_2017 = half_year["made_2017"].sum()
value_half_2017 = count["F027"]

readings = pd.DataFrame(
    {
        "reading": ["output BY 150 %", "output TO 150 %", "value 1.6 times ON TOP", "value 1.6 times AS MUCH"],
        "unit": ["vehicles", "vehicles", "billion KZT", "billion KZT"],
        "eight_months_2017": [
            vehicles / (1 + percent / 100),
            vehicles / (percent / 100),
            value / (1 + times),
            value / times,
        ],
        "first_six_months": [vehicles_half_2017, vehicles_half_2017, value_half_2017, value_half_2017],
    }
)
readings = readings.assign(
    left_for_two=readings["eight_months_2017"] - readings["first_six_months"],
    two_at_that_pace=readings["first_six_months"] / 6 * 2,
)
beside(guess, (readings["left_for_two"] < 0).sum())
readings

# %% [markdown]
# Read the last two columns side by side. `left_for_two` is what a reading leaves for July and August 2017.
# `two_at_that_pace` is what two months would bring at the pace of the six before.
#
# - Two of the readings leave *less than nothing*. A [running total](glossary.md#running-total) cannot fall.
# - *To* leaves about a third more than two such months would bring. That can be: the second half of 2017 was faster than
#   the first. But every estimate of unit 09 points to a larger ratio, between one and a half and one and two thirds.
# - *As much* leaves about half of what two such months would bring. That can be, too. But the pace of the half-year points
#   to a smaller ratio.
#
# So *to* and *as much* stand alike: nothing rules them out, and no estimate meets them.
#
# ### The row of the ledger that hurts most
#
# The article says "cars". The first table is about vehicles of all kinds. What do *you* take the word to mean: "all
# kinds", "without trailers", "two plants alone" or "passenger cars alone"? And "by 2020": "in 2020", "before 2020" or
# "in all until 2020"? Write your choices into your own ledger, in place of the three dots. Nobody marks them. What
# comes below reads them, and where the dots stay, it takes the first.

# %%
my_ledger = pd.DataFrame({"words": ["cars", "by 2020"], "I_take_it_to_mean": [..., ...]})

# %% [markdown]
# The next chart has the floor for each meaning that "cars" may have, and in the first row what the reading *by* needs
# two months later. Which of the four floors comes nearest to it? Write its words in quotes, or leave the dots. (In the
# chart, {{ python("padding") }} leaves a little room before each number.)

# %%
guess = ...

# %%
two_plants = count[["F032", "F033"]].to_numpy() / (1 + count[["F230", "F231"]].to_numpy() / 100)
cars_means = pd.DataFrame(
    {
        "meaning": [
            "31 August: needed, if BY",
            "30 June: all kinds",
            "30 June: without trailers",
            "30 June: two plants alone",
            "30 June: passenger cars alone",
        ],
        "vehicles": [
            vehicles / (1 + percent / 100),
            vehicles_half_2017,
            vehicles_half_2017 - half_year["made_2017"].iloc[3],
            two_plants.sum(),
            half_year["made_2017"].iloc[0],
        ],
    }
)
beside(guess, cars_means["meaning"].iloc[4])
my_cars = taken(my_ledger, "cars", ["all kinds", "without trailers", "two plants alone", "passenger cars alone"])
cars_means = cars_means.assign(meaning=cars_means["meaning"].str.replace(my_cars, f"{my_cars} (my ledger)"))
ax = sns.barplot(data=cars_means, x="vehicles", y="meaning", color="#0173b2")
ax.bar_label(ax.containers[0], fmt="{:,.0f}", padding=3)
ax.set(
    title="How many were made by then, by what \"cars\" means",
    xlabel="vehicles made since 1 January 2017\nSources: Azernews (AKAB) and Kazinform, 2018; all calculated",
    ylabel="",
    xlim=(0, 10_500),
)
bars = ", ".join(cars_means["meaning"] + ": " + cars_means["vehicles"].map("{:,.0f}".format))
show(ax, alt=f"Bar chart of the vehicles made since 1 January 2017, by what the word cars means. {bars}.")

# %% [markdown]
# All floors are longer than the first bar. For passenger cars alone the gap is so small that hedges and rounding can
# close it. Then a few hundred cars would be left for July and August, against well over a thousand *a month* before.
#
# And the rest of what you found. This table is for looking things up while you give your verdicts: skip it for now, if you
# like.
#
# | claim | where | what stands beside it | source |
# |---|---|---|---|
# | vehicles, January to August 2018 | unit 09 | {{ fact("F020") }} in the first half-year, so about {{ (fact("F020") / 6) | round(-1) }} a month; the article leaves {{ ((claim("output-units") - fact("F020")) / 2) | round(-1) }} a month, and more, for July and August | AKAB |
# | their value | unit 09 | {{ fact("F026") }} billion tenge in the first half-year, {{ fact("F029") }} in June alone; the article leaves {{ ((claim("value-level") / 10**9 - fact("F026")) / 2) | round(1) }} a month | AKAB |
# | "every second car sold in Kazakhstan" | unit 04 | {{ (fact("F037") / fact("F034") * 100) | round(1) }} % of the cars sold in the first half-year; new here: {{ fact("F064") }} % in the whole year | KazAvtoProm; FBC |
# | "bought by citizens of Kazakhstan" | unit 01 | no page counts who the buyers were, so this cannot be checked with what we have | |
# | "Every third car sold in Kazakhstan in 2017" | unit 09 | "every third" in the first quarter, {{ fact("F052") }} % in the first half-year (year inferred); the counts lean to the first | KazAvtoProm, both |
# | "about 100,000 cars in Kazakhstan by 2020" | unit 08 | vehicles of all kinds: {{ fact("F055") }} in 2018, over {{ fact("F093") }} in 2019, {{ fact("F098") }} in 2020 | AKAB; FBC; ministry and association |
# | "50% localization" | unit 08 | no page measures it for the whole industry; the goal was named again and again, in 2024 with another definition | |
# | the three causes | unit 10 | more new cars were sold by dealers; exports fell from {{ fact("F042") }} vehicles in 2017 to {{ fact("F065") }} in 2018; of loans no count of 2018 was found | KazAvtoProm; ministry, two reports |
# | what "150%" stood for | unit 09 | four [hypotheses](glossary.md#hypothesis): a growth of vehicles, a volume index, two swapped numbers, a slip in translation; the sources do not decide | |
#
# Four rows of our table of claims get no verdict. "high demand" and "sharp" are words without a figure. The program "being
# drawn up" is a condition of both targets. And the lending of the next year was a plan: it was announced, and no more can be
# said of it.
#
# ### The whole ledger
#
# And here is all that we took for granted, from unit 01 to this one. Each row once. Two of them are yours: change them
# in your own ledger above, and run the cells from there.

# %%
ledger = pd.DataFrame(
    {
        "words": [
            "over the past eight months of this year",
            "year-on-year",
            "cars, motor vehicles",
            "the products made",
            "car sold in Kazakhstan",
            "exceeding, nearly",
            "by 2020",
            "the counter",
            "million, in the Azernews report",
            "vehicles exported, in two reports",
            "cars sold, set beside cars made",
        ],
        "we_take_it_to_mean": [
            "January to August",
            "compared with the same months of 2017",
            f"{my_cars}, as AKAB counts them",
            "the same vehicles",
            "a new car, sold by an official dealer",
            "up to a thousand more, and up to five billion less",
            taken(my_ledger, "by 2020", ["in 2020", "before 2020", "in all until 2020"]),
            "the minister counts as AKAB does, and nothing was revised",
            "billion",
            "counted alike in both years",
            "made in the same months, and not taken from stock",
        ],
        "from_unit": ["01", "02", "04", "05", "04", "06", "08", "09", "09", "10", "10"],
    }
)
ledger.set_index("words")

# %% [markdown]
# ### Exercise: what would fall first?
#
# {{ ask("ledger-falls") }}

# %% nbgrader={"grade_id": "ledger-falls", "solution": true}
ledger_falls = {
    "AKAB and the minister count alike": ...,
    "the products made are these vehicles": ...,
    "the Azernews report means billion, not million": ...,
    "a car sold is a new car, sold by an official dealer": ...,
    "by 2020 means in the year 2020": ...,
}
### BEGIN SOLUTION
ledger_falls = {
    "AKAB and the minister count alike": "vehicles, BY",
    "the products made are these vehicles": "value, ON TOP",
    "the Azernews report means billion, not million": "value, ON TOP",
    "a car sold is a new car, sold by an official dealer": "every second",
    "by 2020 means in the year 2020": "100,000 cars",
}
### END SOLUTION

# %% nbgrader={"grade_id": "ledger-falls-check", "grade": true, "points": 2}
check("ledger-falls", ledger_falls)

# %% [markdown]
# ## Your verdicts
#
# ### Exercise: a verdict for each claim
#
# {{ ask("verdicts") }}
#
# You may use everything above, unless the line says otherwise, and the ledger stands as it is. Each line is worth a
# part of the marks. If you are stuck, run `hint("verdicts")` in a cell of its own.

# %% nbgrader={"grade_id": "verdicts", "solution": true}
verdicts = {
    "more than 19,000 vehicles were made in January-August 2018": ...,
    "vehicles of all kinds rose BY 150 %": ...,
    "output rose TO 150 % of the old number": ...,
    "1.6 times more, if you may use the article alone": ...,
    "1.6 times ON TOP of the old value": ...,
    "every second car sold in 2018, new and by dealers, was made at home": ...,
    "about 100,000 cars were made in the year 2020": ...,
    "about 100,000 cars were made in all, from 2018 to 2020": ...,
    "50% localisation was reached by 2021": ...,
}
### BEGIN SOLUTION
verdicts = {
    "more than 19,000 vehicles were made in January-August 2018": "consistent",
    "vehicles of all kinds rose BY 150 %": "inconsistent",
    "output rose TO 150 % of the old number": "consistent",
    "1.6 times more, if you may use the article alone": "ambiguous",
    "1.6 times ON TOP of the old value": "inconsistent",
    "every second car sold in 2018, new and by dealers, was made at home": "consistent",
    "about 100,000 cars were made in the year 2020": "inconsistent",
    "about 100,000 cars were made in all, from 2018 to 2020": "consistent",
    "50% localisation was reached by 2021": "cannot be checked with what we have",
}
### END SOLUTION

# %% nbgrader={"grade_id": "verdicts-check", "grade": true, "points": 4}
check("verdicts", verdicts)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Four verdicts" to "Exercise: a verdict for each claim".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### How sure are we?
#
# One word a claim is short. So there is a second scale beside the verdict: what does it rest on? It is in the
# [glossary](glossary.md#how-sure), too.
#
# | how sure | it rests on |
# |---|---|
# | counted | a count, or a sum that a source states, of just what the claim speaks of |
# | derived | our own arithmetic with such figures; it holds as long as the ledger does |
# | estimated | a guess at what nobody printed, such as a pace that goes on |
# | disputed | sources that contradict each other |
# | no figure | nothing that we found |
#
# ### Exercise: what does each verdict rest on?
#
# {{ ask("how-sure") }}

# %% nbgrader={"grade_id": "how-sure", "solution": true}
how_sure = {
    "vehicles of all kinds, BY 150 %: inconsistent": ...,
    "passenger cars alone, BY 150 %: inconsistent": ...,
    "value 1.6 times ON TOP: inconsistent": ...,
    "output TO 150 %: consistent": ...,
    "value 1.6 times AS MUCH: consistent": ...,
    "every third car sold in 2017: consistent": ...,
    "about 100,000 cars in the year 2020: inconsistent": ...,
    "localisation by 2021: cannot be checked with what we have": ...,
}
### BEGIN SOLUTION
how_sure = {
    "vehicles of all kinds, BY 150 %: inconsistent": "derived",
    "passenger cars alone, BY 150 %: inconsistent": "estimated",
    "value 1.6 times ON TOP: inconsistent": "counted",
    "output TO 150 %: consistent": "estimated",
    "value 1.6 times AS MUCH: consistent": "estimated",
    "every third car sold in 2017: consistent": "disputed",
    "about 100,000 cars in the year 2020: inconsistent": "counted",
    "localisation by 2021: cannot be checked with what we have": "no figure",
}
### END SOLUTION

# %% nbgrader={"grade_id": "how-sure-check", "grade": true, "points": 2}
check("how-sure", how_sure)

# %% [markdown]
# ## Say it right
#
# The next two answers are words. No program can judge them. Your teacher reads them, with a list of what makes a good
# one. If you learn alone, read your text aloud to somebody who has not seen this course. Can they tell you what was
# counted, compared with what, and how sure you are?
#
# A model, from our invented library. Its claim B was wrong. This is how its paper could put it right:
#
# > "In March the village library lent 391 books, about one and a half times as many as in February (260). We wrote
# > that lending had risen by 150 %; it rose by half, *to* 150 %. The figures are from the library's cards."
#
# It gives the count, the period, the base, the ratio in words that have one meaning, the mistake, and the source.

# %% [markdown] nbgrader={"grade_id": "corrected-sentence", "task": true, "points": 4}
# ### Exercise: the corrected sentence
#
# {{ ask("corrected-sentence") }}
#
# Write in the next cell: double-click it, type, and run it with Shift + Enter. `hint("corrected-sentence")` works
# here, too.

# %% [markdown]
# *Write your sentence here, in place of this line.*

# %% [markdown] nbgrader={"grade_id": "verdict-paragraph", "task": true, "points": 6}
# ### Exercise: the verdict in one paragraph
#
# {{ ask("verdict-paragraph") }}

# %% [markdown]
# *Write your paragraph here, in place of this line.*

# %% [markdown]
# ## Show it right
#
# The library's paper printed a chart with its correction. It carries one message, and each word on it can be checked.
# ({{ python(".reset_index()") }} makes a column of the names of the rows again.)

# %%
lent = cards.reset_index()
ax = sns.barplot(data=lent, x="month", y="all_books", color="#0173b2")
ax.bar_label(ax.containers[0])
ax.set(
    title="Lending rose by half",
    xlabel="\nSource: the library's cards (invented)",
    ylim=(0, 450),
    ylabel="books lent",
)
show(
    ax,
    alt=f"Bar chart of the books that an invented library lent: {lent['all_books'][0]} in February and "
    f"{lent['all_books'][1]} in March, about one and a half times as many.",
)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "How sure are we?" to the library's chart.
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# Now one chart of yours, fit to print. **You choose what it shows.** Any of your verdicts will do: the growth, the
# promise, the shares. Here is a table of counts to start from. You may use other tables of this course as well. The
# column `status` tells what was counted, what was calculated by us, and what was only planned; the column `months`
# tells how long each period is.

# %%
counts = pd.DataFrame(
    {
        "period": ["January-June 2017", "January-June 2018", "2017", "2018", "2020 (plan)", "2020"],
        "months": [6, 6, 12, 12, 12, 12],
        "status": ["calculated", "counted", "counted", "counted", "planned", "counted"],
        "vehicles": [
            vehicles_half_2017,
            count["F020"],
            count["F054"],
            count["F055"],
            claims["target-units"],
            count["F098"],
        ],
        "source": [
            "AKAB, printed by Azernews, 17 July 2018; 2017 calculated from the changes it prints",
            "AKAB, printed by Azernews, 17 July 2018",
            "AKAB, printed by JETRO, 17 April 2019",
            "AKAB, printed by JETRO, 17 April 2019",
            "Kazinform, 21 September 2018",
            "ministry and association, printed by CIODPA, 14 January 2021",
        ],
    }
)
counts

# %% [markdown]
# The plan speaks of "cars", the count of 2020 is of vehicles of all kinds. If you compare the two, say so.
#
# ### Exercise: one chart, fit to print
#
# {{ ask("verdict-chart") }}
#
# To look at it: `show(verdict_chart(counts))`. To ask the rules of unit 07 first:
# `check_honesty(verdict_chart(counts))`.


# %% nbgrader={"grade_id": "verdict-chart", "solution": true}
def verdict_chart(data):
    ### BEGIN SOLUTION
    halves = data[data["months"] == 6]
    ax = sns.barplot(data=halves, x="period", y="vehicles", color="#0173b2", errorbar=None)
    ax.set(
        title="In the first half of 2018, output grew by two thirds",
        xlabel="\nSource: AKAB, printed by Azernews, 17 July 2018; 2017 calculated from it",
        ylabel="vehicles made in Kazakhstan",
    )
    bars = ", ".join(halves["period"] + ": " + halves["vehicles"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of vehicles made in Kazakhstan. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "verdict-chart-check", "grade": true, "points": 3}
check("verdict-chart", verdict_chart)

# %% [markdown] nbgrader={"grade_id": "chart-message", "task": true, "points": 3}
# ### Exercise: what does your chart say?
#
# {{ ask("chart-message") }}

# %% [markdown]
# *Write your two sentences here, in place of this line.*

# %% [markdown]
# ## The test: a text you have not seen
#
# Put the article away. From here on you work alone, on another text, about an earlier year. There are two hints for
# each question and no more, and they only point the way. The checks say less than before. You may look into your old
# notebooks, and you may try again.
#
# ### The report
#
# The association of car makers, KazAvtoProm, reported about the **first quarter of 2017** (January to March). Kazinform
# printed it; the day is not on the page as we have it. We tell it in our own words. Only what stands in quotation marks
# is the report's own wording:
#
# - In the first quarter {{ fact("F044") }} vehicles were made in Kazakhstan. That is "4 times more" than in the same
#   months of the year before. They were worth {{ fact("F045") }} billion tenge.
# - The output of passenger cars grew by "more than 7 times", to {{ fact("F046") }}.
# - {{ fact("F221") }} trucks were made, "31.6 per cent of" last year's number.
# - {{ fact("F222") }} buses were made, just as many as a year before.
# - Dealers sold {{ fact("F049") }} cars made in Kazakhstan, "25.4 per cent higher" than a year before. By now, "every
#   third" car bought is made at home. A year ago, {{ fact("F048") }} per cent of the buyers chose such a car.
#
# So that nobody has to type, here are its figures with names:

# %%
total_2017 = count["F044"]  # vehicles, January-March 2017
cars_2017 = count["F046"]
trucks_2017 = count["F221"]
buses_2017 = count["F222"]

total_times = count["F236"]  # the total: "4 times more"
cars_times = count["F237"]  # passenger cars: "more than 7 times"
trucks_percent = count["F238"]  # trucks: "31.6 per cent of" last year's number

home_made_sales_2017 = count["F049"]  # cars sold that were made in Kazakhstan, January-March 2017
sales_rose_by_percent = count["F239"]
home_made_share_2016 = count["F048"]  # percent of the cars bought, January-March 2016
print(f"{total_2017:,.0f} vehicles: {cars_2017:,.0f} cars, {trucks_2017:.0f} trucks, {buses_2017:.0f} buses")

# %% [markdown]
# ### Test exercise: do the parts make the whole?
#
# {{ ask("test-unnamed") }}

# %% nbgrader={"grade_id": "test-unnamed", "solution": true}
test_unnamed = ...
### BEGIN SOLUTION
test_unnamed = total_2017 - cars_2017 - trucks_2017 - buses_2017
### END SOLUTION

# %% nbgrader={"grade_id": "test-unnamed-check", "grade": true, "points": 1}
check("test-unnamed", test_unnamed)

# %% [markdown]
# ### Test exercise: last year's total
#
# {{ ask("test-total-base") }}

# %% nbgrader={"grade_id": "test-total-base", "solution": true}
test_total_base = ...
### BEGIN SOLUTION
test_total_base = (total_2017 / (1 + total_times), total_2017 / total_times)
### END SOLUTION

# %% nbgrader={"grade_id": "test-total-base-check", "grade": true, "points": 2}
check("test-total-base", test_total_base)

# %% [markdown]
# ### Test exercise: last year's parts
#
# {{ ask("test-parts") }}

# %% nbgrader={"grade_id": "test-parts", "solution": true}
test_parts = ...
### BEGIN SOLUTION
bases = [cars_2017 / cars_times, trucks_2017 / (trucks_percent / 100), buses_2017]
test_parts = pd.DataFrame({"kind": ["cars", "trucks", "buses"], "vehicles_2016": bases}).round()
### END SOLUTION

# %% nbgrader={"grade_id": "test-parts-check", "grade": true, "points": 2}
check("test-parts", test_parts)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: your chart, its message, and the first three exercises of the test.
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### Test exercise: the parts against the total
#
# {{ ask("test-parts-base") }}

# %% nbgrader={"grade_id": "test-parts-base", "solution": true}
test_parts_base = ...
### BEGIN SOLUTION
trucks_and_buses = trucks_2017 / (trucks_percent / 100) + buses_2017
test_parts_base = (
    cars_2017 / (cars_times + 1) + trucks_and_buses,
    cars_2017 / cars_times + trucks_and_buses,
)
### END SOLUTION

# %% nbgrader={"grade_id": "test-parts-base-check", "grade": true, "points": 2}
check("test-parts-base", test_parts_base)

# %% [markdown]
# ### Test exercise: does the report agree with itself?
#
# {{ ask("test-fit") }}

# %% nbgrader={"grade_id": "test-fit", "solution": true}
test_fit = ...
### BEGIN SOLUTION
test_fit = "the parts need more"
### END SOLUTION

# %% nbgrader={"grade_id": "test-fit-check", "grade": true, "points": 1}
check("test-fit", test_fit)

# %% [markdown]
# ### Test exercise: every third of what?
#
# {{ ask("test-market") }}

# %% nbgrader={"grade_id": "test-market", "solution": true}
test_market = ...
### BEGIN SOLUTION
market_2017 = home_made_sales_2017 / (1 / 3)
home_made_sales_2016 = home_made_sales_2017 / (1 + sales_rose_by_percent / 100)
market_2016 = home_made_sales_2016 / (home_made_share_2016 / 100)
test_market = (market_2017 / market_2016 - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "test-market-check", "grade": true, "points": 2}
check("test-market", test_market)

# %% [markdown]
# ### A second source
#
# The Statistics Committee of Kazakhstan had counted the first quarter of **2016**. Kazinform printed that, too. The
# Committee had {{ fact("F223") }} cars and {{ fact("F224") }} trucks. The page, as we have it, names no buses and no
# other vehicles.

# %%
cars_2016 = count["F223"]  # January-March 2016
trucks_2016 = count["F224"]

# %% [markdown]
# ### Test exercise: the trucks
#
# {{ ask("test-trucks") }}

# %% nbgrader={"grade_id": "test-trucks", "solution": true}
test_trucks = ...
### BEGIN SOLUTION
test_trucks = (trucks_2017 / trucks_2016 - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "test-trucks-check", "grade": true, "points": 2}
check("test-trucks", test_trucks)

# %% [markdown]
# ### Test exercise: the total, once more
#
# {{ ask("test-total-ratio") }}

# %% nbgrader={"grade_id": "test-total-ratio", "solution": true}
test_total_ratio = ...
### BEGIN SOLUTION
test_total_ratio = total_2017 / (cars_2016 + trucks_2016 + buses_2017)
### END SOLUTION

# %% nbgrader={"grade_id": "test-total-ratio-check", "grade": true, "points": 2}
check("test-total-ratio", test_total_ratio)

# %% [markdown]
# ### Test exercise: which "times more"?
#
# {{ ask("test-reading") }}

# %% nbgrader={"grade_id": "test-reading", "solution": true}
test_reading = {
    "a year before, no vehicles of other kinds were made": ...,
    "a year before, as many of other kinds were made as now": ...,
}
### BEGIN SOLUTION
test_reading = {
    "a year before, no vehicles of other kinds were made": "on top",
    "a year before, as many of other kinds were made as now": "as much",
}
### END SOLUTION

# %% nbgrader={"grade_id": "test-reading-check", "grade": true, "points": 2}
check("test-reading", test_reading)

# %% [markdown]
# ### Test exercise: the verdicts
#
# {{ ask("test-verdicts") }}

# %% nbgrader={"grade_id": "test-verdicts", "solution": true}
test_verdicts = {
    "cars: more than 7 times AS MANY": ...,
    "cars: more than 7 times ON TOP": ...,
    "trucks: 31.6 per cent OF last year's number": ...,
    "trucks: down BY 31.6 per cent": ...,
    "all vehicles: 4 times more": ...,
    "all vehicles: worth 16.4 billion tenge": ...,
    "every third car bought was made at home": ...,
}
### BEGIN SOLUTION
test_verdicts = {
    "cars: more than 7 times AS MANY": "consistent",
    "cars: more than 7 times ON TOP": "inconsistent",
    "trucks: 31.6 per cent OF last year's number": "inconsistent",
    "trucks: down BY 31.6 per cent": "consistent",
    "all vehicles: 4 times more": "ambiguous",
    "all vehicles: worth 16.4 billion tenge": "cannot be checked with what we have",
    "every third car bought was made at home": "cannot be checked with what we have",
}
### END SOLUTION

# %% nbgrader={"grade_id": "test-verdicts-check", "grade": true, "points": 4}
check("test-verdicts", test_verdicts)

# %% [markdown]
# ## What we found, and what is still open
#
# About the article:
#
# - Its counts fit what else we know. Its growth does not, taken at its word: for vehicles of all kinds *by* that percentage
#   is impossible, and for passenger cars alone as good as impossible.
# - Output *to* that percentage, and the value {{ claim("value-growth") }} times *as much*, are possible and not confirmed. For
#   the vehicles, all estimates are somewhat higher; for the value, the estimate is lower.
# - Its promise of "about 100,000 cars" was missed if it meant the year 2020, and kept if it meant all the years until then.
#   For "50% localization" no page gives a figure of the whole industry.
# - Still open: the count of January to August 2017, which no page gives, and what "150%" stood for.
#
# About checking:
#
# - A percentage, a ratio or a share is worth as much as its base. Ask for it first.
# - Words with two readings need two calculations, not a good guess.
# - Parts, totals and running totals know more about each other than their authors think.
# - "Ambiguous" and "cannot be checked with what we have" are verdicts, too.
# - A verdict is as good as its ledger.
#
# **Talk about it:** a reader writes to you: "So was the article a lie?" What do you answer, in three sentences? Which
# word of the reader would you not take over?
