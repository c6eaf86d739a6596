"""The chart bank: honest and dishonest drawings of the course's facts, as data for tests, bench and contact sheet.

>>> from tests.bank.charts import DISHONEST, HONEST
>>> HONEST["plain_bar"].rules
()
>>> DISHONEST["bar_from_70"].rules
('zero-base', 'lie-factor')
"""

import matplotlib as mpl

mpl.use("agg")  # the bank is drawn without a screen

from tests.bank.charts.dishonest import DISHONEST
from tests.bank.charts.honest import HONEST

__all__ = ["DISHONEST", "HONEST"]
