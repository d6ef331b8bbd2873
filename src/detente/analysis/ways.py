"""Which orders of what decision makers care about leave a safe way into the zone of agreement.

On a safe way nobody ever stands below the status quo. So every decision maker must like each state
of it at least as well, and how far the nearest order is in which it likes a single state so tells
what no way can undercut: orders nearer than that are hopeless without being looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from detente.analysis.altered import Altered
from detente.analysis.changes import Reorder
from detente.analysis.orders import NEVER, Wanted, orders, splits
from detente.graph.graph import Array, Mask

__all__ = ["Alike", "Block", "Ways"]

#: what looking at orders taken together, at one order, and for a safe way cost beside one another
_TOGETHER, _ORDER, _WAY = 1, 20, 80


@dataclass(frozen=True)
class Alike:
    """Orders of one decision maker that give the same ranks; None for its own order."""

    dm: int
    orders: tuple[Reorder | None, ...]


#: for each decision maker some orders; any of one goes with any of another
Block: TypeAlias = "tuple[list[Alike], ...]"
Spend: TypeAlias = Callable[[int, Altered], None]


@dataclass(eq=False)
class _Same:
    """Orders of one decision maker at one distance that say the same of the status quo.

    Attributes
    ----------
    above, as_well : int
        The states that they put above it, and those not below it: whole numbers with a bit for
        each state.
    alike : list of Alike or None
        The orders by their ranks, once asked for.
    """

    dm: int
    distance: int
    above: int
    as_well: int
    orders: list[tuple[int, ...]] = field(default_factory=list)
    alike: list[Alike] | None = None


class Ways:
    """Which orders leave a safe way into the zone of agreement.

    Whether there is one depends only on what each decision maker's order says of the status quo.

    Parameters
    ----------
    model : Altered
    sizes : sequence of sequence of int
        For each decision maker what the parts weigh that it orders.
    spend : callable
        Called with the cost of a step and the model, before the step is made.
    """

    def __init__(self, model: Altered, sizes: Sequence[Sequence[int]], spend: Spend) -> None:
        self.model = model
        self.sizes = sizes
        self.spend = spend
        self.bits: list[dict[bytes, tuple[int, int]]] = [{} for _ in sizes]
        self.said: dict[tuple[int, int, bytes], list[_Same]] = {}
        self.known: dict[tuple[int, int], bool] = {}
        self.left: dict[int, list[Block]] = {}
        graph, q = model.graph, model.q
        self.first = np.zeros(graph.size, dtype=np.bool_)
        for dm in graph.dms[: len(sizes)]:
            self.first[graph.arcs(dm, np.array([q]), "moves")[1]] = True
        self.first_bits = _bits(self.first)
        self.among = np.ones(graph.size, np.bool_) if model.among is None else model.among
        self.among_bits = _bits(self.among)
        #: how far the nearest order is in which each state is liked no less than the status quo
        self.far = np.stack([self._far(dm) for dm in range(len(sizes))])
        unlike = [model.class_of(dm) != model.class_of(dm)[q] for dm in range(len(sizes))]
        self.ends: Mask = self.among & np.logical_or.reduce(unlike)
        self.near: dict[tuple[int, ...], bool] = {}

    def _far(self, dm: int) -> Array:
        own = self.model.class_of(dm)
        if not self.sizes[dm]:
            return np.where(own >= own[self.model.q], 0, NEVER)
        wanted = self.model.wanted(dm, np.arange(own.max() + 1))
        return wanted.distances(self.sizes[dm], range(len(self.sizes[dm])))[own]

    def at(self, distance: int) -> list[Block]:
        """Return the orders at a distance, over all decision makers, that are not hopeless.

        Most that have the ranks of an order nearer by are left out: they open nothing that it
        does not, and it costs less.
        """
        if distance not in self.left:
            self.left[distance] = [
                tuple(self.by_ranks(same) for same in chosen)
                for split in splits(distance, len(self.sizes))
                if self.is_near(split)
                for chosen in self.safe(split)
            ]
        return self.left[distance]

    def is_near(self, split: tuple[int, ...]) -> bool:
        """Tell whether orders at those distances could leave a safe way, for all one can tell.

        Each decision maker may like every state no less that one of its orders so near does.
        """
        if split not in self.near:
            self.spend(_WAY, self.model)
            liked: Mask = np.asarray((self.far <= np.array(split)[:, None]).all(axis=0))
            ends = liked & self.ends
            self.near[split] = bool(
                (liked & self.first).any() and ends.any() and self.model.reaches(ends, liked)
            )
        return self.near[split]

    def needed(self, split: tuple[int, ...], dm: int) -> Wanted | None:
        """Return the classes of which a decision maker must come to like one no less.

        They are those that it would not come to like so if its order were any nearer than it can
        be for a safe way to be left; None where its own order will do.
        """
        least = split[dm]
        while least and self.is_near((*split[:dm], least - 1, *split[dm + 1 :])):
            least -= 1
        if not least:
            return None
        limits = np.array(split)[:, None]
        states = (self.far <= limits).all(axis=0) & (self.far[dm] >= least)
        return self.model.wanted(dm, np.unique(self.model.class_of(dm)[states]))

    def safe(self, split: tuple[int, ...]) -> Iterator[tuple[_Same, ...]]:
        """Yield orders at those distances by what they say, where it leaves a safe way."""
        said = [self.said_at(dm, part, self.needed(split, dm)) for dm, part in enumerate(split)]

        def grow(
            chosen: tuple[_Same, ...], as_well: int, above: int
        ) -> Iterator[tuple[_Same, ...]]:
            if len(chosen) == len(said):
                self.spend(_TOGETHER, self.model)
                if self.has_safe_way(as_well, above):
                    yield chosen
                return
            for same in said[len(chosen)]:
                both = as_well & same.as_well
                # without a first step there is no way
                if both & self.first_bits:
                    yield from grow((*chosen, same), both, above | same.above)

        yield from grow((), -1, 0)

    def has_safe_way(self, as_well: int, above: int) -> bool:
        """Tell whether a way on which nobody falls leads into the zone of agreement.

        Parameters
        ----------
        as_well, above : int
            The states that everybody likes at least as well as the status quo, and those that
            somebody likes better.
        """
        zone = as_well & above & self.among_bits
        if not zone:
            return False
        if (as_well, zone) not in self.known:
            self.spend(_WAY, self.model)
            size = self.model.graph.size
            found = self.model.reaches(_mask(zone, size), _mask(as_well, size))
            self.known[as_well, zone] = found
        return self.known[as_well, zone]

    def said_at(self, dm: int, distance: int, wanted: Wanted | None) -> list[_Same]:
        """Return the orders of a decision maker at a distance by what they say."""
        place = (dm, distance, b"" if wanted is None else wanted.key)
        if place not in self.said:
            own = self.model.class_of(dm)
            here = own[self.model.q]
            found: dict[bytes, _Same] = {}
            for order in orders(self.sizes[dm], distance, wanted):
                self.spend(_ORDER, self.model)
                scores = self.model.scores(order, dm)
                above = scores > scores[here]
                key = above.tobytes()
                if key not in self.bits[dm]:
                    states = above[own]
                    self.bits[dm][key] = _bits(states), _bits(states | (own == here))
                if key not in found:
                    found[key] = _Same(dm, distance, *self.bits[dm][key])
                found[key].orders.append(order)
            self.said[place] = list(found.values())
        return self.said[place]

    def by_ranks(self, same: _Same) -> list[Alike]:
        """Return orders with those that give the same ranks together."""
        if same.alike is None:
            ranked: dict[bytes, list[Reorder | None]] = {}
            for order in same.orders:
                ranking = self.ranking(order, same.dm)
                if not self.is_idle(order, same.dm, ranking):
                    reorder = Reorder(same.dm, order, same.distance) if same.distance else None
                    ranked.setdefault(ranking, []).append(reorder)
            same.alike = [Alike(same.dm, tuple(found)) for found in ranked.values()]
        return same.alike

    def ranking(self, order: tuple[int, ...], dm: int) -> bytes:
        """Return how an order ranks the classes, in a form that can be compared."""
        return np.argsort(self.model.scores(order, dm)).tobytes()

    def is_idle(self, order: tuple[int, ...], dm: int, ranking: bytes) -> bool:
        """Tell whether putting two neighbours back into their order changes no rank."""
        for k in range(len(order) - 1):
            if order[k] > order[k + 1] and not self.model.listed(dm):
                back = (*order[:k], order[k + 1], order[k], *order[k + 2 :])
                if self.ranking(back, dm) == ranking:
                    return True
        return False


def _bits(mask: Mask) -> int:
    """Return a set of states as a whole number with a bit for each state."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _mask(bits: int, size: int) -> Mask:
    raw = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").astype(np.bool_)
