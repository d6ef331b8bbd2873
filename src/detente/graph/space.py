"""The state space of a conflict in option form: strategies, feasible states, their numbers.

The space is a box with one axis per decision maker. Strategies along an axis are sorted by
``sum(bit_k 2^k)`` of their options and the first decision maker's axis varies fastest, so the
flat order of the feasible cells is the field's numbering of states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Array, Indices, Mask
from detente.graph.memory import available_memory, footprint, refuse
from detente.model.conflict import Conflict, DecisionMaker, Statement
from detente.model.expressions import Expression, Taken, atoms, evaluate

__all__ = ["Axis", "Space", "build_space"]

#: the most strategies of one decision maker that are looked at one by one
MAX_STRATEGIES = 2**20
#: NumPy arrays have at most 64 axes, and decision makers are kept as bits of a whole number
MAX_DECISION_MAKERS = 60


@dataclass(frozen=True)
class Axis:
    """The strategies of one decision maker.

    Attributes
    ----------
    choices : unsigned int array, shape (strategies, options)
        How each option stands: 0 or 1, or the index of the level.
    floors : int array, shape (strategies, one-way options)
        What must not fall along a move: the choice of a ``take`` option, the negated choice of a
        ``drop`` option. A move from a to b is allowed iff no entry of `floors` falls.
    """

    choices: Array
    floors: Array

    @classmethod
    def of(cls, dm: DecisionMaker, choices: Array) -> Axis:
        """Make the axis of a decision maker from the strategies kept."""
        signs = [
            (k, 1 if o.change == "take" else -1)
            for k, o in enumerate(dm.options)
            if o.change != "both"
        ]
        floors = np.array([sign * choices[:, k].astype(np.int32) for k, sign in signs], np.int32)
        return cls(choices, floors.T.reshape(len(choices), len(signs)))

    def __len__(self) -> int:
        return len(self.choices)

    def find(self, choices: Array) -> Indices:
        """Return the strategies with those choices, -1 where there is none.

        Parameters
        ----------
        choices : int array, shape (strategies asked for, options)
        """
        found = [self._numbers.get(tuple(row), -1) for row in choices.tolist()]
        return np.array(found, dtype=np.intp)

    @cached_property
    def _numbers(self) -> dict[tuple[int, ...], int]:
        return {tuple(row): number for number, row in enumerate(self.choices.tolist())}

    @cached_property
    def classes(self) -> list[tuple[Indices, Indices]]:
        """Return groups of strategies with the same reach: (the group, all it can get to).

        Without one-way options this is one group that reaches everything.
        """
        if not self.floors.shape[1]:
            everything = np.arange(len(self))
            return [(everything, everything)]
        kinds, kind_of = np.unique(self.floors, axis=0, return_inverse=True)
        kind_of = kind_of.reshape(-1)
        groups = []
        for k, floor in enumerate(kinds):
            reached = np.flatnonzero((self.floors >= floor).all(axis=1))
            groups.append((np.flatnonzero(kind_of == k), reached))
        return groups


@dataclass(frozen=True)
class Space:
    """The feasible states of a conflict in option form.

    Attributes
    ----------
    axes : tuple of Axis
        One per decision maker, in the order of the model.
    feasible : bool array, shape `shape`, or None
        None when every cell is a state. The array axes run from the last decision maker to the
        first.
    """

    conflict: Conflict
    axes: tuple[Axis, ...]
    feasible: Mask | None

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the lengths of the array axes, last decision maker first."""
        return tuple(len(axis) for axis in reversed(self.axes))

    @cached_property
    def cells(self) -> int:
        """Return how many cells the box has."""
        return prod(self.shape)

    @cached_property
    def cell_of(self) -> Indices | None:
        """Return the flat cell of every state, or None when cells and states are the same."""
        return None if self.feasible is None else np.flatnonzero(self.feasible.reshape(-1))

    @cached_property
    def state_of(self) -> Array | None:
        """Return the state of every flat cell, -1 where infeasible; None when all are states."""
        if self.cell_of is None:
            return None
        states = np.full(self.cells, -1, dtype=np.int32 if self.cells < 2**31 else np.int64)
        states[self.cell_of] = np.arange(len(self.cell_of), dtype=states.dtype)
        return states

    @cached_property
    def size(self) -> int:
        """Return the number of states."""
        return self.cells if self.cell_of is None else len(self.cell_of)

    def reversed(self) -> Space:
        """Return the same states with every one-way option running the other way."""
        axes = tuple(Axis(axis.choices, -axis.floors) for axis in self.axes)
        return replace(self, axes=axes)

    def stride(self, dm: int) -> int:
        """Return how far apart neighbouring strategies of a decision maker lie in flat cells."""
        return prod(len(axis) for axis in self.axes[:dm])

    def coordinates(self, states: Indices) -> list[Indices]:
        """Return each decision maker's strategy at some states, one array per decision maker."""
        cells = states if self.cell_of is None else self.cell_of[states]
        found = []
        for axis in self.axes:
            cells, strategy = np.divmod(cells, len(axis))
            found.append(strategy)
        return found

    def states_at(self, strategies: Sequence[Indices]) -> Indices:
        """Return the states with those strategies, -1 where infeasible; the inputs broadcast."""
        cells = np.asarray(0)
        for dm, strategy in enumerate(strategies):
            cells = cells + strategy * self.stride(dm)
        return cells if self.state_of is None else self.state_of[cells].astype(np.intp)

    def choices(self, states: Indices) -> list[Array]:
        """Return how every option stands: per decision maker, shape (len(states), options)."""
        return [
            axis.choices[strategy]
            for axis, strategy in zip(self.axes, self.coordinates(states), strict=True)
        ]

    def choices_at(self, state: int) -> tuple[tuple[int, ...], ...]:
        """Return how every option stands in one state, by decision maker."""
        return tuple(tuple(row[0].tolist()) for row in self.choices(np.array([state])))

    def where(self, expression: Expression) -> Mask:
        """Return in which states an expression holds, shape (states,); the caller's to change."""
        return np.array(self.over_states(self.truth(expression)), dtype=np.bool_)

    def truth(self, expression: Expression) -> Array:
        """Return where an expression holds, as an array that broadcasts to `shape`."""

        def value(atom: Taken) -> Array:
            column: Array = self.axes[atom.dm].choices[:, atom.option] == atom.choice
            return column.reshape(-1, *(1,) * atom.dm)

        return np.asarray(evaluate(expression, value))

    def over_states(self, grid: Array) -> Array:
        """Return an array that broadcasts to `shape` as one over states."""
        flat: Array = np.broadcast_to(grid, self.shape).reshape(-1)
        return flat if self.cell_of is None else flat[self.cell_of]

    @cached_property
    def _texts(self) -> list[list[str]]:
        """Return the pattern of every strategy of every decision maker."""
        texts = []
        for dm, axis in zip(self.conflict.decision_makers, self.axes, strict=True):
            parts = []
            for k, option in enumerate(dm.options):
                marks = (
                    ["N" * i + "Y" + "N" * (option.choices - i - 1) for i in range(option.choices)]
                    if option.levels
                    else ["N", "Y"]
                )
                parts.append([marks[choice] for choice in axis.choices[:, k]])
            texts.append(["".join(row) for row in zip(*parts, strict=True)] or [""] * len(axis))
        return texts

    def patterns(self, states: Indices) -> list[str]:
        """Return the pattern of Y and N of some states, in the order of the columns."""
        rows = zip(*(s.tolist() for s in self.coordinates(states)), strict=True)
        texts = self._texts
        return ["".join(text[k] for text, k in zip(texts, row, strict=True)) for row in rows]

    def matching(self, pattern: str) -> Indices:
        """Return the states that fit a pattern of Y, N and -."""
        chosen: list[Indices] = []
        letters = np.frombuffer(pattern.encode("ascii"), dtype=np.uint8)
        start = 0
        for k, dm in enumerate(self.conflict.decision_makers):
            width = sum(len(option.levels) or 1 for option in dm.options)
            part, wanted = pattern[start : start + width], letters[start : start + width]
            start += width
            if "-" in part:
                said = np.flatnonzero(wanted != ord("-"))
                fits = np.flatnonzero((self._marks[k][:, said] == wanted[said]).all(axis=1))
            else:
                number = self._numbers[k].get(part)
                fits = np.array([] if number is None else [number])
            chosen.append(fits.astype(np.intp))
        last_first = [strategies.reshape(-1, *(1,) * dm) for dm, strategies in enumerate(chosen)]
        states = self.states_at(last_first).reshape(-1)
        return np.sort(states[states >= 0])

    @cached_property
    def _marks(self) -> list[Array]:
        """Return the patterns of each decision maker's strategies as a table of letters."""
        return [
            np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8).reshape(len(texts), -1)
            for texts in self._texts
        ]

    @cached_property
    def _numbers(self) -> list[dict[str, int]]:
        return [{text: k for k, text in enumerate(texts)} for texts in self._texts]


