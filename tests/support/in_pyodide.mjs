// in_pyodide.mjs TOLD.json: runs the jobs of tests/support/portable.py in Pyodide, in Node.
//
// TOLD.json: {core, root, packages, archives, jobs, out}: Pyodide's folder, the repository's, packages of Pyodide's lock to
// load, wheels to unpack, the file of jobs, and the file for what comes of them.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.join(told.core, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: `${told.core}/`,
  packages: told.packages,
  env: { MPLBACKEND: "agg", PYTHONDONTWRITEBYTECODE: "1" },
});
for (const archive of told.archives) python.unpackArchive(new Uint8Array(fs.readFileSync(archive)), "wheel");
python.FS.mkdirTree("/course");
python.FS.mount(python.FS.filesystems.NODEFS, { root: told.root }, "/course");
python.globals.set("jobs", fs.readFileSync(told.jobs, "utf8"));
let code = 0;
try {
  fs.writeFileSync(told.out, python.runPython(`
import sys
sys.path.insert(0, "/course")
from tests.support.portable import run_jobs
run_jobs(jobs)
`));
} catch (error) {
  // An error within Pyodide prints a megabyte of its own source.
  console.error(String(error).slice(0, 4000));
  code = 1;
}
process.exit(code);
