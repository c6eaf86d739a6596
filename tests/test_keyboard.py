"""A learner alone, without a mouse, in a real browser: stuck, helped, right, and on to the next unit and to practice.

With SECOND_CAR_PICTURES=FOLDER each step is photographed, light and dark.
"""

import re
import sys

import pytest

from tests.support.classroom_browser import (
    PICTURES,
    KeyboardStudent,
    OpenNotebook,
    exactly,
    started_browser,
    sync_api,
)
from tools.learner_path import started_lab

UNIT, EXERCISE, ANSWER, NEXT_UNIT = "00-start", "hours-in-a-week", "hours_in_a_week", "01-claims"
expect = sync_api.expect

pytestmark = pytest.mark.long


class Learner(KeyboardStudent):
    """Somebody at JupyterLab of their own, with one more cell to ask for help in."""

    def open(self, lab) -> None:
        self.page.goto(f"{lab.address}/lab/tree/{UNIT}/{UNIT}.ipynb?token={lab.token}")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.work = OpenNotebook(self, UNIT)

    def files(self, name: str) -> sync_api.Locator:
        """Return what the list of files has of a name."""
        return self.page.locator(".jp-DirListing-item", has_text=name)

    def go_to(self, cell: str) -> None:
        """Walk to a cell above the active one or below it, cell by cell, in command mode."""
        goal = [each.id for each in self.work.cells].index(cell)
        for _ in self.work.cells:
            active = int(self.active.get_attribute("data-windowed-list-index"))
            if active == goal:
                return
            self.press("ArrowUp" if goal < active else "ArrowDown")
        raise AssertionError(f"{cell} was not reached")

    @property
    def active(self) -> sync_api.Locator:
        return self.work.panel.locator(".jp-Cell.jp-mod-active")

    def answer(self, code: str) -> sync_api.Locator:
        """Write an answer, run it and its check, and return the note."""
        self.go_to(EXERCISE)
        self.write_and_run(code)
        # A check that is run while its answer still runs is dropped where the answer ends with an error.
        self.page.wait_for_timeout(500)
        self.work.cell(EXERCISE).locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
        self.press("Shift+Enter")
        return self.work.note(EXERCISE)

    def write_and_run(self, code: str) -> None:
        self.press("Enter", "Control+A")
        self.type(code)
        self.press("Shift+Enter")

    def say(self, code: str) -> sync_api.Locator:
        """Write code in a new cell below the last one, run it, and return the note that it shows last."""
        self.page.keyboard.press("Escape")
        self.press("b", "Enter")
        self.type(code)
        self.press("Control+Enter")
        return self.active.get_by_role("note").last

    def both_pictures(self, name: str) -> None:
        """Photograph the window in the dark theme and in the light one, if pictures were asked for."""
        if PICTURES:
            for theme in ("Dark", "Light"):
                self.change_theme(theme)
                self.picture(f"{name}-{theme.lower()}")

    def change_theme(self, theme: str) -> None:
        """Choose a theme in the command palette, and go back to the cell that was active."""
        self.press("Control+Shift+C")
        palette = self.page.locator(".jp-ModalCommandPalette")
        palette.locator("input").wait_for()
        self.type(f"JupyterLab {theme}")
        palette.locator(".lm-CommandPalette-item", has_text=exactly(f"Use Theme: JupyterLab {theme}")).wait_for()
        self.press("Enter")
        self.page.locator(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]").wait_for(state="attached")
        palette.wait_for(state="hidden")
        self.active.focus()


def test_a_learner_with_a_keyboard_alone_gets_from_stuck_to_the_next_unit_and_to_practice(tmp_path):
    with started_lab(sys.executable, tmp_path) as lab, started_browser() as browser:
        learner = Learner(browser, None, "learner")
        learner.open(lab)
        expect(learner.files(f"{UNIT}.ipynb")).to_have_count(1)
        expect(learner.files("answers.json")).to_have_count(0)
        expect(learner.work.unsaved).to_have_count(0)
        learner.page.keyboard.press("Escape")
        learner.run_down_to(learner.work, EXERCISE)
        for wrong, said in (("24", "one day"), ("24 * 5", "weekend"), ("24 x 7", "written as a star")):
            expect(learner.answer(f"{ANSWER} = {wrong}")).to_contain_text(said)
            learner.both_pictures(f"wrong-{wrong.replace(' ', '')}")
        expect(learner.answer(f"{ANSWER} = 24 + 7")).to_contain_text("Not yet")

        expect(learner.say(f'from secondcar import solution\nsolution("{EXERCISE}")')).to_contain_text("Not open yet")
        for number in (1, 2, 3):
            expect(learner.say(f'hint("{EXERCISE}")')).to_contain_text(f"Hint {number} of 3")
        learner.both_pictures("hint")
        expect(learner.say(f'solution("{EXERCISE}")')).to_contain_text("168")
        learner.both_pictures("solution")

        expect(learner.answer(f"{ANSWER} = 24 * 7")).to_contain_text("Right.")
        learner.both_pictures("right")

        practice = learner.say('from secondcar import practice\npractice("by-and-to", seed=7)')
        expect(practice).to_contain_text("practice(answer=")
        learner.both_pictures("practice")
        expect(learner.say("practice(answer=1)")).to_contain_text("Once more")
        learner.both_pictures("practice-wrong")

        shown = learner.say("from secondcar import progress\nprogress()")
        expect(shown).to_contain_text("1 of")
        expect(shown).to_contain_text("Mistakes met: 3; cured: 3.")
        learner.both_pictures("progress")

        of_progress = "document.activeElement.closest('[aria-label=\"Progress\"]')"
        learner.tab_to(f"{of_progress} && document.activeElement.innerText === '{NEXT_UNIT}'")
        learner.press("Enter")
        tab = learner.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=exactly(f"{NEXT_UNIT}.ipynb"))
        tab.wait_for()
        expect(learner.page).to_have_url(re.compile(NEXT_UNIT))
