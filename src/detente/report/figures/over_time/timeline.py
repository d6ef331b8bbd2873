"""A record over time: what was agreed, done, seen and said, in a band for each kind."""

from __future__ import annotations

from collections.abc import Sequence

from detente.record import Record
from detente.record.dates import NEVER, When, day_text
from detente.record.timeline import timeline
from detente.record.viewpoint import date_asked
from detente.report.figures.figure import Figure, Mark
from detente.report.figures.layout.axis import TimeAxis, extent, period
from detente.report.figures.layout.legend import flow, note
from detente.report.figures.layout.shapes import tip
from detente.report.figures.over_time.bandmarks import draw, samples
from detente.report.figures.over_time.bands import bands_of
from detente.report.figures.over_time.rows import Laid, columns_of, lay
from detente.report.sentences.phrases import count, join

__all__ = ["plot_timeline"]

_LEAST_WIDTH = 320
#: left and right of the axis there is room for the signs that a bar goes on
_MARGIN, _PAD = 14, 8
#: what happened; what is only counted ahead does not stretch the picture
_HAPPENED = ("event", "statement", "observation")


def plot_timeline(
    record: Record,
    *,
    start: When | str | None = None,
    end: When | str | None = None,
    actor: str | None = None,
    on: When | str | None = None,
    known_by: When | str | None = None,
    width: float = 960,
) -> Figure:
    """Draw the items of a record over time.

    Each kind of thing has a band. What most other entries of the record name gets a label, as far
    as there is room; the rest is drawn as marks and counted.

    Parameters
    ----------
    record : Record
    start, end : When or str, optional
        From when to when; by default from the first to the last thing that happened, was said or
        was seen.
    actor : str, optional
        Only what an actor did, said, owes or holds; see `detente.record.timeline`.
    on : When or str, optional
        A date to mark.
    known_by : When or str, optional
        Leave out what was first said later than this.
    width : float
        In CSS pixels, at least 320.

    Raises
    ------
    DetenteError
        ``bad-date``, ``unknown-id`` for the actor, ``ends-before-start``.
    """
    width = max(width, _LEAST_WIDTH)
    first, last, marked = (None if one is None else date_asked(one) for one in (start, end, on))
    items = timeline(record, actor=actor, known_by=known_by)
    limit = NEVER if known_by is None else date_asked(known_by).latest
    happened = [item.date for item in items if item.kind in _HAPPENED]
    dates = happened or [item.date for item in items]
    found = extent([*dates, marked] if marked is not None else dates)
    axis = TimeAxis(*period(found, first, last), _MARGIN, width - _MARGIN, width)
    bands = [lay(band, axis) for band in bands_of(record, items, limit)]
    laid = [one for one in bands if one.rows or one.rest]
    outside = sum(one.outside for one in bands)
    seen = marked if marked is not None and axis.shows(marked) else None
    marks, height = _drawn(laid, axis, seen, outside)
    return Figure(
        "timeline",
        tip(f"Timeline of {record.title}"),
        _description(laid, axis, outside),
        width,
        height,
        {
            "from": day_text(axis.start),
            "to": day_text(axis.end),
            "on": None if marked is None else str(marked),
            "outside": outside,
            "bands": [one.data() for one in laid],
        },
        marks,
    )


def _drawn(
    laid: Sequence[Laid], axis: TimeAxis, marked: When | None, outside: int
) -> tuple[list[Mark], float]:
    wide = axis.width - 2 * _PAD
    marks, y = flow(samples(laid, axis), x=_PAD, y=_PAD, width=wide, most=wide)
    if not laid:
        told, y = note([_nothing(axis, outside)], x=_PAD, y=y, width=wide)
        return [*marks, *told], y + _PAD
    y += 4
    if marked is not None:
        marks.append(axis.label_of(marked, y + 10))
        y += 18
    marks += axis.labels(y)
    top = y = y + axis.room
    bands: list[Mark] = []
    for one, columns in zip(laid, columns_of(laid, axis), strict=True):
        bands += draw(one, columns, axis, y)
        y += one.height
    marks += axis.grid(top, y)
    if marked is not None:
        marks.append(axis.line_of(marked, top, y))
    marks += [*bands, *axis.labels(y)]
    y += axis.room
    if outside:
        lines, y = note([f"{_how_many(outside)} outside this time."], x=_PAD, y=y, width=wide)
        marks += lines
    return marks, y + _PAD


def _nothing(axis: TimeAxis, outside: int) -> str:
    if not outside:
        return "The record holds nothing with a date to draw."
    return f"Nothing in the record has a date {axis.words}; {_how_many(outside)} outside."


def _how_many(number: int) -> str:
    return count(number, "thing lies", "things lie")


def _description(laid: Sequence[Laid], axis: TimeAxis, outside: int) -> str:
    if not laid:
        return _nothing(axis, outside)
    told = join(count(one.total, one.band.one, one.band.many) for one in laid)
    contested = sum(thing.contested for one in laid for thing in one.things)
    named = sum(len(one.labelled) for one in laid)
    total = sum(len(one.things) for one in laid)
    text = f"{told}, {axis.words}. "
    if contested:
        text += f"{count(contested, 'is', 'are')} contested or at odds with another entry. "
    rest = total - named
    return text + (
        f"{named:,} have a label; {count(rest, 'more is', 'more are')} drawn as marks."
        if rest
        else "All have a label."
    )
