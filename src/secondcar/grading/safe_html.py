"""Learners' HTML without scripts: filters for nbconvert's templates, and what feedback pages are given besides.

Formgrader and feedback pages show what learners wrote and what their code put out, and a browser would run the scripts
in it with the rights of whoever looks. In any nbgrader course, these lines of `nbgrader_config.py` stop that::

    from secondcar.grading import safe_html
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = safe_html.FILTERS
    c.WidgetsDataTypeFilter.display_data_priority = safe_html.SHOWN

Text, tables, headings, boxes, links, pictures, sound and film stay. Scripts, forms, frames, style sheets and links to
other files of the submission go.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any

import nh3
from jinja2 import pass_context
from jinja2.runtime import Context
from latex2mathml.converter import convert as latex_to_mathml
from nbconvert.filters import get_metadata as get_any_metadata
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

FILTERS = {name: f"{__name__}.{name}" for name in ("markdown2html", "clean_html", "get_metadata")}

# nbconvert's own order, without what needs a script to be seen: such outputs show their plain text.
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain"]

# A second safeguard: a browser that obeys it runs no script in a page and asks no server for anything.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src 'self' file: data:; "
    "media-src 'self' file: data:; frame-src data:; base-uri 'none'; form-action 'none'"
)
POLICY_TAG = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'


def _words(text: str) -> set[str]:
    return set(text.split())


# Put before each id, and before each link to one: no id of a learner's is one of the page's own.
_ID_PREFIX = "in-cell-"

_NEEDS_A_SCRIPT = "<p><em>This output needs a script to be seen, and scripts of notebooks do not run here.</em></p>"
_SCRIPTED = re.compile(r"<(?:script|iframe|object|embed|canvas)\b", re.IGNORECASE)
_VISIBLE = re.compile(r"<(?:img|audio|video|hr|math|input)\b|(?:^|>)\s*[^<>\s]")

_TEXT_TAGS = nh3.ALLOWED_TAGS - {"map", "area"} | {
    "audio",
    "video",
    "source",
    "input",
    "font",
    "big",
    "tfoot",
    "figure",
}
_FORMULA_TAGS = _words(
    "math mrow mi mo mn ms mtext mspace msqrt mroot mfrac msup msub msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mstyle mpadded mphantom menclose merror semantics annotation"
)
_FORMULA_ATTRIBUTES = _words(
    "display displaystyle scriptlevel mathvariant mathcolor stretchy fence separator accent accentunder form lspace "
    "rspace minsize maxsize largeop movablelimits linethickness width height depth voffset notation columnalign "
    "rowalign columnspacing rowspacing columnlines rowlines columnspan rowspan"
)
_ATTRIBUTES = {
    "*": {"class", "id", "style", "title", "lang", "dir", "role", "align", "valign", "width", "height", "border"},
    "a": {"href"},
    "img": {"src", "alt"},
    "audio": {"src", "controls", "loop"},
    "video": {"src", "controls", "loop", "poster"},
    "source": {"src"},
    "input": {"checked"},
    "details": {"open"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"color", "size"},
    "time": {"datetime"},
}

# What could lie over other parts of the page is left out: nobody must be led to press the wrong button.
_STYLES = _words(
    "background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width "
    "border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius "
    "border-right border-right-color border-right-style border-right-width border-spacing border-style border-top "
    "border-top-color border-top-style border-top-width border-width color column-gap display flex flex-direction "
    "flex-wrap font font-family font-size font-style font-variant font-weight gap height justify-content align-items "
    "letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height "
    "max-width min-height min-width opacity overflow overflow-x overflow-y padding padding-bottom padding-left "
    "padding-right padding-top row-gap text-align text-decoration text-indent text-transform vertical-align "
    "white-space width word-break word-wrap"
)
# Functions except colours, because they can ask another server; escapes, which hide them; and negative numbers.
_BAD_STYLE = re.compile(r"(?<!rgb)(?<!rgba)(?<!hsl)(?<!hsla)\(|\\|[:\s]-[\d.]", re.IGNORECASE)

_CLASSES = re.compile(r"alert(?:-\w+)*|dataframe|highlight|anchor-link|table(?:-\w+)*|text-\w+|[a-z]{1,2}\d?")
_LINKS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_MEDIA = re.compile(r"data:(?:image|audio|video)/|https?:|(?![\w.+-]*:|[/\\]{2})", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute may be, or None if it has to go."""
    value = value.strip()
    if name == "href":
        return value.replace("#", f"#{_ID_PREFIX}", 1) if value.startswith("#") else _if(_LINKS.match(value), value)
    if name in ("src", "poster"):
        return _if(_MEDIA.match(value), value)
    if name == "style":
        return _if(not _BAD_STYLE.search(f":{value}"), value)
    if name == "class":
        return " ".join(filter(_CLASSES.fullmatch, value.split())) or None
    return value


