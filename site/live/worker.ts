// The one Python of a page: a worker that starts Pyodide with the course's package, and runs cells one by one.

import type { Boot, FromWorker, Output, ToWorker } from "./messages";

interface Python {
  FS: { mkdirTree(path: string): void; writeFile(path: string, data: Uint8Array): void };
  globals: { get(name: string): any };
  loadPackagesFromImports(code: string, options: object): Promise<unknown>;
  runPython(code: string): any;
}

const WORK = "/work";
const KEPT = [".secondcar-progress.json", ".second-car-practice.json"];
const post = (message: FromWorker): void => postMessage(message);
let started: Promise<Python>;

onmessage = async ({ data }: MessageEvent<ToWorker>): Promise<void> => {
  if (data.boot) {
    started = start(data.boot);
    started.catch((error) => post({ failed: String(error).slice(0, 300) }));
    return;
  }
  const python = await started;
  try {
    await python.loadPackagesFromImports(data.code, { messageCallback: () => {} });
    const outputs = JSON.parse(python.globals.get("_run")(data.code)) as Output[];
    post({ id: data.id, outputs, kept: JSON.parse(python.globals.get("_kept")()) });
  } catch (error) {
    // What Python itself catches never comes here: this Python has ended.
    post({ failed: String(error).slice(0, 300), id: data.id });
  }
};

async function start(boot: Boot): Promise<Python> {
  let seen = 0;
  new PerformanceObserver((list) => {
    seen += list.getEntries().length;
    post({ share: Math.min(0.8, (0.8 * seen) / boot.downloads) });
  }).observe({ type: "resource" });
  const { loadPyodide } = await import(`${boot.pyodide}pyodide.mjs`);
  const python: Python = await loadPyodide({
    indexURL: boot.pyodide,
    lockFileURL: `${boot.python}pyodide-lock.json`,
    stdLibURL: `${boot.python}python_stdlib.zip`,
    packages: boot.packages,
    env: { MPLBACKEND: "agg" },
  });
  post({ share: 0.9 });
  const folder = `${WORK}/${boot.unit}`;
  python.FS.mkdirTree(folder);
  for (const [name, content] of Object.entries(boot.files)) python.FS.writeFile(`${folder}/${name}`, bytes(content));
  for (const [name, text] of Object.entries(boot.kept)) {
    python.FS.writeFile(`${WORK}/${name}`, new TextEncoder().encode(text));
  }
  python.runPython(`
import json, os, pathlib, pyodide
os.chdir(${JSON.stringify(folder)})
from secondcar.in_page import Page
_page = Page()
_run = _page.run_to_json
def _kept():
    files = (pathlib.Path(${JSON.stringify(WORK)}, name) for name in ${JSON.stringify(KEPT)})
    return json.dumps({file.name: file.read_text("utf-8") for file in files if file.is_file()})
`);
  python.globals.get("_run")(boot.setup);
  post({ share: 1 });
  return python;
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
