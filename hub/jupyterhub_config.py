"""JupyterHub for the classroom. `make classroom` starts it; README.md beside it is the teacher's page.

It serves on this machine alone (127.0.0.1). For a class on other machines, put a web server with HTTPS in front. A
school's settings are in `classroom.toml` in the classroom's own folder (docs/classroom-settings.md), never here.
"""

import sys

from jupyterhub.auth import PAMAuthenticator
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from ltiauthenticator.lti13.auth import LTI13Authenticator
from oauthenticator.github import GitHubOAuthenticator

from secondcar.classroom import logins, servers, settings
from secondcar.classroom.layout import COURSE_ID, TEACHERS_GROUP, Classroom
from secondcar.classroom.passwords import demonstration_passwords
from secondcar.classroom.roster import former_ids, log_in, teacher_ids

c = get_config()  # noqa: F821  JupyterHub provides it
classroom = Classroom.from_environment()
school = classroom.settings
rosters = logins.Rosters(classroom)

# ---- Log-ins --------------------------------------------------------------------------------------------------------
kind = {
    settings.DEMONSTRATION: SharedPasswordAuthenticator,
    settings.FIRST_USE: logins.FirstUse,
    settings.PAM: PAMAuthenticator,
    settings.LTI: LTI13Authenticator,
    settings.GITHUB: GitHubOAuthenticator,
}[school.login]
c.JupyterHub.authenticator_class = logins.from_rosters(kind, rosters)
if school.login == settings.DEMONSTRATION:
    passwords = demonstration_passwords(classroom)
    c.SharedPasswordAuthenticator.user_password = passwords["students"]
    c.SharedPasswordAuthenticator.admin_password = passwords["teachers"]
elif school.login == settings.FIRST_USE:
    logins.FirstUse.classroom = classroom
    c.FirstUseAuthenticator.dbm_path = str(classroom.first_use_passwords)
    c.FirstUseAuthenticator.create_users = True  # only people in the rosters, which are checked first
elif school.login == settings.LTI:
    c.LTI13Authenticator.username_key = "custom_username"
    c.LTI13Authenticator.update({**school.lti, "client_id": {school.lti["client_id"]}})
elif school.login == settings.GITHUB:
    c.GitHubOAuthenticator.client_id = school.github["client_id"]
    c.GitHubOAuthenticator.oauth_callback_url = school.github["callback_url"]
    c.GitHubOAuthenticator.client_secret = (classroom.hub / "github-secret").read_text(encoding="utf-8").strip()

# ---- Who may log in, and to where ------------------------------------------------------------------------------------
# The rosters decide, at each log-in and every five minutes; anyone taken out loses all rights at the next start.
c.Authenticator.admin_users = {log_in(name) for name in teacher_ids(classroom)}
c.Authenticator.blocked_users = {log_in(name) for name in former_ids(classroom)} - rosters.groups.keys()
c.JupyterHub.template_paths = [str(logins.TEMPLATES)]
c.JupyterHub.template_vars = {"own_passwords": school.login == settings.FIRST_USE}


def start_page(handler) -> str | None:
    """Send teachers to Formgrader in the course, which they share; students go to their own server."""
    user = handler.current_user
    teaches = user is not None and rosters.group_of(user.name) == TEACHERS_GROUP
    return f"/services/{COURSE_ID}/lab?formgrader=true" if teaches else None


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
c.Spawner.cmd = [str(classroom.programs / "jupyterhub-singleuser")]
# Kernels talk over sockets in a folder that is closed to others: on 127.0.0.1 every account could listen to them.
c.Spawner.environment = {
    "PATH": classroom.path,
    "JUPYTER_RUNTIME_DIR": lambda spawner: str(classroom.runtime_of(rosters.persons[spawner.user.name])),
}
c.Spawner.ip = "127.0.0.1"
c.Spawner.default_url = "/lab"
# Starting one takes 5 seconds of processor time: with the usual 30 seconds, none of 20 at once came up on two cores.
# A limit on how many start at once does not help: the hub turns away everyone above it with an error page.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.JupyterHub.spawner_class = servers.server_of(classroom, rosters)

# ---- The course, which all teachers share: formgrader, files, a terminal --------------------------------------------
course = {
    "name": COURSE_ID,
    "url": f"http://127.0.0.1:{classroom.course_port}",
    "command": [str(classroom.programs / "jupyterhub-singleuser")],
    "cwd": str(classroom.course),
    "environment": {
        "PATH": classroom.path,
        "JUPYTERHUB_DEFAULT_URL": "/lab",
        "JUPYTER_CONFIG_PATH": str(classroom.teacher_settings),
        "JUPYTER_RUNTIME_DIR": str(classroom.runtime_of("")),
    },
    "oauth_no_confirm": True,
    # With the usual 30 seconds, the hub gave up and ended on a busy machine.
    "timeout": 120,
}
if classroom.separate_accounts:
    course["user"] = classroom.course_account
# Stops a student's server that nobody has used for as long as the school says. The course's server stays.
culler = {
    "name": "idle-culler",
    "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={school.idle_minutes * 60}"],
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

# ---- All other settings of the school ------------------------------------------------------------------------------
for name, lines in school.hub.items():
    c[name].update(lines)
