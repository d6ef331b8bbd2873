"""The game as each side sees it, and what follows when they do not see the same.

First-level hypergames: every decision maker plays the game it believes to be in. A state stands
when each of them, by its own game, has no reason to leave it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.analysis.diagnosis import Diagnosis
from detente.graph.graph import Graph, Indices, Mask
from detente.graph.grid import Grid
from detente.graph.paths import Move
from detente.model.conflict import Conflict
from detente.stability import StabilityTable
from detente.stability.sanction import worst

__all__ = ["Game", "Hypergame", "Surprise", "hypergame", "placed", "with_views"]


@dataclass(frozen=True)
class Game:
    """A conflict with its analysis: the model's own, or as one decision maker sees it."""

    conflict: Conflict
    graph: Graph
    table: StabilityTable
    diagnosis: Diagnosis | None


@dataclass(frozen=True)
class Surprise:
    """A move that a decision maker would gain by, and that another does not see coming.

    Attributes
    ----------
    move : Move
        In the game of the mover; its states are those of that game.
    by : int
        Who is surprised.
    kind : str
        ``impossible``: in the game of the other there is no such move; ``unexpected``: there is,
        but there the mover would not gain by it.
    made : bool
        Whether in the mover's own game no credible answer (SEQ) holds it back.
    """

    move: Move
    by: int
    kind: Literal["impossible", "unexpected"]
    made: bool


@dataclass(frozen=True)
class Hypergame:
    """What the games of all sides come to together.

    Attributes
    ----------
    games : tuple of Game
        By decision maker.
    equilibria : mapping of str to bool array, shape (states,)
        By concept, over the states of the model: where every decision maker stays, each by its
        own game.
    surprises : tuple of Surprise
        At the status quo; those that would be made come first.
    """

    games: tuple[Game, ...]
    equilibria: Mapping[str, Mask]
    surprises: tuple[Surprise, ...]


def hypergame(true: Game, games: Sequence[Game]) -> Hypergame:
    r"""Put the games of all sides together.

    .. math:: E^c = \{s : \forall i,\ s \text{ is } c\text{-stable for } i \text{ inside } G_i\}

    A state of the model is looked up in each game by how its options stand there; options that a
    decision maker does not know of make no difference to it. Where its game holds no such state,
    the state is no equilibrium.

    Parameters
    ----------
    true : Game
        The model's own, whose states are asked about.
    games : sequence of Game
        One for each decision maker.

    References
    ----------
    .. [1] P. G. Bennett (1977). Toward a theory of hypergames.
    .. [2] M. Wang, K. W. Hipel and N. M. Fraser (1988). Modeling misperceptions in games.
    """
    concepts = [c for c in true.table.concepts if all(c in game.table.stable for game in games)]
    everywhere = np.arange(true.graph.size)
    equilibria = {concept: np.ones(true.graph.size, dtype=np.bool_) for concept in concepts}
    for i, game in enumerate(games):
        at = placed(true, game, everywhere)
        for concept in concepts:
            # -1, no such state, reads the last entry; the first test makes up for it
            equilibria[concept] &= (at >= 0) & game.table.stable[concept][i][at]
    return Hypergame(tuple(games), equilibria, _surprises(games))


def placed(source: Game, target: Game, states: Indices) -> Indices:
    """Return the states of one game in which the options stand as in states of another.

    Options that the target game does not have make no difference; those that only it has stand
    as in its own status quo, or are not taken. Where states are listed they are the same in both.

    Returns
    -------
    int array, shape (len(states),)
        -1 where the target game has no such state.
    """
    if not isinstance(source.graph, Grid) or not isinstance(target.graph, Grid):
        return states
    there = target.conflict
    mine = {
        (dm.id, option.id): (i, k, option)
        for i, dm in enumerate(source.conflict.decision_makers)
        for k, option in enumerate(dm.options)
    }
    choices = source.graph.space.choices(states)
    found: list[Indices] = []
    missing = np.zeros(len(states), dtype=np.bool_)
    for i, (dm, axis) in enumerate(
        zip(there.decision_makers, target.graph.space.axes, strict=True)
    ):
        wanted = np.zeros((len(states), len(dm.options)), dtype=np.int64)
        for k, option in enumerate(dm.options):
            known = mine.get((dm.id, option.id))
            if known is not None and known[2].levels == option.levels:
                wanted[:, k] = choices[known[0]][:, known[1]]
            elif isinstance(there.status_quo, tuple):
                wanted[:, k] = there.status_quo[i][k]
        strategy = axis.find(wanted)
        missing |= strategy < 0
        found.append(np.maximum(strategy, 0))
    return np.where(missing, -1, target.graph.space.states_at(found))


def _surprises(games: Sequence[Game]) -> tuple[Surprise, ...]:
    found = []
    for i, game in enumerate(games):
        if game.diagnosis is None:
            continue
        q = game.diagnosis.status_quo
        _, targets = game.graph.arcs(i, np.array([q]), "improvements")
        if not targets.size:
            continue
        rank = game.graph.ranks[i]
        best = targets[np.argsort(-rank[targets].astype(np.int64), kind="stable")]
        # what credible answers can hold the mover down to after each move
        after = worst(game.graph, game.graph.others(i), rank, "improvements")
        for j, other in enumerate(games):
            if j == i:
                continue
            kinds = _kinds(i, game, other, np.concatenate([[q], best]))
            for target, kind in zip(best.tolist(), kinds, strict=True):
                if kind is not None:
                    made = bool(after[target] > rank[q])
                    found.append(Surprise(Move(i, q, target), j, kind, made))
    return tuple(sorted(found, key=lambda one: not one.made))


def _kinds(
    mover: int, game: Game, other: Game, states: Indices
) -> list[Literal["impossible", "unexpected"] | None]:
    """Tell how each move from the first state to the others looks in another game."""
    start, *ends = placed(game, other, states).tolist()
    kinds: list[Literal["impossible", "unexpected"] | None] = []
    possible: set[int] = set()
    rank = other.graph.ranks[mover]
    if start >= 0:
        possible = set(other.graph.arcs(mover, np.array([start]), "moves")[1].tolist())
    for end in ends:
        if end not in possible:
            kinds.append("impossible")
        else:
            kinds.append(None if rank[end] > rank[start] else "unexpected")
    return kinds


def with_views(diagnosis: Diagnosis, games: Sequence[Game]) -> Diagnosis:
    """Return a diagnosis in the light of how each side sees the game.

    Where nothing stands in the way in the model itself, but something does in the game of some
    decision maker, the verdict is ``misperception``.
    """
    seen = [game.diagnosis for game in games]
    by_concept = dict(diagnosis.by_concept)
    for concept, verdict in by_concept.items():
        if verdict == "open" and any(one and one.by_concept[concept] != "open" for one in seen):
            by_concept[concept] = "misperception"
    if diagnosis.verdict != "open":
        return replace(diagnosis, by_concept=by_concept)
    misled = tuple(
        (dm, one.verdict)
        for dm, one in enumerate(seen)
        if one is not None and one.verdict != "open"
    )
    if not misled:
        return replace(diagnosis, by_concept=by_concept)
    witness = replace(diagnosis.witness, misled=misled)
    return replace(diagnosis, verdict="misperception", by_concept=by_concept, witness=witness)
