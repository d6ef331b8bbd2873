"""Coalitions in sentences."""

from __future__ import annotations

import numpy as np

from detente.analysis import Findings
from detente.analysis.coalitions import CoalitionFindings
from detente.graph.graph import Mask
from detente.report.sentences.links import upper_first
from detente.report.sentences.phrases import CONCEPT_NAMES, count, join
from detente.report.sentences.sections import Section
from detente.report.sentences.words import Words

__all__ = ["coalition_sentences", "coalitions_section"]

#: how many states, and how many jumps, are named
_STATES, _JUMPS = 8, 5


def coalitions_section(words: Words, findings: Findings) -> Section:
    """Return what holds against every coalition, and where coalitions jump."""
    lines = coalition_sentences(words, findings)
    return Section.of_lines("coalitions", "Coalitions", lines)


def coalition_sentences(words: Words, findings: Findings) -> list[str]:
    """Return what coalitions make of the conflict."""
    found = findings.coalitions
    assert found is not None
    lines = [
        f"Stable against every coalition, C{CONCEPT_NAMES[concept]}: "
        f"{_named(words, found.table.universal(concept))}."
        for concept in found.table.stable
    ]
    lines += _status_quo(findings, words, found)
    diagnosis = findings.diagnosis
    lines += _jumps(words, found, None if diagnosis is None else diagnosis.status_quo)
    if found.composite is not None:
        who = words.dms(found.composite.members)
        told = "; ".join(
            f"{CONCEPT_NAMES[concept]} {_named(words, np.asarray(mask.all(axis=0)))}"
            for concept, mask in found.composite.stable.items()
        )
        lines.append(f"With {who} as one decision maker the equilibria are: {told}.")
    return lines


def _status_quo(findings: Findings, words: Words, found: CoalitionFindings) -> list[str]:
    """Return which coalitions would leave the status quo, the small ones first."""
    if findings.diagnosis is None:
        return []
    q = findings.diagnosis.status_quo
    leaving = [members for members, mask in found.table.stable["seq"].items() if not mask[q]]
    if not leaving:
        return ["No coalition would leave the status quo (CSEQ)."]
    minimal = [h for h in leaving if not any(set(g) < set(h) for g in leaving)]
    shown = join((words.dms(members) for members in minimal), "or")
    return [f"The status quo would be left (CSEQ) by {shown}."]


def _jumps(words: Words, found: CoalitionFindings, status_quo: int | None) -> list[str]:
    if not found.jumps:
        return ["No coalition jumps from one SEQ equilibrium to another."]
    # first those from the status quo, then those that take more than one
    ordered = sorted(
        found.jumps, key=lambda jump: (jump.source != status_quo, len(jump.members) == 1)
    )
    lines = [
        f"{words.dms(jump.members)} would jump from {words.number(jump.source)} to "
        f"{words.number(jump.target)}, both SEQ equilibria."
        for jump in ordered[:_JUMPS]
    ]
    if len(found.jumps) > _JUMPS:
        lines.append(f"… and {count(len(found.jumps) - _JUMPS, 'more such jump')}.")
    return [upper_first(line) for line in lines]


def _named(words: Words, mask: Mask) -> str:
    states = np.flatnonzero(mask).tolist()
    if not states:
        return "no state"
    if len(states) > _STATES:
        return count(len(states), "state")
    return ", ".join(map(words.label, states))
