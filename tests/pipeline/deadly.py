"""Readers of parts that die or fail on some records: what faulty libraries and machines would do."""

import os
import signal
import time
from pathlib import Path

from pipeline.parts import Done, Given, Part, held, read_part


def deadly(part: Part) -> Done:
    """Dies on one record, fails on another."""
    if any(b"DEADLY" in record.raw for record in held(part).records):
        os.kill(os.getpid(), signal.SIGKILL)
    return failing(part)


def failing(part: Part) -> Done:
    """Fails on one record."""
    if any(b"FAILING" in record.raw for record in held(part).records):
        raise RecursionError
    return read_part(part)


def hanging(part: Part) -> Done:
    """Never comes to an end."""
    time.sleep(600)
    return read_part(part)


def dying_once(part: Part) -> Done:
    """The first who reads a later stretch is killed, if a file `once` lies above the notes."""
    if not isinstance(part, Given) and part.start:
        once = Path(part.place).parent.parent / "once"
        if once.exists():
            once.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return read_part(part)


def vanishing(part: Part) -> Done:
    """The file is gone once the second of its stretches is asked for."""
    if not isinstance(part, Given) and part.start:
        Path(part.place).unlink(missing_ok=True)
    return read_part(part)
