"""The subject of a drawn claim: a place, a thing, a year and a source. All of it is invented."""

from dataclasses import dataclass

from secondcar.practice.draw import Draw

CURRENCY = "thalers"

PLACES = (
    "Ambleford",
    "Brackenholm",
    "Dunwater",
    "Fennimoor",
    "Greywick",
    "Kestrel Sound",
    "Lindenmoor",
    "Little Sorrel",
    "Marrowfield",
    "Oxlip",
    "Port Quill",
    "Saltrow",
    "Tolmarsh",
    "Upper Wend",
    "Varnhill",
)
SOURCES = ("the chamber of commerce", "the statistics office", "the trade office", "the town council")


@dataclass(frozen=True)
class Product:
    """Something that is made and sold: its name, how many of it in a year, and what one costs."""

    one: str
    many: str
    fewest: int
    most: int
    cheapest: int
    dearest: int


THINGS = (
    Product("accordion", "accordions", 1_000, 6_000, 800, 2_400),
    Product("bicycle", "bicycles", 2_000, 40_000, 300, 900),
    Product("camper van", "camper vans", 1_000, 5_000, 30_000, 60_000),
    Product("canoe", "canoes", 1_000, 7_000, 500, 1_500),
    Product("electric scooter", "electric scooters", 2_000, 50_000, 300, 700),
    Product("hearing aid", "hearing aids", 2_000, 30_000, 400, 1_200),
    Product("kettle", "kettles", 4_000, 40_000, 20, 50),
    Product("lawnmower", "lawnmowers", 1_000, 25_000, 200, 600),
    Product("oven", "ovens", 1_000, 20_000, 300, 900),
    Product("rocking chair", "rocking chairs", 1_000, 8_000, 120, 400),
    Product("rowing boat", "rowing boats", 1_000, 4_000, 1_500, 6_000),
    Product("school desk", "school desks", 1_000, 20_000, 60, 160),
    Product("sewing machine", "sewing machines", 1_000, 20_000, 200, 600),
    Product("snow shovel", "snow shovels", 3_000, 30_000, 15, 30),
    Product("telescope", "telescopes", 1_000, 6_000, 200, 900),
    Product("tent", "tents", 2_000, 30_000, 100, 400),
    Product("tractor", "tractors", 1_000, 4_000, 20_000, 60_000),
    Product("umbrella", "umbrellas", 4_000, 40_000, 15, 40),
    Product("violin", "violins", 1_000, 3_000, 600, 2_000),
    Product("wall clock", "wall clocks", 2_000, 40_000, 30, 90),
)


@dataclass(frozen=True)
class Activity:
    """Who does it, what they do, and what the number of it is called."""

    doers: str
    did: str
    do: str
    name: str


ACTIVITIES = (
    Activity("Factories", "made", "make", "output"),
    Activity("Workshops", "made", "make", "output"),
    Activity("Shops", "sold", "sell", "sales"),
)


@dataclass(frozen=True)
class News:
    """The setting of one claim, and the words and numbers that go with it."""

    draw: Draw
    place: str
    thing: Product
    activity: Activity
    source: str
    year: int

    @classmethod
    def drawn(cls, draw: Draw) -> "News":
        """Return a setting."""
        return cls(
            draw,
            draw.of(PLACES),
            draw.of(THINGS),
            draw.of(ACTIVITIES),
            draw.of(SOURCES),
            draw.between(2019, 2025),
        )

    @property
    def before(self) -> int:
        return self.year - 1

    @property
    def one(self) -> str:
        return self.thing.one

    @property
    def many(self) -> str:
        return self.thing.many

    @property
    def did(self) -> str:
        return self.activity.did

    @property
    def doers(self) -> str:
        """Return who does it, as the beginning of a sentence: ``Shops in Oxlip``."""
        return f"{self.activity.doers} in {self.place}"

    @property
    def name(self) -> str:
        """Return what the number is called, as the beginning of a sentence: ``Sales of tents in Oxlip``."""
        return f"{self.activity.name.capitalize()} of {self.many} in {self.place}"

    def count(self, step: int = 100) -> int:
        """Return how many, a multiple of `step` and of two digits that count, as news rounds it."""
        while True:
            number = self.draw.between(self.thing.fewest, self.thing.most)
            rounded = round(number, 2 - len(str(number)))
            if rounded % step == 0:
                return rounded

    def price(self) -> int:
        """Return what one costs in the invented currency, two digits that count."""
        number = self.draw.between(self.thing.cheapest, self.thing.dearest)
        return round(number, 2 - len(str(number)))

    def said(self, sentence: str) -> str:
        """Return a sentence without its full stop as a newspaper attributes it."""
        return self.draw.of(
            (
                f"{sentence}, {self.source} said.",
                f"{sentence}, according to {self.source}.",
                f"{sentence}, {self.source} reported.",
            )
        )


def money(amount: float) -> str:
    """Return an amount as a newspaper prints it.

    >>> money(1_890_000), money(450)
    ('1.89 million thalers', '450 thalers')
    """
    if amount >= 1e6:
        return f"{amount / 1e6:,.10g} million {CURRENCY}"
    return f"{amount:,.10g} {CURRENCY}"


def in_words(number: float) -> str:
    """Return a number as a newspaper writes it in a sentence: a small whole one as a word.

    >>> in_words(3), in_words(2.5)
    ('three', '2.5')
    """
    words = dict(enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine"), start=2))
    return words.get(int(number), f"{number:g}") if number == int(number) else f"{number:g}"


def money_unit(amount: float) -> tuple[str, str]:
    """Return the unit in which an amount is asked, and what an expression in single thalers is divided by for it.

    >>> money_unit(1_890_000)
    ('million thalers', ' / 10 ** 6')
    """
    return (f"million {CURRENCY}", " / 10 ** 6") if amount >= 1e6 else (CURRENCY, "")


def a(noun: str) -> str:
    """Return a noun with its article.

    >>> a("umbrella"), a("tent")
    ('an umbrella', 'a tent')
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
