"""A question as a notebook shows it."""

from secondcar.charts.checklists import text_of
from secondcar.checks.exercise import Written
from secondcar.checks.kinds import KINDS


def asked(answer: Written) -> str:
    """Return the question: with a sign if it needs no code, and for a chart with its checklist."""
    kind = KINDS[answer["kind"]]
    if not kind.needs_code and not kind.by_hand:
        return f"{answer['ask']}\n\n✎ *No code needed.*"
    if "checklist" not in answer:
        return str(answer["ask"])
    lines = "\n".join(f"- {text_of(line)};" for line in answer["checklist"])
    return f"{answer['ask']}\n\n**Your chart, point by point:**\n\n{lines[:-1]}."
