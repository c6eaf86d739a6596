// The one Python of a page: a worker that starts Pyodide with the course's package, and runs cells one by one.

import { expose } from "comlink";
import type { PyodideAPI } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import { forget, openPython, type Source } from "./python";
import type { Output } from "./work";

export interface Boot extends Source {
  top: string;
  unit: string;
  files: Record<string, string>;
  kept: Record<string, string>;
  setup: string;
}

export type Ran = { outputs: Output[]; kept: Record<string, string> };

let started: Promise<[PyodideAPI, PyProxy]>;
let source: Source;
// One cell after the other, in the order in which they were asked for.
let last: Promise<unknown> = Promise.resolve();

const live = {
  async boot(boot: Boot, share: (share: number) => void): Promise<void> {
    source = boot;
    started = start(boot, share);
    await started;
  },
  run(code: string): Promise<Ran> {
    const ran = last.then(() => run(code));
    last = ran.catch(() => forget(source));
    return ran;
  },
};
export type Live = typeof live;
expose(live);

// What Python itself catches is an output. What is thrown here means that this Python has ended.
async function run(code: string): Promise<Ran> {
  const [python, workspace] = await started;
  await python.loadPackagesFromImports(code, { messageCallback: () => {} });
  return JSON.parse(workspace.run(code));
}

async function start(boot: Boot, share: (share: number) => void): Promise<[PyodideAPI, PyProxy]> {
  let seen = 0;
  new PerformanceObserver((list) => {
    seen += list.getEntries().length;
    share(Math.min(0.8, (0.8 * seen) / (5 + Object.keys(boot.wheels).length)));
  }).observe({ type: "resource" });
  const python = await openPython(boot, boot.top, { env: { MPLBACKEND: "agg" } });
  share(0.9);
  const workspace = python.pyimport("secondcar.in_page").Workspace(JSON.stringify(boot));
  share(1);
  return [python, workspace];
}
