"""A model as tables: its options and its priorities, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from detente.model.conflict import Conflict, Evidence, Priorities, Ranking, Weights
from detente.report.tables import Cell, Column, Table

__all__ = ["options_table", "priorities_table"]


def options_table(conflict: Conflict) -> Table:
    """Return the options of everybody, and how they stand in the status quo."""
    columns = (
        Column("dm", "decision maker"),
        Column("option"),
        Column("levels"),
        Column("change", "can change"),
        Column("taken", "taken now"),
        Column("level", "level now"),
        Column("because"),
        Column("according_to", "according to"),
        Column("status_quo_because", "status quo because"),
        Column("name"),
    )
    given = {
        (atom.dm, atom.option): evidence.because
        for atom, evidence in conflict.status_quo_evidence
        if atom is not None
    }
    rows: list[tuple[Cell, ...]] = []
    for i, dm in enumerate(conflict.decision_makers):
        for k, option in enumerate(dm.options):
            now = conflict.status_quo[i][k] if isinstance(conflict.status_quo, tuple) else None
            levels = tuple(level.id for level in option.levels)
            rows.append(
                (
                    dm.id,
                    option.id,
                    levels,
                    option.change,
                    None if levels or now is None else bool(now),
                    levels[now] if levels and now is not None else None,
                    option.evidence.because,
                    option.evidence.according_to,
                    given.get((i, k), ()),
                    option.name,
                )
            )
    return Table("options", "Options", columns, tuple(rows))


def priorities_table(conflict: Conflict) -> Table:
    """Return what everybody wants: priorities, weights, or the tiers of a ranking, best first."""
    columns = (
        Column("dm", "decision maker"),
        Column("number", "number", "right"),
        Column("kind"),
        Column("weight", "weight", "right"),
        Column("because"),
        Column("according_to", "according to"),
        Column("wants", "what it wants"),
    )
    rows = tuple(
        (dm.id, number, *cells)
        for i, dm in enumerate(conflict.decision_makers)
        for number, cells in enumerate(_wants(conflict, i), 1)
    )
    return Table("priorities", "Priorities", columns, rows)


def _wants(conflict: Conflict, dm: int) -> Iterator[tuple[Cell, ...]]:
    said, text = conflict.decision_makers[dm], conflict.expression_text
    match said.preference:
        case Priorities(statements):
            for one in statements:
                yield "priority", None, *_evidence(one.evidence), text(one.expression)
        case Weights(statements):
            for one, weight in statements:
                figure = int(weight) if weight.denominator == 1 else float(weight)
                yield "weight", figure, *_evidence(one.evidence), text(one.expression)
        case Ranking(tiers):
            for tier in tiers:
                told = ", ".join(state.text for state in tier)
                yield "ranking", None, *_evidence(said.evidence), told


def _evidence(evidence: Evidence) -> tuple[tuple[str, ...], str | None]:
    return evidence.because, evidence.according_to
