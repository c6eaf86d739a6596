"""A place for one notebook that nothing leads out of: no network, no other processes, and only these files.

- read-only: the system's programs and libraries, this Python, and what `Limits.readable` names;
- writable: a copy of the submission's folder, and /tmp, together no larger than `Limits.disk_bytes`;
- nothing else: no homes, no course, no other submission, no gradebook, and none of the grader's environment; no open
file except its connection, no keys, and only the system calls that `system_calls` leaves.

Readable folders are shown through a file system of the sandbox's own (overlay): what is done to a file there, such as
locking it, shows in no other sandbox. Sandboxes do share the machine: each can measure how busy it is, how much memory
and how many files all of it uses (/proc) and, where the grader is not root, locks on /dev/null and similar devices. A
/proc of processes alone (`subset=pid`) is not used: `psutil`, `free` and `uptime` fail there, and the system call
`sysinfo` says how much memory is free all the same.

It is built from Linux namespaces within the process that will keep the notebook: root needs nothing else, other
users need a kernel that gives user namespaces to everybody. Where that is refused, bubblewrap (`bwrap`) builds the same
with the rights that the system gave it; the notebook's Python is then started again, which costs seconds. Not covered:
faults of the kernel itself, and whatever learners do to their own process.
"""

import fcntl
import os
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from secondcar.grading.folders import entries_below
from secondcar.grading.isolation import linux
from secondcar.grading.isolation.forking import fork_ready
from secondcar.grading.isolation.system_calls import filter_program
from secondcar.grading.limits import Limits

NAMESPACES, BUBBLEWRAP, NONE = "namespaces", "bubblewrap", "none"

# The home stays empty because Python or the course may lie in it. So what writes there must be given another place.
VARIABLES = {
    "USER": "learner",
    "LOGNAME": "learner",
    "IPYTHONDIR": "/tmp/ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "XDG_CACHE_HOME": "/tmp/cache",
    "XDG_CONFIG_HOME": "/tmp/config",
    "XDG_DATA_HOME": "/tmp/data",
}

# The writable home is here, where a course wants one.
WRITABLE_HOME = "/tmp/home"

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/nix/store", "/gnu/store")
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_OLD, _WRITABLE, _LAYER, _NOTHING = "/.old", "/.writable", "/.layer", "/.nothing"
_FILES = 10_000

# Where the grader is root, each notebook has a user of its own, from a range that systemd reserves
# (https://systemd.io/UIDS-GIDS/). Two that share one still cannot see each other.
_FIRST_USER, _USERS = 60_706, 478

# A notebook gets only these variables of the grader's environment: they say how to run.
_PASSED_ON = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TERM", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
_PASSED_ON_BEGIN = ("LC_", "PYTHON", "MPL")

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


@dataclass(frozen=True)
class Sandbox:
    """Which kind of sandbox is available, and why no better one is, as a sentence for the teacher."""

    kind: str
    why_not: str | None = None


def refuse_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """Stop `nbgrader autograde`, and so Formgrader's lightning bolt, because they have no sandbox.

    It is a value for ``c.Autograde.pre_convert_hook`` where nothing is to be graded without one. `secondcar grade`
    does not call it.

    Raises:
        SystemExit: always; nbgrader goes on after any other exception of a hook.
    """
    raise SystemExit(
        "Nothing was graded, because nbgrader runs notebooks without a sandbox: choose File, New, Terminal, and type "
        f"secondcar grade {assignment}"
    )


def find_sandbox() -> Sandbox:
    """Find out which sandbox is available here.

    >>> find_sandbox().kind in ("namespaces", "bubblewrap", "none")
    True
    """
    if not sys.platform.startswith("linux"):
        return Sandbox(NONE, "Sandboxes need Linux.")
    why_not = _try_namespaces()
    if why_not is None:
        return Sandbox(NAMESPACES)
    if shutil.which("bwrap") is None:
        return Sandbox(NONE, f"This system refuses namespaces ({why_not}), and bubblewrap is not installed.")
    with tempfile.TemporaryDirectory() as folder:
        filter_ = open_filter()
        command = [*bubblewrap(folder, Limits(), filter_), sys.executable, "-c", ""]
        done = subprocess.run(command, capture_output=True, text=True, check=False, pass_fds=[filter_])
        os.close(filter_)
    if done.returncode == 0:
        return Sandbox(BUBBLEWRAP, f"This system refuses namespaces ({why_not}).")
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Sandbox(NONE, f"This system refuses namespaces ({why_not}) and bubblewrap ({last}).")


def _try_namespaces() -> str | None:
    """Make a sandbox in a child process. Return what went wrong, or None."""
    with tempfile.TemporaryDirectory() as folder:

        def make_one_and_use_it() -> None:
            place = isolate(folder, Limits())
            notebook = fork_ready(lambda: _use(place))
            if notebook == 0:
                os._exit(0)

        try:
            supervisor = fork_ready(make_one_and_use_it)
            if supervisor == 0:
                os._exit(0)
        except OSError as fault:
            return str(fault)
        os.waitpid(supervisor, 0)
        return None


