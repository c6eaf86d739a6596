"""Whole messages over a socket: four bytes of length, then the message.

A message is four bytes with the length of its JSON, packed as Jupyter does it, the JSON, and its buffers as they are.
"""

import socket
import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from jupyter_client.session import json_packer, json_unpacker

from secondcar.counting import counted

Message = dict[str, Any]  # as Jupyter has them: header, content, and bytes as buffers

_LENGTH = struct.Struct("!I")
_LARGEST = (1 << 32) - 1


def pack(message: dict[str, Any]) -> bytes:
    """Return a message as it goes over the wire. Its `buffers`, if any, are bytes; the rest is JSON."""
    buffers = message.get("buffers", ())
    if buffers:
        message = {**message, "buffers": [len(part) for part in buffers]}
    body = json_packer(message)
    whole = b"".join([_LENGTH.pack(len(body)), body, *buffers])
    return _LENGTH.pack(len(whole)) + whole


def unpack(whole: bytes) -> dict[str, Any]:
    """Return the message that `pack` made, from its bytes without the first length. Raises ValueError otherwise."""
    if len(whole) < _LENGTH.size:
        raise ValueError("A message is too short.")
    end = _LENGTH.size + _LENGTH.unpack_from(whole)[0]
    try:
        message = json_unpacker(whole[_LENGTH.size : end])
    except RecursionError:
        raise ValueError("A message is nested too deep.") from None
    if not isinstance(message, dict):
        raise ValueError(f"A message is a JSON object, not a {type(message).__name__}.")
    sizes = message.get("buffers", [])
    if not isinstance(sizes, list) or any(type(size) is not int or size < 0 for size in sizes):
        raise ValueError("A message does not say how long its buffers are.")
    if end + sum(sizes) != len(whole):
        raise ValueError("A message is not as long as it says.")
    if sizes:
        message["buffers"] = [whole[start:stop] for start, stop in pairwise(accumulate(sizes, initial=end))]
    return message


def send(connection: socket.socket, message: dict[str, Any], files: Sequence[int] = ()) -> None:
    """Send a message over a blocking socket, and open files with it if it is a Unix socket."""
    frame = pack(message)
    if files:
        sent = socket.send_fds(connection, [frame], list(files))
        frame = frame[sent:]
    connection.sendall(frame)


def receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Wait for a message, and the open files that came with it. Raises EOFError when the other side is gone."""
    start, files, _, _ = socket.recv_fds(connection, _LENGTH.size, 8)
    start += _read(connection, _LENGTH.size - len(start))
    return unpack(_read(connection, _LENGTH.unpack(start)[0])), files


def _read(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError("The other side closed the connection.")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class TooLarge(ValueError):
    """A message is larger than is allowed."""


class Splitter:
    """Cuts bytes that arrive in any portions into whole messages, none of them larger than `most` bytes."""

    def __init__(self, most: int = _LARGEST) -> None:
        self._bytes = bytearray()
        self._most = most

    def feed(self, portion: bytes) -> list[dict[str, Any]]:
        """Take a portion; return the messages that it completes.

        Raises TooLarge, or ValueError if what arrives is not a message.
        """
        self._bytes += portion
        messages = []
        while len(self._bytes) >= _LENGTH.size:
            length = _LENGTH.unpack_from(self._bytes)[0]
            if length > self._most:
                raise TooLarge(f"A message of {counted(length, 'byte')} is announced; {self._most} are allowed.")
            end = _LENGTH.size + length
            if len(self._bytes) < end:
                break
            messages.append(unpack(bytes(self._bytes[_LENGTH.size : end])))
            del self._bytes[:end]
        return messages

    @property
    def waiting(self) -> int:
        """How many bytes of an unfinished message have arrived."""
        return len(self._bytes)
