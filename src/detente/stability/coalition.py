"""Coalitions: decision makers who move together when all of them gain by it.

Two readings stand side by side. In that of Inohara and Hipel every coalition is one more way to
move, and a state must hold against those of all. In the other a coalition forms, for good, and
takes the place of its members: `composite`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from detente.errors import DetenteError, Problem, nearest
from detente.graph.graph import Graph, Indices, Mask, Over
from detente.stability.joint import Coalitions, Members, Step, least_answer, subsets
from detente.stability.nash import nash
from detente.stability.sanction import best_reply, unsanctioned, worst

__all__ = [
    "COALITION_CONCEPTS",
    "CoalitionTable",
    "Jump",
    "coalition_improvements",
    "coalition_stable",
    "coalition_table",
    "composite",
    "jumps",
]

#: the solution concepts that are defined for coalitions
COALITION_CONCEPTS = ("nash", "gmr", "smr", "seq")
#: the most decision makers of whom all coalitions are looked at, and the most entries that the
#: matrices of all coalitions may have, which never are laid out but tell the time it takes
MOST_DMS, MOST_ENTRIES = 12, 2**32


@dataclass(frozen=True)
class CoalitionTable:
    """Which states are stable for which coalition, under which concept.

    Attributes
    ----------
    stable : mapping from concept to mapping from members to bool array, shape (states,)
        For all coalitions, single decision makers included; the small ones first.
    """

    stable: Mapping[str, Mapping[Members, Mask]]

    def stable_for(self, concept: str) -> Mask:
        """Return where a state is stable for all coalitions that a decision maker belongs to.

        Returns
        -------
        bool array, shape (dms, states)
        """
        masks = self.stable[concept]
        everybody = max(masks, key=len)
        return np.stack(
            [
                np.logical_and.reduce([mask for members, mask in masks.items() if dm in members])
                for dm in everybody
            ]
        )

    def universal(self, concept: str) -> Mask:
        """Return where a state is stable for all coalitions, shape (states,)."""
        return np.asarray(np.logical_and.reduce(list(self.stable[concept].values())))


class Jump(NamedTuple):
    """A coalition's way from one equilibrium to another that all its members prefer."""

    members: Members
    source: int
    target: int


def coalition_stable(graph: Graph, members: Collection[int], concept: str) -> Mask:
    r"""Find the states that are stable for one coalition.

    With :math:`R_H^{++}(s) = \{q \in R_H(s) : q \succ_i s\ \forall i \in H\}` the improvements of
    a coalition :math:`H`, :math:`\Phi_H^{\simeq}(s) = \{q : s \succeq_i q\ \exists i \in H\}` what
    does not please all of it, and C the coalitions among the others:

    - ``nash`` (CNash): :math:`R_H^{++}(s) = \varnothing`;
    - ``gmr`` (CGMR): every :math:`s_1 \in R_H^{++}(s)` meets some
      :math:`s_2 \in R_{N \setminus H}(s_1) \cap \Phi_H^{\simeq}(s)`;
    - ``smr`` (CSMR): moreover :math:`R_H(s_2) \subseteq \Phi_H^{\simeq}(s)`;
    - ``seq`` (CSEQ): as ``gmr``, with :math:`s_2 \in R_C^{++}(s_1)` reached by a sequence of
      improvements of coalitions, none of which moves twice in a row.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    members : collection of int
        The decision makers of the coalition.
    concept : {"nash", "gmr", "smr", "seq"}

    Returns
    -------
    bool array, shape (states,)
        True where the state is stable for the coalition.

    Raises
    ------
    DetenteError
        ``too-large`` above 4,096 states, ``unknown-concept``.
    ValueError
        If `members` are not decision makers of the graph, each once, or the graph has batch axes.

    Notes
    -----
    For a single decision maker CNash, CGMR and CSMR are R, GMR and SMR. CSEQ is weaker than SEQ,
    since the others may answer as coalitions. Where moves are not transitive a CSEQ state need
    not be CGMR: j, followed by j and k together, lets j move twice in a row.

    References
    ----------
    .. [1] T. Inohara and K. W. Hipel (2008). Coalition analysis in the graph model for conflict
       resolution.

    Examples
    --------
    In Elmira nobody leaves the deadlock (state 5) alone, but the ministry and Uniroyal do together:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("elmira").conflict)
    >>> [bool(coalition_stable(graph, members, "nash")[4]) for members in ([0], [1], [0, 1])]
    [True, True, False]
    """
    found = Coalitions(graph)
    return found.stable(_members(graph, members), _known(concept))


def coalition_table(graph: Graph, concepts: Sequence[str] = COALITION_CONCEPTS) -> CoalitionTable:
    """Compute the stability of every state for every coalition.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    concepts : sequence of str, optional
        From ``nash``, ``gmr``, ``smr`` and ``seq``; default all. See `coalition_stable`.

    Raises
    ------
    DetenteError
        ``too-large`` above 4,096 states or 12 decision makers, or many of both;
        ``unknown-concept``.
    """
    names = [_known(concept) for concept in concepts]
    found = Coalitions(graph)
    every = _coalitions(graph)
    return CoalitionTable(
        {name: {members: found.stable(members, name) for members in every} for name in names}
    )


def coalition_improvements(graph: Graph, members: Collection[int]) -> tuple[Indices, Indices]:
    r"""Return what a coalition can bring about by moves of its own that all members prefer.

    .. math:: R_H^{++}(s) = \{q \in R_H(s) : q \succ_i s\ \forall i \in H\}

    Returns
    -------
    sources, targets : int array, shape (improvements,)
        Pairs of state indices, sorted by source, then target.

    Raises
    ------
    DetenteError
        ``too-large`` above 4,096 states.
    ValueError
        If `members` are not decision makers of the graph, each once, or the graph has batch axes.
    """
    arcs = Coalitions(graph).improvements(_members(graph, members))
    return arcs.sources.astype(np.intp), arcs.targets.astype(np.intp)


