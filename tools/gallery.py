"""Writes the gallery of honesty rules, each with a chart that breaks it, its sentence and the chart mended."""

import sys
from pathlib import Path

from matplotlib.transforms import Bbox

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

Some of the charts show what the course finds out only in unit 09. If you are on your way
through it, look at them later.
"""


def main(folder: Path) -> None:
    """Draw one chart for each rule, and write the page and its pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sections = [section(rule, example_of(rule), folder) for rule in RULES]
    (folder / "README.md").write_text(OPENING + "\n" + "\n".join(sections), encoding="utf-8", newline="\n")
    print(f"Open {folder / 'README.md'}.")


def example_of(rule: str) -> Entry:
    """Return the first chart of the bank that breaks this rule above all: a cut axis tells a wrong effect, too."""
    return next(entry for entry in DISHONEST.values() if entry.rules[:1] == (rule,))


def section(rule: str, entry: Entry, folder: Path) -> str:
    """Save the pictures of one rule, and return its part of the page."""
    with drawn(entry) as chart:
        findings, figure, mended = find_faults(read_all(chart)), figure_of(chart), mended_of(chart)
        alt = alt_text_of(figure) or "A chart without an alt text: that is what is wrong with it."
        both = [each for each in (figure, mended) if each]
        frame = Bbox.union([each.get_tightbbox() for each in both]).padded(0.1)
        for each, name in zip(both, (rule, f"{rule}-mended"), strict=False):
            # Without the date and the version of the tool, the same chart gives the same file.
            each.savefig(folder / f"{name}.png", dpi=DOTS_PER_INCH, bbox_inches=frame, metadata={"Software": None})
    lines = [f"## {rule}", "", RULES[rule].reason, "", f"![{alt}]({rule}.png)", ""]
    lines += [f"> {finding.sentence}" for finding in findings if finding.rule == rule] + [""]
    if mended:
        lines += [f"Mended:\n\n![The same chart with {rule} put right]({rule}-mended.png)", ""]
    else:
        lines += ["No drawing can put this one right: only the author knows what is missing.", ""]
    return "\n".join(lines)


def mended_of(chart):
    """Return a chart mended, at its own size and scale: what differs is the drawing alone. None if no drawing helps."""
    readings, figure = read_all(chart), figure_of(chart)
    mended = mend(readings, find_faults(readings))
    if mended:
        mended.set_size_inches(figure.get_size_inches())
        share_scale(figure, mended)
    return mended


def share_scale(figure, mended) -> None:
    """Make both value axes end at the same number, if both show the same quantity in one panel."""
    if len(figure.axes) == len(mended.axes) == 1 and figure.axes[0].get_ylabel() == mended.axes[0].get_ylabel():
        top = max(each.axes[0].get_ylim()[1] for each in (figure, mended))
        for each in (figure, mended):
            each.axes[0].set_ylim(top=top)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
