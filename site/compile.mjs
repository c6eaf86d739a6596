// compile.mjs PYODIDE JOBS.json: compiles archives of Python source by Pyodide's own Python, so that a browser need not.
//
// JOBS.json is a list of {from, to, root}: wheels and the standard library, what to write, and where it will lie.
// Each .py becomes a .pyc that is never checked against its source; what no page needs is left out.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, jobs] = process.argv.slice(2).map((argument) => path.resolve(argument));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
python.runPython(`
import importlib.util, re, sys, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

# Tests, type stubs, headers, samples, fonts beside the usual one, spare backends: megabytes that nobody asks for.
DROP = re.compile(
    r"(^|/)(tests?|testing/tests|sample_data|baseline_images)/|\\.pyi$|(^|/)py\\.typed$|\\.pxd$|\\.h$"
    r"|^matplotlib/(backends/(web_backend|qt_editor)|mpl-data/(sample_data|images))|^matplotlib/mpl-data/fonts/(afm|pdfcorefonts)/"
    r"|^matplotlib/mpl-data/fonts/ttf/(?!DejaVuSans(-Bold|-Oblique|Mono)?\\.ttf|DejaVuSansDisplay|STIX(General|NonUni|Siz\\w+Reg)\\.ttf|cm)"
    r"|^pytz/zoneinfo/|^numpy/(f2py|distutils|doc)/|^PIL/_(webp|avif|imagingcms|imagingtk)|^PIL/Image(Qt|Tk)"
)
KEEP = re.compile(r"^(numpy|pandas|matplotlib)/(testing|_testing)(/|\\.py)|^numpy/f2py/__init__")
DAY = (1980, 1, 1, 0, 0, 0)

def compiled(root):
    with zipfile.ZipFile("/from") as before, zipfile.ZipFile("/to", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as after:
        for name in before.namelist():
            if name.endswith("/") or (DROP.search(name) and not KEEP.search(name)):
                continue
            data = before.read(name)
            if name.endswith(".py") and ".data/" not in name:
                try:
                    code = compile(data, f"{root}/{name}", "exec", dont_inherit=True)
                except SyntaxError:
                    pass
                else:
                    name, data = f"{name}c", _code_to_hash_pyc(code, importlib.util.source_hash(data), checked=False)
            after.writestr(zipfile.ZipInfo(name, DAY), data, zipfile.ZIP_DEFLATED)
`);
const compiled = python.globals.get("compiled");
const version = python.runPython('f"{sys.version_info.major}.{sys.version_info.minor}"');
for (const { from, to, library } of JSON.parse(fs.readFileSync(jobs, "utf8"))) {
  const root = library ? `/lib/python${version.replace(".", "")}.zip` : `/lib/python${version}/site-packages`;
  python.FS.writeFile("/from", new Uint8Array(fs.readFileSync(from)));
  compiled(root);
  fs.writeFileSync(to, python.FS.readFile("/to"));
}
process.exit(0);
