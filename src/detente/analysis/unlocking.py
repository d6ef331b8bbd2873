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

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, product
from math import comb, prod

from detente.analysis.altered import Altered, Target
from detente.analysis.case import Verdict
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
from detente.analysis.escrow import Escrow
from detente.analysis.orders import count_orders, part_sizes, splits
from detente.analysis.ways import Alike, Block, Ways
from detente.errors import DetenteError, Problem
from detente.graph import Graph, Grid, status_quo_of, to_graph
from detente.model.conflict import Conflict
from detente.stability import stability_table

__all__ = ["Searched", "Target", "Unlocked", "Unlocking", "unlock", "usual_budget"]

#: how many states are looked at in all, a conflict counting for two thousand more than it has
STATES_LOOKED_AT = 16_000_000
#: what judging a set, and the whole analysis, cost beside what `detente.analysis.ways` names
_JUDGING, _WHOLE = 2_000, 24_000
_MORE = 2_000


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
    changes : tuple of ModelChange, or one Escrow
        Empty when the status quo is open as it is.
    verdict : str
        Of the changed model, by the whole analysis.
    state : int
        The deal: a state of the changed model.
    conflict : Conflict
        The changed model.
    """

    changes: tuple[ModelChange | Escrow, ...]
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
    escrows : tuple of Unlocked
        The escrows that open it; see `detente.analysis.escrow`.
    exhausted : bool
        Whether every set there is was tried, and none opens it.
    """

    target: Target
    solutions: tuple[Unlocked, ...]
    searched: tuple[Searched, ...]
    escrows: tuple[Unlocked, ...] = ()
    exhausted: bool = False

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
    In the prisoner's dilemma no single change does it, and it takes more than one side's:

    >>> from detente.catalog import load_entry
    >>> found = unlock(load_entry("prisoners-dilemma").conflict)
    >>> [(one.cost, len(one.changes)) for one in found.solutions], found.complete
    ([(6, 4), (6, 4)], True)
    """
    graph = to_graph(conflict)
    conflict = _standing_at(conflict, graph, status_quo)
    if budget is None:
        budget = usual_budget(graph.size)
    return _Search(Altered(conflict, target), target, budget * _JUDGING).run()


def usual_budget(states: int, effort: float = 1) -> int:
    """Return how many sets are judged one by one at most, with so much of the usual effort."""
    return max(1, int(STATES_LOOKED_AT * effort) // (_MORE + states))


def _standing_at(conflict: Conflict, graph: Graph, state: int | None) -> Conflict:
    """Return the conflict with a state as its status quo."""
    own = status_quo_of(conflict, graph)
    if state is None and own is None:
        raise DetenteError(Problem("no-status-quo", "the model names no status quo"))
    if state is None or state == own:
        return conflict
    if not isinstance(graph, Grid):
        return replace(conflict, status_quo=state, status_quo_evidence=(), given=())
    chosen = graph.space.choices_at(state)
    return replace(conflict, status_quo=chosen, status_quo_evidence=(), given=())


class _Spent(Exception):  # noqa: N818 - the end of the budget is no error
    """The budget is spent."""


class _Search:
    """The search through all sets of changes, the cheapest first."""

    def __init__(self, model: Altered, target: Target, budget: int) -> None:
        self.start = model
        self.target = target
        conflict, graph = model.conflict, model.graph
        self.sizes = [part_sizes(conflict, graph, dm) for dm in graph.dms]
        structural = structural_changes(conflict)
        self.lifts = [change for change in structural if isinstance(change, Lift)]
        self.others = [change for change in structural if not isinstance(change, Lift)]
        self.left = budget * (_MORE + graph.size)
        self.tried = 0
        self.solutions: list[tuple[ModelChange, ...]] = []
        self.models: dict[tuple[ModelChange, ...], Altered] = {(): model}
        self.ways: dict[tuple[ModelChange, ...], Ways] = {}

    def spend(self, cost: int, model: Altered) -> None:
        """Take what something costs from the budget, or raise `_Spent`."""
        self.left -= cost * (_MORE + model.graph.size)
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
        exhausted = not found and not spent and all(one.tried == one.all for one in searched)
        return Unlocking(self.target, tuple(found), tuple(searched), exhausted=exhausted)

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
            self.ways[lifted] = Ways(self.model(lifted), self.sizes, self.spend)
        blocks = self.ways[lifted].at(distance)
        self.tried += (self.count_ordered(distance) - sum(map(_many, blocks))) * sets
        if not blocks:
            return
        for added in combinations(self.others, others):
            if not _compatible(added):
                continue
            try:
                model = self.model((*added, *lifted))
            except DetenteError:
                # with what is added the conflict is too large to be analysed: not tried
                continue
            for block in blocks:
                for alikes in product(*block):
                    self.judge(model, alikes, (*added, *lifted))

    def judge(
        self, model: Altered, alikes: tuple[Alike, ...], structural: tuple[ModelChange, ...]
    ) -> None:
        """Judge some structural changes with one order for each decision maker."""
        self.spend(_JUDGING, model)
        ranks = [model.ranks(alike.orders[0], alike.dm) for alike in alikes]
        # a third party that is added is indifferent
        ranks += model.graph.ranks[len(alikes) :]
        if model.is_open(ranks):
            for reorders in product(*(alike.orders for alike in alikes)):
                self.spend(_WHOLE, model)
                self.solutions.append((*(one for one in reorders if one), *structural))
        self.tried += prod(len(alike.orders) for alike in alikes)

    def model(self, changes: tuple[ModelChange, ...]) -> Altered:
        """Return the conflict after some structural changes; single ones are kept."""
        if changes in self.models:
            return self.models[changes]
        model = Altered(apply_all(self.start.conflict, changes), self.target)
        if len(changes) == 1:
            self.models[changes] = model
        return model

    def verified(self, changes: tuple[ModelChange, ...]) -> Unlocked:
        """Run the whole analysis on the changed model."""
        model = Altered(apply_all(self.start.conflict, changes), self.target)
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
            for split in splits(distance, len(self.sizes))
        )


def _farthest(sizes: Sequence[int]) -> int:
    return (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2


def _many(block: Block) -> int:
    """Return how many sets of orders a block holds."""
    return prod(sum(len(alike.orders) for alike in own) for own in block)


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
