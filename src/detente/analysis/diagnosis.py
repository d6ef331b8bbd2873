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
``open``
    A deal would hold and can be reached with nobody below the status quo on the way.

"Holds" and "gains by leaving" are judged by one solution concept. The verdict given first is that
of SEQ, which asks for credible sanctions; those of the other concepts stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from detente.analysis.zone import Blocking, blocking, efficient, zone
from detente.graph.graph import Graph, Indices, Mask
from detente.graph.paths import Move, Steps, path_from, steps_from
from detente.stability import Reason, StabilityTable, explain

__all__ = [
    "GRADES",
    "VERDICT_CONCEPTS",
    "Deal",
    "Diagnosis",
    "Reach",
    "Verdict",
    "Witness",
    "diagnose",
]

Verdict = Literal[
    "drift",
    "no-bargaining-space",
    "commitment-problem",
    "fear-of-countermove",
    "sequencing-problem",
    "open",
]
Reach = Literal["improvements", "joint", "moves", "unreachable"]

#: by which argument a decision maker stays with a deal, the best first
GRADES = ("nash", "sseq", "seq", "smr", "gmr")
#: the concepts under which a verdict is given; the first is the one given first
VERDICT_CONCEPTS = ("seq", "nash", "sseq", "smr", "gmr")
#: how many deals are looked at one by one
DEALS_SHOWN = 200
#: up to how many states of the zone are compared with one another
EFFICIENT_UP_TO = 20_000


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
    """

    state: int
    holds: tuple[str | None, ...]
    reach: Reach
    path: tuple[Move, ...]
    exposed: tuple[int, ...]
    efficient: bool | None


@dataclass(frozen=True)
class Witness:
    """What proves the verdict.

    Attributes
    ----------
    reason : Reason or None
        The improvement that breaks the status quo (drift) or the best deal (commitment problem),
        or the sanction that the first mover fears.
    path : tuple of Move
        The way to the best deal (sequencing problem, fear of a countermove, open).
    exposed : tuple of int
        Who stands below the status quo on that way. Which way is shown can depend on the order of
        the model; who is exposed on every way does not.
    always_exposed : tuple of int
        Who stands below the status quo on every way to that deal.
    leads_to : tuple of int
        Equilibria that improvements lead to from the status quo (drift).
    blocking : Blocking or None
        Who blocks (no bargaining space).
    unreachable : tuple of int
        States of the zone that no sequence of moves reaches (no bargaining space).
    """

    reason: Reason | None = None
    path: tuple[Move, ...] = ()
    exposed: tuple[int, ...] = ()
    always_exposed: tuple[int, ...] = ()
    leads_to: tuple[int, ...] = ()
    blocking: Blocking | None = None
    unreachable: tuple[int, ...] = ()


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
    witness: Witness
    by_concept: Mapping[str, Verdict]
    stable_for: Mapping[str, tuple[int, ...]]
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
    return _Case(graph, table, status_quo).diagnosis()


class _Case:
    """One status quo of one conflict, with what is asked of it more than once."""

    def __init__(self, graph: Graph, table: StabilityTable, status_quo: int) -> None:
        self.graph = graph
        self.table = table
        self.q = status_quo
        self.in_zone = zone(graph, status_quo)
        self._backwards = graph.reversed()

    def diagnosis(self) -> Diagnosis:
        verdicts = {concept: self.verdict(concept) for concept in VERDICT_CONCEPTS}
        deals = self.deals()
        first = VERDICT_CONCEPTS[0]
        return Diagnosis(
            status_quo=self.q,
            verdict=verdicts[first],
            witness=self.witness(verdicts[first], first, deals),
            by_concept=verdicts,
            stable_for={
                concept: tuple(np.flatnonzero(mask[:, self.q]).tolist())
                for concept, mask in self.table.stable.items()
            },
            zone=np.flatnonzero(self.in_zone),
            deals=deals,
        )

    # -- reach -----------------------------------------------------------------------------------

    @cached_property
    def by_improvements(self) -> Steps:
        return steps_from(
            self.graph, self.graph.dms, self.q, "improvements", backwards=self._backwards
        )

    @cached_property
    def by_moves(self) -> Steps:
        return steps_from(self.graph, self.graph.dms, self.q, "moves", backwards=self._backwards)

    @cached_property
    def safely(self) -> Steps:
        """Steps along which nobody ever stands below the status quo."""
        nobody_below = np.ones(self.graph.size, dtype=np.bool_)
        for rank in self.graph.ranks:
            nobody_below &= rank >= rank[self.q]
        return steps_from(
            self.graph,
            self.graph.dms,
            self.q,
            "moves",
            within=nobody_below,
            backwards=self._backwards,
        )

    def holding(self, concept: str) -> Mask:
        """Return the reachable deals that hold for everybody under a concept."""
        return self.in_zone & self.by_moves.possible & self.table.equilibria(concept)

    # -- verdict ---------------------------------------------------------------------------------

    def verdict(self, concept: str) -> Verdict:
        if not self.table.equilibria(concept)[self.q]:
            return "drift"
        if not (self.in_zone & self.by_moves.possible).any():
            return "no-bargaining-space"
        holding = self.holding(concept)
        if not holding.any():
            return "commitment-problem"
        if (holding & self.by_improvements.possible).any():
            return "fear-of-countermove"
        if (holding & self.safely.possible).any():
            return "open"
        return "sequencing-problem"

    def witness(self, verdict: Verdict, concept: str, deals: tuple[Deal, ...]) -> Witness:
        graph, q = self.graph, self.q
        if verdict == "drift":
            leaver = next(dm for dm in graph.dms if not self.table.stable[concept][dm, q])
            ends = self.by_improvements.possible & self.table.equilibria(concept)
            leads_to = tuple(np.flatnonzero(ends)[:DEALS_SHOWN].tolist())
            return Witness(reason=explain(graph, q, leaver, concept), leads_to=leads_to)
        if verdict == "no-bargaining-space":
            beyond = np.flatnonzero(self.in_zone)[:DEALS_SHOWN]
            if beyond.size:
                return Witness(unreachable=tuple(beyond.tolist()))
            return Witness(blocking=blocking(graph, q))
        if verdict == "commitment-problem":
            deal = next(deal for deal in deals if deal.reach != "unreachable")
            breaker = next(dm for dm in graph.dms if not self.table.stable[concept][dm, deal.state])
            return Witness(
                reason=explain(graph, deal.state, breaker, concept),
                path=deal.path,
                exposed=deal.exposed,
            )
        deal = self._first_holding(verdict, concept, deals)
        path = deal.path if verdict != "open" else path_from(self.safely, deal.state)
        assert path
        reason = None
        if verdict == "fear-of-countermove":
            reason = explain(graph, q, path[0].dm, concept)
        exposed = self.exposed(path)
        return Witness(
            reason=reason,
            path=path,
            exposed=exposed,
            always_exposed=self.always_exposed(deal.state, exposed),
        )

    def always_exposed(self, state: int, exposed: tuple[int, ...]) -> tuple[int, ...]:
        """Return who of those exposed on one way stands below the status quo on every way."""
        found = []
        for dm in exposed:
            rank = self.graph.ranks[dm]
            spared = steps_from(
                self.graph,
                self.graph.dms,
                self.q,
                "moves",
                within=rank >= rank[self.q],
                backwards=self._backwards,
            )
            if not spared.possible[state]:
                found.append(dm)
        return tuple(found)

    def _first_holding(self, verdict: Verdict, concept: str, deals: tuple[Deal, ...]) -> Deal:
        """Return the most promising deal that shows the verdict."""
        shows = self.holding(concept)
        if verdict == "fear-of-countermove":
            shows &= self.by_improvements.possible
        elif verdict == "open":
            shows &= self.safely.possible
        listed = next((deal for deal in deals if shows[deal.state]), None)
        if listed is not None:
            return listed
        # there are more deals than were looked at one by one
        state = int(np.flatnonzero(shows)[0])
        return self.deal(state, self.grades(np.array([state]))[:, 0].tolist(), None)

    def exposed(self, path: tuple[Move, ...]) -> tuple[int, ...]:
        """Return who stands below the status quo somewhere on a path."""
        return tuple(
            dm
            for dm in self.graph.dms
            if any(self.graph.ranks[dm][m.target] < self.graph.ranks[dm][self.q] for m in path)
        )

    # -- deals -----------------------------------------------------------------------------------

    def deals(self) -> tuple[Deal, ...]:
        states = np.flatnonzero(self.in_zone)
        if not states.size:
            return ()
        grade = self.grades(states)
        best = efficient(self.graph, states) if states.size <= EFFICIENT_UP_TO else None
        reachable = self.by_moves.possible[states]
        by_improvements = self.by_improvements.possible[states]
        lowest = np.min([rank[states].astype(np.int64) for rank in self.graph.ranks], axis=0)
        worst_grade = grade.max(axis=0)
        dominated = np.zeros(states.size, np.bool_) if best is None else ~best
        # the last key counts most
        keys = (states, -lowest, dominated, worst_grade, ~by_improvements, ~reachable)
        # each deal may need searches of its own, over all states
        order = np.lexsort(keys)[: DEALS_SHOWN if self.graph.size <= 2**16 else DEALS_SHOWN // 10]
        return tuple(
            self.deal(int(states[k]), grade[:, k].tolist(), None if best is None else bool(best[k]))
            for k in order
        )

    def grades(self, states: Indices) -> Indices:
        """Return the place in `GRADES` of what keeps each decision maker at each state."""
        grade = np.full((len(self.graph.ranks), states.size), len(GRADES))
        for k in reversed(range(len(GRADES))):
            grade[self.table.stable[GRADES[k]][:, states]] = k
        return grade

    def deal(self, state: int, grade: list[int], is_efficient: bool | None) -> Deal:
        reach: Reach = "unreachable"
        path: tuple[Move, ...] | None = ()
        if self.by_improvements.possible[state]:
            reach, path = "improvements", path_from(self.by_improvements, state)
        elif self.by_moves.possible[state]:
            gainers = tuple(
                dm for dm, rank in enumerate(self.graph.ranks) if rank[state] > rank[self.q]
            )
            together = self.by_coalition(gainers)
            if together.possible[state]:
                reach, path = "joint", path_from(together, state)
            else:
                reach, path = "moves", path_from(self.by_moves, state)
        assert path is not None
        holds = tuple((*GRADES, None)[k] for k in grade)
        return Deal(state, holds, reach, path, self.exposed(path), is_efficient)

    def by_coalition(self, members: tuple[int, ...]) -> Steps:
        if members not in self._coalitions:
            self._coalitions[members] = steps_from(
                self.graph, members, self.q, "moves", backwards=self._backwards
            )
        return self._coalitions[members]

    @cached_property
    def _coalitions(self) -> dict[tuple[int, ...], Steps]:
        return {}
