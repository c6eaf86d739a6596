"""The data: its tables are sound, weak figures are marked weak, and what is loaded is safe to change."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

import secondcar.data
from secondcar.data import claim, dataset_names, fact, load_dataset
from secondcar.data.schema import GRADES, UNITS, validate
from tests.support.some import some

TABLES = ["claims", "facts", "sources"]
README = (Path(secondcar.data.__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def tables():
    return {name: load_dataset(name) for name in TABLES}


def test_the_tables_follow_their_schemas(tables):
    validate(**tables)


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "reason"),
    [
        ("claims", 1, "id", "output-growth", "field_uniqueness"),
        ("claims", 0, "id", "Output Growth", "str_matches"),
        ("claims", 0, "what", None, "not_nullable"),
        ("claims", 0, "quantity", None, "quantity_with_its_unit"),
        ("claims", 0, "unit", None, "quantity_with_its_unit"),
        ("claims", 0, "unit", "percent", "isin"),
        ("claims", 0, "period_end", pd.Timestamp("2017-12-31"), "period_in_order"),
        ("claims", 0, "base", "last year", "base_is_in_the_quote"),
        ("claims", 1, "hedge", "nearly", "hedge_is_in_the_quote"),
        ("claims", 0, "quote", "", "str_matches"),
        ("claims", 0, "fact_id", "F999", "isin"),
        ("facts", 1, "id", "F001", "field_uniqueness"),
        ("facts", 0, "id", "1", "str_matches"),
        ("facts", 0, "period_start", pd.NaT, "not_nullable"),
        ("facts", 0, "period_end", pd.Timestamp("2017-12-31"), "period_in_order"),
        ("facts", 0, "measure", "Production units", "str_matches"),
        ("facts", 0, "quantity_as_printed", None, "not_nullable"),
        ("facts", 0, "unit", "units", "isin"),
        ("facts", 0, "scope", None, "not_nullable"),
        ("facts", 24, "caution", None, "caution_says_why_not_good"),
        ("facts", 0, "quote", None, "not_nullable"),
        ("facts", 0, "source_id", "S99", "isin"),
        ("facts", 0, "grade", "excellent", "isin"),
        ("sources", 1, "id", "S01", "field_uniqueness"),
        ("sources", 0, "title", None, "not_nullable"),
        ("sources", 0, "url", "inform.kz", "str_matches"),
        ("sources", 0, "published", pd.NaT, "published_or_a_note"),
    ],
)
def test_a_broken_row_is_refused(tables, table, row, column, value, reason):
    tables[table].loc[row, column] = value
    with pytest.raises(SchemaErrors) as refused:
        validate(**tables)
    assert any(str(check).startswith(reason) for check in refused.value.failure_cases["check"])


@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_the_wrong_type_missing_or_added_is_refused(tables, table):
    whole = tables[table]
    date = "published" if table == "sources" else "period_start"
    for broken in (whole.astype({date: "str"}), whole.drop(columns="id"), whole.assign(extra=1)):
        with pytest.raises(SchemaErrors):
            validate(**{**tables, table: broken})


@pytest.mark.parametrize("name", ["claims", "facts", "sources", "production"])
def test_a_dataset_has_the_types_it_promises(name):
    frame = load_dataset(name)
    for column, dtype in some(frame.dtypes.items()):
        if column in ("period_start", "period_end", "published"):
            assert dtype.kind == "M", column
        elif column == "quantity":
            assert dtype == "float64"
        else:
            assert dtype == "str", column
    assert not (frame == "").any(axis=None)


def test_production_counts_vehicles_and_names_its_sources():
    production, facts = load_dataset("production"), load_dataset("facts")
    assert set(production["id"]) == set(facts.loc[facts["measure"] == "production_units", "id"])
    assert production[["quantity", "unit", "grade", "source_title", "publisher", "url"]].notna().all(axis=None)
    assert production["period_start"].is_monotonic_increasing
    assert production.set_index("id").loc["F020", "publisher"] == "Azernews citing Trend/AKAB"


@pytest.mark.parametrize("name", ["claims", "facts", "sources", "production"])
def test_changing_a_frame_changes_no_other(name):
    before = load_dataset(name)
    changed = load_dataset(name)
    changed["id"] = "spoilt"
    pd.testing.assert_frame_equal(load_dataset(name), before)


def test_an_unknown_dataset_is_refused_in_one_sentence_that_lists_the_names():
    with pytest.raises(ValueError) as refused:
        load_dataset("prodution")
    assert '"prodution"' in str(refused.value)
    assert all(name in str(refused.value) for name in some(dataset_names()))


def test_every_claim_is_quoted_from_its_fact_and_has_its_figure(tables):
    pairs = tables["claims"].merge(tables["facts"], left_on="fact_id", right_on="id", suffixes=("", "_fact"))
    assert len(pairs) == 8
    for pair in some(pairs.itertuples()):
        assert pair.quote in pair.quote_fact
        scale = 1e9 if (pair.unit, pair.unit_fact) == ("KZT", "bn KZT") else 1
        assert pair.quantity == pair.quantity_fact * scale
        assert (pair.period_start, pair.period_end) == (pair.period_start_fact, pair.period_end_fact)
        assert pair.source_id == "S01"


def test_the_one_figure_without_a_fact_is_that_of_the_first_line(tables):
    claims = tables["claims"]
    assert list(claims.loc[claims["fact_id"].isna() & claims["quantity"].notna(), "id"]) == ["bought-by-citizens"]


def test_weak_figures_are_marked_weak(tables):
    facts = tables["facts"]
    assert set(facts.loc[facts["grade"] == "weak", "id"]) == {"F025", "F092", "F126", "F128", "F186", "F229"}


def test_every_fact_read_on_the_mirror_is_weak(tables):
    joined = tables["facts"].merge(tables["sources"], left_on="source_id", right_on="id")
    mirrored = joined[joined["url"].str.contains("ayoohadir")]
    assert len(mirrored) == 3
    assert (mirrored["grade"] == "weak").all()


def test_a_figure_is_missing_only_where_no_single_number_is_printed(tables):
    facts = tables["facts"].set_index("id")
    missing = facts.loc[facts["quantity"].isna(), "quantity_as_printed"].to_dict()
    assert missing == {"F053": "more than all 2016", "F075": "196->193", "F175": "310-345"}


@pytest.mark.parametrize(
    ("fact_id", "figure", "unit"),
    [
        ("F001", 19_000, "vehicles"),
        ("F003", 120, "bn KZT"),
        ("F005", 1 / 3, "share"),
        ("F020", 14_660, "vehicles"),
        ("F025", 86, "special vehicles"),
        ("F026", 88.26, "bn KZT"),
        ("F027", 64.5, "bn KZT"),
        ("F054", 19_217, "vehicles"),
        ("F062", 0.5625, "share"),
        ("F098", 77_471, "vehicles"),
        ("F126", 105_738, "cars"),
        ("F167", 344.70583, "KZT per USD"),
        ("F210", 106.0, "index"),
    ],
)
def test_a_fact_has_the_figure_and_unit_of_its_page(tables, fact_id, figure, unit):
    assert fact(fact_id) == figure
    row = tables["facts"].set_index("id").loc[fact_id]
    assert (row["quantity"], row["unit"]) == (figure, unit)


def test_million_printed_for_billion_is_said(tables):
    cautions = tables["facts"].set_index("id")["caution"]
    for fact_id in ("F026", "F027", "F029", "F030"):
        assert "'million tenge', really billion" in cautions[fact_id]


def test_the_half_year_makes_by_150_percent_impossible():
    """The course's central finding, from the facts alone: +150 % needs a base below its own first half."""
    counts, growths = ("F021", "F022", "F023", "F024", "F025"), ("F225", "F226", "F227", "F228", "F229")
    half_year_2017 = sum(fact(c) / (1 + fact(g) / 100) for c, g in zip(counts, growths, strict=True))
    assert half_year_2017 == pytest.approx(8_765, abs=1)
    assert claim("output-units") / (1 + claim("output-growth") / 100) < half_year_2017


