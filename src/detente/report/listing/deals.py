"""Deals as tables: those that nobody would refuse, those argued about, and what opens the way."""

from __future__ import annotations

from detente.analysis import Findings
from detente.report.data.changes import unlock_data
from detente.report.listing.listed import written
from detente.report.sentences.named import short_of
from detente.report.sentences.words import Words
from detente.report.tables import Column, Table

__all__ = ["deals_table", "named_deals_table", "unlock_table"]


def deals_table(findings: Findings) -> Table:
    """Return the deals looked at one by one, the most promising first."""
    ids, words = findings.conflict.dm_ids, Words.of(findings)
    columns = (
        Column("state", "state", "right"),
        Column("reach", "reached by"),
        Column("exposure", "exposure", "right"),
        Column("exposed"),
        Column("efficient"),
        *(Column(f"holds.{dm}", f"keeps {dm}") for dm in ids),
        *(Column(f"rank.{dm}", f"rank of {dm}", "right") for dm in ids),
        Column("words", "deal"),
    )
    rows = tuple(
        (
            deal.state + 1,
            deal.reach,
            deal.exposure,
            tuple(ids[dm] for dm in deal.exposed),
            deal.efficient,
            *deal.holds,
            *(int(rank[deal.state]) for rank in findings.graph.ranks),
            words.state(deal.state),
        )
        for deal in (() if findings.diagnosis is None else findings.diagnosis.deals)
    )
    return Table("deals", "Deals", columns, rows)


def named_deals_table(findings: Findings) -> Table:
    """Return what became of the deals argued about by name."""
    ids = findings.conflict.dm_ids
    columns = (
        Column("id"),
        Column("by", "put forward by"),
        Column("answer", "what becomes of it"),
        Column("state", "state", "right"),
        Column("states", "states", "right"),
        Column("in_zone", "in the zone", "right"),
        Column("reachable", "reachable", "right"),
        Column("refused_by", "refused by"),
        Column("verdict"),
        Column("because"),
        Column("name", "deal"),
    )
    rows = tuple(
        (
            one.named.id,
            one.named.by,
            short_of(one),
            None if one.state is None else one.state + 1,
            one.states,
            one.agreed,
            one.reachable,
            tuple(ids[refusal.dm] for refusal in one.refusals),
            one.verdict,
            one.named.evidence.because,
            one.named.name,
        )
        for one in findings.answers
    )
    return Table("named_deals", "Deals argued about", columns, rows)


def unlock_table(findings: Findings) -> Table:
    """Return the ways that were found to open the way, the smallest first."""
    columns = (
        Column("number", "number", "right"),
        Column("cost", "changes", "right"),
        Column("verdict", "verdict after it"),
        Column("kinds", "kinds of changes"),
        Column("because", "rests on"),
        Column("changes", "what changes"),
    )
    rows = tuple(
        (
            number,
            way["cost"],
            way["verdict"],
            tuple(part["kind"] for part in way["parts"]),
            tuple(dict.fromkeys(id_ for part in way["parts"] for id_ in part["because"])),
            written(way["changes"]),
        )
        for number, way in enumerate(unlock_data(findings), 1)
    )
    return Table("unlock", "What would unlock it", columns, rows)
