"""A band of a timeline laid out: things with a label in rows, and the places of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from detente.report.figures.layout.axis import TimeAxis
from detente.report.figures.layout.lanes import choose, lanes
from detente.report.figures.over_time.bands import Band, Thing
from detente.report.figures.over_time.placing import Placed, place, places, widened

__all__ = ["GAP", "HEAD", "ROW", "RUG", "Columns", "Laid", "columns_of", "lay"]

#: how high a row, the marks without a label, a heading, and the gap below a band are
ROW, RUG, HEAD, GAP = 17, 22, 26, 10
#: how much room a label claims at most, and how long it gets where nothing is beside it
_LABEL, _LONG = 230, 460
#: at most so many marks stand for things without a label
_MOST = 450

#: things without a label by the place at which their mark stands
Columns: TypeAlias = Mapping[float, Sequence[Thing]]


@dataclass(frozen=True)
class Laid:
    """A band laid out.

    Attributes
    ----------
    band : Band
    rows : sequence of sequence of Placed
        What has a label, row by row.
    rest : sequence of Thing
        What has none.
    """

    band: Band
    rows: Sequence[Sequence[Placed]]
    rest: Sequence[Thing]

    @property
    def labelled(self) -> list[Thing]:
        """Return what has a label."""
        return [one.thing for row in self.rows for one in row]

    @property
    def things(self) -> list[Thing]:
        """Return all that lies in the time that is drawn."""
        return [*self.labelled, *self.rest]

    @property
    def total(self) -> int:
        """Return how many entries these stand for."""
        return sum(len(thing.ids) for thing in self.things)

    @property
    def outside(self) -> int:
        """Return how many things lie outside."""
        return len(self.band.things) - len(self.things)

    @property
    def height(self) -> float:
        """Return how much room the band takes."""
        return HEAD + len(self.rows) * ROW + (RUG if self.rest else 0) + GAP

    def data(self) -> dict[str, Any]:
        """Return the band as plain data."""
        lane = {id(one.thing): k for k, row in enumerate(self.rows) for one in row}
        return {
            "kind": self.band.kind,
            "labelled": len(self.labelled),
            "as_marks": len(self.rest),
            "things": [
                {
                    "ids": list(thing.ids),
                    "dates": thing.dates,
                    "lane": lane.get(id(thing)),
                    "contested": thing.contested,
                }
                for thing in self.things
            ],
        }


def lay(band: Band, axis: TimeAxis) -> Laid:
    """Return a band laid out: those that come first have the first claim to a label."""
    shown = [thing for thing in band.things if places(thing, axis)]
    first, most = min(_LABEL, axis.width / 2), min(_LONG, 0.7 * axis.width)
    claims = [one for thing in shown if (one := place(thing, axis, first)) is not None]
    chosen = [claims[k] for k in choose([(one.left, one.right) for one in claims], band.rows)]
    rows: dict[int, list[Placed]] = {}
    for one, row in zip(chosen, lanes([(one.left, one.right) for one in chosen]), strict=True):
        rows.setdefault(row, []).append(one)
    labelled = {id(one.thing) for one in chosen}
    return Laid(
        band,
        [widened(rows[row], most) for row in sorted(rows)],
        [thing for thing in shown if id(thing) not in labelled],
    )


def columns_of(laid: Sequence[Laid], axis: TimeAxis) -> list[Columns]:
    """Return for each band the marks of what has no label, as fine as so many marks allow."""
    grain = 3.0
    while True:
        found = [_columns(one.rest, axis, grain) for one in laid]
        if sum(map(len, found)) <= _MOST:
            return found
        grain *= 1.5


def _columns(rest: Sequence[Thing], axis: TimeAxis, grain: float) -> Columns:
    columns: dict[float, list[Thing]] = {}
    for thing in rest:
        left, right = places(thing, axis)[0]
        middle = left if thing.pieces else (left + right) / 2
        place = axis.left + (middle - axis.left) // grain * grain + grain / 2
        columns.setdefault(min(place, axis.right), []).append(thing)
    return columns
