"""Far-sighted stability in words, as a table and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Findings
from detente.graph.graph import Mask
from detente.report.shape import numbers
from detente.report.words import Words, count

__all__ = ["foresight_data", "foresight_section"]

#: how many equilibria are named
_NAMED = 8


def foresight_section(findings: Findings) -> RenderableType:
    """Return the equilibria of those who look ahead, one line for each horizon."""
    found = findings.foresight
    assert found is not None
    words = Words.of(findings)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("moves ahead", justify="right")
    table.add_column("maximin equilibria")
    if found.limited_move:
        table.add_column("limited-move equilibria")
    for h, mask in enumerate(found.maximin):
        cells = [str(h + 1), _named(words, mask)]
        if found.limited_move:
            cells.append(_named(words, found.limited_move[h]))
        table.add_row(*cells)
    parts: list[RenderableType] = [table]
    if found.non_myopic is not None:
        parts.append(Text(f"For good (non-myopic): {_named(words, found.non_myopic)}."))
    if found.refused is not None:
        what = f"{found.refused.what}; {found.refused.rule}"
        parts.append(Text(f"Limited-move stability is not given: {what}."))
    return Group(Text("Looking further ahead", "bold"), Padding(Group(*parts), (0, 0, 0, 2)))


def _named(words: Words, stable: Mask) -> str:
    states = np.flatnonzero(stable.all(axis=0)).tolist()
    if not states:
        return "none"
    if len(states) > _NAMED:
        return count(len(states), "state")
    return ", ".join(map(words.label, states))


def foresight_data(findings: Findings) -> dict[str, Any]:
    """Return what is stable for whom at every horizon, states as numbers from 1."""
    found, ids = findings.foresight, findings.conflict.dm_ids
    assert found is not None

    def one(stable: Mask) -> dict[str, Any]:
        return {
            "stable": {dm: numbers(stable[i]) for i, dm in enumerate(ids)},
            "equilibria": numbers(np.asarray(stable.all(axis=0))),
        }

    def horizons(masks: Sequence[Mask]) -> dict[str, Any]:
        return {str(h + 1): one(mask) for h, mask in enumerate(masks)}

    return {
        "maximin": horizons(found.maximin),
        "limited_move": horizons(found.limited_move),
        "non_myopic": None if found.non_myopic is None else one(found.non_myopic),
        "refused": None if found.refused is None else found.refused.code,
    }
