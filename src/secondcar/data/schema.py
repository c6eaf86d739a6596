"""What each column of the three tables must hold; the build and the tests ask, `load_dataset` does not.

>>> from secondcar.data import load_dataset
>>> from secondcar.data.schema import validate
>>> validate(load_dataset("claims"), load_dataset("facts"), load_dataset("sources"))
"""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

UNITS = (
    "vehicles",
    "cars",
    "trucks",
    "buses",
    "trailers",
    "special vehicles",
    "million people",
    "KZT",
    "bn KZT",
    "m USD",
    "bn USD",
    "KZT per USD",
    "%",
    "share",
    "index",
    "times",
    "times more",
)
"""The units a quantity may have; `README.md` says what each means."""

GRADES = ("good", "medium", "weak")
"""How far to trust that the source says what the row says."""


def validate(
    claims: pd.DataFrame, facts: pd.DataFrame, sources: pd.DataFrame, units: Sequence[str] | None = UNITS
) -> None:
    """Check the three tables, as `load_dataset` returns them, each alone and against the one it refers to.

    Args:
        claims: what the article says.
        facts: what other sources say.
        sources: the pages that they were read on.
        units: those that a quantity may have; None for any.

    Raises:
        pandera.errors.SchemaErrors: a table is wrong; it lists the columns, checks and failing values of the
            first table that is.
    """
    sources_schema().validate(sources, lazy=True)
    facts_schema(sources["id"], units).validate(facts, lazy=True)
    claims_schema(facts["id"], units).validate(claims, lazy=True)


def claims_schema(fact_ids: pd.Series, units: Sequence[str] | None = UNITS) -> pa.DataFrameSchema:
    """Return the schema of `claims.csv`; `fact_ids` are the facts a claim may refer to."""
    return _table(
        {
            "id": _id(r"^[a-z0-9]+(-[a-z0-9]+)*$", "small letters, digits and dashes, such as output-units"),
            "what": _text(),
            "quantity": _number(),
            "unit": _unit(units, nullable=True),
            "period_start": _date(),
            "period_end": _date(),
            "base": _optional_text(),
            "hedge": _optional_text(),
            "quote": _text(),
            "fact_id": _optional_text(pa.Check.isin(fact_ids), description="the id of a row of facts.csv"),
        },
        _period_in_order(),
        _quoted("base"),
        _quoted("hedge"),
        pa.Check(
            lambda claims: claims["quantity"].isna() == claims["unit"].isna(),
            name="quantity_with_its_unit",
            description="quantity stands without a unit, or a unit without a quantity",
        ),
    )


def facts_schema(source_ids: pd.Series, units: Sequence[str] | None = UNITS) -> pa.DataFrameSchema:
    """Return the schema of `facts.csv`; `source_ids` are the sources a fact may refer to."""
    return _table(
        {
            "id": _id(r"^F\d{3}$", "F and three digits, such as F001"),
            "period_start": _date(nullable=False),
            "period_end": _date(),
            "measure": _text(
                pa.Check.str_matches(r"^[a-z0-9]+(_[a-z0-9]+)*$"),
                description="small letters, digits and underscores, such as production_units",
            ),
            "quantity": _number(),
            "quantity_as_printed": _text(),
            "unit": _unit(units),
            "scope": _text(),
            "caution": _optional_text(),
            "quote": _text(),
            "source_id": _text(pa.Check.isin(source_ids), description="the id of a row of sources.csv"),
            "grade": _text(pa.Check.isin(GRADES), description=f"one of {', '.join(GRADES)}"),
        },
        _period_in_order(),
        pa.Check(
            lambda facts: (facts["grade"] == "good") | facts["caution"].notna(),
            name="caution_says_why_not_good",
            description="the grade is not good, and caution does not say why",
        ),
    )


def sources_schema() -> pa.DataFrameSchema:
    """Return the schema of `sources.csv`."""
    return _table(
        {
            "id": _id(r"^S\d{2}$", "S and two digits, such as S01"),
            "title": _text(),
            "title_note": _optional_text(),
            "publisher": _text(),
            "url": _text(pa.Check.str_matches(r"^https?://\S+$"), description="an address that begins with https://"),
            "published": _date(),
            "published_note": _optional_text(),
        },
        pa.Check(
            lambda sources: sources["published"].notna() | sources["published_note"].notna(),
            name="published_or_a_note",
            description="published is empty, and published_note does not say what is known of the date",
        ),
    )


def _table(columns: dict[str, pa.Column], *checks: pa.Check) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, checks=list(checks), strict=True, ordered=True)


def _id(pattern: str, description: str) -> pa.Column:
    return pa.Column("str", pa.Check.str_matches(pattern), unique=True, description=description)


def _text(*checks: pa.Check, description: str = "some text") -> pa.Column:
    return pa.Column("str", [pa.Check.str_matches(r"\S"), *checks], description=description)


def _optional_text(*checks: pa.Check, description: str = "some text or nothing") -> pa.Column:
    return pa.Column("str", list(checks), nullable=True, description=description)


def _unit(units: Sequence[str] | None, nullable: bool = False) -> pa.Column:
    text = _optional_text if nullable else _text
    if units is None:
        return text(description="the unit of the quantity")
    return text(pa.Check.isin(units), description=f"one of {', '.join(units)}")


def _number(nullable: bool = True) -> pa.Column:
    return pa.Column("float64", nullable=nullable, description="a number without separators, such as 19000 or 1.6")


def _date(nullable: bool = True) -> pa.Column:
    return pa.Column("datetime64[us]", nullable=nullable, description="a day, such as 2018-08-31")


def _period_in_order() -> pa.Check:
    # A comparison with a missing date is false: an open period is not out of order.
    return pa.Check(
        lambda table: ~(table["period_start"] > table["period_end"]),
        name="period_in_order",
        description="the period ends before it starts",
    )


def _quoted(column: str) -> pa.Check:
    def is_quoted(claims: pd.DataFrame) -> pd.Series:
        pairs = zip(claims[column].fillna(""), claims["quote"].fillna(""), strict=True)
        return pd.Series([words in quote for words, quote in pairs], index=claims.index)

    return pa.Check(is_quoted, name=f"{column}_is_in_the_quote", description=f"{column} is not in the words of quote")
