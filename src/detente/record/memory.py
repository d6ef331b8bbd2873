"""Building many objects that all stay, without the cycle collector walking over them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["set_apart", "without_collector"]

#: below this many entries a walk over all of them takes no time worth saving
_MANY = 10_000


def set_apart(entries: int) -> None:
    """Keep the cycle collector from walking over a large record as soon as the first is asked.

    A record has no cycles, so that it is freed without the collector when it is let go of. What
    else is alive at this moment is set apart with it.
    """
    if entries >= _MANY:
        gc.freeze()


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the cycle collector from walking over millions of objects while more are made."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
