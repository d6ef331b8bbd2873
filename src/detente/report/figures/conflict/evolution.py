"""How the conflict can move on from the status quo: a graph of the states that matter."""

from __future__ import annotations

from functools import partial
from typing import Any

from detente.analysis import Findings
from detente.graph.graph import Over
from detente.report.figures.conflict.network import (
    DASH,
    GUTTER,
    LEAST,
    SIDE,
    Network,
    badge,
    box,
)
from detente.report.figures.conflict.ways import Step, Ways, ways
from detente.report.figures.figure import Figure, Line, Mark, Path_, Text
from detente.report.figures.layout.legend import Sample, flow, note
from detente.report.figures.text import Box, fit, width_of
from detente.report.sentences.matter import kind_of
from detente.report.sentences.phrases import count, join
from detente.report.sentences.words import Words

__all__ = ["plot_evolution"]

_PAD = 8
#: the most states side by side
_WIDEST = 8
_STEPS = {"improvements": "steps that gain their mover", "moves": "moves"}


def plot_evolution(
    findings: Findings, *, over: Over | None = None, most: int = 36, width: float = 700
) -> Figure:
    """Draw the ways from the status quo to the deals and to where the conflict may end.

    A state stands as many layers down as it takes steps to get there. Drawn are the improvements
    from the status quo and shortest ways to deals, to where improvements end, and to equilibria.

    Parameters
    ----------
    findings : Findings
    over : {"moves", "improvements"}, optional
        What counts as a step; by default improvements, unless there are none from the status quo,
        or the deals are reached by other moves only.
    most : int
        How many states are drawn at most; the others are counted.
    width : float
        In CSS pixels.

    Raises
    ------
    DetenteError
        ``no-status-quo``; ``not-looked-at`` where the run did not look at the evolution.
    """
    widest = max(min(int((width - GUTTER - _PAD) // (LEAST + SIDE)), _WIDEST), 1)
    drawn = ways(findings, over, most=max(most, 1), widest=widest)
    net = Network(findings, drawn, width)
    while not net.fits and (step := _passing(net)) is not None:
        net = Network(findings, net.ways.without(step), width)
    drawn = net.ways
    marks, y = flow(_legend(net), x=_PAD, y=_PAD, width=width - 2 * _PAD)
    more, bare, bottom = net.marks(y + 14)
    marks += [*_gutter(net, y + 14), *more]
    lines = _notes(findings, drawn)
    if bare:
        verb = "carries" if len(bare) == 1 else "carry"
        lines.append(f"{count(len(bare), 'step')} {verb} no letter, for want of room.")
    last, bottom = note(lines, x=_PAD, y=bottom + 14, width=width - 2 * _PAD)
    return Figure(
        "evolution",
        f"Ways from the status quo by {_STEPS[drawn.over]}",
        _description(findings, drawn),
        width,
        bottom + _PAD,
        _content(findings, net, len(bare)),
        [*marks, *last],
    )


def _passing(net: Network) -> Step | None:
    """Return the last of the steps that pass a layer."""
    long = [
        step for step, chain in zip(net.ways.steps, net.graph.chains, strict=True) if len(chain) > 2
    ]
    return long[-1] if long else None


# -- what stands around the graph ----------------------------------------------------------------


def _legend(net: Network) -> list[Sample]:
    words = Words.of(net.findings)
    steps = net.ways.steps
    samples = [
        Sample(partial(_badge, net.signs[dm], dm), 15, words.dm(dm))
        for dm in sorted({step.dm for step in steps})
    ]
    for kind, dash, name in (
        ("improvement", "", "betters its mover"),
        ("move", DASH, "another move, on a way drawn"),
    ):
        if any(step.kind == kind for step in steps):
            samples.append(Sample(partial(_line, dash), 26, name))
    if any(map(net.runs_back, steps)):
        samples.append(Sample(_back, 18, "leads back"))
    kinds = {kind_of(net.findings, state) for state in net.ways.states}
    for found, name in (("now", "status quo"), ("deal", "deal")):
        if found in kinds:
            samples.append(Sample(partial(_box, found, False), 18, name))
    if any(net.holds(state) for state in net.ways.states):
        samples.append(Sample(partial(_box, "equilibrium", True), 22, "equilibrium under SEQ"))
    return samples


def _badge(letter: str, dm: int, x: float, y: float) -> list[Mark]:
    return badge(x + 7.5, y, letter, dm)


def _line(dash: str, x: float, y: float) -> list[Mark]:
    head = f"M{x + 20:g} {y - 3.5:g}L{x + 26:g} {y:g}L{x + 20:g} {y + 3.5:g}z"
    return [
        Line(x, y, x + 21, y, "muted", 1.7, dash),
        Path_(head, "muted", filled=True),
    ]


def _back(x: float, y: float) -> list[Mark]:
    head = f"M{x + 5.5:g} {y - 1:g}L{x + 9:g} {y - 7:g}L{x + 12.5:g} {y - 1:g}"
    return [Line(x + 9, y + 7, x + 9, y - 7, "muted", 1), Path_(head, "muted", 1.2)]


def _box(kind: str, holds: bool, x: float, y: float) -> list[Mark]:
    inset = 3 if holds else 0
    return box(kind, holds, Box(x + inset, y - 6 + inset / 2, x + 18 + inset, y + 6 - inset / 2))


def _gutter(net: Network, y: float) -> list[Mark]:
    """Return how many steps each layer is away, and how many more states it has."""
    marks: list[Mark] = []
    for layer, more in enumerate(_more(net.ways)):
        top = net.top(layer, y)
        name = count(layer, "step") if layer else "now"
        marks.append(Text(_PAD, top + 14, name, 11, paint="ink"))
        if more:
            told = f"+ {more:,} more"
            if width_of(told, 10) > GUTTER - _PAD - 4:
                told = fit(f"+ {more:,}", 10, GUTTER - _PAD - 4)
            marks.append(Text(_PAD, top + 28, told, 10, paint="muted"))
    return marks


def _more(drawn: Ways) -> list[int]:
    """Return how many states of each layer are not drawn."""
    counts = drawn.evolution.counts().tolist()
    return [counts[k] - len(layer) for k, layer in enumerate(drawn.layers)]


def _notes(findings: Findings, drawn: Ways) -> list[str]:
    counts = drawn.evolution.counts().tolist()
    lines = []
    if len(counts) == 1:
        lines.append(f"From the status quo {_STEPS[drawn.over]} lead nowhere.")
    further = counts[len(drawn.layers) :]
    if further:
        lines.append(f"Not drawn: {count(sum(further), 'state')} further away.")
    never = findings.graph.size - sum(counts)
    if never and len(counts) > 1:
        verb = "is" if never == 1 else "are"
        lines.append(f"{count(never, 'state')} {verb} never reached by {_STEPS[drawn.over]}.")
    if drawn.undrawn:
        told = count(drawn.undrawn, "other improvement")
        lines.append(f"Drawn are shortest ways; {told} between these states left out.")
    return lines


def _description(findings: Findings, drawn: Ways) -> str:
    """Return how far one gets, and what of the deals is reached how soon."""
    assert findings.diagnosis is not None
    counts = drawn.evolution.counts().tolist()[1:]
    words = Words.of(findings)
    if not counts:
        return f"From the status quo {_STEPS[drawn.over]} lead nowhere."
    reached = f"{count(sum(counts), 'state')} in up to {count(len(counts), 'step')}"
    told = f"From the status quo {_STEPS[drawn.over]} lead to {reached}."
    fewest = drawn.evolution.fewest
    deals = [deal.state for deal in findings.diagnosis.deals if fewest[deal.state] > 0]
    if deals:
        least = min(int(fewest[state]) for state in deals)
        soonest = [words.label(state) for state in deals if fewest[state] == least]
        named = join([*soonest[:6], *(["others"] if len(soonest) > 6 else [])])
        kind = "deal, state" if len(soonest) == 1 else "deals, states"
        verb = "is" if len(soonest) == 1 else "are"
        told += f" The soonest {kind} {named}, {verb} reached after {count(least, 'step')}."
    elif findings.diagnosis.deals:
        told += " They lead to none of the deals."
    ends = [state for state in drawn.states if state in drawn.ends]
    if drawn.over == "improvements" and ends:
        names = join([*map(words.label, ends[:6]), *(["others"] if len(ends) > 6 else [])])
        told += f" They can end in {'state' if len(ends) == 1 else 'states'} {names}."
    return told


def _content(findings: Findings, net: Network, bare: int) -> dict[str, Any]:
    drawn = net.ways
    words = Words.of(findings)
    ids = findings.conflict.dm_ids
    nodes = []
    for layer, keys in enumerate(net.graph.order):
        states = [key for key in keys if isinstance(key, int)]
        nodes += [
            {
                "state": words.label(state),
                "index": state,
                "layer": layer,
                "order": order,
                "kind": kind_of(findings, state),
                "equilibrium": net.holds(state),
                "absorbing": state in drawn.ends,
            }
            for order, state in enumerate(states)
        ]
    edges = [
        {
            "source": step.source,
            "target": step.target,
            "dm": ids[step.dm],
            "kind": step.kind,
            "back": net.runs_back(step),
        }
        for step in drawn.steps
    ]
    counts = drawn.evolution.counts().tolist()
    return {
        "over": drawn.over,
        "nodes": nodes,
        "edges": edges,
        "left_out": {
            "in_layers": _more(drawn),
            "further": sum(counts[len(drawn.layers) :]),
            "never": findings.graph.size - sum(counts),
            "improvements": drawn.undrawn,
            "letters": bare,
        },
    }
