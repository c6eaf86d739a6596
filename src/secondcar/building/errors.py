"""The one error of the build."""


class BuildError(Exception):
    """Something in course/ is wrong; the text is one sentence that names file, exercise and fix."""
