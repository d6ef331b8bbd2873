"""Which rankings would make a state stable, in sentences and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType

from detente.analysis import Findings
from detente.analysis.inverse import Rankings
from detente.report.sections import section
from detente.report.words import CONCEPT_NAMES, Words, count, join

__all__ = ["rankings_data", "rankings_screen"]

#: how many conditions, and how many states of each, are told
_CONDITIONS, _STATES = 3, 8
#: up to how many rankings in all their number is spelled out
_SPELLED_OUT = 10**9


def rankings_screen(findings: Findings, state: int, found: Sequence[Rankings]) -> RenderableType:
    """Return for everybody and every concept which rankings make a state stable."""
    words = Words.of(findings)
    rows = [
        (words.dm(dm), [_sentence(words, one) for one in found if one.dm == dm])
        for dm in findings.graph.dms
    ]
    return section(f"{words.number(state).capitalize()}: {words.state(state)}", rows)


def _sentence(words: Words, found: Rankings) -> str:
    name = CONCEPT_NAMES[found.concept]
    if not found.count:
        return f"{name}: stable under no ranking."
    if found.count == found.total:
        return f"{name}: stable under every ranking."
    share = f"{found.count / found.total:.1%}"
    number = f"{share} of all rankings"
    if found.total < _SPELLED_OUT:
        number = f"{found.count:,} of {found.total:,} rankings ({share})"
    lines = [f"{name}: stable under {number}, those that put below it {_below(words, found)}"]
    if found.lift:
        others = "the others stay then" if found.others_stay else "not everybody else would stay"
        lines.append(f"raised by {count(found.lift, 'rank')} it is stable; {others}")
    elif found.lift == 0:
        lines.append("the present one is among them")
    return f"{'; '.join(lines)}."


def _below(words: Words, found: Rankings) -> str:
    told = []
    for one in found.conditions[:_CONDITIONS]:
        states = sorted(one)
        shown = [*map(words.label, states[:_STATES]), *(["…"] if len(states) > _STATES else [])]
        told.append(shown[0] if len(shown) == 1 else f"{{{', '.join(shown)}}}")
    if len(found.conditions) > _CONDITIONS:
        told.append("another such set")
    return join(told, "or")


def rankings_data(findings: Findings, state: int, found: Sequence[Rankings]) -> dict[str, Any]:
    """Return which rankings make a state stable, states as numbers from 1."""
    ids = findings.conflict.dm_ids
    words = Words.of(findings)
    return {
        "state": state + 1,
        "rankings": [
            {
                "dm": ids[one.dm],
                "concept": one.concept,
                # as text: the number of all rankings soon goes beyond what JSON readers hold
                "count": str(one.count),
                "total": str(one.total),
                "below": [[k + 1 for k in sorted(states)] for states in one.conditions],
                "complete": one.complete,
                "lift": one.lift,
                "others_stay": one.others_stay,
                "sentence": _sentence(words, one),
            }
            for one in found
        ],
    }
