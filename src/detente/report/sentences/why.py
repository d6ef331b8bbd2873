"""Why a state is stable or not, for every decision maker, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from detente.analysis.deals import GRADES
from detente.report.sentences.phrases import CONCEPT_NAMES, count, join, ordinal
from detente.report.sentences.words import Words
from detente.stability import Reason, StabilityTable

__all__ = ["Grounds", "Position", "Why", "positions", "short_positions"]

#: from a state, a decision maker and a concept to the reason why it is stable or not
Why: TypeAlias = Callable[[int, int, str], Reason]

#: how many improvements with their sanctions are told for each concept
_HELD = 2


@dataclass(frozen=True)
class Grounds:
    """Concepts with the same answer for the same reason.

    Attributes
    ----------
    stable : bool
    heading : str
        ``stable under Nash and SEQ``
    lines : tuple of str
        The reason; where many improvements are held, the first of them.
    """

    stable: bool
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """How one decision maker stands to a state.

    Attributes
    ----------
    name : str
        Of the decision maker.
    rank : str
        Which place it gives the state.
    grounds : tuple of Grounds
    """

    name: str
    rank: str
    grounds: tuple[Grounds, ...]


def positions(words: Words, state: int, reasons: Sequence[Reason]) -> list[Position]:
    """Return how every decision maker stands to a state, and why, for every concept."""
    return [
        Position(
            words.dm(dm),
            _place(words, state, dm),
            _grounds(words, [reason for reason in reasons if reason.dm == dm]),
        )
        for dm in words.graph.dms
    ]


def short_positions(words: Words, table: StabilityTable, state: int, why: Why) -> list[Position]:
    """Return how every decision maker stands to a state, and why under the concepts that tell most.

    For concepts under which it would leave each reason is told; of those under which it stays
    that of the strictest, and of the improvements that are held the first.

    Parameters
    ----------
    words : Words
    table : StabilityTable
    state : int
    why : callable
        From a state, a decision maker and a concept to the reason.
    """
    told = []
    for dm in words.graph.dms:
        stable = {concept: bool(table.stable[concept][dm, state]) for concept in table.concepts}
        leaves = [why(state, dm, concept) for concept, stays in stable.items() if not stays]
        stays = [concept for concept, stays in stable.items() if stays]
        grounds = list(_grounds(words, leaves))
        if stays:
            concept = next((name for name in GRADES if name in stays), stays[0])
            reason = why(state, dm, concept)
            first = replace(reason, held=reason.held[:1])
            lines = tuple(words.reason(first))
            if len(stays) > 1 and first.held:
                lines = (f"By {CONCEPT_NAMES[concept]}: {lines[0]}",)
            lines = (*lines, *_more(len(reason.held) - 1))
            grounds.append(Grounds(True, _heading(stays), lines))
        told.append(Position(words.dm(dm), _place(words, state, dm), tuple(grounds)))
    return told


def _place(words: Words, state: int, dm: int) -> str:
    rank = words.graph.ranks[dm]
    place = int(np.unique(rank[rank > rank[state]]).size) + 1
    return f"ranks it {ordinal(place)} of {int(rank.max()):,}"


def _grounds(words: Words, reasons: Sequence[Reason]) -> tuple[Grounds, ...]:
    """Return concepts with the same answer for the same reason together."""
    groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for reason in reasons:
        lines = tuple(words.reason(reason))
        groups.setdefault((reason.stable, lines), []).append(reason.concept)
    return tuple(
        Grounds(
            stable,
            _heading(concepts, "" if stable else "not "),
            (*lines[:_HELD], *_more(len(lines) - _HELD)),
        )
        for (stable, lines), concepts in groups.items()
    )


def _heading(concepts: Sequence[str], negation: str = "") -> str:
    return f"{negation}stable under {join(CONCEPT_NAMES[concept] for concept in concepts)}"


def _more(number: int) -> tuple[str, ...]:
    return (f"… and {count(number, 'more such answer')}",) if number > 0 else ()
