"""The benchmarks can be started."""

import subprocess
import sys

import pytest

from tests.support.paths import ROOT
from tests.support.some import some

PEERS = {"chart_peers": "plotchecker"}  # installed only where they are compared


@pytest.mark.parametrize("name", some(sorted(file.stem for file in (ROOT / "bench").glob("*.py"))))
def test_a_benchmark_finds_what_it_imports(name):
    if name in PEERS:
        pytest.importorskip(PEERS[name])
    code = f"import bench.{name}"  # apart: one measures as soon as it is imported
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
