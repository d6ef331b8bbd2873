"""Who can get where: legal sequences of moves or improvements, their length, and one shortest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.graph import walk
from detente.graph.graph import Array, Graph, Mask, Over

__all__ = ["FAR", "Move", "Steps", "bottleneck_from", "path_from", "steps_from", "steps_to"]

#: more steps than any shortest path can have
FAR = 2**30


@dataclass(frozen=True)
class Move:
    """One decision maker's move from one state to another; states are indices from 0."""

    dm: int
    source: int
    target: int


@dataclass(frozen=True)
class Steps:
    """How many legal steps some decision makers need from each state into a set of states.

    Attributes
    ----------
    least : int array, shape (states,)
        Number of steps, 0 inside the set, `FAR` where there is no way.
    after : tuple of int array, each of shape (states,)
        The same when the k-th of `dms` has just moved and may not move next. Where moves are
        transitive that makes no difference, and there is one array for all.
    """

    graph: Graph
    dms: tuple[int, ...]
    over: Over
    least: Array
    after: tuple[Array, ...]

    @property
    def possible(self) -> Mask:
        """Return from where the set can be reached, the set itself included."""
        mask: Mask = self.least < FAR
        return mask

    def path(self, start: int) -> tuple[Move, ...] | None:
        """Return a shortest legal sequence from a state into the set, or None."""
        moves: list[Move] = []
        state, left = start, int(self.least[start])
        if left >= FAR:
            return None
        last: int | None = None
        while left:
            move = self._next(state, left, last)
            moves.append(move)
            state, last, left = move.target, move.dm, left - 1
        return tuple(moves)

    def _next(self, state: int, left: int, last: int | None) -> Move:
        for k, dm in enumerate(self.dms):
            if dm == last and not self.graph.transitive:
                continue
            after = self.after[0 if self.graph.transitive else k]
            _, targets = self.graph.arcs(dm, np.array([state]), self.over)
            good = targets[after[targets] == left - 1]
            if good.size:
                # of equally short ways the one that changes least is the plainest
                plainest = good[np.argmin(self.graph.changes(state, good))]
                return Move(dm, state, int(plainest))
        raise AssertionError("a finite number of steps has a next one")


def steps_to(
    graph: Graph,
    dms: Sequence[int],
    target: Mask,
    over: Over,
    *,
    within: Mask | None = None,
) -> Steps:
    """Count the legal steps into a set of states.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    dms : sequence of int
        Who may move, nobody twice in a row.
    target : bool array, shape (states,)
    over : {"moves", "improvements"}
    within : bool array, shape (states,), optional
        Which states a sequence may pass through or start from; default all.
    """
    graph.need_single()
    start = np.where(target, 0, FAR).astype(np.int32)
    closed = None if within is None else ~within
    if closed is not None:
        start[closed] = FAR
    members = tuple(dms)
    after = [start] * (1 if graph.transitive else len(members))
    for _ in range(walk.MANY_ROUNDS):
        reached = [
            np.minimum(graph.fold(dm, after[0 if graph.transitive else k], over, "min"), FAR - 1)
            + np.int32(1)
            for k, dm in enumerate(members)
        ]
        changed = False
        for k, before in enumerate(after):
            own = None if graph.transitive else k
            least = _least(start, reached, closed, but=own)
            if (least < before).any():
                after[k] = least
                changed = True
        if not changed:
            break
    else:
        group, steps = walk.walk_back(
            graph, members, [np.flatnonzero(target).tolist()], over, closed
        )
        reached = list(np.where(group < 0, FAR, steps).astype(np.int32))
        after = [
            _least(start, reached, closed, but=None if graph.transitive else k)
            for k in range(len(after))
        ]
    return Steps(graph, members, over, _least(start, reached, closed), tuple(after))


def _least(
    start: Array, reached: Sequence[Array], closed: Mask | None, but: int | None = None
) -> Array:
    """Return the fewest steps over all who may move first, `FAR` in closed states."""
    least = start
    for k, found in enumerate(reached):
        if k != but:
            least = np.minimum(least, found)
    return least if closed is None else np.where(closed, np.int32(FAR), least)


def steps_from(
    graph: Graph,
    dms: Sequence[int],
    start: int,
    over: Over,
    *,
    within: Mask | None = None,
    backwards: Graph | None = None,
) -> Steps:
    """Count the legal steps from one state to every other.

    The result speaks of the reversed graph; `path_from` turns its paths round again. Give
    `backwards` when ``graph.reversed()`` is at hand.
    """
    source = np.zeros(graph.size, dtype=np.bool_)
    source[start] = True
    return steps_to(backwards or graph.reversed(), dms, source, over, within=within)


def path_from(steps: Steps, target: int) -> tuple[Move, ...] | None:
    """Return a shortest legal sequence to a state, from the start given to `steps_from`."""
    path = steps.path(target)
    if path is None:
        return None
    return tuple(Move(move.dm, move.target, move.source) for move in reversed(path))


def bottleneck_from(
    graph: Graph, start: int, cost: Array, *, backwards: Graph | None = None
) -> Array:
    """Return the least cost of the costliest state passed on legal sequences to every state.

    Parameters
    ----------
    graph : Graph
        With a single ranking; everybody may move.
    start : int
        Where all sequences begin.
    cost : int array, shape (states,)
        Of passing through a state, at least 0 and below `FAR`; that of the first and the last
        state of a sequence does not count.
    backwards : Graph, optional
        ``graph.reversed()`` if it is at hand.

    Returns
    -------
    int array, shape (states,)
        `FAR` where no sequence leads; 0 for the start.
    """
    back = backwards or graph.reversed()
    passing = np.asarray(cost, dtype=np.int32)
    passing = np.where(np.arange(graph.size) == start, 0, passing)
    arrived = np.full(graph.size, FAR, dtype=np.int32)
    arrived[start] = 0
    # beyond[k]: what it costs to come through a state when the k-th decision maker moved out of it
    beyond = [arrived] * (1 if graph.transitive else len(graph.ranks))
    while True:
        reached = [
            np.minimum(back.fold(dm, beyond[0 if graph.transitive else dm], "moves", "min"), FAR)
            for dm in graph.dms
        ]
        changed = False
        for k, before in enumerate(beyond):
            own = None if graph.transitive else k
            came = _least(arrived, reached, None, but=own)
            through = np.where(came < FAR, np.maximum(came, passing), FAR)
            if (through < before).any():
                beyond[k] = np.minimum(before, through).astype(np.int32)
                changed = True
        if not changed:
            return np.asarray(_least(arrived, reached, None))
