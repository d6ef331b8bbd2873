"""How a conflict can move on from the status quo: what is reached when, by whom, and the ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from detente.graph.explicit import Explicit
from detente.graph.graph import Array, Graph, Indices, Mask, Over
from detente.graph.paths import FAR, Move, Steps, path_from, steps_from
from detente.stability.sanction import worst

__all__ = ["Evolution", "Outlook", "absorbing", "evolution", "outlook", "reached_in"]


@dataclass(frozen=True)
class Evolution:
    """Which states are reached from the status quo, in how many steps, and who comes last.

    Attributes
    ----------
    status_quo : int
        Index of the state, from 0.
    over : {"moves", "improvements"}
        What counted as a step.
    fewest : int array, shape (states,)
        After how many legal steps a state is first reached: 0 for the status quo itself, -1 for
        what is never reached.
    last_movers : bool array, shape (dms, states)
        Who can make the last step of a shortest legal sequence to a state; nobody for the status
        quo and for what is never reached.
    """

    status_quo: int
    over: Over
    fewest: Array
    last_movers: Mask
    steps: Steps = field(repr=False)

    def path(self, state: int) -> tuple[Move, ...] | None:
        """Return a shortest legal sequence to a state, empty to the status quo, None if no way."""
        return path_from(self.steps, state)

    def counts(self) -> Indices:
        """Return how many states are first reached after 0, 1, 2, ... steps."""
        return np.bincount(self.fewest[self.fewest >= 0])


def evolution(
    graph: Graph, status_quo: int, over: Over, *, backwards: Graph | None = None
) -> Evolution:
    r"""Find when, and by whose last step, each state is first reached from the status quo.

    With :math:`V_i^{(h)}` what :math:`i` reaches as the last mover of a legal sequence of exactly
    :math:`h` steps, state :math:`s` is first reached after

    .. math:: \min \{h : s \in \textstyle\bigcup_i V_i^{(h)}\}

    steps, by those :math:`i` for whom :math:`s \in V_i^{(h)}` at that :math:`h`.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    status_quo : int
        Index of the state, from 0.
    over : {"moves", "improvements"}
        What counts as a step. An improvement betters its mover against the state it leaves, not
        against the status quo.
    backwards : Graph, optional
        ``graph.reversed()`` if it is at hand.

    Returns
    -------
    Evolution

    References
    ----------
    .. [1] K. W. Li, D. M. Kilgour and K. W. Hipel (2005). Status quo analysis in the graph model
       for conflict resolution.

    Examples
    --------
    In Elmira the local government begins to insist (state 5), and there improvements end; moves
    lead everywhere:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("elmira").conflict)
    >>> evolution(graph, 0, "improvements").fewest.tolist()
    [0, -1, -1, -1, 1, -1, -1, -1, -1]
    >>> evolution(graph, 0, "moves").fewest.tolist()
    [0, 1, 1, 2, 1, 2, 2, 3, 1]
    """
    back = backwards or graph.reversed()
    steps = steps_from(graph, graph.dms, status_quo, over, backwards=back)
    fewest = np.where(steps.least < FAR, steps.least, -1)
    # one step less for those who come before the last mover, who must be somebody else
    came = np.stack(
        [back.fold(dm, steps.after[0 if graph.transitive else dm], over, "min") for dm in graph.dms]
    )
    last_movers = came == fewest - 1
    return Evolution(status_quo, over, fewest, last_movers, steps)


@dataclass(frozen=True)
class Outlook:
    """How the conflict can move on from the status quo.

    Attributes
    ----------
    improvements, moves : Evolution
        By steps that better their mover, and by any.
    absorbing : tuple of int array
        Where improvements can end; see `absorbing`.
    """

    improvements: Evolution
    moves: Evolution
    absorbing: tuple[Indices, ...]


def outlook(graph: Graph, status_quo: int) -> Outlook:
    """Return the evolution from a status quo by improvements and by moves, and its ends."""
    backwards = graph.reversed()
    return Outlook(
        evolution(graph, status_quo, "improvements", backwards=backwards),
        evolution(graph, status_quo, "moves", backwards=backwards),
        absorbing(graph, status_quo),
    )


def reached_in(
    graph: Graph, status_quo: int, over: Over, steps: int, *, backwards: Graph | None = None
) -> Mask:
    r"""Find what is reached from the status quo in exactly so many steps, by last mover.

    .. math::
        V_i^{(1)} = R_i(q), \qquad
        V_i^{(h)} = \bigcup \{R_i(s) : s \in V_j^{(h-1)},\ j \neq i\}

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    status_quo : int
        Index of the state q, from 0.
    over : {"moves", "improvements"}
        With improvements, :math:`R_i^{+}` stands for :math:`R_i`.
    steps : int
        Up to how many steps.
    backwards : Graph, optional
        ``graph.reversed()`` if it is at hand.

    Returns
    -------
    bool array, shape (steps, dms, states)
        Entry ``[h - 1, i]`` is :math:`V_i^{(h)}`. The status quo can be reached again.

    References
    ----------
    .. [1] K. W. Li, D. M. Kilgour and K. W. Hipel (2005). Status quo analysis in the graph model
       for conflict resolution.
    """
    graph.need_single()
    back = backwards or graph.reversed()
    reached = np.zeros((steps, len(graph.dms), graph.size), dtype=np.bool_)
    start = np.arange(graph.size) == status_quo
    for h in range(steps):
        for i in graph.dms:
            before = reached[h - 1, list(graph.others(i))].any(axis=0) if h else start
            reached[h, i] = back.fold(i, np.asarray(before), over, "max")
    return reached


def absorbing(graph: Graph, status_quo: int) -> tuple[Indices, ...]:
    r"""Find where improvements can end: sets of states that they lead into and never out of.

    These are the bottom strongly connected components of the graph of everybody's improvements,
    the union of all :math:`R_i^{+}`, that can be reached from the status quo. A component of one
    state is an equilibrium under Nash stability; in one of several, improvements go round for
    ever.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    status_quo : int
        Index of the state, from 0.

    Returns
    -------
    tuple of int array
        The states of each set in order; the sets in the order of their first states. There is
        at least one, and there may be as many as states.

    Notes
    -----
    There is no memory of the last mover here: a decision maker who finds one improvement after
    another takes them all. In option form that makes no difference.

    Let :math:`a(s)` be the first of all states that can be reached from :math:`s`, itself
    included. A state :math:`c = a(c)` lies in a bottom component iff :math:`a` is :math:`c`
    wherever one gets from it: then everything there leads back to it. So two rounds of folding
    find one state of each component, and a third the rest.

    References
    ----------
    .. [1] K. W. Li, D. M. Kilgour and K. W. Hipel (2005). Status quo analysis in the graph model
       for conflict resolution.

    Examples
    --------
    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("chicken").conflict)
    >>> [states.tolist() for states in absorbing(graph, 3)]
    [[1], [2]]
    """
    graph.need_single()
    over: Over = "improvements"
    if not graph.transitive:
        graph, over = _without_memory(graph), "moves"
    back = graph.reversed()
    here = np.arange(graph.size, dtype=np.int32)
    reached = ~worst(back, back.dms, here != status_quo, over)
    first = worst(graph, graph.dms, here, over)
    last_first = -worst(graph, graph.dms, -first, over)
    inside = reached & (first == here) & (last_first == here)
    states = np.flatnonzero(~worst(back, back.dms, ~inside, over))
    order = np.argsort(first[states], kind="stable")
    states, label = states[order], first[states[order]]
    return tuple(np.split(states, np.flatnonzero(label[1:] != label[:-1]) + 1))


def _without_memory(graph: Graph) -> Graph:
    """Return a graph in which legal sequences of moves are all sequences of improvements.

    Two decision makers who can each make every improvement of anybody take turns as they like.
    """
    everywhere = np.arange(graph.size)
    arcs = [graph.arcs(dm, everywhere, "improvements") for dm in graph.dms]
    pairs = [
        pair
        for sources, targets in arcs
        for pair in zip(sources.tolist(), targets.tolist(), strict=True)
    ]
    return Explicit(graph.size, [pairs, pairs], [np.ones(graph.size, dtype=np.uint8)] * 2)
