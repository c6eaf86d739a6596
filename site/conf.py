"""How Sphinx makes the site; `make site` lays the pages out beside this file."""

import json
from pathlib import Path

project = html_title = "Every Second Car"
author = "The authors of Every Second Car"
copyright = author
language = "en"
extensions = ["myst_nb", "secondcar.site.sphinx_pages"]
exclude_patterns = ["_build", "conf.py"]

# Outputs are those of source/: nothing is run here.
nb_execution_mode = "off"
nb_number_source_lines = False
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
myst_heading_anchors = 4
# A fenced block of shell commands in docs/ is no Python; the notebooks name their language themselves.
highlight_language = "none"

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_favicon = "_static/icon.svg"
html_css_files = ["site.css"]
html_js_files = ["pages.js"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "home_page_in_toc": True,
    # The search stands at the left already; a bar above the page would hold nothing else.
    "navbar_persistent": [],
}
live_pages = json.loads((Path(__file__).parent / "live-pages.json").read_text(encoding="utf-8"))
