"""One quantity over time: what was observed, against the limits that commitments set to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from detente.record import Record, Viewpoint
from detente.record.dates import When, day_text
from detente.record.viewpoint import date_asked
from detente.report.figures.figure import Figure, Mark, Text
from detente.report.figures.layout.axis import TimeAxis, extent, period
from detente.report.figures.layout.legend import flow, note
from detente.report.figures.layout.scale import scale_for
from detente.report.figures.layout.shapes import tip
from detente.report.figures.over_time.measured import Bound, Measured, Point, measured
from detente.report.figures.over_time.plotted import Plot
from detente.report.figures.text import fit
from detente.report.sentences.phrases import count
from detente.report.sentences.standing import actor_names

__all__ = ["plot_quantity"]

_LEAST_WIDTH = 320
_PAD = 8
#: how many observations in words are told one by one
_TOLD = 3


def plot_quantity(
    record: Record,
    quantity: str,
    *,
    of: str | None = None,
    on: When | str | None = None,
    viewpoint: Viewpoint | str | Sequence[str] | None = None,
    known_by: When | str | None = None,
    start: When | str | None = None,
    end: When | str | None = None,
    width: float = 960,
) -> Figure:
    """Draw the observations of a quantity over time, and the limits of the commitments on it.

    Parameters
    ----------
    record : Record
    quantity : str
        Its id.
    of : str, optional
        Only what belongs to this actor, and its commitments; several with commas.
    on : When or str, optional
        A date to mark; limits are drawn as they stood on it, by default on the last day of which
        there is an observation.
    viewpoint, known_by
        As in `detente.record.Record.as_of`.
    start, end : When or str, optional
        From when to when; by default from the first observation to the last.
    width : float
        In CSS pixels, at least 320.

    Raises
    ------
    DetenteError
        ``unknown-id`` for the quantity, also where it was never observed, and for actors;
        ``bad-date``, ``ends-before-start``.
    """
    width = max(width, _LEAST_WIDTH)
    first, last, marked = (None if one is None else date_asked(one) for one in (start, end, on))
    all_ = measured(record, quantity, of=of, on=marked, viewpoint=viewpoint, known_by=known_by)
    dates = [one.as_of for one in all_.observations]
    found = extent([*dates, marked] if marked is not None else dates)
    if found is not None:
        # what lies on an edge would look as if it were cut
        edge = (found[1] - found[0]) // 40
        found = found[0] - edge, found[1] + edge
    time = period(found, first, last)
    marks, height, axis = _drawn(record, all_, time, marked, width)
    return Figure(
        "quantity",
        tip(f"{all_.quantity.name}{f', {all_.unit}' if all_.unit else ''}"),
        _description(record, all_, axis),
        width,
        height,
        _content(all_, axis, marked),
        marks,
    )


def _drawn(
    record: Record, all_: Measured, time: tuple[int, int], marked: When | None, width: float
) -> tuple[list[Mark], float, TimeAxis]:
    high = min(max(0.38 * width, 200), 340)
    # how wide the numbers are decides where the time axis begins, and that what lies on it
    values = _values(all_, TimeAxis(*time, 0, width, width))
    scale = scale_for(values, 0, high)
    axis = TimeAxis(*time, _PAD + scale.room + 8, width - _PAD - 10, width)
    plot = Plot(record, all_, axis)
    wide = width - 2 * _PAD
    marks, y = flow(plot.samples(), x=_PAD, y=_PAD, width=wide, most=wide)
    title = f"{all_.quantity.name}, {all_.unit or 'number'}"
    marks.append(Text(_PAD, y + 16, fit(title, 12, wide, bold=True), 12, bold=True))
    if not values:
        told, y = note(_notes(record, all_, axis), x=_PAD, y=y + 22, width=wide)
        return [*marks, *told], y + _PAD, axis
    y += 28
    seen = marked if marked is not None and axis.shows(marked) else None
    if seen is not None:
        marks.append(axis.label_of(seen, y + 10))
        y += 20
    scale = scale_for(values, y, y + high)
    marks += axis.grid(scale.top, scale.bottom)
    marks += scale.marks(axis.left, axis.right)
    if seen is not None:
        marks.append(axis.line_of(seen, scale.top - 6, scale.bottom))
    marks += [*plot.marks(scale), *axis.labels(scale.bottom)]
    lines = _notes(record, all_, axis, labels=plot.unlabelled, crowded=plot.crowded)
    told, y = note(lines, x=_PAD, y=scale.bottom + axis.room + 4, width=wide)
    return [*marks, *told], y + _PAD, axis


def _values(all_: Measured, axis: TimeAxis) -> list[Fraction]:
    """Return every number that is drawn."""
    points = [one for one in all_.points if axis.shows(one.seen.as_of)]
    shown: list[Point | Bound] = [*points]
    shown += [one for one in all_.bounds if axis.reaches(one.start, one.end)]
    values = [value for one in shown for value in (one.low, one.high) if value is not None]
    # an arrow upwards needs room above its bound
    return values + [one.value + abs(one.value) / 10 for one in points if one.high is None]


def _notes(
    record: Record, all_: Measured, axis: TimeAxis, *, labels: int = 0, crowded: bool = False
) -> list[str]:
    """Return what the picture leaves out, in sentences."""
    lines = []
    if not any(axis.shows(one.seen.as_of) for one in all_.points):
        lines.append(f"No observation in numbers {axis.words}.")
    in_words = [one for one in all_.in_words if axis.shows(one.as_of)]
    for one in in_words[:_TOLD]:
        who = actor_names(record, one.observer) or "somebody unnamed"
        words = f"“{one.words}”" if one.words else "no figure"
        lines.append(tip(f"In words only: {words}, by {who}, {one.as_of} [{one.id}]."))
    if len(in_words) > _TOLD:
        lines.append(f"{count(len(in_words) - _TOLD, 'more observation')} in words only.")
    outside = sum(not axis.shows(one.as_of) for one in all_.observations)
    if outside:
        lines.append(f"{count(outside, 'observation lies', 'observations lie')} outside this time.")
    if crowded:
        lines.append("There are too many observations to tell apart here who made which.")
    if labels:
        lines.append(f"There is no room for the label of {count(labels, 'limit')}.")
    return lines


def _description(record: Record, all_: Measured, axis: TimeAxis) -> str:
    shown = [one for one in all_.points if axis.shows(one.seen.as_of)]
    if not shown:
        words = (
            f"; {count(len(all_.in_words), 'observation')} in words only" if all_.in_words else ""
        )
        return f"No observation in numbers of {tip(all_.quantity.name)} {axis.words}{words}."
    observers = {one.seen.observer for one in shown}
    who = actor_names(record, next(iter(observers))) if len(observers) == 1 else ""
    by = f"by {tip(who)}" if who else f"by {count(len(observers), 'observer')}"
    days = sorted((one.seen.as_of.latest, str(one.seen.as_of)) for one in shown)
    lines = [
        f"{count(len(shown), 'observation')} {by} of {tip(all_.quantity.name)}, "
        f"from {days[0][1]} to {days[-1][1]}."
    ]
    for bound in all_.bounds:
        owed = [
            one.within[bound.commitment.id] for one in shown if bound.commitment.id in one.within
        ]
        if owed:
            lie = count(owed.count(False), "lies", "lie")
            read = ", which not everybody reads as a bound" if bound.disputed else ""
            lines.append(
                f"Of {len(owed):,} while it was owed, {lie} outside the limit of "
                f"{bound.commitment.id}, {bound.words(all_.unit)}{read}."
            )
    return " ".join(lines)


def _content(all_: Measured, axis: TimeAxis, marked: When | None) -> dict[str, Any]:
    return {
        "quantity": all_.quantity.id,
        "unit": all_.unit,
        "from": day_text(axis.start),
        "to": day_text(axis.end),
        "on": None if marked is None else str(marked),
        "points": [
            {
                "id": one.seen.id,
                "as_of": str(one.seen.as_of),
                "of": one.seen.of,
                "observer": list(one.seen.observer),
                "written": str(one.seen.value),
                "low": None if one.low is None else float(one.low),
                "high": None if one.high is None else float(one.high),
                "estimate": one.estimate,
                "verified": one.seen.verified,
                "within": dict(one.within),
            }
            for one in all_.points
            if axis.shows(one.seen.as_of)
        ],
        "limits": [
            {
                "commitment": one.commitment.id,
                "written": str(one.limit.value),
                "low": None if one.low is None else float(one.low),
                "high": None if one.high is None else float(one.high),
                "from": None if one.start is None else str(one.start),
                "to": None if one.end is None else str(one.end),
                "disputed": one.disputed,
            }
            for one in all_.bounds
            if axis.reaches(one.start, one.end)
        ],
        "in_words": [
            {
                "id": one.id,
                "as_of": str(one.as_of),
                "observer": list(one.observer),
                "words": one.words,
            }
            for one in all_.in_words
            if axis.shows(one.as_of)
        ],
        "outside": sum(not axis.shows(one.as_of) for one in all_.observations),
    }
