"""Far-sighted stability in words and as a table."""

from __future__ import annotations

import numpy as np

from detente.analysis import Findings
from detente.graph.graph import Mask
from detente.report.sentences.phrases import count
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words
from detente.report.tables import Column, Table

__all__ = ["foresight_section"]

#: how many equilibria are named
_NAMED = 8


def foresight_section(words: Words, findings: Findings) -> Section:
    """Return the equilibria of those who look ahead, one line for each horizon."""
    found = findings.foresight
    assert found is not None
    columns = [Column("ahead", "moves ahead", "right"), Column("maximin", "maximin equilibria")]
    if found.limited_move:
        columns.append(Column("limited_move", "limited-move equilibria"))
    rows = []
    for h, mask in enumerate(found.maximin):
        cells = [str(h + 1), _named(words, mask)]
        if found.limited_move:
            cells.append(_named(words, found.limited_move[h]))
        rows.append(tuple(cells))
    lines = []
    if found.non_myopic is not None:
        lines.append(f"For good (non-myopic): {_named(words, found.non_myopic)}.")
    if found.refused is not None:
        what = f"{found.refused.what}; {found.refused.rule}"
        lines.append(f"Limited-move stability is not given: {what}.")
    title = "Looking further ahead"
    table = Table("far_sight", title, tuple(columns), tuple(rows))
    return Section("far-sight", title, (Told("", tuple(lines)),), table)


def _named(words: Words, stable: Mask) -> str:
    states = np.flatnonzero(stable.all(axis=0)).tolist()
    if not states:
        return "none"
    if len(states) > _NAMED:
        return count(len(states), "state")
    return ", ".join(map(words.label, states))
