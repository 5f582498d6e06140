"""Who reads the parts: this process, several processes of this machine, or those of a Dask cluster.

All take parts and give them back in order, a few on the way at a time. A part whose reader dies or fails is read again
alone, then in halves, until the record that does it is found and refused.
"""

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from pipeline.errors import CrewError
from pipeline.parts import (
    Done,
    Held,
    Part,
    halves,
    held_whatever_happens,
    is_unreadable,
    parts_of,
    read_part,
    refused_as_deadly,
    refused_as_unreadable,
)
from pipeline.places import Place

Reader = Callable[[Part], Done]
MOST_WORKERS = 4
"""One process stores what the others read: with more it would only be waited for."""
WORTH_IT = 16 * 1024 * 1024
"""Bytes of notes below which other processes cost more to start than they save."""
LOOKS_EVERY = 5.0
"""Seconds after which one who waits looks whether anybody is left to wait for."""
STUCK_AFTER = 600.0
"""Seconds that a part of a MB may take processes of our own; after that something hangs."""
PAUSE = 2.0
"""Seconds after which what could not be read is tried for the last time: networks come back."""
MOST_BROKEN = 100
"""Records refused for breaking their reader: with more it is the reader that is broken."""


class Here(Executor):
    """Does everything at once, in this thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The outcome of a call, made before this returns."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (as every executor does: whoever asks for the result gets it)
            future.set_exception(error)
        return future


class Crew:
    """Readers behind one executor, which is made anew if it breaks.

    Args:
        start: makes the executor.
        ahead: parts on the way besides the one that is waited for.
        check: called when a part failed or takes long; raises CrewError where nobody is left to read.
        patience: seconds that a part may take.
        are_seen: says whether the readers can open these files themselves.
        reader: what is done with a part; can be sent to another process.
    """

    def __init__(
        self,
        start: Callable[[], Executor] = Here,
        ahead: int = 0,
        check: Callable[[], None] = lambda: None,
        are_seen: Callable[[Iterable[Place]], bool] = lambda _: True,
        reader: Reader = read_part,
        patience: float = math.inf,
    ) -> None:
        self._start, self._ahead, self._check, self._are_seen, self._reader = start, ahead, check, are_seen, reader
        self._patience = patience
        self._executor: Executor | None = None
        self._error: Exception = CrewError("no part has failed")
        self._broken = 0

    def read(self, places: Iterable[Place]) -> Iterator[Done]:
        """The parts of files, in their order.

        Raises:
            CrewError: nobody is left to read, a part takes too long, or record after record breaks its reader.
        """
        listed = list(places)
        waiting: deque[tuple[Part, Future[Done]]] = deque()
        for part in parts_of(listed, self._are_seen(listed)):
            waiting.append((part, self._submit(part)))
            while len(waiting) > self._ahead:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def close(self) -> None:
        """Let everybody go; what they were at is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _next(self, waiting: deque[tuple[Part, Future[Done]]]) -> Iterator[Done]:
        part, future = waiting.popleft()
        done = self._outcome(future)
        if done is None:
            for _, other in waiting:
                self._await(other)  # alone, it is certain whose fault it is
            yield from self._alone(part)
            return
        if done.rest is not None:
            waiting.appendleft((done.rest, self._submit(done.rest)))
        yield done

    def _alone(self, part: Part) -> Iterator[Done]:
        done = self._outcome(self._submit(part))
        found = held_whatever_happens(part) if done is None else None
        if found is not None and len(found.records) <= 1:
            # Once more: a single record is refused for this, and its reader may have died of something else.
            time.sleep(PAUSE if is_unreadable(found) else 0)
            done = self._outcome(self._submit(part)) or self._refused(part, found)
        if found is not None and done is None:
            for half in halves(part, found):
                yield from self._alone(half)
        rest = done.rest if done is not None else found.rest if found is not None else None
        if done is not None:
            yield done
        if rest is not None:
            yield from self._alone(rest)

    def _refused(self, part: Part, found: Held) -> Done:
        if os.environ.get("ENTENTE_DEBUG"):
            traceback.print_exception(self._error)
        if is_unreadable(found):
            return refused_as_unreadable(part, found)
        self._broken += 1
        why = "" if _is_of_a_death(self._error) else type(self._error).__name__
        if self._broken > MOST_BROKEN:
            raise CrewError(
                f"{self._broken} records broke their readers{f', the last with {why}' if why else ''}: this is hardly "
                "the fault of the records; set ENTENTE_DEBUG=1 to see where, and report it; what was committed stays"
            ) from self._error
        return refused_as_deadly(part, found, why)

    def _submit(self, part: Part) -> Future[Done]:
        if self._executor is None:
            self._executor = self._start()
        try:
            return self._executor.submit(self._reader, part)
        except BrokenExecutor:
            self._executor.shutdown(wait=False)
            self._executor = self._start()
            return self._executor.submit(self._reader, part)

    def _await(self, future: Future[Done]) -> None:
        until = time.monotonic() + self._patience
        while not wait([future], min(LOOKS_EVERY, self._patience)).done:
            self._check()
            if time.monotonic() > until:
                raise CrewError(
                    f"the processes that read gave nothing back for {self._patience:.0f} seconds; what was committed "
                    "stays, the same command with --workers 1 does the rest in this process"
                )

    def _outcome(self, future: Future[Done]) -> Done | None:
        """What was read; None if the reader died or failed."""
        self._await(future)
        try:
            return future.result()
        except CancelledError as error:
            self._check()
            raise CrewError("the readers were stopped from outside; the same command again does the rest") from error
        except Exception as error:  # noqa: BLE001 (whatever one record does to its reader, the others are loaded)
            self._check()
            self._error = error
            return None


def _is_of_a_death(error: Exception) -> bool:
    """Whether it says that the reader's process ended; Dask's own error may not be there to compare with."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_crew(workers: int, reader: Reader = read_part) -> Iterator[Crew]:
    """This process alone for one worker, else so many processes beside it; at the end none is left."""
    if workers <= 1:
        yield Crew(reader=reader)
        return
    crew = Crew(lambda: _pool(workers), 2 * workers, reader=reader, patience=STUCK_AFTER)
    others = set(multiprocessing.active_children())
    try:
        yield crew
    except CrewError:
        kill_children(others)  # one of them hangs
        raise
    finally:
        crew.close()


def kill_children(spared: Container[object]) -> None:
    """End the processes that this one started, but for some, whatever they are at."""
    for child in multiprocessing.active_children():
        if child not in spared:
            child.kill()


def _pool(workers: int) -> Executor:
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload([read_part.__module__])
    return ProcessPoolExecutor(workers, context, _begin_work)


def _begin_work() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all: who asked for the work ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
