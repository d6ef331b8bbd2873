"""How much memory an analysis needs, how much there is, and the refusal before it is too late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import NoReturn

from detente.errors import DetenteError, Place, Problem
from detente.model.conflict import Conflict, DecisionMaker

__all__ = ["available_memory", "footprint", "refuse"]


def footprint(cells: int, dms: Sequence[DecisionMaker]) -> int:
    """Return about how many bytes the analysis of so many cells needs at its peak.

    Per cell and decision maker: a rank, and two index arrays that sort its strategies (longer
    where one-way options make several reach classes), both also for the reversed graph of the
    diagnosis; besides these the arrays at work. Checked against 4.2 GB at 2^24 states and four
    decision makers.
    """
    per_cell = 96.0
    for dm in dms:
        one_way = [option.choices for option in dm.options if option.change != "both"]
        per_cell += 24 + 16 * min(prod((choices + 1) / 2 for choices in one_way[:60]), 1e12)
    # whole numbers have no largest one, floats have
    return cells * round(min(per_cell, 1e12))


def refuse(conflict: Conflict, cells: int, memory: int) -> NoReturn:
    """Raise ``too-large`` with the size that would be needed."""
    need = footprint(cells, conflict.decision_makers)
    power = f"about 2^{cells.bit_length() - 1}"
    # a number of twenty digits and more says less than its power of two
    size = f"{cells:,} states ({power})" if cells < 2**64 else f"{power} states"
    what = f"{size} would need {_bytes(need)}; {_bytes(memory)} are free"
    raise DetenteError(Problem("too-large", what, conflict.place or Place("<model>")))


def _bytes(count: int) -> str:
    for unit in ("bytes", "kB", "MB", "GB", "TB", "PB", "EB"):
        if count < 1000:
            return f"about {count:,} {unit}"
        count = (count + 500) // 1000
    return "more than any machine has"


def available_memory() -> int:
    """Return how many bytes this process may still use: free memory, or its group's limit."""
    limits = []
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        limits += [int(line.split()[1]) * 1024 for line in lines if "MemAvailable:" in line]
        group = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        if group.isdigit():
            used = int(Path("/sys/fs/cgroup/memory.current").read_text())
            limits.append(max(int(group) - used, 0))
    except (OSError, ValueError):
        pass
    if not limits:
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min(limits)
