"""Which states matter in an answer, and what is said of each in a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from detente.analysis import Deal, Findings
from detente.analysis.deals import GRADES
from detente.report.sentences.phrases import CONCEPT_NAMES, REACH_WORDS, count

__all__ = [
    "STRICTEST_FIRST", "counts_line",
    "deals_shown",
    "kind_of",
    "other_equilibria",
    "reached",
    "states_shown",
    "under",
]  # fmt: skip

Kind = Literal["now", "deal", "equilibrium", "other"]

#: all concepts
STRICTEST_FIRST = (*GRADES, "sim")

#: up to how many equilibria are sorted by how near they are to the status quo
_SORTED_UP_TO = 100_000


def states_shown(findings: Findings, deals: Sequence[Deal], most: int) -> list[int]:
    """Return the states that matter: status quo, deals, then other equilibria up to `most`."""
    diagnosis = findings.diagnosis
    shown = [] if diagnosis is None else [diagnosis.status_quo]
    shown += [deal.state for deal in deals]
    others, _ = other_equilibria(findings, max(most - len(shown), 0))
    return shown + others


def deals_shown(findings: Findings, most: int) -> list[Deal]:
    """Return the first deals, the one that the proof speaks of before all others."""
    diagnosis = findings.diagnosis
    if diagnosis is None:
        return []
    end = diagnosis.witness.path[-1].target if diagnosis.witness.path else None
    return sorted(diagnosis.deals, key=lambda deal: deal.state != end)[:most]


def other_equilibria(findings: Findings, enough: int) -> tuple[list[int], int]:
    """Return some equilibria that are neither deals nor the status quo, and how many there are.

    Those under the strictest concept come first, of these the nearest to the status quo.
    """
    table, diagnosis, graph = findings.table, findings.diagnosis, findings.graph
    left = np.ones(graph.size, dtype=np.bool_)
    if diagnosis is not None:
        left[diagnosis.zone] = False
        left[diagnosis.status_quo] = False
    found: list[int] = []
    number = 0
    for concept in STRICTEST_FIRST:
        if concept not in table.concepts:
            continue
        states = np.flatnonzero(table.equilibria(concept) & left)
        left[states] = False
        number += states.size
        if len(found) >= enough:
            continue
        if diagnosis is not None and states.size <= _SORTED_UP_TO:
            far = graph.changes(diagnosis.status_quo, states)
            states = states[np.lexsort((states, far))]
        found += states[: enough - len(found)].tolist()
    return found, number


def counts_line(findings: Findings) -> tuple[str, str]:
    """Return how many deals and equilibria there are, and of the latter under which concept."""
    table = findings.table
    masks = [table.equilibria(concept) for concept in table.concepts]
    number = int(np.any(masks, axis=0).sum())
    by_concept = ", ".join(
        f"{CONCEPT_NAMES[concept]} {int(mask.sum()):,}"
        for concept, mask in zip(table.concepts, masks, strict=True)
    )
    parts = []
    if findings.diagnosis is not None:
        parts.append(count(len(findings.diagnosis.zone), "deal"))
    parts.append(count(number, "equilibrium", "equilibria"))
    return " and ".join(parts), by_concept


def kind_of(findings: Findings, state: int) -> Kind:
    """Return what a state is, first of all."""
    diagnosis, table = findings.diagnosis, findings.table
    if diagnosis is not None and state == diagnosis.status_quo:
        return "now"
    if diagnosis is not None and bool(np.isin(state, diagnosis.zone)):
        return "deal"
    if any(table.stable[concept][:, state].all() for concept in table.concepts):
        return "equilibrium"
    return "other"


def reached(state: int, deals: Sequence[Deal]) -> str:
    """Return in a word how a state is reached, empty where it is none of the deals."""
    deal = next((deal for deal in deals if deal.state == state), None)
    return REACH_WORDS[deal.reach] if deal else ""


def under(findings: Findings, state: int) -> str:
    """Return the strictest concepts under which a state is an equilibrium."""
    table = findings.table
    holds = [c for c in GRADES if c in table.concepts and table.equilibria(c)[state]]
    if not holds:
        return "none"
    if holds[0] in ("nash", "sseq", "gmr"):
        return CONCEPT_NAMES[holds[0]]
    return " ".join(CONCEPT_NAMES[c] for c in holds if c != "gmr")