def build_space(conflict: Conflict, *, memory: int | None = None) -> Space:
    """Enumerate the feasible states of a conflict in option form.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    memory : int, optional
        How many bytes may be used; default: what the machine has free.

    Raises
    ------
    DetenteError
        ``too-large`` before anything of size is allocated, or ``no-feasible-state``.
    """
    memory = available_memory() if memory is None else memory
    own: list[list[Statement]] = [[] for _ in conflict.decision_makers]
    shared: list[Statement] = []
    for statement in conflict.infeasible:
        holders = {atom.dm for atom in atoms(statement.expression)}
        (own[holders.pop()] if len(holders) == 1 else shared).append(statement)
    if len(conflict.decision_makers) > MAX_DECISION_MAKERS:
        what = f"{len(conflict.decision_makers)} decision makers; at most {MAX_DECISION_MAKERS} fit"
        raise DetenteError(Problem("too-large", what, conflict.place))
    raw = [dm.strategies for dm in conflict.decision_makers]
    # what own infeasibles cannot shrink is known before anything is laid out
    least = prod(count for count, forbidden in zip(raw, own, strict=True) if not forbidden)
    if footprint(least, conflict.decision_makers) > memory:
        refuse(conflict, prod(raw), memory)
    if footprint(max(raw), ()) > memory:
        refuse(conflict, prod(raw), memory)
    for dm in conflict.decision_makers:
        if dm.strategies > MAX_STRATEGIES:
            most = f"at most {MAX_STRATEGIES:,} are looked at"
            what = f"{dm.id} alone has {dm.strategies:,} strategies; {most}"
            raise DetenteError(Problem("too-large", what, conflict.place))
    axes = tuple(
        Axis.of(dm, _strategies(dm, own[i])) for i, dm in enumerate(conflict.decision_makers)
    )
    space = Space(conflict, axes, None)
    if space.cells == 0:
        _no_state(conflict)
    if footprint(space.cells, conflict.decision_makers) > memory:
        refuse(conflict, space.cells, memory)
    if not shared:
        return space
    feasible = np.ones(space.shape, dtype=np.bool_)
    for statement in shared:
        feasible &= ~space.truth(statement.expression)
    if not feasible.any():
        _no_state(conflict)
    if feasible.all():
        return space
    return _cropped(Space(conflict, axes, feasible))


