"""Real log-ins: each one that hub/jupyterhub_config.py shows is switched on as its comments say, in a real hub."""

import base64
import json
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import takewhile
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from secondcar.classroom.accounts import find_system_program
from secondcar.classroom.layout import Classroom
from secondcar.classroom.preparing import is_demonstration
from secondcar.errors import CourseError
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    PORT,
    STUDENTS,
    TEACHERS,
    copied_repository,
    is_let_in,
    open_classroom,
    prepared_classroom,
    start_server,
)

ADA, BORIS, _ = STUDENTS
TARA, _ = TEACHERS
STRANGER = "access-dora"
CONFIGURATION = (ROOT / "hub" / "jupyterhub_config.py").read_text(encoding="utf-8")
DEMONSTRATION = ("c.JupyterHub.authenticator_class", "passwords = ", "c.SharedPasswordAuthenticator.")
# How the comments on each of them begin.
PAM, FIRST_USE, LTI, GITHUB = (
    "# The accounts of this machine (PAM)",
    "# The first password that someone types",
    "# Canvas, Moodle or another learning platform (LTI 1.3)",
    "# GitHub:",
)
MESSAGE = "https://purl.imsglobal.org/spec/lti/claim/"


def switched_to(beginning):
    """The configuration after what its comments say: the demonstration's four lines out, this part in."""
    lines = CONFIGURATION.splitlines()
    kept = [line for line in lines if not line.startswith(DEMONSTRATION)]
    assert len(lines) - len(kept) == 4
    start = next(number for number, line in enumerate(kept) if line.startswith(beginning))
    part = takewhile(lambda line: line != "#", kept[start:])
    kept[start:start] = [line.removeprefix("# ") for line in part if line.startswith("# c.")]
    return "\n".join(kept) + "\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A checkout whose hub/jupyterhub_config.py a test may change."""
    return copied_repository(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def small_classroom(tmp_path, monkeypatch):
    """Rosters and no more; what is_demonstration() puts into the environment is gone after the test."""
    classroom = Classroom(tmp_path / "algebra")
    classroom.homes.mkdir(parents=True)
    classroom.hub.mkdir()
    for file in (classroom.students_file, classroom.teachers_file):
        file.write_text(f"id\n{file.stem}-one\n", encoding="utf-8")
    classroom.passwords.write_text('{"students": "", "teachers": ""}', encoding="utf-8")
    (classroom.hub / "github-secret").write_text("secret\n", encoding="utf-8")
    for name, value in classroom.variables().items():
        monkeypatch.setenv(name, value)
    return classroom


def write_configuration(repository, text):
    (repository / "hub" / "jupyterhub_config.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("part", [PAM, FIRST_USE, LTI, GITHUB])
def test_each_part_takes_the_demonstrations_place(small_classroom, repository, part):
    write_configuration(repository, CONFIGURATION)
    assert is_demonstration(small_classroom, repository)
    write_configuration(repository, switched_to(part))
    assert not is_demonstration(small_classroom, repository)


def test_a_slip_in_the_configuration_is_one_sentence(small_classroom, repository):
    write_configuration(repository, switched_to(GITHUB))
    (small_classroom.hub / "github-secret").unlink()
    with pytest.raises(CourseError, match=r"jupyterhub_config\.py cannot be used: FileNotFoundError: .*github-secret"):
        is_demonstration(small_classroom, repository)


@pytest.fixture(scope="module")
def classroom(repository):
    write_configuration(repository, CONFIGURATION)
    with prepared_classroom(repository) as made:
        yield made


@contextmanager
def opened(classroom, repository, configuration):
    write_configuration(repository, configuration)
    with open_classroom(classroom, repository):
        yield


@contextmanager
def installed(classroom, package):
    """Install a package into env/ as the comments say; it must change nothing there. It is taken out in the end."""
    assert f"pip install {package}`" in CONFIGURATION.replace("\n# ", " ")
    pip = classroom.programs / "pip"
    before = frozen(pip)
    if subprocess.run([pip, "install", "--quiet", package]).returncode != 0:
        pytest.skip(f"{package} cannot be had here: pip says above why")
    new = frozen(pip) - before
    try:
        assert before <= frozen(pip)
        yield
    finally:
        names = [line.partition("==")[0] for line in new]
        subprocess.run([pip, "uninstall", "--quiet", "--yes", *names], check=True)


def frozen(pip):
    done = subprocess.run([pip, "freeze"], capture_output=True, text=True, check=True)
    return {line for line in done.stdout.splitlines() if "==" in line}


@pytest.mark.long
def test_pam_lets_in_who_has_an_account_with_a_password_and_is_in_a_roster(classroom, repository):
    subprocess.run([find_system_program("useradd"), STRANGER], check=True)
    try:
        for name in (ADA, TARA, STRANGER):
            set_password(name, f"{name}-password")
        with opened(classroom, repository, switched_to(PAM)):
            session = requests.Session()
            assert is_let_in(classroom, session, ADA, f"{ADA}-password")
            start_server(classroom, session, ADA)
            assert owners_of_servers() == {ADA}
            assert lets_in(classroom, TARA, f"{TARA}-password")
            assert not lets_in(classroom, ADA, f"{TARA}-password")
            # Who has no password, and who is in no roster.
            assert not lets_in(classroom, BORIS, "")
            assert not lets_in(classroom, STRANGER, f"{STRANGER}-password")
    finally:
        subprocess.run([find_system_program("userdel"), STRANGER], check=True)


def set_password(name, password):
    subprocess.run([find_system_program("chpasswd")], input=f"{name}:{password}\n", text=True, check=True)


def lets_in(classroom, name, password):
    return is_let_in(classroom, requests.Session(), name, password)


def owners_of_servers():
    """Return the students' accounts that run a server of this classroom."""
    return {
        process.info["username"]
        for process in psutil.process_iter(["username", "cmdline"])
        if process.info["username"] in STUDENTS and "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or [])
    }


@pytest.mark.long
def test_the_first_password_is_kept_over_a_restart(classroom, repository):
    with opened(classroom, repository, switched_to(FIRST_USE)):
        assert not lets_in(classroom, ADA, "short")
        assert lets_in(classroom, ADA, "adas first password")
        assert not lets_in(classroom, ADA, "another password")
        assert not lets_in(classroom, STRANGER, "a strangers password")
    with opened(classroom, repository, switched_to(FIRST_USE)):
        assert lets_in(classroom, ADA, "adas first password")
        assert not lets_in(classroom, ADA, "another password")
    kept = list(classroom.hub.glob("first-use-passwords*"))
    assert kept and all(file.stat().st_mode & 0o077 == 0 for file in kept)


@contextmanager
def answering(answers):
    """Serve JSON on a free port of this machine: path -> what is answered there. Gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(answers[urlsplit(self.path).path]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def parameters_of(answer):
    """Return where an answer redirects to, and with which parameters."""
    assert answer.status_code == 302, answer.text
    target = urlsplit(answer.headers["Location"])
    return target._replace(query="").geturl(), {name: values[0] for name, values in parse_qs(target.query).items()}


@pytest.mark.long
def test_a_learning_platforms_link_lets_in_who_is_in_a_roster(classroom, repository):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificates = {"/mod/lti/certs.php": {"keys": [public_key(key)]}}
    with installed(classroom, "jupyterhub-ltiauthenticator"), answering(certificates) as platform:
        configuration = switched_to(LTI).replace("https://lms.example.org", platform)
        with opened(classroom, repository, configuration):
            asked = requests.get(f"{classroom.address}/hub/lti13/config").json()
            assert asked["oidc_initiation_url"] == f"{classroom.address}/hub/lti13/oauth_login"
            assert launched(classroom, platform, key, username=ADA) == 302
            assert launched(classroom, platform, key, username=TARA) == 302
            assert launched(classroom, platform, key, username=STRANGER) == 403
            # The platform was not told to send the name.
            assert launched(classroom, platform, key) == 403
            forged = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            assert launched(classroom, platform, forged, username=ADA) == 400


def launched(classroom, platform, key, **custom):
    """Follow the platform's link as a browser does, and return the status of the hub's answer."""
    session = requests.Session()
    link = {"iss": platform, "login_hint": "7", "target_link_uri": classroom.address, "client_id": "the-client-id"}
    first = session.get(f"{classroom.address}/hub/lti13/oauth_login", params=link, allow_redirects=False)
    target, asked = parameters_of(first)
    assert target == f"{platform}/mod/lti/auth.php"
    assert (asked["client_id"], asked["login_hint"]) == ("the-client-id", "7")
    assert asked["redirect_uri"] == f"http://127.0.0.1:{PORT}/hub/lti13/oauth_callback"
    token = {
        "iss": platform,
        "aud": "the-client-id",
        "sub": "7",
        "iat": int(time.time()),
        "exp": int(time.time()) + 60,
        "nonce": asked["nonce"],
        f"{MESSAGE}message_type": "LtiResourceLinkRequest",
        f"{MESSAGE}version": "1.3.0",
        f"{MESSAGE}deployment_id": "1",
        f"{MESSAGE}target_link_uri": classroom.address,
        f"{MESSAGE}roles": [],
        f"{MESSAGE}resource_link": {"id": "1"},
        f"{MESSAGE}custom": custom,
    }
    form = {"id_token": signed(token, key), "state": asked["state"]}
    return session.post(asked["redirect_uri"], data=form, allow_redirects=False).status_code


def signed(token, key):
    """Return a JSON Web Token as the platform sends it."""
    parts = ({"alg": "RS256", "typ": "JWT", "kid": "1"}, token)
    content = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{content}.{encoded(key.sign(content.encode(), padding.PKCS1v15(), SHA256()))}"


def public_key(key):
    numbers = key.public_key().public_numbers()
    return {
        "kty": "RSA",
        "kid": "1",
        "use": "sig",
        "alg": "RS256",
        "n": encoded(numbers.n.to_bytes(256, "big")),
        "e": encoded(numbers.e.to_bytes(3, "big")),
    }


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.long
def test_github_lets_in_who_is_in_a_roster(classroom, repository):
    user = {"login": ADA.title(), "email": "ada@example.org"}
    (classroom.hub / "github-secret").write_text("the-secret\n", encoding="utf-8")
    pages = {"/login/oauth/access_token": {"access_token": "token", "token_type": "bearer"}, "/api/v3/user": user}
    with installed(classroom, "oauthenticator"), answering(pages) as github:
        # GitHub itself is out of reach of a test: this one speaks as it does, with its address in place of theirs.
        configuration = switched_to(GITHUB).replace("https://your-server.example.org", classroom.address)
        with opened(classroom, repository, f"{configuration}c.GitHubOAuthenticator.github_url = {github!r}\n"):
            assert "Sign in with GitHub" in requests.get(f"{classroom.address}/hub/login").text
            # GitHub shows names as people wrote them; the rosters have them in small letters.
            assert authorized(classroom, github) == 302
            user["login"] = STRANGER
            assert authorized(classroom, github) == 403


def authorized(classroom, github):
    """Log in with GitHub as a browser does, and return the status of the hub's answer."""
    session = requests.Session()
    first = session.get(f"{classroom.address}/hub/oauth_login", allow_redirects=False)
    target, asked = parameters_of(first)
    assert target == f"{github}/login/oauth/authorize"
    assert (asked["client_id"], asked["response_type"]) == ("the-client-id", "code")
    assert asked["redirect_uri"] == f"{classroom.address}/hub/oauth_callback"
    back = {"code": "code", "state": asked["state"]}
    return session.get(asked["redirect_uri"], params=back, allow_redirects=False).status_code
