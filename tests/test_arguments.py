"""A number on the command line means what it says, or one sentence refuses it."""

import argparse
import ast
import importlib.util

import pytest

from secondcar import arguments
from secondcar.arguments import amount, megabytes, port, positive_number, whole_number
from secondcar.cli import command_parser, main
from secondcar.exchange import service
from secondcar.grading.commands import FeedbackCommand, GradeCommand, NumberTrait
from tests.support.paths import ROOT

NUMBER_TYPES = (whole_number, positive_number, amount, megabytes, port)
NEVER = ["-1", "-0.5", "nan", "inf", "-inf", "1e400", "1e30", "", " ", "ten", "1,000", "0x10"]


def costs_parser() -> argparse.ArgumentParser:
    spec = importlib.util.spec_from_file_location("costs", ROOT / "hub" / "kubernetes" / "costs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.options()


def number_options() -> list[tuple[argparse.ArgumentParser, list[str], argparse.Action]]:
    """Return each option that takes a number: its parser, what else must be typed, and the option."""
    commands = command_parser()
    (choices,) = [action.choices for action in commands._actions if isinstance(action, argparse._SubParsersAction)]
    parsers = [*choices.values(), service.parser(), costs_parser()]
    return [
        (parser, _required(parser), action)
        for parser in parsers
        for action in parser._actions
        if action.type in NUMBER_TYPES
    ]


def _required(parser: argparse.ArgumentParser) -> list[str]:
    words = []
    for action in parser._actions:
        if action.required or (action.choices and not action.option_strings):
            value = "1" if action.type in NUMBER_TYPES else next(iter(action.choices or "x"))
            words += [*action.option_strings[:1], value]
    return words


OPTIONS = number_options()


def ids(option):
    parser, _, action = option
    return f"{parser.prog} {action.option_strings[0]}"


def test_the_number_options_of_all_commands_are_tried():
    assert len(OPTIONS) >= 12


@pytest.mark.parametrize("option", OPTIONS, ids=ids)
@pytest.mark.parametrize("text", NEVER)
def test_what_no_number_option_can_mean_is_refused_in_one_sentence(option, text, capsys):
    refuse(option, text, capsys)


@pytest.mark.parametrize("option", [o for o in OPTIONS if o[2].type is not amount], ids=ids)
def test_zero_is_refused_where_it_means_nothing(option, capsys):
    refuse(option, "0", capsys)


@pytest.mark.parametrize("option", [o for o in OPTIONS if o[2].type in (whole_number, port)], ids=ids)
@pytest.mark.parametrize("text", ["0.5", "1.5"])
def test_a_part_is_refused_where_things_are_counted(option, text, capsys):
    refuse(option, text, capsys)


def refuse(option, text, capsys):
    parser, required, action = option
    name = action.option_strings[0]
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args([*required, f"{name}={text}"])
    told = capsys.readouterr().err
    assert stopped.value.code == 2
    assert told.startswith(f"{parser.prog}: argument {name}: {text!r} ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("option", OPTIONS, ids=ids)
def test_one_means_one(option):
    parser, required, action = option
    given = parser.parse_args([*required, action.option_strings[0], "1"])
    assert getattr(given, action.dest) == (arguments.MEGABYTE if action.type is megabytes else 1)


def test_the_last_port_leaves_room_for_the_three_after_it():
    assert port("65532") == 65532
    with pytest.raises(argparse.ArgumentTypeError):
        port("65533")


def test_less_than_a_byte_is_refused():
    with pytest.raises(argparse.ArgumentTypeError, match="less than one byte"):
        megabytes("0.0000001")


def test_the_command_line_says_so_and_ends(capsys):
    with pytest.raises(SystemExit):
        main(["classroom", "start", "--folder", "x", "--port", "0"])
    assert capsys.readouterr().err == (
        "secondcar classroom: argument --port: '0' is not a port from 1 to 65532; "
        "`secondcar classroom --help` shows what can be typed.\n"
    )


# `grade` and `feedback` have nbgrader's parser.
NUMBERS = [
    (command, trait) for command in (GradeCommand, FeedbackCommand) for trait in command.class_own_traits().values()
    if isinstance(trait, NumberTrait)
]  # fmt: skip


def test_the_numbers_of_grading_are_tried():
    assert len(NUMBERS) >= 7


@pytest.mark.parametrize(("command", "trait"), NUMBERS, ids=lambda one: getattr(one, "name", ""))
@pytest.mark.parametrize("text", [*NEVER, "0"])
def test_grading_refuses_what_a_number_cannot_mean(command, trait, text, capfd):
    option = trait.name.replace("_", "-")
    with pytest.raises(SystemExit) as stopped:
        command().initialize([f"--{option}={text}", "ps1"])
    assert stopped.value.code == 1
    assert f"{option}: {text!r} is not a" in capfd.readouterr().err


def test_no_command_takes_a_bare_number():
    """A new option cannot go round the types: `int` takes 0 and `float` takes NaN."""
    calls = [
        (path, node)
        for folder in ("src", "hub", "tools", "bench")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_argument"
    ]
    assert len(calls) > 30
    bare = [
        f"{path}:{node.lineno}"
        for path, node in calls
        for keyword in node.keywords
        if keyword.arg == "type" and getattr(keyword.value, "id", "") in ("int", "float")
    ]
    assert bare == []
