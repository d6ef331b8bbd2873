"""Other orders of what a decision maker orders: its priorities, or the tiers of its ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from detente.graph.graph import Array, Graph
from detente.model.conflict import Conflict, Priorities, Ranking

__all__ = ["count_orders", "orders", "part_sizes"]


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


def orders(sizes: Sequence[int], distance: int) -> Iterator[tuple[int, ...]]:
    """Yield every order of some parts at a Kendall distance from the present one.

    Parameters
    ----------
    sizes : sequence of int
        Exchanging two parts counts the product of their sizes.
    distance : int
        At least 0.

    Yields
    ------
    tuple of int
        The indices of the parts in the new order.

    Examples
    --------
    >>> list(orders([1, 1, 1], 2))
    [(1, 2, 0), (2, 0, 1)]
    """

    def grow(left: tuple[int, ...], distance: int) -> Iterator[tuple[int, ...]]:
        if distance == 0:
            yield left
            return
        for item, step, rest in _firsts(sizes, left, distance):
            for tail in grow(rest, distance - step):
                yield (item, *tail)

    yield from grow(tuple(range(len(sizes))), distance)


def count_orders(sizes: Sequence[int], distance: int) -> int:
    """Return how many orders `orders` yields, without making them.

    Examples
    --------
    >>> count_orders([1] * 13, 5)
    3914
    """

    @cache
    def count(left: tuple[int, ...], distance: int) -> int:
        if distance == 0:
            return 1
        firsts = _firsts(sizes, left, distance)
        return sum(count(rest, distance - step) for _, step, rest in firsts)

    return count(tuple(range(len(sizes))), distance)


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
