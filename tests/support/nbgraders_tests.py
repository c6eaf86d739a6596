"""A pytest plugin: nbgrader's own tests, with `secondcar grade` and `feedback` in place of its two commands.

Most of them have for a source a notebook without answers: a solution that fails its tests. That ends `grade` with 1
unless it is accepted, as the help says, and here it is.

pytest -p tests.support.nbgraders_tests --pyargs nbgrader.tests.apps.test_nbgrader_autograde
"""

import nbgrader.tests
import pytest

from secondcar.cli import main as secondcar

OURS = {"autograde": ["grade", "--accept-failing-solution"], "generate_feedback": ["feedback"]}

# A test that expects what ours does only when it is asked to -> how it is asked.
OPTIONS = {
    "test_handle_failure": ["--no-repair"],
    "test_handle_failure_single_notebook": ["--no-repair"],
}
# A test that expects what ours does not -> what the help says of that.
DIFFERENCES = {
    "test_grade_empty_timestamp": "A timestamp that cannot be read does not fail a submission.",
    "test_missing_source_kernelspec": "A notebook's kernel is the one that its source names.",
}

_run_nbgrader = nbgrader.tests.run_nbgrader
_options: list[str] = []


def _run(args, retcode=0, **options):
    if args[0] not in OURS:
        return _run_nbgrader(args, retcode, **options)
    assert not options, "those tests of nbgrader that are run here need no environment or output of their own"
    try:
        code = secondcar([*OURS[args[0]], *_options, *args[1:]])
    except SystemExit as end:
        code = end.code
    assert code == retcode, f"{args} ended with {code}"
    return ""


def pytest_configure():
    nbgrader.tests.run_nbgrader = _run


def pytest_collection_modifyitems(items):
    for item in items:
        if item.originalname in DIFFERENCES:
            item.add_marker(pytest.mark.xfail(reason=DIFFERENCES[item.originalname], strict=True))


def pytest_runtest_setup(item):
    _options[:] = OPTIONS.get(item.originalname, [])
