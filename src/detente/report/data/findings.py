"""Findings as plain data for ``--json``. The keys are a promise; see docs/reference/json.md."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis import Findings
from detente.graph.grid import Grid
from detente.report.data.changes import unlock_data
from detente.report.data.coalitions import coalitions_data
from detente.report.data.deals import answer_data, framed_data, hypergame_data
from detente.report.data.evolution import evolution_data
from detente.report.data.foresight import foresight_data
from detente.report.data.shape import diagnosis_data, numbers
from detente.stability import CONCEPTS

__all__ = ["STATES_SHOWN", "findings_data"]

#: above this many states `states` and `stable` are left out unless asked for
STATES_SHOWN = 100_000


def findings_data(findings: Findings, *, all_states: bool = False) -> dict[str, Any]:
    """Return everything a run found out, states as numbers from 1.

    Parameters
    ----------
    findings : Findings
    all_states : bool
        Give `states` and `stable` even above 100,000 states.
    """
    conflict, graph, table = findings.conflict, findings.graph, findings.table
    diagnosis = findings.diagnosis
    data: dict[str, Any] = {
        "title": conflict.title,
        "decision_makers": list(conflict.dm_ids),
        "options": list(conflict.column_names),
        "feasible_states": graph.size,
    }
    if graph.size <= STATES_SHOWN or all_states:
        data["states"] = _states(findings)
        data["stable"] = {
            concept: {dm: numbers(table.stable[concept][i]) for i, dm in enumerate(conflict.dm_ids)}
            if concept in table.stable
            else {}
            for concept in CONCEPTS
        }
    data["equilibria"] = {concept: numbers(table.equilibria(concept)) for concept in table.concepts}
    data["status_quo"] = None if diagnosis is None else diagnosis.status_quo + 1
    data["diagnosis"] = None if diagnosis is None else diagnosis_data(findings, diagnosis)
    data["deals"] = [answer_data(findings, one) for one in findings.answers]
    if findings.framed is not None:
        data["framed"] = framed_data(findings.framed)
    if findings.hypergame is not None:
        data["seen_by"] = hypergame_data(findings, findings.hypergame)
    if findings.outlook is not None:
        data["evolution"] = evolution_data(findings)
    if findings.foresight is not None:
        data["far_sight"] = foresight_data(findings)
    if findings.coalitions is not None:
        data["coalitions"] = coalitions_data(findings)
    if findings.unlocking is not None and data["diagnosis"] is not None:
        data["diagnosis"]["unlock"] = unlock_data(findings)
        data["unlock_search"] = [
            {"cost": level.cost, "tried": level.tried, "all": level.all}
            for level in findings.unlocking.searched
        ]
    made = findings.made
    data["made"] = {
        "source": made.source,
        "sha256": made.sha256,
        "version": made.version,
        "status_quo": made.status_quo,
        "concepts": list(made.concepts),
        "record": made.record,
        "on": made.on,
        "known_by": made.known_by,
        "viewpoint": made.viewpoint,
        "target": made.target,
        "coalition": made.coalition,
        "far_sight": made.far_sight,
    }
    return data


def _states(findings: Findings) -> list[dict[str, Any]]:
    conflict, graph = findings.conflict, findings.graph
    ranks = [rank.tolist() for rank in graph.ranks]
    if isinstance(graph, Grid):
        patterns = graph.space.patterns(np.arange(graph.size))
        columns = conflict.column_names
        rows: list[dict[str, Any]] = [
            {
                "number": k + 1,
                "taken": [c for c, mark in zip(columns, pattern, strict=True) if mark == "Y"],
                "pattern": pattern,
            }
            for k, pattern in enumerate(patterns)
        ]
    else:
        assert conflict.graph is not None
        names = zip(conflict.graph.ids, conflict.graph.names, strict=True)
        rows = [
            {"number": k + 1, "taken": [], "pattern": "", "id": id_, "name": name}
            for k, (id_, name) in enumerate(names)
        ]
    for k, row in enumerate(rows):
        row["ranks"] = {dm: ranks[i][k] for i, dm in enumerate(conflict.dm_ids)}
    return rows
