"""A chart as an image of a web page, with its alt text."""

import base64
import html
import io
from typing import TYPE_CHECKING

from secondcar.charts.language.say import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def as_image(figure: "Figure", alt: str, resolution: int) -> str:
    """Return a figure as an HTML image with its alt text; the picture is within it, and cut to what is drawn.

    Args:
        figure: what to picture; it is left as it is.
        alt: what the picture shows, in words.
        resolution: dots per inch.
    """
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=resolution, bbox_inches="tight")
    png = base64.b64encode(data.getvalue()).decode()
    return f'<img alt="{html.escape(one_line(alt))}" src="data:image/png;base64,{png}" style="max-width: 100%">'
