"""Findings as plain data for ``--json``. The keys are a promise; see docs/reference/json.md."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis import Deal, Diagnosis, Findings
from detente.errors import Problem
from detente.graph.graph import Mask
from detente.graph.grid import Grid
from detente.graph.paths import Move
from detente.report.words import Words
from detente.stability import CONCEPTS, Reason

__all__ = ["STATES_SHOWN", "findings_data", "problem_data", "reason_data"]

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
            concept: {
                dm: _numbers(table.stable[concept][i]) for i, dm in enumerate(conflict.dm_ids)
            }
            if concept in table.stable
            else {}
            for concept in CONCEPTS
        }
    data["equilibria"] = {
        concept: _numbers(table.equilibria(concept)) for concept in table.concepts
    }
    data["status_quo"] = None if diagnosis is None else diagnosis.status_quo + 1
    data["diagnosis"] = None if diagnosis is None else _diagnosis(findings, diagnosis)
    made = findings.made
    data["made"] = {
        "source": made.source,
        "sha256": made.sha256,
        "version": made.version,
        "status_quo": made.status_quo,
        "concepts": list(made.concepts),
    }
    return data


def _numbers(mask: Mask) -> list[int]:
    numbers: list[int] = (np.flatnonzero(mask) + 1).tolist()
    return numbers


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


def _diagnosis(findings: Findings, diagnosis: Diagnosis) -> dict[str, Any]:
    ids = findings.conflict.dm_ids
    words = Words.of(findings)
    witness = diagnosis.witness
    proof: dict[str, Any] = {}
    if witness.reason is not None:
        proof["reason"] = reason_data(findings, witness.reason)
    if witness.path:
        proof["path"] = [_move(findings, move) for move in witness.path]
        proof["exposed"] = [ids[dm] for dm in witness.exposed]
        proof["always_exposed"] = [ids[dm] for dm in witness.always_exposed]
    if diagnosis.verdict == "drift":
        proof["leads_to"] = [state + 1 for state in witness.leads_to]
    if diagnosis.verdict == "no-bargaining-space":
        proof["unreachable"] = [state + 1 for state in witness.unreachable]
    if witness.blocking is not None:
        proof["blocking_sets"] = [[ids[dm] for dm in group] for group in witness.blocking.sets]
    blockers = {} if witness.blocking is None else witness.blocking.alone
    return {
        "verdict": diagnosis.verdict,
        "sentence": words.verdict(diagnosis),
        "by_concept": dict(diagnosis.by_concept),
        "status_quo_stable_for": {
            concept: [ids[dm] for dm in dms] for concept, dms in diagnosis.stable_for.items()
        },
        "zone": (diagnosis.zone + 1).tolist(),
        "blockers": {ids[dm]: states for dm, states in blockers.items()},
        "deals": [_deal(findings, deal) for deal in diagnosis.deals],
        "deals_left_out": len(diagnosis.zone) - len(diagnosis.deals),
        "unlock": [],
        "witness": proof,
    }


def _deal(findings: Findings, deal: Deal) -> dict[str, Any]:
    ids = findings.conflict.dm_ids
    return {
        "state": deal.state + 1,
        "holds": dict(zip(ids, deal.holds, strict=True)),
        "reach": deal.reach,
        "efficient": deal.efficient,
        "path": [_move(findings, move) for move in deal.path],
        "exposed": [ids[dm] for dm in deal.exposed],
    }


def _move(findings: Findings, move: Move) -> dict[str, Any]:
    return {
        "dm": findings.conflict.dm_ids[move.dm],
        "from": move.source + 1,
        "to": move.target + 1,
    }


def reason_data(findings: Findings, reason: Reason) -> dict[str, Any]:
    """Return the reason why a state is stable or not, with its moves and in sentences."""
    return {
        "concept": reason.concept,
        "dm": findings.conflict.dm_ids[reason.dm],
        "state": reason.state + 1,
        "stable": reason.stable,
        "breaks": None if reason.breaks is None else _move(findings, reason.breaks),
        "held": [
            {
                "improvement": _move(findings, held.improvement),
                "sanction": [_move(findings, move) for move in held.sanction.moves],
                "state": held.sanction.state + 1,
                "reply": None
                if held.sanction.reply is None
                else _move(findings, held.sanction.reply),
            }
            for held in reason.held
        ],
        "sentences": Words.of(findings).reason(reason),
    }


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return one problem of a file."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "found": problem.what,
        "rule": problem.rule,
        "remedy": problem.remedy,
    }
