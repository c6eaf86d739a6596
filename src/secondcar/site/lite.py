"""JupyterLab in the browser, with the units as they are handed out: for whoever wants the whole of it.

Its Python starts as that of the pages, so both forms of the site have one configuration.
"""

import json
import shutil
import sys
from pathlib import Path

from secondcar.checks.answers_file import FILE_NAME, HIDDEN_NAME
from secondcar.site.tools import run

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# Where the kernel lies once its package is installed, and its own wheels.
EXTENSION = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
KERNEL_WHEELS = EXTENSION / "static" / "pypi"
# With any other name in a notebook, JupyterLab asks which kernel to take.
KERNEL_SPEC = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
# What a kernel starts with: loaded at once, not one after another.
PACKAGES = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "secondcar")

KERNEL_SETTINGS = {
    # As a page of JupyterLite sees it.
    "pyodideUrl": "../../_static/live/lite.js",
    # Report a missing wheel at once; otherwise the kernel asks another server, and waits for ever.
    "disablePyPIFallback": True,
    "loadPyodideOptions": {"packages": PACKAGES},
}


def make_lite(root: Path, build: Path, out: Path) -> None:
    """Write JupyterLite into a folder beside the pages.

    Args:
        root: the course's repository.
        build: a folder of the build's own.
        out: the folder; written anew.
    """
    shutil.rmtree(build, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(root / "release", build / "content")
    shutil.copy(root / "site" / "lite.md", build / "content" / "start-here.md")
    told = {
        "appName": "Every Second Car",
        "litePluginSettings": {KERNEL: KERNEL_SETTINGS},
    }
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": told}
    (build / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
    for path in (build / "content").glob("*/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"]["kernelspec"] = KERNEL_SPEC
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), encoding="utf-8")
    # What else is installed for JupyterLab here is for people with a server.
    chosen = {
        "LiteBuildConfig": {"ignore_sys_prefix": ["federated_extensions"], "federated_extensions": [str(EXTENSION)]}
    }
    (build / "jupyter_lite_config.json").write_text(json.dumps(chosen), encoding="utf-8")
    places = ["--lite-dir", str(build), "--contents", str(build / "content"), "--output-dir", str(out)]
    run([sys.executable, "-m", "jupyterlite_core", "build", *places, "--no-sourcemaps"], build)
    for file in (out / "files").rglob(FILE_NAME):
        _hide(out, file)


def _hide(out: Path, file: Path) -> None:
    """Give a file a name that JupyterLab does not list."""
    folder = file.parent.relative_to(out / "files")
    listing = out / "api" / "contents" / folder / "all.json"
    told = json.loads(listing.read_text(encoding="utf-8"))
    for model in told["content"]:
        if model["name"] == FILE_NAME:
            model["name"], model["path"] = HIDDEN_NAME, (folder / HIDDEN_NAME).as_posix()
    listing.write_text(json.dumps(told), encoding="utf-8")
    file.rename(file.with_name(HIDDEN_NAME))