def _use(place: "MadeSandbox") -> None:
    drop_rights(place.user, {})
    Path(os.__file__).read_bytes()


def may_know(variable: str) -> bool:
    """Return whether a notebook may know a variable of the grader's environment: one that only says how to run.

    >>> may_know("LANG"), may_know("DATABASE_PASSWORD")
    (True, False)
    """
    return variable in _PASSED_ON or variable.startswith(_PASSED_ON_BEGIN)


def isolate(directory: str, limits: Limits) -> "MadeSandbox":
    """Make a sandbox: this process sees its files from now on, and its next children are wholly inside.

    directory: the submission's folder; a copy of it stands at the same path. Raises OSError if the system refuses.
    """
    owner, group = os.geteuid(), os.getegid()
    namespaces = linux.CLONE_NEWNS | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWPID
    if owner == 0:
        linux.unshare(namespaces)
        user = _FIRST_USER + os.getpid() % _USERS
    else:
        linux.unshare(namespaces | linux.CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{owner} {owner} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        user = owner
    shown = _shown(limits.readable)
    _make_root(directory, limits, shown)
    _make_writable(directory, limits, user, shown)
    _start_loopback()
    return MadeSandbox(user, _start_first_process())


@dataclass(frozen=True)
class MadeSandbox:
    """A sandbox that was made. user: runs the notebook. first: the process with which all others in it end."""

    user: int
    first: int


def drop_rights(user: int, resources: dict[str, int]) -> None:
    """Give up for good every right that making a sandbox takes. resources: as `Limits.for_process` gives them."""
    limit_resources(resources)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        linux.drop_capabilities()
    linux.gain_no_rights()
    linux.stay_readable()
    linux.end_with_parent(signal.SIGKILL)
    linux.filter_system_calls(filter_program())


def limit_resources(resources: dict[str, int]) -> None:
    """Set resource limits of this process and of those it will start. None is raised above what it is."""
    import resource

    for name, most in resources.items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def open_filter() -> int:
    """Return an open file, to be inherited, from which bubblewrap reads the filter of system calls."""
    filter_, written = os.pipe()
    os.write(written, filter_program())
    os.close(written)
    os.set_inheritable(filter_, True)
    return filter_


def bubblewrap(directory: str, limits: Limits, filter_: int) -> list[str]:
    """Return the command that runs what follows it in a sandbox made by bubblewrap, with `directory` writable.

    filter_: what `open_filter` returns.
    """
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    command += ["--seccomp", str(filter_)]
    for path, target in _links().items():
        command += ["--symlink", target, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path in ("/tmp", "/dev/shm"):
        command += ["--size", str(limits.disk_bytes), "--tmpfs", path]
    # After /tmp: Python may lie in it.
    for path, real in _shown(limits.readable).items():
        command += ["--ro-bind", real, path]
    if limits.writable_home:
        command += ["--dir", WRITABLE_HOME]
    for path in filter(os.path.exists, limits.hidden):
        command += ["--tmpfs", path] if os.path.isdir(path) else ["--ro-bind", "/dev/null", path]
    return [*command, "--bind", directory, directory, "--chdir", directory]


def _make_root(directory: str, limits: Limits, shown: dict[str, str]) -> None:
    """Make a root folder of what may be read, with the old root at _OLD. shown: as `_shown` returns it."""
    links = _links()
    linux.mount(None, "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", "/tmp", "tmpfs", linux.MS_NOSUID, f"mode=755,nr_inodes={_FILES}")
    os.chdir("/tmp")
    os.mkdir(_OLD.lstrip("/"))
    linux.pivot_root(".", _OLD.lstrip("/"))
    os.chdir("/")
    os.umask(0o022)
    for path, target in links.items():
        os.symlink(target, path)
    _show(shown)
    for path in ("/proc", "/dev/pts", "/dev/shm", "/tmp", os.path.expanduser("~"), directory, _WRITABLE):
        os.makedirs(path, exist_ok=True)
    for name in _DEVICES:
        _make_device(name)
    for name, target in {"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}.items():
        os.symlink(f"/proc/self/{target}", f"/dev/{name}")
    os.symlink("pts/ptmx", "/dev/ptmx")
    for path in filter(os.path.exists, limits.hidden):
        _hide(path)
    linux.make_read_only("/")
    options = "newinstance,ptmxmode=0666,mode=620"
    linux.mount("devpts", "/dev/pts", "devpts", linux.MS_NOSUID | linux.MS_NOEXEC, options)


def _make_writable(directory: str, limits: Limits, user: int, shown: dict[str, str]) -> None:
    """Put one file system of limited size under all that may be written, and the submission into it."""
    real = _OLD + os.path.realpath(_OLD + directory).removeprefix(_OLD)
    given = sum(entry.stat(follow_symlinks=False).st_size for entry in filter(None, entries_below(real)))
    options = f"size={limits.disk_bytes + given},nr_inodes={_FILES}"
    linux.mount("tmpfs", _WRITABLE, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
    for name, path in {"tmp": "/tmp", "shm": "/dev/shm", "folder": directory}.items():
        source = f"{_WRITABLE}/{name}"
        if path == directory:
            # Only now, because it may lie in /tmp, which has just been replaced.
            os.makedirs(path, exist_ok=True)
            shutil.copytree(real, source)
        else:
            os.mkdir(source)
        if path == "/tmp" and limits.writable_home:
            os.mkdir(_WRITABLE + WRITABLE_HOME)
        _give_to(user, source)
        linux.mount(source, path, flags=linux.MS_BIND)
        if path == "/tmp":
            _show_again_in_tmp(limits, shown)
    linux.detach(_WRITABLE)


def _show_again_in_tmp(limits: Limits, shown: dict[str, str]) -> None:
    """Show what may be read and lies in /tmp, such as a Python installed there: another /tmp now covers it."""
    in_tmp = {path: real for path, real in shown.items() if path.startswith("/tmp/")}
    _show(in_tmp)
    for path in in_tmp:
        linux.make_read_only(path)
    for path in filter(os.path.exists, limits.hidden):
        if path.startswith("/tmp/"):
            _hide(path)


def _give_to(user: int, folder: str) -> None:
    for path in (folder, *(entry.path for entry in filter(None, entries_below(folder)))):
        os.chown(path, user, user if os.geteuid() == 0 else -1, follow_symlinks=False)


def _show(shown: dict[str, str]) -> None:
    """Show files and folders of the old root. shown: as `_shown` returns it."""
    mounts = sorted(_mount_points())
    for path, real in shown.items():
        _show_own(_OLD + real, path)
        # What is mounted below a folder is not part of its file system.
        for mounted in mounts:
            if mounted.startswith(f"{_OLD}{real}/"):
                _show_own(mounted, path + mounted.removeprefix(_OLD + real))


def _mount_points() -> Iterator[str]:
    for line in Path(f"{_OLD}/proc/self/mountinfo").read_text().splitlines():
        yield re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split(" ")[4])


def _show_own(source: str, path: str) -> None:
    """Show a file or a folder of the old root as one of the sandbox's own: locks on it, for one, are seen only here."""
    try:
        if os.path.isdir(source):
            _mount_layer(source, path)
        else:
            _mount_layer(os.path.dirname(source), _LAYER)
            _bind(os.path.join(_LAYER, os.path.basename(source)), path)
            linux.detach(_LAYER)
    except OSError:
        # Some file systems cannot be a layer.
        _bind(source, path)


def _mount_layer(folder: str, path: str) -> None:
    # There have to be two layers: the other one is empty.
    for needed in (_NOTHING, path):
        os.makedirs(needed, exist_ok=True)
    layers = ":".join(re.sub(r"([\\:,])", r"\\\1", layer) for layer in (folder, _NOTHING))
    linux.mount("overlay", path, "overlay", linux.MS_RDONLY, f"lowerdir={layers}")


def _make_device(name: str) -> None:
    number = os.stat(f"{_OLD}/dev/{name}").st_rdev
    try:
        os.mknod(f"/dev/{name}", 0o666 | stat.S_IFCHR, number)
        os.chmod(f"/dev/{name}", 0o666)
    except PermissionError:
        _bind(f"{_OLD}/dev/{name}", f"/dev/{name}")


def _bind(source: str, path: str) -> None:
    if os.path.isdir(source):
        os.makedirs(path, exist_ok=True)
    elif not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY))
    linux.mount(source, path, flags=linux.MS_BIND | linux.MS_REC)


def _hide(path: str) -> None:
    if os.path.isdir(path):
        linux.mount("tmpfs", path, "tmpfs", linux.MS_RDONLY, "mode=755")
    else:
        linux.mount("/dev/null", path, flags=linux.MS_BIND)


def _shown(readable: Iterable[str]) -> dict[str, str]:
    """Return what can be read in a sandbox: path there -> path here, free of links."""
    python = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path)
    shown: dict[str, str] = {}
    for path in sorted({os.path.abspath(path) for path in (*_SYSTEM, *filter(None, python), *readable)}):
        inside = any(path.startswith(f"{outer}/") for outer in (*shown, *_links()))
        if path != "/" and not inside and path not in _links() and os.path.exists(path):
            shown[path] = os.path.realpath(path)
    return shown


def _links() -> dict[str, str]:
    """Return the system's folders that are links, such as /bin -> usr/bin."""
    return {path: os.readlink(path) for path in _SYSTEM if os.path.islink(path)}


def _start_first_process() -> int:
    """Start the process whose end is the end of the sandbox; return its number. Raises OSError."""
    first = fork_ready(_begin_first_process)
    if first:
        return first
    os.closerange(0, os.sysconf("SC_OPEN_MAX"))
    while True:
        signal.pause()


def _begin_first_process() -> None:
    linux.end_with_parent(signal.SIGKILL)
    # Whatever loses its parent becomes a child of this process, which need not wait for it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    flags = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("proc", "/proc", "proc", flags)
    linux.detach(_OLD)


def _start_loopback() -> None:
    """Let the notebook's processes talk to each other over 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = bytearray(struct.pack("16sH22x", b"lo", 0))
        fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request)
        flags = struct.unpack_from("H", request, 16)[0]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | _IFF_UP))
