"""Why one state is stable or not, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Findings
from detente.report.screen.sections import stacked
from detente.report.sentences.links import upper_first
from detente.report.sentences.why import positions
from detente.report.sentences.words import Words
from detente.stability import Reason

__all__ = ["why_screen"]


def why_screen(findings: Findings, state: int, reasons: Sequence[Reason]) -> RenderableType:
    """Return why a state is stable or not, for every decision maker and concept."""
    words = Words.of(findings)
    title = upper_first(words.number(state))
    parts: list[RenderableType] = [Text.assemble((title, "bold"), f"  {words.state(state)}")]
    for one in positions(words, state, reasons):
        heading = Text.assemble((one.name, "bold"), (f"  {one.rank}", "dim"))
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column()
        for grounds in one.grounds:
            table.add_row("●" if grounds.stable else "·", grounds.heading)
            for line in grounds.lines:
                table.add_row("", Text(line, "dim"))
        parts.append(Group(heading, Padding(table, (0, 0, 0, 2))))
    return stacked(parts)
