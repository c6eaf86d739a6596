"""A pytest plugin: nbgrader's own tests, with `secondcar grade` and `feedback` in place of its two commands.

Most of them have for a source a notebook without answers: a solution that fails its tests. That ends `grade` with 1
unless it is accepted, as the help says, and here it is.

pytest -p tests.support.nbgraders_tests --pyargs nbgrader.tests.apps.test_nbgrader_autograde
"""

import nbgrader.tests

from secondcar.cli import main as secondcar

OURS = {"autograde": ["grade", "--accept-failing-solution"], "generate_feedback": ["feedback"]}

_run_nbgrader = nbgrader.tests.run_nbgrader


def _run(args, retcode=0, **options):
    if args[0] not in OURS:
        return _run_nbgrader(args, retcode, **options)
    assert not options, "those tests of nbgrader that are run here need no environment or output of their own"
    try:
        code = secondcar([*OURS[args[0]], *args[1:]])
    except SystemExit as end:
        code = end.code
    assert code == retcode, f"{args} ended with {code}"
    return ""


nbgrader.tests.run_nbgrader = _run
