"""Writes the gallery of honesty rules, each with a chart that breaks it, its sentence and the chart mended."""

import sys
from pathlib import Path

from secondcar.charts.honesty import RULES, find_faults
from secondcar.charts.honesty.mending import mend
from secondcar.charts.reading import read_all
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.charts.reading.panels import figure_of
from tests.bank.charts import DISHONEST
from tests.bank.charts.entries import Entry, drawn

DOTS_PER_INCH = 70

OPENING = f"""# {len(RULES)} ways a chart misleads

Each rule of `check_honesty` with a chart that breaks it, what the rule says about that chart, and, where a drawing can
put it right, the chart mended. All charts come from the bank in `tests/bank/charts/`, all figures from the
course's data. `make gallery` writes this page anew.
"""


def main(folder: Path) -> None:
    """Draw one chart for each rule, and write the page and its pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sections = [section(rule, example_of(rule), folder) for rule in RULES]
    (folder / "README.md").write_text(OPENING + "\n" + "\n".join(sections), encoding="utf-8", newline="\n")
    print(f"Open {folder / 'README.md'}.")


def example_of(rule: str) -> Entry:
    """Return the first chart of the bank that breaks this rule and no other."""
    return next(entry for entry in DISHONEST.values() if entry.rules == (rule,))


def section(rule: str, entry: Entry, folder: Path) -> str:
    """Save the pictures of one rule, and return its part of the page."""
    with drawn(entry) as chart:
        readings = read_all(chart)
        findings = find_faults(readings)
        figure = figure_of(chart)
        save(figure, folder / f"{rule}.png")
        alt = alt_text_of(figure) or "A chart without an alt text: that is what is wrong with it."
        mended = mend(readings, findings)
    lines = [f"## {rule}", "", RULES[rule].reason, "", f"![{alt}]({rule}.png)", ""]
    lines += [f"> {finding.sentence}" for finding in findings] + [""]
    if mended:
        mended.set_size_inches(figure.get_size_inches())  # what differs is the drawing alone
        save(mended, folder / f"{rule}-mended.png")
        lines += [f"Mended:\n\n![The same chart with {rule} put right]({rule}-mended.png)", ""]
    else:
        lines += ["This one no drawing can put right: only the author knows what is missing.", ""]
    return "\n".join(lines)


def save(figure, path: Path) -> None:
    # Without the date and the version of the tool, the same chart gives the same file.
    figure.savefig(path, dpi=DOTS_PER_INCH, bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
