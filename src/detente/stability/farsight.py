"""Looking several moves ahead: maximin stability, limited-move and non-myopic stability."""

from __future__ import annotations

import numpy as np

from detente.errors import DetenteError, Problem
from detente.graph.graph import Array, Graph, Indices, Mask
from detente.stability.sanction import worst

__all__ = ["limited_move", "maximin", "non_myopic"]


def maximin(graph: Graph, dm: int, horizon: int) -> Mask:
    r"""Find the states that are maximin stable of a horizon for one decision maker.

    The others push back as hard as they can, and :math:`i` makes the best of it, in turn. What
    :math:`i` can be sure of with :math:`h` turns to go is, when the turn is its own and when it is
    the others',

    .. math::
        m(h, s) = \max\bigl(u_i(s), \max_{t \in R_i(s)} n(h-1, t)\bigr), \qquad
        n(h, t) = \min\bigl(u_i(t), \min_{r \in R_{N \setminus i}(t)} m(h-1, r)\bigr),

    with :math:`m(0, s) = n(0, s) = u_i(s)`. State :math:`s` is stable when no :math:`t \in R_i(s)`
    has :math:`n(h-1, t) > u_i(s)`.

    Parameters
    ----------
    graph : Graph
        States, moves and ranks of the conflict.
    dm : int
        Index of the focal decision maker.
    horizon : int
        How many turns are looked ahead, at least 1.

    Returns
    -------
    bool array, shape (*batch, states)
        True where the state is stable for `dm`.

    Raises
    ------
    ValueError
        If the horizon is below 1.

    Notes
    -----
    Horizons 1, 2 and 3 are R, GMR and SMR. The others' turn is a *legal sequence* of any length, in
    which nobody moves twice in a row.

    References
    ----------
    .. [1] L. C. Rêgo and G. I. A. Vieira (2020). Maximin_h stability in the graph model for
       conflict resolution.

    Examples
    --------
    In the Euphrates conflict of 1975 state 1 is GMR for Iraq (horizon 2), not SMR (horizon 3):

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("syria-iraq-1975").conflict)
    >>> [maximin(graph, 1, horizon).tolist()[0] for horizon in (1, 2, 3, 4)]
    [False, True, False, True]
    """
    _need_horizon(horizon)
    rank, others = graph.ranks[dm], graph.others(dm)
    # own[h], theirs[h]: what is sure where the turn is one's own, and where it is the others'
    own = theirs = rank
    for _ in range(horizon - 1):
        own, theirs = (
            np.maximum(rank, graph.fold(dm, theirs, "moves", "max")),
            # `worst` counts their stay in; that is at least the rank, and so never the minimum
            np.minimum(rank, worst(graph, others, own, "moves")),
        )
    stable: Mask = graph.fold(dm, theirs, "moves", "max") <= rank
    return stable


def limited_move(graph: Graph, dm: int, horizon: int) -> Mask:
    r"""Find the states that are limited-move stable (L_h) for one of two decision makers.

    Both foresee how a conflict goes on when they move by turns, at most :math:`h` moves in all,
    and each may end it by staying. The state that :math:`i`, on the move at :math:`s`, foresees
    as final is :math:`G_i(0, s) = s` and, with :math:`j` the other and :math:`t^*` the state
    :math:`t \in R_i(s)` of which :math:`G_j(h-1, t)` is best for :math:`i`,

    .. math::
        G_i(h, s) = \begin{cases}
            G_j(h-1, t^*) & \text{if } G_j(h-1, t^*) \succ_i s, \\
            s & \text{otherwise.}
        \end{cases}

    State :math:`s` is stable when :math:`G_i(h, s) = s`.

    Parameters
    ----------
    graph : Graph
        With a single ranking, of two decision makers who are never indifferent.
    dm : int
        Index of the focal decision maker.
    horizon : int
        The number h of moves looked ahead, at least 1.

    Returns
    -------
    bool array, shape (states,)
        True where the state is stable for `dm`.

    Raises
    ------
    DetenteError
        ``two-decision-makers-only``: for more there are competing definitions.
        ``strict-rankings-only``: between tied moves the definition does not say which is made.
    ValueError
        If the horizon is below 1.

    Notes
    -----
    L_1 is R. Unlike the other concepts these are not nested: a longer horizon can add states and
    can take others away.

    References
    ----------
    .. [1] D. M. Kilgour (1984). Equilibria for far-sighted players.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    In the prisoner's dilemma two moves of foresight make mutual cooperation stable for both:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("prisoners-dilemma").conflict)
    >>> (limited_move(graph, 0, 1) & limited_move(graph, 1, 1)).tolist()
    [True, False, False, False]
    >>> (limited_move(graph, 0, 2) & limited_move(graph, 1, 2)).tolist()
    [True, False, False, True]
    """
    _need_horizon(horizon)
    foresight = _Foresight(graph)
    ends = foresight.start
    for _ in range(horizon):
        ends = foresight.further(ends)
    return foresight.stays(ends, dm)


