"""Legal sequences walked backwards one state at a time: for graphs with very long paths.

Folding passes values on by one move per round, for all states at once. That is quick while paths
are short, as they are in nearly every conflict, but its work grows with the longest path. Walking
visits every (state, first mover) once, however long the paths are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from detente.graph.graph import Array, Graph, Mask, Over

__all__ = ["MANY_ROUNDS", "walk_back"]

#: after so many rounds of folding without an end, walking is quicker
MANY_ROUNDS = 100


def walk_back(
    graph: Graph,
    dms: Sequence[int],
    origins: Iterable[Sequence[int]],
    over: Over,
    closed: Mask | None = None,
) -> tuple[Array, Array]:
    """Find from where legal sequences lead to some states.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    dms : sequence of int
        Who may move, nobody twice in a row.
    origins : iterable of sequence of int
        Groups of states to walk back from; a group is done before the next begins.
    over : {"moves", "improvements"}
    closed : bool array, shape (states,), optional
        States that no sequence may pass through or start from.

    Returns
    -------
    group, steps : int array, each of shape (dms, states)
        For each state and each one who moves first from there: the first group that is reached,
        -1 for none, and the number of steps into it.
    """
    everywhere = np.arange(graph.size)
    before = [_sources_by_target(*graph.arcs(dm, everywhere, over), graph.size) for dm in dms]
    shut = [False] * graph.size if closed is None else closed.tolist()
    group = [[-1] * graph.size for _ in dms]
    steps = [[0] * graph.size for _ in dms]
    for number, states in enumerate(origins):
        queue = deque((state, -1, 1) for state in states if not shut[state])
        while queue:
            state, next_mover, step = queue.popleft()
            for k, sources in enumerate(before):
                if k == next_mover:
                    continue
                for source in sources[state]:
                    if group[k][source] < 0 and not shut[source]:
                        group[k][source] = number
                        steps[k][source] = step
                        queue.append((source, k, step + 1))
    shape = (len(dms), graph.size)
    return np.array(group).reshape(shape), np.array(steps).reshape(shape)


def _sources_by_target(sources: Array, targets: Array, size: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for source, target in zip(sources.tolist(), targets.tolist(), strict=True):
        found[target].append(source)
    return found
