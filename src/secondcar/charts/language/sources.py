"""The line that says where the numbers of a chart come from."""

import re

from secondcar.charts.language.wording import source_in

__all__ = ["names_a_source", "source_in"]

_NOBODY = re.compile(
    r"\W*(?:the |from (?:the )?)?(?:internet|world wide web|web|net|online|google|social media|media|various|unknown|"
    r"me|myself|todo|tba|n/?a|x+|\?+)\W*",
    re.IGNORECASE,
)


def names_a_source(line: str) -> bool:
    """Return whether a source line names somebody whom a reader can ask or look up.

    >>> names_a_source("Source: Kazinform, 21 September 2018"), names_a_source("Source: the internet")
    (True, False)
    """
    named = re.sub(r"^\W*sources?\W*", "", line, flags=re.IGNORECASE)
    return bool(named) and not _NOBODY.fullmatch(named)
