"""A conflict: decision makers, what each can do, what each cares about, where things stand.

Two forms share one type. In *option form* every decision maker holds options and a state is a
feasible combination. As a *graph* the states are listed, and so are each decision maker's moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from detente.document import Node
from detente.errors import Place
from detente.model.expressions import Expression, Taken, render

__all__ = [
    "Change",
    "Condition",
    "Conflict",
    "DecisionMaker",
    "Evidence",
    "Given",
    "Level",
    "NamedDeal",
    "Option",
    "Preference",
    "Priorities",
    "Ranking",
    "StateList",
    "StateRef",
    "Statement",
    "View",
    "Weights",
    "statements_of",
]

Change = Literal["both", "take", "drop"]


@dataclass(frozen=True)
class Evidence:
    """What a part of the model rests on: ids of the record, whose judgement it is, a remark."""

    because: tuple[str, ...] = ()
    according_to: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Condition:
    """When, and for whom, a part of the model is in force; all that is said must hold.

    What the texts mean is settled when the model is framed, since the model knows no record.

    Attributes
    ----------
    start, end : str or None
        Dates: in force from the one until the other, the day of the end not included.
    holds_when : str or None
        An expression over the record.
    viewpoint : tuple of str
        Ids of actors: in force only as one of them sees it.
    nodes : mapping of str to Node
        Where each stands in the file, by key.
    """

    start: str | None = None
    end: str | None = None
    holds_when: str | None = None
    viewpoint: tuple[str, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict, compare=False, repr=False)


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
    when: Condition | None = None

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
    when: Condition | None = None


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


def statements_of(preference: Preference) -> tuple[Statement, ...]:
    """Return the statements of priorities or weights, none for a ranking."""
    match preference:
        case Priorities():
            return preference.statements
        case Weights():
            return tuple(statement for statement, _ in preference.statements)
        case Ranking():
            return ()


@dataclass(frozen=True)
class Given:
    """An entry of the status quo: an option stands at a choice, or (`taken` false) does not."""

    atom: Taken
    taken: bool = True
    evidence: Evidence = field(default=Evidence(), compare=False)
    place: Place | None = field(default=None, compare=False)
    when: Condition | None = None


@dataclass(frozen=True)
class NamedDeal:
    """A deal that is argued about by name.

    Attributes
    ----------
    by : tuple of str
        Ids of the decision makers who put it forward.
    expression : Expression or None
        None in a conflict given as a graph.
    states : tuple of int
        In a conflict given as a graph, the indices of the states meant.
    """

    id: str
    name: str
    expression: Expression | None
    states: tuple[int, ...] = ()
    by: tuple[str, ...] = ()
    evidence: Evidence = field(default=Evidence(), compare=False)
    place: Place | None = field(default=None, compare=False)
    when: Condition | None = None


@dataclass(frozen=True)
class View:
    """How one decision maker sees the game where it sees it otherwise than the model.

    Attributes
    ----------
    preferences : tuple of (int, Preference)
        What it takes for the preference of a decision maker.
    unknown : tuple of (int, int)
        Options, as (dm, option), that it does not know of; they are not taken in its game.
    infeasible : tuple of Statement
        What it takes to be impossible besides.
    """

    dm: int
    preferences: tuple[tuple[int, Preference], ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()
    infeasible: tuple[Statement, ...] = ()
    evidence: Evidence = field(default=Evidence(), compare=False)
    place: Place | None = field(default=None, compare=False)


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
    given : tuple of Given
        The entries of the status quo in order where some of them hold only at times; `status_quo`
        then follows from them when the conflict is framed.
    deals : tuple of NamedDeal
    views : tuple of View
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Statement, ...] = ()
    status_quo: tuple[tuple[int, ...], ...] | int | None = None
    status_quo_evidence: tuple[tuple[Taken | None, Evidence], ...] = field(
        default=(), compare=False
    )
    graph: StateList | None = None
    given: tuple[Given, ...] = ()
    deals: tuple[NamedDeal, ...] = ()
    views: tuple[View, ...] = ()
    note: str | None = field(default=None, compare=False)
    status_quo_place: Place | None = field(default=None, compare=False)
    place: Place | None = field(default=None, compare=False)

    @cached_property
    def dm_ids(self) -> tuple[str, ...]:
        """Return the ids of the decision makers in order."""
        return tuple(dm.id for dm in self.decision_makers)

    @cached_property
    def timed(self) -> bool:
        """Tell whether some part holds only at times, so that the conflict has to be framed."""
        return any(part is not None for part in self.conditions())

    def conditions(self) -> Iterator[Condition | None]:
        """Yield the condition of every part that can have one, None where it has none."""
        for dm in self.decision_makers:
            yield from (option.when for option in dm.options)
            yield from (statement.when for statement in statements_of(dm.preference))
        yield from (statement.when for statement in self.infeasible)
        yield from (entry.when for entry in self.given)
        yield from (deal.when for deal in self.deals)
        for view in self.views:
            for _, preference in view.preferences:
                yield from (statement.when for statement in statements_of(preference))
            yield from (statement.when for statement in view.infeasible)

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
