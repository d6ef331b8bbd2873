"""Tables with a row for every state: what it is, who ranks it how, for whom it is stable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import TypeAlias

import numpy as np

from detente.analysis import Findings
from detente.analysis.evolution import Evolution
from detente.graph.graph import Mask
from detente.graph.grid import Grid
from detente.report.listing.listed import among, numbered
from detente.report.sentences.phrases import CONCEPT_NAMES
from detente.report.tables import Cell, Column, Table
from detente.stability import StabilityTable

__all__ = ["coalitions_table", "evolution_table", "stability_table", "states_table"]

Listing: TypeAlias = "tuple[Column, Sequence[Cell]]"


def states_table(findings: Findings) -> Table:
    """Return every state: what is taken, how it matters, its ranks, and where it is stable."""
    graph, table, ids = findings.graph, findings.table, findings.conflict.dm_ids
    listed = [
        numbered(graph.size),
        *_names(findings),
        (Column("kind", "kind"), _kinds(findings)),
        *(
            (Column(f"rank.{dm}", f"rank of {dm}", "right"), rank.tolist())
            for dm, rank in zip(ids, graph.ranks, strict=True)
        ),
        *_concepts(ids, table.stable),
    ]
    return Table.of_columns("states", "States", listed)


def _names(findings: Findings) -> Iterator[Listing]:
    """Yield what a state is called, and in option form what is taken in it."""
    conflict, graph = findings.conflict, findings.graph
    if isinstance(graph, Grid):
        patterns = graph.space.patterns(np.arange(graph.size))
        yield Column("pattern"), patterns
        columns = conflict.column_names
        chosen = ([mark == "Y" for mark in pattern] for pattern in patterns)
        yield Column("taken", "options taken"), [tuple(compress(columns, one)) for one in chosen]
        return
    assert conflict.graph is not None
    yield Column("id"), conflict.graph.ids
    yield Column("name"), conflict.graph.names


def _kinds(findings: Findings) -> list[Cell]:
    """Return for every state whether it is the status quo, a deal or else an equilibrium."""
    table, diagnosis = findings.table, findings.diagnosis
    kinds = np.full(findings.graph.size, None, dtype=object)
    for concept in table.concepts:
        kinds[table.equilibria(concept)] = "equilibrium"
    if diagnosis is not None:
        kinds[diagnosis.zone] = "deal"
        kinds[diagnosis.status_quo] = "now"
    found: list[Cell] = kinds.tolist()
    return found


def _concepts(ids: Sequence[str], stable: Mapping[str, Mask]) -> Iterator[Listing]:
    """Yield for each concept whether a state is an equilibrium, and for whom it is stable."""
    for concept, mask in stable.items():
        name = CONCEPT_NAMES[concept]
        yield Column(concept, f"{name} equilibrium"), np.asarray(mask.all(axis=0)).tolist()
        yield Column(f"{concept}_for", f"{name} stable for"), among(ids, mask)


def stability_table(table: StabilityTable) -> Table:
    """Return for every state, concept and decision maker whether it is stable.

    Decision makers are counted from 0, as the table knows no names. Of many rankings at once it
    tells in what share of them.
    """
    listed: list[Listing] = []
    for concept, mask in table.stable.items():
        name, many = CONCEPT_NAMES[concept], tuple(range(mask.ndim - 2))
        if not listed:
            listed.append(numbered(mask.shape[-1]))
        whole = table.equilibria(concept)
        masks = [
            (f"{concept}.{dm}", f"{name} {dm}", mask[..., dm, :]) for dm in range(mask.shape[-2])
        ]
        for column, heading, one in [*masks, (concept, f"{name} equilibrium", whole)]:
            shown = np.asarray(one.mean(axis=many) if many else one)
            listed.append((Column(column, heading, "right" if many else "left"), shown.tolist()))
    title = "Stability"
    if any(mask.ndim > 2 for mask in table.stable.values()):
        title = "Stability: the share of the rankings in which a state is stable"
    return Table.of_columns("stability", title, listed or [numbered(0)])


def coalitions_table(findings: Findings) -> Table:
    """Return where every state is stable against every coalition, and for whom."""
    assert findings.coalitions is not None
    table = findings.coalitions.table
    # stable for all coalitions is stable for all that each decision maker belongs to
    masks = {concept: table.stable_for(concept) for concept in table.stable}
    listed = [numbered(findings.graph.size), *_concepts(findings.conflict.dm_ids, masks)]
    return Table.of_columns("coalitions", "Stable against every coalition", listed)


def evolution_table(findings: Findings) -> Table:
    """Return after how many steps every state is first reached, and by whose last step."""
    outlook, ids = findings.outlook, findings.conflict.dm_ids
    assert outlook is not None

    def columns(found: Evolution, name: str, heading: str) -> Iterator[Listing]:
        steps = found.fewest.astype(object)
        steps[found.fewest < 0] = None
        yield Column(name, heading, "right"), steps.tolist()
        yield Column(f"{name}_by", "last mover"), among(ids, found.last_movers)

    listed = [
        numbered(findings.graph.size),
        *columns(outlook.improvements, "improvements", "steps that gain"),
        *columns(outlook.moves, "moves", "moves"),
    ]
    return Table.of_columns("evolution", "From the status quo", listed)
