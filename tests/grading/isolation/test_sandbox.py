"""What leads out of a sandbox, or from one to another, is closed; what notebooks need is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secondcar.grading.isolation.cgroups import ControlGroup
from secondcar.grading.isolation.sandbox import BUBBLEWRAP, NAMESPACES, find_sandbox
from secondcar.grading.isolation.supervisor import memory_of
from secondcar.grading.kernel.fork_server import ForkServer
from secondcar.grading.limits import Limits
from tests.support.in_sandbox import InSandbox, run_cells

needs_namespaces = pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="there are no namespaces here")

OPEN_FILES = """
import os, stat
for file in sorted(map(int, os.listdir("/proc/self/fd"))):
    try:
        kind = stat.S_IFMT(os.fstat(file).st_mode)
    except OSError:
        continue
    print({stat.S_IFDIR: "folder", stat.S_IFSOCK: "socket", stat.S_IFIFO: "pipe", 0: "other"}.get(
        kind, os.readlink(f"/proc/self/fd/{file}")))
"""


@pytest.fixture(scope="module", params=[NAMESPACES, BUBBLEWRAP])
def fork_server(request):
    """A fork server whose notebooks run in a sandbox of each kind that can be had here."""
    if request.param == NAMESPACES and find_sandbox().kind != NAMESPACES:
        pytest.skip("there are no namespaces here")
    if request.param == BUBBLEWRAP and subprocess.run(["which", "bwrap"], capture_output=True, check=False).returncode:
        pytest.skip("bubblewrap is not installed")
    with ForkServer(["json"], request.param) as server:
        yield server


def test_no_handle_is_a_folder_and_none_comes_from_outside(fork_server, tmp_path):
    (shown,) = run_cells(fork_server, tmp_path, OPEN_FILES)
    kinds = shown.split()
    assert "folder" not in kinds
    # The connection, and the two with which asyncio wakes itself.
    assert kinds.count("socket") == 3
    # stdout and stderr, which the kernel has three times each.
    assert kinds.count("pipe") == 6
    assert set(kinds) - {"socket", "pipe", "other", "/dev/null", "(deleted)"} == {
        kind for kind in kinds if kind.startswith("/tmp/#")
    }


@needs_namespaces
def test_a_notebook_has_one_share_of_the_processors(tmp_path):
    try:
        ControlGroup(1 << 30, 100, "secondcar-trial", equal_share=True).remove()
    except OSError:
        pytest.skip("there are no control groups with a share of the processors here")
    with ForkServer(["json"], NAMESPACES) as fork_server:
        (shown,) = run_cells(fork_server, tmp_path, "print(open('/proc/self/cgroup').read())")
    groups = [line.split(":") for line in shown.split()]
    assert any("secondcar-" in path for _, kinds, path in groups if not kinds or "cpu" in kinds.split(","))


SYSTEM_CALLS = """
import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
old = platform.machine() == "x86_64"
calls = {
    "keyctl": (250 if old else 219, 0, -3, 1), "add_key": (248 if old else 217, b"user", b"a", b"b", 1, -3),
    "request_key": (249 if old else 218, b"user", b"a", 0, -3), "memfd_create": (319 if old else 279, b"x", 0),
    "io_uring_setup": (425, 1, 0), "bpf": (321 if old else 280, 0, 0, 0), "perf": (298 if old else 241, 0, 0, 0, 0, 0),
    "userfaultfd": (323 if old else 282, 0), "ptrace": (101 if old else 117, 0, 0, 0, 0),
    "process_vm_readv": (310 if old else 270, 1, 0, 0, 0, 0, 0), "mount": (165 if old else 40, b"a", b"/tmp", 0, 0, 0),
    "unshare": (272 if old else 97, 0x10000000), "setns": (308 if old else 268, 0, 0), "clone3": (435, 0, 0),
    "shmget": (29 if old else 194, 0, 4096, 0o1600), "msgget": (68 if old else 186, 0, 0o1600),
    "mincore": (27 if old else 232, 0, 0, 0), "preadv2": (327 if old else 286, -1, 0, 0, 0, 0, 8), "cachestat": (451,),
    "a call of tomorrow": (999,), "another machine's": (0x40000000,),
}
for name, (number, *arguments) in calls.items():
    if libc.syscall(number, *arguments) != -1 or os.strerror(ctypes.get_errno()) != "Function not implemented":
        print(name, os.strerror(ctypes.get_errno()))
child = libc.syscall(56 if old else 220, 0x10000000 | 17, 0, 0, 0, 0)
if child == 0:
    os._exit(0)
print("end", child)
"""


def test_system_calls_that_lead_out_or_hold_memory_do_not_exist(fork_server, tmp_path):
    assert run_cells(fork_server, tmp_path, SYSTEM_CALLS) == ["end -1\n"]


PAGES = """
import os
file = os.open(os.__file__, os.O_RDONLY)
# Both have an effect, or an error, where the kernel sees them.
os.posix_fadvise(file, 0, 0, 99)
print(os.preadv(file, [bytearray(10)], 0), os.posix_fadvise(-1, 0, 0, os.POSIX_FADV_DONTNEED))
"""


def test_no_page_of_a_file_is_put_into_the_shared_memory_or_out_of_it(fork_server, tmp_path):
    assert run_cells(fork_server, tmp_path, PAGES) == ["10 None\n"]


SOCKETS = """
import socket
for family in range(1, 50):
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
        print(family, end=" ")
    except OSError:
        pass
