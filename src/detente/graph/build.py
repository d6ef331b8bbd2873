"""`Conflict` -> `Graph`."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.errors import DetenteError, Problem, Problems
from detente.graph.explicit import Explicit
from detente.graph.graph import Graph, Indices
from detente.graph.grid import Grid
from detente.graph.ranks import graph_finder, listed_ranks, ranks_of
from detente.graph.space import Space, build_space
from detente.model.conflict import Conflict, Ranking
from detente.model.expressions import Taken, evaluate

__all__ = ["status_quo_of", "to_graph"]


def to_graph(conflict: Conflict, *, memory: int | None = None) -> Graph:
    """Turn a conflict into states, moves and ranks.

    Parameters
    ----------
    conflict : Conflict
    memory : int, optional
        How many bytes may be used; default: what the machine has free.

    Returns
    -------
    Graph
        A `Grid` for option form, an `Explicit` for a conflict given as a graph.

    Raises
    ------
    DetenteError
        When no state is feasible, the space is too large, a ranking does not cover the states
        exactly once, or the status quo is infeasible: all of it at once.
    """
    if conflict.timed:
        what = "some parts of the model hold only at times, and no date was named"
        raise DetenteError(Problem("not-framed", what, conflict.place))
    problems = Problems()
    graph: Graph
    if conflict.graph is None:
        space = build_space(conflict, memory=memory)
        ranks = [ranks_of(space, dm.preference, problems) for dm in conflict.decision_makers]
        graph = Grid(space, ranks)
        if conflict.status_quo is not None and _state(space, conflict.status_quo) is None:
            problems.extend(_infeasible_status_quo(space))
    else:
        states = conflict.graph
        find = graph_finder(conflict, problems)

        def shown(indices: Indices) -> list[str]:
            return [states.ids[i] for i in indices]

        ranks = []
        for dm in conflict.decision_makers:
            assert isinstance(dm.preference, Ranking)
            ranks.append(listed_ranks(dm.preference, len(states.ids), find, shown, problems))
        graph = Explicit(len(states.ids), states.moves, ranks)
    problems.raise_if_any()
    return graph


def status_quo_of(conflict: Conflict, graph: Graph) -> int | None:
    """Return the index of the status quo among the states, or None where the model has none."""
    if conflict.status_quo is None or isinstance(conflict.status_quo, int):
        return conflict.status_quo
    assert isinstance(graph, Grid)
    return _state(graph.space, conflict.status_quo)


def _state(space: Space, status_quo: Any) -> int | None:
    strategies = []
    for axis, chosen in zip(space.axes, status_quo, strict=True):
        found = axis.find(np.array([chosen], dtype=np.int64))
        if found[0] < 0:
            return None
        strategies.append(found)
    state = int(space.states_at(strategies)[0])
    return None if state < 0 else state


def _infeasible_status_quo(space: Space) -> list[Problem]:
    """Name every infeasible expression that holds in the status quo."""
    conflict = space.conflict
    chosen: Any = conflict.status_quo

    def stands(atom: Taken) -> bool:
        return bool(chosen[atom.dm][atom.option] == atom.choice)

    return [
        Problem(
            "status-quo-infeasible",
            f"{conflict.expression_text(statement.expression)!r} holds in the status quo",
            conflict.status_quo_place,
        )
        for statement in conflict.infeasible
        if evaluate(statement.expression, stands)
    ]
