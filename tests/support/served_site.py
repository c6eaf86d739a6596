"""The site, each form of it built once for all tests, served on this machine and opened in a real browser."""

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from secondcar.errors import CourseError
from secondcar.site.building import make_site
from tests.support.paths import ROOT

CHROMIUM = "/usr/bin/chromium"
# Of three units one exercise each: its name, a wrong and a right answer. The first unit imports no library, the second
# draws, the third makes tables.
ANSWERED = {
    "00-start": ("hours-in-a-week", "24 + 7", "24 * 7"),
    "02-by-and-to": ("ratio-of-by", "1.5", "2.5"),
    "05-value-per-vehicle": ("value-per-vehicle", "63.2", "120_000 / 19_000"),
}
Made = TypeVar("Made")


@functools.cache
def built_site(*, self_contained: bool = True) -> Path:
    """Return the folder of the site; a test is skipped where it cannot be made."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    return or_skip(lambda: make_site(ROOT, self_contained=self_contained))


def or_skip(make: Callable[[], Made]) -> Made:
    """Make something of npm's and PyPI's packages; a test is skipped where these cannot be fetched."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    try:
        return make()
    except CourseError as problem:
        if not re.search("`(npm ci|.*pip download|.*-m pip)", str(problem)):
            raise
        pytest.skip(str(problem)[:300])


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  http.server's own
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server does, and give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# In a page whose Python has answered: do something with what this browser has kept of Python's memory.
MEMORIES = """new Promise((done) => {
  indexedDB.open("second-car-python").onsuccess = ({ target: { result: base } }) => {
    const store = base.transaction("memories", "readwrite").objectStore("memories");
    WHAT;
    store.transaction.oncomplete = () => base.close();
  };
})"""
SLOW = 120_000  # milliseconds, on a busy machine


class Visit:
    """One learner's browser: what it keeps, what it asked of other servers, and what went wrong in it."""

    def __init__(self, context, address, *, refuse=True):
        self.context, self.address, self.outside, self.errors = context, address, [], []
        # A browser that asks us about each request keeps no file for a second visit.
        if refuse:
            context.route(lambda url: not url.startswith((address, "data:", "blob:")), self._refuse)
        self.page = self.context.new_page()
        self.page.set_default_timeout(SLOW)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)[:500]))

    def _refuse(self, route):
        self.outside.append(route.request.url)
        route.abort()

    def open(self, page):
        self.page.goto(f"{self.address}/{page}.html")
        self.page.wait_for_selector("html[data-live=ready]")

    def open_unit(self, unit):
        self.open(f"units/{unit}/{unit}")

    def editor(self, name):
        return self.page.get_by_label(name, exact=True)

    def write(self, exercise, text):
        self.editor(f"Code: {exercise}").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def still_has(self, exercise, text):
        """Write an answer, load the page anew, and return whether the answer is there."""
        self.write(exercise, text)
        self.page.wait_for_timeout(1000)
        self.page.reload()
        self.page.wait_for_selector("html[data-live=ready]")
        return self.editor(f"Code: {exercise}").inner_text().strip() == text

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def cell(self, name):
        return self.page.locator(".live", has=self.page.get_by_role("button", name=f"Run {name}", exact=True))

    def note(self, name):
        """Return the text of the note below a cell, once it is there."""
        cell = self.cell(name)
        cell.locator("[aria-busy]").wait_for(state="detached")
        note = cell.locator("[role=note]").first
        note.wait_for()
        return note.inner_text()

    def answer(self, exercise, text):
        self.write(exercise, text)
        self.page.keyboard.press("Shift+Enter")
        self.press(f"Run Check of {exercise}")
        return self.note(f"Check of {exercise}")

    def python_is_kept(self):
        """Wait until the browser has kept Python's memory for the next visit."""
        count = MEMORIES.replace("WHAT", "store.count().onsuccess = (e) => done(e.target.result)")
        waiting = 0
        while not self.page.evaluate(count):
            assert waiting < SLOW, "this browser has kept no memory"
            self.page.wait_for_timeout(500)
            waiting += 500

    def break_what_is_kept(self):
        put = "e.target.result && e.target.result.update({ ...e.target.result.value, memory: new Blob(['nothing']) })"
        what = f"store.openCursor().onsuccess = (e) => {{ {put}; done() }}"
        self.page.evaluate(MEMORIES.replace("WHAT", what))

    def downloaded(self):
        with self.page.expect_download() as download:
            self.press("Download my work")
        return download.value.suggested_filename, json.loads(download.value.path().read_text("utf-8"))
