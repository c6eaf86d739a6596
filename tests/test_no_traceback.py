"""No command ends in a traceback, whatever stands where it looks: a file for a folder, nothing, rubbish."""

import pytest

from secondcar.cli import command_parser, main

# FILE is a file with rubbish, FOLDER an empty folder, NOPE nothing.
CASES = """
learn --no-start --folder FILE
learn --no-start --folder FILE/inside
fresh 00-start --folder FILE
fresh nope --folder NOPE
progress --folder FILE
progress --folder NOPE
practice --sheet 1 --folder FILE
practice --sheet 1 --folder FILE/inside
solutions closed
solutions closed nope
build
build --answers FILE
new-unit 12-trams
new-course FILE
new-course FILE/inside
register
report nope
examine
examine nope
collect FILE
collect NOPE
collect FOLDER
export --to csv
export --to csv --file FOLDER
units --into FILE
units --into NOPE
class-demo nope
grade nope
feedback nope
classroom
classroom --folder FILE
classroom --folder NOPE
classroom start ada --folder NOPE
classroom update --folder FILE
classroom update --folder NOPE
classroom password ada --folder NOPE
classroom password --folder FOLDER
classroom dismiss ada --folder NOPE
classroom dismiss --demonstration --folder FOLDER
classroom forget ada --folder FILE
classroom remove --folder NOPE
classroom service --folder FOLDER
doctor --folder FILE
doctor
backup FOLDER/x.tar.gz --folder NOPE
backup FILE/x.tar.gz --folder FOLDER
restore NOPE --folder FOLDER
restore FILE --folder NOPE
restore FOLDER --folder NOPE
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_it_is_one_sentence(case, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("rubbish\n")
    (tmp_path / "folder").mkdir()
    places = {"FILE": "file", "FOLDER": "folder", "NOPE": "nope"}
    words = case.split()
    for name, place in places.items():
        words = [word.replace(name, str(tmp_path / place)) for word in words]
    try:
        code = main(words)
    except SystemExit as end:
        code, text = (2, end.code) if isinstance(end.code, str) else (end.code, "")
    else:
        text = ""
    said = (capfd.readouterr().err + text).strip()
    assert code not in (0, None), case
    assert said and "Traceback" not in said, said
    assert (tmp_path / "file").read_text() == "rubbish\n"


def test_every_command_is_tried():
    [commands] = [action.choices for action in command_parser()._actions if action.dest == "command"]
    assert {case.split()[0] for case in CASES.strip().splitlines()} == set(commands)
