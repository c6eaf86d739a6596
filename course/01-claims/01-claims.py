# %% [markdown]
# # Unit 01: What exactly was said?
#
# > "Every second car bought by citizens of Kazakhstan was assembled in the country"
# >
# > Kazinform, 21 September 2018
#
# **The question: what exactly does the article claim?**
#
# Nobody can check a feeling about an article. You can only check a claim. So before the first calculation, a good
# checker makes a list: what was said, word by word, figure by figure. In this unit you make that list.
#
# After this unit you can:
#
# - take a sentence apart: who, what, unit, period, base and hedge;
# - tell five kinds of claims from each other;
# - turn words into plain numbers with their units;
# - see where a first line says something else than the text below it;
# - say what to do before you calculate: exact words, original language, first source, copy, and a question to the speaker;
# - put claims into a table with pandas, and ask the table a question.
#
# **Time:** {{ time }}. **You need:** unit 00.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools. `pandas` is for tables and `seaborn` for
# charts, and {{ python("as") }} gives them the short names {{ python("pd") }} and {{ python("sns") }}.
# {{ python("load_dataset") }} brings a table of this course, and {{ python("show") }} shows a chart. The last lines,
# with {{ python("set_theme") }} and {{ python("set_option") }}, say how charts and tables are to look: the
# {{ python("style") }} is a white ground with thin lines, and long sentences are shown in full. ({{ python("None") }} means
# "nothing", so here: no limit.)

# %% nbgrader={"grade_id": "setup-01", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show

sns.set_theme(style="whitegrid")
pd.set_option("display.max_colwidth", None)

# %% [markdown]
# ## Six questions to a sentence
#
# Let us begin with easy news, from a village library that we made up. It tells the local paper:
#
# > "In March we lent nearly four hundred books, twice as many as in February."
#
# One sentence, two claims. Take the first one, and ask it six questions:
#
# | question | what it asks for | the library's first claim |
# |---|---|---|
# | who? | who says so, and how they can know | the library itself, from its own list |
# | what? | what was counted | books lent |
# | unit? | in what it was counted | books |
# | period? | from when to when | March |
# | base? | compared with what | nothing: it is a plain count |
# | hedge? | a word that makes the figure loose | "nearly" |
#
# Now put the same questions to the second claim, "twice as many as in February". What is its base? Write a few words in
# quotes in place of the three dots, or leave the dots. Nobody marks a guess. Run both cells:

# %%
guess = ...

# %%
beside(guess, "the books lent in February")

# %% [markdown]
# The unit of this claim is no longer books. "Twice" is a ratio: it says *how many times*. And this time there is a
# base: the books lent in February. The **base** is what a figure is compared with. Without it, "twice as many" would
# say nothing.

# %% [markdown]
# ## The article's sentences
#
# Here is our article. The next cell shows its title and its address. Open it and read it: it is short. (You need
# not understand the code of this cell yet. The words in it come up one by one.)

# %% tags=["to-look-at"]
article = load_dataset("sources").set_index("id").loc["S01"]
print(article["title"])
print(article["url"])

# %% [markdown]
# Who speaks, and where? A news agency, Kazinform, reports. Its title names the speaker: the minister of investment and
# development. He spoke to the "6th Forum of Machine Builders of Kazakhstan", and his own ministry was among those who
# held that forum. So the figures come from somebody who would like them to be good. That does not make them wrong. It
# is a reason to check them.
#
# Whose work is being counted? The forum is one of *machine* builders. The claim about money says "the products made",
# not "the cars". We take these to be the same vehicles. That is our first **assumption**: something that we take for
# granted and have not seen. Keep it in mind. From unit 04 on, we write such things down in a list.
#
# How many claims can one short article hold? The next cell shows them in the article's own words, and gives each a
# short name, its `id`. We will call them by these names in every unit. Before you run it, write down how many claims you
# expect, as before. A guess that stands there makes the result easier to
# remember.

# %%
guess = ...

# %%
claims = load_dataset("claims")
beside(guess, len(claims))
claims[["id", "quote"]]

