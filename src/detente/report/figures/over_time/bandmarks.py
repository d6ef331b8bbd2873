"""The marks of the bands of a timeline, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from detente.record.dates import DAY
from detente.report.figures.figure import Line, Mark, Path_, Rect, Text
from detente.report.figures.layout.axis import TimeAxis
from detente.report.figures.layout.legend import Sample
from detente.report.figures.layout.shapes import shape, tip
from detente.report.figures.over_time.bands import Thing
from detente.report.figures.over_time.placing import LABEL_SIZE, places
from detente.report.figures.over_time.rows import GAP, HEAD, ROW, RUG, Columns, Laid
from detente.report.figures.text import fit
from detente.report.sentences.phrases import count

__all__ = ["draw", "samples"]

#: half of how large a point and how high a bar is
_RADIUS, _BAR = 3.2, 7
#: the tips of all marks without a label have so many characters
_TIPS = 24_000


def draw(laid: Laid, columns: Columns, axis: TimeAxis, top: float) -> list[Mark]:
    """Return the marks of a band whose upper edge is at `top`."""
    name = Text(axis.left, top + 17, laid.band.name, 12, bold=True)
    marks: list[Mark] = [Line(axis.left, top, axis.right, top, "line"), name]
    left = name.box.right + 8
    told = fit(_how_many(laid), LABEL_SIZE, axis.right - left)
    marks.append(Text(left, top + 17, told, LABEL_SIZE, paint="muted"))
    for k, row in enumerate(laid.rows):
        y = top + HEAD + k * ROW + ROW / 2
        for one in row:
            marks += (_bar if one.thing.pieces else _point)(one.thing, axis, y)
            told = tip(one.thing.told)
            marks.append(Text(one.x, y + 4, one.text, LABEL_SIZE, one.anchor, tip=told))
    if laid.rest:
        marks += _rug(laid, columns, axis, top + laid.height - GAP)
    return marks


def _how_many(laid: Laid) -> str:
    if not laid.rest:
        return f"{laid.total:,}"
    rest = sum(len(thing.ids) for thing in laid.rest)
    are = "is shown as a mark" if rest == 1 else "are shown as marks"
    return f"{laid.total - rest:,} labelled; {rest:,} more {are}"


def _rug(laid: Laid, columns: Columns, axis: TimeAxis, bottom: float) -> list[Mark]:
    """Return marks for what has no label: the taller, the more; those contested end in a head."""
    marks: list[Mark] = [Line(axis.left, bottom, axis.right, bottom, "line")]
    characters = max(40, min(300, _TIPS // max(len(columns), 1)))
    for x, things in sorted(columns.items()):
        high = min(4 + 2 * sqrt(len(things) - 1), RUG - 5)
        told = things[0].told
        if len(things) > 1:
            ids = ", ".join(thing.ids[0] for thing in things[:12])
            many = count(len(things), laid.band.one, laid.band.many)
            told = f"{many}, the first {things[0].dates}: {ids}"
        told = told if len(told) <= characters else f"{told[:characters]}…"
        marks.append(Line(x, bottom - high, x, bottom, "muted", 1.5, tip=told))
        if any(thing.contested for thing in things):
            marks += shape("diamond", x, bottom - high, radius=2, paint="warn")
    return marks


def _point(thing: Thing, axis: TimeAxis, y: float) -> list[Mark]:
    assert thing.date is not None
    (left, right), marks = axis.span(thing.date), list[Mark]()
    at = (left + right) / 2
    if _is_long(thing, axis):
        interval = thing.date.kind == "interval"
        at = left if interval else at
        marks.append(
            Line(left, y, right, y, "muted", 2.5 if interval else 1, "" if interval else "2 2")
        )
    if thing.contested:
        return [*marks, *shape("diamond", at, y, radius=_RADIUS, paint="warn", hollow=True)]
    return [*marks, *shape("dot", at, y, radius=_RADIUS, hollow=thing.expected)]


def _bar(thing: Thing, axis: TimeAxis, y: float) -> list[Mark]:
    told = tip(thing.told)
    marks: list[Mark] = []
    for piece in thing.pieces:
        if piece.last < axis.start or piece.first > axis.end:
            continue
        left, right = axis.x(piece.first), axis.x(piece.last)
        wide = max(right - left, 2)
        fill, dash = ("soft", "") if piece.sure else ("ground", "3 2")
        marks.append(Rect(left, y - _BAR, wide, 2 * _BAR, fill, "muted", dash=dash, tip=told))
        # it goes on beyond the picture
        if piece.first < axis.start:
            marks.append(Path_(f"M{left - 4:.1f} {y - 4:.1f}l-4 4l4 4", "muted"))
        if piece.last > axis.end:
            marks.append(Path_(f"M{right + 4:.1f} {y - 4:.1f}l4 4l-4 4", "muted"))
    if thing.contested:
        left, right = places(thing, axis)[0]
        x = min(left + 8, (left + right) / 2)
        marks += shape("diamond", x, y, radius=_RADIUS, paint="warn", hollow=True)
    return marks


# -- what the marks mean -------------------------------------------------------------------------


def samples(laid: Sequence[Laid], axis: TimeAxis) -> list[Sample]:
    """Return what the marks mean, as far as they are drawn."""
    things = [thing for one in laid for thing in one.labelled]
    points = [thing for thing in things if thing.date is not None]
    plain = [thing for thing in points if not thing.contested]
    long = {
        thing.date.kind == "interval" for thing in points if thing.date and _is_long(thing, axis)
    }
    pieces = [
        piece
        for thing in things
        for piece in thing.pieces
        if piece.last >= axis.start and piece.first <= axis.end
    ]
    beyond = any(piece.last > axis.end or piece.first < axis.start for piece in pieces)
    contested = any(thing.contested for one in laid for thing in one.things)
    found = (
        ("on that day", any(not one.expected for one in plain), _dot),
        ("from then to then", True in long, _line),
        ("some day in that time", False in long, _dashes),
        ("counted ahead, or not verified", any(one.expected for one in plain), _hollow),
        ("contested, or at odds with another entry", contested, _diamond),
        ("in force or owed", any(piece.sure for piece in pieces), _box),
        ("contested or uncertain", not all(piece.sure for piece in pieces), _dashed),
        ("goes on", beyond, _beyond),
        ("without a label; the taller, the more", any(one.rest for one in laid), _tick),
    )
    return [Sample(sample, 14, text) for text, is_drawn, sample in found if is_drawn]


def _is_long(thing: Thing, axis: TimeAxis) -> bool:
    """Tell whether the time of a point is drawn as a line."""
    if thing.date is None or thing.date.latest - thing.date.earliest <= DAY:
        return False
    left, right = axis.span(thing.date)
    return right - left > 2 * _RADIUS


def _dot(x: float, y: float) -> list[Mark]:
    return shape("dot", x + 7, y, radius=_RADIUS)


def _line(x: float, y: float) -> list[Mark]:
    return [Line(x, y, x + 14, y, "muted", 2.5), *shape("dot", x + 3, y, radius=_RADIUS)]


def _dashes(x: float, y: float) -> list[Mark]:
    return [Line(x, y, x + 14, y, "muted", 1, "2 2"), *shape("dot", x + 7, y, radius=_RADIUS)]


def _hollow(x: float, y: float) -> list[Mark]:
    return shape("dot", x + 7, y, radius=_RADIUS, hollow=True)


def _diamond(x: float, y: float) -> list[Mark]:
    return shape("diamond", x + 7, y, radius=_RADIUS, paint="warn", hollow=True)


def _box(x: float, y: float) -> list[Mark]:
    return [Rect(x, y - 5, 14, 10, "soft", "muted")]


def _dashed(x: float, y: float) -> list[Mark]:
    return [Rect(x, y - 5, 14, 10, "ground", "muted", dash="3 2")]


def _beyond(x: float, y: float) -> list[Mark]:
    return [Path_(f"M{x + 5:.1f} {y - 4:.1f}l4 4l-4 4", "muted")]


def _tick(x: float, y: float) -> list[Mark]:
    return [
        Line(x + 5, y - 1, x + 5, y + 5, "muted", 1.5),
        Line(x + 9, y - 5, x + 9, y + 5, "muted", 1.5),
    ]
