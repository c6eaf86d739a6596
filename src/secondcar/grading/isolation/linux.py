"""The system calls of a sandbox that Python's standard library lacks.

Python 3.12 has `os.unshare`; no version has the rest (mount, pivot_root, prctl, capset), and the packages on
PyPI that wrap them are not maintained. Each function here is one call of the C library, with the name of its
manual page, and raises OSError if it fails.
"""

import ctypes
import os
import platform

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18

MNT_DETACH = 2

_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID = 1, 2
_AT_FDCWD, _AT_RECURSIVE, _SYS_MOUNT_SETATTR = -100, 0x8000, 442

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 36, 38
_CAPABILITY_VERSION_3 = 0x20080522

# keyctl(2) has its old number on x86_64 only.
_SYS_KEYCTL = 250 if platform.machine() == "x86_64" else 219
_KEYCTL_JOIN_SESSION_KEYRING = 1

_MADV_COLLAPSE = 25
_HUGE_PAGE = 1 << 21

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user_namespace"))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def unshare(namespaces: int) -> None:
    """unshare(2): leave the parent's namespaces for new ones."""
    _check(_libc.unshare(namespaces), "unshare")


def mount(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    arguments = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    done = _libc.mount(*arguments, ctypes.c_ulong(flags), options.encode() or None)
    _check(done, f"mount {target}")


def make_read_only(folder: str) -> None:
    """mount_setattr(2): let nobody write to what is mounted at or below a folder, nor gain rights by running it."""
    attributes = _MountAttributes(_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID, 0, 0, 0)
    size = ctypes.sizeof(attributes)
    path = os.fsencode(folder)
    done = _libc.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, path, _AT_RECURSIVE, ctypes.byref(attributes), size)
    _check(done, f"mount_setattr {folder}")


def pivot_root(new: str, old: str) -> None:
    """pivot_root(2): make `new` the root, and put the old one at `old`, which lies below it."""
    _check(_libc.pivot_root(os.fsencode(new), os.fsencode(old)), "pivot_root")


def detach(folder: str) -> None:
    """umount2(2) with MNT_DETACH: unmount what is mounted at a folder."""
    _check(_libc.umount2(os.fsencode(folder), MNT_DETACH), f"umount {folder}")


def end_with_parent(signal: int) -> None:
    """prctl(2): get a signal when the parent ends. A change of user undoes it."""
    _prctl(_PR_SET_PDEATHSIG, signal)


def adopt_orphans() -> None:
    """prctl(2): be the parent of each descendant that loses its own."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def stay_readable() -> None:
    """prctl(2): keep owning /proc/self after a change of user."""
    _prctl(_PR_SET_DUMPABLE, 1)


def gain_no_rights() -> None:
    """prctl(2): never gain a right by running a program."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """capset(2), prctl(2): give up every special right, for good."""
    for capability in range(int(_read("/proc/sys/kernel/cap_last_cap")) + 1):
        _prctl(_PR_CAPBSET_DROP, capability)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def filter_system_calls(program: bytes) -> None:
    """prctl(2): have the kernel put each system call of this process, and of its children, through a filter."""
    filter_ = _Program(len(program) // 8, program)
    arguments = ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(filter_)
    _check(_libc.prctl(_PR_SET_SECCOMP, *arguments), "prctl")


def leave_keyring() -> None:
    """keyctl(2): leave the parent's keys for a new, empty session keyring. Where there are no keys, do nothing."""
    _libc.syscall(_SYS_KEYCTL, _KEYCTL_JOIN_SESSION_KEYRING, None)


def use_huge_pages() -> None:
    """madvise(2) with MADV_COLLAPSE, since Linux 6.1: keep this process's own memory in pages of 2 MB.

    A fork copies the list of pages, not the pages. Where the system does not do this, memory stays as it is.
    """
    for line in _read("/proc/self/maps").splitlines():
        place, rights, _, _, inode, *name = line.split(maxsplit=5)
        if rights != "rw-p" or inode != "0" or name not in ([], ["[heap]"]):
            continue
        start, end = (int(address, 16) for address in place.split("-"))
        start, end = -(-start // _HUGE_PAGE) * _HUGE_PAGE, end // _HUGE_PAGE * _HUGE_PAGE
        for page in range(start, end, _HUGE_PAGE):
            _libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(_HUGE_PAGE), _MADV_COLLAPSE)


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero), "prctl")


def _read(path: str) -> str:
    with open(path) as file:
        return file.read()


def _check(done: int, call: str) -> None:
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
