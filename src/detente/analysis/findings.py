"""The result of one run, with how it was made."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.coalitions import CoalitionFindings
from detente.analysis.diagnosis import Diagnosis
from detente.analysis.evolution import Outlook
from detente.analysis.foresight import Foresight
from detente.analysis.misperception import Hypergame
from detente.analysis.named import DealAnswer
from detente.analysis.unlocking import Unlocking
from detente.display import Shown
from detente.framing import Framed
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
        Of the text of the model.
    status_quo : str or None
        The state it was asked to start from, as named; None for the model's own.
    concepts : tuple of str
        Those that were computed.
    record : str or None
        SHA-256 of the record that the model was framed from, if it was.
    on, known_by, viewpoint : str or None
        For which date, from what was known by when, and as whom it was framed.
    target, coalition : str or None
        The deal and the coalition that were asked about.
    far_sight : int
        Up to which horizon far-sighted stability was computed.
    """

    source: str
    sha256: str
    version: str
    status_quo: str | None = None
    concepts: tuple[str, ...] = ()
    record: str | None = None
    on: str | None = None
    known_by: str | None = None
    viewpoint: str | None = None
    target: str | None = None
    coalition: str | None = None
    far_sight: int = 0


@dataclass(frozen=True, repr=False)
class Findings(Shown):
    """Everything one run found out about a conflict.

    Attributes
    ----------
    conflict : Conflict
        As analysed: framed, where the model has conditions.
    diagnosis : Diagnosis or None
        None where the model names no status quo.
    answers : tuple of DealAnswer
        What becomes of the deals argued about by name.
    framed : Framed or None
        How the conflict followed from the record, where the model has conditions.
    hypergame : Hypergame or None
        The game as each side sees it, where that was looked at.
    outlook : Outlook or None
        How the conflict can move on from the status quo, where that was looked at.
    foresight : Foresight or None
        The equilibria of those who look further ahead, where they were asked for.
    coalitions : CoalitionFindings or None
        What coalitions make of the conflict, where that was asked for.
    unlocking : Unlocking or None
        The smallest changes that would open the way, where they were looked for.
    """

    conflict: Conflict
    graph: Graph
    table: StabilityTable
    diagnosis: Diagnosis | None
    made: Made
    answers: tuple[DealAnswer, ...] = ()
    framed: Framed | None = None
    hypergame: Hypergame | None = None
    outlook: Outlook | None = None
    foresight: Foresight | None = None
    coalitions: CoalitionFindings | None = None
    unlocking: Unlocking | None = None

    def __repr__(self) -> str:
        found = f"<Findings {self.conflict.title!r}, {self.graph.size:,} states: "
        if self.diagnosis is not None:
            found += f"{self.diagnosis.verdict}; deals {len(self.diagnosis.zone):,}; "
        counts = (
            f"{name} {int(self.table.equilibria(name).sum()):,}" for name in self.table.concepts
        )
        return f"{found}equilibria {', '.join(counts)}>"
