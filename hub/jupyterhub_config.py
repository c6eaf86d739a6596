"""JupyterHub for the classroom. `make classroom` starts it; README.md beside it is the teacher's page.

It serves on this machine alone (127.0.0.1). For a class on other machines, put a web server with HTTPS in front, and
switch to real log-ins first.
"""

import json
import sys

from secondcar.classroom.layout import COURSE_ID, STUDENTS_GROUP, TEACHERS_GROUP, Classroom
from secondcar.classroom.roster import former_ids, student_ids, teacher_ids

c = get_config()  # noqa: F821  JupyterHub provides it
classroom = Classroom.from_environment()
students, teachers = student_ids(classroom), teacher_ids(classroom)

# ---- Log-ins: the one place to change -------------------------------------------------------------------------------
# The demonstration: all students share one password, all teachers another. Anyone in the class can log in as any
# student. Use it to look around, never for marks that count.
c.JupyterHub.authenticator_class = "shared-password"
passwords = json.loads(classroom.passwords.read_text(encoding="utf-8"))
c.SharedPasswordAuthenticator.user_password = passwords["students"]
c.SharedPasswordAuthenticator.admin_password = passwords["teachers"]

# Real log-ins: take the four lines above out, and put one of these in. Log-in names are the ids of the two rosters.
#
# The accounts of this machine (PAM), if the hub runs as root; a password is set with `passwd ada`:
# c.JupyterHub.authenticator_class = "pam"
#
# The first password that someone types is theirs from then on. Let everyone log in once while you look on:
# c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
# c.FirstUseAuthenticator.dbm_path = str(classroom.hub / "first-use-passwords.dbm")
# c.FirstUseAuthenticator.create_users = False
#
# Canvas, Moodle or another learning platform (LTI 1.3): `/srv/second-car/env/bin/pip install
# jupyterhub-ltiauthenticator`, again after each upgrade. Register the tool on the platform with what /hub/lti13/config
# says, and add the custom parameter `username=$User.username`: without it, the platform sends no name of the rosters.
# The redirect address is /hub/lti13/oauth_callback. People come in through the platform's link alone.
# c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
# c.LTI13Authenticator.issuer = "https://lms.example.org"
# c.LTI13Authenticator.authorize_url = "https://lms.example.org/mod/lti/auth.php"
# c.LTI13Authenticator.jwks_endpoint = "https://lms.example.org/mod/lti/certs.php"
# c.LTI13Authenticator.client_id = {"the-client-id"}
# c.LTI13Authenticator.username_key = "custom_username"
#
# GitHub: `/srv/second-car/env/bin/pip install oauthenticator`, again after each upgrade. The ids of the rosters are
# GitHub names, in small letters. Put the client secret alone into the file /srv/second-car/hub/github-secret.
# c.JupyterHub.authenticator_class = "oauthenticator.github.GitHubOAuthenticator"
# c.GitHubOAuthenticator.client_id = "the-client-id"
# c.GitHubOAuthenticator.client_secret = (classroom.hub / "github-secret").read_text(encoding="utf-8").strip()
# c.GitHubOAuthenticator.oauth_callback_url = "https://your-server.example.org/hub/oauth_callback"
#
# NativeAuthenticator 1.3.0 does not work with this JupyterHub: both of its log-in pages answer with error 500.

# ---- Who may come in, and where to ----------------------------------------------------------------------------------
c.Authenticator.allowed_users = {*students, *teachers}
c.Authenticator.admin_users = set(teachers)
# The rosters decide: who was taken out of them loses all rights at the next start.
c.Authenticator.allow_existing_users = False
c.Authenticator.blocked_users = former_ids(classroom)
c.JupyterHub.load_groups = {STUDENTS_GROUP: {"users": students}, TEACHERS_GROUP: {"users": teachers}}


def start_page(handler) -> str | None:
    """Send teachers to the course, which they share; students go to their own server."""
    user = handler.current_user
    return f"/services/{COURSE_ID}/lab" if user is not None and user.name in teachers else None


c.JupyterHub.default_url = start_page

# ---- Addresses and files --------------------------------------------------------------------------------------------
c.JupyterHub.bind_url = classroom.address
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = classroom.hub_port
c.JupyterHub.db_url = f"sqlite:///{classroom.hub / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(classroom.hub / "cookie_secret")
c.ConfigurableHTTPProxy.command = [str(classroom.proxy_program)]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{classroom.proxy_port}"
c.ConfigurableHTTPProxy.pid_file = str(classroom.hub / "proxy.pid")

# ---- A server for each student --------------------------------------------------------------------------------------
# nbgrader runs `alembic` by name, so PATH must lead to it.
path = f"{classroom.programs}:/usr/local/bin:/usr/bin:/bin"
c.Spawner.cmd = [str(classroom.programs / "jupyterhub-singleuser")]
# Kernels talk over sockets in a folder that is closed to others: on 127.0.0.1 every account could listen to them.
c.Spawner.environment = {
    "PATH": path,
    "JUPYTER_RUNTIME_DIR": lambda spawner: str(classroom.runtime / spawner.user.name),
}
c.Spawner.ip = "127.0.0.1"
c.Spawner.default_url = "/lab"
# Starting one takes 5 seconds of processor time: with the usual 30 seconds, none of 20 at once came up on two cores.
# A limit on how many start at once does not help: the hub sends away who comes above it, with an error page.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
if classroom.separate_accounts:
    c.JupyterHub.spawner_class = "localprocess"
else:
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(classroom.homes / "{username}")
    c.Spawner.environment["SECOND_CAR_STUDENT"] = lambda spawner: spawner.user.name

# ---- The course, which all teachers share: formgrader, files, a terminal --------------------------------------------
course = {
    "name": COURSE_ID,
    "url": f"http://127.0.0.1:{classroom.course_port}",
    "command": [str(classroom.programs / "jupyterhub-singleuser")],
    "cwd": str(classroom.course),
    "environment": {
        "PATH": path,
        "JUPYTERHUB_DEFAULT_URL": "/lab",
        "JUPYTER_CONFIG_PATH": str(classroom.teacher_settings),
        "JUPYTER_RUNTIME_DIR": str(classroom.runtime / classroom.course_account),
    },
    "oauth_no_confirm": True,
    # With the usual 30 seconds, the hub gave up and ended on a busy machine.
    "timeout": 120,
}
if classroom.separate_accounts:
    course["user"] = classroom.course_account
# Stops a student's server that was not used for an hour. The course itself is not a student's server.
culler = {
    "name": "idle-culler",
    "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
}
c.JupyterHub.services = [course, culler]
c.JupyterHub.load_roles = [
    {"name": TEACHERS_GROUP, "groups": [TEACHERS_GROUP], "scopes": [f"access:services!service={COURSE_ID}"]},
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
