# %% [markdown]
# # Unit 07: Honest charts
#
# > "nearly KZT 120 billion, i.e. 1.6 times more than in the comparable period of last year"
# >
# > Kazinform, 21 September 2018
#
# **The question: does the picture tell the truth?**
#
# You have worked out what the article's numbers can mean. Now you want to show them. A chart speaks faster than a
# sentence: people see it before they read it. So it can also mislead faster, even if every number in it is right.
#
# After this unit you can:
#
# - say by how much a chart exaggerates, with one number: the lie factor;
# - see the usual tricks: cut axes, pictures that grow both ways, unlike periods, plans dressed as facts, two axes;
# - mend a chart that somebody else drew;
# - say what a machine can judge in a chart, and what only you can;
# - draw two charts of the article that a newspaper could print.
#
# **Time:** {{ time }}. **You need:** units 00 to 06.
#
# Run each cell with Shift + Enter. Start with this one; it fetches the tools. There are two new ones,
# {{ python("check_honesty") }} and {{ python("set_alt_text") }}.

# %% nbgrader={"grade_id": "setup-07", "locked": true}
import pandas as pd
import seaborn as sns

from secondcar import beside, check, hint, load_dataset, show
from secondcar.charts import check_honesty, set_alt_text

sns.set_theme(style="whitegrid")
pd.set_option("display.float_format", "{:,.0f}".format)  # tables show whole numbers, with commas

# %% [markdown]
# ## A bar speaks with its length
#
# Here is the market stall of unit 03 again, with other numbers. We made them up.

# %%
stall = pd.DataFrame({"year": ["last year", "this year"], "takings": [100, 150]})  # thousand tenge, invented

# %% [markdown]
# In a bar chart, **length stands for number**. A bar that is twice as long says: twice as much.
#
# As in unit 04, we put the drawing into a function, so that we can draw the chart again in another way. Its input is
# the number at which the value axis starts. `set_alt_text` gives the chart its **alt text**: a sentence for people who
# do not see the picture. So far you gave it to `show`. Now it stays with the chart, and the function hands both back.


# %%
def draw_stall(start):
    ax = sns.barplot(data=stall, x="year", y="takings", color="#0173b2")
    ax.set(
        title="The stall takes more than last year",
        xlabel="\nSource: invented for this course",
        ylabel="takings in thousand tenge",
        ylim=(start, 160),
    )
    return set_alt_text(
        ax,
        "Bar chart of an invented stall: it took 100 thousand tenge last year and 150 thousand this year.",
    )


show(draw_stall(0))

# %% [markdown]
# The right bar is one and a half times as long as the left one, and the stall took one and a half times as much. The
# picture and the numbers agree.
#
# Now let the axis start halfway up the first bar. How many times as long as the left bar will the right one look? Write a
# number:

# %%
guess = ...

# %% tags=["dishonest-chart"]
show(draw_stall(50))
beside(guess, (150 - 50) / (100 - 50))

# %% [markdown]
# Two times as long! No number was changed, and yet the picture now says something else. Readers fall for it even when
# they see the numbers on the axis. In a study of 2021 (Yang and others) they went on to misjudge such charts after they
# had been taught about them, if less. So we do more than warn: we draw the chart again, from zero.
#
# ## Break a chart, and see who notices
#
# The course has a tool that looks at charts the way a careful reader does. It does not look at your code, it measures
# what was drawn. First the chart that starts at zero:

# %%
ax = draw_stall(0)
check_honesty(ax)

# %% [markdown]
# And now the broken one:

# %% tags=["dishonest-chart"]
ax = draw_stall(50)
check_honesty(ax)

# %% [markdown]
# It names each rule that is broken, and says why. Where it can, it shows the chart mended beside yours, so that you can
# compare the two pictures.
#
# Try to break the chart in other ways. What if somebody is in a hurry, and writes nothing on it?

# %% tags=["dishonest-chart"]
ax = sns.barplot(data=stall, x="year", y="takings")
check_honesty(ax)

