// Starts a page's Python: the first time from its packages, later from the memory that it had then, kept in this browser.
//
// What a memory holds of compiled libraries fits only where these lie as they did. So they are loaded before Python itself
// starts, always in the same order; what they do once they are there waits for Python, and is part of the memory.

import { unzipSync } from "fflate";
import { del, get, set } from "idb-keyval";
import type { PyodideAPI } from "pyodide";
import { memories } from "./work";

// Addresses begin at the site's top. pyodide: where Pyodide's core is. python: where the site keeps the rest. imports: what
// is imported at once. made: what the packages are, in one hash.
export interface Source {
  pyodide: string;
  python: string;
  imports: string[];
  wheels: Record<string, { url: string; integrity: string }>;
  made: string;
}
// handles: by which Python knows each library that it has opened.
type Kept = { made: string; memory: Blob; handles: [string, string][] };
type Library = { name: string; exports: object; global: boolean; refcount: number };
// What Pyodide uses of Emscripten's module, and what it does not declare.
export type Options = NonNullable<Parameters<typeof import("pyodide").loadPyodide>[0]>;
type Create = NonNullable<Options["createPyodideModule"]>;
type Module = Awaited<ReturnType<Create>> & {
  LDSO: { loadedLibsByName: Record<string, Library>; loadedLibsByHandle: Record<string, Library> };
  onPostCtors: (() => void)[];
  growMemory(bytes: number): void;
  loadWebAssemblyModule(library: WebAssembly.Module, flags: object, name: string, scope: object): object;
};
type File = [name: string, content: Uint8Array<ArrayBuffer>, library?: WebAssembly.Module];

const SITE = "/lib/python3.14/site-packages";
const keyOf = (source: Source): string => Object.keys(source.wheels).join();
const madeBy = (source: Source): string => `${source.made} ${navigator.userAgent}`;

export const forget = (source: Source): Promise<void> => del(keyOf(source), memories).catch(() => {});

export async function openPython(source: Source, top: string, options: Options): Promise<PyodideAPI> {
  const found = await get<Kept>(keyOf(source), memories).catch(() => undefined);
  const memory = found?.made === madeBy(source) ? found : undefined;
  return startPython(source, top, options, memory).catch(async (problem) => {
    if (!memory) throw problem;
    console.warn("Python starts anew, not from its memory:", problem);
    await forget(source);
    return startPython(source, top, options);
  });
}

async function startPython(source: Source, top: string, options: Options, memory?: Kept): Promise<PyodideAPI> {
  const at = (path: string): string => new URL(path, top).href;
  const core: Promise<{ default: Create }> = import(at(`${source.pyodide}pyodide.asm.mjs`));
  const { loadPyodide } = (await import(at(`${source.pyodide}pyodide.mjs`))) as typeof import("pyodide");
  const wheels = Promise.all(Object.values(source.wheels).map(({ url, integrity }) => unpacked(at(url), integrity)));
  const begin: (() => void)[] = [];
  let module!: Module;
  const starting = loadPyodide({
    ...options,
    indexURL: at(source.pyodide),
    lockFileURL: at(`${source.python}pyodide-lock.json`),
    stdLibURL: at(`${source.python}python_stdlib.zip`),
    _makeSnapshot: !memory,
    _loadSnapshot: memory?.memory.arrayBuffer(),
    createPyodideModule: async (settings) => {
      const lay = async (made: unknown): Promise<void> => {
        module = made as Module;
        module.addRunDependency("packages");
        for (const files of await wheels) layOut(module, files);
        begin.push(...module.onPostCtors.splice(0));
        module.removeRunDependency("packages");
      };
      const done = await (await core).default({ ...settings, preRun: [...settings.preRun, lay] });
      if (memory) module.growMemory(memory.memory.size);
      return done;
    },
  });
  const [python] = await Promise.all([starting, wheels]);
  if (memory) {
    const { LDSO } = module;
    for (const [handle, name] of memory.handles) LDSO.loadedLibsByHandle[handle] = LDSO.loadedLibsByName[name]!;
  } else {
    for (const first of begin) first();
    for (const name of source.imports) python.pyimport(name);
    keep(source, python, module);
  }
  for (const name of Object.keys(source.wheels)) python.loadedPackages[name] = "default channel";
  return python;
}

async function unpacked(url: string, integrity: string): Promise<File[]> {
  const answer = await fetch(url, { integrity });
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Promise.all(
    Object.entries(files).map(async ([name, content]): Promise<File> =>
      name.endsWith(".so") ? [name, content, await WebAssembly.compile(content)] : [name, content],
    ),
  );
}

function layOut(module: Module, files: File[]): void {
  for (const [inside, content, library] of files) {
    const name = `${SITE}/${inside}`;
    if (name.endsWith("/")) continue;
    module.FS.mkdirTree(name.slice(0, name.lastIndexOf("/")));
    module.FS.writeFile(name, content, { canOwn: true });
    if (!library) continue;
    const exports = module.loadWebAssemblyModule(library, { global: false, nodelete: true }, name, {});
    module.LDSO.loadedLibsByName[name] = { name, exports, global: false, refcount: Infinity };
  }
}

// A file that is open, or an object of this page, could not come back: then nothing is kept.
function keep(source: Source, python: PyodideAPI, { LDSO }: Module): void {
  for (const name of Object.keys(python.loadedPackages)) delete python.loadedPackages[name];
  // What Python has seen of its folders is of no use later, and holds one file open.
  python.pyimport("importlib").invalidate_caches();
  python.pyimport("gc").collect();
  if (python.FS.streams.filter(Boolean).length > 3) return;
  const memory = new Blob([python.makeMemorySnapshot() as Uint8Array<ArrayBuffer>]);
  const handles = Object.entries(LDSO.loadedLibsByHandle).map(([handle, { name }]): [string, string] => [handle, name]);
  const found: Kept = { made: madeBy(source), memory, handles };
  setTimeout(() => void set(keyOf(source), found, memories).catch(() => {}), 3000);
}
