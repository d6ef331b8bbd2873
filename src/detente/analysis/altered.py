"""A conflict under many orders of what its decision makers care about, and which are hopeless.

What structural changes have been made is settled here; what varies is how each decision maker
orders its priorities, or the tiers of its ranking. States alike in every priority stay alike in
any order: they form a *class*, and an order puts the classes of a decision maker into a strict
ranking. Much of the work is on classes, which are far fewer than the states.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

import numpy as np

from detente.analysis.case import Case
from detente.analysis.changes import Reorder
from detente.analysis.diagnosis import VERDICT_CONCEPTS
from detente.analysis.orders import orders
from detente.graph import Graph, Grid, status_quo_of, to_graph
from detente.graph.graph import Array, Indices, Mask
from detente.graph.paths import steps_from
from detente.model.conflict import Conflict, Priorities
from detente.model.expressions import Expression
from detente.stability import CONCEPTS, StabilityTable

__all__ = ["Alike", "Altered", "Block", "Target", "Ways", "splits"]

#: which states count as deals: an expression, states by index in a conflict given as a graph
Target: TypeAlias = "Expression | Collection[int] | None"

_FIRST = VERDICT_CONCEPTS[0]
#: so many priorities fit into a whole number of the machine's as bits
_FEW = 62
#: what looking at orders taken together, at one order, and for a safe way cost beside one another
_TOGETHER, _ORDER, _WAY = 1, 20, 80


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
            truth = self.graph.space.truth(cast(Expression, target))
            return np.array(self.graph.space.over_states(truth), dtype=np.bool_)
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
        if parts.ndim == 1:
            scores = np.empty_like(parts)
            scores[parts[list(order)]] = np.arange(len(order), 0, -1)
            return scores
        scores = np.zeros(parts.shape[1], dtype=parts.dtype)
        for k in order:
            scores <<= 1
            scores |= parts[k]
        return scores

    def parts(self, dm: int) -> Array:
        """Return what a decision maker orders, in terms of classes.

        Returns
        -------
        int array
            Where each priority holds, shape (priorities, classes); or for each tier of a ranking
            the one class it is, shape (tiers,).
        """
        if dm not in self._parts:
            preference = self.conflict.decision_makers[dm].preference
            rank = self.graph.ranks[dm]
            classes = int(rank.max())
            if isinstance(preference, Priorities):
                assert isinstance(self.graph, Grid)
                space = self.graph.space
                _, first = np.unique(rank, return_index=True)
                held = [
                    space.over_states(space.truth(statement.expression))[first]
                    for statement in preference.statements
                ]
                kind = np.int64 if len(held) <= _FEW else object
                self._parts[dm] = np.array(held, dtype=kind).reshape(len(held), classes)
            else:
                # the tiers of a ranking stand best first
                self._parts[dm] = np.arange(classes - 1, -1, -1)
        return self._parts[dm]

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


# -- orders that are not hopeless ----------------------------------------------------------------


@dataclass(frozen=True)
class Alike:
    """Orders of one decision maker that give the same ranks; None for its own order."""

    dm: int
    orders: tuple[Reorder | None, ...]


#: for each decision maker some orders; any of one goes with any of another
Block: TypeAlias = "tuple[list[Alike], ...]"
Spend: TypeAlias = Callable[[int, Altered], None]


@dataclass(frozen=True)
class _Kind:
    """What an order says of the status quo: the states it puts above it, those not below it.

    Sets of states are whole numbers with a bit for each state.
    """

    number: int
    above: int
    as_well: int


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
        self.kinds: list[dict[bytes, _Kind]] = [{} for _ in sizes]
        self.by_kind: dict[tuple[int, int], dict[_Kind, list[tuple[int, ...]]]] = {}
        self.alike: dict[tuple[int, int, int], list[Alike]] = {}
        self.seen: list[set[bytes]] = [set() for _ in sizes]
        self.known: dict[tuple[int, int], bool] = {}
        self.left: dict[int, list[Block]] = {}
        here = np.array([model.q])
        first = np.zeros(model.graph.size, dtype=np.bool_)
        for dm in model.graph.dms:
            first[model.graph.arcs(dm, here, "moves")[1]] = True
        self.first = _bits(first)
        self.among = -1 if model.among is None else _bits(model.among)

    def at(self, distance: int) -> list[Block]:
        """Return the orders at a distance, over all decision makers, that are not hopeless.

        Those with the ranks of an order nearer by are left out: they open nothing that it does
        not, and it costs less.
        """
        if distance not in self.left:
            self.left[distance] = [
                tuple(
                    self.alike_at(dm, part, kind)
                    for dm, (part, kind) in enumerate(zip(split, kinds, strict=True))
                )
                for split in splits(distance, len(self.sizes))
                for kinds in self.safe(split)
            ]
        return self.left[distance]

    def safe(self, split: tuple[int, ...]) -> Iterator[tuple[_Kind, ...]]:
        """Yield what orders at those distances say together, where it leaves a safe way."""
        kinds = [list(self.kinds_at(dm, part)) for dm, part in enumerate(split)]

        def grow(
            chosen: tuple[_Kind, ...], as_well: int, above: int
        ) -> Iterator[tuple[_Kind, ...]]:
            if len(chosen) == len(kinds):
                self.spend(_TOGETHER, self.model)
                if self.has_safe_way(as_well, above):
                    yield chosen
                return
            for kind in kinds[len(chosen)]:
                both = as_well & kind.as_well
                # without a first step there is no way
                if both & self.first:
                    yield from grow((*chosen, kind), both, above | kind.above)

        yield from grow((), -1, 0)

    def has_safe_way(self, as_well: int, above: int) -> bool:
        """Tell whether a way on which nobody falls leads into the zone of agreement.

        Parameters
        ----------
        as_well, above : int
            The states that everybody likes at least as well as the status quo, and those that
            somebody likes better.
        """
        zone = as_well & above & self.among
        if not zone:
            return False
        if (as_well, zone) not in self.known:
            self.spend(_WAY, self.model)
            size = self.model.graph.size
            found = self.model.reaches(_mask(zone, size), _mask(as_well, size))
            self.known[as_well, zone] = found
        return self.known[as_well, zone]

    def kinds_at(self, dm: int, distance: int) -> dict[_Kind, list[tuple[int, ...]]]:
        """Return the orders of a decision maker at a distance by what they say."""
        if (dm, distance) not in self.by_kind:
            own = self.model.class_of(dm)
            here = own[self.model.q]
            found: dict[_Kind, list[tuple[int, ...]]] = {}
            for order in orders(self.sizes[dm], distance):
                self.spend(_ORDER, self.model)
                scores = self.model.scores(order, dm)
                above = scores > scores[here]
                key = above.tobytes()
                kind = self.kinds[dm].get(key)
                if kind is None:
                    states = above[own]
                    bits = _bits(states), _bits(states | (own == here))
                    kind = self.kinds[dm][key] = _Kind(len(self.kinds[dm]), *bits)
                found.setdefault(kind, []).append(order)
            self.by_kind[dm, distance] = found
        return self.by_kind[dm, distance]

    def alike_at(self, dm: int, distance: int, kind: _Kind) -> list[Alike]:
        """Return the orders at a distance that say something, those with the same ranks together."""
        for nearer in range(distance + 1):
            if (dm, nearer, kind.number) in self.alike:
                continue
            ranked: dict[bytes, list[Reorder | None]] = {}
            for order in self.kinds_at(dm, nearer).get(kind, ()):
                key = np.argsort(self.model.scores(order, dm)).tobytes()
                if key not in self.seen[dm]:
                    reorder = Reorder(dm, order, nearer) if nearer else None
                    ranked.setdefault(key, []).append(reorder)
            self.seen[dm] |= set(ranked)
            self.alike[dm, nearer, kind.number] = [
                Alike(dm, tuple(same)) for same in ranked.values()
            ]
        return self.alike[dm, distance, kind.number]


def _bits(mask: Mask) -> int:
    """Return a set of states as a whole number with a bit for each state."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _mask(bits: int, size: int) -> Mask:
    raw = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").astype(np.bool_)


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of so many numbers from 0."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)
