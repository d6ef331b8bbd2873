"""A conflict under many orders of what its decision makers care about, and which are hopeless.

What structural changes have been made is settled here; what varies is how each decision maker
orders its priorities, or the tiers of its ranking. States alike in every priority stay alike in
any order: they form a *class*, and an order puts the classes of a decision maker into a strict
ranking. Much of the work is on classes, which are far fewer than the states.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TypeAlias, cast

import numpy as np

from detente.analysis.case import Case
from detente.analysis.changes import Reorder
from detente.analysis.diagnosis import VERDICT_CONCEPTS
from detente.analysis.orders import Wanted
from detente.graph import Graph, Grid, status_quo_of, to_graph
from detente.graph.graph import Array, Indices, Mask
from detente.graph.paths import steps_from
from detente.model.conflict import Conflict, Priorities, Ranking
from detente.model.expressions import Expression
from detente.stability import CONCEPTS, StabilityTable

__all__ = ["Altered", "Target"]

#: which states count as deals: an expression, states by index in a conflict given as a graph
Target: TypeAlias = "Expression | Collection[int] | None"

_FIRST = VERDICT_CONCEPTS[0]
#: so many priorities fit into a whole number of the machine's as bits
_FEW = 62


class Altered:
    """A conflict with what all orders share.

    Parameters
    ----------
    conflict : Conflict
        With a status quo.
    target : Expression, collection of int, or None
    """

    def __init__(self, conflict: Conflict, target: Target) -> None:
        self.conflict = conflict
        self.graph = to_graph(conflict)
        q = status_quo_of(conflict, self.graph)
        assert q is not None
        self.q = q
        self.among = self._states_of(target)
        self._parts: dict[int, Array] = {}

    def _states_of(self, target: Target) -> Mask | None:
        if target is None:
            return None
        if isinstance(self.graph, Grid):
            return self.graph.space.where(cast(Expression, target))
        among = np.zeros(self.graph.size, dtype=np.bool_)
        among[np.array(sorted(cast("Collection[int]", target)), dtype=np.intp)] = True
        return among

    @cached_property
    def backwards(self) -> Graph:
        """Return the graph in which every move runs backwards."""
        return self.graph.reversed()

    # -- orders ----------------------------------------------------------------------------------

    def class_of(self, dm: int) -> Indices:
        """Return the class of every state for one decision maker, from 0, shape (states,)."""
        return self.graph.ranks[dm].astype(np.intp) - 1

    def scores(self, order: Sequence[int], dm: int) -> Array:
        """Return what an order makes of each class, larger = preferred, no two alike."""
        parts = self.parts(dm)
        classes = parts.shape[1]
        if not order:
            return np.arange(classes)
        scores = np.zeros(classes, dtype=np.int64 if len(order) <= _FEW else object)
        if self.listed(dm):
            scores[classes - 1 - np.array(order)] = np.arange(classes, 0, -1)
            return scores
        for k in order:
            scores <<= 1
            scores |= parts[k]
        return scores

    def listed(self, dm: int) -> bool:
        """Tell whether a decision maker has a ranking."""
        return isinstance(self.conflict.decision_makers[dm].preference, Ranking)

    def parts(self, dm: int) -> Array:
        """Return which classes have each part that a decision maker orders.

        Returns
        -------
        int array, shape (parts, classes)
            1 where a priority holds, or where a tier of a ranking is the class; weights have no
            parts.
        """
        if dm not in self._parts:
            preference = self.conflict.decision_makers[dm].preference
            rank = self.graph.ranks[dm]
            classes = int(rank.max())
            held: list[Array] = []
            match preference:
                case Priorities(statements):
                    assert isinstance(self.graph, Grid)
                    space = self.graph.space
                    _, first = np.unique(rank, return_index=True)
                    truths = (space.truth(statement.expression) for statement in statements)
                    held = [space.over_states(truth)[first] for truth in truths]
                case Ranking():
                    # the tiers of a ranking stand best first
                    held = list(np.eye(classes, dtype=np.int64)[::-1])
            self._parts[dm] = np.array(held, dtype=np.int64).reshape(len(held), classes)
        return self._parts[dm]

    def wanted(self, dm: int, classes: Indices) -> Wanted:
        """Return some classes of a decision maker as wanted above that of the status quo."""
        parts = self.parts(dm).astype(np.bool_)
        here = parts[:, self.class_of(dm)[self.q]]
        there = parts[:, classes].T
        return Wanted(there & ~here, here & ~there)

    def ranks(self, reorder: Reorder | None, dm: int) -> Array:
        """Return the ranks of a decision maker under another order, or None for its own."""
        own = self.graph.ranks[dm]
        if reorder is None:
            return own
        place = np.argsort(np.argsort(self.scores(reorder.order, dm))) + 1
        return place.astype(own.dtype)[self.class_of(dm)]

    # -- the verdict -----------------------------------------------------------------------------

    def case(self, graph: Graph, table: StabilityTable) -> Case:
        """Return the case of a graph of these states."""
        case = Case(graph, table, self.q)
        return case if self.among is None else case.among(self.among)

    def is_open(self, ranks: Sequence[Array]) -> bool:
        """Tell whether the verdict is ``open`` with those ranks."""
        graph = self.graph.with_ranks(ranks)
        stable = []
        for dm in graph.dms:
            # who is indifferent never gains by leaving
            still = ranks[dm].max() == 1
            mask = np.ones(graph.size, np.bool_) if still else CONCEPTS[_FIRST](graph, dm)
            if not mask[self.q]:
                return False
            stable.append(mask)
        table = StabilityTable({_FIRST: np.stack(stable)})
        return self.case(graph, table).verdict(_FIRST) == "open"

    def reaches(self, ends: Mask, through: Mask) -> bool:
        """Tell whether moves through some states lead from the status quo to an end."""
        graph = self.graph
        if not graph.transitive:
            steps = steps_from(
                graph, graph.dms, self.q, "moves", within=through, backwards=self.backwards
            )
            return bool((ends & steps.possible).any())
        # who moved last makes no difference, so every state need be left only once
        ahead = through.copy()
        ahead[self.q] = False
        fresh: Indices = np.array([self.q])
        while fresh.size:
            reached = np.zeros(graph.size, dtype=np.bool_)
            for dm in graph.dms:
                reached[graph.arcs(dm, fresh, "moves")[1]] = True
            reached &= ahead
            if (reached & ends).any():
                return True
            ahead &= ~reached
            fresh = np.flatnonzero(reached)
        return False
