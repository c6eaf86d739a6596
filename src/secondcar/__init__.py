"""Every Second Car: check the numbers in the news.

>>> from secondcar import beside, check, hint, load_dataset, show
"""

from secondcar.charts import show
from secondcar.checks import check, hint
from secondcar.data import load_dataset
from secondcar.guessing import beside

__all__ = ["beside", "check", "hint", "load_dataset", "show"]
