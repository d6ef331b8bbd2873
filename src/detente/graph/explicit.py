"""A conflict given as a graph: arcs listed per decision maker, in compressed sparse rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np

from detente.graph.graph import (
    UFUNC,
    Array,
    Graph,
    Indices,
    Over,
    Take,
    check_ranks,
    identity,
    turned,
)

__all__ = ["Explicit"]


class _Rows:
    """The arcs of one decision maker sorted by source, with the start of every non-empty row."""

    def __init__(self, pairs: Sequence[tuple[int, int]], size: int) -> None:
        table = np.array(sorted(set(pairs)), dtype=np.intp).reshape(-1, 2)
        if table.size and (table.min() < 0 or table.max() >= size):
            raise ValueError(f"moves lead between states 0 to {size - 1}")
        if (table[:, 0] == table[:, 1]).any():
            raise ValueError("a move leads to another state")
        self.sources: Indices = table[:, 0]
        self.targets: Indices = table[:, 1]
        self.rows, self.starts = np.unique(self.sources, return_index=True)
        self.bounds: Indices = np.searchsorted(self.sources, np.arange(size + 1))


class Explicit(Graph):
    """States and arcs as listed; moves need be neither transitive nor reversible.

    Parameters
    ----------
    size : int
        Number of states.
    moves : sequence, one per decision maker, of (source, target) pairs
        State indices from 0. A common move stands in the lists of all who can make it.
    ranks : sequence of int array, each of shape (*batch, size)
    """

    transitive = False

    def __init__(
        self,
        size: int,
        moves: Sequence[Sequence[tuple[int, int]]],
        ranks: Sequence[Array],
    ) -> None:
        self.size = size
        self._rows = tuple(_Rows(pairs, size) for pairs in moves)
        self.ranks = check_ranks(ranks, len(self._rows), size)

    def with_ranks(self, ranks: Sequence[Array]) -> Self:
        """Return the same states and moves with other ranks."""
        other = object.__new__(type(self))
        other.size, other._rows = self.size, self._rows
        other.ranks = check_ranks(ranks, len(self._rows), self.size)
        return other

    def changes(self, state: int, others: Indices) -> Indices:  # noqa: ARG002
        """Return 1 for every other state: one cannot tell how far apart listed states are."""
        return np.ones(len(others), dtype=np.intp)

    def reversed(self) -> Explicit:
        """Return the graph in which every move and improvement runs backwards."""
        moves = [
            list(zip(rows.targets.tolist(), rows.sources.tolist(), strict=True))
            for rows in self._rows
        ]
        return Explicit(self.size, moves, [turned(rank) for rank in self.ranks])

    def fold(self, dm: int, values: Array, over: Over, take: Take) -> Array:
        """Return the least or greatest value reached from each state; see `Graph.fold`."""
        rows = self._rows[dm]
        nothing = identity(values.dtype, take)
        reached = values[..., rows.targets]
        if over == "improvements":
            rank = self.ranks[dm]
            better = rank[..., rows.targets] > rank[..., rows.sources]
            reached = np.where(better, reached, values.dtype.type(nothing))
        result = np.full((*reached.shape[:-1], self.size), nothing, dtype=values.dtype)
        if rows.rows.size:
            result[..., rows.rows] = UFUNC[take].reduceat(reached, rows.starts, axis=-1)
        return result

    def arcs(self, dm: int, states: Indices, over: Over) -> tuple[Indices, Indices]:
        """Return the arcs of a decision maker from some states; see `Graph.arcs`."""
        rows = self._rows[dm]
        first, last = rows.bounds[states], rows.bounds[states + 1]
        counts = last - first
        sources = np.repeat(states, counts)
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        targets = rows.targets[np.repeat(first, counts) + offsets]
        if over == "improvements":
            rank = self.ranks[dm]
            better = rank[targets] > rank[sources]
            sources, targets = sources[better], targets[better]
        return sources, targets
