"""A conflict: decision makers, what each can do, what each cares about, where things stand.

Two forms share one type. In *option form* every decision maker holds options and a state is a
feasible combination. As a *graph* the states are listed, and so are each decision maker's moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from detente.errors import Place
from detente.model.expressions import Expression, Taken, render

__all__ = [
    "Change",
    "Conflict",
    "DecisionMaker",
    "Evidence",
    "Level",
    "Option",
    "Preference",
    "Priorities",
    "Ranking",
    "StateList",
    "StateRef",
    "Statement",
    "Weights",
]

Change = Literal["both", "take", "drop"]


@dataclass(frozen=True)
class Evidence:
    """What a part of the model rests on: ids of the record, whose judgement it is, a remark."""

    because: tuple[str, ...] = ()
    according_to: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Level:
    """One level of an option that has several."""

    id: str
    name: str


@dataclass(frozen=True)
class Option:
    """A course of action: taken or not, or at exactly one of several levels.

    `change` says how it can change: both ways, ``take`` (once taken it stays; a level can only
    be raised) or ``drop`` (it can only be given up; a level can only be lowered).
    """

    id: str
    name: str
    levels: tuple[Level, ...] = ()
    change: Change = "both"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def choices(self) -> int:
        """Return in how many ways the option can stand."""
        return len(self.levels) or 2


@dataclass(frozen=True)
class Statement:
    """An expression as it stands in the model: a priority, or what makes a state infeasible."""

    expression: Expression
    evidence: Evidence = field(default=Evidence(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Priorities:
    """Option prioritizing: statements, most important first, compared lexicographically."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Weights:
    """Option weighting: each statement that holds adds its weight."""

    statements: tuple[tuple[Statement, Fraction], ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class StateRef:
    """A state as the analyst named it: a number, a pattern of Y, N and -, or a listed id."""

    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Ranking:
    """States from best to worst; each tier holds the states that are tied."""

    tiers: tuple[tuple[StateRef, ...], ...]
    place: Place | None = field(default=None, compare=False)


Preference: TypeAlias = "Priorities | Weights | Ranking"


@dataclass(frozen=True)
class DecisionMaker:
    """A decision maker, its options and its preference."""

    id: str
    name: str
    options: tuple[Option, ...] = ()
    preference: Preference = Priorities(())
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def strategies(self) -> int:
        """Return how many strategies its options make, feasible or not."""
        product = 1
        for option in self.options:
            product *= option.choices
        return product


@dataclass(frozen=True)
class StateList:
    """The states and moves of a conflict given as a graph.

    `moves` holds, for each decision maker, pairs of state indices counted from 0.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    moves: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True)
class Conflict:
    """A conflict in option form, or as a graph when `graph` is given.

    Attributes
    ----------
    status_quo : tuple of tuple of int, or int, or None
        In option form the choice of every option by decision maker; as a graph the index of the
        state; None where the model does not say.
    status_quo_evidence : tuple of (Taken or None, Evidence)
        What each option taken in the status quo rests on; None stands for the state of a graph.
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Statement, ...] = ()
    status_quo: tuple[tuple[int, ...], ...] | int | None = None
    status_quo_evidence: tuple[tuple[Taken | None, Evidence], ...] = field(
        default=(), compare=False
    )
    graph: StateList | None = None
    note: str | None = field(default=None, compare=False)
    status_quo_place: Place | None = field(default=None, compare=False)
    place: Place | None = field(default=None, compare=False)

    @cached_property
    def dm_ids(self) -> tuple[str, ...]:
        """Return the ids of the decision makers in order."""
        return tuple(dm.id for dm in self.decision_makers)

    def columns(self) -> Iterator[Taken]:
        """Yield the yes/no columns of a state pattern in order: one per option, one per level."""
        for i, dm in enumerate(self.decision_makers):
            for k, option in enumerate(dm.options):
                for choice in range(len(option.levels)) if option.levels else (1,):
                    yield Taken(i, k, choice)

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """Return the name of every column as expressions write it."""
        return tuple(self.atom_name(atom) for atom in self.columns())

    def option(self, atom: Taken) -> Option:
        """Return the option an atom speaks of."""
        return self.decision_makers[atom.dm].options[atom.option]

    def atom_name(self, atom: Taken) -> str:
        """Return an atom as expressions write it: ``dm.option`` or ``dm.option is level``."""
        option = self.option(atom)
        name = f"{self.decision_makers[atom.dm].id}.{option.id}"
        return f"{name} is {option.levels[atom.choice].id}" if option.levels else name

    def expression_text(self, expression: Expression) -> str:
        """Return an expression as a model file writes it."""
        return render(expression, self.atom_name)
