// What JupyterLite's kernel takes for Pyodide: it starts as in a page, with the kernel's own packages.

import type { PyodideAPI } from "pyodide";
import { openPython, type Options, type Source } from "./python";

export async function loadPyodide({ stdout, stderr }: Options): Promise<PyodideAPI> {
  const source = (await (await fetch(new URL("lite.json", import.meta.url))).json()) as Source;
  // As the kernel sets it, which is late for what is imported before it.
  const env = { MPLBACKEND: "module://matplotlib_inline.backend_inline" };
  return openPython(source, new URL("../../", import.meta.url).href, { stdout, stderr, env });
}
