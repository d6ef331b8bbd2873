"""A table: what a result lists, for a screen, a page, a file, a notebook or a data frame."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, Self, TypeAlias

from detente.display import Shown
from detente.errors import DetenteError, Problem, nearest

__all__ = ["Cell", "Column", "Table", "text_of"]

#: what a cell holds; a tuple is a list of names
Cell: TypeAlias = "str | int | float | bool | tuple[str, ...] | None"


#: libraries that make data frames -> how; polars would else refuse a column of figures and words
_FRAMES: Mapping[str, Mapping[str, Any]] = {"pandas": {}, "polars": {"strict": False}}


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    name : str
        As programs call it: a key of `Table.to_rows`, the head of a column in CSV.
    heading : str
        As people read it.
    align : {"left", "right"}
    """

    name: str
    heading: str = ""
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Table(Shown):
    """Rows under named columns.

    In a notebook it shows itself.

    Attributes
    ----------
    name : str
        What it is asked for by: ``deals``, ``measures``.
    title : str
    columns : tuple of Column
    rows : tuple of tuple of Cell
        Each as long as `columns`.

    Examples
    --------
    >>> table = Table("deals", "Deals", (Column("state"), Column("holds")), ((5, ("row", "col")),))
    >>> table.to_rows()
    [{'state': 5, 'holds': ('row', 'col')}]
    >>> print(table.to_csv(), end="")
    state,holds
    5,row; col
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of_columns(
        cls, name: str, title: str, listed: Sequence[tuple[Column, Sequence[Cell]]]
    ) -> Self:
        """Return a table from its columns, all of one length."""
        columns = tuple(column for column, _ in listed)
        return cls(name, title, columns, tuple(zip(*(cells for _, cells in listed), strict=True)))

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return a mapping for each row, from the names of the columns to what the cells hold."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """Return the table as CSV (RFC 4180, lines end in a single newline), with a head.

        Nothing stands for a missing value, ``yes`` and ``no`` for a truth, a semicolon and a space
        between the names of a list. A text that a spreadsheet would take for a formula has an
        apostrophe before it.
        """
        lines = _Lines()
        # with this end of a line both of its characters are quoted where a text holds them
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow([_plain(column.name) for column in self.columns])
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return "".join(lines)

    def to_frame(self, library: str) -> Any:
        """Return the table as a data frame of a library by name.

        Parameters
        ----------
        library : {"pandas", "polars"}
            It has to be installed; détente does not bring it.

        Raises
        ------
        DetenteError
            ``bad-usage`` for another name, ``library-missing`` where it is not installed.
        """
        if library not in _FRAMES:
            near = nearest(library, list(_FRAMES))
            what = f"{library!r} makes no data frames here; pandas and polars do"
            raise DetenteError(Problem("bad-usage", what, None, near))
        try:
            frames = import_module(library)
        except ModuleNotFoundError:
            what = f"the library {library} is not installed"
            raise DetenteError(Problem("library-missing", what)) from None
        columns = {
            column.name: [_framed(row[k]) for row in self.rows]
            for k, column in enumerate(self.columns)
        }
        return frames.DataFrame(columns, **_FRAMES[library])

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class _Lines(list[str]):
    """The lines of a file, each with a single newline at its end."""

    def write(self, line: str) -> None:
        """Take a line from a writer of CSV."""
        self.append(line.removesuffix("\r\n") + "\n")


#: what a spreadsheet takes for the beginning of a formula, wide forms of the signs included
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def _plain(cell: Cell) -> str | int | float | None:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case tuple():
            return _plain("; ".join(cell))
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case _:
            return cell


def text_of(cell: Cell) -> str:
    """Return what a cell holds as people read it."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case tuple():
            return ", ".join(cell)
        case _:
            return str(cell)


def _framed(cell: Cell) -> str | int | float | bool | list[str] | None:
    return list(cell) if isinstance(cell, tuple) else cell
