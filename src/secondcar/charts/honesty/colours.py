"""How far apart two colours look, to people with each kind of colour vision, and how far they stand out."""

import math
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coloraide import Color

Colour = tuple[float, ...]  # red, green, blue from 0 to 1; a fourth number, the opacity, is passed over

# The filters of ColorAide: no cones for long, for middle and for short waves. "" is usual colour vision.
VISIONS = {
    "": "usual colour vision",
    "protan": "red-blind vision",
    "deutan": "green-blind vision",
    "tritan": "blue-blind vision",
}


# Colours of series must lie this far apart in every vision: with more, seaborn's own colour-blind palette fails
# (four bars: 10.7, eight: 8.7); its `deep` has 7.2 for three series and passes, matplotlib's tab10 has 4.7.
DISTANCE = 7

# Beyond that, people who are red- or green-blind, one man in twelve, hardly tell two colours apart that lie nearer than
# this to them in CAM02-UCS, the space in which palettes are made (Luo, Cui and Li 2006; Petroff 2021). No bound finds
# red and green and passes all of the palettes (bench/README.md), so it only asks.
CLOSE = 9
RED_GREEN = ("protan", "deutan")


def distance(first: Colour, second: Colour, vision: str = "", space: str = "lab-d65") -> float:
    """Say how far apart two colours look: 0 for the same, 2 for just different, 100 for black and white.

    The distance is that of CIE 1976 in the Lab space, or that of CAM02-UCS, after the simulation of the colour-vision
    deficiency of Machado, Oliveira and Fernandes (2009), all computed by ColorAide.

    Args:
        first: red, green and blue from 0 to 1.
        second: the same of the other.
        vision: a key of `VISIONS`.
        space: where it is measured, "lab-d65" or "cam02-ucs".

    >>> round(distance((1, 0, 0), (0, 0.5, 0)))
    133
    >>> round(distance((0.75, 0.2, 0), (0.35, 0.4, 0), "protan"))
    7
    >>> round(distance((1, 0, 0), (0, 0.5, 0), "protan", "cam02-ucs"), 1)
    8.3
    """
    return math.dist(*(_coordinates(_rounded(colour), vision, space) for colour in (first, second)))


def closest_pair(colours: Iterable[Colour]) -> tuple[float, Colour, Colour, str] | None:
    """Find the two colours that are hardest to tell apart in any kind of colour vision.

    Returns:
        Their distance, the two colours and the key of the vision; None for fewer than two colours.
    """
    pairs = [
        (distance(first, second, vision), first, second, vision)
        for first, second in combinations(colours, 2)
        for vision in VISIONS
    ]
    return min(pairs, key=lambda pair: pair[0], default=None)


def contrast(colour: Colour, background: Colour) -> float:
    """Return the contrast of two colours by the Web Content Accessibility Guidelines 2.1: 1 for the same, 21 at most.

    >>> round(contrast((0, 0, 0), (1, 1, 1)))
    21
    """
    return float(_color(_rounded(colour)).contrast(_color(_rounded(background)), method="wcag21"))


def _rounded(colour: Colour) -> Colour:
    return tuple(round(float(part), 3) for part in colour[:3])


def _color(colour: Colour) -> "Color":
    return _maker()("srgb", colour)


@cache
def _maker() -> "type[Color]":
    """Return ColorAide's colours; they take a moment to import, and most notebooks never judge a chart."""
    from coloraide import Color
    from coloraide.spaces.cam02 import CAM02JMh
    from coloraide.spaces.cam02_ucs import CAM02UCS

    class Measured(Color):
        """A colour that can be measured in CAM02-UCS, too."""

    Measured.register([CAM02JMh(), CAM02UCS()])
    return Measured


@cache
def _coordinates(colour: Colour, vision: str, space: str) -> tuple[float, ...]:
    seen = _color(colour)
    if vision:
        # A simulated colour may lie a little outside what a screen can show.
        seen = seen.filter(vision, method="machado").convert("srgb").clip()
    return tuple(seen.convert(space).coords())