def _if(condition: object, value: str) -> str | None:
    return value if condition else None


_cleaner = nh3.Cleaner(
    tags=_TEXT_TAGS | _FORMULA_TAGS,
    clean_content_tags={"script", "style", "title", "noscript", "template", "iframe", "object", "textarea", "select"},
    attributes={**_ATTRIBUTES, **dict.fromkeys(_FORMULA_TAGS, _FORMULA_ATTRIBUTES)},
    generic_attribute_prefixes={"aria-"},
    attribute_filter=_attribute,
    # The one kind of input: the boxes of a list of tasks in Markdown.
    set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    url_schemes={"http", "https", "mailto", "data"},
    filter_style_properties=_STYLES,
    id_prefix=_ID_PREFIX,
)


def clean_html(text: object) -> str:
    """Return HTML without anything that could run a script or change the page around it.

    Drawings in SVG become pictures. Where nothing is left to see, a sentence says so.

    >>> clean_html("<b onclick='steal()'>5 %</b><script>steal()</script>")
    '<b>5 %</b>'
    """
    given = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    cleaned = _cleaner.clean("".join(_with_pictures(given)))
    return _NEEDS_A_SCRIPT if _SCRIPTED.search(given) and not _VISIBLE.search(cleaned) else cleaned


_SVG_BEGIN, _SVG_END = re.compile(r"<svg\b", re.IGNORECASE), re.compile(r"</svg>", re.IGNORECASE)


def _with_pictures(text: str) -> Iterator[str]:
    """Yield the parts of HTML, with an image in place of each drawing: in an image no script runs."""
    at = 0
    while (begin := _SVG_BEGIN.search(text, at)) and (end := _SVG_END.search(text, begin.end())):
        drawing = text[begin.start() : end.end()]
        if "xmlns=" not in drawing.partition(">")[0]:
            drawing = drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        yield text[at : begin.start()]
        yield f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}">'
        at = end.end()
    yield text[at:]


class Renderer(IPythonRenderer):
    """nbconvert's renderer, which does without a missing attachment."""

    def _embed_image_or_attachment(self, src: str) -> str:
        try:
            return super()._embed_image_or_attachment(src)
        except InvalidNotebook:
            return src


class RendererOfFormulas(Renderer):
    """Writes formulas in MathML, which browsers show without a script."""

    def inline_math(self, body: str) -> str:
        return _formula(body, "inline") or super().inline_math(body)

    def block_math(self, body: str) -> str:
        return _formula(body, "block") or super().block_math(body)

    def latex_environment(self, name: str, body: str) -> str:
        return _formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block") or super().latex_environment(name, body)


def _formula(latex: str, display: str) -> str:
    try:
        return latex_to_mathml(latex, display=display)
    except (Exception, RecursionError):  # it has no single error for LaTeX that it cannot read
        return ""


def render_markdown(source: str, renderer: IPythonRenderer) -> str:
    """Return a Markdown text as clean HTML.

    >>> render_markdown("Half of *it*", Renderer(escape=False))
    '<p>Half of <em>it</em></p>\\n'
    """
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Do as nbconvert's filter of this name, and clean the result."""
    cell = context.get("cell", {})
    return render_markdown(source, RendererOfFormulas(escape=False, attachments=cell.get("attachments", {})))


def get_metadata(output: Mapping[str, Any], key: str, mimetype: str | None = None) -> Any:
    """Do as nbconvert's filter of this name; a width or a height is a number: it stands in a tag without quotes."""
    value = get_any_metadata(output, key, mimetype)
    if key in ("width", "height"):
        return value if re.fullmatch(r"\d+(?:\.\d+)?(?:px|%)?", str(value)) else None
    return value
