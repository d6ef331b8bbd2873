"""A conflict without some of its options: what speaks of them is worked out as if never taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.model.conflict import Conflict, Preference, Priorities, Ranking, Statement, Weights
from detente.model.expressions import Expression, Literal, Taken, substitute

__all__ = ["restricted"]


def restricted(conflict: Conflict, dead: set[tuple[int, int]]) -> Conflict:
    """Return a conflict without the options `dead`, given as (decision maker, option).

    Statements that this decides are left out: a priority that always or never holds ranks
    nothing, and what is never the case need not be forbidden.
    """
    if not dead:
        return conflict
    new: dict[tuple[int, int], int] = {}
    for i, dm in enumerate(conflict.decision_makers):
        left = [k for k in range(len(dm.options)) if (i, k) not in dead]
        new |= {(i, k): n for n, k in enumerate(left)}

    def put(atom: Taken) -> Expression:
        place = new.get((atom.dm, atom.option))
        return Literal(False) if place is None else atom._replace(option=place)

    def kept(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        written = [replace(one, expression=substitute(one.expression, put)) for one in statements]
        return tuple(one for one in written if not isinstance(one.expression, Literal))

    def preference(given: Preference) -> Preference:
        match given:
            case Priorities(statements):
                return Priorities(kept(statements))
            case Weights(statements, place):
                weighted = [
                    (replace(one, expression=substitute(one.expression, put)), weight)
                    for one, weight in statements
                ]
                return Weights(
                    tuple(pair for pair in weighted if not isinstance(pair[0].expression, Literal)),
                    place,
                )
            case Ranking():
                return given

    impossible = [
        replace(one, expression=substitute(one.expression, put)) for one in conflict.infeasible
    ]
    status_quo = conflict.status_quo
    if isinstance(status_quo, tuple):
        status_quo = tuple(
            tuple(choice for k, choice in enumerate(chosen) if (i, k) not in dead)
            for i, chosen in enumerate(status_quo)
        )
    return replace(
        conflict,
        decision_makers=tuple(
            replace(
                dm,
                options=tuple(option for k, option in enumerate(dm.options) if (i, k) not in dead),
                preference=preference(dm.preference),
            )
            for i, dm in enumerate(conflict.decision_makers)
        ),
        # what is now always the case stays, and leaves no state: the analysis says so
        infeasible=tuple(one for one in impossible if one.expression != Literal(False)),
        status_quo=status_quo,
        status_quo_evidence=tuple(
            (atom if atom is None else atom._replace(option=new[atom.dm, atom.option]), why)
            for atom, why in conflict.status_quo_evidence
            if atom is None or (atom.dm, atom.option) in new
        ),
        deals=tuple(
            deal
            if deal.expression is None
            else replace(deal, expression=substitute(deal.expression, put))
            for deal in conflict.deals
        ),
        views=tuple(
            replace(
                view,
                preferences=tuple((dm, preference(it)) for dm, it in view.preferences),
                unknown=tuple((i, new[i, k]) for i, k in view.unknown if (i, k) in new),
                infeasible=kept(view.infeasible),
            )
            for view in conflict.views
        ),
    )
