"""Deals one by one: what keeps each side with a deal, who could exploit whom, how it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.analysis.case import Case
from detente.analysis.zone import efficient
from detente.graph.graph import Graph, Indices
from detente.graph.paths import FAR, Move, path_from
from detente.stability import StabilityTable

__all__ = ["GRADES", "Deal", "Exploit", "Reach", "deal_at", "deals_of", "exploits", "grades"]

Reach = Literal["improvements", "joint", "moves", "unreachable"]

#: by which argument a decision maker stays with a deal, the best first
GRADES = ("nash", "sseq", "seq", "smr", "gmr")
#: how many deals are looked at one by one, and how many of a conflict above 2^16 states
DEALS_SHOWN, DEALS_SHOWN_LARGE = 200, 20
#: up to how many states of the zone are compared with one another
EFFICIENT_UP_TO = 20_000


@dataclass(frozen=True)
class Exploit:
    """A way to break a deal that leaves others below the status quo.

    Attributes
    ----------
    move : Move
        An improvement from the deal; of those that harm somebody, the best for its mover.
    victims : tuple of int
        Who stands below the status quo after it.
    """

    move: Move
    victims: tuple[int, ...]


@dataclass(frozen=True)
class Deal:
    """A state of the zone of agreement.

    Attributes
    ----------
    holds : tuple, one per decision maker, of str or None
        The best concept under which the decision maker stays, from `GRADES`; None if it leaves.
    reach : str
        ``improvements``: every step betters its mover; ``joint``: those who gain by the deal can
        make it together; ``moves``: only with steps by others; ``unreachable``.
    path : tuple of Move
        A shortest legal sequence of that kind; empty when unreachable.
    exposed : tuple of int
        The decision makers who stand below the status quo somewhere on `path`.
    efficient : bool or None
        No other state is better for somebody and worse for nobody; None when the zone is too
        large to compare all its states.
    exposure : int or None
        On the least exposed way, by how many ranks the worst hit falls below the status quo; 0
        when there is a way on which nobody does; None when unreachable.
    exploits : tuple of Exploit
        At most one for each decision maker who could gain by leaving others worse off than before.
    """

    state: int
    holds: tuple[str | None, ...]
    reach: Reach
    path: tuple[Move, ...]
    exposed: tuple[int, ...]
    efficient: bool | None
    exposure: int | None
    exploits: tuple[Exploit, ...]


def deals_of(case: Case) -> tuple[Deal, ...]:
    """Return the states of the zone of agreement, the most promising first, at most 200."""
    graph = case.graph
    states = np.flatnonzero(case.in_zone)
    if not states.size:
        return ()
    grade = grades(case.table, states)
    best = efficient(graph, states) if states.size <= EFFICIENT_UP_TO else None
    reachable = case.by_moves.possible[states]
    by_improvements = case.by_improvements.possible[states]
    lowest = np.min([rank[states].astype(np.int64) for rank in graph.ranks], axis=0)
    worst_grade = grade.max(axis=0)
    dominated = np.zeros(states.size, np.bool_) if best is None else ~best
    # the last key counts most
    keys = (states, -lowest, dominated, worst_grade, ~by_improvements, ~reachable)
    # each deal may need searches of its own, over all states
    order = np.lexsort(keys)[: DEALS_SHOWN if graph.size <= 2**16 else DEALS_SHOWN_LARGE]
    return tuple(
        _deal(case, int(states[k]), grade[:, k].tolist(), None if best is None else bool(best[k]))
        for k in order
    )


def deal_at(case: Case, state: int) -> Deal:
    """Return one state as a deal, whether or not the zone holds it."""
    return _deal(case, state, grades(case.table, np.array([state]))[:, 0].tolist(), None)


def grades(table: StabilityTable, states: Indices) -> Indices:
    """Return the place in `GRADES` of what keeps each decision maker at each state.

    Returns
    -------
    int array, shape (dms, len(states))
        ``len(GRADES)`` where nothing does.
    """
    dms = table.stable[GRADES[0]].shape[0]
    grade = np.full((dms, states.size), len(GRADES))
    for k in reversed(range(len(GRADES))):
        grade[table.stable[GRADES[k]][:, states]] = k
    return grade


def exploits(graph: Graph, status_quo: int, state: int) -> tuple[Exploit, ...]:
    """Return who could gain by breaking a deal so that others stand below the status quo."""
    found = []
    here = np.array([state])
    for dm in graph.dms:
        _, targets = graph.arcs(dm, here, "improvements")
        if not targets.size:
            continue
        hurt = np.array([rank[targets] < rank[status_quo] for rank in graph.ranks])
        hurt[dm] = False
        harmful = np.flatnonzero(hurt.any(axis=0))
        if harmful.size:
            best = harmful[np.argmax(graph.ranks[dm][targets[harmful]])]
            victims = tuple(np.flatnonzero(hurt[:, best]).tolist())
            found.append(Exploit(Move(dm, state, int(targets[best])), victims))
    return tuple(found)


def _deal(case: Case, state: int, grade: list[int], is_efficient: bool | None) -> Deal:
    reach: Reach = "unreachable"
    path: tuple[Move, ...] | None = ()
    if case.by_improvements.possible[state]:
        reach, path = "improvements", path_from(case.by_improvements, state)
    elif case.by_moves.possible[state]:
        ranks = case.graph.ranks
        gainers = tuple(dm for dm, rank in enumerate(ranks) if rank[state] > rank[case.q])
        together = case.by_coalition(gainers)
        if together.possible[state]:
            reach, path = "joint", path_from(together, state)
        else:
            reach, path = "moves", path_from(case.by_moves, state)
    assert path is not None
    exposure = int(case.exposures[state])
    return Deal(
        state,
        tuple((*GRADES, None)[k] for k in grade),
        reach,
        path,
        case.exposed(path),
        is_efficient,
        exposure if exposure < FAR else None,
        exploits(case.graph, case.q, state),
    )