def non_myopic(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are non-myopically stable for one of two decision makers.

    That is limited-move stable for every horizon from some :math:`h_0` on:

    .. math:: \exists h_0\; \forall h \ge h_0 :\; G_i(h, s) = s.

    Parameters
    ----------
    graph : Graph
        With a single ranking, of two decision makers who are never indifferent.
    dm : int
        Index of the focal decision maker.

    Returns
    -------
    bool array, shape (states,)
        True where the state is stable for `dm`.

    Raises
    ------
    DetenteError
        ``two-decision-makers-only`` or ``strict-rankings-only``, as in `limited_move`.

    Notes
    -----
    What is foreseen at one horizon follows from what is foreseen at the one before, so from some
    horizon on it comes round again and again, often with a period of 1; what is stable at every
    horizon of one period is stable for good. A conflict that falls apart into many separate ones
    of different periods can have a very long period.

    References
    ----------
    .. [1] D. M. Kilgour (1984). Equilibria for far-sighted players.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    In Chicken only mutual cooperation, which nobody's short view holds, is stable for both:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("chicken").conflict)
    >>> (non_myopic(graph, 0) & non_myopic(graph, 1)).tolist()
    [False, False, False, True]
    """
    foresight = _Foresight(graph)
    # Brent's way to find a period: wait at powers of two for what was seen there to come again
    kept, ends = foresight.start, foresight.further(foresight.start)
    power = period = 1
    while not all(map(np.array_equal, kept, ends)):
        if period == power:
            kept, power, period = ends, 2 * power, 0
        ends = foresight.further(ends)
        period += 1
    stable = np.ones(graph.size, dtype=np.bool_)
    for _ in range(period):
        stable &= foresight.stays(ends, dm)
        ends = foresight.further(ends)
    return stable


#: the final states that each of two decision makers foresees, on the move at every state
_Ends = tuple[Indices, Indices]


class _Foresight:
    """What two decision makers with strict rankings foresee, one horizon after another."""

    def __init__(self, graph: Graph) -> None:
        graph.need_single()
        if len(graph.dms) != 2:
            what = f"the conflict has {len(graph.dms)} decision makers"
            raise DetenteError(Problem("two-decision-makers-only", what))
        self.graph = graph
        self.here: Indices = np.arange(graph.size)
        # by_place[i][p]: the state at place p of i's ranking, worst first, and place_of its inverse
        self.by_place: list[Indices] = []
        self.place_of: list[Array] = []
        for dm, rank in enumerate(graph.ranks):
            order = np.argsort(rank, kind="stable")
            tied = np.flatnonzero(rank[order[1:]] == rank[order[:-1]])
            if tied.size:
                one, other = sorted((order[tied[0]] + 1, order[tied[0] + 1] + 1))
                what = f"decision maker {dm + 1} ranks states {one} and {other} alike"
                raise DetenteError(Problem("strict-rankings-only", what))
            place = np.empty(graph.size, dtype=np.int64)
            place[order] = self.here
            self.by_place.append(order)
            self.place_of.append(place)

    @property
    def start(self) -> _Ends:
        """Return what is foreseen at horizon 0."""
        return self.here, self.here

    def further(self, ends: _Ends) -> _Ends:
        """Return what is foreseen with one move more."""
        return self._foreseen(0, ends[1]), self._foreseen(1, ends[0])

    def _foreseen(self, dm: int, after: Indices) -> Indices:
        place = self.place_of[dm]
        best = self.graph.fold(dm, place[after], "moves", "max")
        # without ties the place in the ranking names the state, so no move has to be remembered
        return self.by_place[dm][np.maximum(best, place)]

    def stays(self, ends: _Ends, dm: int) -> Mask:
        """Return where a decision maker on the move foresees that it stays."""
        return np.asarray(ends[dm] == self.here)


def _need_horizon(horizon: int) -> None:
    if horizon < 1:
        raise ValueError(f"a horizon is at least 1, not {horizon}")
