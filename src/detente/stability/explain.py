"""Why a state is stable or not: the improvement that breaks it, or the sanction that holds it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.errors import DetenteError, Problem, nearest
from detente.graph.graph import Graph, Over
from detente.graph.grid import Grid
from detente.graph.paths import Move, Steps, steps_to
from detente.stability.sanction import best_reply
from detente.stability.sim import together
from detente.stability.table import CONCEPTS

__all__ = ["Held", "Reason", "Sanction", "explain"]

_OVER: dict[str, Over] = {
    "gmr": "moves",
    "smr": "moves",
    "seq": "improvements",
    "sseq": "improvements",
}


@dataclass(frozen=True)
class Sanction:
    """What the others do in answer to an improvement.

    Attributes
    ----------
    moves : tuple of Move
        A legal sequence that starts where the improvement ends; for ``sim`` one improvement of
        each mover, all taken from the state explained and made together with the improvement.
    state : int
        Where it ends.
    reply : Move or None
        For ``smr`` and ``sseq``, the best move the focal decision maker has from there, which
        still does not lift it above the state explained; None when it has no move.
    """

    moves: tuple[Move, ...]
    state: int
    reply: Move | None = None


@dataclass(frozen=True)
class Held:
    """An improvement, and the sanction that holds it."""

    improvement: Move
    sanction: Sanction


@dataclass(frozen=True)
class Reason:
    """Why a state is stable or not for one decision maker under one concept.

    Attributes
    ----------
    breaks : Move or None
        The best improvement that no sanction holds; None when the state is stable.
    held : tuple of Held
        When stable: every improvement with its sanction. Empty when there is no improvement.
    """

    concept: str
    dm: int
    state: int
    stable: bool
    breaks: Move | None
    held: tuple[Held, ...]


def explain(graph: Graph, state: int, dm: int, concept: str) -> Reason:
    """Give the reason why a state is stable or not.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    state : int
        Index of the state, from 0.
    dm : int
        Index of the focal decision maker.
    concept : str
        A name from `CONCEPTS`.

    Returns
    -------
    Reason

    Raises
    ------
    DetenteError
        ``unknown-concept``, or ``option-form-only`` for ``sim`` on a graph.
    """
    if concept not in CONCEPTS:
        near = nearest(concept, list(CONCEPTS))
        raise DetenteError(Problem("unknown-concept", f"{concept!r} is no concept", None, near))
    graph.need_single()
    rank = graph.ranks[dm]
    _, targets = graph.arcs(dm, np.array([state]), "improvements")
    best_first = targets[np.argsort(-rank[targets].astype(np.int64), kind="stable")]
    improvements = [Move(dm, state, int(target)) for target in best_first]
    held = []
    steps = _answers(graph, state, dm, concept) if improvements else None
    for improvement in improvements:
        if concept == "sim":
            sanction = _simultaneous(graph, improvement)
        elif steps is None:
            sanction = None
        else:
            sanction = _sequence(graph, improvement, steps, concept)
        if sanction is None:
            return Reason(concept, dm, state, False, improvement, ())
        held.append(Held(improvement, sanction))
    return Reason(concept, dm, state, True, None, tuple(held))


def _answers(graph: Graph, state: int, dm: int, concept: str) -> Steps | None:
    """Count the others' steps into the states that would hold the decision maker back."""
    over = _OVER.get(concept)
    if over is None:
        return None
    values = best_reply(graph, dm) if concept in ("smr", "sseq") else graph.ranks[dm]
    return steps_to(graph, graph.others(dm), values <= graph.ranks[dm][state], over)


def _sequence(graph: Graph, improvement: Move, steps: Steps, concept: str) -> Sanction | None:
    moves = steps.path(improvement.target)
    if not moves:
        return None
    end = moves[-1].target
    reply = None
    if concept in ("smr", "sseq"):
        _, replies = graph.arcs(improvement.dm, np.array([end]), "moves")
        if replies.size:
            best = replies[np.argmax(graph.ranks[improvement.dm][replies])]
            reply = Move(improvement.dm, end, int(best))
    return Sanction(moves, end, reply)


def _simultaneous(graph: Graph, improvement: Move) -> Sanction | None:
    if not isinstance(graph, Grid):
        raise DetenteError(Problem("option-form-only", "the conflict is given as a graph"))
    dm, state = improvement.dm, improvement.source
    at = graph.space.coordinates(np.array([state, improvement.target]))
    choices, targets = [], {}
    for j in graph.dms:
        if j == dm:
            choices.append(at[j][1:])
            continue
        _, ends = graph.arcs(j, np.array([state]), "improvements")
        strategies = graph.space.coordinates(ends)[j]
        targets[j] = dict(zip(strategies.tolist(), ends.tolist(), strict=True))
        choices.append(np.append(at[j][:1], strategies))
    states = together(graph, choices)
    rank = graph.ranks[dm]
    sanctions = np.argwhere((states >= 0) & (rank[states] <= rank[state]))
    if not sanctions.size:
        return None
    # the fewest movers make the plainest reason
    picked = min(sanctions.tolist(), key=lambda index: sum(k > 0 for k in index))
    moves = tuple(
        Move(j, state, targets[j][int(choices[j][k])])
        for j, k in enumerate(reversed(picked))
        if j != dm and k > 0
    )
    return Sanction(moves, int(states[tuple(picked)]))
