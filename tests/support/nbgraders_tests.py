"""A pytest plugin: nbgrader's own tests, with `secondcar grade` and `feedback` in place of its two commands.

pytest -p tests.support.nbgraders_tests --pyargs nbgrader.tests.apps.test_nbgrader_autograde
"""

import nbgrader.tests

from secondcar.cli import main as secondcar

OURS = {"autograde": "grade", "generate_feedback": "feedback"}

_run_nbgrader = nbgrader.tests.run_nbgrader


def _run(args, retcode=0, **options):
    if args[0] not in OURS:
        return _run_nbgrader(args, retcode, **options)
    assert not options, "those tests of nbgrader that are run here need no environment or output of their own"
    try:
        code = secondcar([OURS[args[0]], *args[1:]])
    except SystemExit as end:
        code = end.code
    assert code == retcode, f"{OURS[args[0]]} {args[1:]} ended with {code}"
    return ""


nbgrader.tests.run_nbgrader = _run
