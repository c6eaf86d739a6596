"""Real log-ins: each one of docs/classroom-settings.md is switched on in classroom.toml, in a real hub."""

import base64
import json
import re
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from secondcar.classroom.accounts import find_system_program
from secondcar.classroom.passwords import have_passwords, read_codes
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    PORT,
    STUDENTS,
    TEACHERS,
    is_let_in,
    open_classroom,
    prepared_classroom,
    secondcar,
    start_server,
)

ADA, BORIS, _ = STUDENTS
TARA, _ = TEACHERS
STRANGER = "access-dora"
MESSAGE = "https://purl.imsglobal.org/spec/lti/claim/"


PAGE = (ROOT / "docs" / "classroom-settings.md").read_text(encoding="utf-8")


def settings_of(login):
    """The lines that the page shows for a log-in."""
    (lines,) = (part for part in re.findall(r"```toml .*\n([^`]*)```", PAGE) if f'login = "{login}"' in part)
    return lines


@pytest.fixture(scope="module")
def classroom():
    with prepared_classroom() as made:
        yield made


@contextmanager
def opened(classroom, settings):
    classroom.settings_file.write_text(f"port = {PORT}\n{settings}", encoding="utf-8")
    with open_classroom(classroom) as process:
        yield process


@pytest.mark.long
def test_pam_lets_in_who_has_an_account_with_a_password_and_is_in_a_roster(classroom):
    subprocess.run([find_system_program("useradd"), STRANGER], check=True)
    try:
        for name in (ADA, TARA, STRANGER):
            set_password(name, f"{name}-password")
        with opened(classroom, settings_of("pam")):
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


def lets_in(classroom, name, password, **fields):
    return is_let_in(classroom, requests.Session(), name, password, **fields)


def owners_of_servers():
    """Return the students' accounts that run a server of this classroom."""
    return {
        process.info["username"]
        for process in psutil.process_iter(["username", "cmdline"])
        if process.info["username"] in STUDENTS and "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or [])
    }


def has_code(classroom, name):
    return read_codes(classroom)[name]


@pytest.mark.long
def test_the_first_password_is_kept_over_a_restart(classroom):
    settings = 'login = "first-use"\n'
    with opened(classroom, settings):
        assert not lets_in(classroom, ADA, "short")
        assert lets_in(classroom, ADA, "adas first password")
        assert not lets_in(classroom, ADA, "another password")
        assert not lets_in(classroom, STRANGER, "a strangers password")
        # A teacher's name belongs to whoever has the code from the terminal.
        assert not lets_in(classroom, TARA, "i was here first")
        assert not lets_in(classroom, TARA, "i was here first", otp="abcdefghjk")
        assert lets_in(classroom, TARA, "taras password", otp=f" {has_code(classroom, TARA).upper()} ")
        assert lets_in(classroom, TARA, "taras password")
        assert TARA not in read_codes(classroom)
    with opened(classroom, settings):
        assert lets_in(classroom, ADA, "adas first password")
        assert not lets_in(classroom, ADA, "another password")
        assert "access-nobody" not in have_passwords(classroom)
        session = requests.Session()
        assert is_let_in(classroom, session, ADA, "adas first password")
        assert "auth/change-password" in session.get(f"{classroom.address}/hub/home").text
        # The old one, and the new one twice.
        for old, new, again, wanted in (
            ("wrong", "another password", "another password", 400),
            ("adas first password", "another password", "a different one", 400),
            ("adas first password", "short", "short", 400),
            ("adas first password", "another password", "another password", 200),
        ):
            assert change_password(classroom, session, old=old, new=new, again=again) == wanted
        assert not lets_in(classroom, ADA, "adas first password")
        assert lets_in(classroom, ADA, "another password")
        done = secondcar(classroom, "classroom", "password", ADA)
        assert done.returncode == 0 and has_code(classroom, ADA) in done.stdout
        assert not lets_in(classroom, ADA, "another password")
        assert lets_in(classroom, ADA, "third password", otp=has_code(classroom, ADA))
    kept = list(classroom.hub.glob("first-use-passwords*"))
    assert kept and all(file.stat().st_mode & 0o077 == 0 for file in (*kept, classroom.codes_file))


def change_password(classroom, session, **fields):
    page = f"{classroom.address}/hub/auth/change-password"
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', session.get(page).text)[1]
    return session.post(page, params={"_xsrf": xsrf}, data={"_xsrf": xsrf, **fields}).status_code


@pytest.mark.long
def test_the_demonstrations_passwords_are_the_schools_own(classroom):
    with opened(classroom, settings_of("demonstration")):
        assert lets_in(classroom, BORIS, "our-first-lesson")
        assert not lets_in(classroom, TARA, "our-first-lesson")
        assert lets_in(classroom, TARA, "a-long-sentence-that-only-we-two-know")


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
def test_a_learning_platforms_link_lets_in_who_is_in_a_roster(classroom):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificates = {"/mod/lti/certs.php": {"keys": [public_key(key)]}}
    with answering(certificates) as platform:
        settings = settings_of("lti").replace("https://lms.example.org", platform)
        with opened(classroom, settings):
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
def test_github_lets_in_who_is_in_a_roster(classroom):
    user = {"login": ADA.title(), "email": "ada@example.org"}
    (classroom.hub / "github-secret").write_text("the-secret\n", encoding="utf-8")
    pages = {"/login/oauth/access_token": {"access_token": "token", "token_type": "bearer"}, "/api/v3/user": user}
    with answering(pages) as github:
        # GitHub itself is out of reach of a test: this one speaks as it does, with its address in place of theirs.
        settings = settings_of("github").replace("https://your-server.example.org", f"http://127.0.0.1:{PORT}")
        with opened(classroom, f'{settings}[hub.GitHubOAuthenticator]\ngithub_url = "{github}"\n'):
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
