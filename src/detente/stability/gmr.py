"""General metarationality (GMR): every improvement can be answered."""

from __future__ import annotations

from detente.graph.graph import Graph, Mask
from detente.stability.sanction import unsanctioned, worst

__all__ = ["gmr"]


def gmr(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are general metarational (GMR) for one decision maker.

    State :math:`s` is GMR for :math:`i` when every improvement meets some answer of the others
    that leaves :math:`i` no better off than at :math:`s`, whatever that answer costs them:

    .. math::
        \forall s_1 \in R_i^{+}(s)\; \exists s_2 \in R_{N \setminus i}(s_1) :\; u_i(s_2) \le u_i(s).

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

    Notes
    -----
    With three or more decision makers the others answer by *legal sequences*, in which nobody
    moves twice in a row; one move each is not enough.

    References
    ----------
    .. [1] N. Howard (1971). Paradoxes of Rationality.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    In Chicken, mutual cooperation is GMR for both although it is not SEQ: the one answer that
    deters, mutual defection, is worse for the one who gives it.

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("chicken").conflict)
    >>> (gmr(graph, 0) & gmr(graph, 1)).tolist()
    [False, True, True, True]
    """
    return ~unsanctioned(graph, dm, worst(graph, graph.others(dm), graph.ranks[dm], "moves"))