# %% [markdown]
# Each row is one claim. {{ python("len") }} counted the rows, and `beside` set your guess beside the count. The last
# line of code said: of the table `claims`, show these two columns.
#
# Not every row has a figure. "high demand" has none, and "sharp" tells nobody how much. The words "Within the framework
# of the program being drawn up" hold a condition: both targets belong to a program that is not finished yet. A checker
# keeps such rows. They say what the figures are worth.

# %% [markdown]
# ## Before you calculate
#
# The first minutes of a check need no sums at all. Put these five questions to whatever you want to check, and keep a
# **log** of what you find: one line for each question.
#
# 1. **What are the exact words?** Copy them with all small words, and never work from somebody's summary.
# 2. **In which language was it said?** A speech is often given in one language and printed in another. "More" and "as
#    much" can change places on the way. For this speech we looked for a report in Russian or in Kazakh, and found none.
#    So we have the English words only, and say so.
# 3. **Who said it first?** Where ten pages repeat one, you have one source and not ten.
# 4. **Is there a copy that will stay?** Pages change and disappear, and web archives keep dated copies.
# 5. **What does the speaker say?** Write to the person or the office: which number was meant, who counted it, where is
#    it printed? People have a right to answer before you print that they were wrong. It is fair, and it is often the
#    shortest way to the truth.
#
# ### Exercise: which question was left out?
#
# {{ ask("before-you-calculate") }}

# %% nbgrader={"grade_id": "before-you-calculate", "solution": true}
before_you_calculate = {
    "I checked a figure that a colleague had told me over lunch.": ...,
    "Six papers print the figure, so it must be right; all six name one agency.": ...,
    "He spoke Russian; my copy is English, and a small word in it puzzles me.": ...,
    "My text was printed yesterday; today the page I quoted is gone.": ...,
    "I wrote that the mayor's figure is wrong; the mayor never heard from me.": ...,
}
### BEGIN SOLUTION
before_you_calculate = {
    "I checked a figure that a colleague had told me over lunch.": "exact words",
    "Six papers print the figure, so it must be right; all six name one agency.": "first source",
    "He spoke Russian; my copy is English, and a small word in it puzzles me.": "original language",
    "My text was printed yesterday; today the page I quoted is gone.": "copy",
    "I wrote that the mayor's figure is wrong; the mayor never heard from me.": "the speaker",
}
### END SOLUTION

# %% nbgrader={"grade_id": "before-you-calculate-check", "grade": true, "points": 2}
check("before-you-calculate", before_you_calculate)

# %% [markdown]
# ## Five kinds of claims
#
# Not every claim can be checked in the same way. These are the kinds you will meet. The examples come from our
# invented library.
#
# | kind | what it says | example | how to check it |
# |---|---|---|---|
# | measured | how much there was, in a time that is over | "In March we lent nearly four hundred books" | count again |
# | comparison | a figure, set against another time | "twice as many as in February" | find both figures |
# | share | a part of a whole | "every fourth reader is a child" | find the part and the whole |
# | target | what is to be reached later | "next year we want a thousand readers" | wait |
# | cause | why something happened | "the coffee corner brought the readers in" | ask what happens without it |
#
# Targets need care. On the day somebody announces it, a target is **neither true nor false yet**. You can check
# that it was announced. You can ask whether it looks possible. Only time can tell whether it was reached. This
# holds for every sentence about the future, even if it is put as a percentage.
#
# To sort things, Python has the **dictionary**. It stands in curly brackets and gives each item something that
# belongs to it, after a colon. Here is one with the library's words:

# %%
library_kinds = {
    "twice as many as in February": "comparison",
    "every fourth reader is a child": "share",
}
library_kinds["every fourth reader is a child"]

# %% [markdown]
# ### Exercise: sort the claims
#
# {{ ask("claim-kinds") }}
#
# Write your word, in quotes, in place of each three dots. Then run the cell, and the check below it. Each line is
# worth a part of the marks, and you may try as often as you like. If you are stuck, run `hint("claim-kinds")` in a
# cell of its own.

