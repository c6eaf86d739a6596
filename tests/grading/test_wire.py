"""Messages between grader, notebook and judge arrive whole, and a damaged one is refused."""

import struct

import pytest

from secondcar.grading.wire import Splitter, TooLarge, pack, unpack

MESSAGES = [{"a": 1}, {"text": "é 漢", "buffers": [b"", bytes(range(256)), b"x" * 70_000]}, {"buffers": []}]


@pytest.mark.parametrize("portion", [1, 7, 1 << 20])
def test_messages_come_out_as_they_went_in(portion):
    stream, splitter, found = b"".join(map(pack, MESSAGES)), Splitter(), []
    for start in range(0, len(stream), portion):
        found += splitter.feed(stream[start : start + portion])
    assert found == MESSAGES
    assert splitter.waiting == 0


def _body(json: bytes, rest: bytes = b"") -> bytes:
    return struct.pack("!I", len(json)) + json + rest


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0",
        b"\xff\xff\xff\xff{}",
        _body(b""),
        _body(b"[]"),
        _body(b"{"),
        _body(b"\xff"),
        _body(b"[" * 100_000),
        _body(b"{}", b"too long"),
        _body(b'{"buffers": [3]}', b"ab"),
        _body(b'{"buffers": [-1, 3]}', b"ab"),
        _body(b'{"buffers": [true, 1]}', b"ab"),
        _body(b'{"buffers": "ab"}', b"ab"),
        _body(b'{"buffers": {"a": 1}}'),
        _body(b'{"buffers": [[2]]}', b"ab"),
    ],
)
def test_a_damaged_message_is_refused(body):
    with pytest.raises(ValueError):
        unpack(body)


def test_a_message_that_is_announced_too_large_is_refused_before_it_comes():
    with pytest.raises(TooLarge):
        Splitter(1000).feed(struct.pack("!I", 1001))
