# %% [markdown]
# # Unit 00: How do I work here?
#
# In this course you check the numbers in one short news article. You do it as a good reporter does: you calculate
# them again. You need no more than school maths, and you need a place to calculate in. This is the place. It is called
# a **notebook**.
#
# **The question: how do I work here?**
#
# After this unit you can:
#
# - run a cell, and give a result a name;
# - answer an exercise, check it, and ask for a hint;
# - read an error message without fear;
# - hand your work in, and start afresh.
#
# **Time:** {{ time }}. **You need:** nothing. This unit has no marks, so try things out.

# %% [markdown]
# ## Cells
#
# A notebook is made of **cells**. This one holds text. The next one holds Python, a language that a computer can
# calculate with.
#
# Click into the next cell. Then hold down Shift and press Enter. This **runs** the cell: the computer does what it
# says. The first cell of every unit fetches the tools: {{ python("from") }} names a box, and {{ python("import") }}
# takes tools out of it. Here they are {{ python("beside") }}, {{ python("check") }} and {{ python("hint") }}; you meet
# each of them below. You will see no result. In the square brackets on the left there is a star while the cell runs,
# and a number when it is done.

# %% nbgrader={"grade_id": "setup-00", "locked": true}
from secondcar import beside, check, hint

# %% [markdown]
# Now one with a result:

# %%
2 + 3

# %% [markdown]
# The result stands under the cell. Change a number in the cell and run it again, if you like. Nothing here can break.
#
# Python writes *times* as `*` and *divided by* as `/`:

# %%
10 * 4 / 2

# %% [markdown]
# ## Your first exercise
#
# An exercise has two cells. In the first you write your answer **in place of the three dots**. A calculation will do:
# Python works it out. The second cell checks it.
#
# Run the first cell, then the second. You may try as often as you like, and nobody counts.
#
# ### Exercise: hours in a week
#
# {{ ask("hours-in-a-week") }}

# %% nbgrader={"grade_id": "hours-in-a-week", "solution": true}
hours_in_a_week = ...
### BEGIN SOLUTION
hours_in_a_week = 7 * 24
### END SOLUTION

# %% nbgrader={"grade_id": "hours-in-a-week-check", "grade": true, "points": 0}
check("hours-in-a-week", hours_in_a_week)

# %% [markdown]
# Did it say *Right*? Then you have done your first exercise here. Well done. If it did not, read on, and come back.

# %% [markdown]
# ## What a check can say
#
# A check never scolds, and it never gives the answer away. It has a few ways to speak:
#
# | sign | the note begins with | what it tells you |
# |---|---|---|
# | ✓ | Right | Your answer is right. Go on. |
# | ◐ | Partly right | Some lines are right, others not yet. |
# | ? | Not yet: one way this happens | Many people get this number. Here is one way to it, and a question for you. |
# | ⇅ | Not yet: check the size | The digits are right, the unit is not: thousands for millions, for example. |
# | ✗ | Not yet | It is something else. Try again with easy numbers, or take a hint. |
# | ! | I cannot read this answer | Python has something that cannot be judged: text, for example. |
# | … | Not attempted yet | The three dots are still there. |
#
# *Right* you know, or you soon will. Let us call up the others, one by one. Each of the next cells gives a poor answer
# to the exercise above, on purpose.
#
# First, somebody has added the days to the hours:

# %%
check("hours-in-a-week", 7 + 24)

# %% [markdown]
# Look at the question at its end. The note's heading says "one way this happens", because the check sees your number, and
# not your thoughts. There may be other ways to the same number.
#
# Next, somebody counts in thousands of hours:

# %%
check("hours-in-a-week", 24 * 7 / 1000)

# %% [markdown]
# The second line of a note tells you how your answer was read. A slip of the keyboard shows there.
#
# Next, somebody has guessed:

# %%
check("hours-in-a-week", 200)

# %% [markdown]
# Next, somebody has written words. Anything in quotation marks is text, and Python does not calculate with text:

# %%
check("hours-in-a-week", "a lot")

# %% [markdown]
# And last, somebody has not begun. This note you will see whenever you run a new notebook from top to bottom:

# %%
check("hours-in-a-week", ...)

# %% [markdown]
# ## Hints
#
# If you are stuck, ask for a hint. Run it again for the next one. Hints cost nothing.

# %%
hint("hours-in-a-week")

# %% [markdown]
# ## Names
#
# A result is gone when the next one comes, unless you give it a **name**. The name stands on the left of `=`, what it
# is to hold stands on the right. Here is a bakery. We made it up.

# %%
loaves_a_day = 80
days_a_week = 6
weeks_a_year = 50

# %% [markdown]
# A cell that only gives names shows no result. From now on you can calculate with the names. To see what a name holds,
# write it in the last line of a cell:

# %%
loaves_a_week = loaves_a_day * days_a_week
loaves_a_week

# %% [markdown]
# A name has no spaces: we write `_` between its words. What follows a `#` is a note for people. Python skips it.
#
# ### Exercise: loaves in a year
#
# {{ ask("loaves-a-year") }}

# %% nbgrader={"grade_id": "loaves-a-year", "solution": true}
loaves_a_year = ...
### BEGIN SOLUTION
loaves_a_year = loaves_a_day * days_a_week * weeks_a_year
### END SOLUTION

# %% nbgrader={"grade_id": "loaves-a-year-check", "grade": true, "points": 0}
check("loaves-a-year", loaves_a_year)

# %% [markdown]
# ## The order of running
#
# Python knows only the cells that you have run, in the order in which you ran them. Let us see what that means. The
# bakery sells ten loaves. The money that comes in is its *takings*:

# %%
price = 150  # tenge for a loaf, invented
takings = 10 * price
takings

# %% [markdown]
# Now the price goes up:

