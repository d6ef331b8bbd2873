"""What each deal is worth to each side: one axis for each, one line for each deal."""

from __future__ import annotations

from functools import partial
from typing import Any

from detente.analysis import Findings
from detente.report.figures.conflict.parallel import (
    PALE,
    REFUSED,
    STRONG,
    UNHELD,
    Offer,
    Parallel,
    cross,
    offers,
)
from detente.report.figures.figure import Figure, Line, Mark, Path_
from detente.report.figures.layout.legend import Sample, flow, note
from detente.report.sentences.phrases import count, join
from detente.report.sentences.words import Words

__all__ = ["plot_deals"]

_PAD = 8


def plot_deals(findings: Findings, *, most: int = 60, width: float = 700) -> Figure:
    """Draw every deal by how each side ranks it.

    Each decision maker has an axis, its best state at the top. The status quo stands at the same
    height on all of them, so that what nobody likes less stays above one line. Ranks are ordinal,
    and those above the status quo and those below it share out the room they have: distances can
    be compared neither between axes nor across the line.

    Parameters
    ----------
    findings : Findings
    most : int
        How many lines are drawn at most; the deals of the others are counted. Deals that everybody
        ranks alike share one line.
    width : float
        In CSS pixels.
    """
    if findings.diagnosis is None:
        return _without_status_quo(width)
    drawn, left_out = offers(findings, max(most, 1))
    plot = Parallel(findings, drawn, width)
    marks, y = flow(_legend(plot), x=_PAD, y=_PAD, width=width - 2 * _PAD)
    more, y, unlabelled = plot.marks(y + 10)
    marks += more
    more, y = plot.named(y + 8)
    marks += more
    last, y = note(
        _notes(findings, plot, left_out, unlabelled), x=_PAD, y=y + 6, width=width - 2 * _PAD
    )
    total = len(findings.diagnosis.zone)
    return Figure(
        "deals",
        f"{count(total, 'deal')} by rank for each side" if total else "No deal",
        _description(findings, drawn),
        width,
        y + _PAD,
        _content(findings, plot, left_out, unlabelled),
        [*marks, *last],
    )


def _without_status_quo(width: float) -> Figure:
    told = "The model names no status quo, so there is nothing that deals could be better than."
    marks, bottom = note([told], x=_PAD, y=_PAD, width=width - 2 * _PAD)
    content: dict[str, Any] = {"status_quo": None, "axes": [], "deals": [], "refused": []}
    content["left_out"] = {"deals": 0, "decision_makers": 0, "labels": 0}
    return Figure(
        "deals", "No deals without a status quo", told, width, bottom + _PAD, content, marks
    )


# -- words ---------------------------------------------------------------------------------------


def _legend(plot: Parallel) -> list[Sample]:
    deals = [offer for offer in plot.offers if not offer.refused]
    samples = []
    if any(offer.strong for offer in deals):
        compared = any(offer.efficient is not None for offer in deals)
        what = "efficient deal" if compared else "deal"
        samples.append(Sample(partial(_line, STRONG, ""), 28, what))
    if not all(offer.strong for offer in deals):
        samples.append(Sample(partial(_line, PALE, ""), 28, "not efficient"))
    if not all(offer.holds for offer in deals):
        samples.append(
            Sample(partial(_line, ("muted", 1.7), UNHELD), 28, "does not hold under SEQ")
        )
    if len(deals) < len(plot.offers):
        samples.append(Sample(_refused, 28, "refused, and by whom"))
    return samples


def _line(pen: tuple[str, float], dash: str, x: float, y: float) -> list[Mark]:
    return [Line(x, y, x + 28, y, *pen, dash)]


def _refused(x: float, y: float) -> list[Mark]:
    return [
        Line(x, y, x + 28, y, "warn", 1.5, REFUSED),
        Path_(cross(x + 14, y), "warn", 2),
    ]


def _notes(findings: Findings, plot: Parallel, left_out: int, unlabelled: int) -> list[str]:
    lines = []
    if not any(not offer.refused for offer in plot.offers):
        lines.append("No deal: everything better for somebody is worse for somebody else.")
    if plot.offers:
        lines.append(
            "On every axis the places above the status quo, and those below it, share out the room "
            "that there is: distances across the line cannot be compared."
        )
    if left_out:
        lines.append(f"Not drawn: {count(left_out, 'more deal')}.")
    if unlabelled:
        verb = "carries" if unlabelled == 1 else "carry"
        lines.append(f"{count(unlabelled, 'line')} {verb} no number, for want of room.")
    undrawn = len(findings.graph.dms) - len(plot.dms)
    if undrawn:
        lines.append(f"Not drawn: {count(undrawn, 'more decision maker')}.")
    return lines


def _description(findings: Findings, drawn: list[Offer]) -> str:
    assert findings.diagnosis is not None
    words = Words.of(findings)
    zone = findings.diagnosis.zone
    if len(zone):
        holding = int(findings.table.equilibria("seq")[zone].sum())
        told = (
            f"{count(len(zone), 'state')} would be refused by nobody; "
            f"{holding:,} of them {'holds' if holding == 1 else 'hold'} under SEQ."
        )
    else:
        told = "No state is better than the status quo for somebody and worse for nobody."
    refused = {dm for offer in drawn for dm in offer.refusers}
    if refused:
        names = count(len([o for o in drawn if o.refused]), "named deal")
        told += (
            f" {names} drawn would be refused, by {join(words.dm(dm) for dm in sorted(refused))}."
        )
    return told


def _content(findings: Findings, plot: Parallel, left_out: int, unlabelled: int) -> dict[str, Any]:
    assert findings.diagnosis is not None
    words = Words.of(findings)
    ids, start = findings.conflict.dm_ids, findings.diagnosis.status_quo

    def told(offer: Offer) -> dict[str, Any]:
        return {
            "states": [words.label(state) for state in offer.states],
            "indices": list(offer.states),
            "ranks": {
                ids[dm]: int(rank[offer.states[0]]) for dm, rank in enumerate(findings.graph.ranks)
            },
            "efficient": offer.efficient,
            "holds": offer.holds,
            "names": list(offer.names),
            "refused_by": [ids[dm] for dm in offer.refusers],
        }

    return {
        "status_quo": words.label(start),
        "axes": [
            {
                "dm": ids[dm],
                "best": int(findings.graph.ranks[dm].max()),
                "now": int(findings.graph.ranks[dm][start]),
            }
            for dm in plot.dms
        ],
        "deals": [told(offer) for offer in plot.offers if not offer.refused],
        "refused": [told(offer) for offer in plot.offers if offer.refused],
        "left_out": {
            "deals": left_out,
            "decision_makers": len(findings.graph.dms) - len(plot.dms),
            "labels": unlabelled,
        },
    }