# %% nbgrader={"grade_id": "claim-kinds", "solution": true}
claim_kinds = {
    "output-units": ...,
    "output-growth": ...,
    "value-level": ...,
    "value-growth": ...,
    "share-2018": ...,
    "target-units": ...,
    "localisation-target": ...,
    "cause-demand": ...,
}
### BEGIN SOLUTION
claim_kinds = {
    "output-units": "measured",
    "output-growth": "comparison",
    "value-level": "measured",
    "value-growth": "comparison",
    "share-2018": "share",
    "target-units": "target",
    "localisation-target": "target",
    "cause-demand": "cause",
}
### END SOLUTION

# %% nbgrader={"grade_id": "claim-kinds-check", "grade": true, "points": 3}
check("claim-kinds", claim_kinds)

# %% [markdown]
# ## From when to when?
#
# A count means little without its period. Two counts can only be compared if their periods are equally long.
#
# Say the library had a summer show, from the first day of June to the last day of August. For how many months did
# it run? Count on your fingers, and write the number:

# %%
guess = ...

# %% [markdown]
# Now let Python do it. {{ python("pd.Timestamp") }} makes a date of a text, and a date knows the number of its
# {{ python(".month") }}:

# %%
show_opened = pd.Timestamp("2018-06-01")
show_closed = pd.Timestamp("2018-08-31")
print(show_opened.month, show_closed.month)

# %%
beside(guess, show_closed.month - show_opened.month)

# %% [markdown]
# Your fingers say three: June, July, August. Python says one less, and your fingers are right. Taking away the number
# of June takes June itself away too. It has to be put back:

# %%
show_closed.month - show_opened.month + 1

# %% [markdown]
# Now the article's count of vehicles. {{ python('set_index("id")') }} makes the column `id` the names of the rows, and
# {{ python(".loc") }} looks up a row and a column by their names. Here it finds the first and the last day of the
# period that the claim is for. ({{ python(".date()") }} leaves out the time of day. The article says "over the past
# eight months of this year", and it is dated in September. We take that for January to August. It is an assumption, and
# a fair one.)

# %%
by_id = claims.set_index("id")
first_day = by_id.loc["output-units", "period_start"]
last_day = by_id.loc["output-units", "period_end"]
print(first_day.date(), "to", last_day.date())

# %% [markdown]
# ### Exercise: how long is the period?
#
# {{ ask("period-months") }}

# %% nbgrader={"grade_id": "period-months", "solution": true}
period_months = ...
### BEGIN SOLUTION
period_months = last_day.month - first_day.month + 1
### END SOLUTION

# %% nbgrader={"grade_id": "period-months-check", "grade": true, "points": 1}
check("period-months", period_months)

# %% [markdown]
# ## From words to numbers
#
# News writes numbers the short way, with "million", with commas, in words, and Python wants plain numbers. You know the
# trap of the commas from unit 00: a thousand is `1000` or `1_000`. Two more traps wait. All numbers in these small
# examples are invented.
#
# **The first trap: quotes.** What stands in quotes is text, even if it looks like a number. Let us lend one more book.
# The next cell stops with an error, and it is meant to:

# %% tags=["raises-exception"]
books = "400"
books + 1

# %% [markdown]
# Read the last line first. Python cannot put together `str` and `int`. It calls a text {{ python("str") }}, and a whole
# number {{ python("int") }}. The cure is to take the quotes away:

# %%
books = 400
books + 1

# %% [markdown]
# **The second trap: big words.** In English, a million is a thousand thousands, and a **billion** is a thousand
# millions. Careful if you speak German, French or Spanish: there, a word that looks the same means a thousand times
# as much.
#
# Say a town plans to spend two and a half million tenge on books. In plain tenge:

# %%
2.5 * 1_000_000

# %% [markdown]
# Here is the article's sum of money, as it is printed. `print` shows what stands in its brackets, also in the middle of a
# cell:

