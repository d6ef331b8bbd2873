"""``detente analyze``: from a conflict to a verdict."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente import study
from detente.cli.screen import Bar, Flag, PathOrDash, show, show_json, talk, width
from detente.report.shape import findings_data, reason_data
from detente.report.terminal import findings_screen, problem_text
from detente.report.why import why_screen
from detente.stability import explain
from detente.study import find_state, open_source

__all__ = ["analyze"]


def analyze(
    path: PathOrDash,
    /,
    *,
    why: str | None = None,
    status_quo: str | None = None,
    sim: Annotated[bool | None, Parameter(negative="--no-sim")] = None,
    json: Flag = False,
    all_states: Flag = False,
) -> int:
    """Can these talks go anywhere from the status quo, and if not, what stands in the way?

    Parameters
    ----------
    path
        A model file, a .gmcr file, a dossier folder, a catalog slug, or - for standard input.
    why
        Tell why this state is stable or not, for everybody and every concept. A state is its
        number, its pattern of Y and N, or its id in a conflict given as a graph.
    status_quo
        Start from this state instead of the model's own status quo.
    sim
        Compute simultaneous stability; by default only up to 4,096 states.
    json
        Print one JSON object.
    all_states
        With --json, list all states even above 100,000.
    """
    source = open_source(path)
    for warning in source.warnings:
        talk(problem_text(warning))
    with Bar("analysing") as bar:
        findings = study.analyze(source, sim=sim, status_quo=status_quo, progress=bar.update)
    if why is None:
        if json:
            indent = 2 if findings.graph.size <= 10_000 else None
            show_json(findings_data(findings, all_states=all_states), indent=indent)
        else:
            show(findings_screen(findings, width=width()))
        return 0
    state = find_state(findings.conflict, findings.graph, why)
    reasons = [
        explain(findings.graph, state, dm, concept)
        for dm in findings.graph.dms
        for concept in findings.table.concepts
    ]
    if json:
        show_json({"state": state + 1, "why": [reason_data(findings, r) for r in reasons]})
    else:
        show(why_screen(findings, state, reasons))
    return 0
