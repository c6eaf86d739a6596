"""Which program runs the cells of a notebook: the kernel that it names, told by the command installed for it.

ipykernel in this same Python, whatever its arguments, is forked from the fork server (`process`). Every other kernel
(another language, another environment, a Python with options that change it) is started within the same sandbox and
limits by `relay`, which passes on its messages.
"""

import contextlib
import json
import os
import shutil
import string
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager

_MODULES = ("ipykernel_launcher", "ipykernel")
# Options of Python that do not change what a notebook does, and those that take a value.
_HARMLESS = ("-B", "-P", "-q", "-s", "-u")
_HARMLESS_X = ("frozen_modules", "no_debug_ranges", "utf8")
# Those of the variables that Python reads when it starts whose effect is the same here.
_DONE_HERE = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8")


@dataclass(frozen=True)
class Kernel:
    """How a kernel is started.

    Attributes:
        program: the module that starts it.
        arguments: those of that module.
        environment: variables that the kernel needs.
        readable: files and folders that it needs.
    """

    program: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    readable: tuple[str, ...]

    @property
    def answers_judge(self) -> bool:
        """Return whether the judge can ask it for the value of a name."""
        return self.program == _PROCESS


_PROCESS, _RELAY = "secondcar.grading.kernel.process", "secondcar.grading.kernel.relay"


def kernels_of(notebooks: Iterable[Mapping[str, Any]], source: Mapping[str, bytes]) -> dict[str, str]:
    """Return notebook -> name of its kernel in the teacher's file; what a learner's file says about it is ignored.

    Args:
        notebooks: the gradebook's rows.
        source: the files of source/<assignment>/.
    """
    own = {name.removesuffix(".ipynb"): None for name in source if name.endswith(".ipynb")}
    registered = own | {row["name"]: row["kernelspec"] for row in notebooks}
    kernels = {}
    for name, text in registered.items():
        known = json.loads(text or "{}") or _specification_in(source.get(f"{name}.ipynb", b"{}"))
        kernels[name] = known.get("name") or NATIVE_KERNEL_NAME
    return kernels


def _specification_in(notebook: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError, AttributeError):
        return json.loads(notebook).get("metadata", {}).get("kernelspec") or {}
    return {}


@lru_cache
def find_kernel(name: str) -> Kernel:
    """Return how the kernel with a name is started. Raises NoSuchKernel if it is not installed.

    >>> find_kernel("python3").arguments
    ('-f', 'kernel.json')
    """
    return kernel_of(KernelSpecManager().get_kernel_spec(name))


def kernel_of(spec: KernelSpec) -> Kernel:
    """Return how the kernel of a specification is started."""
    # As jupyter does: a teacher who names a variable there wants it to be handed on.
    environment = {name: string.Template(value).safe_substitute(os.environ) for name, value in spec.env.items()}
    paths = tuple(filter(None, environment.get("PYTHONPATH", "").split(os.pathsep)))
    arguments = _arguments_of_ipykernel(spec.argv)
    names_python = any(name.startswith("PYTHON") and name not in _DONE_HERE for name in environment)
    if arguments is None or names_python or not _is_this_python(spec.argv[0]):
        described = {**spec.to_dict(), "env": environment, "resource_dir": spec.resource_dir}
        return Kernel(_RELAY, (json.dumps(described),), {}, (*_home_of(spec), *paths))
    filled = {"connection_file": "kernel.json", "resource_dir": spec.resource_dir, "prefix": sys.prefix}
    for name, value in filled.items():
        arguments = [argument.replace(f"{{{name}}}", value) for argument in arguments]
    return Kernel(_PROCESS, tuple(arguments), environment, (*filter(None, [spec.resource_dir]), *paths))


def _arguments_of_ipykernel(command: Sequence[str]) -> list[str] | None:
    """Return the arguments for ipykernel in a command. None if it starts something else, or a Python that differs."""
    _, *words = command
    while words:
        word = words.pop(0)
        if word == "-m" and words and words[0] in _MODULES:
            words.pop(0)
            break
        if word in (f"-m{module}" for module in _MODULES) or Path(word).name == "ipykernel_launcher.py":
            break
        if word == "-X" and words:
            word += words.pop(0)
        if word not in _HARMLESS and not word.removeprefix("-X").startswith(_HARMLESS_X):
            return None
    else:
        return None
    # A kernel application may be told to be another kernel.
    return None if any("kernel_class" in word or "subclass" in word for word in words) else words


def _is_this_python(program: str) -> bool:
    if program in ("python", f"python{sys.version_info[0]}", "python{}.{}".format(*sys.version_info)):
        # jupyter, too, takes these for the Python that it runs in.
        return True
    found = Path(shutil.which(program) or program)
    here = Path(sys.executable)
    # An environment's Python is a link to the one that it was made with: the folder tells them apart.
    return found.resolve() == here.resolve() and found.parent.resolve() == here.parent.resolve()


def _home_of(spec: KernelSpec) -> tuple[str, ...]:
    """Return the files and folders that a kernel consists of, besides those that every notebook may read."""
    named = [
        path for word in spec.argv if (path := shutil.which(word) or word).startswith("/") and os.path.exists(path)
    ]
    homes = {spec.resource_dir, *named}
    for program in named[:1]:
        # It may be a link into another folder, as an environment's Python is.
        homes |= {str(path.parent.parent) for path in (Path(program), Path(program).resolve())}
    return tuple(sorted(homes - {"", "/", "/usr", os.path.expanduser("~")}))
