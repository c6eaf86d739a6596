"""Makes the learner's units from the teacher's, with nbgrader and a throw-away gradebook."""

import logging
import shutil
import tempfile
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from secondcar.building.errors import Fault, Faults


def make_release(source: Path, release: Path, config_file: Path, gradebook: Path) -> Faults:
    """Write the learner's version of one unit, and yield nbgrader's objections to it.

    Args:
        source: the teacher's unit, a folder named as the unit.
        release: where the learner's unit goes.
        config_file: the course's nbgrader_config.py, so that this gives what nbgrader itself would.
        gradebook: a throw-away one, which all units of a build share: nbgrader starts another program to make one.
            The real gradebook is never touched.
    """
    unit = source.name
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        shutil.copytree(source, scratch / "source" / unit)
        config = Config(PyFileConfigLoader(config_file.name, path=str(config_file.parent)).load_config())
        config.CourseDirectory.root = str(scratch)
        config.CourseDirectory.db_url = f"sqlite:///{gradebook}"
        api = NbGraderAPI(config=config)
        api.log.setLevel(logging.ERROR)
        result = api.generate_assignment(unit)
        if result["success"]:
            shutil.copytree(scratch / "release" / unit, release)
            return
        reason = (result.get("error") or result.get("log") or "no reason given").strip().splitlines()[-1]
        what = f"nbgrader cannot make the learner's version: {reason}"
        yield Fault(f"course/{unit}/{unit}.py", 0, what, "Correct the unit")
