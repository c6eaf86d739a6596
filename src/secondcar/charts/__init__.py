"""Charts that everybody can read: shown with an alt text, read, and checked for honesty."""

from secondcar.charts.alt_text import set_alt_text
from secondcar.charts.showing import show

__all__ = ["check_honesty", "read", "set_alt_text", "show"]


def __getattr__(name: str) -> object:
    """Import what needs matplotlib only when it is asked for: every notebook imports this package first."""
    if name == "check_honesty":
        from secondcar.charts.honesty import check_honesty

        return check_honesty
    if name == "read":
        from secondcar.charts.reading import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