# %%
facts = load_dataset("facts").set_index("id")
print(facts.loc["F003", "quote"])
value_in_billions = facts.loc["F003", "quantity"]
print(value_in_billions)

# %% [markdown]
# "KZT" is short for tenge, the money of Kazakhstan.
#
# ### Exercise: plain tenge
#
# {{ ask("value-in-tenge") }}

# %% nbgrader={"grade_id": "value-in-tenge", "solution": true}
value_in_tenge = ...
### BEGIN SOLUTION
value_in_tenge = value_in_billions * 1_000_000_000
### END SOLUTION

# %% nbgrader={"grade_id": "value-in-tenge-check", "grade": true, "points": 1}
check("value-in-tenge", value_in_tenge)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "Six questions to a sentence" to "Exercise: plain tenge".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### A sense of size
#
# Numbers as large as these say little to anybody. So divide them by something you know: by people, by things, or by
# days. January to August has about two hundred and forty days. How many vehicles a day does the article's count come to? Write a number, or
# leave the dots.

# %%
guess = ...

# %%
days = 240
beside(guess, facts.loc["F001", "quantity"] / days)
print(value_in_billions / days, "billion tenge a day")

# %% [markdown]
# So that is a new vehicle about every eighteen minutes, day and night, and half a billion tenge from morning to
# morning. If your first guess was far off, you are in good company: nobody has a feeling for such numbers before they
# divide.

# %% [markdown]
# ### "Every third", "every second"
#
# Shares like to hide in words. "Every fourth reader is a child" means: put the readers in groups of four, and in
# each group there is one child. One of four is a division. Times one hundred, it is in percent:

# %%
1 / 4 * 100

# %% [markdown]
# Careful: the word with the larger number in it is the smaller share. Every third is less than every second.
#
# ### Exercise: every third, in percent
#
# {{ ask("third-in-percent") }}

# %% nbgrader={"grade_id": "third-in-percent", "solution": true}
third_in_percent = ...
### BEGIN SOLUTION
third_in_percent = 1 / 3 * 100
### END SOLUTION

# %% nbgrader={"grade_id": "third-in-percent-check", "grade": true, "points": 1}
check("third-in-percent", third_in_percent)

# %% [markdown]
# ## Of what? Compared with what?
#
# Comparisons and shares need a base. For a comparison it is the old figure, for a share it is the whole. The
# library's "every fourth reader" names its whole: the readers. Had it written "a quarter are children", you would
# have to ask: a quarter of what? Of the readers, of the visitors, of the village?
#
# Here is what the article says:

# %%
by_id.loc[["output-growth", "value-growth", "share-2017", "share-2018", "localisation-target"], ["quote", "base"]]

# %% [markdown]
# (Two pairs of square brackets: a list of rows, and a list of columns.) `NaN` means that the cell is empty. Look at the
# last row. The word there is *localisation*: it is about how much of
# the making of a car is done at home. That can be counted in several ways.
#
# ### Exercise: the missing base
#
# {{ ask("localisation-base") }}

# %% nbgrader={"grade_id": "localisation-base", "solution": true}
localisation_base = ...
### BEGIN SOLUTION
localisation_base = "the article does not say"
### END SOLUTION

# %% nbgrader={"grade_id": "localisation-base-check", "grade": true, "points": 1}
check("localisation-base", localisation_base)

# %% [markdown]
# ## The first line against the rest
#
# Many people read only the top of an article. So compare it with what stands below. Here are two sentences that
# seem to say the same:

# %%
by_id.loc[["bought-by-citizens", "share-2018"], ["quote", "base"]]

# %% [markdown]
# They share the figure. They do not share the base: cars *bought by citizens of Kazakhstan* are not quite the cars *sold
# in Kazakhstan*. Our library could do the same: "every second book lent" and "every second book lent to a child" are
# claims about different books.
#
# Look also at what is counted. Read on in the article's sentence on output, from the first half to the second:

# %%
by_id.loc[["output-growth", "output-units"], "quote"]

