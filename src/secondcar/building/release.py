"""Makes the learner's units from the teacher's, with nbgrader and a throw-away gradebook."""

import logging
import shutil
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from secondcar.building.errors import BuildError


def make_release(source: Path, release: Path, config_file: Path, scratch: Path) -> None:
    """Write the learner's version of one unit.

    Args:
        source: the teacher's unit, a folder named as the unit.
        release: where the learner's unit goes; replaced if it is there.
        config_file: the course's nbgrader_config.py, so that this gives what nbgrader itself would.
        scratch: an empty folder to work in; the real gradebook is never touched.

    Raises:
        BuildError: nbgrader refuses the unit.
    """
    unit = source.name
    shutil.copytree(source, scratch / "source" / unit)
    config = Config(PyFileConfigLoader(config_file.name, path=str(config_file.parent)).load_config())
    config.CourseDirectory.root = str(scratch)
    config.CourseDirectory.db_url = f"sqlite:///{scratch / 'gradebook.db'}"
    api = NbGraderAPI(config=config)
    api.log.setLevel(logging.ERROR)
    result = api.generate_assignment(unit)
    if not result["success"]:
        reason = (result.get("error") or result.get("log") or "no reason given").strip().splitlines()[-1]
        raise BuildError(f"{unit}: nbgrader cannot make the learner's version: {reason}. Correct the unit.")
    shutil.rmtree(release, ignore_errors=True)
    shutil.copytree(scratch / "release" / unit, release)
