"""One method for each request to the service. Every request may be sent twice, so those that fail are tried again."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from secondcar.exchange.archive import ArchiveRefused, pack, unpack

SECONDS_TO_CONNECT, SECONDS_BETWEEN_BYTES = 5, 120


class ServiceError(Exception):
    """The service did not do what was asked; the text is one sentence that says why, and what to do."""


class Client:
    """The exchange, as one user of the hub sees it.

    Args:
        url: the service's address, ending in its prefix: http://exchange:10101/services/exchange/
        token: the hub's token for this user; a user's server has it as JUPYTERHUB_API_TOKEN, the default.
    """

    def __init__(self, url: str, token: str | None = None):
        if not url:
            raise ServiceError(
                "The address of the exchange is not set: set EXCHANGE_URL, or c.Exchange.url in nbgrader_config.py."
            )
        token = token or os.environ.get("JUPYTERHUB_API_TOKEN")
        if not token:
            raise ServiceError("JUPYTERHUB_API_TOKEN is not set: this exchange works in a server that a hub started.")
        self.url = url.rstrip("/") + "/"
        self.session = requests.Session()
        # Neither a proxy nor a .netrc of this machine may intervene, or see the token.
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"token {token}"
        # A restarted service answers after a quarter of a minute.
        again = Retry(
            total=5,
            backoff_factor=0.5,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=None,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=again))

    def courses(self) -> dict[str, str]:
        """Return course -> "teacher" or "learner"."""
        return self._ask("GET").json()["courses"]

    def released(self, course: str) -> dict[str, list[str]]:
        """Return assignment -> the paths of its files."""
        return self._ask("GET", course, "outbound").json()

    def fetch(self, course: str, assignment: str, folder: Path) -> None:
        """Write the files of a released assignment into an empty folder."""
        self._download(folder, course, "outbound", assignment)

    def release(self, course: str, assignment: str, folder: Path, replace: bool) -> None:
        self._upload("PUT", folder, course, "outbound", assignment, replace=int(replace))

    def withdraw(self, course: str, assignment: str) -> None:
        self._ask("DELETE", course, "outbound", assignment)

    def submissions(self, course: str, assignment: str = "") -> list[dict[str, Any]]:
        """Return a `store.Submission`, as a dictionary, for each one that this user may read."""
        return self._ask("GET", course, "inbound", assignment=assignment).json()["submissions"]

    def submit(self, course: str, assignment: str, folder: Path) -> dict[str, Any]:
        """Hand in a folder, and return the submission that the service has kept."""
        return self._upload("POST", folder, course, "inbound", assignment).json()

    def collect(self, course: str, submission: str, folder: Path) -> None:
        """Write the files of a submission into an empty folder."""
        self._download(folder, course, "inbound", submission)

    def remove_submission(self, course: str, submission: str) -> None:
        self._ask("DELETE", course, "inbound", submission)

    def feedback(self, course: str, assignment: str = "") -> dict[str, str]:
        """Return key -> MD5 of the page, for each page that this user may read."""
        return self._ask("GET", course, "feedback", assignment=assignment).json()

    def feedback_page(self, course: str, key: str) -> bytes:
        return self._ask("GET", course, "feedback", key).content

    def give_feedback(self, course: str, key: str, page: bytes) -> None:
        self._ask("PUT", course, "feedback", key, data=page)

    def _upload(self, method: str, folder: Path, *path: str, **query: Any) -> requests.Response:
        with tempfile.TemporaryFile() as archive:
            pack(folder, archive)
            archive.seek(0)
            return self._ask(method, *path, data=archive, **query)

    def _download(self, folder: Path, *path: str) -> None:
        with tempfile.TemporaryFile() as archive:
            for chunk in self._ask("GET", *path).iter_content(1 << 20):
                archive.write(chunk)
            try:
                unpack(archive, folder)
            except ArchiveRefused as error:
                raise ServiceError(str(error)) from None

    def _ask(self, method: str, *path: str, data: Any = None, **query: Any) -> requests.Response:
        url = self.url + "/".join(quote(part, safe="") for part in path)
        try:
            answer = self.session.request(
                method, url, params=query, data=data, timeout=(SECONDS_TO_CONNECT, SECONDS_BETWEEN_BYTES)
            )
        except requests.RequestException as error:
            raise ServiceError(
                f"The exchange at {self.url} does not answer ({type(error).__name__}): try again in a minute."
            ) from None
        if answer.ok:
            return answer
        if answer.status_code == 401:
            raise ServiceError(
                "The hub does not know your server any more: in the menu File, open Hub Control Panel, stop your "
                "server and start it again; your files are kept."
            )
        raise ServiceError(_sentence(answer))


def _sentence(answer: requests.Response) -> str:
    try:
        return answer.json()["message"]
    except (ValueError, KeyError):
        return f"What answers at {answer.url} is not the exchange ({answer.status_code}): check EXCHANGE_URL."
