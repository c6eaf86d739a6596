"""Types lines where readers of the pages type them: into a shell of the machine, or a terminal in the browser."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="There is no pexpect here: pip install -e '.[test]'")

SECONDS = 1800  # setting up an environment takes minutes, on a busy machine many
PROMPT = r"\[(\d+)\]NEXT> "
ASKS = "Type yes to go on: "
COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07")


class Shell:
    """A log-in shell of the machine, in a folder, with the environment that a log-in gives."""

    def __init__(self, folder: Path, **variables: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        environment = kept | {"PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "dumb"} | variables
        self._child = pexpect.spawn(
            "bash",
            ["--login"],
            cwd=str(folder),
            env=environment,
            encoding="utf-8",
            codec_errors="replace",
            timeout=SECONDS,
            dimensions=(50, 1000),
        )
        self._child.sendline("bind 'set enable-bracketed-paste off'; PROMPT_COMMAND=; PS1='[$?]NE''XT> '")
        self._child.expect(PROMPT)

    def type(self, line: str) -> str:
        """Type a line, say yes where it asks, and return what it printed. Fails unless it ends well."""
        code, printed = self.try_to_type(line)
        assert code == 0, f"{line}\n{printed}"
        return printed

    def try_to_type(self, line: str) -> tuple[int, str]:
        """Type a line, say yes where it asks, and return its exit code and what it printed."""
        self._child.sendline(line)
        printed = ""
        while self._child.expect([PROMPT, ASKS]) == 1:
            printed += self._child.before
            self._child.sendline("yes")
        printed = COLOURS.sub("", printed + self._child.before).partition("\n")[2]
        return int(self._child.match[1]), printed

    def start(self, line: str, sign: str) -> str:
        """Type a line that goes on until it is stopped; return what it printed until `sign` was seen."""
        self._child.sendline(line)
        assert self._child.expect([sign, PROMPT]) == 0, f"{line} ended:\n{self._child.before}"
        return str(self._child.before)

    def stop(self) -> None:
        """Press Ctrl-C until the prompt is there: JupyterLab asks back at the first, and forgets it after 5 seconds."""
        for _ in range(60):
            self._child.sendintr()
            with suppress(pexpect.TIMEOUT):
                self._child.expect(PROMPT, timeout=2)
                return
        raise AssertionError("it does not stop")

    def close(self) -> None:
        self._child.close(force=True)


@contextmanager
def opened_shell(folder: Path, **variables: str) -> Iterator[Shell]:
    shell = Shell(folder, **variables)
    try:
        yield shell
    finally:
        shell.close()


class BrowserTerminal:
    """A terminal that a person opens in JupyterLab's menu. `person` is one of tests.support.classroom_browser."""

    def __init__(self, person) -> None:
        self._person, self._page = person, person.page
        self._shown: list[str] = []
        self._page.on("websocket", self._listen)
        person.choose("File", "New", "Terminal")
        self._page.locator(".jp-Terminal .xterm-helper-textarea").last.wait_for(state="attached")
        while not self._shown:  # no prompt yet
            self._page.wait_for_timeout(500)

    def _listen(self, socket) -> None:
        if "/terminals/websocket/" in socket.url:
            socket.on("framereceived", self._receive)

    def _receive(self, frame: str | bytes) -> None:
        kind, *parts = json.loads(frame)
        if kind == "stdout":
            self._shown.append(parts[0])

    def type(self, line: str) -> str:
        """Type a line key by key, and return what it printed. Fails unless it ends well."""
        self._shown.clear()
        self._person.show_tab("Terminal")  # what is behind another tab takes no keys
        keyboard = self._page.keyboard
        self._page.locator(".jp-Terminal .xterm-helper-textarea").last.focus()
        for typed in (line, 'echo "ended"": $?"'):
            keyboard.type(typed)
            keyboard.press("Enter")
        for _ in range(SECONDS):
            text = COLOURS.sub("", "".join(self._shown)).replace("\r", "")
            if ended := re.search(r"^ended: (\d+)", text, re.MULTILINE):
                assert ended[1] == "0", text
                return text
            self._page.wait_for_timeout(500)
        raise AssertionError(f"{line} did not end:\n{text}")
