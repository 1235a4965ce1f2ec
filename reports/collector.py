"""Python's search for circles of objects, paused while many objects are made that live on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the search, which would walk all that is alive again and again.

    What was made within and has come to be in circles goes at the end.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)  # the youngest alone: all that was made meanwhile is still among them
        if enabled:
            gc.enable()
