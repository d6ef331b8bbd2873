"""The inverse problem: which rankings of a decision maker would make a state stable?

Everybody else's ranking is left as it is. Whether a state s is stable for i then hangs only on
which states i puts above s, not on their order: every concept asks, for each own move q, that one
of some sets of states be all at or below s. So rankings are counted without listing them, by the
sets that may lie below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb, factorial
from typing import TypeAlias

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Graph, Over
from detente.graph.paths import steps_from
from detente.stability.table import stability_table

__all__ = ["INVERSE_CONCEPTS", "Rankings", "count_rankings", "rankings"]

#: the concepts for which rankings are counted
INVERSE_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
#: the most states, the most partial counts kept, and how many conditions are spelled out
MOST_STATES, MOST_COUNTS, MOST_CONDITIONS = 1000, 100_000, 50

_OVER: dict[str, Over] = {
    "gmr": "moves",
    "smr": "moves",
    "seq": "improvements",
    "sseq": "improvements",
}

#: sets of states of which one must lie below, all of it
Clause: TypeAlias = "frozenset[frozenset[int]]"
#: how many sets of each size there are
Sizes: TypeAlias = "tuple[int, ...]"


@dataclass(frozen=True)
class Rankings:
    """The rankings of a decision maker that make a state stable for it.

    Attributes
    ----------
    count, total : int
        How many strict rankings do, of how many there are, :math:`m!`.
    conditions : tuple of frozenset of int
        The smallest sets of states of which all must lie below: a ranking does if and only if
        one of them does. At most 50; `complete` tells whether these are all. Where they are not,
        each is enough, but there may be smaller ones.
    lift : int or None
        By how many ranks the state must be raised in the present ranking; 0 when it is stable;
        None when that never helps.
    others_stay : bool
        Whether everybody else is stable there once it is raised so.
    """

    concept: str
    dm: int
    state: int
    count: int
    total: int
    conditions: tuple[frozenset[int], ...]
    complete: bool
    lift: int | None
    others_stay: bool


def rankings(graph: Graph, dm: int, state: int, concept: str) -> Rankings:
    """Return which rankings of a decision maker make a state stable for it.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    dm : int
        Whose ranking may be another.
    state : int
        Index of the state.
    concept : str
        From `INVERSE_CONCEPTS`.

    Raises
    ------
    DetenteError
        ``too-large`` above 1,000 states, or where too many sets have to be told apart.

    References
    ----------
    .. [1] R. A. Kinsara, D. M. Kilgour and K. W. Hipel (2015). Inverse approach to the graph model
       for conflict resolution.
    """
    clauses = _clauses(graph, dm, state, concept)
    conditions, complete = _conditions(clauses)
    lift = _lift(graph, dm, state, clauses)
    return Rankings(
        concept,
        dm,
        state,
        _count(graph, clauses),
        factorial(graph.size),
        conditions[:MOST_CONDITIONS],
        complete and len(conditions) <= MOST_CONDITIONS,
        lift,
        lift is not None and _others_stay(graph, dm, state, concept, lift),
    )


def count_rankings(graph: Graph, dm: int, state: int, concept: str) -> int:
    r"""Count the strict rankings of a decision maker that make a state stable for it.

    With :math:`a_k` the number of sets of k states that may lie below, of m states in all,

    .. math:: \sum_k a_k\, k!\, (m - 1 - k)!

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    dm : int
    state : int
    concept : str
        From `INVERSE_CONCEPTS`.

    Raises
    ------
    DetenteError
        ``too-large``.

    Examples
    --------
    Of the 720 rankings Syria could have, 240 make state 2 Nash stable for it and 384 make it SEQ:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("syria-iraq-1975").conflict)
    >>> [count_rankings(graph, 0, 1, concept) for concept in ("nash", "smr", "seq")]
    [240, 300, 384]
    """
    return _count(graph, _clauses(graph, dm, state, concept))


# -- what must lie below -------------------------------------------------------------------------


def _clauses(graph: Graph, dm: int, state: int, concept: str) -> frozenset[Clause]:
    """Return for each own move the sets of which one must lie at or below the state."""
    graph.need_single()
    if concept not in INVERSE_CONCEPTS:
        what = f"{concept!r}: rankings are counted for {', '.join(INVERSE_CONCEPTS)}"
        raise DetenteError(Problem("unknown-concept", what))
    if graph.size > MOST_STATES:
        what = f"{graph.size:,} states; rankings are counted up to {MOST_STATES:,}"
        raise DetenteError(Problem("too-large", what))
    _, moves = graph.arcs(dm, np.array([state]), "moves")
    found = set()
    for move in moves.tolist():
        held = [frozenset([move])]
        if concept in _OVER:
            steps = steps_from(graph, graph.others(dm), move, _OVER[concept])
            for end in np.flatnonzero(steps.possible).tolist():
                below = {end}
                if concept in ("smr", "sseq"):
                    below |= set(graph.arcs(dm, np.array([end]), "moves")[1].tolist())
                held.append(frozenset(below))
        # the state is never above itself
        found.add(_least(one - {state} for one in held))
    return frozenset(clause for clause in found if frozenset() not in clause)


def _least(sets: Iterable[frozenset[int]]) -> Clause:
    """Return the sets that hold no other of them."""
    kept: list[frozenset[int]] = []
    for one in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return frozenset(kept)


def _conditions(clauses: frozenset[Clause]) -> tuple[tuple[frozenset[int], ...], bool]:
    """Return the smallest sets below, and whether these are all."""
    found, complete = [frozenset[int]()], True
    for clause in sorted(clauses, key=len):
        wider = _least(one | other for one in found for other in clause)
        ordered = sorted(wider, key=lambda one: (len(one), sorted(one)))
        # of very many the smallest are gone on with; each that comes of them is a condition
        complete = complete and len(ordered) <= 20 * MOST_CONDITIONS
        found = ordered[: 20 * MOST_CONDITIONS]
    return tuple(found), complete


# -- counting ------------------------------------------------------------------------------------


def _count(graph: Graph, clauses: frozenset[Clause]) -> int:
    counter = _Counter()
    relevant = frozenset(state for clause in clauses for one in clause for state in one)
    sizes = counter.sizes(clauses, relevant)
    free = graph.size - 1 - len(relevant)
    below = _times(sizes, [comb(free, k) for k in range(free + 1)])
    last = graph.size - 1
    return sum(number * factorial(k) * factorial(last - k) for k, number in enumerate(below))


class _Counter:
    """Counts the sets below by size, taking states one by one and clauses apart."""

    def __init__(self) -> None:
        self._known: dict[frozenset[Clause], Sizes] = {}

    def sizes(self, clauses: frozenset[Clause], among: frozenset[int]) -> Sizes:
        """Return how many subsets of `among`, by size, fulfil every clause."""
        own = frozenset(state for clause in clauses for one in clause for state in one)
        free = len(among - own)
        found: Sizes = tuple(comb(free, k) for k in range(free + 1))
        for part in _apart(clauses):
            found = _times(found, self._part(part))
        return found

    def _part(self, clauses: frozenset[Clause]) -> Sizes:
        known = self._known.get(clauses)
        if known is not None:
            return known
        if len(self._known) > MOST_COUNTS:
            what = "the sets of states that matter are too many to be counted"
            raise DetenteError(Problem("too-large", what))
        states = frozenset(state for clause in clauses for one in clause for state in one)
        only = next(iter(clauses)) if len(clauses) == 1 else frozenset()
        if only and all(len(one) == 1 for one in only):
            # any set but the empty one
            found: Sizes = (0, *(comb(len(states), k) for k in range(1, len(states) + 1)))
        else:
            state = _busiest(clauses)
            rest = states - {state}
            below, above = _with(clauses, state), _without(clauses, state)
            low = self.sizes(below, rest)
            high = (0,) * len(states) if above is None else self.sizes(above, rest)
            found = tuple(
                (high[k] if k < len(high) else 0) + (low[k - 1] if k else 0)
                for k in range(len(states) + 1)
            )
        self._known[clauses] = found
        return found


def _apart(clauses: frozenset[Clause]) -> list[frozenset[Clause]]:
    """Return the clauses in groups that have no state in common."""
    groups: list[tuple[set[int], set[Clause]]] = []
    for clause in clauses:
        states = {state for one in clause for state in one}
        members = {clause}
        apart = []
        for others, theirs in groups:
            if states.isdisjoint(others):
                apart.append((others, theirs))
            else:
                states |= others
                members |= theirs
        groups = [*apart, (states, members)]
    return [frozenset(members) for _, members in groups]


def _busiest(clauses: frozenset[Clause]) -> int:
    """Return the state that most sets hold."""
    count: dict[int, int] = {}
    for clause in clauses:
        for one in clause:
            for state in one:
                count[state] = count.get(state, 0) + 1
    return min(count, key=lambda state: (-count[state], state))


def _with(clauses: frozenset[Clause], state: int) -> frozenset[Clause]:
    """Return what is left to fulfil once a state lies below."""
    left = (_least(one - {state} for one in clause) for clause in clauses)
    return frozenset(clause for clause in left if frozenset() not in clause)


def _without(clauses: frozenset[Clause], state: int) -> frozenset[Clause] | None:
    """Return what is left to fulfil once a state lies above, or None where nothing can."""
    left = [frozenset(one for one in clause if state not in one) for clause in clauses]
    return frozenset(left) if all(left) else None


def _times(a: Sequence[int], b: Sequence[int]) -> Sizes:
    """Return how many pairs of sets there are by their sizes together."""
    found = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        if x:
            for k, y in enumerate(b):
                found[i + k] += x * y
    return tuple(found)


# -- the present ranking -------------------------------------------------------------------------


def _lift(graph: Graph, dm: int, state: int, clauses: frozenset[Clause]) -> int | None:
    """Return by how many ranks the state must be raised; raising it further never hurts."""
    rank = graph.ranks[dm]
    here, top = int(rank[state]), int(rank.max())
    for lift in range(top - here + 1):
        # states of the same rank as the raised one are not above it
        above = set(np.flatnonzero(rank > here + lift).tolist())
        if all(any(one.isdisjoint(above) for one in clause) for clause in clauses):
            return lift
    return None


def _others_stay(graph: Graph, dm: int, state: int, concept: str, lift: int) -> bool:
    """Tell whether the others are stable once a state is raised in the ranking of one."""
    ranks = [rank.astype(np.int64) for rank in graph.ranks]
    ranks[dm] = ranks[dm].copy()
    ranks[dm][state] += lift
    stable = stability_table(graph.with_ranks(ranks), [concept]).stable[concept][:, state]
    return bool(np.delete(stable, dm).all())
