"""Symmetric sequential stability (SSEQ): a credible answer that holds even after a reply."""

from __future__ import annotations

from detente.graph.graph import Graph, Mask
from detente.stability.sanction import best_reply, unsanctioned, worst

__all__ = ["sseq"]


def sseq(graph: Graph, dm: int) -> Mask:
    r"""Find the states that are symmetric sequentially stable (SSEQ) for one decision maker.

    State :math:`s` is SSEQ for :math:`i` when every improvement meets a credible sanction from
    which no own reply brings :math:`i` above :math:`s` again:

    .. math::
        \forall s_1 \in R_i^{+}(s)\; \exists s_2 \in R_{N \setminus i}^{+}(s_1) :\;
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
    One sanction must do both: a state can be SEQ and SMR, by two different sanctions, and yet
    not SSEQ. Some papers write "SSEQ" for *strong* sequential stability under strength of
    preference; that is another concept.

    References
    ----------
    .. [1] L. C. Rêgo and G. I. A. Vieira (2017). Symmetric sequential stability in the graph model
       for conflict resolution with multiple decision makers. doi:10.1007/s10726-016-9520-8

    Examples
    --------
    In the Euphrates conflict of 1975, Iraq's state 5 is SEQ but not SSEQ: Iraq can reply.

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("syria-iraq-1975").conflict)
    >>> sseq(graph, 1).tolist()
    [False, True, False, True, False, True]
    """
    return ~unsanctioned(
        graph, dm, worst(graph, graph.others(dm), best_reply(graph, dm), "improvements")
    )
