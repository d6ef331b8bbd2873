"""What a notebook shows of each kind of result."""

from __future__ import annotations

from detente.analysis import Deal, Findings
from detente.analysis.replay import Replay
from detente.display import html_of
from detente.record import Standing
from detente.report.listing import table, tables_of
from detente.report.notebook.card import ROWS, Card, parts_of
from detente.report.sentences.framing import framing_line, undecided_lines
from detente.report.sentences.matter import (
    counts_line,
    deals_shown,
    kind_of,
    reached,
    states_shown,
    under,
)
from detente.report.sentences.replay import overview, period_line
from detente.report.sentences.words import VERDICT_NAMES, Words, count
from detente.report.tables import Column, Table
from detente.stability import StabilityTable

__all__ = ["states_that_matter"]

#: how many deals, and how many states in all, are shown of findings
_DEALS, _STATES = 4, 8
#: how many rows of each table of a standing
_HELD = 12


@html_of.register
def _(result: Table) -> str:
    return Card("", parts=parts_of([result])).html()


@html_of.register
def _(result: StabilityTable) -> str:
    # of a large table only what is shown is listed
    first = StabilityTable({name: mask[..., :ROWS] for name, mask in result.stable.items()})
    states = max((mask.shape[-1] for mask in result.stable.values()), default=0)
    parts = parts_of([table(first)], beyond=max(states - ROWS, 0))
    return Card("", parts=parts).html()


@html_of.register
def _(result: Findings) -> str:
    words, diagnosis = Words.of(result), result.diagnosis
    framed = framing_line(result)
    asides = [
        f"{count(len(result.conflict.decision_makers), 'decision maker')}, "
        f"{count(result.graph.size, 'state')}{', ' if framed else ''}{framed}",
        *undecided_lines(result),
    ]
    if diagnosis is None:
        lead, proof = "The model names no status quo, so there is no verdict.", []
    else:
        lead = f"{words.verdict(diagnosis)} [{VERDICT_NAMES[diagnosis.verdict]}]"
        proof = words.witness(diagnosis)
    parts = parts_of([states_that_matter(words, result)])
    return Card(result.conflict.title, asides, lead, proof, parts).html()


@html_of.register
def _(result: Standing) -> str:
    known = "" if result.known_by is None else f", as far as known by {result.known_by}"
    whose = "; all accounts side by side"
    if result.viewpoint is not None:
        whose = f"; as {result.viewpoint} saw it"
    tables = [
        Table(one.name, f"{one.title} ({len(one):,})", one.columns, one.rows)
        for one in tables_of(result)
        if one.rows
    ]
    aside = f"As things stood on {result.on}{known}{whose}"
    parts = parts_of(tables, rows=_HELD)
    return Card(result.record.title, [aside], parts=parts, folded=True).html()


@html_of.register
def _(result: Replay) -> str:
    title = result.steps[0].findings.conflict.title
    return Card(title, [period_line(result)], parts=parts_of([overview(result)])).html()


def states_that_matter(words: Words, findings: Findings) -> Table:
    """Return status quo, deals and other equilibria side by side, as on a screen."""
    deals = deals_shown(findings, _DEALS)
    shown = states_shown(findings, deals, _STATES)
    counts, by_concept = counts_line(findings)
    title = f"{counts} ({by_concept})"
    if findings.conflict.graph is None:
        return _by_option(words, findings, shown, deals, title)
    columns = (
        Column("state"), Column("name", " "), Column("kind", " "),
        Column("under", "equilibrium under"), Column("reached", "reached"),
    )  # fmt: skip
    rows = tuple(
        (words.label(state), words.state(state), kind_of(findings, state),
         under(findings, state), reached(state, deals))
        for state in shown
    )  # fmt: skip
    return Table("shown", title, columns, rows)


def _by_option(
    words: Words, findings: Findings, shown: list[int], deals: list[Deal], title: str
) -> Table:
    """Return states as columns, with a row for each option."""
    columns = [Column("dm", " "), Column("option", "state")]
    columns += [Column(words.label(state)) for state in shown]
    choices = [words.choices(state) for state in shown]
    rows: list[tuple[str, ...]] = [("", "", *(kind_of(findings, state) for state in shown))]
    for i, dm in enumerate(findings.conflict.decision_makers):
        for k, option in enumerate(dm.options):
            at = [one[i][k] for one in choices]
            cells = [option.levels[it].id if option.levels else "●" if it else "·" for it in at]
            rows.append((dm.id if k == 0 else "", option.name, *cells))
    rows.append(("", "equilibrium under", *(under(findings, state) for state in shown)))
    if deals:
        rows.append(("", "reached", *(reached(state, deals) for state in shown)))
    return Table("shown", title, tuple(columns), tuple(rows))
