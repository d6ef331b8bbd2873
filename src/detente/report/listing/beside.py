"""The states that matter side by side: status quo, deals and other equilibria."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis import Deal, Findings
from detente.report.sentences.matter import deals_shown, kind_of, reached, states_shown, under
from detente.report.sentences.words import Words
from detente.report.tables import Cell, Column, Table

__all__ = ["beside", "in_words"]

_TITLE = "The states that matter"


def beside(words: Words, findings: Findings, *, deals: int, states: int) -> Table:
    """Return the states that matter: in option form as columns, else by name as rows.

    Parameters
    ----------
    words : Words
    findings : Findings
    deals, states : int
        How many deals, and how many states in all.
    """
    found = deals_shown(findings, deals)
    shown = states_shown(findings, found, states)
    by = _by_option if findings.conflict.graph is None else _by_name
    return by(words, findings, shown, found)


def in_words(words: Words, findings: Findings, *, deals: int, states: int) -> Table | None:
    """Return the same states in words, by what each changes; None for states that have names."""
    if findings.conflict.graph is not None:
        return None
    start = None if findings.diagnosis is None else findings.diagnosis.status_quo
    columns = (
        Column("state"),
        Column("kind"),
        Column("words", "what holds in it" if start is None else "against the status quo"),
        Column("under", "equilibrium under"),
    )
    rows = tuple(
        (
            words.label(state),
            kind_of(findings, state),
            words.state(state) if start is None or state == start else words.change(start, state),
            under(findings, state),
        )
        for state in states_shown(findings, deals_shown(findings, deals), states)
    )
    return Table("in_words", f"{_TITLE}, in words", columns, rows)


def _by_name(
    words: Words, findings: Findings, shown: Sequence[int], deals: Sequence[Deal]
) -> Table:
    columns = (
        Column("state"),
        Column("name", "what it is"),
        Column("kind", "kind"),
        Column("under", "equilibrium under"),
        Column("reached", "reached"),
    )
    rows = tuple(
        (
            words.label(state),
            words.state(state),
            kind_of(findings, state),
            under(findings, state),
            reached(state, deals),
        )
        for state in shown
    )
    return Table("beside", _TITLE, columns, rows)


def _by_option(
    words: Words, findings: Findings, shown: Sequence[int], deals: Sequence[Deal]
) -> Table:
    columns = (
        Column("dm", "decision maker"),
        Column("option"),
        *(Column(f"state_{state + 1}", words.label(state)) for state in shown),
    )
    rows: list[tuple[Cell, ...]] = [("", "", *(kind_of(findings, state) for state in shown))]
    choices = [words.choices(state) for state in shown]
    for i, dm in enumerate(findings.conflict.decision_makers):
        for k, option in enumerate(dm.options):
            at = [one[i][k] for one in choices]
            cells = [option.levels[it].id if option.levels else "●" if it else "·" for it in at]
            rows.append((dm.name if k == 0 else "", option.name, *cells))
    rows.append(("", "equilibrium under", *(under(findings, state) for state in shown)))
    if deals:
        rows.append(("", "reached", *(reached(state, deals) for state in shown)))
    return Table("beside", _TITLE, columns, tuple(rows))
