"""A replay as tables: a row for every step, and for every step and named deal."""

from __future__ import annotations

from detente.analysis.replay import Replay
from detente.report.listing.listed import written
from detente.report.sentences.named import short_of
from detente.report.sentences.phrases import CONCEPT_NAMES
from detente.report.sentences.replay import status_quo_of
from detente.report.tables import Column, Table

__all__ = ["replayed_deals_table", "steps_table"]


def steps_table(replay: Replay) -> Table:
    """Return the steps: from when, the verdict, how many deals and equilibria, and by what."""
    concepts = replay.steps[0].findings.table.concepts
    columns = (
        Column("on", "from"),
        Column("verdict"),
        Column("deals", "deals", "right"),
        *(Column(concept, CONCEPT_NAMES[concept], "right") for concept in concepts),
        Column("facts", "by what in the record"),
        Column("turned", "parts of the model that turned"),
        Column("status_quo", "status quo"),
    )
    rows = []
    for step in replay.steps:
        diagnosis, table = step.findings.diagnosis, step.findings.table
        rows.append(
            (
                step.on,
                None if diagnosis is None else diagnosis.verdict,
                None if diagnosis is None else len(diagnosis.zone),
                *(int(table.equilibria(concept).sum()) for concept in concepts),
                tuple(f"{entry} {state}" for entry, state in step.facts.items()),
                written(one.part for one in step.turned),
                status_quo_of(step) or None,
            )
        )
    return Table("steps", "How the answer moved", columns, tuple(rows))


def replayed_deals_table(replay: Replay) -> Table:
    """Return what became of every named deal at every step."""
    columns = (
        Column("on", "from"),
        Column("id"),
        Column("answer", "what becomes of it"),
        Column("verdict"),
        Column("refused_by", "refused by"),
        Column("name", "deal"),
    )
    rows = tuple(
        (
            step.on,
            one.named.id,
            short_of(one),
            one.verdict,
            tuple(step.findings.conflict.dm_ids[refusal.dm] for refusal in one.refusals),
            one.named.name,
        )
        for step in replay.steps
        for one in step.findings.answers
    )
    return Table("deals", "Deals argued about", columns, rows)
