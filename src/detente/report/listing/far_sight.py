"""The equilibria of those who look further ahead, as a table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.analysis import Findings
from detente.graph.graph import Mask
from detente.report.tables import Column, Table

__all__ = ["far_sight_table"]


def far_sight_table(findings: Findings) -> Table:
    """Return the far-sighted equilibria by concept and horizon; no horizon means for good."""
    columns = (
        Column("concept"),
        Column("ahead", "moves ahead", "right"),
        Column("state", "equilibrium", "right"),
    )
    rows = tuple(
        (concept, ahead, state + 1)
        for concept, ahead, stable in _masks(findings)
        for state in np.flatnonzero(stable.all(axis=0)).tolist()
    )
    return Table("far_sight", "Looking further ahead", columns, rows)


def _masks(findings: Findings) -> Iterator[tuple[str, int | None, Mask]]:
    found = findings.foresight
    assert found is not None
    for concept, masks in (("maximin", found.maximin), ("limited_move", found.limited_move)):
        for h, stable in enumerate(masks):
            yield concept, h + 1, stable
    if found.non_myopic is not None:
        yield "non_myopic", None, found.non_myopic