def jumps(graph: Graph, equilibria: Mask) -> tuple[Jump, ...]:
    r"""Find how coalitions jump from one equilibrium to another that all members prefer.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    equilibria : bool array, shape (states,)
        Which states are equilibria, under whatever concept.

    Returns
    -------
    tuple of Jump
        All :math:`(H, s, q)` with equilibria :math:`s` and :math:`q \in R_H^{++}(s)` for which no
        smaller coalition within H makes the same jump; the small coalitions first. From a Nash
        equilibrium nobody jumps alone, from others somebody may.

    Raises
    ------
    DetenteError
        ``too-large`` above 4,096 states or 12 decision makers, or many of both.

    References
    ----------
    .. [1] D. M. Kilgour, K. W. Hipel, L. Fang and X. Peng (2001). Coalition analysis in group
       decision support.

    Examples
    --------
    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> from detente.stability import stability_table
    >>> graph = to_graph(load_entry("elmira").conflict)
    >>> jumps(graph, stability_table(graph).equilibria("nash"))
    (Jump(members=(0, 1), source=4, target=7),)
    """
    found = Coalitions(graph)
    states = np.flatnonzero(equilibria)
    # by[H]: the jumps of H or of a smaller coalition within it, as numbers source x size + target
    by: dict[Members, Indices] = {(): np.arange(0)}
    listed = []
    for members in _coalitions(graph):
        places, targets = found.improving(members, states)
        kept = equilibria[targets]
        made = states[places[kept]] * graph.size + targets[kept]
        smaller = [by[members[:k] + members[k + 1 :]] for k in range(len(members))]
        before = np.unique(np.concatenate(smaller))
        by[members] = np.union1d(before, made)
        new = np.setdiff1d(made, before).tolist()
        listed += [Jump(members, *divmod(number, graph.size)) for number in new]
    return tuple(listed)


def composite(graph: Graph, members: Collection[int], concept: str) -> Mask:
    r"""Find the states that are stable once a coalition has taken the place of its members.

    The coalition :math:`H` is one decision maker that moves to any other state of :math:`R_H(s)`
    and improves when *all* members gain. Each concept then stands as defined for decision makers:
    the others answer the composite by moves or improvements of their own, and are answered by the
    composite as one opponent among others.

    Parameters
    ----------
    graph : Graph
        With a single ranking.
    members : collection of int
        The decision makers who form the coalition.
    concept : {"nash", "gmr", "smr", "seq"}

    Returns
    -------
    bool array, shape (1 + outsiders, states)
        The composite's row first, then those of the other decision makers in order.

    Raises
    ------
    DetenteError
        ``too-large`` above 4,096 states, ``unknown-concept``.
    ValueError
        If `members` are not decision makers of the graph, each once, or the graph has batch axes.

    Notes
    -----
    For the composite Nash, GMR and SMR are CNash, CGMR and CSMR of `coalition_stable`; its SEQ is
    stricter than CSEQ, because the others form no coalitions against it. The rows of the others
    are those of the conflict without a coalition under Nash only.

    References
    ----------
    .. [1] R. A. Kinsara (2014). A Simple Guide to GMCR+, figure 30.

    Examples
    --------
    Once the ministry and Uniroyal are one, the deadlock of Elmira (state 5) is no equilibrium:

    >>> from detente.catalog import load_entry
    >>> from detente.graph import to_graph
    >>> graph = to_graph(load_entry("elmira").conflict)
    >>> composite(graph, [0, 1], "nash").all(axis=0).nonzero()[0] + 1
    array([7, 8, 9])
    """
    found = Coalitions(graph)
    own, name = _members(graph, members), _known(concept)
    outsiders = [dm for dm in graph.dms if dm not in own]
    if name == "nash":
        return np.stack([found.stable(own, name), *(nash(graph, dm) for dm in outsiders)])
    over: Over = "improvements" if name == "seq" else "moves"
    if name == "seq":
        answers = [worst(graph, outsiders, graph.ranks[j], over) for j in own]
        masks = [found.holds(own, answers)]
        arcs = found.improvements(own)
    else:
        masks = [found.stable(own, name)]
        arcs = found.moves(own)
    for dm in outsiders:
        others = [other for other in outsiders if other != dm]
        steps: list[Step] = [arcs.least]
        steps += [partial(graph.fold, j, over=over, take="min") for j in others]
        values = best_reply(graph, dm) if name == "smr" else graph.ranks[dm]
        masks.append(~unsanctioned(graph, dm, least_answer(steps, values)))
    return np.stack(masks)


def _members(graph: Graph, members: Collection[int]) -> Members:
    found = tuple(sorted(members))
    if not found or len(set(found)) < len(found) or not set(found) <= set(graph.dms):
        most = len(graph.dms) - 1
        raise ValueError(f"a coalition has members from 0 to {most}, each once; not {found}")
    return found


def _known(concept: str) -> str:
    if concept not in COALITION_CONCEPTS:
        what = f"{concept!r} is not defined for coalitions, only {', '.join(COALITION_CONCEPTS)}"
        near = nearest(concept, COALITION_CONCEPTS)
        raise DetenteError(Problem("unknown-concept", what, None, near))
    return concept


def _coalitions(graph: Graph) -> list[Members]:
    dms = len(graph.dms)
    if dms > MOST_DMS or (2**dms - 1) * graph.size**2 > MOST_ENTRIES:
        what = f"{dms} decision makers and {graph.size:,} states make too many coalitions"
        raise DetenteError(Problem("too-large", what))
    return subsets(graph.dms)
