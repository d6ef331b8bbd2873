"""Sequential stability (SEQ): every improvement meets a credible answer."""

from __future__ import annotations

from detente.graph.graph import Graph, Mask
from detente.stability.sanction import unsanctioned, worst

__all__ = ["seq"]


def seq(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are sequentially stable (SEQ) for one decision maker.

    State :math:`s` is SEQ for :math:`i` when every improvement meets a credible sanction: a joint
    improvement of the others that leaves :math:`i` no better off than at :math:`s`,

    .. math::
        \forall s_1 \in R_i^{+}(s)\; \exists s_2 \in R_{N \setminus i}^{+}(s_1) :\;
        u_i(s_2) \le u_i(s).

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
    Each step of the answer improves on the state it leaves *for its mover*; it need not improve
    on :math:`s`. With three or more decision makers the others answer by *legal sequences*, in
    which nobody moves twice in a row; one move each is not enough. With three or more, SEQ
    equilibria need not exist.

    References
    ----------
    .. [1] N. M. Fraser and K. W. Hipel (1979). Solving complex conflicts.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    Mutual cooperation (state 4) in the prisoner's dilemma is SEQ although it is not Nash stable:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("prisoners-dilemma").conflict)
    >>> (seq(graph, 0) & seq(graph, 1)).tolist()
    [True, False, False, True]
    """
    return ~unsanctioned(graph, dm, worst(graph, graph.others(dm), graph.ranks[dm], "improvements"))
