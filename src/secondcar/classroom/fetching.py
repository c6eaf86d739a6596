"""Fetching a unit, and fetching it again when the teacher has corrected it: what a student wrote stays.

nbgrader refuses to fetch what is there already: a corrected unit reaches only those who have not begun it.
"""

import re
from pathlib import Path

from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeList

from secondcar.workspace import is_outdated, renew_unit

_KEPT = re.compile(r"-kept-\d+$")


class FetchNewer(ExchangeFetchAssignment):
    """nbgrader's fetch, which brings a newer version to who has the unit, too, around the answers.

    In nbgrader_config.py of students:

        c.ExchangeFactory.fetch_assignment = "secondcar.classroom.fetching.FetchNewer"
    """

    def init_dest(self) -> None:
        self.replace_missing_files = True  # else nbgrader refuses what is there
        super().init_dest()

    def do_copy(self, src: str, dest: str) -> None:
        for sentence in renew_unit(Path(src), Path(dest)):
            self.log.warning(sentence)


class ListNewer(ExchangeList):
    """nbgrader's list, in which a unit that was fetched and then corrected stands among those to fetch, too.

    Notebooks that were kept beside are not listed.

    In nbgrader_config.py of students:

        c.ExchangeFactory.list = "secondcar.classroom.fetching.ListNewer"
    """

    def parse_assignments(self) -> list[dict]:
        found: list[dict] = super().parse_assignments()
        outbound = Path(self.root, self.coursedir.course_id, "outbound")
        for info in [one for one in found if one["status"] == "fetched"]:
            info["notebooks"] = [one for one in info["notebooks"] if not _KEPT.search(one["notebook_id"])]
            corrected = outbound / info["assignment_id"]
            if is_outdated(corrected, Path(info["path"])):
                found.append({**info, "status": "released", "path": str(corrected)})
        return found

    def format_outbound_assignment(self, info: dict) -> str:
        text: str = super().format_outbound_assignment(info)
        newer = info["status"] == "released" and text.endswith(")")
        return text.replace("(already downloaded)", "(newer version: fetch it; your answers stay)") if newer else text
