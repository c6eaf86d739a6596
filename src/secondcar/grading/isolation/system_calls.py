"""Which system calls a notebook may make: a filter that the kernel applies to its processes (seccomp).

For a notebook, the calls named here do not exist, nor does any that is newer than this list: programs are used to that
and do without them. The other calls are those that Python, its libraries and a shell need. The filter is a short
program for the kernel's own interpreter, made here because no maintained package makes one.
"""

import errno
import platform
import struct
from collections.abc import Iterator

# Name -> its number on x86_64, and on all newer machines (None: not there).
_REFUSED = {
    # keys that outlive a process, and that processes of other sandboxes may share
    **{"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)},
    # memory that no limit counts
    **{"memfd_create": (319, 279), "memfd_secret": (447, 447)},
    **{"shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186)},
    # large parts of the kernel that get around other checks, or in which faults are found every year
    **{"io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427)},
    **{"bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282)},
    **{"uselib": (134, None), "modify_ldt": (154, None), "vhangup": (153, 58), "_sysctl": (156, None)},
    **{"lookup_dcookie": (212, 18), "nfsservctl": (180, 42), "move_pages": (279, 239)},
    # which pages of a file are in the memory that all sandboxes share; preadv2 can ask, and libraries use preadv then
    **{"mincore": (27, 232), "preadv2": (327, 286)},
    # other processes
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272)},
    **{"pidfd_getfd": (438, 438), "process_madvise": (440, 440)},
    # namespaces, and what is mounted
    **{"unshare": (272, 97), "setns": (308, 268), "clone3": (435, 435), "chroot": (161, 51), "pivot_root": (155, 41)},
    **{"mount": (165, 40), "umount2": (166, 39), "open_tree": (428, 428), "move_mount": (429, 429)},
    **{"fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433)},
    **{"mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265)},
    # the machine
    **{"acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443), "syslog": (103, 116)},
    **{"swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142), "iopl": (172, None), "ioperm": (173, None)},
    **{"kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105)},
    **{"finit_module": (313, 273), "delete_module": (176, 106), "fanotify_init": (300, 262)},
    **{"settimeofday": (164, 170), "clock_settime": (227, 112), "sethostname": (170, 161), "setdomainname": (171, 162)},
}
# They do nothing: they are advice on those pages, which nobody has to follow.
_IGNORED = {"fadvise64": (221, 223), "readahead": (187, 213)}
_SOCKET, _CLONE = (41, 198), (56, 220)
# set_mempolicy_home_node. What a newer call does cannot be known here.
_LAST_KNOWN = 450

# Machine -> its number for the filter, and its column above.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1), "riscv64": (0xC00000F3, 1)}

# Unix sockets and the internet's: none to the kernel (netlink), the host of a virtual machine (vsock), and so on.
_SOCKETS_ALLOWED = (1, 2, 10)
# CLONE_NEW...: a child in namespaces of its own, where it would have more rights.
_NEW_NAMESPACES = 0x7E020000

_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16


def filter_program() -> bytes:
    """Return the filter, as prctl(2) and bubblewrap take it. Raises OSError if none is known for this machine.

    >>> len(filter_program()) % 8
    0
    """
    machine = platform.machine()
    if machine not in _MACHINES:
        raise OSError(errno.ENOSYS, f"no filter of system calls is known for a machine of the kind {machine}")
    number, column = _MACHINES[machine]
    return b"".join(struct.pack("HBBI", *step) for step in _steps(number, column))


def _steps(machine: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield instructions: what to do, how many to skip if it is so and if not, and a number."""
    absent = _return(errno.ENOSYS)
    yield _LOAD, 0, 0, _MACHINE
    yield _EQUAL, 1, 0, machine
    yield absent
    yield _LOAD, 0, 0, _NUMBER
    yield _GREATER, 0, 1, _LAST_KNOWN
    yield absent
    for calls, answer in ((_REFUSED, absent), (_IGNORED, _return(0))):
        for numbers in calls.values():
            number = numbers[column]
            if number is not None:
                yield _EQUAL, 0, 1, number
                yield answer
    yield _EQUAL, 0, 3 + len(_SOCKETS_ALLOWED), _SOCKET[column]
    yield _LOAD, 0, 0, _FIRST_ARGUMENT
    for place, family in enumerate(_SOCKETS_ALLOWED, start=1):
        yield _EQUAL, len(_SOCKETS_ALLOWED) - place + 1, 0, family
    # After this error ZeroMQ does without the kernel's list of interfaces; after any other it aborts.
    yield _return(errno.EINVAL)
    yield _RETURN, 0, 0, _ALLOW
    yield _EQUAL, 0, 3, _CLONE[column]
    yield _LOAD, 0, 0, _FIRST_ARGUMENT
    yield _ANY_BIT, 0, 1, _NEW_NAMESPACES
    yield _return(errno.EPERM)
    yield _RETURN, 0, 0, _ALLOW


def _return(fault: int) -> tuple[int, int, int, int]:
    return _RETURN, 0, 0, _FAIL | fault
