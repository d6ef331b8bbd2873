"""What is said of one thing: a titled section, for a screen and for a page."""

from __future__ import annotations

from dataclasses import dataclass

from detente.report.tables import Table

__all__ = ["Section", "Told"]


@dataclass(frozen=True)
class Told:
    """What is spoken of, and under it what is said of it, a sentence each."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A title, what is said under it, and perhaps a table.

    Attributes
    ----------
    id : str
        Of the section on a page.
    """

    id: str
    title: str
    told: tuple[Told, ...] = ()
    table: Table | None = None

    @classmethod
    def of_lines(cls, id_: str, title: str, lines: list[str]) -> Section:
        """Return a section of sentences alone."""
        return cls(id_, title, (Told("", tuple(lines)),))
