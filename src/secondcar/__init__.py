"""Every Second Car: check the numbers in the news.

>>> from secondcar import beside, check, hint, load_dataset, practice, progress, show, solution
"""

from secondcar.charts import show
from secondcar.checks import check, hint, solution
from secondcar.data import load_dataset
from secondcar.guessing import beside
from secondcar.practice import practice
from secondcar.progress import progress

__all__ = ["beside", "check", "hint", "load_dataset", "practice", "progress", "show", "solution"]
