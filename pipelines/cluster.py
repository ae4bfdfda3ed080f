"""Documents to the workers of a Dask cluster, each read in a confined process over there.

What travels is a few documents' names one way and their packed rows the other way; files are
written here only. A worker that is lost costs nothing: its documents go to another one.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from pipelines.cluster_worker import Done, Job, read_documents, without_reading
from pipelines.limits import Limits, Loss
from pipelines.processed import Processed
from pipelines.reasons import CLUSTER, CRASH, RunError, describe_problem
from pipelines.sources import Source
from pipelines.workers import Spent, Wire

Work: TypeAlias = Callable[[Source], Processed]
Lost: TypeAlias = Callable[[Source, Loss], Processed]
ThisWire: TypeAlias = Wire[Source, Processed]

_LOCAL: Final = "local:"
_MOST_DOCUMENTS: Final = 32
_FIRST_TASKS: Final = 8
"""Tasks of one document, after which they grow."""
_MOST_BYTES: Final = 1 << 22
"""Of the files of one task: small ones go together, since each task costs some messages."""
_TASKS_A_THREAD: Final = 2
"""One that runs and one that waits: results come back no faster than they are written."""
_CALM: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
}
"""What Dask does a hundred times a second with or without work: 8 hundredths of a processor."""
_CONNECT_SECONDS: Final = 10
_PATIENCE_SECONDS: Final = 300
"""Without any worker, which may be on its way; after that the run ends."""
_LOOK_SECONDS: Final = 5
_KILLED: Final = Loss(reason=CRASH, message="the machines that read it died")


@dataclass(slots=True, kw_only=True)
class _Flight:
    """What is with the cluster."""

    client: Any
    address: str
    task: Callable[[tuple[Source, ...]], Done]
    lost: Lost
    running: dict[Any, tuple[Source, ...]] = field(default_factory=dict)
    """By future."""
    suspects: deque[Source] = field(default_factory=deque)
    """With these a worker died again and again; one of each task may be at fault."""
    trial: Any = None
    """The future of a suspect that is with the cluster alone: now it is known who kills."""


def map_on_cluster(
    work: Work,
    sources: Iterable[Source],
    *,
    wire: ThisWire,
    address: str,
    lost: Lost,
    limits: Limits,
) -> Iterator[Spent[Source, Processed]]:
    """Yield what became of each source as it gets done, from the workers of a cluster.

    Args:
        work: reads one document.
        wire: brings what was read from its process to the worker of the cluster.
        sources: taken as the cluster gets free, so that nothing piles up.
        address: of the scheduler, like `tcp://host:8786`; `local:N` starts N workers here.
        lost: gives what stands in for a document that was lost.
        limits: of one document.

    Raises:
        RunError: the cluster cannot be reached, is lost, or cannot read these sources.
    """
    with _connected(address) as client:
        task = partial(_read, job=Job(work=work, wire=wire, lost=lost, limits=limits))
        flight = _Flight(client=client, address=address, task=task, lost=lost)
        with closing(_tasks(sources)) as tasks:
            _require_shared(client, address, first := next(tasks, ()))
            yield from _fly(flight, first, tasks)


def _fly(
    flight: _Flight, first: tuple[Source, ...], tasks: Iterator[tuple[Source, ...]]
) -> Iterator[Spent[Source, Processed]]:
    waiting: tuple[Source, ...] | None = first or None
    while waiting or flight.running or flight.suspects:
        while waiting and len(flight.running) < _room(flight.client):
            _submit(flight, waiting)
            waiting = next(tasks, None)
        if not flight.running:
            flight.trial = _submit(flight, (flight.suspects.popleft(),))
        for future in _wait(flight):
            yield from _land(flight, future)


def _submit(flight: _Flight, sources: tuple[Source, ...]) -> Any:
    with _one_line_for_the_cluster(flight.address):
        future = flight.client.submit(flight.task, sources, pure=False)
    flight.running[future] = sources
    return future


def _wait(flight: _Flight) -> list[Any]:
    """Return the futures that are done, as soon as there are any."""
    from distributed import wait

    idle = 0
    with _one_line_for_the_cluster(flight.address):
        while True:
            with suppress(TimeoutError):
                futures = list(flight.running)
                return list(wait(futures, _LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
            idle = 0 if _threads(flight.client) else idle + _LOOK_SECONDS
            if idle >= _PATIENCE_SECONDS:
                raise RunError("all its workers are gone")


def _land(flight: _Flight, future: Any) -> Iterator[Spent[Source, Processed]]:
    """Yield what a task brought; what came down with its worker is tried again, alone."""
    from distributed import KilledWorker

    sources = flight.running.pop(future)
    try:
        with _one_line_for_the_cluster(flight.address):
            done: Done = future.result()
    except KilledWorker:
        if future is not flight.trial:
            flight.suspects.extend(sources)
            return
        done = [without_reading(sources[0], flight.lost(sources[0], _KILLED))]
    yield from done


def _room(client: Any) -> int:
    return max(1, _threads(client) * _TASKS_A_THREAD)


def _threads(client: Any) -> int:
    return sum(client.nthreads().values())


def _tasks(sources: Iterable[Source]) -> Generator[tuple[Source, ...], None, None]:
    """Yield the sources in groups: few large files, or many small ones, more as more are done.

    So all workers have something to do from the start, also where there are few documents.
    """
    group: list[Source] = []
    size = given = 0
    for source in sources:
        group.append(source)
        size += source.byte_size or 0
        if size >= _MOST_BYTES or len(group) >= min(_MOST_DOCUMENTS, 1 + given // _FIRST_TASKS):
            yield tuple(group)
            given += len(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def _read(sources: tuple[Source, ...], job: Job) -> Done:
    """Read some documents over there."""
    from distributed import get_worker

    return read_documents(sources, job, get_worker().local_directory)


def _require_shared(client: Any, address: str, sources: tuple[Source, ...]) -> None:
    """See to it that the workers see the files of this machine.

    Raises:
        RunError: one does not.
    """
    path = next((str(source.path) for source in sources if not source.url), None)
    if path is None or address.startswith(_LOCAL) or not Path(path).exists():
        return
    blind = [worker for worker, sees in client.run(_exists, path).items() if not sees]
    if blind:
        words = f"{blind[0]} does not see {path}: give URLs, or a folder that all machines share"
        raise RunError(describe_problem(CLUSTER, address, words))


def _exists(path: str) -> bool:
    return Path(path).exists()


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Give a client of the cluster; one that was started here ends with it."""
    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError as error:
        words = "`pip install 'geomsan[cluster]'` first"
        raise RunError(describe_problem(CLUSTER, address, words)) from error
    with ExitStack() as left:
        try:
            target: Any = address
            if is_here := address.startswith(_LOCAL):
                left.enter_context(config.set(_CALM))
                target = left.enter_context(
                    LocalCluster(
                        n_workers=_positive(address.removeprefix(_LOCAL)),
                        threads_per_worker=1,
                        memory_limit=None,  # each document has a limit of its own
                        dashboard_address="127.0.0.1:0",
                        silence_logs=50,  # logging.CRITICAL
                    )
                )
            client = left.enter_context(
                Client(target, timeout=_CONNECT_SECONDS, direct_to_workers=is_here)
            )
        except (OSError, ValueError, RuntimeError) as error:
            words = "cannot be reached; tcp://HOST:PORT of a Dask scheduler, or local:N"
            raise RunError(describe_problem(CLUSTER, address, words)) from error
        yield client


def _positive(words: str) -> int:
    if (number := int(words)) < 1:
        raise ValueError(words)
    return number


@contextmanager
def _one_line_for_the_cluster(address: str) -> Iterator[None]:
    """Turn the loss of the scheduler, and what a worker refuses, into one line.

    Raises:
        RunError: the run cannot go on.
    """
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    try:
        yield
    except (CommClosedError, FutureCancelledError, OSError) as error:
        words = "the connection was lost; run again to go on"
        raise RunError(describe_problem(CLUSTER, address, words)) from error
    except RunError as error:
        raise RunError(describe_problem(CLUSTER, address, str(error))) from error
