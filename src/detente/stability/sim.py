"""Simultaneous stability (SIM): the others move at the same time."""

from __future__ import annotations

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Graph, Indices, Mask
from detente.graph.grid import Grid

__all__ = ["improving_strategies", "sim", "together"]


def sim(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are simultaneously stable (SIM) for one decision maker.

    State :math:`s` is SIM for :math:`i` when every improvement meets a non-empty choice of
    improvements of other decision makers, each taken from :math:`s`, such that executing all of
    them together gives a feasible state no better for :math:`i` than :math:`s`.

    Parameters
    ----------
    graph : Graph
        A conflict in option form (a `Grid`).
    dm : int
        Index of the focal decision maker.

    Returns
    -------
    bool array, shape (states,)
        True where the state is stable for `dm`.

    Raises
    ------
    DetenteError
        ``option-form-only``: moves made together are defined by the options they change, which
        a conflict given as a graph does not have.

    Notes
    -----
    An infeasible combination is no sanction. The work grows with states x combinations, so the
    concept is left out by default above 4,096 states.

    References
    ----------
    .. [1] N. M. Fraser and K. W. Hipel (1979). Solving complex conflicts.

    Examples
    --------
    In the assurance game the state where only B cooperates is SIM for A but not SEQ: if both
    switch at once they pass each other.

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("assurance").conflict)
    >>> sim(graph, 0).tolist()
    [True, False, True, True]
    """
    if not isinstance(graph, Grid):
        raise DetenteError(Problem("option-form-only", "the conflict is given as a graph"))
    graph.need_single()
    rank = graph.ranks[dm]
    stable = np.ones(graph.size, dtype=np.bool_)
    longest = max(len(axis) for axis in graph.space.axes)
    # a block of states at a time, so that nothing grows with states x strategies
    block = max(1, 2**20 // longest)
    for first in range(0, graph.size, block):
        states = np.arange(first, min(first + block, graph.size))
        better = [improving_strategies(graph, j, states) for j in graph.dms]
        at = graph.space.coordinates(states)
        for row in np.flatnonzero(better[dm].any(axis=1)):
            choices = [
                np.flatnonzero(better[j][row])
                if j == dm
                else np.append(at[j][row], np.flatnonzero(better[j][row]))
                for j in graph.dms
            ]
            ends = together(graph, choices)
            # where all others stay the end is the improvement itself, so it never looks like one
            sanctions = (ends >= 0) & (rank[ends] <= rank[states[row]])
            axes = tuple(k for k in range(sanctions.ndim) if k != sanctions.ndim - 1 - dm)
            stable[states[row]] = sanctions.any(axis=axes).all()
    return stable


def improving_strategies(graph: Grid, dm: int, states: Indices) -> Mask:
    """Return which strategies improve on consecutive states, shape (len(states), strategies)."""
    sources, targets = graph.arcs(dm, states, "improvements")
    better = np.zeros((len(states), len(graph.space.axes[dm])), dtype=np.bool_)
    better[sources - states[0], graph.space.coordinates(targets)[dm]] = True
    return better


def together(graph: Grid, strategies: list[Indices]) -> Indices:
    """Return the states of all combinations of strategies, -1 where infeasible.

    Returns
    -------
    int array with one axis per decision maker, the last one first
    """
    return graph.space.states_at(
        [chosen.reshape(-1, *(1,) * dm) for dm, chosen in enumerate(strategies)]
    )
