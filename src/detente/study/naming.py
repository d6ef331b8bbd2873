"""What an analyst names: a state, a deal, a coalition."""

from __future__ import annotations

from detente.analysis.named import states_of
from detente.errors import DetenteError, Place, Problem, Problems, nearest, shortened
from detente.graph import Graph, Grid
from detente.graph.ranks import state_number
from detente.model import Conflict, NamedDeal, read_expression

__all__ = ["find_state", "members_of", "target_of"]


def members_of(conflict: Conflict, text: str) -> tuple[int, ...]:
    """Return the decision makers an analyst names, with commas."""
    found = []
    for name in dict.fromkeys(part.strip() for part in text.split(",")):
        if name not in conflict.dm_ids:
            near = nearest(name, conflict.dm_ids)
            what = f"{shortened(name)!r} is no decision maker of the model"
            raise DetenteError(Problem("unknown-decision-maker", what, None, near))
        found.append(conflict.dm_ids.index(name))
    return tuple(sorted(found))


def target_of(conflict: Conflict, graph: Graph, text: str) -> NamedDeal:
    """Return the deal an analyst asks about; raise `DetenteError` where it can be no state."""
    problems = Problems()
    if conflict.graph is not None:
        states = tuple(find_state(conflict, graph, part) for part in text.split(","))
        return NamedDeal("target", text, None, states)
    expression = read_expression(conflict, text, "--target", problems)
    problems.raise_if_any()
    deal = NamedDeal("target", text, expression)
    if not states_of(graph, deal).any():
        what = f"{shortened(text)!r} holds in no feasible state"
        raise DetenteError(Problem("deal-infeasible", what, Place("--target")))
    return deal


def find_state(conflict: Conflict, graph: Graph, text: str) -> int:
    """Return the index of the state an analyst names.

    Parameters
    ----------
    text : str
        Its number (from 1), its pattern of Y and N, or its id in a conflict given as a graph;
        an id comes before a number.

    Raises
    ------
    DetenteError
        ``unknown-state``.
    """
    text = text.strip()
    if conflict.graph is not None and text in conflict.graph.ids:
        return conflict.graph.ids.index(text)
    number = state_number(text, graph.size)
    if number is not None:
        return number
    pattern = text.upper()
    if (
        isinstance(graph, Grid)
        and len(text) == len(conflict.column_names)
        and set(pattern) <= set("YN-")
    ):
        found = graph.space.matching(pattern)
        if len(found) == 1:
            return int(found[0])
    what = f"{text[:60]!r} is no state; they are numbered 1 to {graph.size:,}"
    raise DetenteError(Problem("unknown-state", what))