"""


def test_sockets_are_those_of_the_internet_and_of_files(fork_server, tmp_path):
    assert run_cells(fork_server, tmp_path, SOCKETS) == ["1 2 10 "]


USUAL = """
import multiprocessing, sqlite3, subprocess, tempfile, threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.shared_memory import SharedMemory
with multiprocessing.Pool(2) as pool:
    print(pool.map(abs, [-1]))
with ProcessPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-2])))
base = sqlite3.connect("base.db")
base.execute("CREATE TABLE words (word)")
base.execute("INSERT INTO words VALUES ('three')")
base.commit()
print(*base.execute("SELECT word FROM words"))
thread = threading.Thread(target=print, args=("four",))
thread.start()
thread.join()
subprocess.run(["cp", "base.db", "copy.db"], check=True)
print("copied", *sqlite3.connect("copy.db").execute("SELECT word FROM words"))
print(subprocess.run(["echo", "five"], capture_output=True, text=True).stdout.strip())
memory = SharedMemory(create=True, size=10)
memory.unlink()
with tempfile.TemporaryFile() as file:
    print(file.write(b"sixsix"))
"""


def test_what_notebooks_use_works(fork_server, tmp_path):
    (shown,) = run_cells(fork_server, tmp_path, USUAL)
    assert shown.split("\n")[:-1] == ["[1]", "[2]", "('three',)", "four", "copied ('three',)", "five", "6"]


LIBRARIES = """
import matplotlib.pyplot as plt, numpy as np, pandas as pd
table = pd.DataFrame({"a": np.arange(3.0)})
table.plot()
plt.savefig("figure.png")
table.to_csv("table.csv")
print(np.linalg.inv(np.eye(2)).sum(), pd.read_csv("table.csv")["a"].sum())
plt.close()
"""


def test_libraries_work(fork_server, tmp_path):
    [told] = run_cells(fork_server, tmp_path, LIBRARIES)
    # A sandbox has no cache of fonts. If it takes matplotlib long to make one, it says so first.
    assert told.endswith("2.0 3.0\n")


HOLD = """
import fcntl
shared = [open(path) for path in {paths}]
for file in shared:
    fcntl.flock(file, fcntl.LOCK_EX)
    fcntl.lockf(file, fcntl.LOCK_SH)
print("held", flush=True)
input()
for path in {paths}:
    open(path).read(1)
print("read", flush=True)
input()
"""

LOOK = """
import ctypes, fcntl, os, struct
libc = ctypes.CDLL(None)
seen = []
watch = libc.inotify_init1(os.O_NONBLOCK)
for path in {paths}:
    file = open(path)
    libc.inotify_add_watch(watch, path.encode(), 0xfff)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        seen.append("flock " + path)
    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    if struct.unpack("hhqqi4x", fcntl.fcntl(file, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK:
        seen.append("lock " + path)
try:
    while os.read(watch, 4096):
        pass
except BlockingIOError:
    pass
print("watching", flush=True)
input()
try:
    seen.append(os.read(watch, 4096))
except BlockingIOError:
    pass
print(seen, flush=True)
"""


@needs_namespaces
def test_what_one_does_to_a_shared_file_does_not_show_in_another(tmp_path):
    devices = ["/dev/null", "/dev/zero"] if os.geteuid() == 0 else []
    paths = ["/etc/passwd", os.__file__, str(Path(sys.prefix, "pyvenv.cfg")), *devices]
    with (
        InSandbox(tmp_path / "one", HOLD.format(paths=paths)) as one,
        InSandbox(tmp_path / "other", LOOK.format(paths=paths)) as other,
    ):
        assert one.read() == "held"
        other_is_ready = other.read()
        one.write()
        assert one.read() == "read"
        other.write()
        assert (other_is_ready, other.read()) == ("watching", "[]")
        one.write()


@needs_namespaces
def test_a_single_file_can_be_made_readable_and_a_folder_that_lies_on_a_mount(tmp_path):
    outside = tmp_path / "a folder: of, odd \\ name"
    outside.mkdir()
    (outside / "file").write_text("content")
    limits = Limits(readable=(str(outside), "/proc/version"))
    code = f"print(open({str(outside / 'file')!r}).read()); print(open('/proc/version').read()[:5])"
    with ForkServer(["json"], NAMESPACES) as server:
        assert run_cells(server, tmp_path, code, limits=limits) == ["content\nLinux\n"]


def test_shared_memory_counts_once():
    alone = memory_of([os.getpid()], 0)
    child = os.fork()
    if child == 0:
        os.read(os.pipe()[0], 1)
    try:
        together = memory_of([os.getpid(), child], 0)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert alone * 0.5 < together < alone * 1.5
    assert memory_of([child], 0) == 0
