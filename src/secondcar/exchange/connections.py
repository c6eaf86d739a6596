"""Keeps the service answering, whoever connects to it: few unknown connections, few of each user, a short log."""

import logging
import resource
import time
from collections import defaultdict
from contextlib import suppress
from typing import Any

from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection
from tornado.iostream import IOStream

from secondcar.counting import counted

# Seconds for the head of a request, also of the next one on a connection, and for all of its body.
HEAD_SECONDS, BODY_SECONDS = 20, 600
LIMITS = {"idle_connection_timeout": HEAD_SECONDS, "body_timeout": BODY_SECONDS, "max_header_size": 16_384}
# Above these, the oldest is closed: an honest client sends its request at once.
MOST_UNKNOWN, MOST_OF_A_USER = 100, 20
LINES_A_MINUTE = 60


class BoundedServer(HTTPServer):
    """A server that closes the oldest connection of a kind when there are too many."""

    def initialize(self, *args: Any, **kwargs: Any) -> None:
        super().initialize(*args, **{**LIMITS, **kwargs})
        # "" -> those that have shown no token yet; user -> theirs. The oldest comes first.
        self._open: dict[str, dict[IOStream, None]] = defaultdict(dict)
        self._whose: dict[IOStream, str] = {}

    def handle_stream(self, stream: IOStream, address: tuple) -> None:
        self._file(stream, "", MOST_UNKNOWN)
        super().handle_stream(stream, address)

    def is_of(self, connection: HTTPConnection | None, user: str) -> None:
        """Note whose connection it is, by the token that it has shown."""
        stream = stream_of(connection)
        if stream is not None and not stream.closed() and self._whose.get(stream) != user:
            self._file(stream, user, MOST_OF_A_USER)

    def on_close(self, server_conn: Any) -> None:
        self._forget(server_conn.stream)
        super().on_close(server_conn)

    def _file(self, stream: IOStream, user: str, most: int) -> None:
        self._forget(stream)
        group = self._open[user]
        if len(group) >= most:
            oldest = next(iter(group))
            self._forget(oldest)
            oldest.close()
        self._open[user][stream] = None
        self._whose[stream] = user

    def _forget(self, stream: IOStream) -> None:
        user = self._whose.pop(stream, None)
        if user is not None:
            self._open[user].pop(stream, None)
            if not self._open[user]:
                del self._open[user]


def stream_of(connection: HTTPConnection | None) -> IOStream | None:
    return connection.stream if isinstance(connection, HTTP1Connection) else None


class Seldom(logging.Filter):
    """Lets some records a minute through, then none but errors, and says how many were left out."""

    def __init__(self, most: int = LINES_A_MINUTE) -> None:
        super().__init__()
        self._most = most
        self._minute, self._seen = 0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            left_out, self._minute, self._seen = self._seen - self._most, minute, 0
            if left_out > 0:
                lines = counted(left_out, "line was", "lines were")
                record.msg, record.args = f"({lines} left out.) {record.getMessage()}", None
        self._seen += 1
        return self._seen <= self._most


def allow_many_files() -> None:
    """Let this process have as many connections open as the system allows."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
