"""Can the talks go anywhere from the status quo, and if not, what stands in the way?

The first reason that applies is the verdict:

``drift``
    The status quo does not hold: somebody gains by leaving it.
``no-bargaining-space``
    No reachable state is liked at least as well by everybody and better by somebody.
``commitment-problem``
    There are such deals, but somebody would gain by breaking each of them.
``fear-of-countermove``
    A deal would hold and improvements lead to it, but the first mover fears the answer.
``sequencing-problem``
    A deal would hold, but on every way to it somebody stands below the status quo.
``misperception``
    Nothing stands in the way in the model, but something does in the game that somebody believes
    to be in; see `detente.analysis.misperception`.
``open``
    A deal would hold and can be reached with nobody below the status quo on the way.

"Holds" and "gains by leaving" are judged by one solution concept. The verdict given first is that
of SEQ, which asks for credible sanctions; those of the other concepts stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from detente.analysis.case import Case, Verdict
from detente.analysis.deals import DEALS_SHOWN, Deal, Exploit, deal_at, deals_of
from detente.analysis.evolution import absorbing
from detente.analysis.zone import Blocking, CoalitionDeal, blocking, coalition_deals
from detente.graph.graph import Graph, Indices, Mask
from detente.graph.paths import Move, path_from
from detente.stability import Reason, StabilityTable, explain

__all__ = ["VERDICT_CONCEPTS", "Diagnosis", "Verdict", "Witness", "diagnose"]

#: the concepts under which a verdict is given; the first is the one given first
VERDICT_CONCEPTS = ("seq", "nash", "sseq", "smr", "gmr")


@dataclass(frozen=True)
class Witness:
    """What proves the verdict.

    Attributes
    ----------
    reason : Reason or None
        The improvement that breaks the status quo (drift) or the best deal (commitment problem),
        or the sanction that the first mover fears.
    path : tuple of Move
        The way to the best deal (sequencing problem, fear of a countermove, open); for a
        sequencing problem a shortest of the least exposed ways.
    together : tuple of int
        Those who gain by the best deal and can make it together (sequencing problem).
    drops : tuple of int
        By how many ranks each decision maker falls below the status quo on `path`. Which of the
        least exposed ways is shown can depend on the order of the model; the largest drop, and
        who is exposed on every way, do not.
    exposed : tuple of int
        Who stands below the status quo on that way.
    always_exposed : tuple of int
        Who stands below the status quo on every way to that deal.
    exploits : tuple of Exploit
        Who could gain by breaking the best deal, and who would then stand below the status quo
        (commitment problem).
    leads_to : tuple of int
        Equilibria that improvements lead to from the status quo (drift).
    absorbing : tuple of tuple of int
        The sets of states that improvements lead into and never out of again (drift); at most
        200 sets, and of each at most 200 states.
    blocking : Blocking or None
        Who blocks (no bargaining space).
    coalitions : tuple of CoalitionDeal
        What some could agree among themselves, and who would pay (no bargaining space).
    unreachable : tuple of int
        States of the zone that no sequence of moves reaches (no bargaining space).
    misled : tuple of (int, str)
        Who sees another game in which something stands in the way, and what (misperception).
    """

    reason: Reason | None = None
    path: tuple[Move, ...] = ()
    together: tuple[int, ...] = ()
    drops: tuple[int, ...] = ()
    exposed: tuple[int, ...] = ()
    always_exposed: tuple[int, ...] = ()
    exploits: tuple[Exploit, ...] = ()
    leads_to: tuple[int, ...] = ()
    absorbing: tuple[tuple[int, ...], ...] = ()
    blocking: Blocking | None = None
    coalitions: tuple[CoalitionDeal, ...] = ()
    unreachable: tuple[int, ...] = ()
    misled: tuple[tuple[int, Verdict], ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """What the status quo is, what would be agreed to, and what stands in the way.

    Attributes
    ----------
    status_quo : int
        Index of the state.
    verdict : str
        Under the first of `VERDICT_CONCEPTS`.
    by_concept : mapping from concept to verdict
    stable_for : mapping from concept to tuple of int
        For whom the status quo is stable; an equilibrium when that is everybody.
    zone : int array
        The states of the zone of agreement.
    deals : tuple of Deal
        The states of the zone looked at one by one, at most 200, the most promising first.
    """

    status_quo: int
    verdict: Verdict
    witness: Witness = field(repr=False)
    by_concept: Mapping[str, Verdict]
    stable_for: Mapping[str, tuple[int, ...]] = field(repr=False)
    zone: Indices = field(repr=False)
    deals: tuple[Deal, ...] = field(repr=False)


def diagnose(graph: Graph, table: StabilityTable, status_quo: int) -> Diagnosis:
    """Diagnose the status quo.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    table : StabilityTable
        With at least the concepts of `VERDICT_CONCEPTS`.
    status_quo : int
        Index of the state, from 0.
    """
    return diagnose_case(Case(graph, table, status_quo))


def diagnose_case(case: Case) -> Diagnosis:
    """Diagnose a status quo of which more is asked besides."""
    verdicts: dict[str, Verdict] = {concept: case.verdict(concept) for concept in VERDICT_CONCEPTS}
    deals = deals_of(case)
    first = VERDICT_CONCEPTS[0]
    return Diagnosis(
        status_quo=case.q,
        verdict=verdicts[first],
        witness=_witness(case, verdicts[first], first, deals),
        by_concept=verdicts,
        stable_for={
            concept: tuple(np.flatnonzero(mask[:, case.q]).tolist())
            for concept, mask in case.table.stable.items()
        },
        zone=np.flatnonzero(case.in_zone),
        deals=deals,
    )


def _witness(case: Case, verdict: Verdict, concept: str, deals: tuple[Deal, ...]) -> Witness:
    match verdict:
        case "drift":
            return _drift(case, concept)
        case "no-bargaining-space":
            beyond = np.flatnonzero(case.in_zone)[:DEALS_SHOWN]
            if beyond.size:
                return Witness(unreachable=tuple(beyond.tolist()))
            return Witness(
                blocking=blocking(case.graph, case.q),
                coalitions=coalition_deals(case.graph, case.q),
            )
        case "commitment-problem":
            deal = next(deal for deal in deals if deal.reach != "unreachable")
            stable = case.table.stable[concept]
            breaker = next(dm for dm in case.graph.dms if not stable[dm, deal.state])
            return Witness(
                reason=explain(case.graph, deal.state, breaker, concept),
                path=deal.path,
                drops=case.drops(deal.path),
                exposed=deal.exposed,
                exploits=deal.exploits,
            )
        case _:
            return _way(case, verdict, concept, deals)


def _drift(case: Case, concept: str) -> Witness:
    graph, q = case.graph, case.q
    leaver = next(dm for dm in graph.dms if not case.table.stable[concept][dm, q])
    ends = case.by_improvements.possible & case.table.equilibria(concept)
    return Witness(
        reason=explain(graph, q, leaver, concept),
        leads_to=tuple(np.flatnonzero(ends)[:DEALS_SHOWN].tolist()),
        absorbing=tuple(
            tuple(states[:DEALS_SHOWN].tolist()) for states in absorbing(graph, q)[:DEALS_SHOWN]
        ),
    )


def _way(case: Case, verdict: Verdict, concept: str, deals: tuple[Deal, ...]) -> Witness:
    """Return the way to the best of the deals that hold."""
    deal = _first_holding(case, verdict, concept, deals)
    reason = None
    together: tuple[int, ...] = ()
    match verdict:
        case "fear-of-countermove":
            path = deal.path
            reason = explain(case.graph, case.q, path[0].dm, concept)
        case "open":
            path = path_from(case.safely, deal.state) or ()
        case _:
            path = case.least_exposed(deal.state)
            if deal.reach == "joint":
                together = tuple(sorted({move.dm for move in deal.path}))
    assert path
    exposed = case.exposed(path)
    return Witness(
        reason=reason,
        path=path,
        together=together,
        drops=case.drops(path),
        exposed=exposed,
        always_exposed=case.always_exposed(deal.state, exposed),
    )


def _first_holding(case: Case, verdict: Verdict, concept: str, deals: tuple[Deal, ...]) -> Deal:
    """Return the most promising deal that shows the verdict."""
    shows: Mask = case.holding(concept)
    if verdict == "fear-of-countermove":
        shows &= case.by_improvements.possible
    elif verdict == "open":
        shows &= case.safely.possible
    listed = next((deal for deal in deals if shows[deal.state]), None)
    # there may be more deals than were looked at one by one
    return listed or deal_at(case, int(np.flatnonzero(shows)[0]))
