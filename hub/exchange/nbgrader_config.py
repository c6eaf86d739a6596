"""nbgrader in an image of hub/Dockerfile: it hands out and collects over HTTP. EXCHANGE_URL says where."""

from secondcar.exchange import use_service

c = get_config()  # noqa: F821  nbgrader provides it
c.CourseDirectory.course_id = "second-car"
use_service(c)
# Learners' code beside marks, answers and the hub's token: where it cannot be sandboxed, nothing is graded.
c.GradeCommand.require_sandbox = True
c.Autograde.pre_convert_hook = "secondcar.grading.isolation.sandbox.refuse_autograde"
