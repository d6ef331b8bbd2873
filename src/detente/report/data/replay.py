"""A replay as plain data: the transcript that ``--write`` keeps."""

from __future__ import annotations

from typing import Any

from detente.analysis.replay import Replay, Step
from detente.report.sentences.named import short_of
from detente.report.sentences.words import Words

__all__ = ["is_transcript", "replay_data"]


def replay_data(replay: Replay) -> dict[str, Any]:
    """Return a replay as plain data: what ``--json`` prints and ``--write`` keeps."""
    made = replay.steps[0].findings.made
    return {
        "kind": "replay",
        "title": replay.steps[0].findings.conflict.title,
        "from": replay.start,
        "to": replay.end,
        "made": {
            "source": made.source,
            "sha256": made.sha256,
            "record": made.record,
            "version": made.version,
            "viewpoint": made.viewpoint,
            "as_known_then": replay.as_known_then,
        },
        "steps": [_step_data(step) for step in replay.steps],
        "idle": [one.part for one in replay.idle],
    }


def _step_data(step: Step) -> dict[str, Any]:
    findings, diagnosis = step.findings, step.findings.diagnosis
    assert findings.framed is not None
    return {
        "on": step.on,
        "verdict": None if diagnosis is None else diagnosis.verdict,
        "by_concept": {} if diagnosis is None else dict(diagnosis.by_concept),
        "status_quo": None if diagnosis is None else Words.of(findings).state(diagnosis.status_quo),
        "zone": None if diagnosis is None else len(diagnosis.zone),
        "equilibria": {
            concept: int(findings.table.equilibria(concept).sum())
            for concept in findings.table.concepts
        },
        "deals": {one.named.id: short_of(one) for one in findings.answers},
        "conditions": {
            one.part: {"in_force": one.in_force, "facts": dict(one.facts)}
            for one in findings.framed.judged
        },
        "turned": [one.part for one in step.turned],
    }


def is_transcript(data: Any) -> bool:
    """Tell whether plain data is what `replay_data` returns, as far as it is compared."""
    try:
        made, steps = data["made"], data["steps"]
        known = data["kind"] == "replay" and all(isinstance(data[k], str) for k in ("from", "to"))
        known = known and {"sha256", "record", "version", "viewpoint"} <= set(made)
        return bool(steps) and known and all(_is_step(step) for step in steps)
    except (KeyError, TypeError, AttributeError):
        return False


def _is_step(step: Any) -> bool:
    conditions = step["conditions"].values()
    return (
        isinstance(step["on"], str)
        and {"verdict", "zone", "status_quo"} <= set(step)
        and isinstance(step["equilibria"], dict)
        and isinstance(step["deals"], dict)
        and all({"in_force", "facts"} <= set(one) for one in conditions)
        and all(isinstance(one["facts"], dict) for one in conditions)
    )
