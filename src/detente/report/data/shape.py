"""Verdict, deals, moves, reasons and problems as plain data for ``--json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis import Deal, Diagnosis, Findings
from detente.analysis.deals import Exploit
from detente.errors import Problem
from detente.graph.graph import Mask
from detente.graph.paths import Move
from detente.report.sentences.words import Words
from detente.stability import Reason

__all__ = ["diagnosis_data", "exploit_data", "move_data", "numbers", "problem_data", "reason_data"]


def diagnosis_data(findings: Findings, diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the verdict with its witness and the deals."""
    ids = findings.conflict.dm_ids
    words = Words.of(findings)
    witness = diagnosis.witness
    proof: dict[str, Any] = {}
    if witness.reason is not None:
        proof["reason"] = reason_data(findings, witness.reason)
    if witness.path:
        proof["path"] = [move_data(findings, move) for move in witness.path]
        proof["exposed"] = [ids[dm] for dm in witness.exposed]
        proof["always_exposed"] = [ids[dm] for dm in witness.always_exposed]
        proof["drops"] = {ids[dm]: drop for dm, drop in enumerate(witness.drops)}
    if witness.together:
        proof["together"] = [ids[dm] for dm in witness.together]
    if witness.exploits:
        proof["exploits"] = [exploit_data(findings, one) for one in witness.exploits]
    if witness.misled:
        proof["misled"] = {ids[dm]: verdict for dm, verdict in witness.misled}
    if diagnosis.verdict == "drift":
        proof["leads_to"] = [state + 1 for state in witness.leads_to]
        proof["absorbing"] = [[state + 1 for state in states] for states in witness.absorbing]
    if diagnosis.verdict == "no-bargaining-space":
        proof["unreachable"] = [state + 1 for state in witness.unreachable]
    if witness.blocking is not None:
        proof["blocking_sets"] = [[ids[dm] for dm in group] for group in witness.blocking.sets]
        proof["coalitions"] = [
            {
                "members": [ids[dm] for dm in one.members],
                "states": one.states,
                "state": one.state + 1,
                "hurt": [ids[dm] for dm in one.hurt],
            }
            for one in witness.coalitions
        ]
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
        "path": [move_data(findings, move) for move in deal.path],
        "exposed": [ids[dm] for dm in deal.exposed],
        "exposure": deal.exposure,
        "exploits": [exploit_data(findings, one) for one in deal.exploits],
    }


def exploit_data(findings: Findings, exploit: Exploit) -> dict[str, Any]:
    """Return a way to break a deal that leaves others below the status quo."""
    ids = findings.conflict.dm_ids
    return {
        "move": move_data(findings, exploit.move),
        "victims": [ids[dm] for dm in exploit.victims],
    }


def numbers(mask: Mask) -> list[int]:
    """Return the states of a mask as numbers from 1."""
    found: list[int] = (np.flatnonzero(mask) + 1).tolist()
    return found


def move_data(findings: Findings, move: Move) -> dict[str, Any]:
    """Return one move, states as numbers from 1."""
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
        "breaks": None if reason.breaks is None else move_data(findings, reason.breaks),
        "held": [
            {
                "improvement": move_data(findings, held.improvement),
                "sanction": [move_data(findings, move) for move in held.sanction.moves],
                "state": held.sanction.state + 1,
                "reply": None
                if held.sanction.reply is None
                else move_data(findings, held.sanction.reply),
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
