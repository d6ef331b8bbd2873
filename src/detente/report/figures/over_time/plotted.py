"""Observations and limits as marks: the shape tells who saw it, and what kind of number it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from detente.record import Record
from detente.record.dates import DAY
from detente.report.figures.figure import Dot, Line, Mark, Path_, Text
from detente.report.figures.layout.axis import TimeAxis
from detente.report.figures.layout.legend import Sample
from detente.report.figures.layout.scale import Scale, number
from detente.report.figures.layout.shapes import ARROW, SHAPES, Shape, arrow, reach, shape, tip
from detente.report.figures.layout.spots import Spots
from detente.report.figures.over_time.crowd import Speck, crowd
from detente.report.figures.over_time.measured import Bound, Measured, Point
from detente.report.figures.palette import dm_paint
from detente.report.figures.text import Box, fit
from detente.report.sentences.phrases import count
from detente.report.sentences.standing import actor_names

__all__ = ["Plot"]

_SIZE, _RADIUS = 11, 3.6
#: more points are a crowd; the tips of all marks have so many characters
_MOST, _TIPS = 400, 24_000
#: a line from point to point through more of them would be a tangle
_LINE = 300

#: whose quantity, and who saw it
_Series = tuple[str | None, tuple[str, ...]]


class Plot:
    """The marks of a quantity over time.

    Parameters
    ----------
    record : Record
    all_ : Measured
    axis : TimeAxis

    Attributes
    ----------
    unlabelled : int
        How many limits found no room for their label, once `marks` were made.
    """

    def __init__(self, record: Record, all_: Measured, axis: TimeAxis) -> None:
        self.record = record
        self.axis = axis
        self.unit = all_.unit
        self.points = [one for one in all_.points if axis.shows(one.seen.as_of)]
        self.bounds = [one for one in all_.bounds if axis.reaches(one.start, one.end)]
        often = Counter(_series(one) for one in self.points)
        # who saw most comes first; the rest share the last shape
        self.series = sorted(often, key=lambda one: (-often[one], str(one)))
        self.unlabelled = 0

    def _look(self, series: _Series) -> tuple[Shape, str]:
        k = min(self.series.index(series), len(SHAPES) - 1)
        return SHAPES[k], dm_paint(k)

    def _x(self, point: Point) -> float:
        left, right = self.axis.span(point.seen.as_of)
        return (left + right) / 2

    # -- drawing ---------------------------------------------------------------------------------

    def marks(self, scale: Scale) -> list[Mark]:
        """Return everything within the axes."""
        marks: list[Mark] = [mark for bound in self.bounds for mark in self._bound(bound, scale)]
        if self.crowded:
            specks = [Speck(self._x(one), scale.y(one.value), one.exact) for one in self.points]
            return [*crowd(specks), *marks, *self._labels(scale, [])]
        shown = self._merged(scale)
        characters = max(40, min(300, _TIPS // max(len(shown), 1)))
        marks += self._ways(scale)
        for points in shown:
            marks += self._stem(points[0], scale)
        for points in shown:
            told = self._told(points)
            told = told if len(told) <= characters else f"{told[:characters]}…"
            marks += self._point(points[0], scale, told)
        return [*marks, *self._labels(scale, [points[0] for points in shown])]

    @property
    def crowded(self) -> bool:
        """Tell whether there are too many points to draw each by itself."""
        return len(self.points) > _MOST

    def _merged(self, scale: Scale) -> list[list[Point]]:
        """Return the points that are drawn as one: the same mark at the same place."""
        cells: dict[object, list[Point]] = {}
        for one in self.points:
            form = (one.low is None, one.high is None, one.exact, one.estimate, one.outside)
            place = round(self._x(one)), round(scale.y(one.value))
            cells.setdefault((place, form, _series(one)), []).append(one)
        return list(cells.values())

    def _told(self, points: Sequence[Point]) -> str:
        seen = points[0].seen
        who = actor_names(self.record, seen.observer) or "somebody unnamed"
        more = f"; {count(len(points) - 1, 'more')} here" if len(points) > 1 else ""
        whose = f" of {actor_names(self.record, [seen.of])}" if seen.of else ""
        unsure = "" if seen.verified else ", not verified"
        return f"{seen.as_of}: {seen.value}{whose}, seen by {who}{unsure} [{seen.id}]{more}"

    def _ways(self, scale: Scale) -> list[Mark]:
        """Return for each observer a faint line along the figures it gave."""
        marks: list[Mark] = []
        for series in self.series[: len(SHAPES) - 1]:
            own = [one for one in self.points if _series(one) == series and one.exact]
            if 1 < len(own) <= _LINE:
                places = [(self._x(one), scale.y(one.value)) for one in own]
                way = "L".join(f"{x:.1f} {y:.1f}" for x, y in sorted(places))
                marks.append(Path_(f"M{way}", "line", 1.5))
        return marks

    def _stem(self, point: Point, scale: Scale) -> list[Line]:
        """Return a line from a limit to what lies outside it."""
        x, marks = self._x(point), list[Line]()
        for bound in self.bounds:
            if point.within.get(bound.commitment.id) is False:
                limit, value = _apart(bound, point)
                marks.append(Line(x, scale.y(limit), x, scale.y(value), "warn", 1))
        return marks

    def _point(self, point: Point, scale: Scale, told: str) -> list[Mark]:
        kind, paint = self._look(_series(point))
        left, right = self.axis.span(point.seen.as_of)
        x, marks = (left + right) / 2, list[Mark]()
        y = scale.y(point.value)
        if _long(point) and _wide(self.axis, point):
            marks.append(Line(left, y, right, y, paint, 1, "2 2"))
        if point.outside:
            # little beyond a limit is beyond it, too, and the line to it is too short to be seen
            marks.append(Dot(x, y, _RADIUS + 2.8, "ground", "warn"))
        if point.exact:
            hollow = point.estimate
            return [
                *marks,
                *shape(kind, x, y, radius=_RADIUS, paint=paint, hollow=hollow, tip=told),
            ]
        if point.low is None or point.high is None:
            down = point.low is None
            # an arrow stays within the axes
            long = min(ARROW, max(scale.bottom - y if down else y - scale.top, 4))
            return [*marks, arrow(x, y, paint, down=down, long=long, tip=told)]
        return [*marks, reach(x, scale.y(point.low), y, paint, told)]

    def _bound(self, bound: Bound, scale: Scale) -> list[Mark]:
        left, right = self._reach(bound)
        dash = "6 4" if bound.disputed else ""
        told = tip(f"{bound.commitment.id}: {bound.commitment.what}")
        marks: list[Mark] = []
        for value in dict.fromkeys((bound.low, bound.high)):
            if value is None:
                continue
            y = scale.y(value)
            marks.append(Line(left, y, right, y, "ink", 1.5, dash, told))
            # an end that lies in the picture is an end, and not the edge of the picture
            if bound.start is not None and bound.start.earliest > self.axis.start:
                marks.append(Line(left, y - 4, left, y + 4, "ink", 1.5))
            if bound.end is not None and bound.end.latest < self.axis.end:
                marks.append(Line(right, y - 4, right, y + 4, "ink", 1.5))
        return marks

    def _reach(self, bound: Bound) -> tuple[float, float]:
        axis = self.axis
        left = axis.left if bound.start is None else axis.x(bound.start.earliest)
        return left, axis.right if bound.end is None else axis.x(bound.end.earliest)

    # -- words -----------------------------------------------------------------------------------

    def _labels(self, scale: Scale, shown: Sequence[Point]) -> list[Text]:
        """Return the labels of the limits, and of the points that one would ask about."""
        spots = Spots(Box(self.axis.left, scale.top - 8, self.axis.right + 10, scale.bottom))
        for one in shown:
            for value in (one.low, one.high):
                if value is not None:
                    x, y, r = self._x(one), scale.y(value), 7 if one.outside else 4
                    spots.marks.append(Box(x - r, y - r, x + r, y + r))
        for bound in self.bounds:
            left, right = self._reach(bound)
            ys = [scale.y(value) for value in (bound.low, bound.high) if value is not None]
            spots.marks += [Box(left, y - 1, right, y + 1) for y in ys]
        for one in shown:
            for stem in self._stem(one, scale):
                low, high = sorted((stem.y1, stem.y2))
                spots.marks.append(Box(stem.x1 - 1, low, stem.x1 + 1, high))
        for bound in self.bounds:
            value = bound.high if bound.high is not None else bound.low
            assert value is not None
            left, right = self._reach(bound)
            room = max(self.axis.right - left, right - self.axis.left) - 8
            text = fit(self._limit(bound), _SIZE, min(room, 460))
            y = scale.y(value)
            # from the beginning of the limit on; it may be short, and its words long
            ways = [left + 6 + k * (self.axis.right - left) / 16 for k in range(16)]
            places = [Text(x, y + below, text, _SIZE) for below in (-6, 14) for x in ways]
            places += [Text(right - 4, y + below, text, _SIZE, "end") for below in (-6, 14, -20)]
            self.unlabelled += not spots.put(places, must=True)
        for one in _worth_a_label(self.points) if shown else ():
            x, y = self._x(one), scale.y(one.value)
            text = f"{'~ ' if one.estimate else ''}{number(one.value)}"
            spots.put(
                [
                    Text(x, y - 10, text, _SIZE, "middle"),
                    Text(x - 9, y + 4, text, _SIZE, "end"),
                    Text(x + 9, y + 4, text, _SIZE, "start"),
                    Text(x, y + 19, text, _SIZE, "middle"),
                    Text(x + 10, y - 6, text, _SIZE, "end"),
                ]
            )
        return spots.labels

    def _limit(self, bound: Bound) -> str:
        who = actor_names(self.record, bound.commitment.debtors)
        return f"limit of {bound.commitment.id} ({who}): {bound.words(self.unit)}"

    # -- what the marks mean ---------------------------------------------------------------------

    def samples(self) -> list[Sample]:
        """Return what the marks mean, as far as they are drawn."""
        if self.crowded:
            forms = {"one or several figures": True, "bounds or ranges": False}
            return [Sample(_specks(exact), 12, text) for text, exact in forms.items()]
        whose = len({series[0] for series in self.series}) > 1
        found = []
        others = len(self.series) - len(SHAPES)
        for k, series in enumerate(self.series[: len(SHAPES)]):
            kind, paint = self._look(series)
            text = f"seen by {actor_names(self.record, series[1]) or 'somebody unnamed'}"
            if whose and series[0] is not None:
                text = f"{actor_names(self.record, [series[0]])}, {text}"
            if k == len(SHAPES) - 1 and others > 0:
                text = f"{others + 1:,} others"
            found.append(Sample(_shape(kind, paint), 14, text))
        _, paint = self._look(self.series[0]) if self.series else ("dot", "ink")
        exact = [one for one in self.points if one.exact]
        kinds: dict[str, tuple[bool, Callable[[float, float], list[Mark]]]] = {
            "an estimate, or not verified": (
                any(one.estimate for one in exact),
                lambda x, y: shape("dot", x + 7, y, radius=_RADIUS, paint=paint, hollow=True),
            ),
            "at most so much": (
                any(one.low is None for one in self.points),
                lambda x, y: [arrow(x + 7, y - 6, paint, down=True)],
            ),
            "at least so much": (
                any(one.high is None for one in self.points),
                lambda x, y: [arrow(x + 7, y + 6, paint, down=False)],
            ),
            "between the two": (
                any(None not in (one.low, one.high) and not one.exact for one in self.points),
                lambda x, y: [reach(x + 7, y + 6, y - 6, paint)],
            ),
            "some day in that time": (
                any(_long(one) and _wide(self.axis, one) for one in self.points),
                lambda x, y: [Line(x, y, x + 14, y, paint, 1, "2 2")],
            ),
            "outside the line, by so much": (
                any(one.outside for one in self.points),
                lambda x, y: [
                    Line(x + 7, y - 4, x + 7, y + 8, "warn", 1),
                    Dot(x + 7, y - 3, 4, "ground", "warn"),
                ],
            ),
            "a number that not everybody reads as a limit": (
                any(one.disputed for one in self.bounds),
                lambda x, y: [Line(x, y, x + 14, y, "ink", 1.5, "6 4")],
            ),
        }
        return [*found, *(Sample(draw, 14, text) for text, (is_, draw) in kinds.items() if is_)]


def _series(point: Point) -> _Series:
    return point.seen.of, point.seen.observer


def _shape(kind: Shape, paint: str) -> Callable[[float, float], list[Mark]]:
    return lambda x, y: shape(kind, x + 7, y, radius=_RADIUS, paint=paint)


def _specks(exact: bool) -> Callable[[float, float], list[Mark]]:
    return lambda x, y: crowd([Speck(x + 2, y + 2, exact), Speck(x + 6, y - 4, exact)])


def _long(point: Point) -> bool:
    return point.seen.as_of.latest - point.seen.as_of.earliest > DAY


def _wide(axis: TimeAxis, point: Point) -> bool:
    left, right = axis.span(point.seen.as_of)
    return right - left > 2 * _RADIUS + 6


def _apart(bound: Bound, point: Point) -> tuple[Fraction, Fraction]:
    """Return the side of a limit that a point lies beyond, and the point's nearest number."""
    low = point.low if point.low is not None else point.high
    high = point.high if point.high is not None else point.low
    assert low is not None
    assert high is not None
    if bound.high is not None and low >= bound.high:
        return bound.high, low
    assert bound.low is not None
    return bound.low, high


def _worth_a_label(points: Sequence[Point]) -> list[Point]:
    """Return the last point, the highest and the first that lies outside a limit."""
    figures = [one for one in points if one.exact]
    if not figures:
        return list(points[-1:])
    highest = max(figures, key=lambda one: one.value)
    return list(
        dict.fromkeys(
            [figures[-1], highest, *[one for one in figures if one.outside][:1], figures[0]]
        )
    )
