"""Equilibria of those who look several moves ahead, by horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Graph, Mask
from detente.stability.farsight import limited_move, maximin, non_myopic

__all__ = ["Foresight", "foresight"]


@dataclass(frozen=True)
class Foresight:
    """What is stable for whom at every horizon up to one.

    Attributes
    ----------
    maximin, limited_move : tuple of bool array, each of shape (decision makers, states)
        Entry ``[h - 1]`` is that of horizon h; `limited_move` is empty where it is refused.
    non_myopic : bool array, shape (decision makers, states), or None
        Limited-move stable at every horizon from some on; None where it is refused.
    refused : Problem or None
        Why limited-move stability is not given.
    """

    maximin: tuple[Mask, ...]
    limited_move: tuple[Mask, ...]
    non_myopic: Mask | None
    refused: Problem | None


def foresight(graph: Graph, horizon: int) -> Foresight:
    """Compute far-sighted stability for all decision makers up to a horizon.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    horizon : int
        At least 1.
    """

    def everybody(stable: Callable[[int], Mask]) -> Mask:
        return np.stack([stable(dm) for dm in graph.dms])

    def by_horizon(concept: Callable[[Graph, int, int], Mask]) -> tuple[Mask, ...]:
        return tuple(
            everybody(lambda dm, h=h: concept(graph, dm, h))  # type: ignore[misc]
            for h in range(1, horizon + 1)
        )

    try:
        limited = by_horizon(limited_move)
        for_good = everybody(lambda dm: non_myopic(graph, dm))
    except DetenteError as error:
        return Foresight(by_horizon(maximin), (), None, error.problems[0])
    return Foresight(by_horizon(maximin), limited, for_good, None)
