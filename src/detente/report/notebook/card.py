"""What a notebook shows of a result: a card of sentences and tables, small enough to be kept.

A notebook keeps what its cells show, so a card is cut where it would grow: long tables to their
first rows, wide ones to their first columns, long texts with three dots.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from detente.errors import shortened
from detente.report.sentences.phrases import count
from detente.report.tables import Table, text_of
from detente.report.templating import environment

__all__ = ["ROWS", "Card", "Part", "parts_of"]

#: about how many bytes all tables of a card have together
_BYTES = 40_000
#: of the lines before and of those after the lead: how many, how long each, how many bytes in all
_LINES, _LINE, _LINE_BYTES = 6, 1_000, 10_000
#: how many rows and columns of a table are shown, and how long a cell may be
ROWS, _COLUMNS, _CELL = 50, 24, 160


class Cell(NamedTuple):
    """A cell as it is shown."""

    text: str
    right: bool

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return _bytes(self.text) + 30


@dataclass(frozen=True)
class Part:
    """A table, cut to what is shown of it, and what is said of the rest."""

    title: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A result for a notebook.

    Attributes
    ----------
    asides : sequence of str
        What is said in passing.
    lead : str
        The sentence that matters most.
    lines : sequence of str
        What is said after it.
    folded : bool
        Whether each table opens only when its title is clicked.
    """

    title: str
    asides: Sequence[str] = ()
    lead: str = ""
    lines: Sequence[str] = ()
    parts: Sequence[Part] = ()
    folded: bool = False

    def html(self) -> str:
        """Return the card as HTML; everything of the dossier's in it is escaped."""
        kept = replace(
            self,
            title=shortened(self.title, _LINE),
            asides=_some(self.asides),
            lead=shortened(self.lead, _LINE),
            lines=_some(self.lines),
        )
        return environment().get_template("notebook.html").render(card=kept)


def _some(lines: Sequence[str]) -> list[str]:
    shown: list[str] = []
    room = _LINE_BYTES
    for line in lines[:_LINES]:
        cut = shortened(line, _LINE)
        room -= _bytes(cut)
        if room < 0:
            break
        shown.append(cut)
    rest = len(lines) - len(shown)
    return [*shown, f"… and {rest:,} more"] if rest else shown


def _bytes(text: str) -> int:
    return len(html.escape(text).encode("utf-8", "replace"))


def parts_of(tables: Sequence[Table], *, rows: int = ROWS, beyond: int = 0) -> list[Part]:
    """Return tables cut so that all of them together stay small.

    Parameters
    ----------
    tables : sequence of Table
    rows : int
        The most that are shown of each.
    beyond : int
        How many rows more there are than a table has.
    """
    share = _BYTES // max(len(tables), 1)
    return [_part(table, rows, share, beyond) for table in tables]


def _part(table: Table, most: int, room: int, beyond: int) -> Part:
    rights = [column.align == "right" for column in table.columns[:_COLUMNS]]

    def cells(texts: Sequence[str]) -> tuple[Cell, ...]:
        pairs = zip(texts, rights, strict=False)
        return tuple(Cell(shortened(text, _CELL), right) for text, right in pairs)

    head = cells([column.heading or column.name for column in table.columns[:_COLUMNS]])
    room -= sum(cell.size for cell in head)
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows[:most]:
        shown = cells([text_of(cell) for cell in row[:_COLUMNS]])
        room -= sum(cell.size for cell in shown)
        if room < 0:
            break
        rows.append(shown)
    left_out = []
    rest = beyond + len(table) - len(rows)
    if rest:
        left_out.append(f"… and {count(rest, 'more row', 'more rows')}")
    if len(table.columns) > _COLUMNS:
        rest = len(table.columns) - _COLUMNS
        left_out.append(f"… and {count(rest, 'more column', 'more columns')}")
    return Part(shortened(table.title, _CELL), head, tuple(rows), tuple(left_out))
