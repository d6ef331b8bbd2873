"""Whose accounts count, and as they held them when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.errors import DetenteError, Problem, nearest
from detente.record.actors import Actor
from detente.record.dates import NEVER, DateError, When, parse_when

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["Viewpoint", "date_asked", "viewpoint_of"]


@dataclass(frozen=True)
class Viewpoint:
    """A rule about whose accounts count.

    Attributes
    ----------
    actors : tuple of str
        Ids of actors; an account of one of them counts.
    held_on : When or None
        The day on which they held it; by default the day that is asked about. Views change: the
        same actor may have held one thing at the time and hold another since.
    """

    actors: tuple[str, ...]
    held_on: When | None = None

    def __str__(self) -> str:
        suffix = "" if self.held_on is None else f"@{self.held_on}"
        return ",".join(self.actors) + suffix


def viewpoint_of(record: Record, asked: Viewpoint | str | Sequence[str] | None) -> Viewpoint | None:
    """Return the viewpoint somebody asks for: ``usa``, ``usa,e3``, ``usa@2021-03-01`` or none.

    Raises
    ------
    DetenteError
        ``unknown-id`` for an actor the record does not have, ``bad-date`` for the day.
    """
    if asked is None:
        return None
    if not isinstance(asked, Viewpoint):
        text = asked if isinstance(asked, str) else ",".join(asked)
        names, _, day = text.partition("@")
        held = date_asked(day) if day else None
        asked = Viewpoint(tuple(part.strip() for part in names.split(",") if part.strip()), held)
    actors = [actor.id for actor in record.of_kind(Actor)]
    if not asked.actors:
        raise DetenteError(Problem("unknown-id", "the viewpoint names nobody"))
    for one in asked.actors:
        if not isinstance(record.entries.get(one), Actor):
            near = _by_name(record, one) or nearest(one.lower(), actors)
            raise DetenteError(Problem("unknown-id", f"{one!r} is no actor", None, near))
    return asked


def _by_name(record: Record, name: str) -> str | None:
    """Return the actor whose name or alias somebody wrote in place of its id."""
    wanted = name.casefold()
    for actor in record.of_kind(Actor):
        names = [actor.name, *(alias.alias for alias in actor.aliases)]
        if wanted in (one.casefold() for one in names):
            return actor.id
    return None


def date_asked(asked: When | str) -> When:
    """Return a date somebody asks for.

    Raises
    ------
    DetenteError
        ``bad-date``.
    """
    if isinstance(asked, When):
        when = asked
    else:
        try:
            when = parse_when(asked.strip())
        except DateError as error:
            raise DetenteError(Problem("bad-date", error.what)) from None
    if when.latest == NEVER:
        raise DetenteError(Problem("bad-date", f"{when} has no end that could be asked about"))
    return when