# %%
price = 200

# %% [markdown]
# What are the takings now? Write your guess in place of the three dots. Nobody marks it, and you may leave the dots. Run
# both cells: `beside` shows your guess beside the result.

# %%
guess = ...

# %%
beside(guess, takings)

# %% [markdown]
# The old number! Python does not go back. `takings` was worked out with the old price, and it keeps what it was given
# until you run its line again:

# %%
takings = 10 * price
takings

# %% [markdown]
# So run a notebook from top to bottom. If you have lost your way, choose *Kernel*, then *Restart Kernel and Run All
# Cells…* in the menu at the top. The kernel is the part that runs your Python. It forgets every name, and runs all
# cells in order. Nothing you have written is lost.

# %% [markdown]
# ## An error message
#
# Sooner or later a cell stops with an error. It happens to everybody who writes Python, every day. Here is one. Run
# it:

# %% tags=["raises-exception"]
pirce * 10

# %% [markdown]
# It looks alarming, and it is friendly. **Read the last line first.** `NameError` says what kind of trouble it is, and
# the rest says which: Python has met a name that it does not know. The arrow shows the line where that was.
#
# There are two common causes:
#
# - The name is **spelled** in another way where it was given. Look closely: here two letters have changed places.
#   Capital letters count as well.
# - The cell that gives the name has **not been run** yet. After a restart, that is every cell.
#
# Nothing is broken. Mend the line and run the cell again:

# %%
price * 10

# %% [markdown]
# ### When Python cannot read a line
#
# Sometimes a line is not Python at all. A bracket is missing, or a unit stands behind the number. Then the last line
# begins with `SyntaxError`. This is what `10 * (price` and `400 loaves` give:
#
# ```
# SyntaxError: '(' was never closed
# SyntaxError: invalid syntax
# ```
#
# None of the cell was run. Look at the line that the arrow shows: close the bracket, or leave the word out.
#
# ### Two commas
#
# People write commas into numbers, and not everywhere for the same reason. In English a comma marks the thousands. In
# many other languages it stands where English has a point. Python takes a comma for neither. Run these two cells:

# %%
7,600

# %%
16,7

# %% [markdown]
# No error, and no number: to Python, a comma *separates* things, so each cell gave a row of two. For thousands, write
# nothing, or `_`. For a part of one, write a point:

# %%
print(7_600)
print(16.7)

# %% [markdown]
# {{ python("print") }} shows what stands in its brackets. You need it when a cell has more than one thing to show,
# since only the last line shows its result by itself.
#
# ### Exercise: what would you do?
#
# {{ ask("what-to-do") }}
#
# Here each line has three dots of its own. A line that keeps them counts as open.

# %% nbgrader={"grade_id": "what-to-do", "solution": true}
what_to_do = {
    "no name 'loafs', but a cell above gives 'loaves'": ...,
    "no name 'Price', but a cell above gives 'price'": ...,
    "no name 'price', and I have just restarted the kernel": ...,
    "no name 'price', and the cell that gives it has empty brackets": ...,
    "the check cannot read my answer: it is text": ...,
}
### BEGIN SOLUTION
what_to_do = {
    "no name 'loafs', but a cell above gives 'loaves'": "spell",
    "no name 'Price', but a cell above gives 'price'": "spell",
    "no name 'price', and I have just restarted the kernel": "run",
    "no name 'price', and the cell that gives it has empty brackets": "run",
    "the check cannot read my answer: it is text": "quotes",
}
### END SOLUTION

# %% nbgrader={"grade_id": "what-to-do-check", "grade": true, "points": 0}
check("what-to-do", what_to_do)

# %% [markdown]
# ## Saving and handing in
#
# Save with Ctrl + S (on a Mac, Cmd + S). JupyterLab also saves by itself, every two minutes or so.
#
# **If you learn on your own,** there is nothing to hand in. The checks tell you how you are doing. Close the notebook
# and come back when you like.
#
# **If you learn in a class,** your teacher uses a tool called nbgrader:
#
# 1. In the menu, open *Nbgrader*, then *Assignment List*. Choose *Fetch* beside a unit. Its folder is now yours.
# 2. Work in the notebook. Please leave the check cells as they are; they are put back before your work is marked.
# 3. Choose *Validate* at the top of the notebook. It runs every cell from top to bottom, and tells you which
#    checks are not right yet. You may hand in all the same, if you like.
# 4. Save, go back to the *Assignment List*, and choose *Submit*. You may submit again until your teacher collects.

# %% [markdown]
# ## Starting afresh, and updates
#
# You would like one exercise as it was at the beginning? In the menu, choose *File*, *New*, *Terminal*. Type this line
# and press Enter:
#
# ```
# python -m secondcar fresh 00-start loaves-a-year
# ```
#
# Then choose *File*, *Reload Notebook from Disk*. Leave out the exercise, and the whole unit starts afresh:
#
# ```
# python -m secondcar fresh 00-start
# ```
#
# Your old work is not thrown away. It is kept beside the new, with `kept` in its name. (If you started the course with
# `make learn`, you can also type `make fresh ARGS=00-start` in the course's own folder.)
#
# In a class, rename your folder of the unit instead, and fetch the unit again from the *Assignment List*.
#
# **An update never writes over your work.** When the course gets a newer version, a unit you have not touched is
# replaced. A unit you have worked in stays as it is. The newer one is put beside it, with `new` in its name.

# %% [markdown]
# ## What we found
#
# - Shift + Enter runs a cell. Run cells from top to bottom.
# - A name keeps a result until you give it another.
# - A check says how it read your answer, and asks a question back. `hint` helps you on.
# - Of an error, read the last line first. Nothing is broken.
# - A number has a point, and no comma.
#
# **What comes next:** unit 01 opens the article. What exactly does it say?
