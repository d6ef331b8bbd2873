"""Sections of sentences and tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from detente.report.sentences.sections import Section
from detente.report.tables import Table

__all__ = ["section", "stacked", "table_screen"]


def section(what: Section) -> RenderableType:
    """Return a titled section: what is spoken of, and under it what is said of it."""
    parts: list[RenderableType] = [Text(what.title, "bold")]
    for told in what.told:
        if told.head:
            parts.append(Text(told.head))
        lines = Grid.grid(padding=(0, 0))
        lines.add_column()
        for line in told.lines:
            lines.add_row(line)
        parts.append(Padding(lines, (0, 0, 0, 2)))
    if what.table is not None:
        parts.append(Padding(table_screen(what.table), (0, 0, 0, 2)))
    return Group(*parts)


def table_screen(table: Table) -> Grid:
    """Return a table; the last column wraps, the others do not."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for k, column in enumerate(table.columns):
        last = k == len(table.columns) - 1
        grid.add_column(column.heading or column.name, justify=column.align, no_wrap=not last)
    for row in table.rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    return grid


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return parts one under the other with an empty line between them."""
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts[:-1]), parts[-1])
