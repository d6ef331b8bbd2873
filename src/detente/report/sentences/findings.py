"""What may follow the verdict, in the order in which it is told on a screen and on a page."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis import Diagnosis, Findings
from detente.report.sentences.changes import unlock_section
from detente.report.sentences.coalitions import coalitions_section
from detente.report.sentences.evolution import evolution_section
from detente.report.sentences.foresight import foresight_section
from detente.report.sentences.games import games_section
from detente.report.sentences.named import deals_section
from detente.report.sentences.phrases import CONCEPT_NAMES, VERDICT_NAMES, count, join
from detente.report.sentences.sections import Section
from detente.report.sentences.words import Words

__all__ = ["facts_line", "judged_by", "sections_of"]


def sections_of(words: Words, findings: Findings, *, details: bool = False) -> Iterator[Section]:
    """Yield a section for everything that was asked beside the verdict.

    Parameters
    ----------
    words : Words
    findings : Findings
    details : bool
        Tell of each named deal also what would hold it, and how it is reached.
    """
    if findings.answers:
        yield deals_section(words, findings, details=details)
    if findings.unlocking is not None:
        yield unlock_section(words, findings)
    if findings.outlook is not None:
        yield evolution_section(words, findings)
    if findings.coalitions is not None:
        yield coalitions_section(words, findings)
    if findings.foresight is not None:
        yield foresight_section(words, findings)
    if findings.hypergame is not None:
        yield games_section(findings)


def facts_line(findings: Findings) -> str:
    """Return how large a conflict is: decision makers, options, states."""
    conflict = findings.conflict
    options = sum(len(dm.options) for dm in conflict.decision_makers)
    facts = [count(len(conflict.decision_makers), "decision maker")]
    if options:
        facts.append(count(options, "option"))
    facts.append(count(findings.graph.size, "feasible state" if options else "state"))
    return ", ".join(facts)


def judged_by(diagnosis: Diagnosis) -> str:
    """Return by which concept the verdict is judged, and what it is under the others."""
    others: dict[str, list[str]] = {}
    for concept, verdict in diagnosis.by_concept.items():
        if verdict != diagnosis.verdict:
            others.setdefault(VERDICT_NAMES[verdict], []).append(CONCEPT_NAMES[concept])
    first = CONCEPT_NAMES[next(iter(diagnosis.by_concept))]
    parts = [f"under {join(concepts)}: {verdict}" for verdict, concepts in others.items()]
    return "; ".join([first, *(parts or ["the same under every other concept"])])
