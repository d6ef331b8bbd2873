"""Who would agree to what: the zone of agreement, who blocks it, what is efficient in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.graph.graph import Array, Graph, Indices, Mask
from detente.graph.paths import steps_from

__all__ = ["Blocking", "CoalitionDeal", "blocking", "coalition_deals", "efficient", "zone"]

#: up to how many decision makers all coalitions are looked at; above, only pairs
ALL_COALITIONS_UP_TO = 6


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


@dataclass(frozen=True)
class CoalitionDeal:
    """What some decision makers could bring about by themselves, all of them gaining.

    Attributes
    ----------
    members : tuple of int
    states : int
        How many states they can reach by moves of their own that all of them prefer.
    state : int
        Of these, one that hurts the fewest others, and the best for the members among those.
    hurt : tuple of int
        The others who like it less than the status quo.
    """

    members: tuple[int, ...]
    states: int
    state: int
    hurt: tuple[int, ...]


def coalition_deals(graph: Graph, status_quo: int) -> tuple[CoalitionDeal, ...]:
    r"""Find what coalitions could agree among themselves without the consent of the rest.

    .. math:: R_H^{++}(q) = \{s \in R_H(q) : s \succ_i q\ \forall i \in H\}

    Coalitions of two or more, but not everybody, are looked at; with more than six decision makers
    only pairs. Coalitions without such a state are left out.
    """
    q = status_quo
    graph.need_single()
    sizes = range(2, len(graph.ranks)) if len(graph.ranks) <= ALL_COALITIONS_UP_TO else (2,)
    gains = [rank > rank[q] for rank in graph.ranks]
    loses = [rank < rank[q] for rank in graph.ranks]
    backwards = graph.reversed()
    found = []
    for size in sizes:
        for members in combinations(graph.dms, size):
            wanted = np.logical_and.reduce([gains[dm] for dm in members])
            if not wanted.any():
                continue
            wanted &= steps_from(graph, members, q, "moves", backwards=backwards).possible
            states = np.flatnonzero(wanted)
            if not states.size:
                continue
            others = [dm for dm in graph.dms if dm not in members]
            hurt = np.array([loses[dm][states] for dm in others])
            good = np.sum([graph.ranks[dm][states].astype(np.int64) for dm in members], axis=0)
            best = int(np.lexsort((states, -good, hurt.sum(axis=0)))[0])
            out = tuple(dm for dm, pays in zip(others, hurt[:, best], strict=True) if pays)
            found.append(CoalitionDeal(members, len(states), int(states[best]), out))
    return tuple(found)


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
