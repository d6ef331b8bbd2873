"""Which states are stable, for whom, under which concept: a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.analysis import Findings
from detente.errors import DetenteError, Problem
from detente.report.figures.conflict.heatmap import CELL, Heatmap, Section, speck
from detente.report.figures.conflict.states import shown
from detente.report.figures.figure import Figure, Path_, Rect
from detente.report.figures.layout.legend import Sample, flow, note
from detente.report.sentences.matter import kind_of
from detente.report.sentences.phrases import CONCEPT_NAMES, count, join
from detente.report.sentences.words import Words

__all__ = ["plot_stability"]

_PAD = 8


def plot_stability(
    findings: Findings,
    *,
    states: Sequence[int] | None = None,
    most: int = 40,
    width: float = 700,
) -> Figure:
    """Draw which states are stable for whom under which solution concept.

    Parameters
    ----------
    findings : Findings
    states : sequence of int, optional
        Indices of the states to draw, from 0; by default those that matter: the status quo, the
        deals, and the other equilibria, the strictest first.
    most : int
        How many states are drawn at most; the others are counted.
    width : float
        In CSS pixels.

    Raises
    ------
    DetenteError
        ``unknown-state``.
    """
    sections, left_out = (
        _that_matter(findings, max(most, 1))
        if states is None
        else _asked_for(findings, states, max(most, 1))
    )
    map_ = Heatmap(findings, sections, width)
    undrawn = len(findings.graph.dms) - (len(map_.holders) - 1)
    if undrawn:
        left_out["decision makers"] = count(undrawn, "more decision maker")
    samples = [
        Sample(lambda x, y: [Rect(x, y - CELL / 2, CELL, CELL, "muted")], CELL, "stable"),
        Sample(
            lambda x, y: [Path_(speck(x + CELL / 2, y), "muted", filled=True)], CELL, "not stable"
        ),
    ]
    marks, y = flow(samples, x=_PAD, y=_PAD, width=width - 2 * _PAD)
    more, y = map_.marks(y + 8)
    lines = [f"Not drawn: {join(left_out.values())}."] if left_out else []
    last, y = note(lines, x=_PAD, y=y, width=width - 2 * _PAD)
    size = findings.graph.size
    return Figure(
        "stability",
        f"Stability of {count(len(map_.states), 'state')} of {size:,}",
        _description(findings, map_),
        width,
        y + _PAD,
        _content(map_, left_out),
        [*marks, *more, *last],
    )


def _asked_for(
    findings: Findings, states: Sequence[int], most: int
) -> tuple[tuple[Section, ...], dict[str, str]]:
    size = findings.graph.size
    for state in states:
        if not 0 <= state < size:
            what = f"there is no state of index {state}; they go from 0 to {size - 1:,}"
            raise DetenteError(Problem("unknown-state", what))
    given = tuple(dict.fromkeys(map(int, states)))
    left_out = {}
    if len(given) > most:
        left_out["states"] = count(len(given) - most, "more state")
    return (Section("", given[:most]),), left_out


def _that_matter(findings: Findings, most: int) -> tuple[tuple[Section, ...], dict[str, str]]:
    """Return the rows, and in words how many states have none."""
    chosen = shown(findings, most)
    alone = not chosen.now
    one, many = (
        ("equilibrium", "equilibria") if alone else ("other equilibrium", "other equilibria")
    )
    sections = [Section("status quo", chosen.now)] if chosen.now else []
    left_out = {}
    for key, states, total, names in (
        ("deals", chosen.deals, chosen.all_deals, ("deal", "deals")),
        ("equilibria", chosen.equilibria, chosen.all_equilibria, (one, many)),
    ):
        undrawn = total - len(states)
        if states:
            heading = count(total, *names)
            order = "most promising" if key == "deals" else "strictest"
            if undrawn:
                heading += f", {len(states)} drawn" if alone else f", the {len(states)} {order}"
            sections.append(Section(heading, states))
        if undrawn:
            left_out[key] = count(
                undrawn, *(f"more {name.removeprefix('other ')}" for name in names)
            )
    rest = findings.graph.size - len(chosen.now) - chosen.all_deals - chosen.all_equilibria
    if rest:
        left_out["others"] = count(
            rest, "state that is none of these", "states that are none of these"
        )
    return tuple(sections), left_out


def _description(findings: Findings, map_: Heatmap) -> str:
    """Return under which concepts the status quo and how many states hold for everybody."""
    totals = join(f"{map_.totals[None, c]:,} under {CONCEPT_NAMES[c]}" for c in map_.concepts)
    size = findings.graph.size
    told = f"Of {count(size, 'state')}, stable for everybody are {totals}."
    if findings.diagnosis is not None:
        told += f" The status quo is {Words.of(findings).status_quo(findings.diagnosis)}."
    return told


def _content(map_: Heatmap, left_out: dict[str, str]) -> dict[str, Any]:
    findings = map_.findings
    words = Words.of(findings)
    ids = findings.conflict.dm_ids
    rows = [
        {
            "state": words.label(state),
            "index": state,
            "kind": kind_of(findings, state),
            "stable": {
                concept: {
                    name: bool(findings.table.stable[concept][dm, state])
                    for dm, name in enumerate(ids)
                }
                for concept in map_.concepts
            },
            "equilibrium": map_.stable(state, None),
        }
        for state in map_.states
    ]
    totals = {
        concept: {
            "everybody": map_.totals[None, concept],
            **{name: map_.totals[dm, concept] for dm, name in enumerate(ids)},
        }
        for concept in map_.concepts
    }
    drawn = [ids[holder] for holder in map_.holders if holder is not None]
    return {
        "concepts": list(map_.concepts),
        "decision_makers": drawn,
        "states": rows,
        "of_states": findings.graph.size,
        "totals": totals,
        "left_out": left_out,
    }