def test_claims_are_exact():
    assert claim("share-2017") == 1 / 3
    assert claim("value-level") == 120e9


@pytest.mark.parametrize(
    ("look_up", "wrong_id", "said"),
    [
        (claim, "output-grwth", '"output-growth"'),
        (claim, "zzz", "claims.csv"),
        (fact, "F02O", '"F02'),
        (fact, "production", "facts.csv"),
        (fact, "F175", "not one number"),
    ],
)
def test_a_wrong_id_is_refused_in_one_sentence_that_helps(look_up, wrong_id, said):
    with pytest.raises(ValueError) as refused:
        look_up(wrong_id)
    assert f'"{wrong_id}"' in str(refused.value)
    assert said in str(refused.value)


def test_figures_are_looked_up_without_pandas():
    code = "import sys; from secondcar.data import fact; fact('F020'); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_dictionary_names_every_column_unit_and_grade(tables):
    explained = set(re.findall(r"`([^`\n]+)`", README))
    columns = {column for table in tables.values() for column in table.columns}
    assert columns | set(UNITS) | set(GRADES) <= explained


def test_the_dictionary_counts_right(tables):
    for name, table in some(tables.items()):
        assert f"| `{name}.csv` | {len(table)} |" in README
    for grade, count in some(tables["facts"]["grade"].value_counts().items()):
        assert f"| `{grade}` | {count} |" in README
    assert f"the {len(load_dataset('production'))} facts" in README
