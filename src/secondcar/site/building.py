"""Makes the site: `python -m secondcar.site`, in the course's folder."""

import shutil
import subprocess
import sys
from pathlib import Path

from secondcar.errors import CourseError
from secondcar.site.lite import make_lite
from secondcar.site.pages import lay_out
from secondcar.site.python import prepare_python
from secondcar.site.tools import npm_packages, run

SCRIPTS = ("page", "worker", "lite")


def make_site(root: Path, *, self_contained: bool) -> Path:
    """Make the site in build/site, and return the folder to publish.

    Args:
        root: the course's repository.
        self_contained: bring Pyodide itself, too, so that pages ask no other server for anything.

    Raises:
        CourseError: a page is not sound, or something that it needs is absent.
    """
    build = root / "build" / "site"
    out = build / ("self-contained" if self_contained else "html")
    python = build / f"{out.name}-python" / "python"
    npm = npm_packages(root / "site", build)
    pyodide = prepare_python(root, build, python, npm, self_contained=self_contained)
    pages = build / f"{out.name}-pages"
    lay_out(root, pages, pyodide, python)
    _bundle(root, npm, pages / "_static" / "live")
    options = ["-W", "--keep-going", "-q", "-b", "html", "-d", str(build / f"{out.name}-doctrees")]
    done = subprocess.run([sys.executable, "-m", "sphinx", *options, str(pages), str(out)], cwd=root, check=False)
    if done.returncode:
        raise CourseError("The site was not made: see what Sphinx said above.")
    for template in (out / "_static").glob("*.html"):
        template.unlink()  # the theme's own, not pages
    shutil.rmtree(out / python.name, ignore_errors=True)
    shutil.copytree(python, out / python.name)
    make_lite(root, build / f"{out.name}-lite", out / "lite")
    (out / ".nojekyll").touch()  # GitHub Pages would leave out every folder that begins with _
    return out


def _bundle(root: Path, npm: Path, out: Path) -> None:
    """Check the types of what makes pages live, and put each script with all it needs into one file."""
    live = npm / "live"
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(root / "site" / "live", live)
    run(["npx", "tsc", "-p", "live"], npm)
    shape = [
        "--bundle",
        "--loader:.html=text",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--legal-comments=linked",
        "--log-level=warning",
    ]
    run(["npx", "esbuild", *(f"live/{name}.ts" for name in SCRIPTS), *shape, f"--outdir={out}"], npm)
