"""Runs a kernel of another program for one notebook, and passes on its messages.

It takes the place of `process`: in the sandbox, under the supervisor, at the end of one socket. The kernel is
started as jupyter starts it, and speaks with this process as it does with jupyter. So whatever limits a notebook limits
any kernel, and the grader sees no difference.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from secondcar.grading import wire
from secondcar.grading.isolation.supervisor import NO_KERNEL

_START_SECONDS = 60


class Relay:
    """Between a connection to the grader and a kernel."""

    def __init__(self, connection: socket.socket, spec: KernelSpec, folder: str) -> None:
        """folder: an empty one, for what the two sides of a kernel's connection have to know."""
        self._connection = connection
        self._manager = AsyncKernelManager(connection_file=os.path.join(folder, "connection.json"))
        self._manager._kernel_spec = spec
        self._turn = asyncio.Lock()

    async def run(self, arguments: list[str]) -> int:
        """Start the kernel, and pass on messages until the grader or the kernel is gone. Return an exit code."""
        try:
            await self._manager.start_kernel(extra_arguments=arguments)
            client = self._manager.client()
            client.start_channels()
            await client.wait_for_ready(timeout=_START_SECONDS)
        except (OSError, RuntimeError) as fault:
            print(fault, file=sys.stderr)
            return NO_KERNEL
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, lambda: asyncio.ensure_future(self._manager.interrupt_kernel()))
        ways = [self._down(client), self._up(client, "shell"), self._up(client, "iopub"), self._watch()]
        done, _ = await asyncio.wait([asyncio.ensure_future(way) for way in ways], return_when=asyncio.FIRST_COMPLETED)
        return max(way.result() for way in done)

    async def _down(self, client: AsyncKernelClient) -> int:
        """Pass on what the grader sends, until it closes the connection."""
        splitter = wire.Splitter()
        loop = asyncio.get_running_loop()
        self._connection.setblocking(False)
        while portion := await loop.sock_recv(self._connection, 1 << 16):
            for message in splitter.feed(portion):
                client.shell_channel.send(message)
        await self._manager.shutdown_kernel(now=True)
        return 0

    async def _up(self, client: AsyncKernelClient, name: str) -> int:
        """Pass on what the kernel sends over one of its channels, until the grader closes the connection."""
        channel = getattr(client, f"{name}_channel")
        with contextlib.suppress(OSError):
            while True:
                message: dict[str, Any] = await channel.get_msg()
                buffers = [bytes(memoryview(part)) for part in message.get("buffers", ())]
                frame = wire.pack({**message, "channel": name, "buffers": buffers})
                async with self._turn:
                    await asyncio.get_running_loop().sock_sendall(self._connection, frame)
        return 0

    async def _watch(self) -> int:
        """Wait for the end of the kernel; return its exit code."""
        process = self._manager.provisioner
        if process is None:
            return NO_KERNEL
        while (code := await process.poll()) is None:
            await asyncio.sleep(0.2)
        # Messages that it sent before it ended may still be on their way.
        await asyncio.sleep(0.5)
        return code


def run(connection: socket.socket, arguments: list[str]) -> None:
    """Run a kernel until it, or the grader, is gone. arguments: its specification as JSON, and more for the kernel."""
    described, *others = arguments
    with tempfile.TemporaryDirectory() as folder:
        code = asyncio.run(Relay(connection, KernelSpec(**json.loads(described)), folder).run(others))
    if code < 0:
        # End in the way that the kernel ended.
        os.kill(os.getpid(), -code)
    sys.exit(code)


def main(file: int, arguments: list[str]) -> None:
    """Do so in a Python process started for it. file: the descriptor of the open connection."""
    del sys.path[0]
    run(socket.socket(fileno=file), arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
