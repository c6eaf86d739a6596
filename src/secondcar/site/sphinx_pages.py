"""A Sphinx extension: each live page names the file that it is told by, and loads what makes it live."""

from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the names that conf.py gives as `live_pages`: a page -> its file."""
    app.add_config_value("live_pages", {}, "html")
    app.connect("html-page-context", _make_live)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _make_live(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    told = app.config.live_pages.get(page)
    if told is None:
        return
    top = "../" * page.count("/")
    context["metatags"] = f'{context.get("metatags", "")}\n<meta name="second-car-live" content="{top}{told}">'
    app.add_js_file("live/page.js", type="module", loading_method="defer")
