"""Bands of what changes by time: each stretch says in words, or with a letter, what it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from detente.record.dates import DAY, day_text
from detente.report.figures.figure import Mark, Rect, Text
from detente.report.figures.layout.axis import TimeAxis
from detente.report.figures.layout.legend import Sample
from detente.report.figures.layout.shapes import tip
from detente.report.figures.text import fit, width_of
from detente.report.sentences.phrases import count

__all__ = ["Band", "Drawn", "Stretch", "draw", "stretches"]

_SIZE, _HIGH, _HEAD, _GAP, _STRIPE = 11, 22, 18, 8, 4
#: at most so many stretches are drawn
_MOST = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a second up to another something was so; nothing told is a gap."""

    start: int
    end: int
    told: str


@dataclass(frozen=True)
class Band:
    """What one thing was, by time."""

    name: str
    stretches: Sequence[Stretch]


def stretches(spans: Sequence[tuple[int, int]], told: Sequence[str]) -> list[Stretch]:
    """Return the stretches through which something stayed the same."""
    found: list[Stretch] = []
    for (start, end), what in zip(spans, told, strict=True):
        if found and found[-1].told == what:
            found[-1] = Stretch(found[-1].start, end, what)
        else:
            found.append(Stretch(start, end, what))
    return found


@dataclass
class Drawn:
    """Bands that are drawn with the same letters.

    Attributes
    ----------
    axis : TimeAxis
    paint : callable
        The colour of what is told.
    letters : mapping of str to str
        For what has no room somewhere.
    grain : float
        What is narrower is not drawn.
    unlettered, undrawn : int
        How many stretches are too short for their letter, or to be drawn.
    """

    axis: TimeAxis
    paint: Callable[[str], str]
    letters: dict[str, str] = field(default_factory=dict)
    grain: float = 0.5
    unlettered: int = 0
    undrawn: int = 0

    @property
    def samples(self) -> list[Sample]:
        """Return what the letters mean."""
        return [
            Sample(self._sample(letter, self.paint(told)), 20, told)
            for told, letter in self.letters.items()
        ]

    @property
    def notes(self) -> list[str]:
        """Return what the bands leave out, in sentences."""
        lines = []
        if self.unlettered:
            one = "time is too short for its letter"
            lines.append(f"{count(self.unlettered, one, 'times are too short for their letters')}.")
        if self.undrawn:
            one = "time is too short to be drawn"
            lines.append(f"{count(self.undrawn, one, 'times are too short to be drawn')}.")
        return lines

    def marks(self, bands: Sequence[Band], top: float) -> tuple[list[Mark], float]:
        """Return the marks of bands under one another, and where they end."""
        marks: list[Mark] = []
        for band in bands:
            room = self.axis.right - self.axis.left
            bold = fit(band.name, 12, room, bold=True)
            marks.append(Text(self.axis.left, top + 13, bold, 12, bold=True, tip=tip(band.name)))
            for one in band.stretches:
                marks += self._stretch(one, top + _HEAD)
            top += _HEAD + _HIGH + _GAP
        return marks, top

    def _stretch(self, one: Stretch, y: float) -> list[Mark]:
        left, right = self.axis.x(one.start), self.axis.x(one.end)
        if not one.told or right - left < self.grain:
            return []
        paint = self.paint(one.told)
        last = day_text(one.end - DAY)
        told = f"{day_text(one.start)} to {last}: {one.told}"
        marks: list[Mark] = [
            Rect(left, y, right - left, _HIGH, "soft", "ground", tip=told),
            Rect(left, y, right - left, _STRIPE, paint, "ground", tip=told),
        ]
        for text in (one.told, self.letters.get(one.told, "")):
            if text and fits(text, right - left):
                x, base = left + 5, y + 16
                if text != one.told:
                    x = (left + right) / 2
                anchor = "start" if text == one.told else "middle"
                marks.append(Text(x, base, text, _SIZE, anchor, tip=told))  # type: ignore[arg-type]
                return marks
        return marks

    def _sample(self, letter: str, paint: str) -> Callable[[float, float], list[Mark]]:
        return lambda x, y: [
            Rect(x, y - 8, 20, 16, "soft"),
            Rect(x, y - 8, 20, 3, paint),
            Text(x + 10, y + 6, letter, _SIZE, "middle"),
        ]


def fits(text: str, room: float) -> bool:
    """Tell whether a text fits on a stretch: a letter needs no margin."""
    return width_of(text, _SIZE) + (2 if len(text) == 1 else 10) <= room


def draw(bands: Sequence[Band], axis: TimeAxis, paint: Callable[[str], str]) -> Drawn:
    """Return how bands are drawn: what has no room somewhere gets a letter for everywhere."""
    drawn = Drawn(axis, paint)
    found = [one for band in bands for one in band.stretches if one.told]
    widths = [axis.x(one.end) - axis.x(one.start) for one in found]
    while sum(wide >= drawn.grain for wide in widths) > _MOST:
        drawn.grain *= 1.5
    drawn.undrawn = sum(wide < drawn.grain for wide in widths)
    short = dict.fromkeys(
        one.told
        for one, wide in zip(found, widths, strict=True)
        if wide >= drawn.grain and not fits(one.told, wide)
    )
    # there are fewer words for what can become of a deal than letters
    drawn.letters = dict(zip(short, ascii_uppercase, strict=False))
    drawn.unlettered = sum(
        drawn.grain <= wide and not fits(one.told, wide) and not fits("M", wide)
        for one, wide in zip(found, widths, strict=True)
    )
    return drawn
