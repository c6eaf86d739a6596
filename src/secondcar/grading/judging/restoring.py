"""Puts back what tests rely on, in a learner's process, before a test that has to run there.

Some answers cannot travel to the judge: objects of a class that learners write, for example. Their tests run in the
notebook. Before each of them the functions and classes of every module that the fork server had imported, and the way
IPython runs a cell, are what they were when the process was forked, and the teacher's own functions are defined anew.
Whoever rules the process can get around this: it only stops what is easy.
"""

import builtins
import contextlib
import sys
import types
from collections.abc import Iterable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from secondcar.grading.judging.cell_code import definitions_of, parse_cell

_KINDS = (types.FunctionType, types.BuiltinFunctionType, type)
_SHELL = ("run_", "show", "_run", "transform", "should_", "get_exc")

_modules: dict[str, types.ModuleType] = {}
_contents: dict[str, dict[str, Any]] = {}
_codes: list[tuple[types.FunctionType, types.CodeType]] = []


def remember() -> None:
    """Note what every module holds now. The fork server does it once for all the runners that it forks."""
    _modules.update((name, module) for name, module in sys.modules.items() if isinstance(module, types.ModuleType))
    for name, module in _modules.items():
        _contents[name] = {key: value for key, value in vars(module).items() if isinstance(value, _KINDS)}
    functions = {value for names in _contents.values() for value in names.values() if type(value) is types.FunctionType}
    _codes[:] = [(function, function.__code__) for function in functions]


def restore(shell: Any, definitions: Iterable[str], learners: Iterable[str]) -> None:
    """Put everything back.

    definitions: the teacher's cells. learners: names that stay the learner's, whatever those cells say.
    """
    sys.settrace(None)
    sys.setprofile(None)
    for name, module in _modules.items():
        sys.modules[name] = module
        for key, value in _contents[name].items():
            if vars(module).get(key) is not value:
                vars(module)[key] = value
    for function, code in _codes:
        if function.__code__ is not code:
            function.__code__ = code
    _restore_shell(shell)
    names = shell.user_ns
    for name in [name for name in names if hasattr(builtins, name) and name not in learners]:
        if name not in ("display", "get_ipython", "__doc__", "__name__", "__loader__", "__package__", "__spec__"):
            del names[name]
    kept = {name: names[name] for name in learners if name in names}
    for source in definitions:
        with contextlib.suppress(Exception):
            exec(compile(definitions_of(parse_cell(source)), "<cell>", "exec"), names)
    names.update(kept)


def _restore_shell(shell: Any) -> None:
    for name in [name for name in vars(shell) if name.startswith(_SHELL) and hasattr(type(shell), name)]:
        delattr(shell, name)
    shell.ast_transformers.clear()
    shell.input_transformer_manager = TransformerManager()
    shell.set_custom_exc((), None)
    for callbacks in shell.events.callbacks.values():
        callbacks[:] = [one for one in callbacks if getattr(one, "__module__", "__main__") != "__main__"]
