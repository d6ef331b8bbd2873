"""What coalitions make of a conflict: what holds against all of them, and where they jump."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.graph.graph import Graph, Mask
from detente.stability import StabilityTable
from detente.stability.coalition import (
    COALITION_CONCEPTS,
    CoalitionTable,
    Jump,
    coalition_table,
    composite,
    jumps,
)

__all__ = ["CoalitionFindings", "Composite", "coalition_findings"]


@dataclass(frozen=True)
class Composite:
    """The conflict once a coalition has taken the place of its members.

    Attributes
    ----------
    members : tuple of int
    stable : mapping from concept to bool array, shape (1 + outsiders, states)
        The composite decision maker first, then the others in order.
    """

    members: tuple[int, ...]
    stable: Mapping[str, Mask]


@dataclass(frozen=True)
class CoalitionFindings:
    """Coalition stability in both readings.

    Attributes
    ----------
    table : CoalitionTable
    jumps : tuple of Jump
        Between SEQ equilibria.
    composite : Composite or None
        For the coalition that was asked about.
    """

    table: CoalitionTable
    jumps: tuple[Jump, ...]
    composite: Composite | None = None


def coalition_findings(
    graph: Graph, table: StabilityTable, members: Sequence[int] | None = None
) -> CoalitionFindings:
    """Return what coalitions make of a conflict.

    Parameters
    ----------
    graph : Graph
        With a single ranking, at most 4,096 states.
    table : StabilityTable
        With SEQ.
    members : sequence of int, optional
        A coalition that is also taken for one decision maker.

    Raises
    ------
    DetenteError
        ``too-large``.
    """
    one = None
    if members is not None:
        whole = tuple(members)
        stable = {
            concept: np.asarray(composite(graph, whole, concept)) for concept in COALITION_CONCEPTS
        }
        one = Composite(whole, stable)
    return CoalitionFindings(coalition_table(graph), jumps(graph, table.equilibria("seq")), one)
