"""A copy of this repository as a reader of its pages has it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def copied_checkout(root: Path) -> Path:
    """Copy into a folder what is committed, or would be; return the folder."""
    listed = subprocess.run(["git", "ls-files", "-co", "-z", "--exclude-standard"], cwd=ROOT, capture_output=True)
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    return root
