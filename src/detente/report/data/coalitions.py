"""Coalitions as plain data for ``--json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis import Findings
from detente.report.data.shape import numbers
from detente.report.sentences.coalitions import coalition_sentences
from detente.report.sentences.words import Words

__all__ = ["coalitions_data"]


def coalitions_data(findings: Findings) -> dict[str, Any]:
    """Return coalition stability in both readings, states as numbers from 1."""
    found, ids = findings.coalitions, findings.conflict.dm_ids
    assert found is not None
    return {
        "stable": {
            concept: {dm: numbers(row) for dm, row in zip(ids, rows, strict=True)}
            for concept, rows in (
                (concept, found.table.stable_for(concept)) for concept in found.table.stable
            )
        },
        "universal": {
            concept: numbers(found.table.universal(concept)) for concept in found.table.stable
        },
        "jumps": [
            {
                "members": [ids[dm] for dm in jump.members],
                "from": jump.source + 1,
                "to": jump.target + 1,
            }
            for jump in found.jumps
        ],
        "composite": None
        if found.composite is None
        else {
            "members": [ids[dm] for dm in found.composite.members],
            "equilibria": {
                concept: numbers(np.asarray(mask.all(axis=0)))
                for concept, mask in found.composite.stable.items()
            },
        },
        "sentences": coalition_sentences(Words.of(findings), findings),
    }
