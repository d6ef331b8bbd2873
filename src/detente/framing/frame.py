"""Framing: the parts of a model that were in force on a date make the conflict of that date.

A part without a condition is always in force. What a condition asks of the record may stay open,
because the accounts differ or nobody says; a condition that hangs on it counts as not fulfilled,
and the result says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from detente.document import Node, Scalar
from detente.errors import DetenteError, Place, Problem, Problems
from detente.framing.facts import Facts, check_fact
from detente.framing.restrict import restricted
from detente.model.conflict import (
    Condition,
    Conflict,
    Given,
    NamedDeal,
    Option,
    Preference,
    Priorities,
    Ranking,
    Statement,
    Weights,
)
from detente.model.expressions import Expression, Fact, Literal, evaluate
from detente.model.grammar import ExpressionError, parse_expression
from detente.record.actors import Actor
from detente.record.dates import NEVER, DateError, When, parse_when
from detente.record.record import Record
from detente.record.standing import Standing

__all__ = ["Framed", "Judged", "check_conditions", "frame"]

#: a condition that hangs on more open facts than this stays open
MOST_OPEN_FACTS = 12


@dataclass(frozen=True)
class Judged:
    """One condition as it came out.

    Attributes
    ----------
    part : str
        What it belongs to, as ``usa priority: relief is part``; with a number where several parts
        would be called the same.
    when : Condition
    in_force : bool
    facts : dict of str to str
        How every entry stood that the condition asks about.
    open : tuple of str
        The entries on which it hangs and which the record leaves open; empty where it is settled.
    """

    part: str
    when: Condition
    in_force: bool
    facts: dict[str, str] = field(default_factory=dict)
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framed:
    """The conflict of a date, and how it came about.

    Attributes
    ----------
    conflict : Conflict
        With no conditions left.
    on : When or None
        None where nothing hung on the date.
    standing : Standing or None
        None where the model needed no record.
    judged : tuple of Judged
        Every condition of the model, in the order of its parts.
    """

    conflict: Conflict
    on: When | None
    judged: tuple[Judged, ...]
    standing: Standing | None = field(default=None, repr=False)

    @property
    def undecided(self) -> tuple[Judged, ...]:
        """Return the conditions that count as not fulfilled because the record is open."""
        return tuple(one for one in self.judged if one.open)


def check_conditions(conflict: Conflict, record: Record | None) -> Problems:
    """Return what is wrong with the conditions of a model: dates, expressions, ids, viewpoints."""
    problems = Problems()
    for when in conflict.conditions():
        if when is not None:
            _check(when, record, problems)
    return problems


def frame(
    conflict: Conflict,
    standing: Standing | None,
    on: When | str,
    *,
    viewpoint: Iterable[str] = (),
) -> Framed:
    """Return the conflict as it was on a date.

    Parameters
    ----------
    conflict : Conflict
    standing : Standing or None
        How things stood on that date; None will do where no condition asks the record.
    on : When or str
        The date; parts are in force as they are when it is over.
    viewpoint : iterable of str
        Ids of the actors as whom the game is seen.

    Raises
    ------
    DetenteError
        With every mistake in the conditions; ``status-quo-incomplete`` where an option with
        levels stands at no level on that date.
    """
    check_conditions(conflict, None if standing is None else standing.record).raise_if_any()
    when = parse_when(on) if isinstance(on, str) else on
    framer = _Framer(standing, min(when.latest, NEVER - 1), frozenset(viewpoint))
    framed = framer.conflict(conflict)
    return Framed(framed, when, tuple(framer.judged), standing)


class _Framer:
    """One date and viewpoint; notes how every condition came out."""

    def __init__(self, standing: Standing | None, at: int, viewpoint: frozenset[str]) -> None:
        self.facts = None if standing is None else Facts(standing)
        self.at = at
        self.viewpoint = viewpoint
        self.judged: list[Judged] = []
        self.named: Counter[str] = Counter()

    def conflict(self, conflict: Conflict) -> Conflict:
        dead = {
            (i, k)
            for i, dm in enumerate(conflict.decision_makers)
            for k, option in enumerate(dm.options)
            if not self.in_force(option, f"option {dm.id}.{option.id}")
        }
        text = conflict.expression_text
        dms = tuple(
            replace(
                dm,
                options=tuple(replace(option, when=None) for option in dm.options),
                preference=self.preference(dm.preference, f"{dm.id} priority", text),
            )
            for dm in conflict.decision_makers
        )
        infeasible = self.kept(conflict.infeasible, "infeasible", text)
        views = tuple(
            replace(
                view,
                preferences=tuple(
                    (dm, self.preference(it, f"{conflict.dm_ids[dm]} priority, as seen", text))
                    for dm, it in view.preferences
                ),
                infeasible=self.kept(view.infeasible, "infeasible, as seen", text),
            )
            for view in conflict.views
        )
        deals = tuple(
            replace(deal, when=None)
            for deal in conflict.deals
            if self.in_force(deal, f"deal {deal.id}")
        )
        framed = replace(
            conflict, decision_makers=dms, infeasible=infeasible, deals=deals, views=views
        )
        return restricted(self.with_status_quo(framed, dead), dead)

    def with_status_quo(self, conflict: Conflict, dead: set[tuple[int, int]]) -> Conflict:
        if not conflict.given:
            return conflict
        given = [
            entry
            for entry in conflict.given
            if self.in_force(entry, f"status quo: {conflict.atom_name(entry.atom)}")
        ]
        last = {(entry.atom.dm, entry.atom.option): entry for entry in given}
        chosen = tuple(
            tuple(
                last[i, k].atom.choice if (i, k) in last and last[i, k].taken else 0
                for k in range(len(dm.options))
            )
            for i, dm in enumerate(conflict.decision_makers)
        )
        for i, dm in enumerate(conflict.decision_makers):
            for k, option in enumerate(dm.options):
                if option.levels and (i, k) not in last and (i, k) not in dead:
                    what = f"on that date no level of {dm.id}.{option.id} is named"
                    place = conflict.status_quo_place
                    raise DetenteError(Problem("status-quo-incomplete", what, place))
        evidence = tuple((entry.atom, entry.evidence) for entry in last.values() if entry.taken)
        return replace(conflict, status_quo=chosen, status_quo_evidence=evidence, given=())

    def preference(
        self, preference: Preference, part: str, text: Callable[[Expression], str]
    ) -> Preference:
        match preference:
            case Priorities(statements):
                return Priorities(self.kept(statements, part, text))
            case Weights(statements, place):
                return Weights(
                    tuple(
                        (replace(one, when=None), weight)
                        for one, weight in statements
                        if self.in_force(one, f"{part}: {text(one.expression)}")
                    ),
                    place,
                )
            case Ranking():
                return preference

    def kept(
        self, statements: Iterable[Statement], part: str, text: Callable[[Expression], str]
    ) -> tuple[Statement, ...]:
        return tuple(
            replace(one, when=None)
            for one in statements
            if self.in_force(one, f"{part}: {text(one.expression)}")
        )

    # -- one condition ---------------------------------------------------------------------------

    def in_force(self, part: Option | Statement | Given | NamedDeal, name: str) -> bool:
        when = part.when
        if when is None:
            return True
        self.named[name] += 1
        number = self.named[name]
        verdict = self.judge(when, name if number == 1 else f"{name} ({number})")
        self.judged.append(verdict)
        return verdict.in_force

    def judge(self, when: Condition, name: str) -> Judged:
        seen = not when.viewpoint or not self.viewpoint.isdisjoint(when.viewpoint)
        begun = when.start is None or parse_when(when.start).earliest <= self.at
        over = when.end is not None and parse_when(when.end).earliest <= self.at
        if when.holds_when is None:
            return Judged(name, when, seen and begun and not over)
        assert self.facts is not None
        expression, found, _ = _read(when.holds_when)
        asked = list(dict.fromkeys(fact for fact, _ in found))
        told = {fact: self.facts.holds(fact) for fact in asked}
        open_ = [fact for fact, answer in told.items() if answer is None]
        in_time = seen and begun and not over
        value, hangs_on = _settled(expression, told, open_)
        states: dict[str, str] = {}
        for fact in asked:
            state = self.facts.state(fact)
            other = states.get(fact.entry)
            states[fact.entry] = state if other in (None, state) else f"{other}, {state}"
        return Judged(
            name,
            when,
            in_time and bool(value),
            states,
            tuple(dict.fromkeys(fact.entry for fact in hangs_on)) if in_time else (),
        )


def _settled(
    expression: Expression, told: dict[Fact, bool | None], open_: list[Fact]
) -> tuple[bool | None, list[Fact]]:
    """Return what a condition comes to whatever the open facts are, and the facts it hangs on.

    It comes to None where it hangs on some.
    """
    if len(open_) > MOST_OPEN_FACTS:
        return None, open_
    cases = np.arange(2 ** len(open_))

    def value(fact: Fact) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        answer = told[fact]
        if answer is None:
            return (cases >> open_.index(fact) & 1).astype(np.bool_)
        return np.full(cases.size, answer)

    outcome = np.broadcast_to(evaluate(expression, value), cases.shape)
    hangs_on = [
        fact for k, fact in enumerate(open_) if (outcome != outcome[cases ^ (1 << k)]).any()
    ]
    return (None if hangs_on else bool(outcome[0])), hangs_on


class _Read(NamedTuple):
    """A condition as it was read: its facts with where each stands, and what keeps it from it."""

    expression: Expression
    facts: tuple[tuple[Fact, int], ...]
    error: ExpressionError | None = None


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    """Read an expression over the record; the same ones are asked on every day of a replay."""
    found: list[tuple[Fact, int]] = []

    def fact(name: str, state: str | None, offset: int, _state_offset: int | None) -> Expression:
        found.append((Fact(name, state), offset))
        return found[-1][0]

    try:
        return _Read(parse_expression(text, fact), tuple(found))
    except ExpressionError as error:
        return _Read(Literal(False), tuple(found), error)


# -- mistakes ------------------------------------------------------------------------------------


def _check(when: Condition, record: Record | None, problems: Problems) -> None:
    start = _checked_date(when.start, when.nodes.get("from"), problems)
    end = _checked_date(when.end, when.nodes.get("to"), problems)
    if start is not None and end is not None and start.earliest >= end.earliest:
        what = f"in force from {when.start} until {when.end}, which is never"
        problems.add("ends-before-start", what, _place(when.nodes.get("to")))
    if when.viewpoint and record is not None:
        for actor in when.viewpoint:
            if not isinstance(record.entries.get(actor), Actor):
                what = f"{actor!r} is no actor of the record"
                problems.add("unknown-id", what, _place(when.nodes.get("viewpoint")))
    if when.holds_when is None:
        return
    node = when.nodes.get("holds_when")

    def place(offset: int) -> Place:
        if isinstance(node, Scalar) and node.text:
            return node.within(offset)
        return _place(node) or Place("")

    if record is None:
        what = f"{when.holds_when[:60]!r} asks a record, and there is none"
        problems.add("no-record", what, place(0))
        return

    read = _read(when.holds_when)
    for fact, offset in read.facts:
        check_fact(record, fact, place(offset), problems)
    if read.error is not None:
        problems.add(read.error.code, read.error.what, place(read.error.offset))


def _checked_date(text: str | None, node: Node | None, problems: Problems) -> When | None:
    if text is None:
        return None
    try:
        return parse_when(text)
    except DateError as error:
        problems.add("bad-date", error.what, _place(node))
        return None


def _place(node: Node | None) -> Place | None:
    return None if node is None else node.place
