"""How the conflict can move on, as plain data for ``--json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis import Findings
from detente.analysis.evolution import Evolution
from detente.report.sentences.evolution import evolution_sentences, states_of_interest
from detente.report.sentences.words import Words

__all__ = ["evolution_data"]


def evolution_data(findings: Findings) -> dict[str, Any]:
    """Return when each deal and equilibrium is first reached, and the ends, as numbers from 1."""
    outlook, ids = findings.outlook, findings.conflict.dm_ids
    assert outlook is not None
    states = states_of_interest(findings)

    def one(found: Evolution) -> dict[str, Any]:
        return {
            "counts": found.counts().tolist(),
            "never": int((found.fewest < 0).sum()),
            "states": [
                {
                    "state": state + 1,
                    "steps": int(found.fewest[state]),
                    "last_movers": [ids[dm] for dm in np.flatnonzero(found.last_movers[:, state])],
                }
                for state in states
                if found.fewest[state] >= 0
            ],
        }

    return {
        "improvements": one(outlook.improvements),
        "moves": one(outlook.moves),
        "absorbing": [(ends + 1).tolist() for ends in outlook.absorbing],
        "sentences": evolution_sentences(Words.of(findings), outlook),
    }
