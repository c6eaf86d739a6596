"""Whether what a function reads is what it was when the notebook came to its test."""

import subprocess
import sys

_SCRIPT = """
import os, time
from secondcar.grading.judging.answering import FilesRead
files = FilesRead()
for name in ("same", "changed", "gone/file"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").close()
time.sleep(0.05)
files.times["test"] = time.time_ns()
time.sleep(0.05)
open("changed", "w").close()
os.remove("gone/file")
time.sleep(0.05)
files.begin("test")

def found(name, how="r"):
    files.forget()
    try:
        open(name, how).close()
    except OSError:
        pass
    return files.have_changed()

print([found("same"), found("changed"), found("gone/file"), found("own", "w")])
"""


def test_a_file_that_was_changed_or_removed_since_is_noticed(tmp_path):
    # In a process of its own: an audit hook stays.
    done = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[False, True, True, False]\n"
