"""The result of one run, with how it was made."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.diagnosis import Diagnosis
from detente.graph.graph import Graph
from detente.model.conflict import Conflict
from detente.stability import StabilityTable

__all__ = ["Findings", "Made"]


@dataclass(frozen=True)
class Made:
    """How a result was made: what was read, its hash, and by which version.

    Attributes
    ----------
    source : str
        The path, catalog slug or ``<stdin>`` that was read.
    sha256 : str
        Of the text that was read.
    status_quo : str or None
        The state it was asked to start from, as named; None for the model's own.
    concepts : tuple of str
        Those that were computed.
    """

    source: str
    sha256: str
    version: str
    status_quo: str | None = None
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findings:
    """Everything one run found out about a conflict.

    Attributes
    ----------
    diagnosis : Diagnosis or None
        None where the model names no status quo.
    """

    conflict: Conflict
    graph: Graph
    table: StabilityTable
    diagnosis: Diagnosis | None
    made: Made
