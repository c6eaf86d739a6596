"""Where control groups are made in version 2 of them, the unified tree of today's systemd, and what stands in them.

The tree is one of ordinary folders, laid out as systemd does it: the kernel's files appear in no new folder of it, so
what would be written into them is noted. What `tests/classroom/test_bounds.py` does was done in a real one, too: in a
virtual machine with Debian 12 (systemd 252), as a service and in the terminal of root.
"""

import os
from pathlib import Path

import pytest

from secondcar.classroom.bounds import join_own_group, remove_own_group, unbounded
from secondcar.grading.isolation import cgroups
from tests.support.some import some

SERVICE = "system.slice/second-car.service"
TERMINAL = "user.slice/user-1000.slice/session-3.scope"


class Tree:
    def __init__(self, folder: Path) -> None:
        self.root, self.process = folder / "cgroup", folder / "self"
        self.process.mkdir()
        self.written: dict[tuple[str, str], int] = {}
        mount = f"30 23 0:26 / {self.root} rw,nosuid,nodev,noexec,relatime - cgroup2 cgroup2 rw,nsdelegate"
        (self.process / "mountinfo").write_text(f"22 1 254:1 / / rw - ext4 /dev/vda1 rw\n{mount}\n")
        self.enable("", "cpuset cpu io memory pids")

    def enable(self, group: str, controllers: str) -> None:
        (self.root / group).mkdir(parents=True, exist_ok=True)
        (self.root / group / "cgroup.subtree_control").write_text(controllers)

    def put_us_into(self, group: str, above: str) -> None:
        """Put this process into a group, below one with these controllers."""
        self.enable(str(Path(group).parent), above)
        self.enable(group, "")  # a group with processes in it gives none to groups below
        (self.process / "cgroup").write_text(f"0::/{group}\n")

    def write(self, folder: int, name: str, value: int) -> None:
        group = Path(os.readlink(f"/proc/self/fd/{folder}")).relative_to(self.root)
        self.written[str(group), name] = value


@pytest.fixture
def tree(tmp_path, monkeypatch):
    made = Tree(tmp_path)
    monkeypatch.setattr(cgroups, "_PROCESS", made.process)
    monkeypatch.setattr(cgroups, "_write", made.write)
    return made


def test_a_service_has_groups_beside_its_own(tree):
    tree.put_us_into(SERVICE, "cpu memory pids")
    join_own_group("ada", memory_mb=300)
    beside = "system.slice/second-car-ada"
    assert tree.written == {
        (beside, "memory.max"): 300 * 1024 * 1024,
        (beside, "memory.swap.max"): 0,
        (beside, "pids.max"): 2000,
        (beside, "cpu.weight"): 100,
        (beside, "cgroup.procs"): 0,
    }
    assert unbounded() == []
    assert not (tree.root / "system.slice" / "second-car-trial").exists()


def test_a_group_goes_with_its_server(tree):
    tree.put_us_into(SERVICE, "cpu memory pids")
    join_own_group("ada", memory_mb=300)
    group = tree.root / "system.slice" / "second-car-ada"
    assert group.is_dir()
    remove_own_group("ada", memory_mb=300)
    assert not group.exists()


def test_where_a_terminal_has_no_processors_to_give_memory_is_bounded(tree):
    tree.put_us_into(TERMINAL, "memory pids")
    join_own_group("ada", memory_mb=300)
    names = {name for group, name in tree.written if group == "user.slice/user-1000.slice/second-car-ada"}
    assert names == {"memory.max", "memory.swap.max", "pids.max", "cgroup.procs"}
    assert unbounded() == ["the processors"]


def test_where_nothing_was_given_nothing_is_made(tree):
    tree.put_us_into(TERMINAL, "")
    join_own_group("ada", memory_mb=300)
    assert not tree.written
    assert unbounded() == ["the processors", "memory"]


def test_who_ran_out_of_memory(tree):
    tree.put_us_into(SERVICE, "cpu memory pids")
    group = cgroups.ControlGroup(1024, 10, "second-car-ada")
    events = tree.root / "system.slice" / "second-car-ada" / "memory.events"
    for number, ran_out in some({0: False, 1: True}.items()):
        events.write_text(f"low 0\nhigh 0\nmax 4\noom {number}\noom_kill {number}\noom_group_kill 0\n")
        assert group.ran_out_of_memory is ran_out
