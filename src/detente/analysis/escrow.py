"""Escrow: a third party holds the steps of a deal until all of them are in place.

What a sequencing problem lacks is a way to move at once. A third party that takes the steps into
its keeping supplies it: as long as some are missing, those made do not count, for anybody; once
all are in place the deal does, and it counts only while all stay so.

As a model: the third party is one more decision maker, indifferent between all states, with one
option, *escrow*. Where it is taken and the terms are not complete, every priority speaks of the
options of the terms as if they stood as they do in the status quo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from detente.analysis.changes import third_party
from detente.errors import Problems
from detente.graph import build_space
from detente.graph.ranks import ranks_of
from detente.model.conflict import (
    Conflict,
    Option,
    Preference,
    Priorities,
    Ranking,
    Statement,
    StateRef,
    Weights,
)
from detente.model.expressions import (
    And,
    Expression,
    If,
    Literal,
    Not,
    Or,
    Taken,
    atoms,
    substitute,
)

__all__ = ["Escrow"]


@dataclass(frozen=True)
class Escrow:
    """A third party holds some steps until all of them are in place.

    Attributes
    ----------
    terms : tuple of Taken
        How each option that the deal changes stands in the deal; 0 means not taken.
    before : tuple of int
        How the same options stand in the status quo.
    """

    terms: tuple[Taken, ...]
    before: tuple[int, ...]
    dm: ClassVar[None] = None
    cost: ClassVar[int] = 1

    def apply(self, conflict: Conflict) -> Conflict:
        """Return the conflict with the third party, which has not yet taken anything.

        Raises
        ------
        ValueError
            For a conflict given as a graph, or with a listed ranking in a view.
        """
        option = Option("holds_escrow", "Escrow of the steps", change="take")
        ranked = any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers)
        ranking = self._rankings(conflict) if ranked else {}
        conflict, held = third_party(conflict, option)
        waiting = And((held, Not(self.complete(conflict))))
        return replace(
            conflict,
            decision_makers=tuple(
                replace(dm, preference=ranking.get(dm.id) or self._awaited(dm.preference, waiting))
                for dm in conflict.decision_makers
            ),
            views=tuple(
                replace(
                    view,
                    preferences=tuple(
                        (dm, self._awaited(it, waiting)) for dm, it in view.preferences
                    ),
                )
                for view in conflict.views
            ),
        )

    def complete(self, conflict: Conflict) -> Expression:
        """Return the expression that all steps are in place."""
        return _all([self._stands(conflict, term) for term in self.terms])

    @staticmethod
    def _stands(conflict: Conflict, term: Taken) -> Expression:
        if conflict.option(term).levels or term.choice:
            return term
        return Not(term._replace(choice=1))

    def _awaited(self, preference: Preference, waiting: Expression) -> Preference:
        match preference:
            case Priorities(statements):
                return Priorities(tuple(self._spoken(one, waiting) for one in statements))
            case Weights(statements, place):
                weighted = tuple((self._spoken(one, waiting), w) for one, w in statements)
                return Weights(weighted, place)
            case Ranking():
                raise ValueError("the ranking of a view lists states of another game")

    def _rankings(self, conflict: Conflict) -> dict[str, Preference]:
        """Return the listed rankings with the states in which the escrow is taken."""
        space = build_space(conflict)
        states = np.arange(space.size)
        patterns = space.patterns(states)
        complete = space.where(self.complete(conflict))
        strategies = space.coordinates(states)
        for i, axis in enumerate(space.axes):
            before = {
                term.option: old
                for term, old in zip(self.terms, self.before, strict=True)
                if term.dm == i
            }
            choices = axis.choices[strategies[i]].astype(np.int64)
            for option, old in before.items():
                choices[:, option] = old
            # where there is no such strategy, the state counts as it is
            known = axis.find(choices)
            strategies[i] = np.where(known < 0, strategies[i], known)
        undone = space.states_at(strategies)
        counts_as = np.where(complete | (undone < 0), states, undone)
        rankings: dict[str, Preference] = {}
        for dm in conflict.decision_makers:
            if isinstance(dm.preference, Ranking):
                rank = ranks_of(space, dm.preference, Problems()).astype(np.int64)
                tiers: dict[int, list[StateRef]] = {r: [] for r in range(int(rank.max()), 0, -1)}
                for state, pattern in enumerate(patterns):
                    own, waiting = int(rank[state]), int(rank[counts_as[state]])
                    tiers[own].append(StateRef(f"{pattern}{'-' if own == waiting else 'N'}"))
                    if own != waiting:
                        tiers[waiting].append(StateRef(f"{pattern}Y"))
                rankings[dm.id] = Ranking(tuple(map(tuple, tiers.values())))
        return rankings

    def _spoken(self, statement: Statement, waiting: Expression) -> Statement:
        """Return a statement that speaks of the steps as not made while they wait."""
        stood = {
            (term.dm, term.option): before
            for term, before in zip(self.terms, self.before, strict=True)
        }

        def put(atom: Taken) -> Expression:
            before = stood.get((atom.dm, atom.option))
            return atom if before is None else Literal(before == atom.choice)

        own = statement.expression
        if not any((atom.dm, atom.option) in stood for atom in atoms(own)):
            return statement
        as_before = substitute(own, put)
        match as_before:
            case Literal(True):
                spoken: Expression = Or((own, waiting))
            case Literal(False):
                spoken = And((own, Not(waiting)))
            case _:
                spoken = And((If(own, Not(waiting)), If(as_before, waiting)))
        return replace(statement, expression=spoken)


def _all(parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else And(tuple(parts))
