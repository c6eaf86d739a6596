"""A server extension: JupyterLab's Assignment List says what is wrong with the exchange.

nbgrader's own list says of any failure that a folder of the exchange does not exist.
"""

from typing import Any

from nbgrader.server_extensions.assignment_list.handlers import AssignmentList

from secondcar.exchange.plugin import Exchange


class SayingAssignmentList(AssignmentList):
    """nbgrader's list, with the service's own sentence."""

    def list_released_assignments(self, course_id: str | None = None) -> dict[str, Any]:
        return _said(super().list_released_assignments(course_id))

    def list_submitted_assignments(self, course_id: str | None = None) -> dict[str, Any]:
        return _said(super().list_submitted_assignments(course_id))


def _said(answer: dict[str, Any]) -> dict[str, Any]:
    return answer if answer["success"] or not Exchange.failure else {**answer, "value": Exchange.failure}


def _load_jupyter_server_extension(app: Any) -> None:
    # Extensions are loaded in the order of their names, so nbgrader's list is there, if it is switched on.
    settings = app.web_app.settings
    if theirs := settings.get("assignment_list_manager"):
        settings["assignment_list_manager"] = ours = SayingAssignmentList(parent=theirs.parent)
        ours.root_dir = theirs.root_dir
