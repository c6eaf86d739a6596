"""The error of the build."""

from secondcar.errors import CourseError


class BuildError(CourseError):
    """Something in course/ is wrong; the text is one sentence that names file, exercise and fix."""
