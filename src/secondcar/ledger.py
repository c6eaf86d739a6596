"""The learner's own ledger: what somebody takes the words of a text to mean, as later cells and charts read it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# The columns of a ledger that a learner fills.
WORDS, MEANING = "words", "I_take_it_to_mean"


def taken(ledger: "pd.DataFrame", words: str, choices: Sequence[str]) -> str:
    """Return what a ledger takes words to mean; the first choice where three dots still stand.

    Args:
        ledger: a table with the columns ``words`` and ``I_take_it_to_mean``.
        words: the row that is asked for.
        choices: what can be written there.

    An entry that is not one of the choices is reported, and the first choice is taken.

    >>> import pandas as pd
    >>> mine = pd.DataFrame({"words": ["by 2020"], "I_take_it_to_mean": ["Before 2020"]})
    >>> taken(mine, "by 2020", ["in 2020", "before 2020"])
    'before 2020'
    """
    written = ledger.loc[ledger[WORDS] == words, MEANING].tolist()
    entry = written[0] if written else ...
    known = {_plain(choice): choice for choice in choices}
    if entry is not ... and _plain(entry) not in known:
        told = ", ".join(f'"{choice}"' for choice in choices)
        print(f'Your ledger has {entry!r} for "{words}". Write one of these: {told}. Until then we take the first.')
    return known.get(_plain(entry), choices[0])


def _plain(entry: object) -> str:
    return " ".join(str(entry).casefold().split())
