"""What marks mean: samples with words beside them, in lines as wide as the figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.report.figures.figure import Mark, Text
from detente.report.figures.text import fit, width_of

__all__ = ["Sample", "flow", "note"]

_SIZE, _LINE, _BETWEEN, _AFTER = 11, 18, 6, 16


@dataclass(frozen=True)
class Sample:
    """One entry of a legend.

    Attributes
    ----------
    draw : callable
        Returns the marks of the sample, given its left edge and its middle.
    width : float
        Of the sample.
    text : str
        What it means.
    """

    draw: Callable[[float, float], Sequence[Mark]]
    width: float
    text: str
    tip: str = ""


def flow(
    samples: Sequence[Sample], *, x: float, y: float, width: float, most: float = 200
) -> tuple[list[Mark], float]:
    """Set samples one after the other, in as many lines as they need.

    Parameters
    ----------
    x, y : float
        The left upper corner.
    width : float
        How wide a line is.
    most : float
        How much room the words of one sample have.

    Returns
    -------
    marks, bottom
    """
    marks: list[Mark] = []
    left, middle = x, y + _LINE / 2
    for sample in samples:
        room = min(most, width - sample.width - _BETWEEN)
        text = fit(sample.text, _SIZE, room)
        wide = sample.width + _BETWEEN + width_of(text, _SIZE)
        if left > x and left + wide > x + width:
            left, middle = x, middle + _LINE
        marks += sample.draw(left, middle)
        marks.append(
            Text(
                left + sample.width + _BETWEEN,
                middle + 4,
                text,
                _SIZE,
                paint="muted",
                tip=sample.tip,
            )
        )
        left += wide + _AFTER
    return marks, middle + _LINE / 2


def note(
    lines: Sequence[str], *, x: float, y: float, width: float, paint: str = "muted"
) -> tuple[list[Mark], float]:
    """Set sentences under one another, each broken into as many lines as it needs.

    Returns
    -------
    marks, bottom
    """
    marks: list[Mark] = []
    for line in lines:
        rest = line.split()
        while rest:
            kept = 1
            while kept < len(rest) and width_of(" ".join(rest[: kept + 1]), _SIZE) <= width:
                kept += 1
            y += _LINE - 3
            marks.append(
                Text(x, y - 4, fit(" ".join(rest[:kept]), _SIZE, width), _SIZE, paint=paint)
            )
            rest = rest[kept:]
    return marks, y
