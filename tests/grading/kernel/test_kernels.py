"""Every kernel runs in the sandbox and within the limits, and the teacher says which it is."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec

from secondcar.cli import main as secondcar
from secondcar.grading.isolation.sandbox import BUBBLEWRAP, NAMESPACES, find_sandbox
from secondcar.grading.kernel import process, relay
from secondcar.grading.kernel.fork_server import ForkServer
from secondcar.grading.kernel.kernels import find_kernel, kernel_of, kernels_of
from secondcar.grading.limits import Limits
from tests.support.grading_courses import make_tiny_course
from tests.support.in_sandbox import run_cells

HERE = sys.executable
FORKED = [
    ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    ["python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    [HERE, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    [HERE, "-X", "frozen_modules=off", "-u", "-B", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    [HERE, "-mipykernel_launcher", "-f", "{connection_file}"],
    [HERE, "-m", "ipykernel", "--InteractiveShell.ast_node_interactivity=all", "-f", "{connection_file}"],
    [HERE, "/usr/lib/ipykernel_launcher.py", "-f", "{connection_file}"],
    [str(Path(HERE).parent / ".." / "bin" / Path(HERE).name), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
]
RELAYED = [
    [HERE, "-O", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    [HERE, "-m", "bash_kernel", "-f", "{connection_file}"],
    [HERE, "-m", "ipykernel_launcher", "--IPKernelApp.kernel_class=other.Kernel", "-f", "{connection_file}"],
    ["/usr/bin/python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    ["bash", "-c", "true"],
    ["nowhere", "{connection_file}"],
]


@pytest.mark.parametrize("command", FORKED, ids=" ".join)
def test_this_pythons_ipykernel_is_forked_whatever_its_arguments(command):
    kernel = kernel_of(KernelSpec(argv=command))
    assert kernel.program == process.__name__ and kernel.answers_judge
    assert kernel.arguments[-2:] == ("-f", "kernel.json")
    assert len(kernel.arguments) == 2 or "all" in kernel.arguments[0]


@pytest.mark.parametrize("command", RELAYED, ids=" ".join)
def test_any_other_kernel_is_relayed(command):
    kernel = kernel_of(KernelSpec(argv=command))
    assert kernel.program == relay.__name__ and not kernel.answers_judge


def test_variables_of_a_kernel_arrive_and_such_as_change_python_are_heeded(monkeypatch):
    monkeypatch.setenv("FOLDER", "/data")
    kernel = kernel_of(KernelSpec(argv=FORKED[0], env={"PYTHONPATH": "${FOLDER}/lib", "COURSE": "econ"}))
    assert kernel.environment == {"PYTHONPATH": "/data/lib", "COURSE": "econ"}
    assert kernel.answers_judge and "/data/lib" in kernel.readable
    assert not kernel_of(KernelSpec(argv=FORKED[0], env={"PYTHONOPTIMIZE": "1"})).answers_judge


def test_the_kernel_is_the_gradebooks_then_the_sources_then_the_usual_one():
    source = {f"{name}.ipynb": json.dumps(_notebook(kernel)).encode() for name, kernel in (("b", "bash"), ("c", None))}
    rows = [
        {"name": "a", "kernelspec": json.dumps({"name": "ir"})},
        {"name": "b", "kernelspec": "{}"},
        {"name": "c", "kernelspec": None},
        {"name": "gone", "kernelspec": None},
    ]
    assert kernels_of(rows, source) == {"a": "ir", "b": "bash", "c": "python3", "gone": "python3"}


def _notebook(kernel: str | None) -> dict:
    return {"cells": [], "metadata": {"kernelspec": {"name": kernel}} if kernel else {}}


ECHO = """
import os, signal, sys, time
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

class Echo(Kernel):
    implementation = banner = "echo"
    implementation_version = "1"
    language_info = {"name": "echo", "mimetype": "text/plain", "file_extension": ".txt"}

    def do_execute(self, code, silent, *args, **kwargs):
        if code == "end":
            os.kill(os.getpid(), signal.SIGKILL)
        if code == "loop":
            # Not without end: what is not sent yet takes memory, whose limit might come first.
            for _ in range(8):
                print("x" * 10**6)
            time.sleep(60)
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": str(self.answer(code))})
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def answer(self, code):
        return eval(code)

