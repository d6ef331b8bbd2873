"""Sections of sentences and tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from detente.report.sentences.phrases import count
from detente.report.sentences.sections import Section
from detente.report.tables import Cell, Table, text_of

__all__ = ["long_table_screen", "section", "stacked", "table_screen"]

#: how many rows of a table a screen shows, and how narrow its last column may be where it wraps
_ROWS, _LAST = 1000, 24


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
        grid.add_row(*map(text_of, row))
    return grid


def long_table_screen(table: Table, *, width: int) -> RenderableType:
    """Return a table that is asked for by itself: its first rows, whatever its width.

    Parameters
    ----------
    table : Table
    width : int
        How many characters a line has; where the columns find no room side by side, every row
        has them one under the other.
    """
    shown = _held(replace(table, rows=table.rows[:_ROWS]))
    room = [_widest(shown, k) + 2 for k in range(len(shown.columns) - 1)]
    fits = sum(room) + min(_LAST, _widest(shown, len(room))) <= width
    body = table_screen(shown) if fits else Group(*(_upright(shown, row) for row in shown.rows))
    rest = len(table) - len(shown)
    foot = count(len(table), "row") if not rest else f"… and {count(rest, 'more row', 'more rows')}"
    more = "; --csv has them all" if rest else ""
    return Group(Text(table.title, "bold"), body, Text(f"\n{foot}{more}", "dim"))


def _held(table: Table) -> Table:
    """Return a table without the columns that hold nothing in any row."""
    held = [any(text_of(row[k]) for row in table.rows) for k in range(len(table.columns))]
    if not any(held):
        return table
    rows = tuple(tuple(compress(row, held)) for row in table.rows)
    return replace(table, columns=tuple(compress(table.columns, held)), rows=rows)


def _widest(table: Table, column: int) -> int:
    heading = table.columns[column].heading or table.columns[column].name
    return max(map(cell_len, [heading, *(text_of(row[column]) for row in table.rows)]))


def _upright(table: Table, row: Sequence[Cell]) -> RenderableType:
    """Return a row with its columns one under the other, without those that hold nothing."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for column, cell in zip(table.columns, row, strict=True):
        text = text_of(cell)
        if text:
            grid.add_row(column.heading or column.name, text)
    return Padding(grid, (1, 0, 0, 0))


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return parts one under the other with an empty line between them."""
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts[:-1]), parts[-1])
