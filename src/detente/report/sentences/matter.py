"""Which states matter in an answer, and what is said of each in a word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.analysis import Deal, Findings
from detente.analysis.deals import GRADES
from detente.report.sentences.words import CONCEPT_NAMES, REACH_WORDS, count

__all__ = [
    "counts_line", "deals_shown", "kind_of", "reached", "shown_equilibria", "states_shown", "under",
]  # fmt: skip

#: up to how many equilibria are sorted by how near they are to the status quo
_SORTED_UP_TO = 100_000


def states_shown(findings: Findings, deals: Sequence[Deal], most: int) -> list[int]:
    """Return the states that matter: status quo, deals, then other equilibria up to `most`."""
    diagnosis = findings.diagnosis
    shown = [] if diagnosis is None else [diagnosis.status_quo]
    shown += [deal.state for deal in deals]
    others = [state for state in shown_equilibria(findings, 2 * most) if state not in shown]
    return shown + others[: max(most - len(shown), 0)]


def deals_shown(findings: Findings, most: int) -> list[Deal]:
    """Return the first deals, the one that the proof speaks of before all others."""
    diagnosis = findings.diagnosis
    if diagnosis is None:
        return []
    end = diagnosis.witness.path[-1].target if diagnosis.witness.path else None
    return sorted(diagnosis.deals, key=lambda deal: deal.state != end)[:most]


def shown_equilibria(findings: Findings, enough: int) -> list[int]:
    """Return some equilibria, the strictest concept first, then the nearest to the status quo."""
    table = findings.table
    ranked = [concept for concept in GRADES if concept in table.concepts]
    found: list[int] = []
    for concept in ranked:
        states = np.flatnonzero(table.equilibria(concept)).tolist()
        if findings.diagnosis is not None and len(states) <= _SORTED_UP_TO:
            start = findings.diagnosis.status_quo
            changes = findings.graph.changes(start, np.array(states, dtype=np.intp)).tolist()
            states = [state for _, state in sorted(zip(changes, states, strict=True))]
        found += [state for state in states if state not in found][:enough]
        if len(found) >= enough:
            break
    return found


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


def kind_of(findings: Findings, state: int) -> str:
    """Return what a state is: ``now``, ``deal`` or ``equil.``."""
    diagnosis = findings.diagnosis
    if diagnosis is not None and state == diagnosis.status_quo:
        return "now"
    return "deal" if diagnosis is not None and state in diagnosis.zone else "equil."


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
