"""What of a record was known by a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.record.dates import ALWAYS, NEVER, When
from detente.record.entries import Question
from detente.record.fields import Supported

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What of a record was known by a second.

    Attributes
    ----------
    record : Record
    limit : int
        What was first said later is left out; `NEVER` leaves out nothing.
    """

    record: Record = field(repr=False)
    limit: int = NEVER

    def sees(self, id_: str) -> bool:
        """Tell whether an entry was known; a milestone is, with its agreement."""
        return self.record.entry_from.get(id_.partition(".")[0], ALWAYS) <= self.limit

    def knows(self, part: Supported, *dates: When | None) -> bool:
        """Tell whether a part of an entry with those dates was known."""
        return self.limit == NEVER or self.record.known_from(part, *dates) <= self.limit

    def appeared(self, part: Supported) -> tuple[str, ...]:
        """Return the sources of a part that had appeared."""
        first = self.record.source_from
        return tuple(
            ref.source for ref in part.sources if first.get(ref.source, ALWAYS) <= self.limit
        )

    def questions(self, id_: str) -> Sequence[Question]:
        """Return the contested questions about an entry, with the views that were known."""
        found = self.record.questions_about.get(id_, ())
        if self.limit == NEVER:
            return found
        return [self._as_known(one) for one in found if self.sees(one.id)]

    def _as_known(self, question: Question) -> Question:
        views = tuple(
            view
            for view in question.views
            if self.knows(view, view.held, None if view.start is None else view.start.when)
        )
        return question.model_copy(update={"views": views})
