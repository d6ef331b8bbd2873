"""Which states a figure shows, and how it labels them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis import Findings
from detente.graph.grid import Grid
from detente.report.sentences.matter import other_equilibria
from detente.report.sentences.words import Words

__all__ = ["Labels", "Shown", "shown"]


@dataclass(frozen=True)
class Shown:
    """The states that matter, in the order in which they are shown.

    Attributes
    ----------
    now, deals, equilibria : tuple of int
        The status quo, if there is one; states of the zone; other equilibria.
    all_deals, all_equilibria : int
        How many there are in all, shown or not.
    """

    now: tuple[int, ...]
    deals: tuple[int, ...]
    equilibria: tuple[int, ...]
    all_deals: int
    all_equilibria: int


def shown(findings: Findings, most: int) -> Shown:
    """Return at most so many states: the status quo, deals, the strictest other equilibria."""
    diagnosis = findings.diagnosis
    now = () if diagnosis is None else (diagnosis.status_quo,)
    deals = () if diagnosis is None else tuple(deal.state for deal in diagnosis.deals)
    others, number = other_equilibria(findings, most)
    room = max(most - len(now), 0)
    # many deals leave a third of the room to what else is stable
    kept = deals[: max(room - min(number, room // 3), 0)]
    return Shown(
        now[:most],
        kept,
        tuple(others[: room - len(kept)]),
        0 if diagnosis is None else len(diagnosis.zone),
        number,
    )


class Labels:
    """Short words for the states of one figure.

    A state is told by what differs from the status quo. Room is short, and what many of the
    states have in common tells none of them apart: what few of them have comes first.

    Parameters
    ----------
    findings : Findings
    states : sequence of int
        Those of the figure.
    """

    def __init__(self, findings: Findings, states: Sequence[int]) -> None:
        self.words = Words.of(findings)
        diagnosis = findings.diagnosis
        self._status_quo = None if diagnosis is None else diagnosis.status_quo
        self._common = Counter(part for state in states for part in self._parts(state))

    def number(self, state: int) -> str:
        """Return the number of a state, or its id."""
        return self.words.label(state)

    def short(self, state: int) -> str:
        """Return a state in a few words: for the status quo what is taken, else what differs."""
        words = self.words
        if words.conflict.graph is not None or state == self._status_quo:
            return words.state(state)
        own: dict[int, list[Any]] = {}
        for part in sorted(self._parts(state), key=lambda part: (self._common[part], part)):
            own.setdefault(part[0], []).append(part)
        told = []
        for dm, parts in own.items():
            deeds = []
            for _, k, choice in parts:
                option = words.conflict.decision_makers[dm].options[k]
                if option.levels:
                    deeds.append(f"{option.name}: {option.levels[choice].name}")
                else:
                    deeds.append(option.name if choice else f"not {option.name}")
            told.append(f"{words.dm(dm)}: {', '.join(deeds)}")
        return "; ".join(told) or words.state(state)

    def full(self, state: int) -> str:
        """Return a state in all its words, for a tip."""
        words = self.words
        if self._status_quo is None or state == self._status_quo:
            return words.state(state)
        return words.change(self._status_quo, state)

    def _parts(self, state: int) -> list[tuple[int, int, int]]:
        """Return what differs from the status quo: decision maker, option, how it stands."""
        if not isinstance(self.words.graph, Grid):
            return []
        here = self.words.choices(state)
        then = None if self._status_quo is None else self.words.choices(self._status_quo)
        return [
            (dm, k, choice)
            for dm, choices in enumerate(here)
            for k, choice in enumerate(choices)
            if (choice if then is None else choice != then[dm][k])
        ]
