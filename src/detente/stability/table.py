"""The stability table: every concept for every decision maker and state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from detente.errors import DetenteError, Problem, nearest
from detente.graph.graph import Graph, Mask
from detente.graph.grid import Grid
from detente.stability.gmr import gmr
from detente.stability.nash import nash
from detente.stability.seq import seq
from detente.stability.sim import sim
from detente.stability.smr import smr
from detente.stability.sseq import sseq

__all__ = ["CONCEPTS", "SIM_LIMIT", "StabilityTable", "analyse", "default_concepts"]

Concept: TypeAlias = Callable[[Graph, int], Mask]

#: every solution concept by name, in the order in which they are shown
CONCEPTS: Mapping[str, Concept] = MappingProxyType(
    {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sseq": sseq, "sim": sim}
)

#: above this many states SIM is left out unless asked for
SIM_LIMIT = 4096


@dataclass(frozen=True)
class StabilityTable:
    """Which states are stable, for whom, under which concept.

    Attributes
    ----------
    stable : mapping from concept to bool array, shape (*batch, decision makers, states)
    """

    stable: Mapping[str, Mask]

    @property
    def concepts(self) -> tuple[str, ...]:
        """Return the concepts that were computed."""
        return tuple(self.stable)

    def equilibria(self, concept: str) -> Mask:
        """Return where a state is stable for every decision maker, shape (*batch, states)."""
        everyone: Mask = self.stable[concept].all(axis=-2)
        return everyone


def default_concepts(graph: Graph) -> tuple[str, ...]:
    """Return the concepts that are computed unless others are asked for."""
    with_sim = isinstance(graph, Grid) and not graph.batch and graph.size <= SIM_LIMIT
    return tuple(name for name in CONCEPTS if name != "sim" or with_sim)


def analyse(graph: Graph, concepts: Sequence[str] | None = None) -> StabilityTable:
    """Compute the stability of every state.

    Parameters
    ----------
    graph : Graph
    concepts : sequence of str, optional
        Names from `CONCEPTS`; default: all, without ``sim`` for conflicts given as a graph and
        above 4,096 states.

    Raises
    ------
    DetenteError
        ``unknown-concept``, or ``option-form-only`` when ``sim`` is asked for in vain.
    """
    table: dict[str, list[Mask]] = {}
    for concept, _, mask in each(graph, concepts):
        table.setdefault(concept, []).append(mask)
    return StabilityTable({name: np.stack(masks, axis=-2) for name, masks in table.items()})


def each(
    graph: Graph, concepts: Sequence[str] | None = None
) -> Iterator[tuple[str, int, Mask]]:
    """Yield ``(concept, dm, mask)`` one by one, so that a caller can show how far it is."""
    names = default_concepts(graph) if concepts is None else tuple(concepts)
    for name in names:
        if name not in CONCEPTS:
            near = nearest(name, list(CONCEPTS))
            raise DetenteError(Problem("unknown-concept", f"{name!r} is no concept", None, near))
    for name in names:
        for dm in graph.dms:
            yield name, dm, CONCEPTS[name](graph, dm)
