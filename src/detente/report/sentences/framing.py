"""For when and as whom a model was framed, and what the record leaves open."""

from __future__ import annotations

from detente.analysis import Findings
from detente.report.sentences.links import Links
from detente.report.sentences.phrases import join

__all__ = ["framing_line", "undecided_lines"]


def framing_line(findings: Findings) -> str:
    """Return the date, what was known by then, and as whom; empty where nothing was framed."""
    framed, made = findings.framed, findings.made
    if framed is None:
        return ""
    parts = []
    if framed.on is not None:
        parts.append(f"as of {framed.on}")
    if made.known_by is not None:
        parts.append(f"as far as known by {made.known_by}")
    if made.viewpoint is not None:
        parts.append(f"as {_viewpoint(findings, made.viewpoint)} sees it")
    return ", ".join(parts)


def _viewpoint(findings: Findings, text: str) -> str:
    """Return the names of those as whom the game is seen."""
    names = {dm.id: dm.name for dm in findings.conflict.decision_makers}
    actors, _, day = text.partition("@")
    who = join(names.get(one.strip(), one.strip()) for one in actors.split(","))
    return f"{who} on {day}" if day else who


def undecided_lines(findings: Findings, links: Links | None = None) -> list[str]:
    """Return the parts of the model that were left out because the record is open."""
    if findings.framed is None:
        return []
    mark = (links or Links()).entry
    lines = []
    for one in findings.framed.undecided:
        open_ = ", ".join(f"{mark(id_)} is {one.facts[id_]}" for id_ in one.open)
        lines.append(f"left out, as the record is open: {one.part} ({open_})")
    return lines
