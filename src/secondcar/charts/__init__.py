"""Charts that everybody can read: shown with an alt text and a plain-text twin."""

from secondcar.charts.showing import show

__all__ = ["show"]
