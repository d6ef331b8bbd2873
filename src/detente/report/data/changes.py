"""What would unlock it, as plain data for ``--json``."""

from __future__ import annotations

from typing import Any

from detente.analysis import Findings
from detente.analysis.changes import Guarantee, Lift, ModelChange, OneWay, Reorder
from detente.analysis.escrow import Escrow
from detente.model.conflict import Conflict
from detente.report.sentences.changes import change_evidence, change_sentence

__all__ = ["change_data", "unlock_data"]

_KINDS = {
    Reorder: "reorder",
    OneWay: "one-way",
    Guarantee: "guarantee",
    Lift: "lift",
    Escrow: "escrow",
}


def change_data(conflict: Conflict, change: ModelChange | Escrow) -> dict[str, Any]:
    """Return one change as plain data."""
    return {
        "kind": _KINDS[type(change)],
        "dm": None if change.dm is None else conflict.dm_ids[change.dm],
        "cost": change.cost,
        "text": change_sentence(conflict, change),
        "because": change_evidence(conflict, change),
    }


def unlock_data(findings: Findings) -> list[dict[str, Any]]:
    """Return the ways that were found, the smallest first."""
    found = findings.unlocking
    if found is None:
        return []
    ways = sorted((*found.solutions, *found.escrows), key=lambda one: one.cost)
    return [
        {
            "changes": [change_sentence(findings.conflict, change) for change in one.changes],
            "verdict": one.verdict,
            "cost": one.cost,
            "parts": [change_data(findings.conflict, change) for change in one.changes],
        }
        for one in ways
        if one.changes
    ]
