"""Where things of a timeline go along their rows, each with its label beside it or on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from detente.report.figures.layout.axis import TimeAxis
from detente.report.figures.over_time.bands import Thing
from detente.report.figures.text import fit, width_of

__all__ = ["LABEL_SIZE", "Placed", "place", "places", "widened"]

LABEL_SIZE = 11
#: between a mark and its label, between a label and the next thing, and half of a mark
_GAP, _BETWEEN, _HALF = 4, 10, 4
#: how much further the label of a bar that is marked as contested begins
_MARK = 15
#: a shorter label would tell nothing
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing with its label.

    Attributes
    ----------
    thing : Thing
    left, right : float
        The room that it takes in its row.
    text : str
    x : float
    anchor : str
        Where the label goes.
    low, high : float
        Between which places the label may become longer.
    """

    thing: Thing
    left: float
    right: float
    text: str
    x: float
    anchor: Literal["start", "end"]
    low: float
    high: float


def place(thing: Thing, axis: TimeAxis, most: float) -> Placed | None:
    """Return where a thing goes, or None where there is no room for words beside it.

    The label stands on a bar that is long enough, else right of the thing, else left of it.
    """
    parts = places(thing, axis)
    left, right = parts[0][0] - _HALF, parts[-1][1] + _HALF
    wanted = width_of(fit(thing.label, LABEL_SIZE, most), LABEL_SIZE)
    room_right, room_left = axis.right - right - _GAP, left - axis.left - _GAP
    if thing.pieces:
        start, end = max(parts, key=lambda part: part[1] - part[0])
        x = start + (_MARK if thing.contested and start == parts[0][0] else _GAP)
        inside = end - x - _GAP
        if inside >= wanted or inside >= max(room_left, room_right, _LEAST):
            text = fit(thing.label, LABEL_SIZE, min(most, inside))
            return Placed(thing, left, right + _BETWEEN, text, x, "start", x, x + inside)
    to_right = room_right >= wanted or room_right >= room_left
    room = min(most, room_right if to_right else room_left)
    if room < min(wanted, _LEAST):
        return None
    text = fit(thing.label, LABEL_SIZE, room)
    wide = width_of(text, LABEL_SIZE) + _GAP
    if to_right:
        x = right + _GAP
        return Placed(thing, left, right + wide + _BETWEEN, text, x, "start", x, axis.right)
    x = left - _GAP
    return Placed(thing, max(left - wide - _BETWEEN, 0), right, text, x, "end", axis.left, x)


def widened(row: Sequence[Placed], most: float) -> list[Placed]:
    """Return the things of one row, from left to right, with labels as long as the row allows."""
    row = sorted(row, key=lambda one: one.left)
    made: list[Placed] = []
    after = float("inf")
    # from right to left, so that a label that grows to the left is known to the one before it
    for one, before in zip(row[::-1], [*(one.right for one in row[-2::-1]), 0.0], strict=True):
        if one.anchor == "start":
            room = min(one.high, after - _BETWEEN) - one.x
        else:
            room = one.x - max(one.low, before + _BETWEEN)
        text = fit(one.thing.label, LABEL_SIZE, min(most, max(room, 0)))
        text = max(text, one.text, key=len)
        left = one.left
        if one.anchor == "end":
            left = min(left, one.x - width_of(text, LABEL_SIZE))
        made.append(replace(one, text=text, left=left))
        after = left
    return made[::-1]


def places(thing: Thing, axis: TimeAxis) -> list[tuple[float, float]]:
    """Return where the parts of a thing that lie on the axis begin and end."""
    if thing.date is not None:
        return [axis.span(thing.date)] if axis.shows(thing.date) else []
    return [
        (axis.x(piece.first), axis.x(piece.last))
        for piece in thing.pieces
        if piece.last >= axis.start and piece.first <= axis.end
    ]
