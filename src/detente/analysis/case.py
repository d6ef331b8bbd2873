"""One status quo of one conflict: who agrees to what, what holds, what can be reached.

Everything here is worked out when it is first asked for and then kept.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Literal

import numpy as np

from detente.analysis.zone import zone
from detente.graph.graph import Array, Graph, Mask
from detente.graph.paths import FAR, Move, Steps, bottleneck_from, path_from, steps_from
from detente.stability import StabilityTable

__all__ = ["Case", "Verdict"]

Verdict = Literal[
    "drift",
    "no-bargaining-space",
    "commitment-problem",
    "fear-of-countermove",
    "sequencing-problem",
    "misperception",
    "open",
]


class Case:
    """A status quo, with what is asked of it more than once.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    table : StabilityTable
        With at least the concepts that are asked for.
    status_quo : int
        Index of the state, from 0.
    """

    def __init__(self, graph: Graph, table: StabilityTable, status_quo: int) -> None:
        self.graph = graph
        self.table = table
        self.q = status_quo
        self.in_zone = zone(graph, status_quo)

    def among(self, states: Mask) -> Case:
        """Return the same case in which only some states count as deals."""
        narrowed = copy(self)
        narrowed.in_zone = self.in_zone & states
        return narrowed

    # -- verdict ---------------------------------------------------------------------------------

    def verdict(self, concept: str) -> Verdict:
        """Return what stands in the way, judged by one concept."""
        if not self.table.equilibria(concept)[self.q]:
            return "drift"
        if not (self.in_zone & self.by_moves.possible).any():
            return "no-bargaining-space"
        holding = self.holding(concept)
        if not holding.any():
            return "commitment-problem"
        if (holding & self.by_improvements.possible).any():
            return "fear-of-countermove"
        if (holding & self.safely.possible).any():
            return "open"
        return "sequencing-problem"

    def holding(self, concept: str) -> Mask:
        """Return the reachable deals that hold for everybody under a concept."""
        return self.in_zone & self.by_moves.possible & self.table.equilibria(concept)

    # -- reach -----------------------------------------------------------------------------------

    @cached_property
    def backwards(self) -> Graph:
        """Return the graph in which every move runs backwards."""
        return self.graph.reversed()

    @cached_property
    def by_improvements(self) -> Steps:
        """Return the steps by improvements from the status quo."""
        return steps_from(
            self.graph, self.graph.dms, self.q, "improvements", backwards=self.backwards
        )

    @cached_property
    def by_moves(self) -> Steps:
        """Return the steps by moves from the status quo."""
        return steps_from(self.graph, self.graph.dms, self.q, "moves", backwards=self.backwards)

    @cached_property
    def safely(self) -> Steps:
        """Return the steps along which nobody ever stands below the status quo."""
        return self.within(self.drop == 0)

    def within(self, states: Mask) -> Steps:
        """Return the steps by moves that pass through some states only."""
        return steps_from(
            self.graph, self.graph.dms, self.q, "moves", within=states, backwards=self.backwards
        )

    def by_coalition(self, members: tuple[int, ...]) -> Steps:
        """Return the steps by moves of some decision makers only."""
        if members not in self._coalitions:
            self._coalitions[members] = steps_from(
                self.graph, members, self.q, "moves", backwards=self.backwards
            )
        return self._coalitions[members]

    @cached_property
    def _coalitions(self) -> dict[tuple[int, ...], Steps]:
        return {}

    # -- exposure --------------------------------------------------------------------------------

    @cached_property
    def drop(self) -> Array:
        """Return by how many ranks the worst hit stands below the status quo, shape (states,)."""
        worst = np.zeros(self.graph.size, dtype=np.int64)
        for rank in self.graph.ranks:
            np.maximum(worst, int(rank[self.q]) - rank.astype(np.int64), out=worst)
        return worst

    @cached_property
    def exposures(self) -> Array:
        """Return for each state the exposure of the least exposed way to it, `FAR` for no way.

        The exposure of a way is the largest rank drop below the status quo of any decision maker
        at any state between.
        """
        return bottleneck_from(self.graph, self.q, self.drop, backwards=self.backwards)

    def least_exposed(self, state: int) -> tuple[Move, ...]:
        """Return a shortest one of the least exposed ways to a state, empty if there is none."""
        exposure = int(self.exposures[state])
        if exposure >= FAR:
            return ()
        allowed = self.drop <= exposure
        # the state itself is no state between
        allowed[state] = True
        return path_from(self.within(allowed), state) or ()

    def exposed(self, path: tuple[Move, ...]) -> tuple[int, ...]:
        """Return who stands below the status quo somewhere on a path."""
        return tuple(dm for dm, drop in enumerate(self.drops(path)) if drop)

    def drops(self, path: tuple[Move, ...]) -> tuple[int, ...]:
        """Return by how many ranks each decision maker falls below the status quo on a path."""
        return tuple(
            max([0, *(int(rank[self.q]) - int(rank[move.target]) for move in path)])
            for rank in self.graph.ranks
        )

    def always_exposed(self, state: int, exposed: tuple[int, ...]) -> tuple[int, ...]:
        """Return who of those exposed on one way stands below the status quo on every way."""
        ranks = self.graph.ranks
        return tuple(
            dm for dm in exposed if not self.within(ranks[dm] >= ranks[dm][self.q]).possible[state]
        )
