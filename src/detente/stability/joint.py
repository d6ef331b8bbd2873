"""What coalitions reach and prefer: the computations behind `detente.stability.coalition`.

What a coalition can reach is worked out for each state on its own, in blocks of states that are
folded as one batch, and only the improvements are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import TypeAlias

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Array, Graph, Indices, Mask, identity
from detente.stability.sanction import worst

__all__ = [
    "COALITION_LIMIT",
    "Arcs",
    "Coalitions",
    "Members",
    "Step",
    "always_after",
    "least_answer",
    "subsets",
]

#: the most states of a conflict whose coalitions are looked at
COALITION_LIMIT = 4096
#: how many entries a block of states x states has
BLOCK = 2**18

#: the members of a coalition in ascending order
Members: TypeAlias = tuple[int, ...]
#: from values at all states to the least of those that one move leads to
Step: TypeAlias = Callable[[Array], Array]


class Arcs:
    """Pairs of states, sorted by source; whole numbers are kept small, as there can be millions."""

    def __init__(self, sources: Indices, targets: Indices, size: int) -> None:
        self.size = size
        self.sources = sources.astype(np.int32)
        self.targets = targets.astype(np.int32)
        self.rows, self.starts = np.unique(self.sources, return_index=True)

    def least(self, values: Array) -> Array:
        """Return the least of the values that one arc leads to from each state."""
        result = np.full(self.size, identity(values.dtype, "min"), dtype=values.dtype)
        if self.rows.size:
            result[self.rows] = np.minimum.reduceat(values[self.targets], self.starts)
        return result


class Coalitions:
    """One conflict, and the improvements of its coalitions as far as they were asked for."""

    def __init__(self, graph: Graph) -> None:
        graph.need_single()
        if graph.size > COALITION_LIMIT:
            what = f"{graph.size:,} states; coalitions are looked at up to {COALITION_LIMIT:,}"
            raise DetenteError(Problem("too-large", what))
        self.graph = graph
        self.back = graph.reversed()
        self._improvements: dict[Members, Arcs] = {}

    def improvements(self, members: Members) -> Arcs:
        """Return R_H^++ of all states."""
        if members not in self._improvements:
            pairs = self.improving(members, np.arange(self.graph.size))
            self._improvements[members] = Arcs(*pairs, self.graph.size)
        return self._improvements[members]

    def improving(self, members: Members, states: Indices) -> tuple[Indices, Indices]:
        """Return R_H^++ of some states, as pairs of a place in `states` and a target."""
        return self._pairs(
            states,
            lambda block: self._reached(members, block) & self._better(members, block),
        )

    def moves(self, members: Members) -> Arcs:
        """Return R_H of all states, each without the state itself."""
        everywhere = np.arange(self.graph.size)
        pairs = self._pairs(
            everywhere,
            lambda block: self._reached(members, block) & (block[:, None] != everywhere),
        )
        return Arcs(*pairs, self.graph.size)

    def _pairs(
        self, states: Indices, targets_of: Callable[[Indices], Mask]
    ) -> tuple[Indices, Indices]:
        """Return a relation as pairs of a place in `states` and a target, found block by block."""
        places, targets = [np.arange(0)], [np.arange(0)]
        for first, block in self._blocks(states):
            place, target = np.nonzero(targets_of(block))
            places.append(place + first)
            targets.append(target)
        return np.concatenate(places), np.concatenate(targets)

    def _blocks(self, states: Indices) -> list[tuple[int, Indices]]:
        length = max(1, BLOCK // self.graph.size)
        return [(k, states[k : k + length]) for k in range(0, len(states), length)]

    def _reached(self, members: Members, block: Indices) -> Mask:
        """Return what each state of a block leads to, itself included, shape (block, states)."""
        elsewhere = block[:, None] != np.arange(self.graph.size)
        return ~always_after(self.back, members, elsewhere)

    def _better(self, members: Members, block: Indices) -> Mask:
        """Return what all members prefer to each state of a block, shape (block, states)."""
        better = np.ones((len(block), self.graph.size), dtype=np.bool_)
        for rank in (self.graph.ranks[j] for j in members):
            better &= rank > rank[block, None]
        return better

    # -- stability -------------------------------------------------------------------------------

    def stable(self, members: Members, concept: str) -> Mask:
        """Return where a state is stable for a coalition."""
        graph = self.graph
        others = [dm for dm in graph.dms if dm not in members]
        match concept:
            case "nash":
                sanctions = [graph.ranks[j] for j in members]
            case "seq":
                steps = [self.improvements(subset).least for subset in subsets(others)]
                sanctions = [least_answer(steps, graph.ranks[j]) for j in members]
            case _:
                sanctions = [worst(graph, others, graph.ranks[j], "moves") for j in members]
        stable = self.holds(members, sanctions)
        if concept == "smr":
            # where there is no improvement there is nothing to answer, where no answer no reply
            held = stable.copy()
            held[np.setdiff1d(np.arange(graph.size), self.improvements(members).rows)] = False
            for _, block in self._blocks(np.flatnonzero(held)):
                stable[block] = self._symmetric(members, others, block)
        return stable

    def holds(self, members: Members, sanctions: Sequence[Array]) -> Mask:
        r"""Return where every improvement can end in a state that is no better for some member.

        What answers :math:`s_1` meets :math:`\Phi_H^{\simeq}(s)` iff the worst answer for some
        member lies in it; so each member's worst, at all states, is enough to know.
        """
        arcs = self.improvements(members)
        free = np.ones(len(arcs.sources), dtype=np.bool_)
        for j, least in zip(members, sanctions, strict=True):
            free &= least[arcs.targets] > self.graph.ranks[j][arcs.sources]
        stable = np.ones(self.graph.size, dtype=np.bool_)
        stable[arcs.sources[free]] = False
        return stable

    def _symmetric(self, members: Members, others: Sequence[int], block: Indices) -> Mask:
        """Return which states of a block are CSMR; all have improvements."""
        better = self._better(members, block)
        # from where the coalition gets to what all its members prefer to the state of the block
        regained = ~always_after(self.graph, members, ~better)
        for_good = always_after(self.graph, others, regained)
        arcs = self.improvements(members)
        ends = np.array([block[0], block[-1] + 1], dtype=arcs.sources.dtype)
        first, last = np.searchsorted(arcs.sources, ends)
        sources, targets = arcs.sources[first:last], arcs.targets[first:last]
        row = np.searchsorted(block, sources)
        stable = np.ones(len(block), dtype=np.bool_)
        # between the states of a block there may be others
        unsanctioned = (block[row] == sources) & for_good[row, targets]
        stable[row[unsanctioned]] = False
        return stable


def always_after(graph: Graph, dms: Sequence[int], values: Mask) -> Mask:
    """Return from where values hold after all legal sequences of moves, and without any.

    Parameters
    ----------
    values : bool array, shape (rows, states)
    """
    if graph.transitive:
        return worst(graph, dms, values, "moves")
    return least_answer([partial(graph.fold, dm, over="moves", take="min") for dm in dms], values)


def least_answer(steps: Sequence[Step], values: Array) -> Array:
    """Return the least value after legal sequences of some movers' steps, and without any."""
    # after[k]: the same when the k-th has just moved and may not move next
    after = [values] * len(steps)
    while True:
        reached = [step(before) for step, before in zip(steps, after, strict=True)]
        changed = False
        for k, before in enumerate(after):
            least = values
            for found in reached[:k] + reached[k + 1 :]:
                least = np.minimum(least, found)
            if (least < before).any():
                after[k], changed = least, True
        if not changed:
            return np.asarray(np.minimum.reduce([values, *reached]))


def subsets(dms: Sequence[int]) -> list[Members]:
    """Return all non-empty subsets, the small ones first."""
    return [subset for size in range(1, len(dms) + 1) for subset in combinations(dms, size)]