IPKernelApp.launch_instance(kernel_class=Echo)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a kernel under a name."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    find_kernel.cache_clear()

    def install(name: str, command: list[str], **others: object) -> None:
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        (folder / "echo.py").write_text(ECHO)
        (folder / "start").write_text(f'exec {HERE} "$@"\n')
        described = {"argv": command, "display_name": name, "language": "echo", **others}
        (folder / "kernel.json").write_text(json.dumps(described))

    yield install
    find_kernel.cache_clear()


@pytest.fixture(scope="module")
def fork_server():
    with ForkServer(["json"]) as server:
        yield server


SCRIPT = ["{resource_dir}/start", "{resource_dir}/echo.py", "-f", "{connection_file}"]
COMMANDS = {
    "python": ["python", *SCRIPT[1:]],
    "a shell script": ["sh", *SCRIPT],
    "env": ["/usr/bin/env", HERE, *SCRIPT[1:]],
}
SANDBOXES = [
    NAMESPACES,
    pytest.param(BUBBLEWRAP, marks=pytest.mark.skipif(not shutil.which("bwrap"), reason="no bwrap")),
]


@pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="both sandboxes are only here")
@pytest.mark.parametrize("sandbox", SANDBOXES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_kernel_of_any_command_keeps_within_any_sandbox(sandbox, command, install, tmp_path):
    install("echo", command)
    (tmp_path / "secret").write_text("secret")
    with ForkServer(["json"], sandbox) as server:
        shown = run_cells(
            server,
            tmp_path / "submitted",
            f"os.path.exists({str(tmp_path / 'secret')!r})",
            "__import__('resource').getrlimit(9)",
            "len([name for name in os.listdir('/proc') if name.isdigit()]) < 10",
            "__import__('socket').socket().connect_ex(('1.1.1.1', 53)) != 0",
            kernel="echo",
            limits=Limits(memory_bytes=1 << 30),
        )
    assert shown == ["False", f"({1 << 30}, {1 << 30})", "True", "True"]


def test_another_kernel_without_a_sandbox_is_said_and_refused(install, tmp_path, monkeypatch, capfd):
    install("echo", COMMANDS["python"])
    make_tiny_course(tmp_path / "course", students=1)
    source = tmp_path / "course" / "source" / "tiny" / "tiny.ipynb"
    source.write_text(source.read_text().replace('"python3"', '"echo"'))
    monkeypatch.chdir(tmp_path / "course")
    assert secondcar(["grade", "tiny", "--no-sandbox", "--require-sandbox"]) == 1
    assert "graded" not in capfd.readouterr().out
    secondcar(["grade", "tiny", "--no-sandbox"])
    assert "NO SANDBOX" in capfd.readouterr().err


def test_another_kernel_runs_in_the_sandbox(fork_server, install, tmp_path):
    install("echo", COMMANDS["python"], env={"COURSE": "econ"})
    (tmp_path / "secret").write_text("secret")
    shown = run_cells(
        fork_server,
        tmp_path / "submitted",
        "os.environ['COURSE']",
        f"os.path.exists({str(tmp_path / 'secret')!r})",
        "[name for name in os.environ if 'TOKEN' in name]",
        "open('here', 'w').write('x')",
        kernel="echo",
    )
    assert shown == ["econ", str(find_sandbox().kind != NAMESPACES), "[]", "1"]
    assert (tmp_path / "submitted" / "here").read_text() == "x"


def test_another_kernel_keeps_within_limits_and_its_end_is_told(fork_server, install, tmp_path):
    install("echo", ["python", "{resource_dir}/echo.py", "-f", "{connection_file}"])
    limits = Limits(output_bytes=3_000_000)
    for cell, told in (("end", "ended by signal SIGKILL"), ("loop", "put out more than 3 MB")):
        shown = run_cells(fork_server, tmp_path, "1", cell, kernel="echo", limits=limits)
        assert shown[0] == "1" and told in shown[1]


def test_options_of_python_and_its_ipykernel_hold(fork_server, install, tmp_path):
    install("optimized", [HERE, "-O", "-m", "ipykernel_launcher", "-f", "{connection_file}"])
    shown = run_cells(fork_server, tmp_path, "assert False", "__debug__", "1 / 0", kernel="optimized")
    assert shown == ["", "False", "ZeroDivisionError: division by zero"]


def test_a_kernel_that_cannot_be_started_is_told_in_a_sentence(fork_server, install, tmp_path):
    install("nowhere", ["/nowhere/kernel", "{connection_file}"])
    with pytest.raises(Exception, match="kernel cannot be started in the sandbox"):
        run_cells(fork_server, tmp_path, "1", kernel="nowhere")
