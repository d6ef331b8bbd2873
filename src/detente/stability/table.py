"""The stability table: every concept for every decision maker and state."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from detente.display import Shown
from detente.errors import DetenteError, Problem, nearest
from detente.graph.graph import Graph, Mask
from detente.graph.grid import Grid
from detente.stability.gmr import gmr
from detente.stability.nash import nash
from detente.stability.seq import seq
from detente.stability.sim import sim
from detente.stability.smr import smr
from detente.stability.sseq import sseq

__all__ = ["CONCEPTS", "SIM_LIMIT", "StabilityTable", "default_concepts", "stability_table"]

Concept: TypeAlias = Callable[[Graph, int], Mask]

#: every solution concept by name, in the order in which they are shown
CONCEPTS: Mapping[str, Concept] = MappingProxyType(
    {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sseq": sseq, "sim": sim}
)

#: above this many states SIM is left out unless asked for
SIM_LIMIT = 4096

#: from this many states on, decision makers and concepts are worked on side by side
PARALLEL_FROM = 2**16


@dataclass(frozen=True, repr=False)
class StabilityTable(Shown):
    """Which states are stable, for whom, under which concept.

    Attributes
    ----------
    stable : mapping from concept to bool array, shape (*batch, decision makers, states)
    """

    stable: Mapping[str, Mask]

    def __repr__(self) -> str:
        shapes = {" x ".join(map(str, mask.shape)) for mask in self.stable.values()}
        return f"<StabilityTable {', '.join(self.stable)}: {', '.join(shapes)}>"

    @property
    def concepts(self) -> tuple[str, ...]:
        """Return the concepts that were computed."""
        return tuple(self.stable)

    def equilibria(self, concept: str) -> Mask:
        """Return where a state is stable for every decision maker, shape (*batch, states)."""
        return np.asarray(self.stable[concept].all(axis=-2))


def default_concepts(graph: Graph) -> tuple[str, ...]:
    """Return the concepts that are computed unless others are asked for."""
    with_sim = isinstance(graph, Grid) and not graph.batch and graph.size <= SIM_LIMIT
    return tuple(name for name in CONCEPTS if name != "sim" or with_sim)


def stability_table(
    graph: Graph,
    concepts: Sequence[str] | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> StabilityTable:
    """Compute the stability of every state.

    Parameters
    ----------
    graph : Graph
    concepts : sequence of str, optional
        Names from `CONCEPTS`; default: all, without ``sim`` for conflicts given as a graph, for
        batches of rankings, and above 4,096 states.
    progress : callable, optional
        Called with (masks done, masks in all); there is one mask per concept and decision maker.

    Raises
    ------
    DetenteError
        ``unknown-concept``, or ``option-form-only`` when ``sim`` is asked for in vain.
    """
    names = default_concepts(graph) if concepts is None else tuple(concepts)
    for name in names:
        if name not in CONCEPTS:
            near = nearest(name, list(CONCEPTS))
            raise DetenteError(Problem("unknown-concept", f"{name!r} is no concept", None, near))
    jobs = [(name, dm) for name in names for dm in graph.dms]
    stable: dict[str, list[Mask]] = {name: [] for name in names}
    for done, ((name, _), mask) in enumerate(zip(jobs, _masks(graph, jobs), strict=True)):
        stable[name].append(mask)
        if progress is not None:
            progress(done + 1, len(jobs))
    return StabilityTable({name: np.stack(masks, axis=-2) for name, masks in stable.items()})


def _masks(graph: Graph, jobs: Sequence[tuple[str, int]]) -> Iterator[Mask]:
    """Yield the mask of every job in order; large conflicts are worked on side by side."""
    if graph.size < PARALLEL_FROM:
        yield from (CONCEPTS[name](graph, dm) for name, dm in jobs)
        return
    # NumPy lets go of the interpreter inside its loops, so threads share the arrays and the work
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 4)) as pool:
        list(pool.map(graph.prepare, graph.dms))
        yield from pool.map(lambda job: CONCEPTS[job[0]](graph, job[1]), jobs)
