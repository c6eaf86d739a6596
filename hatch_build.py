"""What a wheel holds beside the package: the course's nbgrader_config.py, which `secondcar new-course` copies.

An editable install gets nothing: it finds the file in the checkout.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # hatchling looks for this name
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            name = "nbgrader_config.py"
            build_data["force_include"][name] = f"secondcar/building/templates/course/{name}"
