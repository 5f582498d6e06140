"""Snapshots that are being made in the background: who asks for one can leave, come back, or wait with others."""

import time
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Lock, Thread

from sqlalchemy.engine import Engine

from pipeline.snapshot import known_on

_Key = tuple[str, date]
_begun: "dict[_Key, Making]" = {}
_beginning = Lock()


@dataclass(slots=True)
class Making:
    """One snapshot on the way. `started`: by `time.monotonic`; `finished`: set at the end, also where it `failed`."""

    started: float = field(default_factory=time.monotonic)
    finished: Event = field(default_factory=Event)
    failed: bool = False

    def elapsed(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self.started


def begin(engine: Engine, day: date) -> Making:
    """Start making what was known on a day, or join who started it. One is made at a time; others wait their turn."""
    with _beginning:
        making = _begun.get(_key(engine, day))
        if making is None or making.finished.is_set():
            making = _begun[_key(engine, day)] = Making()
            Thread(target=_work, args=(engine, day, making), daemon=True).start()
        return making


def last_begun(engine: Engine, day: date) -> Making | None:
    """The last attempt at this day in this process, finished or not; None where nobody asked for it."""
    return _begun.get(_key(engine, day))


def _key(engine: Engine, day: date) -> _Key:
    return str(engine.url), day


def _work(engine: Engine, day: date, making: Making) -> None:
    making.failed = True
    try:
        known_on(engine, day)
        making.failed = False
    finally:
        making.finished.set()
