"""Where submissions are graded: on a running Dask cluster, which needs no shared file system and no gradebook.

A Dask worker fetches the assignment once from the scheduler, and gets a `Job` for each submission; it sends back a
`Result`. Workers never talk to each other, so a network may keep them apart. All of it travels as pickles, so a cluster
is trusted as this machine is: whoever reaches its scheduler can run code on it.
"""

import asyncio
import contextlib
import json
import logging
import pickle
import subprocess
import sys
import tempfile
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from uuid import uuid4

from distributed import CancelledError, Client, Worker, as_completed, get_client, get_worker
from distributed.comm.addressing import parse_address, parse_host_port
from distributed.comm.registry import get_backend

from secondcar.counting import counted
from secondcar.errors import CourseError
from secondcar.grading.isolation.sandbox import NONE, Sandbox
from secondcar.grading.kernel.fork_server import ForkServer
from secondcar.grading.kernel.runner import ForkServerGone
from secondcar.grading.records import Bundle
from secondcar.grading.workers.dry_run import DryRun, dry_run
from secondcar.grading.workers.local import LOST, Graded, Job
from secondcar.grading.workers.submission import grade_submission

_CONNECT_SECONDS = 10
_JOIN_SECONDS = 60

# Submissions sent to a worker at a time: one is graded while the others wait beside it.
_AHEAD = 3

# How often workers begin a submission, and it is sent to the cluster, before it counts as failed.
_TRIES = 2

_FIND_SANDBOX = """
import dataclasses, json
from secondcar.grading.isolation.sandbox import find_sandbox
print(json.dumps(dataclasses.asdict(find_sandbox())))
"""

# What the scheduler keeps for a run, and for how many runs a worker does so.
_ASSIGNMENT, _BEGUN = "assignment", "begun"
_RUNS = 2

_KILLED = "The machine or the process that graded it ended, twice."


@dataclass(frozen=True)
class WorkerNeeds:
    """What a worker must have, so that it grades as this machine would.

    Attributes:
        python: its version.
        packages: the names and versions of what grading and the notebooks import.
        sandbox: whether notebooks must run in one.
    """

    python: tuple[int, int]
    packages: dict[str, str | None]
    sandbox: bool

    @classmethod
    def as_here(cls, modules: Iterable[str], sandbox: bool) -> "WorkerNeeds":
        """Return what this machine has. modules: what the notebooks import."""
        found = packages_distributions()
        names = {name.partition(".")[0] for name in (*sys.modules, *modules)}
        packages = {"secondcar", *(package for name in names for package in found.get(name, ()))}
        return cls(sys.version_info[:2], {package: _version(package) for package in packages}, sandbox)


def check_worker(needs: WorkerNeeds, dask_worker: Worker) -> None:
    """Raise CourseError if the worker, on which this runs, does not have what is needed."""
    who = f"The Dask worker {dask_worker.address}"
    same = "start the workers in the same environment as here."
    if dask_worker.state.nthreads != 1:
        raise CourseError(
            f"{who} has {counted(dask_worker.state.nthreads, 'thread')}, and grading needs a process for each "
            "submission: start the workers with --nthreads 1, as many as there are cores."
        )
    if sys.version_info[:2] != needs.python:
        here, there = (".".join(map(str, found)) for found in (needs.python, sys.version_info[:2]))
        raise CourseError(f"{who} runs Python {there}, and this machine {here}: {same}")
    others = {name: _version(name) for name, wanted in sorted(needs.packages.items()) if _version(name) != wanted}
    if others:
        told = [f"{name} {found or 'missing'}, not {needs.packages[name]}" for name, found in others.items()]
        more = f", and {len(told) - 3} more" if len(told) > 3 else ""
        raise CourseError(f"{who} has other packages than this machine ({'; '.join(told[:3])}{more}): {same}")
    if needs.sandbox and _sandbox_here().kind == NONE:
        raise CourseError(
            f"{who} has no sandbox. {_sandbox_here().why_not} With --no-sandbox, learners' code can read and change "
            "all that the worker can."
        )


async def _check_in_thread(needs: WorkerNeeds, dask_worker: Worker) -> None:
    # The worker's own thread must answer the scheduler meanwhile.
    await asyncio.to_thread(check_worker, needs, dask_worker)


@cache
def _sandbox_here() -> Sandbox:
    """Find the sandbox in a new process: finding forks, and a Dask worker has threads."""
    found = subprocess.run([sys.executable, "-c", _FIND_SANDBOX], capture_output=True, check=True)
    return Sandbox(**json.loads(found.stdout))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


