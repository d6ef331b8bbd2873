"""The elementary changes of a model: what an analyst could ask "and if this were otherwise?" of.

Each change gives a new, complete model that can be written, read and analysed like any other:

`Reorder`
    A decision maker orders its priorities, or the tiers of its ranking, otherwise.
`OneWay`
    What could be taken and given up can no longer be taken back (or taken up again).
`Guarantee`
    A third party can hold an option in place once it stands so.
`Lift`
    What was impossible becomes possible.

A conflict given as a graph lists its states and moves, so only its rankings can be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, TypeAlias

import numpy as np

from detente.analysis.orders import part_sizes
from detente.framing import seen_by
from detente.graph.graph import Graph
from detente.graph.space import Space, build_space
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Option,
    Preference,
    Priorities,
    Ranking,
    Statement,
    StateRef,
)
from detente.model.expressions import And, Expression, Not, Taken, atoms

__all__ = [
    "Guarantee",
    "Lift",
    "ModelChange",
    "OneWay",
    "Reorder",
    "apply_all",
    "changes_of",
    "structural_changes",
    "third_party",
]

_GUARANTOR = re.compile(r"third_party(_\d+)?")


@dataclass(frozen=True)
class Reorder:
    """A decision maker orders its priorities, or the tiers of its ranking, otherwise.

    Attributes
    ----------
    dm : int
        Index of the decision maker.
    order : tuple of int
        For each place of the new order the old place of what stands there.
    cost : int
        The Kendall distance: how many pairs of priorities change their order; of a ranking, how
        many pairs of states do, so that exchanging two tiers costs the product of their sizes.

    References
    ----------
    .. [1] M. G. Kendall (1938). A new measure of rank correlation.
    """

    dm: int
    order: tuple[int, ...]
    cost: int

    def apply(self, conflict: Conflict) -> Conflict:
        """Return the conflict with the order changed."""
        preference = conflict.decision_makers[self.dm].preference
        match preference:
            case Priorities(statements):
                preference = Priorities(tuple(statements[k] for k in self.order))
            case Ranking(tiers):
                preference = replace(preference, tiers=tuple(tiers[k] for k in self.order))
            case _:
                raise ValueError("weights have no order")
        return _with_dm(conflict, self.dm, preference=preference)


@dataclass(frozen=True)
class OneWay:
    """An option that could change both ways can change one way only.

    Attributes
    ----------
    dm, option : int
        Whose option, and which.
    change : {"take", "drop"}
        ``take``: once taken it stays, a guarantee by the holder itself; a level can only be
        raised. ``drop``: once given up it is gone; a level can only be lowered.
    """

    dm: int
    option: int
    change: Literal["take", "drop"]
    cost: ClassVar[int] = 1

    def apply(self, conflict: Conflict) -> Conflict:
        """Return the conflict with the option one-way."""
        options = list(conflict.decision_makers[self.dm].options)
        options[self.option] = replace(options[self.option], change=self.change)
        return _with_dm(conflict, self.dm, options=tuple(options))


@dataclass(frozen=True)
class Guarantee:
    """A third party can hold an option in place once it stands so.

    The third party is one more decision maker, indifferent between all states. For each guarantee
    it has one option that stays once it is taken, and that is impossible where what it holds does
    not stand. All guarantees share one third party.

    Attributes
    ----------
    atom : Taken
        The option, taken or at a level.
    holds : bool
        False: what is held is that it is not taken.
    """

    atom: Taken
    holds: bool = True
    dm: ClassVar[None] = None
    cost: ClassVar[int] = 1

    def apply(self, conflict: Conflict) -> Conflict:
        """Return the conflict with the third party, which has not yet made use of its option."""
        conflict, held = third_party(conflict, self._option(conflict))
        broken: Expression = Not(self.atom) if self.holds else self.atom
        return replace(conflict, infeasible=(*conflict.infeasible, Statement(And((held, broken)))))

    def _option(self, conflict: Conflict) -> Option:
        held = conflict.option(self.atom)
        parts = ["holds", conflict.decision_makers[self.atom.dm].id, held.id]
        name = f"Guarantee: {held.name}"
        if held.levels:
            level = held.levels[self.atom.choice]
            parts.append(level.id)
            name += f": {level.name}"
        if not self.holds:
            parts.insert(1, "no")
            name += " (not taken)"
        return Option("_".join(parts), name, change="take")


@dataclass(frozen=True)
class Lift:
    """What an infeasible expression forbids becomes possible.

    Attributes
    ----------
    index : int
        Which of ``conflict.infeasible``, from 0.
    """

    index: int
    dm: ClassVar[None] = None
    cost: ClassVar[int] = 1

    def apply(self, conflict: Conflict) -> Conflict:
        """Return the conflict without the expression."""
        kept = conflict.infeasible[: self.index] + conflict.infeasible[self.index + 1 :]
        return replace(conflict, infeasible=kept)


ModelChange: TypeAlias = "Reorder | OneWay | Guarantee | Lift"


def apply_all(conflict: Conflict, changes: Iterable[ModelChange]) -> Conflict:
    """Make several changes, each told in terms of the conflict as it is given.

    Parameters
    ----------
    conflict : Conflict
    changes : iterable of ModelChange
        In any order; at most one `Reorder` for each decision maker.
    """

    # an expression that is lifted moves those after it, and a guarantee adds one at the end
    def turn(change: ModelChange) -> tuple[bool, int]:
        return isinstance(change, Guarantee), -change.index if isinstance(change, Lift) else 0

    for change in sorted(changes, key=turn):
        conflict = change.apply(conflict)
    return conflict


def changes_of(conflict: Conflict, graph: Graph) -> tuple[ModelChange, ...]:
    """Return every elementary change of a conflict once.

    Parameters
    ----------
    conflict : Conflict
    graph : Graph
        That of the conflict, for the sizes of the tiers.

    Returns
    -------
    tuple of ModelChange
        Exchanges of neighbouring priorities or tiers by decision maker, then one-way options,
        guarantees and lifted expressions.
    """
    swaps: list[ModelChange] = []
    for dm in graph.dms:
        sizes = part_sizes(conflict, graph, dm)
        for k in range(len(sizes) - 1):
            order = list(range(len(sizes)))
            order[k : k + 2] = [k + 1, k]
            swaps.append(Reorder(dm, tuple(order), sizes[k] * sizes[k + 1]))
    return (*swaps, *structural_changes(conflict))


def structural_changes(conflict: Conflict) -> tuple[ModelChange, ...]:
    """Return every elementary change that is not one of preferences.

    A guarantee of what the options' own rules assure is left out: what is taken to stay needs
    nobody to hold it. Expressions are lifted only where nobody ranks states one by one, because
    such a ranking does not say what the states that come in are worth.
    """
    if conflict.graph is not None:
        return ()
    guarantor = _guarantor(conflict)
    one_way: list[ModelChange] = []
    guarantees: list[ModelChange] = []
    for i, dm in enumerate(conflict.decision_makers):
        if i == guarantor:
            continue
        for k, option in enumerate(dm.options):
            if option.change == "both":
                one_way += [OneWay(i, k, "take"), OneWay(i, k, "drop")]
            last = option.choices - 1
            for choice in range(option.choices):
                # where the option can only go one way, it stays at that end by itself
                if (option.change, choice) in (("take", last), ("drop", 0)):
                    continue
                if option.levels:
                    guarantees.append(Guarantee(Taken(i, k, choice)))
                else:
                    guarantees.append(Guarantee(Taken(i, k, 1), holds=bool(choice)))
    ranked = any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers)
    lifts = [
        Lift(k)
        for k, statement in enumerate(conflict.infeasible)
        # what a guarantee forbids is the guarantee
        if not ranked and all(atom.dm != guarantor for atom in atoms(statement.expression))
    ]
    return (*one_way, *guarantees, *lifts)


# -- the changed model ---------------------------------------------------------------------------


def _with_dm(
    conflict: Conflict,
    dm: int,
    *,
    options: tuple[Option, ...] | None = None,
    preference: Preference | None = None,
) -> Conflict:
    dms = list(conflict.decision_makers)
    dms[dm] = replace(
        dms[dm],
        options=dms[dm].options if options is None else options,
        preference=preference or dms[dm].preference,
    )
    return replace(conflict, decision_makers=tuple(dms))


def _guarantor(conflict: Conflict) -> int | None:
    """Return the index of the third party that earlier guarantees brought in, always the last."""
    party = conflict.decision_makers[-1]
    held = bool(party.options) and all(
        option.change == "take" and option.id.startswith("holds_") for option in party.options
    )
    known = _GUARANTOR.fullmatch(party.id) and party.preference == Priorities(()) and held
    return len(conflict.decision_makers) - 1 if known else None


def third_party(conflict: Conflict, option: Option) -> tuple[Conflict, Taken]:
    """Return the conflict in which a third party has one more option, and its atom.

    The third party is one more decision maker, indifferent between all states, who has not yet
    made use of the option. If an earlier change brought it in, it is the same.
    """
    if _guarantor(conflict) is None:
        party = DecisionMaker(_free("third_party", conflict.dm_ids), "Third party")
        conflict = replace(
            conflict,
            decision_makers=(*conflict.decision_makers, party),
            status_quo=_longer(conflict.status_quo, ()),
        )
    *others, party = conflict.decision_makers
    option = replace(option, id=_free(option.id, {one.id for one in party.options}))
    # the states named by rankings are states of the old space
    preferences, views = _widened(conflict)
    held = Taken(len(others), len(party.options), 1)
    status_quo = conflict.status_quo
    if isinstance(status_quo, tuple):
        status_quo = (*status_quo[:-1], (*status_quo[-1], 0))
    changed = [*others, replace(party, options=(*party.options, option))]
    wider = replace(
        conflict,
        decision_makers=tuple(
            replace(dm, preference=own) for dm, own in zip(changed, preferences, strict=True)
        ),
        status_quo=status_quo,
        views=tuple(
            replace(view, preferences=own) for view, own in zip(conflict.views, views, strict=True)
        ),
    )
    return wider, held


def _free(name: str, used: Iterable[str]) -> str:
    """Return a name, with a number where it is already used."""
    taken = set(used)
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def _longer(
    status_quo: tuple[tuple[int, ...], ...] | int | None, own: tuple[int, ...]
) -> tuple[tuple[int, ...], ...] | int | None:
    return (*status_quo, own) if isinstance(status_quo, tuple) else status_quo


Named: TypeAlias = "tuple[tuple[int, Preference], ...]"


def _widened(conflict: Conflict) -> tuple[list[Preference], list[Named]]:
    """Return the preferences, and those in views, with room for one more column in patterns.

    A ranking says nothing about the guarantee, so each of its states stands for both: those where
    it is made use of, and those where it is not.
    """
    listed = [isinstance(dm.preference, Ranking) for dm in conflict.decision_makers]
    space = build_space(conflict) if any(listed) else None
    preferences = [_wider(dm.preference, space) for dm in conflict.decision_makers]
    views: list[Named] = []
    for view in conflict.views:
        seen = None
        if any(isinstance(preference, Ranking) for _, preference in view.preferences):
            # its states are numbered as in the game that it believes in
            seen = build_space(seen_by(conflict, view.dm))
        views.append(tuple((dm, _wider(preference, seen)) for dm, preference in view.preferences))
    return preferences, views


def _wider(preference: Preference, space: Space | None) -> Preference:
    if not isinstance(preference, Ranking) or space is None:
        return preference

    def wide(ref: StateRef) -> StateRef:
        text = ref.text.strip()
        if text.isascii() and text.isdigit():
            text = space.patterns(np.array([int(text) - 1]))[0]
        return replace(ref, text=f"{text}-")

    tiers = tuple(tuple(wide(ref) for ref in tier) for tier in preference.tiers)
    return replace(preference, tiers=tiers)
