"""Far-sighted stability as plain data for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente.analysis import Findings
from detente.graph.graph import Mask
from detente.report.data.shape import numbers

__all__ = ["foresight_data"]


def foresight_data(findings: Findings) -> dict[str, Any]:
    """Return what is stable for whom at every horizon, states as numbers from 1."""
    found, ids = findings.foresight, findings.conflict.dm_ids
    assert found is not None

    def one(stable: Mask) -> dict[str, Any]:
        return {
            "stable": {dm: numbers(stable[i]) for i, dm in enumerate(ids)},
            "equilibria": numbers(np.asarray(stable.all(axis=0))),
        }

    def horizons(masks: Sequence[Mask]) -> dict[str, Any]:
        return {str(h + 1): one(mask) for h, mask in enumerate(masks)}

    return {
        "maximin": horizons(found.maximin),
        "limited_move": horizons(found.limited_move),
        "non_myopic": None if found.non_myopic is None else one(found.non_myopic),
        "refused": None if found.refused is None else found.refused.code,
    }
