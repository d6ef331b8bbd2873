"""Nash stability (R): no improvement at all."""

from __future__ import annotations

from detente.graph.graph import Graph, Mask

__all__ = ["nash"]


def nash(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are Nash stable (R, rational) for one decision maker.

    State :math:`s` is R stable for :math:`i` when it has no unilateral improvement there:

    .. math:: R_i^{+}(s) = \varnothing .

    Parameters
    ----------
    graph : Graph
        States, moves and ranks of the conflict.
    dm : int
        Index of the focal decision maker.

    Returns
    -------
    bool array, shape (*batch, states)
        True where the state is stable for `dm`.

    References
    ----------
    .. [1] J. F. Nash (1950). Equilibrium points in n-person games.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    In the prisoner's dilemma only mutual defection is Nash stable for both; mutual cooperation,
    which SEQ holds, is not:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("prisoners-dilemma").conflict)
    >>> (nash(graph, 0) & nash(graph, 1)).tolist()
    [True, False, False, False]
    """
    stable: Mask = graph.fold(dm, graph.ranks[dm], "moves", "max") <= graph.ranks[dm]
    return stable
