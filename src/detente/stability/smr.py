"""Symmetric metarationality (SMR): the answer holds even after a reply."""

from __future__ import annotations

from detente.graph.graph import Graph, Mask
from detente.stability.sanction import best_reply, unsanctioned, worst

__all__ = ["smr"]


def smr(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are symmetric metarational (SMR) for one decision maker.

    State :math:`s` is SMR for :math:`i` when every improvement meets an answer of the others from
    which no own reply brings :math:`i` above :math:`s` again:

    .. math::
        \forall s_1 \in R_i^{+}(s)\; \exists s_2 \in R_{N \setminus i}(s_1) :\;
        u_i(s_2) \le u_i(s) \;\wedge\; \forall s_3 \in R_i(s_2) : u_i(s_3) \le u_i(s).

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
    The reply is any one move of :math:`i`, not only an improvement. SMR and SEQ do not contain
    one another.

    References
    ----------
    .. [1] N. Howard (1971). Paradoxes of Rationality.
    .. [2] L. Fang, K. W. Hipel and D. M. Kilgour (1993). Interactive Decision Making.

    Examples
    --------
    In the Euphrates conflict of 1975 state 1 is GMR for both sides but not SMR for Iraq:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("syria-iraq-1975").conflict)
    >>> smr(graph, 1).tolist()
    [False, True, False, True, False, True]
    """
    return ~unsanctioned(graph, dm, worst(graph, graph.others(dm), best_reply(graph, dm), "moves"))
