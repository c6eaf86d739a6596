# %% [markdown]
# # Unit 12: A text of your own
#
# **The question: can you do it alone?**
#
# The article is done. Numbers in the news are not: there will be new ones tomorrow. So this last unit is about a text
# that *you* choose. First you watch the whole method once more, on one page, with an invented text. Then it is your
# turn.
#
# After this unit you can:
#
# - choose a text that is worth a check, and that can be checked;
# - keep a log, so that somebody else can follow you step by step;
# - check two claims, draw one chart, and write a verdict, with no exercise to lead you.
#
# **Time:** {{ time }}. The time to find your text and a second source comes on top. **You need:**
# units 00 to 11.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools.

# %% nbgrader={"grade_id": "setup-12", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, show
from secondcar.charts import check_honesty

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.1f}".format)  # tables show one digit after the point
pd.set_option("display.max_colwidth", None)

# %% [markdown]
# ## The whole method on one page
#
# Here is a short text from a paper in a German town. Paper, town and numbers are invented:
#
# > "Bicycle theft has fallen to 40 percent. Last year 180 bicycles were stolen in our town, after 300 the year before, the
# > police report. Every fourth of the stolen bicycles was found and given back. The new racks at the station have made the
# > difference, says the mayor."
#
# ### First the log
#
# Before any sum come the five questions of unit 01. Each gets a line, and each line says what was *done*:

# %%
log = pd.DataFrame(
    {
        "question": [
            "exact words",
            "original language",
            "first source",
            "archived copy",
            "questions to the speaker",
        ],
        "what we did and found": [
            "copied from the paper's page, with every small word; 3 March",
            "the police wrote German: a fall 'um 40 Prozent'; the dictionary says um = by, auf = to",
            "the police's report of the year, 12 February; the paper only copies it",
            "both pages saved in a web archive on 3 March",
            "police: are 'found' bicycles given back? Yes. Mayor: since when are there racks? No answer yet, asked 3 March",
        ],
    }
)
log.set_index("question")

# %% [markdown]
# Look at the second line. One small word of the original, and the case is half solved. Often you will find no original.
# Then the log says so.
#
# ### Then the claims, one by one
#
# The text has a change, two counts, a share and a cause. We take two of them. First: do the change and the counts fit?

# %%
thefts = pd.DataFrame({"year": ["the year before", "last year"], "bicycles": [300, 180]})
thefts

# %% [markdown]
# ### Exercise: fallen to what?
#
# {{ ask("thefts-fell-to") }}

# %% nbgrader={"grade_id": "thefts-fell-to", "solution": true}
thefts_fell_to = ...
### BEGIN SOLUTION
thefts_fell_to = 180 / 300 * 100
### END SOLUTION

# %% nbgrader={"grade_id": "thefts-fell-to-check", "grade": true, "points": 1}
check("thefts-fell-to", thefts_fell_to)

# %% [markdown]
# Second: "Every fourth". A second source is needed, one that did not copy the police. The lost-property office gives
# bicycles back, and keeps a list:

# %%
given_back = 41  # of last year's stolen bicycles; the list of the lost-property office
print(f"{given_back / 180 * 100:.1f} % were given back")
print(f"every fifth: {100 / 5:.1f} %, every fourth: {100 / 4:.1f} %, every third: {100 / 3:.1f} %")

# %% [markdown]
# ### Exercise: the verdicts
#
# {{ ask("example-verdicts") }}

# %% nbgrader={"grade_id": "example-verdicts", "solution": true}
example_verdicts = {
    "bicycle theft fell TO 40 percent": ...,
    "bicycle theft fell BY 40 percent": ...,
    "every fourth of the stolen bicycles was given back": ...,
    "without the new racks, more bicycles would have been stolen": ...,
}
### BEGIN SOLUTION
example_verdicts = {
    "bicycle theft fell TO 40 percent": "inconsistent",
    "bicycle theft fell BY 40 percent": "consistent",
    "every fourth of the stolen bicycles was given back": "consistent",
    "without the new racks, more bicycles would have been stolen": "cannot be checked with what we have",
}
### END SOLUTION

# %% nbgrader={"grade_id": "example-verdicts-check", "grade": true, "points": 2}
check("example-verdicts", example_verdicts)

# %% [markdown]
# ### Then one chart
#
# It carries one message, and all of it can be checked:

# %%
ax = sns.barplot(data=thefts, x="year", y="bicycles", color="#0173b2")
ax.bar_label(ax.containers[0])
ax.set(
    title="Fewer bicycles were stolen",
    xlabel="\nSource: report of the police (invented)",
    ylabel="bicycles stolen in a year",
    ylim=(0, 340),
)
bars = ", ".join(thefts["year"] + ": " + thefts["bicycles"].map("{:,.0f}".format))
show(ax, alt=f"Bar chart of bicycles stolen in an invented town in a year. {bars}.")

# %% [markdown]
# ### And at the end the verdict
#
# > "The paper's two counts stand: they are those of the police. Its percentage does not fit them: theft fell
# > *by* 40 percent, not *to* 40 percent. The police's own report says *by*; we think that it was a slip
# > in translation. That every fourth stolen bicycle was given back fits the list of the lost-property office (41 of 180,
# > counted). Whether the racks made the difference, nobody can say with these numbers: one would need other places
# > without new racks in the same years. The mayor has been asked, and has not answered yet."
#
# It says what stands, what does not, how we know, how sure we are, and what is open. It accuses nobody.

