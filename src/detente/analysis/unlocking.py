"""What would have to change? The smallest changes of a model that open a blocked status quo.

A *set of changes* holds at most one new order of priorities (or tiers) for each decision maker,
which costs its Kendall distance, and any structural changes, which cost 1 each. All sets of cost
1 are tried, then all of cost 2, and so on until some make the verdict ``open``.

Most sets need not be worked out. Two things make a set hopeless whatever else is true:

- Somebody falls below the status quo on every way into the zone of agreement. This depends only
  on which states each decision maker likes at least as well as, and better than, the status quo,
  so all orders alike in that are settled together.
- One-way options and guarantees add no way into the zone. A one-way option only takes moves away;
  and where a third party holds something in place, taking its options out of a sequence of moves
  leaves one of the conflict without it, through states of the same ranks. So what is hopeless
  without them is hopeless with them.

What is left is judged by the definition of the verdict itself, and every set that is returned has
gone through the whole analysis as a model of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations, product
from math import comb, prod
from typing import TypeAlias

import numpy as np

from detente.analysis.case import Case, Verdict
from detente.analysis.changes import (
    Guarantee,
    Lift,
    ModelChange,
    OneWay,
    Reorder,
    apply_all,
    structural_changes,
)
from detente.analysis.diagnosis import VERDICT_CONCEPTS, diagnose_case
from detente.analysis.orders import count_orders, orders, part_sizes
from detente.errors import DetenteError, Problem, Problems
from detente.graph import Graph, Grid, status_quo_of, to_graph
from detente.graph.graph import Array, Mask
from detente.graph.paths import steps_from
from detente.graph.ranks import ranks_of
from detente.model.conflict import Conflict, Ranking
from detente.model.expressions import Expression
from detente.stability import CONCEPTS, StabilityTable, stability_table

__all__ = ["Searched", "Target", "Unlocked", "Unlocking", "unlock"]

Target: TypeAlias = "Expression | Collection[int] | None"

_FIRST = VERDICT_CONCEPTS[0]
#: how many states are looked at in all, a conflict counting for a thousand more than it has
_STATES_LOOKED_AT = 6_000_000
#: what finding an order's ranks, looking for a safe way, and the whole analysis cost beside
#: judging a set, which costs 16
_RANKS, _WAY, _JUDGING, _WHOLE = 1, 4, 16, 160


@dataclass(frozen=True)
class Searched:
    """How far the sets of one cost were tried.

    Attributes
    ----------
    tried : int
        How many sets were settled, worked out one by one or ruled out together; at least so many.
    all : int
        How many there are.
    """

    cost: int
    tried: int
    all: int


@dataclass(frozen=True)
class Unlocked:
    """A set of changes that opens the status quo.

    Attributes
    ----------
    changes : tuple of ModelChange
        Empty when the status quo is open as it is.
    verdict : str
        Of the changed model, by the whole analysis.
    state : int
        The deal: a state of the changed model.
    conflict : Conflict
        The changed model.
    """

    changes: tuple[ModelChange, ...]
    cost: int
    verdict: Verdict
    state: int
    conflict: Conflict = field(repr=False, compare=False)


@dataclass(frozen=True)
class Unlocking:
    """The smallest sets of changes, and how far the search went.

    Attributes
    ----------
    target : Expression, collection of int, or None
        Which deals count; None for any.
    solutions : tuple of Unlocked
        All of one cost; those that ask something of one decision maker only come first.
    searched : tuple of Searched
        By cost, from 0: the model as it is.
    """

    target: Target
    solutions: tuple[Unlocked, ...]
    searched: tuple[Searched, ...]

    @property
    def exact(self) -> bool:
        """Tell whether every set that costs less was tried; without solutions, every set begun."""
        below = [s for s in self.searched if not self.solutions or s.cost < self.solutions[0].cost]
        return all(level.tried == level.all for level in below)

    @property
    def complete(self) -> bool:
        """Tell whether every set that costs no more was tried, so that no solution is missing."""
        return all(level.tried == level.all for level in self.searched)


def unlock(
    conflict: Conflict,
    status_quo: int | None = None,
    *,
    target: Target = None,
    budget: int | None = None,
) -> Unlocking:
    """Find every smallest set of changes that makes the verdict ``open`` under SEQ.

    Parameters
    ----------
    conflict : Conflict
    status_quo : int, optional
        Index of the state to start from; default the model's own.
    target : Expression or collection of int, optional
        Which states count as deals: where an expression holds, or in a conflict given as a graph
        some states by index. Default: all.
    budget : int, optional
        How many sets are judged one by one at most; a set that makes the conflict larger counts
        for more. Default: fewer the more states there are, so that the search takes seconds.

    Returns
    -------
    Unlocking
        Without solutions when the budget is spent, or when no change opens the status quo.

    Raises
    ------
    DetenteError
        ``no-status-quo``, or what `to_graph` raises.

    Examples
    --------
    In the prisoner's dilemma a third party that can hold A to its cooperation is enough: A would
    have to go first, which it fears, unless it likes that no less than the status quo.

    >>> from detente.catalog import load_entry
    >>> found = unlock(load_entry("prisoners-dilemma").conflict)
    >>> [(one.cost, one.changes) for one in found.solutions]
    []
    """
    graph = to_graph(conflict)
    conflict = _standing_at(conflict, graph, status_quo)
    if budget is None:
        budget = max(1, _STATES_LOOKED_AT // (1000 + graph.size))
    return _Search(_Model(conflict, target), target, budget * _JUDGING).run()


def _standing_at(conflict: Conflict, graph: Graph, state: int | None) -> Conflict:
    """Return the conflict with a state as its status quo."""
    own = status_quo_of(conflict, graph)
    if state is None and own is None:
        raise DetenteError(Problem("no-status-quo", "the model names no status quo"))
    if state is None or state == own:
        return conflict
    if not isinstance(graph, Grid):
        return replace(conflict, status_quo=state, status_quo_evidence=(), given=())
    chosen = tuple(tuple(row[0].tolist()) for row in graph.space.choices(np.array([state])))
    return replace(conflict, status_quo=chosen, status_quo_evidence=(), given=())


class _Model:
    """A conflict with what all orders of its priorities share."""

    def __init__(self, conflict: Conflict, target: Target) -> None:
        self.conflict = conflict
        self.graph = to_graph(conflict)
        q = status_quo_of(conflict, self.graph)
        assert q is not None
        self.q = q
        self.among: Mask | None = None
        if isinstance(target, Collection):
            self.among = np.zeros(self.graph.size, dtype=np.bool_)
            self.among[list(target)] = True
        elif target is not None:
            assert isinstance(self.graph, Grid)
            truth = self.graph.space.truth(target)
            self.among = np.array(self.graph.space.over_states(truth), dtype=np.bool_)
        self._ranks: dict[Reorder, Array] = {}

    @cached_property
    def backwards(self) -> Graph:
        """Return the graph in which every move runs backwards."""
        return self.graph.reversed()

    def ranks(self, reorder: Reorder | None, dm: int) -> Array:
        """Return the ranks of a decision maker under another order, or None for its own."""
        if reorder is None:
            return self.graph.ranks[dm]
        if reorder not in self._ranks:
            preference = self.conflict.decision_makers[dm].preference
            if isinstance(preference, Ranking):
                # the tiers stand best first and ranks count from the worst
                place = np.argsort(np.array(reorder.order))
                new = len(place) - place[len(place) - self.graph.ranks[dm].astype(np.int64)]
                self._ranks[reorder] = new.astype(self.graph.ranks[dm].dtype)
            else:
                assert isinstance(self.graph, Grid)
                other = reorder.apply(self.conflict).decision_makers[dm].preference
                self._ranks[reorder] = ranks_of(self.graph.space, other, Problems())
        return self._ranks[reorder]

    def case(self, graph: Graph, table: StabilityTable) -> Case:
        """Return the case of a graph of this model's states."""
        case = Case(graph, table, self.q)
        return case if self.among is None else case.among(self.among)

    def has_safe_way(self, masks: Sequence[tuple[Mask, Mask]]) -> bool:
        """Tell whether a way on which nobody falls leads into the zone of agreement.

        Parameters
        ----------
        masks : sequence of two bool arrays, each of shape (states,), one for each decision maker
            What it likes at least as well as the status quo, and what better.
        """
        spared = np.logical_and.reduce([as_well for as_well, _ in masks])
        zone = spared & np.logical_or.reduce([better for _, better in masks])
        if self.among is not None:
            zone &= self.among
        if not zone.any():
            return False
        graph = self.graph
        steps = steps_from(
            graph, graph.dms, self.q, "moves", within=spared, backwards=self.backwards
        )
        return bool((zone & steps.possible).any())

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


