"""What a notebook shows of each kind of result."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from detente.analysis import Findings
from detente.analysis.replay import Replay
from detente.record import Standing
from detente.report.listing import table, tables_of
from detente.report.listing.beside import beside
from detente.report.notebook.card import ROWS, Card, parts_of
from detente.report.sentences.findings import facts_line
from detente.report.sentences.framing import framing_line, undecided_lines
from detente.report.sentences.matter import counts_line
from detente.report.sentences.phrases import NO_STATUS_QUO, VERDICT_NAMES
from detente.report.sentences.replay import overview, period_line
from detente.report.sentences.standing import Names, standing_line
from detente.report.sentences.words import Words
from detente.report.tables import Table
from detente.stability import StabilityTable

__all__ = ["card_of"]

#: how many deals, and how many states in all, are shown of findings
_DEALS, _STATES = 4, 8
#: how many rows of each table of a standing
_HELD = 12


@singledispatch
def card_of(result: object) -> str:
    """Return the card of a result as HTML."""
    raise TypeError(f"{type(result).__name__} has no card")


@card_of.register
def _(result: Table) -> str:
    return Card("", parts=parts_of([result])).html()


@card_of.register
def _(result: StabilityTable) -> str:
    # of a large table only what is shown is listed
    first = StabilityTable({name: mask[..., :ROWS] for name, mask in result.stable.items()})
    states = max((mask.shape[-1] for mask in result.stable.values()), default=0)
    parts = parts_of([table(first)], beyond=max(states - ROWS, 0))
    return Card("", parts=parts).html()


@card_of.register
def _(result: Findings) -> str:
    words, diagnosis = Words.of(result), result.diagnosis
    framed = framing_line(result)
    asides = [
        f"{facts_line(result)}{', ' if framed else ''}{framed}",
        *undecided_lines(result),
    ]
    if diagnosis is None:
        lead, proof = NO_STATUS_QUO, []
    else:
        lead = f"{words.verdict(diagnosis)} [{VERDICT_NAMES[diagnosis.verdict]}]"
        proof = words.witness(diagnosis)
    counts, by_concept = counts_line(result)
    shown = beside(words, result, deals=_DEALS, states=_STATES)
    parts = parts_of([replace(shown, title=f"{counts} ({by_concept})")])
    return Card(result.conflict.title, asides, lead, proof, parts).html()


@card_of.register
def _(result: Standing) -> str:
    tables = [
        Table(one.name, f"{one.title} ({len(one):,})", one.columns, one.rows)
        for one in tables_of(result)
        if one.rows
    ]
    aside = standing_line(Names(result.record), result)
    parts = parts_of(tables, rows=_HELD)
    return Card(result.record.title, [aside], parts=parts, folded=True).html()


@card_of.register
def _(result: Replay) -> str:
    title = result.steps[0].findings.conflict.title
    return Card(title, [period_line(result)], parts=parts_of([overview(result)])).html()
