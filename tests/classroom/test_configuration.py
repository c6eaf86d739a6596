"""The hub's configuration with each log-in of the settings page, and who is let in, tried without a running hub."""

import asyncio
import re
from types import SimpleNamespace

import pytest
from traitlets.config.loader import PyFileConfigLoader

from secondcar.classroom import logins
from secondcar.classroom.layout import STUDENTS_GROUP, TEACHERS_GROUP, Classroom
from secondcar.classroom.passwords import have_passwords, prepare_codes, read_codes, renew
from secondcar.classroom.settings import LOGINS
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "classroom-settings.md").read_text(encoding="utf-8")
PASSWORD = "a password of my own"


@pytest.fixture
def classroom(tmp_path, monkeypatch):
    made = Classroom(tmp_path / "algebra")
    made.hub.mkdir(parents=True)
    made.homes.mkdir()
    made.students_file.write_text("id\n2024001\nAigerim.B\n", encoding="utf-8")
    made.teachers_file.write_text("id\nTara@uni.kz\n", encoding="utf-8")
    (made.hub / "github-secret").write_text("secret\n", encoding="utf-8")
    for name, value in made.variables().items():
        monkeypatch.setenv(name, value)
    return made


def kind_of(classroom, settings):
    """The kind of log-in that the hub's configuration chooses, made as the hub makes it."""
    classroom.settings_file.write_text(settings, encoding="utf-8")
    config = PyFileConfigLoader("jupyterhub_config.py", path=str(ROOT / "hub")).load_config()
    return config, config.JupyterHub.authenticator_class


def let_in(authenticator, name, password, **more):
    handler = SimpleNamespace(custom_login_error="")
    return asyncio.run(
        authenticator.get_authenticated_user(handler, {"username": name, "password": password, "otp": "", **more})
    )


@pytest.mark.parametrize("login", LOGINS)
def test_each_log_in_of_the_page_can_be_configured(classroom, login):
    (settings,) = (part for part in re.findall(r"```toml .*\n([^`]*)```", PAGE) if f'login = "{login}"' in part)
    config, kind = kind_of(classroom, settings)
    assert (
        kind.mro()[1].__name__
        == {
            "demonstration": "SharedPasswordAuthenticator",
            "first-use": "FirstUse",
            "pam": "PAMAuthenticator",
            "lti": "LTI13Authenticator",
            "github": "GitHubOAuthenticator",
        }[login]
    )
    authenticator = kind(config=config)
    assert authenticator.check_allowed("2024001") and not authenticator.check_allowed("stranger")
    assert authenticator.is_admin(None, {"name": "tara@uni.kz"})


def test_any_setting_of_the_hub_may_stand_there(classroom):
    config, _ = kind_of(classroom, "[hub.Spawner]\nmem_limit = '1G'\n[hub.JupyterHub]\nshutdown_on_logout = true\n")
    assert config.Spawner.mem_limit == "1G" and config.Spawner.start_timeout == 300
    assert config.JupyterHub.shutdown_on_logout is True


def test_the_demonstration_has_two_passwords_also_for_a_teacher_who_comes_late(classroom):
    config, kind = kind_of(classroom, '[demonstration]\nstudents = "our-first-lesson"\n')
    authenticator = kind(config=config)
    assert let_in(authenticator, "aigerim.b", "our-first-lesson")["groups"] == [STUDENTS_GROUP]
    assert let_in(authenticator, "tara@uni.kz", "our-first-lesson") is None
    with classroom.teachers_file.open("a") as file:
        file.write("timur\n")
    assert let_in(authenticator, "timur", "our-first-lesson") is None


def test_first_use_wants_a_code_from_those_who_have_one(classroom):
    config, kind = kind_of(classroom, 'login = "first-use"\n')
    authenticator = kind(config=config)
    codes = prepare_codes(classroom)
    assert set(codes) == {"tara@uni.kz"}
    assert classroom.codes_file.stat().st_mode & 0o077 == 0
    for otp in ("", "abcdefghjk"):
        assert let_in(authenticator, "Tara@uni.kz", PASSWORD, otp=otp) is None
    assert have_passwords(classroom) == set()
    admitted = let_in(authenticator, "Tara@uni.kz", PASSWORD, otp=f" {codes['tara@uni.kz'].upper()}")
    assert (admitted["name"], admitted["groups"], admitted["admin"]) == ("tara@uni.kz", [TEACHERS_GROUP], True)
    assert read_codes(classroom) == {}
    assert prepare_codes(classroom) == {}
    # The code is of one use, and the password is needed from then on.
    assert let_in(authenticator, "tara@uni.kz", "another password", otp=codes["tara@uni.kz"]) is None
    assert let_in(authenticator, "tara@uni.kz", PASSWORD)
    # A student without a code chooses a password; a stranger leaves none behind.
    assert let_in(authenticator, "AIGERIM.b", PASSWORD)["groups"] == [STUDENTS_GROUP]
    assert let_in(authenticator, "stranger", PASSWORD) is None
    assert have_passwords(classroom) == {"aigerim.b", "tara@uni.kz"}
    # A forgotten password: the old one is gone, and the code is needed.
    code = renew(classroom, "Aigerim.B")
    assert let_in(authenticator, "aigerim.b", PASSWORD) is None
    assert let_in(authenticator, "aigerim.b", "third password", otp=code)


def test_everyone_has_a_code_if_the_school_says_so(classroom):
    kind_of(classroom, 'login = "first-use"\ncodes = "everyone"\n')
    assert set(prepare_codes(classroom)) == {"2024001", "aigerim.b", "tara@uni.kz"}


def test_who_comes_and_goes_is_seen_at_once_and_a_slip_changes_nothing(classroom):
    rosters = logins.Rosters(classroom)
    assert rosters.group_of("late") is None
    classroom.students_file.write_text("id\n2024001\nLate\n", encoding="utf-8")
    assert rosters.group_of("late") == STUDENTS_GROUP
    assert rosters.group_of("aigerim.b") is None
    classroom.students_file.write_text('id\n"2024001\n', encoding="utf-8")
    assert rosters.group_of("late") == STUDENTS_GROUP
    assert rosters.persons["late"] == "Late"