# %% [markdown]
# ## When the numbers are about people
#
# Our article counted cars. Your text may count people, or their money, and then a few more questions help:
#
# | the text says | ask | because |
# |---|---|---|
# | "on average" | the mean, or the one in the middle ([median](glossary.md#median))? | a few large numbers lift the mean |
# | "more cases than ever" | of how many people? | a larger town has more of everything, so look at the number *per head* |
# | "the risk has doubled" | from what to what? | from one person in ten thousand to two is also "doubled": the *relative* risk is large, the *absolute* one small |
# | "so many percent say" | how many were asked, and who chose them? | with a hundred people asked, chance alone moves a share by up to ten points either way; with a thousand, by about three |
# | "better, since we acted" | was the time before unusual? | after a very bad year mostly comes an ordinary one, whatever is done ([regression to the mean](glossary.md#regression-to-the-mean)) |
#
# The last row is about our bicycles, too. If the thefts of the year before were unusually many, a part of the fall would
# have come without any racks.
#
# And here is the first row. Seven people work in an invented workshop, and the last of them owns it. These are their
# wages, in thousand tenge a month:

# %%
wages = pd.Series([200, 210, 220, 230, 240, 250, 2_850])
wages.tolist()

# %% [markdown]
# What is the average wage? Write a number, or leave the dots.

# %%
guess = ...

# %%
beside(guess, wages.mean())
print("the wage in the middle:", wages.median())

# %% [markdown]
# Nobody earns anything near the average. {{ python(".median()") }} gives the number in the middle when all stand in a
# row: half of them have as much or less. Both are called "average" in the news.

# %% [markdown]
# **A good place to stop.** Done so far: all of the invented text.
#
# Save, close, and come back when you have found a text. Then run the cells above once more (*Run*, *Run All Above
# Selected Cell*). The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ## Now yours
#
# ### Which text?
#
# | take one | leave it |
# |---|---|
# | as short as our article, or shorter | a long report, or a whole study |
# | with at least two numbers, and one comparison between them | with one lonely number |
# | in a language that you read well | in a language that you would have to have translated |
# | about something that others count, too | about something that only the speaker can know |
#
# It does not have to be wrong. Most checks end with "consistent", and that is a good ending. Do not choose a text because
# you dislike its author: you would look for one ending only.
#
# ### How it will be read
#
# No program can judge what comes now. A person reads it: your teacher, or somebody you trust. There are four levels for
# each part. Read them before you begin:
#
# | part | best | good | a beginning | not yet |
# |---|---|---|---|---|
# | log | somebody else can walk the whole way | one line says nothing, or is not true to what was done | half of the lines | no log |
# | checks | both with base, unit, period and calculation | one of these is missing once | one claim checked | numbers only repeated |
# | chart | one message, honest, and its limit is named | honest, but its message or limit is missing | a rule of unit 07 is broken | no chart |
# | verdict | what stands, what not, how sure, what is open | one of these is missing | verdicts without reasons | all true, or all false |
#
# Write in the cells below: double-click a cell, type, and run it with Shift + Enter. `hint("own-log")` and the like
# work here, too.

# %% [markdown] nbgrader={"grade_id": "own-log", "task": true, "points": 4}
# ### Exercise: your log
#
# {{ ask("own-log") }}

# %% [markdown]
# *Write your log here, in place of this line.*

# %% [markdown]
# Calculate in the next cell, or in as many more as you like (the key B makes a new one below). Give your numbers names,
# as you are used to.

# %%
# Calculate here.

# %% [markdown] nbgrader={"grade_id": "own-checks", "task": true, "points": 6}
# ### Exercise: two claims
#
# {{ ask("own-checks") }}

# %% [markdown]
# *Write your two checks here, in place of this line.*

# %% [markdown]
# Now your chart. Put your numbers into a table, as in `thefts`, and draw. End the cell with `show(ax, alt="...")`. If you
# want to ask the rules of unit 07 first: `check_honesty(ax)`.

# %%
# Draw your chart here.

# %% [markdown] nbgrader={"grade_id": "own-chart", "task": true, "points": 4}
# ### Exercise: your chart
#
# {{ ask("own-chart") }}

# %% [markdown]
# *Write your two sentences here, in place of this line.*

# %% [markdown] nbgrader={"grade_id": "own-verdict", "task": true, "points": 6}
# ### Exercise: your verdict
#
# {{ ask("own-verdict") }}

# %% [markdown]
# *Write your verdict here, in place of this line.*

# %% [markdown]
# ## What we found, and what is still open
#
# This is the end of the course. You began with one sentence from one article. You can now take any short text apart, say
# what each number is *of*, and tell readers what stands, how you know, and how sure you are.
#
# Still open: everything that will be printed tomorrow.
#
# **Talk about it:** give your log to somebody who has not seen your verdict. Do they come to the same one? Where do you
# differ: in a number, in a word, or in what you both took for granted?
