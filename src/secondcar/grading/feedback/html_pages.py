"""nbconvert's HTML exporter for many notebooks that have most of their cells in common, as those of a class do.

A page is what nbconvert makes of it, byte for byte, unless it is to be safe (`safe_html`). But the code of a cell is
highlighted, and its text rendered, once in a process. And nbconvert reads each finished page with BeautifulSoup, which
takes half of its time: here a cell that stands in many pages is read once, and the rest of a page without it.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from jinja2 import DictLoader, pass_context
from nbconvert.exporters import HTMLExporter, html
from nbconvert.filters import Highlight2HTML, ansi2html
from nbformat import NotebookNode
from traitlets.config import Config

from secondcar.grading.safe_html import (
    POLICY,
    POLICY_TAG,
    SHOWN,
    RendererOfFormulas,
    clean_html,
    get_metadata,
    render_markdown,
)

# A longer cell holds much output, and is hardly ever on another learner's page too.
_LONGEST = 20_000
_KEPT = 1000

# The template puts it around each cell, and it is removed again. It is random, so that no notebook can hold it.
_SECRET = secrets.token_hex(8)
_EDGE = f"<!--{_SECRET}-->"
_MARKED_CELLS = """\
{%- extends TEMPLATE -%}
{%- block any_cell scoped -%}EDGE{{ super() }}EDGE{%- endblock any_cell -%}
""".replace("EDGE", _EDGE)
# What a safe page shows without a script.
_FORMULAS = """\
{%- block data_latex scoped -%}
<div class="output_latex output_subarea">{{ output.data["text/latex"] | markdown2html }}</div>
{%- endblock data_latex -%}
"""
_NO_MATHJAX = {"mathjax.html.j2": "{%- macro mathjax(url=none) -%}{%- endmacro -%}"}
_PLACE_NAME = f"cell-{_SECRET}"
_PLACE = f"<wbr {_PLACE_NAME}={{}}>"
_PLACE_READ = re.compile(rf'<wbr {_PLACE_NAME}="(\d+)"/>')

# What templates take for text in a cell's metadata, where a learner may have put anything.
_TEXTS = ("magics_language", "raw_mimetype")

# What HTML takes for white space.
_BLANK = " \t\n\f\r"


def for_a_class(exporter: type, safe: bool = False) -> type:
    """Return an exporter class made quick for a class's notebooks; one that makes no HTML is returned as it is.

    safe: whether no script runs in its pages, and they ask no other server for anything.
    """
    if not issubclass(exporter, HTMLExporter):
        return exporter
    html.BeautifulSoup = _FeedbackPage  # type: ignore[attr-defined, assignment]  # nbconvert takes it from there
    # Under its own name it finds its own configuration.
    return type(exporter.__name__, (_Safe, _ForAClass, exporter) if safe else (_ForAClass, exporter), {})


def _once(function: Callable[..., str]) -> Callable[..., str]:
    """Return a function that does the same, but only once for each text, its first argument, unless that is long."""
    kept = lru_cache(_KEPT)(function)
    return lambda text, *others: (kept if len(text) <= _LONGEST else function)(text, *others)


if TYPE_CHECKING:
    from nbconvert.exporters import HTMLExporter as Base
else:
    Base = object  # a course says which of its subclasses it is


class _ForAClass(Base):
    """Mixed into an HTML exporter. blocks: what it adds to the template."""

    blocks = _MARKED_CELLS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._render = _once(lambda source: super(_ForAClass, self).markdown2html({}, source))
        self._highlight = _once(self._highlight_anew)
        if not self.raw_template:
            self.raw_template = self.blocks.replace("TEMPLATE", repr(self.template_file))

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        yield from super().default_filters()
        yield "ansi2html", _once(ansi2html)

    def from_notebook_node(self, nb: NotebookNode, *args: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        for cell in nb.cells:
            for name in _TEXTS:
                if not isinstance(cell.metadata.get(name, ""), str):
                    del cell.metadata[name]
        return super().from_notebook_node(nb, *args, **kwargs)

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        if self.embed_images or context.get("cell", {}).get("attachments"):
            return super().markdown2html(context, source)
        return self._render(source)

    def register_filter(self, name: str, jinja_filter: Any) -> Any:
        # nbconvert registers a new one with each notebook.
        if type(jinja_filter) is Highlight2HTML:
            jinja_filter = self._highlighter(jinja_filter.pygments_lexer)
        return super().register_filter(name, jinja_filter)

    def _highlighter(self, lexer: str) -> Callable[..., str]:
        def highlight(source: str, language: str | None = None, metadata: dict | None = None) -> str:
            return self._highlight(source, lexer, language, (metadata or {}).get("magics_language"))

        return highlight

    def _highlight_anew(self, source: str, lexer: str, language: str | None, magics_language: str | None) -> str:
        metadata = {"magics_language": magics_language} if magics_language else None
        return Highlight2HTML(pygments_lexer=lexer, parent=self)(source, language, metadata)


class _Safe(Base):
    """Mixed into an HTML exporter, too."""

    blocks = _MARKED_CELLS + _FORMULAS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sanitize_html = True
        self.update_config(Config({"WidgetsDataTypeFilter": {"display_data_priority": SHOWN}}))
        self.extra_loaders = [*self.extra_loaders, DictLoader(_NO_MATHJAX)]
        # These come after all others, those of the course's configuration too.
        self.filters = {**self.filters, "clean_html": _once(clean_html), "get_metadata": get_metadata}
        self.filters["markdown2html"] = self.markdown2html
        self._render = _once(lambda source: render_markdown(source, self._renderer()))

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        attachments = context.get("cell", {}).get("attachments", {})
        if self.embed_images or attachments:
            path = context.get("resources", {}).get("metadata", {}).get("path", "")
            return render_markdown(source, self._renderer(attachments=attachments, path=path))
        return self._render(source)

    def _renderer(self, **options: Any) -> RendererOfFormulas:
        return RendererOfFormulas(
            escape=False,
            embed_images=self.embed_images,
            anchor_link_text=self.anchor_link_text,
            exclude_anchor_links=self.exclude_anchor_links,
            **{**self.lexer_options, **options},
        )

    def from_notebook_node(self, nb: NotebookNode, *args: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        page, resources = super().from_notebook_node(nb, *args, **kwargs)
        if POLICY in page:  # its template has it
            return page, resources
        return page.replace("<head>", f"<head>{POLICY_TAG}", 1) if "<head>" in page else POLICY_TAG + page, resources


class _FeedbackPage(BeautifulSoup):
    """A page of which the cells that other pages may share were read apart from it."""

    def __init__(self, page: str, features: str) -> None:
        first, *parts = page.split(_EDGE)
        self._apart: list[str] = []
        self._places: list[Tag] = []
        set_apart = [self._set_apart(cell) for cell in parts[::2]]
        cells = [cell for cell in set_apart if cell is not None]
        if len(cells) == len(set_apart):
            super().__init__(first + "".join(map("".join, zip(cells, parts[1::2], strict=True))), features=features)
            # A cell with a tag too few or too many makes something else of the cells after it.
            if len(self._places) == len(cells) and len({id(place.parent) for place in self._places}) <= 1:
                return
        self._apart, self._places = [], []
        super().__init__(first + "".join(parts), features=features)

    def _set_apart(self, cell: str) -> str | None:
        """Return what stands for a cell in the page. None if the page has to be read as a whole."""
        core = cell.strip(_BLANK)
        if not core.startswith("<"):
            return None
        # nbconvert looks for images, and for what is marked `jp-`, in the page that it has read.
        alone = len(core) <= _LONGEST and "<img" not in core.lower() and "jp-" not in core
        read = _read_cell(core) if alone else ""
        if read is None:
            return None
        self._apart.append(read)
        # The white space at its ends merges with that around the cell.
        before, after = cell[: cell.index("<")], cell[len(cell.rstrip(_BLANK)) :]
        return before + _PLACE.format(len(self._apart) - 1) + ("" if alone else core) + after

    def handle_starttag(self, name: str, namespace: Any, nsprefix: Any, attrs: Any, *args: Any, **kwargs: Any) -> Any:
        tag = super().handle_starttag(name, namespace, nsprefix, attrs, *args, **kwargs)
        if tag is not None and _PLACE_NAME in attrs:
            self._places.append(tag)
        return tag

    def decode(self, *args: Any, **kwargs: Any) -> str:
        return _PLACE_READ.sub(lambda place: self._apart[int(place[1])], super().decode(*args, **kwargs))


class _Cell(BeautifulSoup):
    """A cell's HTML, read by itself. complete: whether it means the same within a page."""

    def __init__(self, cell: str) -> None:
        self._open, self._in_order = 0, True
        super().__init__(cell, features="html.parser")
        ends = self.contents[:1] + self.contents[-1:]
        # Text at an end, which may be a tag that was not finished, belongs with what stands next to it.
        self.complete = self._in_order and self._open == 0 and bool(ends) and all(isinstance(end, Tag) for end in ends)

    def handle_starttag(self, *args: Any, **kwargs: Any) -> Tag | None:
        self._open += 1
        return super().handle_starttag(*args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        self._open -= 1
        self._in_order &= self.currentTag is not None and self.currentTag.name == name
        super().handle_endtag(name, nsprefix)


@lru_cache(_KEPT)
def _read_cell(cell: str) -> str | None:
    """Return a cell's HTML as BeautifulSoup writes it, or None if that depends on what stands around it."""
    read = _Cell(cell)
    return str(read) if read.complete else None