# %% [markdown]
# This chart does not mislead. It just leaves you alone with your questions.
#
# These are the rules. You can use the tool on any chart of yours, in any notebook.
#
# | rule | what it asks |
# |---|---|
# | zero-base | do the bars start at zero? |
# | lie-factor | is the change as large in the picture as in the numbers? |
# | area | does only one side of a mark grow with the number? |
# | two-scales | is there only one value axis? |
# | like-for-like | are the periods equally long? |
# | unit | does the value axis name its unit? |
# | title-truth | do the numbers agree with the title? |
# | forecast | does a plan look different from a fact? |
# | source | is there a line that begins with "Source:"? |
# | colour | can everybody tell the colours apart? |
# | alt-text | does a sentence say what is compared, how it compares, and for which period? |
# | order | do years, months and sizes stand in their own order? |
#
# A line may start off zero, since it speaks with its slope. A bar may not.
#
# ## What a machine sees, and what it does not
#
# A machine measures a drawing well. You saw that with the cut chart: a bar has a length, and a length can be compared
# with a number.
#
# Words are another matter. The tool knows many simple sentences, such as "twice last year's". Here {{ python("set_title") }}
# gives the chart such a title, and the chart denies it:

# %% tags=["dishonest-chart"]
ax = draw_stall(0)
ax.set_title("This year's takings were twice last year's")
check_honesty(ax)

# %% [markdown]
# Now another title, for the same two bars. Read it, and then look at the bars:

# %% tags=["dishonest-chart"]
ax = draw_stall(0)
ax.set_title("A black year for the stall")
check_honesty(ax)

# %% [markdown]
# The year was a good one, so the title is false. Anybody who looks at the bars can see it. The tool cannot: "a black
# year" is no number, so there is nothing to compare. It finds no fault, and it says what it looked at. It does not say
# that the title is true.
#
# So keep this in mind, here and wherever a program checks something: **"no fault found" is not "true".** A machine
# judges the drawing. Whether the words fit is for you to judge. That is why no exercise takes a mark for a title that the
# tool doubts: it asks you, and your teacher.

# %% [markdown]
# ## The lie factor
#
# How large is a lie? Edward Tufte, who wrote books about charts, proposed a measure in 1983. Divide the change that
# you *see* by the change that *is there*:
#
# **lie factor = change in the picture / change in the numbers**
#
# Both are changes in percent, as in unit 02: the difference, compared with the *old* one. (In some texts you find other
# definitions. We always use this one.)
#
# For the stall: the numbers rose by half. The bars of the cut chart begin at fifty, so they are a hundred and fifty
# less fifty, and a hundred less fifty:

# %%
change_in_the_numbers = (150 - 100) / 100
left_bar = 100 - 50
right_bar = 150 - 50
change_in_the_picture = (right_bar - left_bar) / left_bar
change_in_the_picture / change_in_the_numbers

# %% [markdown]
# The picture makes the rise look twice as large as it is. An honest chart has a lie factor of one.
#
# ### The article's value, cut
#
# Back to the article. It gives the value of what the car industry made in January to August 2018. For the same months
# of 2017 it gives none. In this exercise we take the reading *times as much*, and we say so:

# %%
claims = load_dataset("claims").set_index("id")["quantity"]
billion = 1_000_000_000
times = claims["value-growth"]
value_2018 = claims["value-level"] / billion  # billion tenge, January to August 2018
value_2017 = value_2018 / times  # billion tenge, January to August 2017, if it is now "times as much"
print(value_2017, value_2018)

# %% [markdown]
# A designer wants a chart with more drama, and lets the axis begin here:

# %% tags=["dishonest-chart"]
cut_at = 70  # billion tenge, the designer's choice
values = pd.DataFrame({"period": ["January-August 2017", "January-August 2018"], "value": [value_2017, value_2018]})
ax = sns.barplot(data=values, x="period", y="value", color="#0173b2")
ax.set(
    title="Car industry explodes!",
    xlabel='\nSource: Kazinform, 21 September 2018; 2017 calculated, read as "times as much"',
    ylabel="value of output in billion tenge",
    ylim=(cut_at, 125),
)
show(
    ax,
    alt=f"A misleading bar chart: its axis does not begin at zero. Value of output in January to August: "
    f"{value_2017:.0f} billion tenge in 2017 and {value_2018:.0f} billion in 2018, but the second bar looks many "
    "times as long.",
)

