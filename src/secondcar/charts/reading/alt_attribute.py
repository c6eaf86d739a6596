"""Where a chart keeps its alt text: matplotlib has no place for one."""

# As an attribute it goes wherever the figure goes, also into a pickle.
_ATTRIBUTE = "_secondcar_alt_text"


def alt_text_of(chart: object) -> str:
    """Return the alt text of a figure or of a seaborn.objects plot, "" if it has none."""
    text: str = getattr(chart, _ATTRIBUTE, "")
    return text


def keep_alt_text(chart: object, text: str) -> None:
    """Keep the alt text of a figure or of a seaborn.objects plot with it."""
    setattr(chart, _ATTRIBUTE, text)
