"""Why one state is stable or not, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Findings
from detente.report.screen.sections import stacked
from detente.report.sentences.links import upper_first
from detente.report.sentences.words import CONCEPT_NAMES, Words, join
from detente.stability import Reason

__all__ = ["why_screen"]

#: how many improvements with their sanctions are told for each concept
_HELD = 2


def why_screen(findings: Findings, state: int, reasons: Sequence[Reason]) -> RenderableType:
    """Return why a state is stable or not, for every decision maker and concept."""
    words = Words.of(findings)
    title = upper_first(words.number(state))
    parts: list[RenderableType] = [Text.assemble((title, "bold"), f"  {words.state(state)}")]
    for dm in findings.graph.dms:
        rank = findings.graph.ranks[dm]
        place = int(np.unique(rank[rank > rank[state]]).size) + 1
        heading = Text.assemble(
            (words.dm(dm), "bold"), (f"  ranks it {_ordinal(place)} of {int(rank.max()):,}", "dim")
        )
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column()
        own = [reason for reason in reasons if reason.dm == dm]
        for concepts, stable, lines in _grouped(words, own):
            names = join(CONCEPT_NAMES[concept] for concept in concepts)
            table.add_row("●" if stable else "·", f"{'' if stable else 'not '}stable under {names}")
            for line in lines[:_HELD]:
                table.add_row("", Text(line, "dim"))
            if len(lines) > _HELD:
                table.add_row("", Text(f"… and {len(lines) - _HELD} more such answers", "dim"))
        parts.append(Group(heading, Padding(table, (0, 0, 0, 2))))
    return stacked(parts)


def _grouped(
    words: Words, reasons: Sequence[Reason]
) -> Iterator[tuple[list[str], bool, tuple[str, ...]]]:
    """Yield concepts with the same answer for the same reason together."""
    groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for reason in reasons:
        key = (reason.stable, tuple(words.reason(reason)))
        groups.setdefault(key, []).append(reason.concept)
    for (stable, lines), concepts in groups.items():
        yield concepts, stable, lines


def _ordinal(number: int) -> str:
    teens = 10 <= number % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