@dataclass(frozen=True)
class _Alike:
    """New orders of one decision maker's priorities that give the same ranks."""

    dm: int
    orders: tuple[Reorder | None, ...]


_Alikes: TypeAlias = "tuple[_Alike, ...]"


class _Spent(Exception):  # noqa: N818 - the end of the budget is no error
    """The budget is spent."""


class _Ways:
    """Which orders leave a safe way into the zone, for a model with some expressions lifted."""

    def __init__(self, search: _Search, model: _Model) -> None:
        self.search = search
        self.model = model
        dms = model.graph.dms
        self.seen: list[set[bytes]] = [set() for _ in dms]
        self.kinds: list[dict[tuple[bytes, bytes], int]] = [{} for _ in dms]
        self.masks: list[list[tuple[Mask, Mask]]] = [[] for _ in dms]
        self.by_kind: dict[tuple[int, int], dict[int, list[_Alike]]] = {}
        self.known: dict[tuple[int, ...], bool] = {}
        self.left: dict[int, list[_Alikes]] = {}

    def at(self, distance: int) -> list[_Alikes]:
        """Return the orders at a distance, over all decision makers, that are not hopeless.

        Those with the ranks of an order nearer by are left out: they open nothing that it does
        not, and it costs less.
        """
        if distance not in self.left:
            found: list[_Alikes] = []
            for split in _splits(distance, len(self.model.graph.dms)):
                kinds = [self.kinds_at(dm, part) for dm, part in enumerate(split)]
                for kind in product(*kinds):
                    if self.safe(kind):
                        found += product(*(own[k] for own, k in zip(kinds, kind, strict=True)))
            self.left[distance] = found
        return self.left[distance]

    def safe(self, kind: tuple[int, ...]) -> bool:
        if kind not in self.known:
            self.search.spend(_WAY, self.model)
            masks = [own[k] for own, k in zip(self.masks, kind, strict=True)]
            self.known[kind] = self.model.has_safe_way(masks)
        return self.known[kind]

    def kinds_at(self, dm: int, distance: int) -> dict[int, list[_Alike]]:
        """Return the orders of a decision maker at a distance, by what they say of the start."""
        for nearer in range(distance + 1):
            if (dm, nearer) not in self.by_kind:
                self.by_kind[dm, nearer] = self._kinds_at(dm, nearer)
        return self.by_kind[dm, distance]

    def _kinds_at(self, dm: int, distance: int) -> dict[int, list[_Alike]]:
        alike: dict[bytes, list[Reorder | None]] = {}
        ranks: dict[bytes, Array] = {}
        for order in orders(self.search.sizes[dm], distance):
            reorder = Reorder(dm, order, distance) if distance else None
            self.search.spend(_RANKS, self.model)
            rank = self.model.ranks(reorder, dm)
            key = rank.tobytes()
            if key not in self.seen[dm]:
                alike.setdefault(key, []).append(reorder)
                ranks[key] = rank
        self.seen[dm] |= set(alike)
        found: dict[int, list[_Alike]] = {}
        for key, rank in ranks.items():
            here = rank[self.model.q]
            masks = (rank >= here, rank > here)
            kinds = self.kinds[dm]
            kind = kinds.setdefault((masks[0].tobytes(), masks[1].tobytes()), len(kinds))
            if kind == len(self.masks[dm]):
                self.masks[dm].append(masks)
            found.setdefault(kind, []).append(_Alike(dm, tuple(alike[key])))
        return found