# %% [markdown]
# ### Exercise: how large is this lie?
#
# {{ ask("lie-factor") }}
#
# If you are stuck, run `hint("lie-factor")` in a cell of its own.

# %% nbgrader={"grade_id": "lie-factor", "solution": true}
lie_factor = ...
### BEGIN SOLUTION
drawn_2017 = value_2017 - cut_at
drawn_2018 = value_2018 - cut_at
change_drawn = (drawn_2018 - drawn_2017) / drawn_2017
lie_factor = change_drawn / ((value_2018 - value_2017) / value_2017)
### END SOLUTION

# %% nbgrader={"grade_id": "lie-factor-check", "grade": true, "points": 2}
check("lie-factor", lie_factor)

# %% [markdown]
# ### Exercise: a function for any bar chart
#
# {{ ask("lie-factor-of") }}
#
# Try it on the stall when you are done. Then try other starts: how does the lie grow as the axis is cut higher and
# higher? And what comes out for a start at zero?


# %% nbgrader={"grade_id": "lie-factor-of", "solution": true}
def lie_factor_of(old, new, start):
    ### BEGIN SOLUTION
    change_drawn = (new - old) / (old - start)
    change_in_numbers = (new - old) / old
    return change_drawn / change_in_numbers
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "lie-factor-of-check", "grade": true, "points": 2}
check("lie-factor-of", lie_factor_of)

# %% [markdown]
# ## Pictures that grow both ways
#
# Newspapers like little pictures: a coin, a car. The larger number gets the larger picture. But whoever pulls a picture
# taller also pulls it **wider**, or it would look squashed. And the eye sees the whole surface.
#
# Here is the stall with two plain boxes for pictures. The right one is one and a half times as tall as the left one,
# and one and a half times as wide. How many times as large as the left box does it *look* to you? Write a number, or
# leave the dots.

# %%
guess = ...

# %% tags=["dishonest-chart", "to-look-at"]
ax = sns.barplot(data=stall, x="year", y="takings", color="#0173b2")
for bar in ax.patches:
    centre = bar.get_x() + bar.get_width() / 2
    bar.set_width(bar.get_height() / 200)
    bar.set_x(centre - bar.get_width() / 2)
ax.set(
    title="The stall takes more than last year",
    xlabel="\nSource: invented for this course",
    ylabel="takings in thousand tenge",
)
set_alt_text(
    ax,
    "Misleading bar chart of an invented stall: it took 100 thousand tenge last year and 150 thousand this year, "
    "but the second bar is wider, too.",
)
check_honesty(ax)

# %% [markdown]
# (You need not understand the code of this cell. It lets each bar grow in width as it does in height.)
#
# One and a half times as tall, and one and a half times as wide. Together:

# %%
beside(guess, 1.5 * 1.5)

# %% [markdown]
# More than *two* times the surface.

# %% [markdown]
# ### Exercise: the lie of a picture
#
# {{ ask("picture-area") }}

# %% nbgrader={"grade_id": "picture-area", "solution": true}
picture_area = ...
### BEGIN SOLUTION
picture_area = (times * times - 1) * 100
### END SOLUTION

# %% nbgrader={"grade_id": "picture-area-check", "grade": true, "points": 2}
check("picture-area", picture_area)

# %% [markdown]
# ## Four charts by a colleague
#
# A colleague has drawn four charts. He is in a hurry, and he means no harm. Please mend them.
#
# Each of his charts is a function: it takes a table, draws it, and returns the chart. Yours is to be a function too.
# Copy his lines, change the name, and mend what needs mending. The check calls your function twice: with the table you
# see here, and with a table **you do not see**. So take every number from the input `data`, and type none in.
#
# Below each exercise is a list of what your chart needs. The check goes through it, line by line, and asks nothing
# else. Where it cannot judge a line, it says so, and the line costs nothing. Each line counts the same. A chart that
# shows wrong numbers, or misleads, gets half of what its lines earn.
#
# To look at your chart, call your function in a cell of your own, for example `show(mend_axis(prices))`. To ask the
# rules before you ask the check: `check_honesty(mend_axis(prices))`.
#
# ### The first chart: who buys expensive cars?
#
# This table counts new cars by their price, in million tenge (`m KZT`). They were sold by official dealers in January
# to August 2018. Kazinform printed the counts on 21 September 2018, the very day of our article, from the car makers'
# association KazAvtoProm.

