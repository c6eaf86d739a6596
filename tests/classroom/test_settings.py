"""What a school sets: one sentence refuses what cannot be used, and nothing else in the file is ever changed."""

import re

import pytest

from secondcar.classroom.settings import LINES, TABLES, Settings, read_settings, set_port, write_new
from secondcar.errors import CourseError
from tests.support.paths import ROOT

LTI = 'login = "lti"\n[lti]\nissuer = "i"\nauthorize_url = "a"\njwks_endpoint = "j"\n'


@pytest.fixture
def file(tmp_path):
    return tmp_path / "classroom.toml"


def test_without_a_file_the_usual_settings_hold(file):
    assert read_settings(file) == Settings()


def test_each_line_is_read(file):
    text = 'port = 8100\nlogin = "github"\ncodes = "everyone"\nidle_minutes = 5\n'
    text += '[github]\nclient_id = "c"\ncallback_url = "https://x"\n[hub.Spawner]\nargs = ["--debug"]\n'
    file.write_text(text, encoding="utf-8-sig")
    read = read_settings(file)
    assert (read.port, read.login, read.codes, read.idle_minutes) == (8100, "github", "everyone", 5)
    assert read.github["client_id"] == "c"
    assert read.hub == {"Spawner": {"args": ["--debug"]}}


FAULTS = [
    ("port = 8000\nport = 8001", "cannot be read"),
    ("port 8000", "line 1"),
    ('port = "8000"', "port must be a whole number"),
    ("port = true", "port must be a whole number"),
    ("port = 65533", "port is 65533 and must be from 1 to 65532"),
    ("port = 0", "port is 0"),
    ("prot = 8000", "prot is not a setting; there are port, login"),
    ('login = "password"', 'login is "password" and must be one of demonstration, first-use'),
    ("login = 3", "login must be text"),
    ('codes = "nobody"', "codes is"),
    ("idle_minutes = 0", "idle_minutes must be 1 or more"),
    ("lti = 3", "lti must be a table"),
    ('login = "lti"', 'login = "lti" needs the line issuer in a table [lti]'),
    (LTI, "needs the line client_id"),
    (LTI + "client_id = 7", "[lti] client_id must be text"),
    (LTI + 'clientid = "7"', "[lti] clientid is not a setting"),
    ('login = "github"\n[github]\nclient_id = ""\ncallback_url = "x"', "needs the line client_id"),
    ('[demonstration]\nstudents = "short"', "[demonstration] students needs 8 characters"),
    ('[demonstration]\nteachers = "not long enough"', "teachers needs 32"),
    ("memory_mb = 100", "memory_mb must be 300 or more"),
    ("leave_out = 12", "leave_out must be a list"),
    ("[hub]\nSpawner = 3", "[hub] Spawner must be a table"),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_what_cannot_be_used_is_one_sentence(file, text, sentence):
    file.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        read_settings(file)
    assert sentence in str(error.value)
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text_is_one_sentence(file):
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="cannot be read"):
        read_settings(file)


def test_a_new_file_is_written_once_and_closed_to_others(file):
    write_new(file, "first-use")
    assert read_settings(file) == Settings(login="first-use")
    assert file.stat().st_mode & 0o077 == 0
    write_new(file, "pam")
    assert read_settings(file).login == "first-use"


@pytest.mark.parametrize(
    "text", ["# ours\nport = 8000  # mine\n[hub.Spawner]\nport = 3\n", '# no port\nlogin = "pam"\n']
)
def test_the_port_is_changed_and_nothing_else(file, text):
    file.write_text(text, encoding="utf-8")
    before = read_settings(file)
    set_port(file, 8200)
    after = read_settings(file)
    assert (after.port, after.hub, after.login) == (8200, before.hub, before.login)
    assert "# " in file.read_text(encoding="utf-8")


def test_the_page_explains_every_line_and_its_examples_can_be_used(file):
    page = (ROOT / "docs" / "classroom-settings.md").read_text(encoding="utf-8")
    for name in (*LINES, *(line for table in TABLES.values() for line in table)):
        assert f"`{name}`" in page or f"`[{name}]`" in page or re.search(rf"^{name} = ", page, re.MULTILINE), name
    examples = re.findall(r"```toml settings\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 5
    for example in examples:
        file.write_text(example, encoding="utf-8")
        read_settings(file)
