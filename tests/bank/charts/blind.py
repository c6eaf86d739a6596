"""The second half of the bank: charts by people who had not seen the rules, so nobody could draw what the rules expect.

At their first run, before any rule was changed for them, of 79 honest charts 60 passed, 17 were refused and 2 could not
be read; of 119 dishonest ones 95 were refused (90 of them by exactly the rules that they break), 21 were accepted and 3
could not be read. The rules were then mended in general, and the charts stay here to keep them so.
"""

from tests.bank.charts import blind_dishonest, blind_honest
from tests.bank.charts.entries import Entry


def entries_of(charts) -> dict[str, Entry]:
    return {draw.__name__: Entry(draw.__name__, draw, draw.breaks, getattr(draw, "arguable", ())) for draw in charts}


BLIND_HONEST = entries_of(blind_honest.CHARTS)
BLIND_DISHONEST = entries_of(blind_dishonest.CHARTS)

# Bars in an order that does not help: a reader is asked whether another would, and nothing is refused.
ASKED = {"alphabet_hides_the_ranking", "countplot_in_order_of_arrival"}

# Charts that are not read, so nothing is said of their honesty: pies, box plots, and shapes that stand at no axis.
NOT_READ = {
    "pandas_pie_of_two",
    "boxplot_of_speeds",
    "bubbles_by_area",
    "pie_not_as_labelled",
    "three_in_four_pie",
    "bubbles_by_radius",
    "picture_scaled_both_ways",
}