class _Search:
    """The search through all sets of changes, the cheapest first."""

    def __init__(self, model: _Model, target: Target, budget: int) -> None:
        self.start = model
        self.target = target
        conflict, graph = model.conflict, model.graph
        self.sizes = [part_sizes(conflict, graph, dm) for dm in graph.dms]
        structural = structural_changes(conflict)
        self.lifts = [change for change in structural if isinstance(change, Lift)]
        self.others = [change for change in structural if not isinstance(change, Lift)]
        self.unit = 1000 + graph.size
        self.left = budget * self.unit
        self.tried = 0
        self.solutions: list[tuple[ModelChange, ...]] = []
        self.models: dict[tuple[ModelChange, ...], _Model] = {(): model}
        self.ways: dict[tuple[ModelChange, ...], _Ways] = {}

    def spend(self, cost: int, model: _Model) -> None:
        """Take what something costs from the budget, or raise `_Spent`."""
        self.left -= cost * (1000 + model.graph.size)
        if self.left < 0:
            raise _Spent

    def run(self) -> Unlocking:
        searched: list[Searched] = []
        costliest = len(self.lifts) + len(self.others) + sum(map(_farthest, self.sizes))
        spent = False
        for cost in range(costliest + 1):
            self.tried = 0
            try:
                self.level(cost)
            except _Spent:
                spent = True
            everything = self.count(cost)
            if everything:
                searched.append(Searched(cost, self.tried, everything))
            if self.solutions or spent:
                break
        found = [self.verified(changes) for changes in sorted(self.solutions, key=_place)]
        return Unlocking(self.target, tuple(found), tuple(searched))

    def level(self, cost: int) -> None:
        """Try all sets of one cost, orders alone first."""
        for structural in range(cost + 1):
            for count in range(min(structural, len(self.lifts)) + 1):
                for lifted in combinations(self.lifts, count):
                    self.lifted(lifted, structural - count, cost - structural)

    def lifted(self, lifted: tuple[ModelChange, ...], others: int, distance: int) -> None:
        """Try all sets with those expressions lifted and so many other structural changes."""
        sets = self.count_others(others)
        if not sets or not self.count_ordered(distance):
            return
        if lifted not in self.ways:
            self.ways[lifted] = _Ways(self, self.model(lifted))
        left = self.ways[lifted].at(distance)
        self.tried += (self.count_ordered(distance) - sum(map(_many, left))) * sets
        if not left:
            return
        for added in combinations(self.others, others):
            if _compatible(added):
                try:
                    model = self.model((*added, *lifted))
                except DetenteError:
                    # with what is added the conflict is too large to be analysed: not tried
                    continue
                for alikes in left:
                    self.judge(model, alikes, (*added, *lifted))

    def judge(self, model: _Model, alikes: _Alikes, structural: tuple[ModelChange, ...]) -> None:
        self.spend(_JUDGING, model)
        ranks = [model.ranks(alike.orders[0], alike.dm) for alike in alikes]
        # a third party is indifferent
        ranks += model.graph.ranks[len(alikes) :]
        if model.is_open(ranks):
            for reorders in product(*(alike.orders for alike in alikes)):
                self.spend(_WHOLE, model)
                self.solutions.append((*(one for one in reorders if one), *structural))
        self.tried += _many(alikes)

    def model(self, changes: tuple[ModelChange, ...]) -> _Model:
        """Return the conflict after some structural changes; single ones are kept."""
        if changes in self.models:
            return self.models[changes]
        model = _Model(apply_all(self.start.conflict, changes), self.target)
        if len(changes) == 1:
            self.models[changes] = model
        return model

    def verified(self, changes: tuple[ModelChange, ...]) -> Unlocked:
        """Run the whole analysis on the changed model."""
        model = _Model(apply_all(self.start.conflict, changes), self.target)
        table = stability_table(model.graph, VERDICT_CONCEPTS)
        diagnosis = diagnose_case(model.case(model.graph, table))
        assert diagnosis.verdict == "open"
        cost = sum(change.cost for change in changes)
        end = diagnosis.witness.path[-1].target
        return Unlocked(changes, cost, diagnosis.verdict, end, model.conflict)

    # -- how many there are ----------------------------------------------------------------------

    def count(self, cost: int) -> int:
        """Return how many sets have a cost."""
        return sum(
            comb(len(self.lifts), lifts) * self.count_others(others) * self.count_ordered(distance)
            for distance in range(cost + 1)
            for others in range(cost - distance + 1)
            if (lifts := cost - distance - others) <= len(self.lifts)
        )

    @cache  # noqa: B019 - a search lives as long as its call
    def count_others(self, number: int) -> int:
        """Return how many sets of so many one-way options and guarantees there are."""
        guarantees = sum(isinstance(change, Guarantee) for change in self.others)
        # an option can become one-way in two ways, but not in both
        one_way = (len(self.others) - guarantees) // 2
        return sum(
            comb(one_way, k) * 2**k * comb(guarantees, number - k) for k in range(number + 1)
        )

    @cache  # noqa: B019 - the same
    def count_ordered(self, distance: int) -> int:
        """Return how many orders of all decision makers together have a distance."""
        return sum(
            prod(count_orders(sizes, part) for sizes, part in zip(self.sizes, split, strict=True))
            for split in _splits(distance, len(self.sizes))
        )


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of so many numbers from 0."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _farthest(sizes: Sequence[int]) -> int:
    return (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2


def _many(alikes: _Alikes) -> int:
    return prod(len(alike.orders) for alike in alikes)


def _compatible(changes: Sequence[ModelChange]) -> bool:
    """Tell whether no option is to become one-way in both ways."""
    options = [(one.dm, one.option) for one in changes if isinstance(one, OneWay)]
    return len(set(options)) == len(options)


def _place(changes: tuple[ModelChange, ...]) -> tuple[object, ...]:
    """Return where a set stands among those of its cost: what asks of the fewest comes first."""

    def key(change: ModelChange) -> tuple[object, ...]:
        match change:
            case Reorder():
                return (0, change.dm, change.order)
            case OneWay():
                return (1, change.dm, (change.option, change.change))
            case Guarantee():
                return (2, change.atom.dm, (*change.atom[1:], change.holds))
            case Lift():
                return (3, change.index, ())

    whose = {change.dm for change in changes}
    return (len(whose), len(changes), *map(key, changes))
