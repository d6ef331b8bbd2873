"""To which deals would an escrow of their steps open the way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.analysis.case import Case
from detente.analysis.deals import deals_of
from detente.analysis.diagnosis import VERDICT_CONCEPTS, diagnose_case
from detente.analysis.escrow import Escrow
from detente.analysis.named import states_of
from detente.analysis.unlocking import Unlocked
from detente.graph import Grid, status_quo_of, to_graph
from detente.model.conflict import Conflict, NamedDeal, Ranking
from detente.model.expressions import Taken
from detente.stability import stability_table

__all__ = ["escrows"]

#: how many deals are tried as terms
MOST_TERMS = 24


def escrows(
    conflict: Conflict, case: Case, target: NamedDeal | None = None
) -> tuple[Unlocked, ...]:
    """Find the deals to which an escrow of their steps would open the way.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    case : Case
        That of its status quo; its deals are tried, the most promising first, at most 24.
    target : NamedDeal, optional
        Which deals count; default all.

    Returns
    -------
    tuple of Unlocked
        For each deal that it opens, the change, checked by the whole analysis of the new model;
        those that hold fewer steps first, and none that holds more than another needs.
        Empty in a conflict given as a graph, or with listed rankings in a view.
    """
    listed = any(isinstance(it, Ranking) for view in conflict.views for _, it in view.preferences)
    if not isinstance(case.graph, Grid) or listed:
        return ()
    start = case.graph.space.choices_at(case.q)
    conflict = replace(conflict, status_quo=start)
    kept: list[tuple[Escrow, Unlocked]] = []
    for escrow in sorted(_terms(case, case.graph), key=lambda one: len(one.terms)):
        # an escrow of more than another needs is not looked at
        if any(set(other.terms) < set(escrow.terms) for other, _ in kept):
            continue
        found = _tried(conflict, escrow, target)
        if found is not None:
            kept.append((escrow, found))
    return tuple(found for _, found in kept)


def _terms(case: Case, graph: Grid) -> Iterator[Escrow]:
    """Yield the escrow of the steps of each deal."""
    start = graph.space.choices_at(case.q)
    for deal in deals_of(case)[:MOST_TERMS]:
        end = graph.space.choices_at(deal.state)
        changed = [
            (Taken(i, k, after), before)
            for i, (old, new) in enumerate(zip(start, end, strict=True))
            for k, (before, after) in enumerate(zip(old, new, strict=True))
            if before != after
        ]
        # what one side does alone needs nobody to hold it
        if len({term.dm for term, _ in changed}) > 1:
            yield Escrow(tuple(term for term, _ in changed), tuple(old for _, old in changed))


def _tried(conflict: Conflict, escrow: Escrow, target: NamedDeal | None) -> Unlocked | None:
    """Return the changed model if its verdict is open by the deal of the escrow."""
    changed = escrow.apply(conflict)
    graph = to_graph(changed)
    assert isinstance(graph, Grid)
    start = status_quo_of(changed, graph)
    assert start is not None
    case = Case(graph, stability_table(graph, VERDICT_CONCEPTS), start)
    first = VERDICT_CONCEPTS[0]
    complete = graph.space.where(escrow.complete(changed))
    if target is not None:
        complete &= states_of(graph, target)
    if case.verdict(first) != "open" or case.among(complete).verdict(first) != "open":
        return None
    diagnosis = diagnose_case(case.among(complete))
    return Unlocked((escrow,), 1, diagnosis.verdict, diagnosis.witness.path[-1].target, changed)