# %%
facts = load_dataset("facts").set_index("id")
by_price = facts[facts["measure"] == "sales_units_by_price_band"]
prices = pd.DataFrame({"price": by_price["scope"], "cars": by_price["quantity"]})
prices


# %% tags=["dishonest-chart"]
def colleague_axis(data):
    ax = sns.barplot(data=data, y="price", x="cars", color="#0173b2")
    ax.set(title="Hardly anybody buys an expensive car", xlabel="", ylabel="", xlim=(3500, None))
    return ax


show(
    colleague_axis(prices),
    alt="A misleading bar chart of new cars sold by price: the axis does not begin at zero, so the bar of the "
    "most expensive cars is hardly to be seen.",
)

# %% [markdown]
# ### Exercise: mend the axis
#
# {{ ask("mend-axis") }}


# %% nbgrader={"grade_id": "mend-axis", "solution": true}
def mend_axis(data):
    ### BEGIN SOLUTION
    ax = sns.barplot(data=data, y="price", x="cars", color="#0173b2")
    ax.set(
        title="New cars by price, January to August 2018",
        xlabel="new cars sold by official dealers\nSource: KazAvtoProm, printed by Kazinform, 21 September 2018",
        ylabel="price (m KZT = million tenge)",
    )
    counts = ", ".join(data["price"] + ": " + data["cars"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of the new cars sold in January to August 2018, by price. {counts}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "mend-axis-check", "grade": true, "points": 3}
check("mend-axis", mend_axis)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: all from "A bar speaks with its length" to "Four charts by a colleague".
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### The second chart: a collapse?
#
# This one goes back some years. The Statistics Committee of Kazakhstan counted the cars made in 2015, and in the first
# half of 2016. Kazinform printed both numbers on 20 July 2016.

# %%
count = facts["quantity"]
output = pd.DataFrame({"period": ["2015", "January-June 2016"], "months": [12, 6], "cars": count[["F136", "F138"]]})
output


# %% tags=["dishonest-chart"]
def colleague_months(data):
    ax = sns.barplot(data=data, x="period", y="cars", color="#0173b2")
    ax.set(
        title="Car making collapses",
        xlabel="\nSource: Statistics Committee, printed by Kazinform, 20 July 2016",
        ylabel="cars made",
    )
    return ax


show(
    colleague_months(output),
    alt="A misleading bar chart: cars made in the whole of 2015 stand beside cars made in January to June 2016 alone. "
    "The second bar is about a quarter of the first.",
)

# %% [markdown]
# There was a fall, but how large? A year has twelve months, and half a year has six. To compare them, ask how many
# cars were made **a month**. `assign` makes the new column, as in unit 04:

# %%
jam = pd.DataFrame({"period": ["spring", "this week"], "days": [92, 7], "jars": [184, 21]})  # an invented kitchen
jam.assign(jars_a_day=jam["jars"] / jam["days"])

# %% [markdown]
# ### Exercise: mend the months
#
# {{ ask("mend-months") }}


# %% nbgrader={"grade_id": "mend-months", "solution": true}
def mend_months(data):
    ### BEGIN SOLUTION
    monthly = data.assign(cars_a_month=data["cars"] / data["months"])
    ax = sns.barplot(data=monthly, x="period", y="cars_a_month", color="#0173b2")
    ax.set(
        title="Cars made a month in Kazakhstan, on average",
        xlabel="\nSource: Statistics Committee, printed by Kazinform, 20 July 2016",
        ylabel="cars a month",
    )
    averages = ", ".join(monthly["period"] + ": " + monthly["cars_a_month"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of the cars made in Kazakhstan, on average a month. {averages}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "mend-months-check", "grade": true, "points": 3}
check("mend-months", mend_months)

# %% [markdown]
# A monthly average is fairer. It is not perfect: factories have slow months and busy ones. Best of all are the *same*
# months of both years. That is why the article compares January to August with January to August.

# %% [markdown]
# ### The third chart: a plan
#
# In May 2014 the government made a plan for 2019. Ministers make such plans in many countries, and often. The table has
# two counts and the plan. KazTAG printed the first count and the plan on 19 May 2014. It names no year for its count;
# we take it for 2013, the last full year before. The count of 2015 is the one you know. (The years are not equally far
# apart. Bars with names may stand side by side; a line through them would mislead.)

# %%
plan = pd.DataFrame(
    {
        "year": ["2013", "2015", "2019 (plan)"],
        "status": ["made", "made", "planned"],
        "cars": count[["F133", "F136", "F134"]],
    }
)
plan


# %% tags=["dishonest-chart"]
def colleague_plan(data):
    ax = sns.barplot(data=data, x="year", y="cars", color="#0173b2")
    ax.set(
        title="Cars made and planned in Kazakhstan",
        xlabel="\nSources: KazTAG, 19 May 2014; Statistics Committee (2015)",
        ylabel="cars a year",
    )
    return ax


show(
    colleague_plan(plan),
    alt="A misleading bar chart: cars made in 2013 and 2015 and cars planned for 2019, a multiple of them. The plan "
    "looks just like the counts.",
)

# %% [markdown]
# The small print says "plan". But whoever looks in a hurry sees three bars of one kind, and a triumph. It had not
# happened: in unit 01 you saw that a target is neither true nor false yet. So a plan must **look** like a plan: a paler
# bar or a striped one, and a word that says so.
#
# You can draw twice on the same chart: first the facts, and then the plan in another dress. {{ python("order") }} keeps a
# place for each bar, and {{ python("ax=ax") }} says where to draw. {{ python("edgecolor") }} draws the outline of a bar,
# {{ python("hatch") }} its stripes, and {{ python("label") }} is its name in the legend. With the stall's plan for next year, also invented:

# %%
takings = pd.DataFrame(
    {
        "year": ["last year", "this year", "next year (plan)"],
        "status": ["counted", "counted", "planned"],
        "takings": [100, 150, 200],
    }
)
counted = takings[takings["status"] == "counted"]
planned = takings[takings["status"] == "planned"]
ax = sns.barplot(data=counted, x="year", y="takings", order=takings["year"], color="#0173b2", label="counted")
sns.barplot(
    data=planned,
    x="year",
    y="takings",
    order=takings["year"],
    ax=ax,
    color="white",
    edgecolor="black",
    hatch="//",
    label="planned",
)
ax.set(
    title="The stall's takings, and its plan for next year",
    xlabel="\nSource: invented for this course",
    ylabel="takings in thousand tenge",
)
show(
    ax,
    alt="Bar chart of an invented stall: it took 100 thousand tenge last year and 150 thousand this year. "
    "Its plan for next year, a striped bar, is 200 thousand.",
)

# %% [markdown]
# ### Exercise: mend the plan
#
# {{ ask("mend-plan") }}


# %% nbgrader={"grade_id": "mend-plan", "solution": true}
def mend_plan(data):
    ### BEGIN SOLUTION
    made = data[data["status"] == "made"]
    planned = data[data["status"] == "planned"]
    ax = sns.barplot(data=made, x="year", y="cars", order=data["year"], color="#0173b2", label="made")
    sns.barplot(
        data=planned,
        x="year",
        y="cars",
        order=data["year"],
        ax=ax,
        color="white",
        edgecolor="black",
        hatch="//",
        label="planned",
    )
    ax.set(
        title="Cars made and planned in Kazakhstan",
        xlabel="\nSources: KazTAG, 19 May 2014; Statistics Committee (2015)",
        ylabel="cars a year",
    )
    bars = ", ".join(data["year"] + " (" + data["status"] + "): " + data["cars"].map("{:,.0f}".format))
    return set_alt_text(ax, f"Bar chart of cars a year in Kazakhstan; the plan is striped. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "mend-plan-check", "grade": true, "points": 3}
check("mend-plan", mend_plan)

# %% [markdown]
# **A good place to stop.** Done so far in this sitting: the colleague's first charts.
#
# Save, close, and come back when you like. Then run the cells above once more (*Run*, *Run All Above Selected Cell*).
# The next sitting takes {{ next_sitting }}.

# %% [markdown]
# ### The fourth chart: two axes
#
# Back to the article. It speaks of vehicles and of their value, and a colleague wants both in one picture. The next
# table takes the readings that count the old number in: *to*, and *as much*. (This is one of the two worlds you
# know. We use it to learn about charts; which world is ours is still open.) The column `base` holds the figure of
# January to August 2017, the 100 %.
#
# {{ python("sns.lineplot") }} joins the points of a table with a line, and {{ python("twinx") }} gives a chart a second
# value axis, on the right.

# %%
vehicles_2018 = claims["output-units"]
vehicles_2017 = vehicles_2018 / (claims["output-growth"] / 100)  # if it rose TO so many percent
both = pd.DataFrame(
    {
        "what": ["vehicles", "vehicles", "value", "value"],
        "period": ["January-August 2017", "January-August 2018"] * 2,
        "quantity": [vehicles_2017, vehicles_2018, value_2017 * billion, value_2018 * billion],
        "base": [vehicles_2017, vehicles_2017, value_2017 * billion, value_2017 * billion],
    }
)
both


# %% tags=["dishonest-chart"]
def colleague_two_axes(data):
    vehicles = data[data["what"] == "vehicles"]
    value = data[data["what"] == "value"].assign(billions=data["quantity"] / billion)
    ax = sns.lineplot(data=vehicles, x="period", y="quantity", color="#0173b2")
    right = ax.twinx()
    sns.lineplot(data=value, x="period", y="billions", color="#de8f05", ax=right)
    ax.set(title="Vehicles and value move together", xlabel="", ylabel="vehicles (blue)", ylim=(12000, 20000))
    right.set(ylabel="billion tenge (orange)", ylim=(70, 130))
    return ax


show(
    colleague_two_axes(both),
    alt="A misleading line chart with two value axes, vehicles on the left and billion tenge on the right, January to "
    "August 2017 and 2018. The axes are cut so that the two lines nearly cover each other.",
)

# %% [markdown]
# Do the two move together? With two axes, **you can make any two rising lines meet**. Look at the two lines with `ylim`:
# the colleague chose those numbers. Other numbers would show a race, with either of the two in front.
#
# Vehicles and tenge cannot share an axis. But both can be told *in percent of* their own base. Then the unit is the
# same, and so is the axis.
#
# ### Exercise: mend the two axes
#
# {{ ask("mend-two-axes") }}


# %% nbgrader={"grade_id": "mend-two-axes", "solution": true}
def mend_two_axes(data):
    ### BEGIN SOLUTION
    compared = data.assign(percent=data["quantity"] / data["base"] * 100)
    ax = sns.barplot(data=compared, x="period", y="percent", hue="what", palette="colorblind")
    ax.set(
        title='Vehicles and value, if the article means "to" and "as much"',
        xlabel="\nSource: Kazinform, 21 September 2018; 2017 calculated from it",
        ylabel="% of January-August 2017",
    )
    bars = ", ".join(compared["what"] + " in " + compared["period"] + ": " + compared["percent"].map("{:.0f} %".format))
    return set_alt_text(ax, f"Bar chart of vehicles and value in percent of January-August 2017. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "mend-two-axes-check", "grade": true, "points": 3}
check("mend-two-axes", mend_two_axes)

# %% [markdown]
# ## Two charts for the newspaper
#
# Now you are the author. A newspaper wants two charts about the value of what was made, January to August. Nobody has
# drawn anything for you this time. Both tables are in plain tenge:

# %%
periods = ["January-August 2017", "January-August 2018"]
one_reading = pd.DataFrame({"period": periods, "tenge": [value_2017 * billion, value_2018 * billion]})
one_reading

# %%
value_2017_on_top = value_2018 / (1 + times)  # billion tenge, if so many times the old value came on top
two_readings = pd.DataFrame(
    {
        "reading": ["times as much", "times as much", "on top", "on top"],
        "period": periods * 2,
        "tenge": [
            value_2017 * billion,
            value_2018 * billion,
            value_2017_on_top * billion,
            value_2018 * billion,
        ],
    }
)
two_readings

# %% [markdown]
# Two pieces of advice. Nobody can read twelve digits: divide by a billion, and write *billion tenge*. And if you write
# numbers into a title, take them from `data`, with an f-string such as `f"It was {data['tenge'].max()} tenge"`.
#
# And one rule of every honest newspaper: **what was calculated from a reading has to be called so.** The article does
# not give the value of 2017. Your chart must not pretend it does.
#
# ### Exercise: the chart of one reading
#
# {{ ask("value-chart") }}


# %% nbgrader={"grade_id": "value-chart", "solution": true}
def value_chart(data):
    ### BEGIN SOLUTION
    in_billions = data.assign(billions=data["tenge"] / billion)
    ax = sns.barplot(data=in_billions, x="period", y="billions", color="#0173b2")
    ax.set(
        title='Value of the car industry\'s output, if "times more" means "as much"',
        xlabel="\nSource: Kazinform, 21 September 2018; 2017 calculated from it",
        ylabel="billion tenge",
    )
    bars = ", ".join(in_billions["period"] + ": " + in_billions["billions"].map("{:.0f} billion tenge".format))
    return set_alt_text(ax, f'Bar chart of the value of output, with "times more" read as "as much". {bars}.')
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "value-chart-check", "grade": true, "points": 3}
check("value-chart", value_chart)

# %% [markdown]
# ### Exercise: the chart of both readings
#
# The first chart is honest, and it is only half the story: the words allow another reading. So show both, side by side,
# with `hue` and `palette="colorblind"` from unit 04. `hue` makes a legend, too. If it covers a
# bar, {{ python("sns.move_legend") }} puts it beside: `sns.move_legend(ax, "upper left", bbox_to_anchor=(1.02, 1.02))`.
# ({{ python("bbox_to_anchor") }} is the place: the chart ends at one, so this is a little to the right of it.)
#
# {{ ask("readings-chart") }}


# %% nbgrader={"grade_id": "readings-chart", "solution": true}
def readings_chart(data):
    ### BEGIN SOLUTION
    in_billions = data.assign(billions=data["tenge"] / billion)
    ax = sns.barplot(data=in_billions, x="reading", y="billions", hue="period", palette="colorblind")
    ax.set(
        title='Value of output: two readings of "times more"',
        xlabel="\nSource: Kazinform, 21 September 2018; 2017 calculated by each reading",
        ylabel="billion tenge",
    )
    bars = ", ".join(
        in_billions["period"]
        + ", read as "
        + in_billions["reading"]
        + ": "
        + in_billions["billions"].map("{:.0f}".format)
    )
    sns.move_legend(ax, "upper left", bbox_to_anchor=(1.02, 1.02))  # beside the bars, not over them
    return set_alt_text(ax, f"Bar chart of the value of output in billion tenge, by two readings. {bars}.")
    ### END SOLUTION
    return ...


# %% nbgrader={"grade_id": "readings-chart-check", "grade": true, "points": 3}
check("readings-chart", readings_chart)

# %% [markdown]
# ## What we found, and what is still open
#
# - A bar speaks with its length. Cut the axis, and it says something that the numbers do not.
# - The lie factor says how large the lie is: the change you see, divided by the change that is there.
# - Compare like with like: equal periods, one axis, plans marked as plans.
# - A chart without unit and source cannot be checked. A chart without alt text is not there for everybody.
# - A machine judges the drawing. "No fault found" does not mean that the words are true.
# - What rests on a reading has to say so.
#
# An honest chart does not make its numbers true. Both bars for 2017 in your last chart are drawn with care, and at most
# one of them can be right. **A chart shows what we assume; it does not choose.**
#
# Still open: the article also draws a picture of the future, about a hundred thousand cars by 2020. Could that promise be
# kept? Unit 08 asks.
#
# **Talk about it:** find a chart in today's news. Where does its axis begin? Which of the rules does it break, and who
# would like it that way?