def _strategies(dm: DecisionMaker, forbidden: list[Statement]) -> Array:
    """Return the strategies of one decision maker that its own infeasibles leave."""
    count = dm.strategies
    widest = max((option.choices for option in dm.options), default=2)
    choices = np.empty((count, len(dm.options)), dtype=np.min_scalar_type(widest))
    below = 1
    for k, option in enumerate(dm.options):
        choices[:, k] = (np.arange(count) // below) % option.choices
        below *= option.choices
    keep = np.ones(count, dtype=np.bool_)
    for statement in forbidden:
        keep &= ~evaluate(statement.expression, lambda atom: choices[:, atom.option] == atom.choice)
    return choices[keep]


def _cropped(space: Space) -> Space:
    """Drop strategies that stand in no feasible state, so that the box is as small as it can be."""
    assert space.feasible is not None
    feasible = space.feasible
    axes = []
    for dm, axis in enumerate(space.axes):
        position = len(space.axes) - 1 - dm
        rest = tuple(k for k in range(len(space.axes)) if k != position)
        used = feasible.any(axis=rest)
        if not used.all():
            feasible = feasible.compress(used, axis=position)
        axes.append(Axis(axis.choices[used], axis.floors[used]))
    return Space(space.conflict, tuple(axes), None if feasible.all() else feasible)


def _no_state(conflict: Conflict) -> None:
    place = conflict.infeasible[-1].place if conflict.infeasible else conflict.place
    what = "the infeasible expressions together leave no state"
    raise DetenteError(Problem("no-feasible-state", what, place))
