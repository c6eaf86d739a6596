"""Where students' servers find this course. It lies in env/etc/jupyter of the classroom's folder."""

import os
import pwd
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from secondcar.classroom.accounts import person_of

c = get_config()  # noqa: F821  nbgrader provides it

exchange = Path(sys.prefix).parent / "exchange"
# Validate and Formgrader run notebooks: nobody listens to their kernels either. A kernel works in the folder of its
# notebook, so the path of its sockets has to be whole.
sockets = Path(jupyter_runtime_dir())
sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
c.KernelManager.transport = "ipc"
c.KernelManager.ip = str(sockets / f"nbgrader-{os.getpid()}")
c.CourseDirectory.course_id = "second-car"
c.Exchange.root = str(exchange)
# A full disk or a slow one: half a submission is never collected.
c.ExchangeFactory.submit = "secondcar.classroom.submitting.SubmitWhole"
# A unit that was corrected can be fetched again, and what a student wrote stays.
c.ExchangeFactory.fetch_assignment = "secondcar.classroom.fetching.FetchNewer"
c.ExchangeFactory.list = "secondcar.classroom.fetching.ListNewer"

if exchange.stat().st_uid == 0:
    # A submission counts as that of the account it belongs to, whatever its name.
    c.ExchangeFactory.collect = "secondcar.classroom.collecting.CollectFromOwners"
    # A student number or an e-mail address cannot name an account; the home has that name.
    account = pwd.getpwuid(os.getuid())
    student = person_of(account, exchange.parent / "homes")
    if student != account.pw_name:
        c.CourseDirectory.student_id = student
else:
    # Only root can make accounts: without root, all share one, and the hub says who is who.
    c.ExchangeCollect.check_owner = False
    student = os.environ.get("SECOND_CAR_STUDENT")
    if student:
        c.CourseDirectory.student_id = student
