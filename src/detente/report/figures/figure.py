"""A figure: what is drawn as plain marks, and the same as SVG, PNG or PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

from detente.document import write_whole
from detente.errors import DetenteError, Place, Problem, nearest
from detente.report.figures.palette import FONT, style
from detente.report.figures.text import Box, width_of
from detente.report.templating import environment

__all__ = ["Dot", "Figure", "Line", "Mark", "Path_", "Rect", "Text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    kind: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    paint: str = "line"
    width: float = 1
    dash: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    kind: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    paint: str = "soft"
    edge: str = ""
    round: float = 0
    dash: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    kind: ClassVar[str] = "dot"
    x: float
    y: float
    radius: float
    paint: str = "ink"
    edge: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Path_:  # noqa: N801 - `Path` is what files have
    """A line of any shape, in the words of SVG."""

    kind: ClassVar[str] = "path"
    d: str
    paint: str = "ink"
    width: float = 1.5
    filled: bool = False
    dash: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A label on one line; `y` is its base line.

    Turned, it reads from below upwards, and `x` is its base line.
    """

    kind: ClassVar[str] = "text"
    x: float
    y: float
    text: str
    size: float = 12
    anchor: Literal["start", "middle", "end"] = "start"
    paint: str = "ink"
    bold: bool = False
    tip: str = ""
    turned: bool = False

    @property
    def box(self) -> Box:
        """Return the space that it takes at most."""
        width = width_of(self.text, self.size, bold=self.bold)
        before = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        if self.turned:
            low, left = self.y + before, self.x - 0.8 * self.size
            return Box(left, low - width, self.x + 0.25 * self.size, low)
        left = self.x - before
        return Box(left, self.y - 0.8 * self.size, left + width, self.y + 0.25 * self.size)


Mark: TypeAlias = Line | Rect | Dot | Path_ | Text


@dataclass(frozen=True)
class Figure:
    """A picture of a result.

    In a notebook it shows itself.

    Attributes
    ----------
    kind : str
        Which figure it is: ``timeline``, ``stability`` and so on.
    title : str
        What it shows, in a few words.
    description : str
        What there is to see, for those who do not see it.
    width, height : float
        In CSS pixels.
    content : mapping
        What it shows as plain data: numbers, names, dates.
    marks : sequence of Mark
        What is drawn, in the order of drawing.
    """

    kind: str
    title: str
    description: str
    width: float
    height: float
    content: Mapping[str, Any] = field(repr=False)
    marks: Sequence[Mark] = field(repr=False)

    def data(self) -> dict[str, Any]:
        """Return what would be drawn as plain data, with every label and the box it takes."""
        labels = [
            {"text": mark.text, "box": list(mark.box)}
            for mark in self.marks
            if isinstance(mark, Text)
        ]
        return {
            "kind": self.kind,
            "title": self.title,
            "description": self.description,
            "width": self.width,
            "height": self.height,
            **self.content,
            "labels": labels,
        }

    @cached_property
    def svg(self) -> str:
        """Return the picture as a file of its own."""
        return self._drawn(alone=True)

    @cached_property
    def inline(self) -> str:
        """Return the picture for a page that has the style of figures already."""
        return self._drawn(alone=False)

    def png(self, *, scale: float = 2) -> bytes:
        """Return the picture as PNG, `scale` pixels for each CSS pixel.

        Raises
        ------
        DetenteError
            ``library-missing`` without vl-convert, which the extra ``figures`` brings.
        """
        drawn: bytes = _converter().svg_to_png(self.svg, scale=scale)
        return drawn

    def pdf(self) -> bytes:
        """Return the picture as PDF.

        Raises
        ------
        DetenteError
            ``library-missing`` without vl-convert, which the extra ``figures`` brings.
        """
        drawn: bytes = _converter().svg_to_pdf(self.svg)
        return drawn

    def save(self, file: str | Path) -> None:
        """Write the picture to a file: SVG, PNG or PDF by the ending of its name.

        Raises
        ------
        DetenteError
            ``unknown-format``, ``unwritable`` or ``library-missing``; the file that was there
            stays whole.
        """
        match Path(file).suffix.lower():
            case ".svg":
                drawn: str | bytes = self.svg
            case ".png":
                drawn = self.png()
            case ".pdf":
                drawn = self.pdf()
            case ending:
                near = nearest(ending, [".svg", ".png", ".pdf"])
                what = f"{file} ends in {ending}" if ending else f"{file} has no ending"
                raise DetenteError(Problem("unknown-format", what, Place(str(file)), near))
        write_whole(file, drawn, replace=True)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return f'<div style="max-width:100%;overflow-x:auto">{self.svg}</div>'

    def _drawn(self, *, alone: bool) -> str:
        templates = environment()
        marks: Any = templates.get_template("marks.svg").make_module({"alone": alone})
        draw = {kind: getattr(marks, kind) for kind in ("line", "rect", "dot", "path", "text")}
        return templates.get_template("figure.svg").render(
            figure=self, draw=draw, font=FONT, style=style(self._paints()), alone=alone
        )

    def _paints(self) -> set[str]:
        # what has no colour of its own is ink
        used = {mark.paint for mark in self.marks} | {"ground", "ink"}
        return used | {mark.edge for mark in self.marks if isinstance(mark, Rect | Dot)}


def _converter() -> Any:
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        what = "PNG and PDF are drawn by the library vl-convert, which is not there"
        raise DetenteError(Problem("library-missing", what)) from None
    return vl_convert
