"""The self-contained site, built once for all tests, served on this machine and opened in a real browser."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from secondcar.errors import CourseError
from secondcar.site.building import make_site
from tests.support.paths import ROOT

CHROMIUM = "/usr/bin/chromium"


@functools.cache
def built_site() -> Path:
    """Return the folder of the site; a test is skipped where it cannot be made."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    try:
        return make_site(ROOT, self_contained=True)
    except CourseError as problem:
        if "not made" in str(problem) or ("failed:" in str(problem) and "npm" not in str(problem)):
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
