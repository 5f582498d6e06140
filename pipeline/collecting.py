"""Python's search for unused cycles, made rare while much is held: it took a quarter of a load and found nothing.

Values here are trees: they go by counting references. What cycles there are (errors, pydantic) is small and goes late.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 100_000
"""Objects made and not yet gone, after which it searches. Never searching was no quicker."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """For the time of a load or a rebuild, as `with` or as decorator. What was set before is set again after."""
    before = gc.get_threshold()
    gc.set_threshold(max(NEW_OBJECTS, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
