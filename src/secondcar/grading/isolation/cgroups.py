"""A control group: the memory and processes of a notebook, or of a person, and all they started, counted together.

A resource limit bounds each process by itself; a control group bounds their sum, including the files they keep in
memory. Root may make one, and so may a user to whom a part of the tree was delegated.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

# control file -> unit, in version 1 and in version 2 of control groups
_LIMITS = {
    1: {
        "memory": ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
        "pids": ("pids.max",),
        "cpu": ("cpu.shares",),
    },
    2: {"memory": ("memory.max", "memory.swap.max"), "pids": ("pids.max",), "cpu": ("cpu.weight",)},
}
# What a group has of the processors, beside others of this share, is the system's own number for it.
_EQUAL_SHARE = {1: 1024, 2: 100}
_KILLS = {1: "memory.oom_control", 2: "memory.events"}
_PREFIX = "secondcar-"
_PROCESS = Path("/proc/self")


class ControlGroup:
    """A control group. It is used through open folders, so it may be left behind a mount."""

    def __init__(self, memory_bytes: int, processes: int, name: str = "", equal_share: bool = False) -> None:
        """Make it, or take the one that is there.

        Args:
            memory_bytes: what all its processes may have together.
            processes: how many there may be, threads included.
            name: that of one notebook's group if "".
            equal_share: whether it has one share of the processors, however many of its processes want to run.

        Raises:
            OSError: that is not allowed here.
        """
        self.name = name or f"{_PREFIX}{os.getppid()}-{os.getpid()}"
        self._parents: list[int] = []
        self._folders: dict[str, tuple[int, int]] = {}
        made: dict[Path, int] = {}
        try:
            for controller, (version, parent) in _parents("memory", "pids", *["cpu"] * equal_share).items():
                if parent not in made:
                    (parent / self.name).mkdir(exist_ok=bool(name))
                    self._parents.append(os.open(parent, os.O_DIRECTORY))
                    made[parent] = os.open(parent / self.name, os.O_DIRECTORY)
                self._folders[controller] = (version, made[parent])
            self._limit("memory", memory_bytes)
            self._limit("pids", processes)
            if equal_share:
                self._limit("cpu", _EQUAL_SHARE[self._folders["cpu"][0]])
        except OSError:
            self.remove()
            raise

    def _limit(self, controller: str, most: int) -> None:
        version, folder = self._folders[controller]
        first, *others = _LIMITS[version][controller]
        # Memory and swap together, in version 1, cannot be less than memory alone: more room is made there first.
        for name in (*others, first, *others):
            # This file exists only where the machine counts swap.
            with contextlib.suppress(OSError) if name in others else contextlib.nullcontext():
                _write(folder, name, most if version == 1 or name == first else 0)

    def join(self) -> None:
        """Put this process, and what it will start, into the group."""
        for folder in {folder for _, folder in self._folders.values()}:
            _write(folder, "cgroup.procs", 0)

    @property
    def ran_out_of_memory(self) -> bool:
        """Return whether the system ended a process of the group because of its memory."""
        version, folder = self._folders["memory"]
        lines = _read(folder, _KILLS[version]).splitlines()
        return any(name == "oom_kill" and int(number) > 0 for name, number in map(str.split, lines))

    def remove(self) -> None:
        """Remove the group. Its processes must have ended."""
        for parent in self._parents:
            with contextlib.suppress(OSError):
                os.rmdir(self.name, dir_fd=parent)


def remove_left_behind() -> None:
    """Remove groups of supervisors that were killed before they could do so."""
    with contextlib.suppress(OSError):
        for controller in ("memory", "pids", "cpu"):
            for _, parent in _parents(controller).values():
                for folder in parent.glob(f"{_PREFIX}*-*"):
                    fork_server = folder.name.split("-")[1]
                    if not Path("/proc", fork_server).exists():
                        folder.rmdir()


def _parents(*wanted: str) -> dict[str, tuple[int, Path]]:
    """Return controller -> version, folder to make a group in. Raises OSError if there is none."""
    mounts = list(_mounts())
    found: dict[str, tuple[int, Path]] = {}
    for line in (_PROCESS / "cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in wanted:
            if controller in controllers.split(","):
                found[controller] = (1, _folder(mounts, controller, path))
            elif not controllers and controller not in found:
                folder = _delegated(_folder(mounts, None, path), controller)
                if folder:
                    found[controller] = (2, folder)
    if len(found) < len(wanted):
        raise PermissionError(f"no control group with {' and '.join(wanted)} was delegated to this user")
    return found


def _mounts() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield root, folder, kind and options of each mount."""
    for line in (_PROCESS / "mountinfo").read_text().splitlines():
        where, how = line.split(" - ", 1)
        kind, _, options = how.split(" ", 2)
        root, folder = where.split(" ")[3:5]
        yield root, folder, kind, options.split(",")


def _folder(mounts: list, controller: str | None, path: str) -> Path:
    for root, folder, kind, options in mounts:
        right = kind == "cgroup2" if controller is None else kind == "cgroup" and controller in options
        if right and path.startswith(root):
            return Path(folder) / path[len(root) :].lstrip("/")
    raise FileNotFoundError("the control groups are not mounted")


def _delegated(folder: Path, controller: str) -> Path | None:
    """Return where groups with a controller can be made: in a group of version 2, or beside it."""
    for place in (folder, folder.parent):
        enabled = place / "cgroup.subtree_control"
        if enabled.exists() and controller in enabled.read_text().split() and os.access(place, os.W_OK):
            return place
    return None


def _write(folder: int, name: str, value: int) -> None:
    file = os.open(name, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(file, str(value).encode())
    finally:
        os.close(file)


def _read(folder: int, name: str) -> str:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder)) as file:
        return file.read()
