"""What of the state graph is worth drawing: the ways from the status quo to where it may end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from detente.analysis import Evolution, Findings, Outlook
from detente.errors import DetenteError, Problem
from detente.graph.graph import Graph, Over
from detente.graph.paths import Move
from detente.report.sentences.matter import other_equilibria

__all__ = ["Step", "Ways", "ways"]

#: how many deals, ends of improvements and other equilibria ways are drawn to, how many states of
#: one end, and how many improvements from the status quo that lie on none of these ways
_DEALS, _ENDS, _EQUILIBRIA, _OF_AN_END, _FIRST = 6, 6, 6, 6, 8
#: how many equilibria are looked at for some that can be reached
_LOOKED_AT = 200
#: up to how many states that can be reached all are drawn
_ALL = 12
#: up to how many steps for each state all improvements between the states drawn are drawn
_CALM = 1.75


@dataclass(frozen=True, order=True)
class Step:
    """A move that is drawn."""

    source: int
    target: int
    dm: int
    kind: Literal["improvement", "move"] = field(compare=False)


@dataclass(frozen=True)
class Ways:
    """The states and moves that are drawn.

    Attributes
    ----------
    over : {"moves", "improvements"}
        What counts as a step for the layers.
    evolution : Evolution
        By such steps.
    layers : tuple of tuple of int
        States by fewest steps from the status quo.
    steps : tuple of Step
    ends : frozenset of int
        States from which improvements lead only to one another.
    undrawn : int
        How many improvements between these states are not drawn.
    """

    over: Over
    evolution: Evolution
    layers: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    ends: frozenset[int]
    undrawn: int

    @property
    def states(self) -> tuple[int, ...]:
        """Return the states that are drawn."""
        return tuple(state for layer in self.layers for state in layer)

    def without(self, step: Step) -> Ways:
        """Return the same without a step."""
        left = tuple(one for one in self.steps if one != step)
        return replace(self, steps=left, undrawn=self.undrawn + (step.kind == "improvement"))


def ways(findings: Findings, over: Over | None, *, most: int, widest: int) -> Ways:
    """Choose what is drawn.

    Parameters
    ----------
    findings : Findings
    over : {"moves", "improvements"} or None
        None: improvements, unless there are none or deals are reached by other moves only.
    most, widest : int
        How many states at most, in all and in one layer.

    Raises
    ------
    DetenteError
        ``no-status-quo``, or ``not-looked-at`` where the findings have no outlook.
    """
    diagnosis, graph = findings.diagnosis, findings.graph
    if diagnosis is None:
        what = "the model names no status quo, and the ways drawn start from one"
        raise DetenteError(Problem("no-status-quo", what, findings.conflict.place))
    start = diagnosis.status_quo
    look = findings.outlook
    if look is None:
        what = "how the conflict can move on was not looked at in this run"
        raise DetenteError(Problem("not-looked-at", what))
    first = [move for dm in graph.dms for move in _improvements(findings, dm, [start])]
    if over is None:
        led = not diagnosis.deals or diagnosis.deals[0].reach == "improvements"
        over = "improvements" if first and led else "moves"
    choice = _Choice(findings, look, over, most, widest)
    turns = _in_turns(first, graph)
    # everybody's best improvement has room before all else
    for _, move in turns[: len({move.dm for _, move in turns})]:
        choice.add([move])
    for deal in diagnosis.deals[:_DEALS]:
        choice.way_to(deal.state)
    for end in look.absorbing[:_ENDS]:
        soonest = end[np.lexsort((end, choice.evolution.fewest[end]))][:_OF_AN_END]
        for state in soonest.tolist():
            choice.way_to(state)
    for _, move in turns[:_FIRST]:
        choice.add([move])
    reached = [
        s for s in other_equilibria(findings, _LOOKED_AT)[0] if choice.evolution.fewest[s] > 0
    ]
    for state in reached[:_EQUILIBRIA]:
        choice.way_to(state)
    near = np.flatnonzero(choice.evolution.fewest >= 0)
    if len(near) <= _ALL:
        for state in near[np.argsort(choice.evolution.fewest[near], kind="stable")].tolist():
            choice.way_to(state)
        choice.moves |= dict.fromkeys(choice.downwards())
    return choice.done([move for move in first if move.target in choice.kept])


def _in_turns(moves: Sequence[Move], graph: Graph) -> list[tuple[int, Move]]:
    """Return moves, everybody's best before anybody's second, each with its turn."""
    turns: list[tuple[int, Move]] = []
    seen: Counter[int] = Counter()
    for move in sorted(moves, key=lambda move: -int(graph.ranks[move.dm][move.target])):
        turns.append((seen[move.dm], move))
        seen[move.dm] += 1
    return sorted(turns, key=lambda turn: (turn[0], turn[1].dm))


def _improvements(findings: Findings, dm: int, states: Sequence[int]) -> list[Move]:
    sources, targets = findings.graph.arcs(dm, np.array(states, dtype=np.intp), "improvements")
    return [Move(dm, s, t) for s, t in zip(sources.tolist(), targets.tolist(), strict=True)]


class _Choice:
    """States and moves taken so far, as long as there is room."""

    def __init__(
        self, findings: Findings, look: Outlook, over: Over, most: int, widest: int
    ) -> None:
        self.findings = findings
        self.look = look
        self.over: Over = over
        self.evolution = look.improvements if over == "improvements" else look.moves
        self.most = most
        self.widest = widest
        self.kept: dict[int, int] = {self.evolution.status_quo: 0}
        self.moves: dict[Move, None] = {}

    def way_to(self, state: int) -> None:
        """Take a shortest way to a state, one of improvements where that is as short."""
        fewest = self.evolution.fewest[state]
        by_gain = self.look.improvements
        as_short = by_gain.fewest[state] == fewest
        way = (by_gain if as_short else self.evolution).path(state)
        if fewest > 0 and way:
            self.add(way)

    def add(self, way: Iterable[Move]) -> None:
        """Take all moves of a way, if there is room for all its states."""
        way = list(way)
        fewest = self.evolution.fewest
        new = {move.target: int(fewest[move.target]) for move in way} | self.kept
        layers = np.bincount(list(new.values()))
        if len(new) <= self.most and layers.max() <= self.widest:
            # those taken first stay first
            self.kept |= new
            self.moves |= dict.fromkeys(way)

    def downwards(self) -> list[Move]:
        """Return all steps between the states taken that lead one layer on."""
        states = np.array(list(self.kept), dtype=np.intp)
        graph = self.findings.graph
        arcs = [(dm, *graph.arcs(dm, states, self.over)) for dm in graph.dms]
        moves = [
            Move(dm, source, target)
            for dm, sources, targets in arcs
            for source, target in zip(sources.tolist(), targets.tolist(), strict=True)
        ]
        on = [m for m in moves if self.kept.get(m.target, -1) == self.kept[m.source] + 1]
        return on if len(on) <= _CALM * len(states) else []

    def done(self, first: Sequence[Move]) -> Ways:
        """Return what was taken, with the improvements between these states, if they are few."""
        graph = self.findings.graph
        self.moves |= dict.fromkeys(first)
        between = [
            move
            for dm in graph.dms
            for move in _improvements(self.findings, dm, list(self.kept))
            if move.target in self.kept and move not in self.moves
        ]
        of_end = {s: k for k, end in enumerate(self.look.absorbing) for s in end.tolist()}
        if len(self.moves) + len(between) <= max(_CALM * len(self.kept), 8):
            added = between
        else:
            # where improvements go round, the round is the point
            added = [m for m in between if of_end.get(m.source, -1) == of_end.get(m.target, -2)]
            added = added[: 2 * _OF_AN_END]
        self.moves |= dict.fromkeys(added)
        layers: list[list[int]] = [[] for _ in range(max(self.kept.values()) + 1)]
        for state, layer in self.kept.items():
            layers[layer].append(state)
        return Ways(
            self.over,
            self.evolution,
            tuple(map(tuple, layers)),
            tuple(sorted(self._step(move) for move in self.moves)),
            frozenset(self.kept.keys() & of_end.keys()),
            len(between) - len(added),
        )

    def _step(self, move: Move) -> Step:
        rank = self.findings.graph.ranks[move.dm]
        gains = rank[move.target] > rank[move.source]
        return Step(move.source, move.target, move.dm, "improvement" if gains else "move")
