"""Run a classroom as a service of the machine: it starts with the machine, and no closed terminal stops it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from secondcar.classroom.layout import Classroom
from secondcar.errors import CourseError

UNITS = Path("/etc/systemd/system")
OURS = "# Written by `secondcar classroom service`"


def unit_file(classroom: Classroom) -> Path:
    return UNITS / f"{classroom.folder.name}.service"


def unit_text(classroom: Classroom, repository: Path) -> str:
    """Return the unit of a classroom. Each start brings it up to date first, as `make classroom` does."""
    folder, program = _quoted(classroom.folder), _quoted(classroom.programs / "secondcar")
    return f"""{OURS}, which writes it anew.
[Unit]
Description=Every Second Car: the classroom in {_escaped(classroom.folder)}
After=network.target

[Service]
WorkingDirectory={_escaped(repository)}
ExecStartPre={_quoted(_python())} {_quoted(repository / "hub" / "install.py")} {folder}
ExecStart={program} classroom --folder {folder}
# Installing takes minutes; stopping takes as long as the students' servers do.
TimeoutStartSec=1800
TimeoutStopSec=150
KillMode=mixed
# Equal shares of the processors for students' servers, whose control groups stand beside this one's.
CPUWeight=100
Restart=on-failure
RestartSec=10

[Install]
WantedBy=multi-user.target
"""


def write_unit(classroom: Classroom, repository: Path) -> list[str]:
    """Write the unit and say how to switch it on.

    Raises:
        CourseError: the machine has no systemd, another service has the name, or systemd refuses the unit.
    """
    file = unit_file(classroom)
    if not UNITS.is_dir() or not os.access(UNITS, os.W_OK):
        raise CourseError(f"{UNITS} cannot be written: a service needs systemd, and root. Use `sudo`.")
    if file.exists() and not file.read_text(encoding="utf-8").startswith(OURS):
        raise CourseError(f"{file} is another program's: give the classroom's folder another name.")
    text = unit_text(classroom, repository)
    _verify(file.name, text)
    file.write_text(text, encoding="utf-8")
    name = file.stem
    return [
        f"{file} is written. Stop the classroom in its terminal, then type:",
        f"    systemctl daemon-reload && systemctl enable --now {name}",
        f"Afterwards, `systemctl status {name}` says how it is, and `journalctl -u {name}` what it printed.",
    ]


def remove_unit(classroom: Classroom) -> None:
    """Switch the service off and remove its file, if there is one of ours."""
    file = unit_file(classroom)
    if file.exists() and file.read_text(encoding="utf-8").startswith(OURS):
        subprocess.run(["systemctl", "disable", "--now", file.stem], capture_output=True)
        file.unlink()


def _verify(name: str, text: str) -> None:
    """Verify the unit with systemd-analyze, if it is installed. Raises CourseError with what it says."""
    program = shutil.which("systemd-analyze")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        done = subprocess.run([program, "verify", "--man=no", file], capture_output=True, text=True)
        # It warns of other units of the machine, too.
        about = [line for line in done.stderr.splitlines() if name in line]
        if done.returncode != 0 and about:
            raise CourseError(f"systemd refuses the unit: {about[0]}")


def _python() -> Path:
    """Return the Python that made the classroom's environment."""
    return Path(sys._base_executable)  # type: ignore[attr-defined]


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def _quoted(path: Path) -> str:
    text = _escaped(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"'
