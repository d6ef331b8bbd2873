"""Why not this deal? Who refuses a deal named by somebody, and by which of its priorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.analysis.case import Case, Verdict
from detente.analysis.deals import GRADES, Deal, deals_of
from detente.graph.graph import Graph, Indices, Mask
from detente.graph.grid import Grid
from detente.graph.paths import FAR, Move
from detente.model.conflict import Conflict, NamedDeal, Priorities, Ranking, Statement
from detente.model.expressions import Expression, Taken, evaluate
from detente.stability import Reason, explain

__all__ = ["DealAnswer", "Refusal", "answer", "answers", "deciding", "states_of"]


@dataclass(frozen=True)
class Refusal:
    """A decision maker who prefers the status quo to a deal.

    Attributes
    ----------
    accepts : int
        How many of the deal's states it likes at least as well as the status quo.
    decides : int or None
        The first of its priorities, in its order, that tells the two apart; with weights the
        heaviest that does; None for a listed ranking.
    """

    dm: int
    accepts: int
    decides: int | None


@dataclass(frozen=True)
class DealAnswer:
    """What becomes of one named deal.

    Attributes
    ----------
    states, agreed, reachable : int
        In how many feasible states other than the status quo it holds; how many of these lie in
        the zone of agreement; how many of those in the zone can be reached.
    state : int or None
        The state looked at: the most promising in the zone; if none is, one that the fewest
        refuse, of these one that can be reached and changes least. None where there is no state.
    stands : bool
        Whether the status quo is itself such a state.
    refusals : tuple of Refusal
        Who prefers the status quo to that state; empty when it lies in the zone, or when
        everybody likes it just as well as the status quo.
    verdict : str or None
        What stands between the status quo and this deal under SEQ, as in the diagnosis; None
        where no state of it is feasible.
    deal : Deal or None
        The state looked at as a deal, when it lies in the zone.
    leaves : Reason or None
        For a deal in the zone: why the one with the least reason to stay would leave, or what
        holds it; None when nobody would gain by leaving.
    way : tuple of Move
        A shortest of the least exposed ways to the state.
    drops : tuple of int
        By how many ranks each decision maker falls below the status quo on that way.
    """

    named: NamedDeal
    states: int
    agreed: int
    reachable: int
    state: int | None
    stands: bool = False
    refusals: tuple[Refusal, ...] = ()
    verdict: Verdict | None = None
    deal: Deal | None = None
    leaves: Reason | None = None
    way: tuple[Move, ...] = ()
    drops: tuple[int, ...] = ()


def states_of(graph: Graph, deal: NamedDeal) -> Mask:
    """Return in which states a named deal holds, shape (states,)."""
    if deal.expression is None:
        mask = np.zeros(graph.size, dtype=np.bool_)
        mask[list(deal.states)] = True
        return mask
    assert isinstance(graph, Grid)
    return graph.space.where(deal.expression)


def answers(conflict: Conflict, case: Case) -> tuple[DealAnswer, ...]:
    """Return what becomes of every named deal; those that somebody put forward come first."""
    ordered = sorted(conflict.deals, key=lambda deal: not deal.by)
    return tuple(answer(conflict, case, deal) for deal in ordered)


def answer(conflict: Conflict, case: Case, deal: NamedDeal) -> DealAnswer:
    """Return what becomes of one named deal.

    Parameters
    ----------
    conflict : Conflict
    case : Case
        With a table of at least the concepts of `detente.analysis.diagnosis.VERDICT_CONCEPTS`.
    deal : NamedDeal
    """
    among = states_of(case.graph, deal)
    stands = bool(among[case.q])
    among[case.q] = False
    states = np.flatnonzero(among)
    if not states.size:
        return DealAnswer(deal, 0, 0, 0, None, stands)
    # the ways are the same for all deals; looked for here, they are kept for the next
    reachable_at_all = case.by_moves.possible & (case.exposures < FAR)
    narrowed = case.among(among)
    found = DealAnswer(
        deal,
        len(states),
        int(narrowed.in_zone.sum()),
        int((narrowed.in_zone & reachable_at_all).sum()),
        None,
        stands,
        verdict=narrowed.verdict("seq"),
    )
    return _agreed(narrowed, found) if found.agreed else _refused(conflict, narrowed, found, states)


def _agreed(case: Case, found: DealAnswer) -> DealAnswer:
    best = deals_of(case)[0]
    way = case.least_exposed(best.state)
    weakest = max(case.graph.dms, key=lambda dm: (_grade(best.holds[dm]), -dm))
    leaves = None
    if best.holds[weakest] != "nash":
        leaves = explain(case.graph, best.state, weakest, best.holds[weakest] or "gmr")
    return replace(
        found, state=best.state, deal=best, leaves=leaves, way=way, drops=case.drops(way)
    )


def _grade(holds: str | None) -> int:
    return len(GRADES) if holds is None else GRADES.index(holds)


def _refused(conflict: Conflict, case: Case, found: DealAnswer, states: Indices) -> DealAnswer:
    graph, q = case.graph, case.q
    refused = np.array([rank[states] < rank[q] for rank in graph.ranks])
    unreached = case.exposures[states] >= FAR
    changes = graph.changes(q, states)
    state = int(states[np.lexsort((states, changes, unreached, refused.sum(axis=0)))[0]])
    refusals = tuple(
        Refusal(dm, int((~refused[dm]).sum()), deciding(conflict, graph, dm, (q, state)))
        for dm in graph.dms
        if graph.ranks[dm][state] < graph.ranks[dm][q]
    )
    way = case.least_exposed(state)
    return replace(found, state=state, refusals=refusals, way=way, drops=case.drops(way))


def deciding(conflict: Conflict, graph: Graph, dm: int, pair: tuple[int, int]) -> int | None:
    """Return the statement that makes a decision maker prefer one of two states.

    Returns
    -------
    int or None
        The first priority whose truth differs between the two, or the heaviest such weight;
        None where it ranks them alike or by a list.
    """
    preference = conflict.decision_makers[dm].preference
    better, worse = sorted(pair, key=lambda state: -int(graph.ranks[dm][state]))
    if isinstance(preference, Ranking) or graph.ranks[dm][better] == graph.ranks[dm][worse]:
        return None
    assert isinstance(graph, Grid)
    chosen = [graph.space.choices_at(state) for state in (better, worse)]

    def truths(statements: Iterable[Statement]) -> Iterator[tuple[bool, bool]]:
        for one in statements:
            yield _holds(one.expression, chosen[0]), _holds(one.expression, chosen[1])

    if isinstance(preference, Priorities):
        told = truths(preference.statements)
        return next((k for k, (first, second) in enumerate(told) if first != second), None)
    told = truths(one for one, _ in preference.statements)
    for_it = [
        (abs(weight), -k)
        for k, ((first, second), (_, weight)) in enumerate(
            zip(told, preference.statements, strict=True)
        )
        # it speaks for the better state if it adds there, or takes away only from the other
        if first != second and (weight > 0) == first
    ]
    return -max(for_it)[1] if for_it else None


def _holds(expression: Expression, choices: Sequence[Sequence[int]]) -> bool:
    def stands(atom: Taken) -> bool:
        return choices[atom.dm][atom.option] == atom.choice

    return bool(evaluate(expression, stands))
