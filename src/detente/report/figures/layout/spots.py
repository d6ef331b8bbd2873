"""Labels beside marks that lie anywhere: each where it hides nothing, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.report.figures.figure import Text
from detente.report.figures.text import Box, overlap

__all__ = ["Spots"]


@dataclass
class Spots:
    """A plane that fills up with marks and labels.

    Attributes
    ----------
    frame : Box
        Within which labels stay.
    marks : list of Box
        What a label would rather not hide.
    labels : list of Text
        What has found a place; no two of them lie on one another.
    """

    frame: Box
    marks: list[Box] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)

    def put(self, places: Sequence[Text], *, must: bool = False) -> bool:
        """Put a label at the first of these places that is free; tell whether there was one.

        Parameters
        ----------
        places : sequence of Text
            The same label at several places, the best first.
        must : bool
            Rather hide a mark than leave the label out.
        """
        free = [one for one in places if one.text and self._free(one.box)]
        clear = [one for one in free if not _hit(one.box, self.marks)]
        for one in clear or (free if must else ()):
            self.labels.append(one)
            return True
        return False

    def _free(self, box: Box) -> bool:
        inside = (
            box.left >= self.frame.left
            and box.right <= self.frame.right
            and box.top >= self.frame.top
            and box.bottom <= self.frame.bottom
        )
        return inside and not _hit(box, (one.box for one in self.labels))


def _hit(box: Box, others: Iterable[Box]) -> bool:
    return any(overlap(box, other) for other in others)
