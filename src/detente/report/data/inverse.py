"""Which rankings would make a state stable, as plain data for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.analysis import Findings
from detente.analysis.inverse import Rankings
from detente.report.sentences.inverse import ranking_sentence
from detente.report.sentences.words import Words

__all__ = ["rankings_data"]


def rankings_data(findings: Findings, state: int, found: Sequence[Rankings]) -> dict[str, Any]:
    """Return which rankings make a state stable, states as numbers from 1."""
    ids = findings.conflict.dm_ids
    words = Words.of(findings)
    return {
        "state": state + 1,
        "rankings": [
            {
                "dm": ids[one.dm],
                "concept": one.concept,
                # as text: the number of all rankings soon goes beyond what JSON readers hold
                "count": str(one.count),
                "total": str(one.total),
                "below": [[k + 1 for k in sorted(states)] for states in one.conditions],
                "complete": one.complete,
                "lift": one.lift,
                "others_stay": one.others_stay,
                "sentence": ranking_sentence(words, one),
            }
            for one in found
        ],
    }
