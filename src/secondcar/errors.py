"""The one error that carries a sentence for the person at the keyboard."""


class CourseError(Exception):
    """An error that a learner, teacher or maintainer can put right.

    Its text is one sentence that names what is wrong, where, and what to do. The command line prints it alone,
    without a traceback.
    """