# %% [markdown]
# The growth is about "cars", the count is about "motor vehicles". A bus is a motor vehicle, and so is a truck. Are
# they cars? The article does not say, and perhaps the writer meant the same things both times. A checker notes the
# difference and keeps both words.
#
# ### Exercise: which wording counts this car?
#
# {{ ask("headline-and-body") }}

# %% nbgrader={"grade_id": "headline-and-body", "solution": true}
headline_and_body = {
    "a citizen buys a car in Almaty": ...,
    "a taxi firm buys a car in Almaty": ...,
    "a citizen buys a car in Berlin": ...,
    "a taxi firm buys a car in Berlin": ...,
}
### BEGIN SOLUTION
headline_and_body = {
    "a citizen buys a car in Almaty": "both",
    "a taxi firm buys a car in Almaty": "only sold in Kazakhstan",
    "a citizen buys a car in Berlin": "only bought by citizens",
    "a taxi firm buys a car in Berlin": "neither",
}
### END SOLUTION

# %% nbgrader={"grade_id": "headline-and-body-check", "grade": true, "points": 2}
check("headline-and-body", headline_and_body)

# %% [markdown]
# ## Loose words: hedges
#
# The library lent "*nearly* four hundred books". So it was not four hundred, it was a little less. Such a word is
# called a **hedge**. It makes the figure beside it loose, and it often tells in which direction:
#
# | hedge | the true figure is |
# |---|---|
# | nearly, almost | a little lower |
# | more than, over | higher |
# | up to, at most | the same or lower |
# | around, roughly | a little lower or higher |
#
# A hedge is not a lie. It is honest to say that a figure is round. But whoever copies the figure and drops the hedge
# makes it sharper than it was.
#
# Other words do other work. "Grew" tells the direction, "as in February" names the base, and "we want" makes a target of
# the whole sentence. They matter, too. But in this course a *hedge* is a word that loosens the number beside it.
#
# ### Exercise: find the hedges
#
# {{ ask("hedge-words") }}
#
# Give a **list**: square brackets, and in them the words in quotes, with commas between them. It looks like this:
# `["grew", "almost"]`.

# %% nbgrader={"grade_id": "hedge-words", "solution": true}
hedge_words = ...
### BEGIN SOLUTION
hedge_words = ["exceeding", "nearly", "about"]
### END SOLUTION

# %% nbgrader={"grade_id": "hedge-words-check", "grade": true, "points": 2}
check("hedge-words", hedge_words)

# %% [markdown]
# ## A table of your own
#
# So far we handed you a table. For your own stories you have to make one. Let us do it in two steps, with the
# library.
#
# Step one: for each column a list. The lists must be equally long, since the first things of all lists make the
# first row, the second things the second row, and so on.

# %%
library_claims = ["books lent", "compared with February", "children among the readers"]
library_quantities = [400, 2, 1 / 4]
library_units = ["books", "times", "share"]

# %% [markdown]
# Step two: a dictionary gives each list the name of its column, and {{ python("pd.DataFrame") }} makes a table of it.
# *Data frame* is what pandas calls a table.

# %%
library = pd.DataFrame(
    {
        "claim": library_claims,
        "quantity": library_quantities,
        "unit": library_units,
    }
)
library

# %% [markdown]
# Read each row aloud. A quantity without its unit would be useless here: books, times and a share stand in one
# column.
#
# You can type a figure, or look it up where it is stored. This looks up the figure of one of the article's claims:

# %%
print(by_id.loc["share-2017", "quantity"])

# %% [markdown]
# ### Exercise: build the claims table
#
# {{ ask("claims-table") }}

# %% nbgrader={"grade_id": "claims-table", "solution": true}
claims_table = ...
### BEGIN SOLUTION
claims_table = pd.DataFrame(
    {
        "claim": ["output-units", "output-growth", "value-level", "value-growth", "target-units"],
        "quantity": [
            by_id.loc["output-units", "quantity"],
            by_id.loc["output-growth", "quantity"],
            by_id.loc["value-level", "quantity"],
            by_id.loc["value-growth", "quantity"],
            by_id.loc["target-units", "quantity"],
        ],
        "unit": ["vehicles", "%", "KZT", "times more", "cars"],
    }
)
### END SOLUTION

