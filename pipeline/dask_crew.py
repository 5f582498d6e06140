"""Parts read by the workers of a Dask cluster: one that is there, or one started on this machine for this load."""

import importlib
import importlib.util
import logging
import math
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pipeline import VERSION
from pipeline.crew import STUCK_AFTER, Crew, Reader, kill_children
from pipeline.errors import CrewError
from pipeline.parts import read_part
from pipeline.places import INSTALL, Place, is_address

PATIENCE = 60
"""Seconds to wait for a scheduler and its first worker."""
_RESTART = 10
"""Seconds in which Dask restarts a worker that died. It forgets one that dies while it begins: then we add others."""
_LEAVING = 30
"""Seconds that a cluster of ours may take to end."""
_DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""What workers of ours run first: Ctrl-C goes to all, and who asked for the work ends it."""
_AHEAD = 2
"""Parts on the way for each worker."""
_LOST_AFTER = 1
"""Workers that may die on a part of a cluster of ours before it is looked at alone (Dask's own: 3)."""
_QUIET = {
    "distributed.scheduler.allowed-failures": _LOST_AFTER,
    "distributed.worker.daemon": True,
    # It looks at each worker a hundred times a second, for a page of Dask's that nobody needs here.
    "distributed.worker.profile.enabled": False,
    # So long after a worker died Dask gives its place up for good, if another has just died there.
    "distributed.deploy.lost-worker-timeout": "30 days",
    "distributed.logging": {"distributed": "critical", "bokeh": "critical", "tornado": "critical"},
    "distributed.admin.log-format": "dask: %(message)s",
}


@contextmanager
def dask_crew(
    scheduler: str | None, workers: int, say: Callable[[str], None], reader: Reader = read_part
) -> Iterator[Crew]:
    """The workers of the scheduler at an address; without one, so many processes here, which end with the load.

    `say` is told the address of Dask's dashboard.

    Raises:
        CrewError: Dask is not installed, the scheduler or its workers cannot be reached or have other code.
    """
    try:
        distributed = importlib.import_module("distributed")
        dask = importlib.import_module("dask")
    except ImportError:
        raise CrewError(f"--engine dask needs the package distributed: {INSTALL}") from None
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_QUIET))
        for name in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        cluster = stack.enter_context(_started(distributed, workers)) if scheduler is None else None
        client = stack.enter_context(_client(distributed, cluster or scheduler))
        _check_workers(client)
        say(_dashboard(client))
        crew = Crew(
            lambda: _executor(client),
            ahead=_AHEAD * max(len(_workers(client)), workers if scheduler is None else 1),
            check=lambda: _check_connection(client, cluster, workers),
            are_seen=lambda places: scheduler is None or _are_seen(client, places),
            reader=reader,
            patience=STUCK_AFTER if scheduler is None else math.inf,
        )
        try:
            yield crew
        finally:
            crew.close()


@contextmanager
def _client(distributed: Any, where: Any) -> Iterator[Any]:
    """`where`: a cluster, or the address of a scheduler."""
    with ExitStack() as stack:
        try:
            client = stack.enter_context(distributed.Client(where, timeout=PATIENCE, name="entente"))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            address = where if isinstance(where, str) else where.scheduler_address
            raise CrewError(
                f"no Dask scheduler with a worker is reached at {address} ({type(error).__name__}): start `python -m "
                f"dask scheduler` and `python -m dask worker {address}` here, or leave --scheduler out"
            ) from error
        yield client


@contextmanager
def _started(distributed: Any, workers: int) -> Iterator[Any]:
    """A cluster of our own. Whatever its workers are at, none is left at the end."""
    others = set(multiprocessing.active_children())
    try:
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
            preload=_DEAF,
        )
    except (OSError, RuntimeError) as error:
        raise CrewError(
            f"Dask's workers cannot be started here ({type(error).__name__}): leave --engine dask out"
        ) from error
    try:
        yield cluster
    finally:
        try:
            cluster.close(timeout=_LEAVING)
        except Exception:  # noqa: BLE001 (a worker that dies while it is let go can keep Dask waiting without end)
            kill_children(others)


def _has_dashboard() -> bool:
    return importlib.util.find_spec("bokeh") is not None


def _executor(client: Any) -> Executor:
    made: Executor = _Executor(client.get_executor(pure=False))
    return made


class _Executor(Executor):
    """Dask's executor, which is closed by other words."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return self._inner.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._inner.shutdown(wait=wait and not cancel_futures)


def _workers(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return found


def _dashboard(client: Any) -> str:
    if not _has_dashboard():
        return "Dask: no dashboard; for one, pip install bokeh"
    return f"Dask's dashboard: {client.dashboard_link}"


def greeting() -> tuple[str, tuple[int, int]]:
    """What a worker says of itself: the version of the tracker and of Python."""
    return VERSION, sys.version_info[:2]


def _check_workers(client: Any) -> None:
    """All workers must have the code that is here: another would make other articles of the same notes."""
    # `dask worker` alone would not find the code: only `python -m` looks for it in the folder where it is started.
    remedy = (
        "start the workers in the folder of the tracker by `python -m dask worker`, with the packages of "
        "requirements-dask.txt"
    )
    found = client.run(greeting, on_error="return")
    for worker, said in found.items():
        if said != greeting():
            told = f"has {said}" if isinstance(said, tuple) else f"cannot use the tracker ({type(said).__name__})"
            raise CrewError(f"the Dask worker {worker} {told}, not {greeting()}: {remedy}")


def _check_connection(client: Any, cluster: Any, workers: int) -> None:
    """Wait for a worker to come back; `cluster`: where it is ours, others are started there in its place."""
    done = "what was committed stays, the same command does the rest"
    if client.status != "running":
        raise CrewError(f"the connection to the Dask scheduler is lost: {done}")
    try:
        if cluster is not None and not _is_anybody_there(client, _RESTART):
            cluster.scale(len(cluster.workers) + workers)
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise CrewError(f"no Dask worker is left, and none came back within {PATIENCE} seconds: {done}") from None


def _is_anybody_there(client: Any, seconds: float) -> bool:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        return False
    return True


def files_there(paths: list[str]) -> bool:
    """Whether all of these files can be opened here."""
    return all(Path(path).is_file() for path in paths)


def _are_seen(client: Any, places: Iterable[Place]) -> bool:
    files = [str(Path(place).absolute()) for place in places if not is_address(place) and place != "-"]
    return all(client.run(files_there, files).values()) if files else True