class ClusterWorkers:
    """The workers of a running Dask cluster."""

    def __init__(
        self, bundle: Bundle, read: Callable[[str], Job], scheduler: str, modules: tuple[str, ...], sandbox: str
    ) -> None:
        """read: returns the job of a student. scheduler: its address. sandbox: the kind that is used here."""
        self.bundle, self.read, self.scheduler, self.modules, self.sandbox = bundle, read, scheduler, modules, sandbox
        self.run = f"secondcar-{uuid4().hex}"
        self.dry_run: DryRun | None = None

    def results(self, students: list[str]) -> Iterator[list[Graded]]:
        """Yield results as they come.

        What a worker that dies was grading is graded by another. The submission at which workers die twice fails.
        """
        if not students:
            return
        with ForkServer(self.modules, self.sandbox, self.bundle.limits.variables) as fork_server:
            self.dry_run = dry_run(self.bundle, fork_server.address)
        modules = (*self.modules, *self.dry_run.modules)
        bundle = replace(self.bundle, ways=self.dry_run.ways)
        needs = WorkerNeeds.as_here(modules, self.sandbox != NONE)
        with self._client() as client:
            self._check_workers(client, needs)
            client.set_metadata([self.run, _ASSIGNMENT], pickle.dumps((bundle, modules, needs)))
            yield from self._results(client, students)
            client.run(_end_grader, self.run, on_error="ignore")
            client.set_metadata(self.run, None)

    @contextlib.contextmanager
    def _client(self) -> Iterator[Client]:
        # Its log lines about each lost connection would hide the sentence.
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
        try:
            # Checked first: a client that never connected would be waited for at the end.
            scheme, place = parse_address(self.scheduler)
            get_backend(scheme)
            parse_host_port(place)
            with warnings.catch_warnings():
                # Other versions have a sentence of their own.
                warnings.simplefilter("ignore")
                client = Client(self.scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise CourseError(
                f"There is no Dask scheduler at {self.scheduler} ({fault}): give the address that it printed when it "
                "started, such as tcp://10.0.0.5:8786."
            ) from None
        try:
            yield client
        except (CancelledError, OSError) as fault:
            if getattr(fault, "filename", None):
                # A file here cannot be read: the network is not at fault.
                raise
            raise CourseError(
                f"The Dask scheduler at {self.scheduler} is gone. All results that came are written: grade again, and "
                "the rest is graded."
            ) from None
        finally:
            client.close()

    def _check_workers(self, client: Client, needs: WorkerNeeds) -> None:
        if not client.nthreads():
            print(f"Waiting for workers of {self.scheduler}, for {_JOIN_SECONDS} seconds.", file=sys.stderr)
        try:
            client.wait_for_workers(1, timeout=_JOIN_SECONDS)
        except TimeoutError:
            raise CourseError(
                f"The Dask scheduler at {self.scheduler} has no workers: start some, with `dask worker "
                f"{self.scheduler} --nthreads 1`."
            ) from None
        try:
            # A worker without this package cannot be sent one of its functions.
            client.run(exec, f"import {__name__}")
        except ModuleNotFoundError as fault:
            raise CourseError(
                f"A Dask worker has no package {fault.name}: start the workers in the same environment as here."
            ) from None
        client.run(_check_in_thread, needs)

    def _results(self, client: Client, students: list[str]) -> Iterator[list[Graded]]:
        queue, running, failed_once = students[::-1], {}, set()
        completed = as_completed(loop=client.loop)

        def send(job: Job) -> None:
            future = client.submit(_grade, job, self.run, key=f"grade-{job.key}-{uuid4().hex}")
            running[future.key] = job
            completed.add(future)

        while queue or running:
            # Few are read ahead: a class may not fit into memory. Workers may come and go.
            most = _AHEAD * max(1, len(client.nthreads()))
            while queue and len(running) < most:
                send(self.read(queue.pop()))
            graded = []
            for future in completed.next_batch():
                job = running.pop(future.key)
                fault = None if future.status == "finished" else future.exception()
                if fault is None:
                    graded.append(future)
                elif isinstance(fault, CourseError | CancelledError):
                    raise fault
                elif job.key not in failed_once:
                    failed_once.add(job.key)
                    send(job)
                else:
                    yield [job.lost(f"It could not be graded on the cluster: {type(fault).__name__}: {fault}")]
            yield client.gather(graded)


class _Grader:
    """An assignment on a worker, with a fork server of its own, which goes with the run."""

    def __init__(self, bundle: Bundle, modules: tuple[str, ...], needs: WorkerNeeds) -> None:
        self.bundle, self.modules, self.needs = bundle, modules, needs
        self._end_fork_server: Callable[[], None] | None = None

    def grade(self, job: Job) -> Graded:
        """Grade a submission. Raises CourseError if this worker cannot grade it."""
        for _ in range(_TRIES):
            if self._end_fork_server is None:
                self._start_fork_server()
            try:
                return job.key, grade_submission(self.bundle, job.submission, job.rows, self._address)
            except ForkServerGone:
                self.end_fork_server()
        return job.lost(LOST)

    def _start_fork_server(self) -> None:
        # Here too: this worker may have joined after all others were checked.
        check_worker(self.needs, get_worker())
        kind = _sandbox_here().kind if self.needs.sandbox else NONE
        fork_server = ForkServer(self.modules, kind, self.bundle.limits.variables)
        self._address = fork_server.address
        self._end_fork_server = weakref.finalize(self, fork_server.close)

    def end_fork_server(self) -> None:
        if self._end_fork_server is not None:
            self._end_fork_server()
            self._end_fork_server = None


# The graders of this worker: run -> grader, the newest last.
_graders: dict[str, _Grader] = {}


def _grader_of(run: str, scheduler: Client) -> _Grader:
    if run not in _graders:
        _graders[run] = _Grader(*pickle.loads(scheduler.get_metadata([run, _ASSIGNMENT])))
        # A run that was killed did not tell the worker.
        for old in list(_graders)[:-_RUNS]:
            _end_grader(old)
    return _graders[run]


def _end_grader(run: str) -> None:
    """Let go of what this worker has for a run."""
    if grader := _graders.pop(run, None):
        grader.end_fork_server()


def _grade(job: Job, run: str) -> Graded:
    # The scheduler keeps count: a worker that died cannot.
    scheduler, count = get_client(), [run, _BEGUN, job.key]
    begun = scheduler.get_metadata(count, 0)
    if begun == _TRIES:
        return job.lost(_KILLED)
    scheduler.set_metadata(count, begun + 1)
    grader = _grader_of(run, scheduler)
    # Dask clears away what a killed worker leaves in its own folder.
    with _temporary_files_in(get_worker().local_directory), warnings.catch_warnings():
        # nbgrader's own code warns about how it uses its database, once per submission.
        warnings.simplefilter("ignore")
        return grader.grade(job)


@contextlib.contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before
