# %% [markdown]
# # Unit 10: a bakery
#
# A unit that the tests of the build plant mistakes in. Its bakery is invented.

# %% nbgrader={"grade_id": "setup-10", "locked": true}
from secondcar import check

# %%
loaves = 250
loaves * 2

# %% [markdown]
# ## Exercise: the year before
#
# {{ ask("loaves-before") }}

# %% nbgrader={"grade_id": "loaves-before", "solution": true}
loaves_before = ...
### BEGIN SOLUTION
loaves_before = loaves / (1 + 150 / 100)
### END SOLUTION

# %% nbgrader={"grade_id": "loaves-before-check", "grade": true, "points": 2}
check("loaves-before", loaves_before)

# %% [markdown]
# ## Exercise: which word?
#
# {{ ask("which-word") }}

# %% nbgrader={"grade_id": "which-word", "solution": true}
which_word = ...
### BEGIN SOLUTION
which_word = "by"
### END SOLUTION

# %% nbgrader={"grade_id": "which-word-check", "grade": true, "points": 1}
check("which-word", which_word)

# %% [markdown] nbgrader={"grade_id": "honest-notice", "task": true, "points": 4}
# ## Exercise: a notice for the door
#
# {{ ask("honest-notice") }}

# %% [markdown]
# *Write your notice here, in place of this line.*
