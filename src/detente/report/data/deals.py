"""Named deals and the games of the sides as plain data for ``--json``."""

from __future__ import annotations

from typing import Any

from detente.analysis import DealAnswer, Findings, Game, Hypergame
from detente.analysis.named import Refusal
from detente.framing import Framed
from detente.report.data.shape import exploit_data, move_data, numbers, reason_data
from detente.report.sentences.games import differences, game_sentences, hypergame_sentences
from detente.report.sentences.named import deal_sentences, deciding_statement
from detente.report.sentences.words import Words

__all__ = ["answer_data", "framed_data", "hypergame_data"]


def answer_data(findings: Findings, answer: DealAnswer) -> dict[str, Any]:
    """Return what becomes of a named deal, states as numbers from 1."""
    ids = findings.conflict.dm_ids
    named, deal = answer.named, answer.deal
    expression = None
    if named.expression is not None:
        expression = findings.conflict.expression_text(named.expression)
    return {
        "id": named.id,
        "name": named.name,
        "deal": expression,
        "by": list(named.by),
        "because": list(named.evidence.because),
        "stands": answer.stands,
        "states": answer.states,
        "in_zone": answer.agreed,
        "reachable": answer.reachable,
        "state": None if answer.state is None else answer.state + 1,
        "refused_by": [_refusal(findings, one) for one in answer.refusals],
        "verdict": answer.verdict,
        "holds": None if deal is None else dict(zip(ids, deal.holds, strict=True)),
        "reach": None if deal is None else deal.reach,
        "leaves": None if answer.leaves is None else reason_data(findings, answer.leaves),
        "exploits": [] if deal is None else [exploit_data(findings, one) for one in deal.exploits],
        "way": [move_data(findings, move) for move in answer.way],
        "drops": {ids[dm]: drop for dm, drop in enumerate(answer.drops)},
        "sentences": deal_sentences(Words.of(findings), answer),
    }


def _refusal(findings: Findings, refusal: Refusal) -> dict[str, Any]:
    dm = findings.conflict.decision_makers[refusal.dm]
    statement = deciding_statement(dm, refusal.decides)
    priority = None
    if statement is not None and refusal.decides is not None:
        priority = {
            "number": refusal.decides + 1,
            "priority": findings.conflict.expression_text(statement.expression),
            "because": list(statement.evidence.because),
            "according_to": statement.evidence.according_to,
        }
    return {"dm": dm.id, "accepts": refusal.accepts, "decided_by": priority}


def framed_data(framed: Framed) -> dict[str, Any]:
    """Return how a conflict followed from the record."""
    return {
        "on": None if framed.on is None else str(framed.on),
        "conditions": [
            {
                "part": one.part,
                "from": one.when.start,
                "to": one.when.end,
                "holds_when": one.when.holds_when,
                "viewpoint": list(one.when.viewpoint),
                "in_force": one.in_force,
                "facts": dict(one.facts),
                "open": list(one.open),
            }
            for one in framed.judged
        ],
    }


def hypergame_data(findings: Findings, hyper: Hypergame) -> dict[str, Any]:
    """Return the games of the sides and what they come to together."""
    ids = findings.conflict.dm_ids
    return {
        "games": {ids[dm]: _game(findings, dm, game) for dm, game in enumerate(hyper.games)},
        "equilibria": {concept: numbers(mask) for concept, mask in hyper.equilibria.items()},
        "surprises": [
            {
                "dm": ids[one.move.dm],
                "from": one.move.source + 1,
                "to": one.move.target + 1,
                "surprises": ids[one.by],
                "kind": one.kind,
                "made": one.made,
            }
            for one in hyper.surprises
        ],
        "sentences": hypergame_sentences(findings, hyper),
    }


def _game(findings: Findings, dm: int, game: Game) -> dict[str, Any]:
    diagnosis = game.diagnosis
    return {
        "differs": differences(findings.conflict, game.conflict),
        "verdict": None if diagnosis is None else diagnosis.verdict,
        "status_quo": None if diagnosis is None else diagnosis.status_quo + 1,
        "zone": None if diagnosis is None else (diagnosis.zone + 1).tolist(),
        "equilibria": {
            concept: numbers(game.table.equilibria(concept)) for concept in game.table.concepts
        },
        "sentences": game_sentences(findings, dm, game),
    }
