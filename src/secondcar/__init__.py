"""Every Second Car: check the numbers in the news.

>>> from secondcar import check, hint, load_dataset, show
"""

from secondcar.charts import show
from secondcar.checks import check, hint
from secondcar.data import load_dataset

__all__ = ["check", "hint", "load_dataset", "show"]