# %% nbgrader={"grade_id": "claims-table-check", "grade": true, "points": 3}
check("claims-table", claims_table)

# %% [markdown]
# ## Ask the table
#
# A table can answer questions. First the library's again, now with a column for the base. `None` leaves a cell
# empty: the count of books is compared with nothing.

# %%
library["base"] = [None, "February", "all readers"]
library

# %% [markdown]
# Which rows name a base? {{ python(".notna()") }} asks each cell whether something is in it, and answers
# {{ python("True") }} or {{ python("False") }}:

# %%
library["base"].notna()

# %% [markdown]
# Put this question in square brackets behind the table, and you get only the rows where the answer is `True`:

# %%
library[library["base"].notna()]

# %% [markdown]
# If you only want to know how many, let {{ python(".sum()") }} add the answers up. Each `True` counts as one, each
# `False` as nothing:

# %%
print(library["base"].notna().sum())

# %% [markdown]
# ### Exercise: how many claims have a figure?
#
# {{ ask("claims-with-figure") }}

# %% nbgrader={"grade_id": "claims-with-figure", "solution": true}
claims_with_figure = ...
### BEGIN SOLUTION
claims_with_figure = claims["quantity"].notna().sum()
### END SOLUTION

# %% nbgrader={"grade_id": "claims-with-figure-check", "grade": true, "points": 1}
check("claims-with-figure", claims_with_figure)

# %% [markdown]
# One more question. Which of the claims could be set side by side as they stand? Only those with the same unit.
# {{ python(".value_counts()") }} counts how often each word stands in a column. First the library, whose units all
# differ:

# %%
library["unit"].value_counts()

# %% [markdown]
# Now the article: how many different units do you expect? Write a number:

# %%
guess = ...

# %% [markdown]
# `sns.countplot` counts in the same way, and draws a bar for each count. The lines below it name what the chart shows and
# where it comes from. (You need not understand the code of this cell yet. Unit 02 draws a simpler chart, line by line.)

# %% tags=["to-look-at"]
unit_counts = claims["unit"].value_counts()
beside(guess, len(unit_counts))
ax = sns.countplot(data=claims, y="unit", order=unit_counts.index, color="#0173b2")
ax.bar_label(ax.containers[0], padding=3)
ax.set(
    title=f"The figures stand in {len(unit_counts)} different units",
    xlabel="number of claims\nSource: Kazinform, 21 September 2018; our count",
    ylabel="unit of the claim",
    xticks=range(unit_counts.max() + 1),
)
counted = ", ".join(f"{unit} {count}" for unit, count in unit_counts.items())
show(ax, alt=f"Bar chart of the units of the article's figures. Number of claims by unit: {counted}.")

# %% [markdown]
# Some claims share a unit. But that is not enough to set them side by side: one "%" is a growth, the other one a target
# without a base, and the three shares have three bases. To compare claims, we will have to turn some of them into
# others. That is what the next units are for.

# %% [markdown]
# ## What we found, and what is still open
#
# - A claim is complete when you know who, what, unit, period, base and hedge. Some of this the article leaves out.
# - Some claims were measured, some compare, some are shares. Two are targets: neither true nor false when they were
#   announced.
# - The first line and the text below it use the same figure with different bases. "Cars" and "motor vehicles" are not
#   the same words either, and "the products made" is a third word.
# - Before the sums come five questions: exact words, original language, first source, a copy that stays, the speaker.
# - A table keeps each quantity together with its unit, its period and its base.
#
# You have not checked anything yet. But you know now *what* there is to check.
#
# Still open: the article says that output "increased by 150% year-on-year". We take the base to be the same months of the
# year before. It does not give the number made in them. Can that number be worked out? Unit 02 tries.
#
# **Talk about it:** take a short news text of today. List its claims, and put the six questions to each. Which
# question goes unanswered most often?
