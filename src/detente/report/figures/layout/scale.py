"""An axis of numbers: round steps, from numbers to heights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor, log10

from detente.report.figures.figure import Line, Mark, Text
from detente.report.figures.text import width_of

__all__ = ["Scale", "number", "scale_for"]

_SIZE = 11


def number(value: Fraction) -> str:
    """Return a number as people write it, with four digits at least: ``202.8``, ``2,441.3``."""
    shown = float(value)
    if value == 0 or not 1e-4 <= abs(shown) < 1e15:
        return f"{shown:.4g}"
    digits = max(1, 3 - floor(log10(abs(shown))))
    text = f"{shown:,.{0 if value.denominator == 1 else digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Scale:
    """From numbers to heights.

    Attributes
    ----------
    low, high : Fraction
        What stands at the bottom and at the top.
    step : Fraction
        From one tick to the next.
    top, bottom : float
        Where these lie.
    """

    low: Fraction
    high: Fraction
    step: Fraction
    top: float
    bottom: float

    def y(self, value: Fraction) -> float:
        """Return where a number lies."""
        part = float((value - self.low) / (self.high - self.low))
        return self.bottom - part * (self.bottom - self.top)

    @cached_property
    def ticks(self) -> tuple[Fraction, ...]:
        """Return the round numbers."""
        return tuple(
            self.low + k * self.step for k in range(int((self.high - self.low) / self.step) + 1)
        )

    @property
    def room(self) -> float:
        """Return how wide the labels are."""
        return max(width_of(number(tick), _SIZE) for tick in self.ticks)

    def marks(self, left: float, right: float) -> list[Mark]:
        """Return a faint line at each round number, with its label left of it."""
        marks: list[Mark] = []
        for tick in self.ticks:
            y = self.y(tick)
            marks.append(Line(left, y, right, y, "line" if tick == 0 else "soft"))
            marks.append(Text(left - 6, y + 4, number(tick), _SIZE, "end", "muted"))
        return marks


def scale_for(values: Iterable[Fraction], top: float, bottom: float, *, apart: float = 50) -> Scale:
    """Return a scale on which 0 and all values lie, with ticks about so far apart."""
    found = [Fraction(0), *values]
    low, high = min(found), max(found)
    if low == high:
        high = Fraction(1)
    rough = (high - low) / max(int((bottom - top) / apart), 1)
    step = _round_up(rough)
    first, last = floor(low / step), -floor(-high / step)
    return Scale(first * step, last * step, step, top, bottom)


def _round_up(rough: Fraction) -> Fraction:
    """Return the next of 1, 2 and 5 times a power of ten."""
    power = Fraction(10) ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= rough)
