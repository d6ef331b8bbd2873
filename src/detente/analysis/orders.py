"""Other orders of what a decision maker orders: its priorities, or the tiers of its ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from detente.graph.graph import Array, Graph, Mask
from detente.model.conflict import Conflict, Priorities, Ranking

__all__ = ["NEVER", "Wanted", "count_orders", "orders", "part_sizes", "splits"]

#: farther than any order is
NEVER = 2**62


def part_sizes(conflict: Conflict, graph: Graph, dm: int) -> tuple[int, ...]:
    """Return what the parts weigh that a decision maker orders, the most important first.

    Each priority weighs 1 and each tier of a ranking the number of its states; weights have no
    order, so there is no part.
    """
    match conflict.decision_makers[dm].preference:
        case Priorities(statements):
            return (1,) * len(statements)
        case Ranking():
            counts: Array = np.bincount(graph.ranks[dm])[:0:-1]
            return tuple(counts.tolist())
        case _:
            return ()


@dataclass(frozen=True)
class Wanted:
    """States of which one at least is to be liked no less than another state.

    Attributes
    ----------
    speaks_for, against : bool array, each of shape (wanted, parts)
        Which parts put the wanted state above the other, and which below it. The first such part
        in an order decides.
    """

    speaks_for: Mask
    against: Mask

    @property
    def key(self) -> bytes:
        """Return the same for the same wanted states in the same order."""
        return self.speaks_for.tobytes() + self.against.tobytes()

    def distances(self, sizes: Sequence[int], left: Sequence[int]) -> Array:
        """Return how far the nearest order is in which each wanted state is liked no less.

        Parameters
        ----------
        sizes : sequence of int
            Of all parts.
        left : sequence of int
            The parts whose order is open, in their present order; none of those before decides.

        Returns
        -------
        int array, shape (wanted,)
            `NEVER` where no order does it.

        Notes
        -----
        The first part that speaks for the state must come before the first that speaks against
        it; what lies between must change places with the lighter of these two at least. Where
        several parts speak for or against, as priorities can, all parts weigh 1.
        """
        if not left:
            return np.where(self.against.any(axis=1), NEVER, 0)
        kept = list(left)
        before, after = self.against[:, kept], self.speaks_for[:, kept]
        weight = np.array(sizes, dtype=np.int64)[kept]
        up_to = np.cumsum(weight)
        blocks, moves = before.argmax(axis=1), after.argmax(axis=1)
        blocked, moved = before.any(axis=1), after.any(axis=1)
        lighter = np.minimum(weight[blocks], weight[moves])
        between = up_to[moves] - weight[moves] - up_to[blocks]
        far = weight[blocks] * weight[moves] + between * lighter
        far = np.where(moved & (moves < blocks), 0, far)
        return np.where(blocked, np.where(moved, far, NEVER), 0)


def orders(
    sizes: Sequence[int], distance: int, wanted: Wanted | None = None
) -> Iterator[tuple[int, ...]]:
    """Yield every order of some parts at a Kendall distance from the present one.

    Parameters
    ----------
    sizes : sequence of int
        Exchanging two parts counts the product of their sizes.
    distance : int
        At least 0.
    wanted : Wanted, optional
        Only orders in which one of these states at least is liked no less than the other state.

    Yields
    ------
    tuple of int
        The indices of the parts in the new order.

    Examples
    --------
    >>> list(orders([1, 1, 1], 2))
    [(1, 2, 0), (2, 0, 1)]
    """

    def grow(
        left: tuple[int, ...], distance: int, open_: Wanted | None
    ) -> Iterator[tuple[int, ...]]:
        if open_ is not None and open_.distances(sizes, left).min(initial=NEVER) > distance:
            return
        if distance == 0:
            yield left
            return
        for item, step, rest in _firsts(sizes, left, distance):
            after = open_
            if open_ is not None:
                if open_.speaks_for[:, item].any():
                    after = None
                elif (blocked := open_.against[:, item]).any():
                    after = Wanted(open_.speaks_for[~blocked], open_.against[~blocked])
            for tail in grow(rest, distance - step, after):
                yield (item, *tail)

    yield from grow(tuple(range(len(sizes))), distance, wanted)


def count_orders(sizes: Sequence[int], distance: int) -> int:
    """Return how many orders `orders` yields, without making them.

    Examples
    --------
    >>> count_orders([1] * 13, 5)
    3914
    """
    if len(set(sizes)) <= 1:
        each = sizes[0] ** 2 if sizes else 1
        return 0 if distance % each else _permutations(len(sizes), distance // each)
    return _count(tuple(sizes), tuple(range(len(sizes))), distance)


@cache
def _permutations(length: int, inversions: int) -> int:
    """Return how many permutations have that many inversions."""
    if length == 0:
        return int(inversions == 0)
    # the last of them comes before none to all of the others
    least = max(0, inversions - length + 1)
    return sum(_permutations(length - 1, left) for left in range(least, inversions + 1))


@lru_cache(maxsize=2**18)
def _count(sizes: tuple[int, ...], left: tuple[int, ...], distance: int) -> int:
    if distance == 0:
        return 1
    firsts = _firsts(sizes, left, distance)
    return sum(_count(sizes, rest, distance - step) for _, step, rest in firsts)


def _firsts(
    sizes: Sequence[int], left: tuple[int, ...], distance: int
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield what can stand first of the parts left: the part, its distance, and what is left."""
    passed = 0
    for k, item in enumerate(left):
        step = sizes[item] * passed
        if step > distance:
            return
        rest = left[:k] + left[k + 1 :]
        weights = [sizes[one] for one in rest]
        # turning the rest round altogether is the farthest that is left to go
        if distance - step <= (sum(weights) ** 2 - sum(w * w for w in weights)) // 2:
            yield item, step, rest
        passed += sizes[item]


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of so many numbers from 0."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)
