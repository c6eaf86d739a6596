"""How soon a learner who opens a unit's page for the first time sees a first check, and how soon the second time.

Measured in Debian's Chromium on the self-contained site, from this machine: no network in between. The clock starts
when the address is opened. The simulated learner loses no time: it answers at once, while Python is still starting.

    make bench-site
"""

import tempfile
import time

from playwright.sync_api import sync_playwright

from tests.support.served_site import CHROMIUM, Visit, built_site, served

# A unit, the cell that imports what it needs, its first exercise with a right answer, the seconds that are promised.
UNITS = {
    "00-start": ("setup-00", "hours-in-a-week", "hours_in_a_week = 168", 3.0),
    "02-by-and-to": ("setup-02", "ratio-of-by", "ratio_of_by = 2.5", 8.0),
}
# Milliseconds that a learner stays after the first check; then the browser has kept Python's memory.
READ = 10_000


def first_check(visit: Visit, unit: str) -> float:
    """Return the seconds from opening a unit's page until the check of its first exercise says that it is right."""
    setup, exercise, answer, _ = UNITS[unit]
    begun = time.perf_counter()
    visit.open_unit(unit)
    visit.press(f"Run Code: {setup}")
    if "Right" not in visit.answer(exercise, answer):
        raise RuntimeError(f"{exercise} was not judged right")
    return time.perf_counter() - begun


def main() -> None:
    """Print a row for each unit."""
    print("unit             first visit   promised   second visit   promised")
    with served(built_site()) as address, sync_playwright() as playwright:
        for unit, (*_, promised) in UNITS.items():
            with tempfile.TemporaryDirectory() as profile:
                taken = []
                for _ in range(2):
                    running = playwright.chromium.launch_persistent_context(
                        profile, executable_path=CHROMIUM, args=["--no-sandbox"]
                    )
                    visit = Visit(running, address, refuse=False)
                    taken.append(first_check(visit, unit))
                    visit.page.wait_for_timeout(READ)
                    running.close()
            row = (taken[0], promised, taken[1], promised / 2)
            print(f"{unit:16} {row[0]:9.1f} s {row[1]:8.1f} s {row[2]:12.1f} s {row[3]:8.1f} s")


if __name__ == "__main__":
    main()
