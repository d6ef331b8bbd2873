"""Who would agree to what: the zone of agreement, who blocks it, what is efficient in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from detente.graph.graph import Array, Graph, Indices, Mask

__all__ = ["Blocking", "blocking", "efficient", "zone"]


def zone(graph: Graph, status_quo: int, consenting: Collection[int] | None = None) -> Mask:
    r"""Find the states that nobody likes less than the status quo and somebody likes more.

    .. math:: Z_M(q) = \{s \neq q : s \succeq_i q\ \forall i \in M,\ s \succ_i q\ \exists i \in M\}

    Parameters
    ----------
    graph : Graph
    status_quo : int
        Index of the state q.
    consenting : collection of int, optional
        The decision makers M whose consent is needed; default all.

    Returns
    -------
    bool array, shape (states,)
    """
    graph.need_single()
    members = graph.dms if consenting is None else consenting
    nobody_loses = np.ones(graph.size, dtype=np.bool_)
    somebody_gains = np.zeros(graph.size, dtype=np.bool_)
    for dm in members:
        rank = graph.ranks[dm]
        nobody_loses &= rank >= rank[status_quo]
        somebody_gains |= rank > rank[status_quo]
    return nobody_loses & somebody_gains


@dataclass(frozen=True)
class Blocking:
    """Why the zone is empty.

    Attributes
    ----------
    alone : dict from int to int
        For each decision maker who blocks alone: how many states the others would agree to.
    sets : tuple of tuple of int
        The minimal sets of decision makers without whom the others would agree to something.
    """

    alone: dict[int, int]
    sets: tuple[tuple[int, ...], ...]


def blocking(graph: Graph, status_quo: int) -> Blocking:
    """Find who stands between the others and an agreement."""
    alone = {}
    for dm in graph.dms:
        count = int(zone(graph, status_quo, graph.others(dm)).sum())
        if count:
            alone[dm] = count
    # a state s is open to all but those it hurts, as long as somebody gains by it
    hurts = np.zeros(graph.size, dtype=np.int64)
    gains = np.zeros(graph.size, dtype=np.bool_)
    for dm in graph.dms:
        rank = graph.ranks[dm]
        hurts |= (rank < rank[status_quo]).astype(np.int64) << dm
        gains |= rank > rank[status_quo]
    found = np.unique(hurts[gains]).tolist()
    minimal = [h for h in found if h and not any(g != h and g & h == g for g in found)]
    sets = [tuple(dm for dm in graph.dms if h >> dm & 1) for h in minimal]
    return Blocking(alone, tuple(sorted(sets, key=lambda members: (len(members), members))))


def efficient(graph: Graph, states: Indices) -> Mask:
    """Tell which of some states no other of them betters for somebody and worsens for nobody.

    Within the zone of agreement this is Pareto efficiency in the whole conflict, because what
    betters a state of the zone lies in the zone.

    Returns
    -------
    bool array, shape (len(states),)
    """
    table = np.stack([rank[states] for rank in graph.ranks], axis=1).astype(np.int64)
    kinds, kind_of = np.unique(table, axis=0, return_inverse=True)
    # nothing that comes later in this order can better what came before it
    order = np.argsort(-kinds.sum(axis=1), kind="stable")
    front: Array = np.empty((0, kinds.shape[1]), dtype=np.int64)
    best = np.zeros(len(kinds), dtype=np.bool_)
    for k in order:
        if not (front >= kinds[k]).all(axis=1).any():
            best[k] = True
            front = np.concatenate([front, kinds[k : k + 1]])
    return best[kind_of.reshape(-1)]
