"""What the others can do in answer to a move: the one computation behind every sanction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np

from detente.graph import walk
from detente.graph.graph import Array, Graph, Mask, Over, identity

__all__ = ["best_reply", "unsanctioned", "worst"]


def worst(graph: Graph, dms: Sequence[int], values: Array, over: Over) -> Array:
    r"""Return the least value that some decision makers can bring about from each state.

    .. math:: w(s) = \min\bigl(v(s), \min_{q \in R_H(s)} v(q)\bigr)

    :math:`R_H(s)` holds the ends of all *legal sequences*: any number of moves by members of H,
    nobody twice in succession; with ``over="improvements"`` every step improves on the state it
    leaves, for its mover.

    Parameters
    ----------
    graph : Graph
    dms : sequence of int
        The members of H.
    values : array, shape (*batch, states)
    over : {"moves", "improvements"}

    Returns
    -------
    array, shape (*batch, states)

    Notes
    -----
    Staying put is counted in. A sanction is looked for after an improvement s1 of decision maker
    i, with values of at least :math:`u_i`; there :math:`v(s_1) \ge u_i(s_1) > u_i(s)`, so the
    stay can never pass for a sanction.

    Where moves are transitive, two moves in a row by one decision maker are one move (or none),
    and the search need not remember who moved last. Otherwise one array is kept per last mover.
    """
    if not dms:
        return values
    if graph.transitive:
        return _worst_anyone(graph, dms, values, over)
    return _worst_by_last_mover(graph, dms, values, over)


def _worst_anyone(graph: Graph, dms: Sequence[int], values: Array, over: Over) -> Array:
    least = values
    quiet = turn = 0
    # stop when nobody has lowered anything since they last looked
    while quiet < len(dms):
        reached = graph.fold(dms[turn % len(dms)], least, over, "min")
        turn += 1
        if (reached < least).any():
            least = np.minimum(least, reached)
            # after its own move a decision maker has nothing to add: one move does what two do
            quiet = 1
        else:
            quiet += 1
    return least


def _worst_by_last_mover(graph: Graph, dms: Sequence[int], values: Array, over: Over) -> Array:
    # after[k]: the least value from each state when dms[k] moved last and may not move next
    after = [values] * len(dms)
    for _ in range(walk.MANY_ROUNDS) if not graph.batch else count():
        reached = [graph.fold(dm, after[k], over, "min") for k, dm in enumerate(dms)]
        changed = False
        for k in range(len(dms)):
            least = after[k]
            for j, found in enumerate(reached):
                if j != k:
                    least = np.minimum(least, found)
            if least is not after[k] and (least < after[k]).any():
                after[k] = least
                changed = True
        if not changed:
            least = values
            for found in reached:
                least = np.minimum(least, found)
            return least
    # from the least value upwards, what is reached first is the least that can be reached
    order = np.argsort(values, kind="stable")
    group, _ = walk.walk_back(graph, dms, ([state] for state in order.tolist()), over)
    found = np.append(values[order], identity(values.dtype, "min"))[group]
    return np.asarray(np.minimum(values, found.min(axis=0)))


def best_reply(graph: Graph, dm: int) -> Array:
    """Return the best rank a decision maker has at a state or one move of its own away from it.

    Returns
    -------
    int array, shape (*batch, states)
    """
    rank = graph.ranks[dm]
    return np.maximum(rank, graph.fold(dm, rank, "moves", "max"))


def unsanctioned(graph: Graph, dm: int, sanction: Array) -> Mask:
    """Return where some improvement of a decision maker stays above its rank whatever follows.

    Parameters
    ----------
    graph : Graph
    dm : int
    sanction : int array, shape (*batch, states)
        For each state the rank the others can hold `dm` down to from there.

    Returns
    -------
    bool array, shape (*batch, states)
    """
    best: Array = graph.fold(dm, sanction, "improvements", "max")
    unstable: Mask = best > graph.ranks[dm]
    return unstable
