"""Where students' servers find this course. It lies in env/etc/jupyter of the classroom's folder."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "second-car"
c.Exchange.root = str(Path(sys.prefix).parent / "exchange")

# nbgrader tells students apart by their system accounts. Where all share one, the hub says who is who.
student = os.environ.get("SECOND_CAR_STUDENT")
if student:
    c.CourseDirectory.student_id = student
