"""A table that a result has: by which name it is asked for, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from detente.graph.graph import Mask
from detente.record.dates import When
from detente.report.tables import Cell, Column, Table

__all__ = ["Listed", "among", "numbered", "text", "written"]


@dataclass(frozen=True)
class Listed:
    """A table that is made when it is asked for.

    Attributes
    ----------
    name : str
    make : callable
        Return the table; its name is `name`.
    states : int
        How many rows it has where it has one for every state of a conflict, else 0.
    """

    name: str
    make: Callable[[], Table]
    states: int = 0


def among(names: Sequence[str], mask: Mask) -> list[tuple[str, ...]]:
    """Return for every column of a mask the names of the rows that are true in it.

    Parameters
    ----------
    names : sequence of str
    mask : bool array, shape (len(names), n)
    """
    columns = list(zip(*mask.tolist(), strict=True))
    # few of the columns differ where there are many, and equal ones share one tuple
    known = {column: tuple(compress(names, column)) for column in set(columns)}
    return [known[column] for column in columns]


def numbered(size: int) -> tuple[Column, Sequence[Cell]]:
    """Return the column of the states' numbers, counted from 1."""
    return Column("state", "state", "right"), range(1, size + 1)


def text(when: When | None) -> str | None:
    """Return a date as it was written."""
    return None if when is None else str(when)


def written(parts: Iterable[str]) -> str | None:
    """Return sentences as one text; nothing where there are none."""
    return "; ".join(parts) or None
